"""Names as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.annuaire.noms import attachment, bare, lexemes, normalise, of, sort_key


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Saint-Pierre-d'Oléron", "saint pierre d oleron"),
        ("ST PIERRE D’OLÉRON", "saint pierre d oleron"),
        ("Ste-Foy", "sainte foy"),
        ("Villers s/ Mer", "villers sur mer"),
        ("Villers s/Mer", "villers sur mer"),
        ("Châlons s/s Bois", "chalons sous bois"),
        ("Villeneuve-lez-Avignon", "villeneuve les avignon"),
        ("Villeneuve-lès-Avignon", "villeneuve les avignon"),
        ("Œuilly", "oeuilly"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("Paris 12ème", "paris 12e"),
        ("Marseille 1er", "marseille 1e"),
        ("Marseille 1er Arrondissement", "marseille 1e arrondissement"),
        ("2A004", "2a004"),
        ("  ", ""),
    ],
)
def test_normalise(typed: str, expected: str) -> None:
    assert normalise(typed) == expected


@given(st.text(max_size=80))
def test_normalise_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert set(once) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")


@pytest.mark.parametrize(
    ("name", "expected"), [("la rochelle", "rochelle"), ("l hay les roses", "hay les roses"), ("les", "les"), ("lens", "lens")]
)
def test_bare(name: str, expected: str) -> None:
    assert bare(name) == expected


def test_lexemes_hold_the_name_in_one_word() -> None:
    assert lexemes("la rochelle") == {"la", "rochelle", "larochelle"}
    assert lexemes("") == set()


def test_sort_key_puts_accents_where_readers_look() -> None:
    assert sorted(["Zambie", "Égypte", "Équateur", "Eswatini"], key=sort_key) == ["Égypte", "Équateur", "Eswatini", "Zambie"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Arboys en Bugey", "d'Arboys en Bugey"),
        ("Le Havre", "du Havre"),
        ("Les Sables-d'Olonne", "des Sables-d'Olonne"),
        ("La Rochelle", "de La Rochelle"),
        ("Éternoz", "d'Éternoz"),
        ("Hautmont", "de Hautmont"),
    ],
)
def test_of(name: str, expected: str) -> None:
    assert of(name) == expected


@pytest.mark.parametrize(
    ("sorte", "name", "expected"),
    [
        ("commune", "X", ""),
        ("arrondissement", "X", ""),
        ("deleguee", "X", "commune déléguée de Lille"),
        ("associee", "X", "commune associée de Lille"),
        ("ancien_nom", "X", "ancien nom de Lille"),
        ("ancienne", "X", "ancienne commune, aujourd’hui Lille"),
        ("ancienne", "", "ancien code 59999"),
        ("ancienne", "Lille", "ancien code 59999"),
    ],
)
def test_attachment(sorte: str, name: str, expected: str) -> None:
    assert attachment(sorte, name, "59999", "Lille") == expected
