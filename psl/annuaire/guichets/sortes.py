"""The kinds of offices that have one near each commune (pure): the word of the content (`PivotLocal`), and what people call it.

Those of the whole country, or abroad, are not here: the content already links to them.
"""

SORTES = {
    "mairie": "Mairie",
    "mairie_passeport_bio": "Mairie qui fait les passeports",
    "prefecture": "Préfecture",
    "prefecture_greffe_associations": "Greffe des associations",
    "sous_pref": "Sous-préfecture",
    "cg": "Département",
    "commissariat_police": "Commissariat de police",
    "bsn": "Centre du service national",
    "caf": "Caisse d'allocations familiales (Caf)",
    "cpam": "Caisse primaire d'assurance maladie (CPAM)",
    "msa": "Mutualité sociale agricole (MSA)",
    "centre_impots": "Service des impôts des particuliers",
    "centre_impots_fonciers": "Centre des impôts fonciers",
    "sie": "Service des impôts des entreprises",
    "pole_emploi": "Pôle emploi",
    "msap": "Maison de services au public",
    "maison_handicapees": "Maison départementale des personnes handicapées (MDPH)",
    "ddpp": "Direction de la protection des populations",
    "cci": "Chambre de commerce et d'industrie",
    "ta": "Tribunal administratif",
    "tribunal_commerce": "Tribunal de commerce",
    "permanence_juridique": "Permanence juridique",
    "mjd": "Maison de justice et du droit",
    "adil": "Agence d'information sur le logement (Adil)",
    "pmi": "Protection maternelle et infantile (PMI)",
}
TOUTES = frozenset(SORTES)
PAR_ARRONDISSEMENT = frozenset({"sous_pref", "commissariat_police", "msap", "pole_emploi", "centre_impots", "sie", "mairie_passeport_bio"})
