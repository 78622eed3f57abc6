"""Every component, with the settings it has in the gallery: whatever is typed gives a value or a French refusal, and a value survives
the form, JSON and XML. Nothing typed is lost."""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.langage.charger import Champ
from psl.langage.composants import COMPOSANTS, Contexte, Saisie
from psl.langage.composants.base import Xml
from psl.portails.public.composants import ecriture, exemples
from psl.portails.theme.champs import Option, OptionVue
from psl.portails.theme.valeurs import texts
from tests.langage.temoin import COMMUNES, JOUR, PAYS, REFERENTIELS

CHAMPS = {champ.cle: champ for champ in exemples.demarche().champs.values() if champ.composant.has_value and not champ.membres}
DANS_UNE_LISTE: tuple[OptionVue, ...] = (
    Option("17", "Dix-sept"),
    Option("99100", "France"),
    Option("99131", "Belgique"),
    Option("ok", "mardi"),
)
PARTIES = (
    "",
    ".code",
    ".jour",
    ".mois",
    ".annee",
    ".est_france",
    ".voie",
    ".complement",
    ".commune",
    ".commune.code",
    ".etranger",
    ".pays",
)
CHIFFRES = st.text(st.sampled_from("0123456789 .,-+W"), max_size=20)
TAPES: dict[str, st.SearchStrategy[str]] = {
    "nombre": st.integers(-5, 15).map(str) | st.decimals(-5, 15, places=1).map(str),
    "montant": st.decimals(0, 20_000, places=2).map(str),
    "heure": st.times().map(lambda heure: f"{heure:%H h %M}"),
    "point": st.tuples(st.floats(-90, 90), st.floats(-180, 180)).map(lambda lieu: f"{lieu[0]:.7f}, {lieu[1]:.7f}"),
    "trace": st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=5).map(
        lambda lieux: "\n".join(f"{latitude:.6f}, {longitude:.6f}" for latitude, longitude in lieux)
    ),
    "telephone": st.from_regex(r"0[1-9]( ?[0-9]{2}){4}", fullmatch=True),
    "courriel": st.emails(),
    "siren": CHIFFRES | st.just("732829320"),
    "siret": CHIFFRES | st.just("732 829 320 00074"),
    "nir": CHIFFRES | st.just("255081416802538"),
    "numero_fiscal": st.integers(0, 9_999_999_999).map(lambda debut: f"{debut:010}{debut % 511:03}"),
    "rna": st.from_regex(r"[Ww][0-9]{9}", fullmatch=True),
    "iban": st.just("fr76 3000 6000 0112 3456 7890 189"),
    "immatriculation": st.from_regex(r"[a-z]{2} ?[0-9]{3} ?[A-Z]{2}", fullmatch=True),
    "lien_teledossier": st.just("a 1 abcd123z"),
    "epci": st.just("epci 17"),
    "recherche": st.just("api:ecoles 17"),
    "rendez_vous": st.just("ok"),
    "oui_non": st.sampled_from(["oui", "non"]),
    "case": st.just("oui"),
    "declaration_honneur": st.just("oui"),
    "pays": st.sampled_from(["99100", "99131"]),
    **dict.fromkeys(("departement", "region", "nationalite"), st.just("17")),
}


def contexte(champ: Champ) -> Contexte:
    return Contexte(champ.libelle, champ.exemple, "fr", JOUR, REFERENTIELS, champ.options, {"aujourd'hui": JOUR})


def read(champ: Champ, post: dict[str, list[str]]) -> Saisie:
    return champ.composant.parse(champ.cle, post, contexte(champ))


@st.composite
def posts(draw: st.DrawFn, champ: Champ) -> dict[str, list[str]]:
    """Draw what may be typed in the controls of a champ: likely texts, and any text at all."""
    likely = TAPES.get(champ.type, st.nothing()) | st.sampled_from([option.valeur for option in champ.options] or ["x"])
    own = draw(st.lists(likely, max_size=2) | st.lists(st.text(max_size=30), min_size=1, max_size=2))
    parts = {
        ".code": st.sampled_from([*COMMUNES]), ".commune.code": st.sampled_from([*COMMUNES]), ".pays": st.sampled_from([*PAYS]),
        ".est_france": st.sampled_from(["oui", "non"]),
        ".jour": st.integers(1, 31).map(str), ".mois": st.integers(1, 12).map(str), ".annee": st.integers(1900, 2026).map(str),
    }  # fmt: skip
    drawn = {partie: draw(parts.get(partie, st.text(max_size=20)) | st.just("")) for partie in PARTIES[1:]}
    return {champ.cle: own} | {champ.cle + partie: [texte] for partie, texte in drawn.items()}


