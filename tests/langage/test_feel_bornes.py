"""What an expression may cost, and regular expressions against Python's own on what both know."""

import re
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.langage.feel import ErreurFEEL, MonthsDuration, parse
from psl.langage.feel.fonctions.motifs import ErreurMotif, read
from psl.langage.feel.values import equal, to_datetime, to_duration, to_time
from psl.langage.feel.values.temporal import write_datetime, write_duration, write_time

HOSTILES = [
    "count(for a in 1..9999, b in 1..9999, c in 1..9999 return a)",
    "count(for a in 1..99999999999 return a)",
    'string length((for i in 1..200 return if i = 1 then "ab" else partial[-1] + partial[-1])[-1])',
    "count(flatten((for i in 1..200 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1]))",
    "(for i in 1..200 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1]",
    "(for i in 1..99 return if i = 1 then [1] else concatenate(partial[-1], partial[-1]))[-1]",
    "{f: function(g) g(g), r: f(f)}.r",
    "{f: function(g) [g(g)], r: f(f)}.r",
    "2 ** 99999999",
    "(for i in 1..60 return if i = 1 then 9 else partial[-1] * partial[-1])[-1]",
    "{" + ", ".join(["a0: [1]", *(f"a{rang}: [a{rang - 1}, a{rang - 1}]" for rang in range(1, 100))]) + "}.a99",
    "string({" + ", ".join(["a0: [1]", *(f"a{rang}: [a{rang - 1}, a{rang - 1}]" for rang in range(1, 100))]) + "}.a99)",
    'replace(texte, "a", texte)',
    'split(texte, "(a|aa)+$")',
]


@pytest.mark.parametrize("texte", HOSTILES)
def test_c12_what_costs_too_much_is_null_and_soon(texte: str) -> None:
    start = time.process_time()
    assert parse(texte).evaluate({"texte": "a" * 20_000}) is None
    assert time.process_time() - start < 5


@pytest.mark.parametrize("motif", ["(a+)+b", "(a|a)*b", "(a*)*b", "a*a*a*a*a*a*b", "(a?){200}a{200}b", "(.*)(.*)(.*)(.*)x"])
def test_c11_no_regular_expression_explodes(motif: str) -> None:
    start = time.process_time()
    assert parse(f'matches(texte, "{motif}")').evaluate({"texte": "a" * 300}) in (False, None)
    assert time.process_time() - start < 5


ATOMES = st.sampled_from(["a", "b", "ab", ".", "[ab]", "[^a]", "[a-c]", "\\d", "(a)", "(a|b)", "(?:ab|c)", "(b*)"])
MOTIFS = st.lists(
    st.tuples(ATOMES, st.sampled_from(["", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?"])), min_size=1, max_size=4
)


@given(MOTIFS, st.booleans(), st.booleans(), st.text("abc1", max_size=12))
def test_matches_are_python_s(morceaux: list[tuple[str, str]], debut: bool, fin: bool, texte: str) -> None:
    motif = ("^" if debut else "") + "".join(atome + fois for atome, fois in morceaux) + ("\\Z" if fin else "")
    attendu = re.search(motif, texte)
    trouve = read(motif.replace("\\Z", "$")).find(texte, 0)
    assert (trouve and trouve[:2]) == (attendu and attendu.span())


@given(MOTIFS, st.text("abc1", max_size=12))
def test_replacements_are_python_s(morceaux: list[tuple[str, str]], texte: str) -> None:
    motif = "".join(atome + fois for atome, fois in morceaux)
    attendu = None if re.fullmatch(motif, "") else re.sub(motif, "<\\g<0>>", texte)
    assert read(motif).replace(texte, "<$0>") == attendu


@given(st.text("ab()[]{}|*+?.^$\\-,1", max_size=10), st.text("ab1", max_size=6))
def test_any_pattern_is_read_or_refused(motif: str, texte: str) -> None:
    with suppress(ErreurMotif):
        assert read(motif).is_in(texte) in (True, False)


NOMBRES = st.integers(-50, 50) | st.decimals(-50, 50, places=2)


@given(NOMBRES, NOMBRES)
def test_division_and_modulo_agree(gauche: Any, droite: Any) -> None:
    contexte = {"a": gauche, "b": droite}
    if droite == 0:
        assert parse("modulo(a, b)").evaluate(contexte) is parse("a / b").evaluate(contexte) is None
    else:
        assert parse("a - b * floor(a / b) = modulo(a, b)").evaluate(contexte) is True


@given(st.lists(st.integers(-9, 9), max_size=8))
def test_lists_hold_their_laws(items: list[int]) -> None:
    contexte = {"xs": items}
    assert parse("sort(xs)").evaluate(contexte) == sorted(items)
    assert parse("xs[item > 0]").evaluate(contexte) == [item for item in items if item > 0]
    assert parse("for x in xs return x * 2").evaluate(contexte) == [item * 2 for item in items]
    assert parse("some x in xs satisfies x > 3").evaluate(contexte) is any(item > 3 for item in items)
    assert parse("reverse(reverse(xs)) = xs").evaluate(contexte) is True
    assert parse("count(distinct values(xs))").evaluate(contexte) == len(set(items))
    assert parse("flatten([xs, [xs]]) = concatenate(xs, xs)").evaluate(contexte) is True


@given(st.times().map(lambda heure: heure.replace(fold=0)), st.datetimes().map(lambda moment: moment.replace(fold=0)))
def test_times_are_read_as_written(heure: Any, moment: Any) -> None:
    assert to_time(write_time(heure)) == heure
    assert to_datetime(write_datetime(moment)) == moment


@given(st.builds(MonthsDuration, st.integers(-9999, 9999)) | st.timedeltas())
def test_durations_are_read_as_they_are_written(duree: Any) -> None:
    assert to_duration(write_duration(duree)) == duree
    assert equal(parse("duration(string(d))").evaluate({"d": duree}), duree) is True


def test_c13_a_depth_past_python_s_is_refused_or_null() -> None:
    for texte in ("[" * 300 + "]" * 300, "{a: " * 300 + "1" + "}" * 300, "if a then " * 300, "x instance of " + "list<" * 300):
        with pytest.raises(ErreurFEEL):
            parse(texte)
