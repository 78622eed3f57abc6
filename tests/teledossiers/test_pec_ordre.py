"""The elements of the business XML come as in the samples that the real platform left: none missing, in that order; ours stand between."""

import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from psl.langage import charger
from psl.langage.derives import flux, xsd
from psl.langage.essais import play
from psl.langage.source import yaml_strict
from psl.teledossiers.rendus.pec import essais
from psl.teledossiers.rendus.pec.controle import check
from psl.teledossiers.rendus.pec.paquet import pack

CATALOGUE = Path(__file__).parents[2] / "catalogue"
type Arbre = dict[str, Any]


def _feuilles(texte: str) -> Arbre:
    return dict.fromkeys(texte.split())


LIEU = _feuilles("Code Nom")
DOMICILE = "PointDeRemise Complement NumeroVoie Extension TypeVoie NomVoie LieuDit CodePostal Localite"
PARENT = _feuilles("NomFamille PrenomUsuel Prenom DateNaissance PaysNaissance Nationalite CodeINSEENaissance") | {"LieuNaissance": LIEU}
ADRESSE_PACS = _feuilles("NumeroLibelleVoie CodePostal Localite Pays")
PARTENAIRE = (
    _feuilles("civilite nomNaissance prenoms codeNationalite jourNaissance moisNaissance anneeNaissance")
    | {"LieuNaissance": _feuilles("localite codePostal codeInsee departement codePays")}
    | _feuilles("ofpra mesureJuridique")
    | {"adressePostale": ADRESSE_PACS}
    | _feuilles("adresseElectronique titreIdentiteVerifie")
)
DEUX = _feuilles("Code Libelle")
REELS: dict[str, Arbre] = {
    "acte-etat-civil": {
        "DemandeActe": {
            "TypeActe": DEUX,
            "NatureActe": DEUX,
            "DateActe": None,
            "LieuActe": _feuilles("CodePostal Ville CodeINSEE"),
            "NombreExemplaires": None,
            "MotifDemande": _feuilles("Libelle Commentaire"),
            "Demandeur": {
                "QualiteDemandeur": DEUX,
                **_feuilles("Civilite Nom Prenom"),
                "AdresseFrancaise": _feuilles("Voie CodePostal Ville"),
                "Courriel": None,
            },
            "Titulaire": _feuilles("Civilite NomNaissance Prenoms DateDeNaissance LieuDeNaissance DepartementDeNaissance"),
        }
    },
    "depot-pacs": {
        "partenaire1": PARTENAIRE,
        "partenaire2": PARTENAIRE,
        "convention": _feuilles("conventionSpecifique"),
        "residenceCommune": ADRESSE_PACS,
        "attestationHonneur": _feuilles("nonParente residenceCommune"),
    },
    "recensement-citoyen": {
        "Convention": None,
        "Formalite": _feuilles("Identifiant FormaliteType DateSoumission FormaliteMotifCode FormaliteModeCode"),
        "Personne": {
            **_feuilles("Civilite Sexe NomFamille NomUsage PrenomUsuel Prenom DateNaissance PaysNaissance Nationalite CodeINSEENaissance"),
            "LieuNaissance": LIEU,
            "AdresseDomicile": _feuilles(f"{DOMICILE} CodeINSEE"),
            "AdresseResidence": _feuilles(DOMICILE),
            "SituationFamille": _feuilles("SituationMatrimoniale NombreEnfants Pupille NombreFrereSoeur"),
            "MethodeContact": _feuilles("URI CanalCode"),
        },
        "FiliationPere": PARENT,
        "FiliationMere": PARENT,
    },
}


@cache
def _written(slug: str) -> dict[str, bytes]:
    """Return the XML of each essai, hand-written or generated, that has nothing wrong."""
    demarche = charger.load(CATALOGUE / slug)
    found = {}
    for fichier in sorted((CATALOGUE / slug / "essais").rglob("*.yaml")):
        situation, erreurs = play(demarche, yaml_strict.read(fichier, nom=fichier.name).donnees)
        if not erreurs and not situation.manques and not situation.erreurs and situation.destinataires:
            found[fichier.name] = flux.write(demarche, situation, numero="A-1-00000000")
    return found


