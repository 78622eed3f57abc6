"""What people really type in the numbers, amounts, times, places and partial dates; and patterns that never explode."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.langage.composants import COMPOSANTS
from psl.langage.composants.montant import Montant
from psl.langage.source import motif
from tests.langage.test_composants_proprietes import CONTEXTE

LUS = [
    ("siret", "732 829 320 00074", "73282932000074", "732 829 320 00074"),
    ("siret", "356.000.000-00048", "35600000000048", "356 000 000 00048"),
    ("siren", "732-829-320", "732829320", "732 829 320"),
    ("nir", "2 55 08 14 168 025 38", "255081416802538", "2 55 08 14 168 025 38"),
    ("rna", "w751000001", "W751000001", "W751000001"),
    ("iban", "IBAN fr76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189", "FR76 3000 6000 0112 3456 7890 189"),
    ("immatriculation", "ab 123 cd", "AB-123-CD", "AB-123-CD"),
    ("immatriculation", "1234ab17", "1234 AB 17", "1234 AB 17"),
    ("montant", "1.234,50 €", "1234.50", "1\u202f234,50\u00a0€"),
    ("montant", "1,234.5", "1234.50", "1\u202f234,50\u00a0€"),
    ("heure", "14h30", "14:30", "14\u00a0h\u00a030"),
    ("heure", "9 h", "09:00", "9\u00a0h\u00a000"),
    ("heure", "midi", "12:00", "12\u00a0h\u00a000"),
    ("point", "46.1603° N, 1.1511° O", {"type": "Point", "coordinates": [-1.1511, 46.1603]}, "46.160300, -1.151100"),
]
REFUSES = [
    ("siret", "732 829 320 00075"),
    ("siren", "123456789"), ("nir", "255081416802539"), ("numero_fiscal", "1234567890123"), ("rna", "751000001"),
    ("iban", "FR76 3000 6000 0112 3456 7890 188"), ("immatriculation", "AI-123-CD"), ("montant", "beaucoup"), ("montant", "-3"),
    ("heure", "25:00"), ("heure", "14h75"), ("point", "200, 3"), ("lien_teledossier", "A-1-ABCD1234"),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "tape", "valeur", "montre"), LUS)
def test_what_people_type_is_read_kept_and_shown(type_: str, tape: str, valeur: Any, montre: str) -> None:
    composant = COMPOSANTS[type_].build({})
    assert composant.parse("c", {"c": [tape]}, CONTEXTE).valeur == valeur == composant.check(valeur, CONTEXTE)
    assert composant.display(valeur, "fr") == montre


@pytest.mark.parametrize(("type_", "tape"), REFUSES)
def test_what_cannot_be_is_told_with_the_name_of_the_question(type_: str, tape: str) -> None:
    saisie = COMPOSANTS[type_].build({}).parse("c", {"c": [tape]}, CONTEXTE)
    assert (saisie.valeur, "Question" in saisie.erreur, saisie.brut) == (None, True, tape)


@pytest.mark.parametrize(
    ("parties", "valeur", "montre"),
    [
        (("27", "juin", "1942"), "1942-06-27", "27 juin 1942"),
        (("", "6", "1942"), "1942-06", "juin 1942"),
        (("", "", "1942"), "1942", "1942"),
    ],
)
def test_as_much_of_a_date_as_is_known(parties: tuple[str, str, str], valeur: str, montre: str) -> None:
    composant = COMPOSANTS["date_partielle"].build({})
    post = {f"c.{nom}": [partie] for nom, partie in zip(("jour", "mois", "annee"), parties, strict=True)}
    assert composant.parse("c", post, CONTEXTE).valeur == valeur
    assert composant.display(valeur, "fr") == montre


@given(st.decimals(0, 10**9, places=2))
def test_an_amount_is_read_as_it_is_shown(montant: Any) -> None:
    shown = Montant().display(str(montant), "fr")
    assert Montant().parse("c", {"c": [shown]}, CONTEXTE).valeur == str(montant)


def test_a_pattern_never_explodes() -> None:
    assert motif.matches("(a+)+b", "a" * 256) is False
    assert [motif.matches("[A-Z]{2}[0-9]{2,4}", texte) for texte in ("AB12", "AB12345", "ab12")] == [True, False, False]


@pytest.mark.parametrize("ecrit", ["(a", "[a", "a{3,1}", "(?:a)", "((a{200}){200}){200}", "\\1"])
def test_a_pattern_not_understood_says_where(ecrit: str) -> None:
    with pytest.raises(motif.ErreurMotif):
        motif.check(ecrit)
