"""The elements of DILA's schema 3.3 that are read, and what a document is by its type (pure)."""

_NOMS = """
ANoter ASavoir Abreviation Aide Attention Audience AutreNumero Avertissement BlocCas Branche Canal Cas Cellule Chapitre Choix Cible
Citation Colonne CommentFaireSi Commentaire Complement Condition Contenu ContenuIllustre Credits Definition Description Dossier DossierPere
Exposant Expression Fiche FicheLiee FilDAriane FragmentConditionne Illustration Image Indice IntituleSiSelectionne Introduction Item Legende
LienExterne LienExterneCommente LienInterne LienIntra LienWeb Liste ListeSituations MiseEnEvidence Niveau NoticeLiee NumeroCerfa
OuSAdresser OuSAdresserSupport Paragraphe Partenaire PivotLocal PourEnSavoirPlus Problematique Problematiques Publication Question
QuestionReponse Questionnaire Rangée Rappel RechercheGuidee Reference RessourceWeb Resume ServiceComplementaire ServiceEnLigne
ServiceEnLigneAlternatif ServiceEnLigneAnnexe SiSelectionne Situation Source SousChapitre SousDossier SousDossierPere SousTheme
SousThemePere SurTitre Tableau TermeEtranger Texte TexteDeRemplacement Theme Titre TitreAlternatif Valeur Variable VoirAussi affecteFaux
affecteVrai estIndefini estVrai et ou dc:contributor dc:coverage dc:creator dc:date dc:description dc:format dc:identifier dc:language
dc:publisher dc:relation dc:rights dc:source dc:subject dc:title dc:type
"""
CONNUS = frozenset(_NOMS.split())

GENRES = {
    "Fiche d'information": "fiche",
    "Fiche d'information conditionnée": "fiche",
    "Fiche Question-réponse": "question",
    "Fiche Question-réponse conditionnée": "question",
    "Fiche avec liens externes": "liens",
    "Fiche Comment faire si": "comment_faire_si",
    "Fiche Comment faire si - simulateur": "comment_faire_si",
    "Recherche guidée": "guidee",
    "Dossier": "dossier",
    "Theme": "theme",
    "Téléservice": "teleservice",
    "Téléservice personnalisé sur SP": "teleservice",
    "Formulaire": "formulaire",
    "Modèle de document": "modele",
    "Simulateur": "simulateur",
    "Outil de recherche": "outil",
}
SERVICES = frozenset({"teleservice", "formulaire", "modele", "simulateur", "outil"})
# Links to an abbreviation open no document: they explain a word.
SIGLES = frozenset({"Sigle", "Acronyme"})
