import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.langage.feel import ErreurFEEL, parse
from psl.langage.feel.expression import rename
from psl.langage.feel.nodes import And, Compare, In, Literal, Name, Path


def test_tree_bears_the_characters_it_covers() -> None:
    tree = parse('a.b = "x" and c').tree
    assert tree == And(0, 15, (Compare(0, 9, "=", Path(0, 3, Name(0, 1, "a"), "b"), Literal(6, 9, "x")), Name(14, 15, "c")))


def test_names_read_are_those_of_the_context_only() -> None:
    assert parse("commune.code in (a, b) and aujourd'hui > date(c)").names == {"commune", "a", "b", "c", "aujourd'hui"}


@pytest.mark.parametrize("nom", ["é", "_x", "identite1_nomFamille", "aujourd'hui", "aujourd’hui", "Œuvre", "nom2"])
def test_names_have_accents_digits_and_apostrophes(nom: str) -> None:
    assert parse(nom).names == {nom.replace("’", "'")}


def test_in_takes_tests_and_intervals() -> None:
    tree = parse("x in (1, < 3, [5..6])").tree
    assert isinstance(tree, In)
    assert [type(test).__name__ for test in tree.tests] == ["Literal", "UnaryTest", "RangeOf"]


@pytest.mark.parametrize(
    ("texte", "position", "message"),
    [
        ("", 0, "L'expression s'arrête trop tôt"),
        ("a =", 3, "L'expression s'arrête trop tôt"),
        ("a == 1", 3, "« = » n'est pas attendu ici"),
        ("a = 'x'", 4, "Un texte s'écrit entre guillemets droits"),
        ("a = “x”", 4, "Guillemet typographique"),
        ('a = "x', 4, "Ce texte n'est pas fermé"),
        ("a & b", 2, "« & » n'est pas du FEEL"),
        ("a et b", 2, "« et » n'est pas attendu ici"),
        ("a b", 2, "« b » n'est pas attendu ici"),
        ("a = b = c", 6, "Deux comparaisons se suivent"),
        ("for x return x", 6, "« return » n'est pas attendu ici"),
        ("for x in y", 10, "L'expression s'arrête trop tôt"),
        ("every x in y return x", 13, "« return » n'est pas attendu ici"),
        ("cout(a)", 0, "La fonction « cout » n'est pas prise en charge"),
        ("today()", 0, "La fonction « today » n'est pas prise en charge"),
        ("now()", 0, "La fonction « now » n'est pas prise en charge"),
        ("count(a,)", 8, "« ) » n'est pas attendu ici"),
        ("count(list: a, b)", 15, "Des valeurs sont nommées et d'autres non"),
        ("12()", 2, "Ce qui précède n'est pas une fonction"),
        ('date("-2017-12-31")', 5, "Cette valeur dépasse ce qui est pris en charge"),
        ("date(12000, 1, 1)", 5, "Cette valeur dépasse ce qui est pris en charge"),
        ('time("10:00:00.1234567")', 5, "Cette valeur dépasse ce qui est pris en charge"),
        (r'matches(a, "(b)\1")', 11, "Motif : une référence à un groupe n'est pas prise en charge"),
        ('matches(a, "b{9999}")', 11, "Motif : il répète plus de 500 fois"),
        ("x instance of chose", 14, "« chose » n'est pas attendu ici"),
        ("function(x) external {a: 1}", 12, "Une fonction ne sort pas du FEEL"),
        ("a[1", 3, "L'expression s'arrête trop tôt"),
        ("{a: 1, a: 2}", 7, "« a » est écrit deux fois"),
        ("{a 1}", 3, "« 1 » n'est pas attendu ici"),
        ('@"hier"', 0, "Cette date ou cette durée ne se lit pas"),
        ("? > 1", 0, "« ? » n'a de sens que dans une table"),
        ("1 *** 2", 4, "« * » n'est pas attendu ici"),
        ("a.1", 1, "« .1 » n'est pas attendu ici"),
        (r'"\u12"', 1, "Échappement inconnu « \\u »"),
        ("12345678901234567890123456789012345", 0, "Ce nombre a plus de 34 chiffres"),
        ("a /* b", 2, "Ce commentaire n'est pas fermé"),
        ("if a then b", 11, "L'expression s'arrête trop tôt"),
        ("a - - b", 4, None),
        ("---a", 2, "« - » n'est pas attendu ici"),
        ("(" * 60 + "a" + ")" * 60, 50, "Trop de parenthèses ou de if imbriqués"),
        ("a + " * 200 + "a", 202, "Ce calcul est trop long"),
        ("a" + ".b" * 60, 101, "« . » n'est pas attendu ici"),
        ("a and " * 1000, 4000, "L'expression dépasse 4000 caractères"),
    ],
)
def test_what_is_not_supported_is_refused_where_it_stands(texte: str, position: int, message: str | None) -> None:
    if message is None:
        assert parse(texte).evaluate({"a": 1, "b": 2}) == 3
        return
    with pytest.raises(ErreurFEEL) as refus:
        parse(texte)
    assert (refus.value.position, refus.value.message) == (position, message)
    assert refus.value.remede.endswith(".")
    assert str(refus.value) == f"{message} (caractère {position + 1}). {refus.value.remede}"


def test_a_long_conjunction_is_not_deep() -> None:
    assert parse(" and ".join(["a"] * 500)).evaluate({"a": True}) is True


def test_comments_are_skipped() -> None:
    assert parse("1 /* un */ + // deux\n 2").evaluate({}) == 3


def test_escapes_of_texts() -> None:
    assert parse(r'"a\"b\\c\n\u00e9\U01F600\ud83d\ude00"').evaluate({}) == 'a"b\\c\né😀😀'


def test_rename_changes_names_and_nothing_else() -> None:
    assert rename('a = "a" and b.a = a', {"a": "x_a"}) == 'x_a = "a" and b.a = x_a'


MORCEAUX = [
    "for",
    "x",
    "return",
    "some",
    "satisfies",
    "{",
    "}",
    ":",
    "count",
    "instance of number",
    "function",
    "@",
    "**",
    "?",
    "a",
    "b.c",
    "1",
    '"x"',
    "and",
    "or",
    "not",
    "(",
    ")",
    "in",
    "[",
    "]",
    "..",
    ",",
    "=",
    "<",
    "-",
    "if",
    "then",
    "else",
    "between",
    "null",
]


def fault(texte: str) -> ErreurFEEL | None:
    try:
        parse(texte).evaluate({})
    except ErreurFEEL as erreur:
        return erreur
    return None


@given(st.text(max_size=60) | st.lists(st.sampled_from(MORCEAUX), max_size=12).map(" ".join))
def test_any_text_is_evaluated_or_refused_with_a_position_and_a_remedy(texte: str) -> None:
    erreur = fault(texte)
    assert erreur is None or (0 <= erreur.position <= len(texte) and erreur.remede)