def shown_again(champ: Champ, valeur: Any) -> dict[str, list[str]]:
    """Return what a form that shows this value would send."""
    offered: Sequence[OptionVue] = champ.options or DANS_UNE_LISTE
    slots = texts(champ, valeur, None, offered, DANS_UNE_LISTE)
    if champ.type == "adresse":
        named = {f"{champ.cle}.{nom}": [texte] for nom, texte in slots.items() if not nom.startswith(("o", "po"))}
        pays = [option.valeur for rang, option in enumerate(DANS_UNE_LISTE) if slots.get(f"po{rang}")]
        return {**named, f"{champ.cle}.est_france": ["oui" if slots.get("o0") else "non"], f"{champ.cle}.pays": pays}
    if champ.type == "oui_non":
        return {champ.cle: ["oui" if slots.get("o0") else "non"]}
    chosen = [option.valeur for rang, option in enumerate(offered) if slots.get(f"o{rang}")]
    ticked = ["oui"] if slots.get("coche") else []
    parts = {f"{champ.cle}.{nom}": [texte] for nom, texte in slots.items() if nom in ("jour", "mois", "annee", "code")}
    return {champ.cle: chosen or ticked or ([slots["valeur"]] if "valeur" in slots else []), **parts}


def leaves(xml: Xml, chemin: str) -> Iterator[tuple[str, str]]:
    """Give each text of a value as XML says it, with its path."""
    if isinstance(xml, list):
        for item in xml:
            yield from leaves(item, chemin)
    elif isinstance(xml, dict):
        for nom, membre in xml.items():
            yield from leaves(membre, f"{chemin}/{nom}")
    else:
        yield chemin, xml


def read_leaves(element: ElementTree.Element, chemin: str) -> Iterator[tuple[str, str]]:
    """Give each text of an element read by a parser, with its path."""
    for enfant in element:
        ici = f"{chemin}/{enfant.tag}"
        yield from read_leaves(enfant, ici) if len(enfant) else [(ici, enfant.text or "")]


def test_every_component_that_has_a_value_is_drawn() -> None:
    drawn = {champ.type for champ in CHAMPS.values()}
    assert drawn == {nom for nom, composant in COMPOSANTS.items() if composant.has_value} - {"repetition"}


@pytest.mark.parametrize("cle", CHAMPS)
@given(donnees=st.data())
def test_what_is_typed_is_a_value_that_survives_or_a_refusal_that_keeps_it(cle: str, donnees: st.DataObject) -> None:
    champ = CHAMPS[cle]
    post = donnees.draw(posts(champ))
    saisie = read(champ, post)
    if saisie.erreur:
        assert (saisie.valeur, champ.libelle in saisie.erreur or bool(saisie.details)) == (None, True)
        assert kept(champ, saisie.brut, post)
        return
    if saisie.valeur is None:
        return
    assert json.loads(json.dumps(saisie.valeur)) == saisie.valeur == champ.composant.check(saisie.valeur, contexte(champ))
    assert read(champ, shown_again(champ, saisie.valeur)).valeur == saisie.valeur
    xml = champ.composant.to_xml(saisie.valeur)
    assert [*read_leaves(ElementTree.fromstring(f"<r>{ecriture.to_text('v', xml)}</r>"), "")] == [*leaves(xml, "/v")]
    assert champ.composant.display(saisie.valeur, "fr")


def kept(champ: Champ, brut: Any, post: dict[str, list[str]]) -> bool:
    """Tell whether what was typed is what is shown again."""
    own = (post[champ.cle] or [""])[-1]
    if isinstance(brut, dict):
        typed = {nom: post.get(f"{champ.cle}.{nom}", [own if nom == "texte" else ""])[-1] for nom in brut}
        return brut == typed
    return bool(brut == (own if isinstance(brut, str) else post[champ.cle]))


@pytest.mark.parametrize("cle", [cle for cle, champ in CHAMPS.items() if champ.type != "rendez_vous"])
def test_the_value_of_the_example_survives_the_form(cle: str) -> None:
    champ = CHAMPS[cle]
    valeur = exemples.every()[champ.page].reponses[cle]
    if champ.type in ("departement", "region", "nationalite", "epci", "recherche"):
        valeur = REFERENTIELS.entree({"recherche": "api:ecoles"}.get(champ.type, champ.composant.liste), "17")
        valeur = {nom: valeur[nom] for nom in ("code", "libelle")} if valeur else None
    assert read(champ, shown_again(champ, valeur)).valeur == valeur
