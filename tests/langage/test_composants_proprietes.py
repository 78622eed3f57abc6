import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.langage.composants import COMPOSANTS, Contexte
from psl.langage.composants.date import Date
from psl.langage.composants.messages import MESSAGES
from psl.langage.composants.nettoyage import clean_line, clean_lines
from psl.langage.composants.nombre import Nombre
from tests.langage.temoin import JOUR, REFERENTIELS

CONTEXTE = Contexte("Question", "", "fr", JOUR, REFERENTIELS, (), {"aujourd'hui": JOUR})
TOUT = st.text(st.characters(), max_size=40) | st.text(st.characters(categories=["Cc", "Cf", "Cs", "Nd", "Mn", "Zs"]), max_size=20)


@given(TOUT)
def test_cleaning_twice_changes_nothing_and_leaves_nothing_invisible(texte: str) -> None:
    propre, lignes = clean_line(texte), clean_lines(texte)
    assert (clean_line(propre), clean_lines(lignes)) == (propre, lignes)
    assert not {unicodedata.category(signe)[0] for signe in propre} & {"C"}
    assert {signe for signe in lignes if unicodedata.category(signe)[0] == "C"} <= {"\n"}


@given(st.dates(date(1500, 1, 1), date(9999, 12, 31)))
def test_a_date_is_read_as_it_is_kept(jour: date) -> None:
    post = {"c.jour": [str(jour.day)], "c.mois": [f"{jour.month:02}"], "c.annee": [str(jour.year)]}
    assert Date().parse("c", post, CONTEXTE).valeur == jour.isoformat() == Date().check(jour.isoformat(), CONTEXTE)


@given(st.integers(-(10**14), 10**14))
def test_a_number_is_read_as_it_is_shown(nombre: int) -> None:
    assert Nombre().parse("c", {"c": [Nombre().display(nombre, "fr")]}, CONTEXTE).valeur == nombre


@pytest.mark.parametrize("type_", [type_ for type_ in COMPOSANTS if type_ not in ("information", "choix")])
@given(
    champs=st.dictionaries(
        st.sampled_from(["c", "c.jour", "c.mois", "c.annee", "c.code", "c.voie", "c.est_france", "c.commune", "c.pays"]), TOUT
    )
)
def test_whatever_is_typed_gives_a_value_or_a_sentence(type_: str, champs: dict[str, str]) -> None:
    composant = COMPOSANTS[type_].build({})
    saisie = composant.parse("c", {nom: [texte] for nom, texte in champs.items()}, CONTEXTE)
    assert not (saisie.erreur and saisie.valeur is not None)
    if saisie.valeur is not None:
        assert composant.check(saisie.valeur, CONTEXTE) == saisie.valeur
        assert composant.display(saisie.valeur, "fr")


def test_every_sentence_is_in_both_languages() -> None:
    assert {code: set(phrases) for code, phrases in MESSAGES.items()} == {code: {"fr", "en"} for code in MESSAGES}
