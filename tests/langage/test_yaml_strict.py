from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.langage.source.defauts import Defaut, DefinitionInvalide
from psl.langage.source.yaml_strict import PROFONDEUR_MAX, TAILLE_MAX, Arbre, read, read_bytes


def only_fault(octets: bytes) -> Defaut:
    with pytest.raises(DefinitionInvalide) as refus:
        read_bytes(octets, "d.yaml")
    [defaut] = refus.value.defauts
    assert defaut.remede.endswith(".")
    return defaut


def test_only_true_false_and_numbers_are_more_than_text() -> None:
    texte = "a: true\nb: oui\nc: no\nd: 12\ne: 017300\nf: 2026-11-23\ng: 1.5\nh: '12'\ni: on\nj: null\nk: 1e5\nl: 0x10\nm: |\n  12\n"
    assert read_bytes(texte.encode(), "d.yaml").donnees == {
        "a": True, "b": "oui", "c": "no", "d": 12, "e": "017300", "f": "2026-11-23", "g": Decimal("1.5"), "h": "12", "i": "on", "j": None,
        "k": "1e5", "l": "0x10", "m": "12\n",
    }  # fmt: skip


def test_keys_are_always_texts_and_letters_are_composed() -> None:
    assert read_bytes("12: a\ntrue: b\ne\u0301: e\u0301\n".encode(), "d.yaml").donnees == {"12": "a", "true": "b", "é": "é"}


def test_each_key_and_item_has_its_line() -> None:
    arbre = read_bytes(b"a:\n  - x\n  - b: 1\n    c: 2\n", "d.yaml")
    assert (arbre.line(("a",)), arbre.line(("a", 1)), arbre.line(("a", 1, "c")), arbre.line(("a", 1, "absent"))) == (1, 3, 4, 3)


@pytest.mark.parametrize(
    ("octets", "ligne", "message"),
    [
        (b"", 1, "Ce fichier est vide."),
        (b"a: 1\na: 2\n", 2, "La clé « a » est écrite deux fois."),
        (b"a:\n\t- x\n", 2, "Cette ligne a une tabulation."),
        (b"a: &x 1\n", 1, "Les ancres « & » et les alias « * » ne sont pas permis."),
        (b"a: 1\nb: *x\n", 2, "Les ancres « & » et les alias « * » ne sont pas permis."),
        (b"a: !!python/object:os.system x\n", 1, "Les étiquettes « ! » ne sont pas permises."),
        (b"a: 1\n<<: 2\n", 2, "La fusion « << » n'est pas permise."),
        (b"? [a]\n: 1\n", 1, "Une clé doit être un mot."),
        (b"a: 1\n---\nb: 2\n", 2, "Ce fichier a plusieurs documents « --- »."),
        (b"a: b: c\n", 1, "Deux points « : » au milieu d'une valeur."),
        (b"a: 1\n b: 2\n", 2, "Deux points « : » au milieu d'une valeur."),
        (b'a: "x\nb: 2\n', 3, "Un guillemet ou un crochet n'est pas fermé."),
        (b"a: [1, 2\nb: 3\n", 2, "Une liste ou un objet entre crochets n'est pas fermé, ou il manque une virgule."),
        (b"a: %x\n", 1, "Ce caractère ne peut pas commencer une valeur."),
        (b"a: \xff\n", 1, "Ce fichier n'est pas en UTF-8."),
        ("a: b\u202e\n".encode(), 1, "Cette ligne a un caractère invisible interdit."),
        (b"a: b\x00\n", 1, "Cette ligne a un caractère invisible interdit."),
        (b"a: " + b"[" * 40 + b"]" * 40, 1, f"Ce fichier a plus de {PROFONDEUR_MAX} niveaux."),
        (b"a" * (TAILLE_MAX + 1), 1, "Ce fichier dépasse 1 Mo."),
        (b"[" + b"1," * 210_000 + b"1]", 1, "Ce fichier a plus de 200000 valeurs."),
    ],
)
def test_what_is_not_strict_is_refused_at_its_line(octets: bytes, ligne: int, message: str) -> None:
    defaut = only_fault(octets)
    assert (defaut.fichier, defaut.ligne, defaut.message) == ("d.yaml", ligne, message)


def test_c13_a_bomb_is_refused_before_it_grows() -> None:
    bombe = b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"
    assert only_fault(bombe).ligne == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DefinitionInvalide) as refus:
        read(tmp_path / "absent.yaml")
    assert [str(defaut) for defaut in refus.value.defauts] == [
        "absent.yaml:1 : Ce fichier ne peut pas être lu. Vérifiez son nom et ses droits."
    ]


@given(st.binary(max_size=200) | st.text("ab:-[]{}\n '\"#&*!|>%@`?, 1", max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(octets: bytes) -> None:
    try:
        assert isinstance(read_bytes(octets, "d.yaml"), Arbre)
    except DefinitionInvalide as invalide:
        assert invalide.defauts  # noqa: PT017 - either way is right