def _faults(lu: etree._Element, reel: Arbre, chemin: str) -> list[str]:
    """Say what of a sample is not in its order in what was written; an element that is not written at all has nothing to say."""
    ordre = list(dict.fromkeys(enfant.tag for enfant in lu if enfant.tag in reel))
    fautes = [] if ordre == [nom for nom in reel if nom in ordre] else [f"{chemin} : {' '.join(ordre)}"]
    for enfant in lu:
        if (dedans := reel.get(enfant.tag)) is not None:
            fautes += _faults(enfant, dedans, f"{chemin}/{enfant.tag}")
    return fautes


def _paths(reel: Arbre, chemin: str = "") -> set[str]:
    found = {f"{chemin}/{nom}" for nom in reel}
    return found.union(*(_paths(dedans, f"{chemin}/{nom}") for nom, dedans in reel.items() if dedans))


def _paths_written(lu: etree._Element, chemin: str = "") -> set[str]:
    found = {f"{chemin}/{enfant.tag}" for enfant in lu}
    return found.union(*(_paths_written(enfant, f"{chemin}/{enfant.tag}") for enfant in lu))


@pytest.mark.parametrize("slug", REELS)
def test_elements_come_in_the_order_of_the_real_sample(slug: str) -> None:
    racines = {nom: etree.fromstring(octets) for nom, octets in _written(slug).items()}
    assert len(racines) >= 8
    assert {nom: fautes for nom, racine in racines.items() if (fautes := _faults(racine, REELS[slug], ""))} == {}


@pytest.mark.parametrize("slug", REELS)
def test_every_element_of_the_real_sample_is_written_by_some_essai(slug: str) -> None:
    ecrits: set[str] = set().union(*(_paths_written(etree.fromstring(octets)) for octets in _written(slug).values()))
    assert _paths(REELS[slug]) - ecrits == set()


@pytest.mark.parametrize("slug", REELS)
def test_every_xml_follows_its_own_schema(slug: str) -> None:
    schema = etree.XMLSchema(etree.fromstring(xsd.write(charger.load(CATALOGUE / slug)).encode()))
    fautes = {nom: str(schema.error_log) for nom, octets in _written(slug).items() if not schema.validate(etree.fromstring(octets))}
    assert fautes == {}


def test_an_order_that_is_not_the_sample_s_is_seen() -> None:
    lu = etree.fromstring(b"<R><B/><A><Y/><X/></A></R>")
    assert _faults(lu, {"A": {"X": None, "Y": None}, "B": None}, "") == [" : B A", "/A : Y X"]


def test_countries_and_nationalities_are_said_in_three_letters() -> None:
    """In the census and the Pacs; the code of the INSEE stays where the country has no such letters."""
    pays = {
        etree.fromstring(octets).findtext(chemin)
        for slug, chemin in (("recensement-citoyen", "Personne/PaysNaissance"), ("depot-pacs", "partenaire2/LieuNaissance/codePays"))
        for octets in _written(slug).values()
    }
    assert {"FRA", "ITA"} <= pays
    assert [code for code in pays if code is None or not code.isupper()] == []


def test_the_json_of_the_holidays_watch_is_the_first_document_of_its_zip() -> None:
    dossier = CATALOGUE / "tranquillite-vacances"
    _, remise = next(essais.deliveries(charger.load(dossier), dossier))
    paquet = pack(remise)
    assert [document.code for document in paquet.message.documents] == ["OTV-JSON", "recapPDF", "Liste des pieces jointes"]
    assert paquet.message.documents[0].fichier == f"{paquet.message.numero}-OTV-doc-OTV-JSON-1-1.json"
    assert check(io.BytesIO(b"".join(paquet.chunks())), nom=paquet.nom).defauts == []


def test_an_essai_that_does_not_name_its_required_pieces_is_said(tmp_path: Path) -> None:
    source = CATALOGUE / "acte-etat-civil"
    (tmp_path / "essais").mkdir()
    dit = (source / "essais" / "naissance-copie-mandataire.yaml").read_text(encoding="utf-8")
    (tmp_path / "essais" / "a.yaml").write_text(dit, encoding="utf-8")
    assert list(essais.lacking(charger.load(source), tmp_path)) == []
    tu = "\n".join(ligne for ligne in dit.splitlines() if "justificatifQualite" not in ligne) + "\n"
    (tmp_path / "essais" / "a.yaml").write_text(tu, encoding="utf-8")
    nom = yaml_strict.read(tmp_path / "essais" / "a.yaml", nom="a.yaml").donnees["nom"]
    assert list(essais.lacking(charger.load(source), tmp_path)) == [(nom, ["justificatifQualite"])]
