"""The mapping of a definition to XML: what it writes, what its schema says, what is wrong in it and is said."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from psl.langage import charger
from psl.langage.composants import COMPOSANTS
from psl.langage.definition.flux import FLUX, build_flux
from psl.langage.derives import donnees, flux, xsd
from psl.langage.derives.coherence import check_flux
from psl.langage.evaluation import evaluate
from psl.langage.feel.types import ANY, DATE, NUMBER, TEXT, Type
from psl.langage.preuves import verify
from psl.langage.source.formes import Releve
from psl.langage.source.yaml_strict import Arbre

CATALOGUE = Path(__file__).parents[2] / "catalogue"
JOUR = date(2026, 11, 23)


def _written(elements: list[dict[str, Any]], contexte: dict[str, Any], **reste: Any) -> str:
    """Return what a mapping writes in a context, without its declaration and its root."""
    mapping = build_flux({"document": "D", "nom": "D", "racine": "R", "elements": elements, **reste})
    assert mapping is not None
    ecrivain = flux._Ecrivain(charger.load(CATALOGUE / "acte-etat-civil"), mapping)
    return "".join(ecrivain.write(mapping.racine, contexte)).removeprefix("<R>").removesuffix("</R>")


CAS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "un texte": ({"element": "Nom", "valeur": "nom"}, {"nom": "N'Guyen & <fils>"}, "<Nom>N'Guyen &amp; &lt;fils&gt;</Nom>"),
    "rien, omis": ({"element": "Nom", "valeur": "nom"}, {}, ""),
    "rien, gardé": ({"element": "Nom", "valeur": "nom", "vide": "garde"}, {}, "<Nom></Nom>"),
    "une date": ({"element": "Le", "valeur": "le"}, {"le": date(1998, 6, 27)}, "<Le>1998-06-27</Le>"),
    "une date française": ({"element": "Le", "valeur": "le", "forme": "date_fr"}, {"le": date(1998, 6, 27)}, "<Le>27/06/1998</Le>"),
    "un jour": ({"element": "J", "valeur": "le", "forme": "jour"}, {"le": date(1998, 6, 7)}, "<J>07</J>"),
    "un département": ({"element": "D", "valeur": "c.code", "forme": "departement"}, {"c": {"code": "2A004"}}, "<D>2A</D>"),
    "un outre-mer": ({"element": "D", "valeur": "c.code", "forme": "departement"}, {"c": {"code": "97411"}}, "<D>974</D>"),
    "un pays": ({"element": "P", "valeur": "p.code", "forme": "iso3"}, {"p": {"code": "99127"}}, "<P>ITA</P>"),
    "un pays disparu": ({"element": "P", "valeur": "p.code", "forme": "iso3"}, {"p": {"code": "99141"}}, "<P>DDR</P>"),
    "un pays sans lettres": ({"element": "P", "valeur": "p.code", "forme": "iso3"}, {"p": {"code": "99209"}}, "<P>99209</P>"),
    "une personne apatride": ({"element": "P", "valeur": "p.code", "forme": "iso3"}, {"p": {"code": "99999"}}, "<P>XXA</P>"),
    "oui ou non": ({"element": "O", "valeur": "oui"}, {"oui": True}, "<O>true</O>"),
    "plusieurs": ({"element": "P", "valeurs": ["a", "b", "c"], "separateur": "–"}, {"a": "un", "c": "trois"}, "<P>un – trois</P>"),
    "un code": ({"element": "C", "valeur": "civ", "liste": "codes"}, {"civ": "MME"}, "<C>MADAME</C>"),
    "une condition fausse": ({"element": "C", "valeur": '"x"', "si": 'nom = "autre"'}, {"nom": "nom"}, ""),
    "une condition nulle": ({"element": "C", "valeur": '"x"', "si": 'nom = "autre"'}, {}, ""),
    "un attribut": ({"element": "C", "valeur": "nom", "attributs": {"a": "nom"}}, {"nom": 'd"or'}, '<C a="d&quot;or">d"or</C>'),
    "des enfants": ({"element": "P", "elements": [{"element": "E", "valeur": "nom"}]}, {"nom": "x"}, "<P><E>x</E></P>"),
    "aucun enfant": ({"element": "P", "elements": [{"element": "E", "valeur": "nom"}]}, {}, ""),
    "une répétition": (
        {"element": "E", "repete": "enfants", "comme": "un", "elements": [{"element": "Nom", "valeur": "un.nom"}]},
        {"enfants": [{"nom": "Zoé"}, {"nom": "Ali"}]},
        "<E><Nom>Zoé</Nom></E><E><Nom>Ali</Nom></E>",
    ),
    "une date dans une répétition": (
        {"element": "E", "repete": "enfants", "comme": "un", "elements": [{"element": "Le", "valeur": "un.le", "forme": "date_fr"}]},
        {"enfants": [{"le": date(1998, 6, 7)}, {"le": None}, {"le": date(2001, 12, 31)}]},
        "<E><Le>07/06/1998</Le></E><E><Le>31/12/2001</Le></E>",
    ),
    "des lignes": ({"element": "L", "valeur": "l"}, {"l": "un\r\ndeux\x00\x08"}, "<L>un&#10;deux</L>"),
    "une valeur composée": ({"element": "L", "valeur": "c"}, {"c": {"code": "17300"}}, ""),
}


@pytest.mark.parametrize("cas", CAS)
def test_what_a_mapping_writes(cas: str) -> None:
    element, contexte, attendu = CAS[cas]
    assert _written([element], contexte, listes={"codes": {"MME": "MADAME"}}) == attendu


@given(st.text())
def test_any_text_is_xml_on_one_line_and_comes_back_without_what_xml_cannot_hold(texte: str) -> None:
    ecrit = f"<a>{flux.escape(texte)}</a>"
    lu = etree.fromstring(ecrit.encode()).text or ""
    permis = "".join(signe for signe in texte if flux.escape(signe)).replace("\r\n", "\n").replace("\r", "\n")
    assert ("\n" in ecrit, lu) == (False, permis)


def _faults(element: dict[str, Any], **reste: Any) -> list[str]:
    donnees_ = {"xml": {"document": "D", "nom": "D", "racine": "R", "elements": [element], **reste}}
    releve = Releve(Arbre("d.yaml", donnees_))
    FLUX.check(donnees_["xml"], ("xml",), releve)
    if not releve.defauts:
        environnement = {"nom": TEXT, "le": DATE, "n": NUMBER, "choix": Type("text", frozenset({"A", "B"})), "liste": ANY}
        check_flux(donnees_, environnement, releve)
    return [defaut.message for defaut in releve.defauts]


DEUX = "Un élément a une valeur, des valeurs ou des éléments : un seul des trois."
LONGUE = "« longue » ne convient pas pour « xml › elements › 1 › forme »."
LOIN = "Dans « loin », caractère 1 : « loin » n'est pas connu ici."
FAUTES: dict[str, tuple[dict[str, Any], str]] = {
    "champ inconnu": ({"element": "E", "valeur": "inconnu"}, "Dans « inconnu », caractère 1 : « inconnu » n'est pas connu ici."),
    "nom interdit": ({"element": "é t", "valeur": "nom"}, "« é t » ne convient pas pour « xml › elements › 1 › element »."),
    "deux contenus": ({"element": "E", "valeur": "nom", "valeurs": ["nom"]}, DEUX),
    "répétition sans nom": ({"element": "E", "repete": "liste"}, "« repete » et « comme » vont ensemble."),
    "liste inconnue": ({"element": "E", "valeur": "choix", "liste": "x"}, "La liste « x » n'existe pas."),
    "liste incomplète": ({"element": "E", "valeur": "choix", "liste": "l"}, "La liste « l » n'a pas de code pour : B."),
    "liste d'un texte": ({"element": "E", "valeur": "nom", "liste": "l"}, "Une liste de codes demande un champ de type choix."),
    "libellé d'une expression": ({"element": "E", "valeur": "choix.x", "forme": "libelle"}, "« libelle » demande la clé d'un champ."),
    "forme inconnue": ({"element": "E", "valeur": "le", "forme": "longue"}, LONGUE),
    "forme sans valeur": ({"element": "E", "forme": "jour"}, "« forme » n'a de sens qu'avec « valeur »."),
    "au fond": ({"element": "E", "elements": [{"element": "F", "valeur": "loin"}]}, LOIN),
}  # fmt: skip


@pytest.mark.parametrize("cas", FAUTES)
def test_what_is_wrong_is_said_where_it_is(cas: str) -> None:
    element, attendu = FAUTES[cas]
    assert attendu in _faults(element, listes={"l": {"A": "1"}})


def test_two_siblings_of_one_name_are_refused() -> None:
    releve = Releve(Arbre("d.yaml", {}))
    jumeaux = [{"element": "E", "valeur": "nom"}, {"element": "E", "valeur": "nom"}]
    FLUX.check({"document": "D", "nom": "D", "racine": "R", "elements": jumeaux}, ("xml",), releve)
    assert [defaut.message for defaut in releve.defauts] == ["« E » est déjà pris dans « xml › elements »."]


def test_verification_reads_the_mapping() -> None:
    definition = charger.read_definition(CATALOGUE / "acte-etat-civil")
    definition.expandee["xml"]["elements"][0]["elements"][2]["valeur"] = "dateInconnue"
    assert [defaut.message for defaut in verify(definition)] == [
        "Dans « dateInconnue », caractère 1 : « dateInconnue » n'est pas connu ici."
    ]


def test_a_schema_says_what_is_required_what_may_be_empty_and_what_may_come_again() -> None:
    aec = charger.load(CATALOGUE / "acte-etat-civil")
    schema = etree.XMLSchema(etree.fromstring(xsd.write(aec).encode()))
    vide = etree.fromstring(b'<EnveloppeMetierType canal_utilise="0"><DemandeActe/></EnveloppeMetierType>')
    assert (schema.validate(vide), "TypeActe" in str(schema.error_log)) == (False, True)


def test_every_champ_with_a_value_has_its_schema() -> None:
    aec = charger.load(CATALOGUE / "acte-etat-civil")
    attendus = {cle for cle, champ in aec.champs.items() if COMPOSANTS[champ.type].has_value}
    assert set(donnees.schema(aec)["properties"]["valeurs"]["properties"]) == attendus


def test_a_mapping_reads_computed_values_and_parameters_of_the_day() -> None:
    definition = charger.read_definition(CATALOGUE / "recensement-citoyen")
    definition.expandee["xml"]["elements"] = [
        {"element": "Majorite", "valeur": "majorite", "forme": "date_fr"},
        {"element": "MajoriteIso", "valeur": "majorite"},
        {"element": "Ouvert", "valeur": "aujourd'hui - ageRecensement"},
    ]
    assert verify(definition) == []
    demarche = definition.compile()
    reponses = {"declarant": "JEUNE", "situationNationalite": "NE_FRANCAIS", "jeune_dateNaissance": "2010-02-07"}
    ecrit = flux.write(demarche, evaluate(demarche, reponses, aujourdhui=JOUR), numero="A-1-00000000").decode()
    attendu = "<Majorite>07/02/2028</Majorite><MajoriteIso>2028-02-07</MajoriteIso><Ouvert>2010-11-23</Ouvert>"
    assert ecrit.partition("<RecensementCitoyen>")[2] == f"{attendu}</RecensementCitoyen>"
    assert '<xs:element name="MajoriteIso" minOccurs="0" type="xs:date"/>' in xsd.write(demarche)


def test_a_demarche_without_a_mapping_has_no_xml() -> None:
    aec = charger.load(CATALOGUE / "acte-etat-civil")
    assert build_flux(None) is None
    sans = replace(aec, xml=None)
    with pytest.raises(ValueError, match="n'a pas de section xml"):
        flux.write(sans, evaluate(sans, {}, aujourdhui=JOUR), numero="A-1-00000000")
    with pytest.raises(ValueError, match="n'a pas de section xml"):
        xsd.write(sans)
