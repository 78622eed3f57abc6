"""Computed values where somebody reads them: the recap, what is sealed, a recipient's copy."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.langage.evaluation import recapitulatif
from psl.langage.evaluation.calculees import in_words, to_json
from tests.langage.temoin import COPIE, demarche, situation

CALCULS = [
    {"cle": "limite", "valeur": 'faite_le + duration("P1Y")', "libelle": "À refaire avant le", "recapitulatif": True},
    {"cle": "est_vieille", "valeur": 'faite_le < date("2010-01-01")', "libelle": "Copie ancienne", "recapitulatif": False},
    {"cle": "cachee", "valeur": 'raison = "Perdu"'},
]
CHANGES: list[tuple[str, Any]] = [("calculs", CALCULS), ("destinataires.1.calculs", ["est_vieille"])]


def test_the_recap_ends_with_what_was_computed(tmp_path: Path) -> None:
    copie = situation(demarche(tmp_path, *CHANGES), **COPIE)
    last = recapitulatif(copie)[-1]
    assert (last.page, last.titre) == ("", "Calculé à partir de vos réponses")
    assert last.lignes == (("limite", "À refaire avant le", "31 janvier 2021"),)


def test_nothing_computed_is_no_bloc(tmp_path: Path) -> None:
    neuf = situation(demarche(tmp_path, *CHANGES), quoi="NEUF")
    assert [bloc.page for bloc in recapitulatif(neuf)] == ["demande"]


def test_a_recipient_reads_what_it_was_given(tmp_path: Path) -> None:
    copie = situation(demarche(tmp_path, *CHANGES), **COPIE)
    assert recapitulatif(copie, cles=["quoi"], calculs={"est_vieille": False})[-1].lignes == (("est_vieille", "Copie ancienne", "Non"),)


def test_only_what_somebody_reads_is_sealed(tmp_path: Path) -> None:
    copie = situation(demarche(tmp_path, *CHANGES), **COPIE)
    assert copie.calculs_scelles == {"limite": "2021-01-31", "est_vieille": False}
    assert [d.calculs for d in copie.destinataires] == [(), ("est_vieille",)]


@pytest.mark.parametrize(
    ("valeur", "json", "mots"),
    [
        (True, True, "Oui"),
        (Decimal("12.50"), "12.5", "12,5"),
        (Decimal("3.0"), 3, "3"),
        (date(2026, 5, 1), "2026-05-01", "1er mai 2026"),
        (["a", date(2026, 5, 2)], ["a", "2026-05-02"], "a, 2 mai 2026"),
        ("texte", "texte", "texte"),
    ],
)
def test_a_value_as_json_and_in_words(valeur: Any, json: Any, mots: str) -> None:
    assert (to_json(valeur), in_words(valeur, "fr")) == (json, mots)


@given(st.dates(min_value=date(1000, 1, 1)) | st.booleans() | st.integers() | st.text())
def test_what_is_sealed_reads_as_what_was_computed(valeur: Any) -> None:
    assert in_words(to_json(valeur), "fr") == in_words(valeur, "fr")
