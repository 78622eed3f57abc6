"""The built-ins: what each gives, and null for what it does not take."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from psl.langage.feel import MonthsDuration, Range, parse
from psl.langage.feel.fonctions import BUILTINS

PARIS = ZoneInfo("Europe/Paris")
CONTEXTE: dict[str, Any] = {
    "enfants": [{"nom": "Ada", "age": 12}, {"nom": "Bob", "age": 19}, {"nom": "Cléo", "age": 7}],
    "seul": {"nom": "Ada"},
    "notes": [3, 1, 2],
    "jour": date(2026, 11, 23),
    "rien": None,
}
VALEURS: list[tuple[str, Any]] = [
    ("enfants[age < 18].nom", ["Ada", "Cléo"]),
    ("enfants[1].nom", "Ada"),
    ("enfants[-1].nom", "Cléo"),
    ("enfants[4]", None),
    ("enfants[age > 50]", []),
    ('seul[item.nom = "Ada"]', [{"nom": "Ada"}]),
    ("rien[1]", None),
    ("count(enfants[age < 18]) >= 2", True),
    ("some e in enfants satisfies e.age > 18", True),
    ("every e in enfants satisfies e.age > 18", False),
    ("some e in rien satisfies e", None),
    ("every e in [] satisfies e", True),
    ("for e in enfants return e.age + 1", [13, 20, 8]),
    ("for i in 1..3, j in [10, 20] return i * j", [10, 20, 20, 40, 30, 60]),
    ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", [1, 1, 2, 6, 24]),
    ("for i in 3..1 return i", [3, 2, 1]),
    ("for i in [1..3[ return i", [1, 2]),
    ('for j in @"2026-02-27"..@"2026-03-01" return j.day', [27, 28, 1]),
    ("{a: 2, b: a * 3}.b", 6),
    ('{"un nom": 1}.un nom', 1),
    ("{double: function(n: number) n * 2, r: double(21)}.r", 42),
    ('{f: function(n: number) n, r: f("x")}.r', None),
    ("{f: function(a, b) a - b, r: f(b: 1, a: 3)}.r", 2),
    ("(function(a) a)(1, 2)", None),
    ("jour instance of date", True),
    ("[1, 2] instance of list<number>", True),
    ("{a: 1} instance of context<a: string>", False),
    ("[1..2] instance of range<number>", True),
    ("2 ** 10", 1024),
    ("2 ** 0.5", Decimal("1.414213562373095048801688724209698")),
    ("10 ** 7000", None),
    ('number("1 234,5", " ", ",")', Decimal("1234.5")),
    ('number("1,2,3", ".", ",")', None),
    ('number("x")', None),
    ("decimal(1/3, 2)", Decimal("0.33")),
    ("decimal(2.5, 0)", 2),
    ("floor(-1.5)", -2),
    ("ceiling(1.21, 1)", Decimal("1.3")),
    ("round up(-1.5, 0)", -2),
    ("round down(1.59, 1)", Decimal("1.5")),
    ("round half up(2.5, 0)", 3),
    ("round half down(2.5, 0)", 2),
    ("abs(-3)", 3),
    ('abs(duration("-P1D"))', timedelta(days=1)),
    ("modulo(-12, 5)", 3),
    ("modulo(10.1, 4.5)", Decimal("1.1")),
    ("modulo(1, 0)", None),
    ("sqrt(16)", 4),
    ("sqrt(-1)", None),
    ("log(0)", None),
    ("exp(0)", 1),
    ("odd(5) and even(-2)", True),
    ("string(1.50)", "1.50"),
    ('string([1, "a", null, {b c: true}])', '[1, "a", null, {b c: true}]'),
    ('string(@"P1DT2H")', "P1DT2H"),
    ("string(rien)", None),
    ('substring("foobar", 3)', "obar"),
    ('substring("foobar", -2, 1)', "a"),
    ('substring("foobar", 0)', None),
    ('string length("été")', 3),
    ('upper case("é") + lower case("A")', "Éa"),
    ('upper case(["un"])', "UN"),
    ('substring before("2026-11", "-")', "2026"),
    ('substring after("2026-11", "-")', "11"),
    ('contains("foobar", "of")', False),
    ('starts with("foobar", "fo") and ends with("foobar", "r")', True),
    ('matches("17300", "^[0-9]{5}$")', True),
    ('matches("é", "\\p{Lu}")', False),
    ('matches("x", "[")', None),
    ('replace("2026-11-23", "([0-9]+)-([0-9]+)-([0-9]+)", "$3/$2/$1")', "23/11/2026"),
    ('split("a, b,c", ",\\s*")', ["a", "b", "c"]),
    ('string join(["a", null, "b"], ", ")', "a, b"),
    ("list contains([1, null], null)", True),
    ("min(3, 1, 2) + max(notes)", 4),
    ("min([])", None),
    ('max(1, "a")', None),
    ("sum(notes) + product(notes)", 12),
    ("sum([])", None),
    ('sum(@"P1D", @"PT12H")', timedelta(hours=36)),
    ("mean(1, 2)", Decimal("1.5")),
    ("median(8, 2, 5, 3)", 4),
    ("mode([6, 3, 9, 6, 6, 3, 3])", [3, 6]),
    ("stddev(2, 4, 7, 5)", Decimal("2.081665999466132735282297706979931")),
    ("all([true, null])", None),
    ("all([false, null])", False),
    ("any([true, null])", True),
    ("any([])", False),
    ("sublist([1, 2, 3], 2)", [2, 3]),
    ("sublist([1, 2, 3], -2, 1)", [2]),
    ("append([1], 2, [3])", [1, 2, [3]]),
    ("concatenate([1], [2, 3])", [1, 2, 3]),
    ("insert before([1, 3], 2, 2)", [1, 2, 3]),
    ("remove([1, 2, 3], 2)", [1, 3]),
    ("list replace([1, 2], 2, 9)", [1, 9]),
    ("list replace([1, 2, 3], function(item, newItem) item < newItem, 2)", [2, 2, 3]),
    ("reverse(notes)", [2, 1, 3]),
    ("index of([1, 2, 1], 1)", [1, 3]),
    ("union([1, 2], [2, 3])", [1, 2, 3]),
    ("distinct values([1, 1, null, null])", [1, None]),
    ("duplicate values([1, 2, 1])", [1]),
    ("flatten([[1, [2]], 3])", [1, 2, 3]),
    ("sort(notes)", [1, 2, 3]),
    ("sort(enfants, function(x, y) x.age > y.age)[1].nom", "Bob"),
    ('get value(seul, "nom")', "Ada"),
    ("get entries({a: 1})", [{"key": "a", "value": 1}]),
    ('context([{key: "a", value: 1}])', {"a": 1}),
    ('context put({a: {b: 1}}, ["a", "b"], 2)', {"a": {"b": 2}}),
    ("context merge([{a: 1}, {a: 2, b: 3}])", {"a": 2, "b": 3}),
    ('time("10:30:00+02:00")', time(10, 30, tzinfo=timezone(timedelta(hours=2)))),
    ("time(10, 30, 0, null)", time(10, 30)),
    ('time("24:00:01")', None),
    ('date and time(jour, time("08:00:00Z"))', datetime(2026, 11, 23, 8, tzinfo=UTC)),
    ('date and time("2026-11-23T24:00:00")', datetime(2026, 11, 24)),  # noqa: DTZ001
    ('string(date and time("2026-07-01T08:00:00@Europe/Paris"))', "2026-07-01T08:00:00@Europe/Paris"),
    ('@"2026-07-01T08:00:00@Europe/Paris" = @"2026-07-01T06:00:00Z"', True),
    ('@"2026-07-01T08:00:00@Europe/Paris" - @"2026-07-01T05:00:00Z"', timedelta(hours=1)),
    ('@"2026-07-01T08:00:00" - @"2026-07-01T05:00:00Z"', None),
    ('@"2026-01-31T08:00:00" + duration("P1M")', datetime(2026, 2, 28, 8)),  # noqa: DTZ001
    ('@"23:30:00" + duration("PT1H")', time(0, 30)),
    ('time("10:00:00@Europe/Paris").timezone', "Europe/Paris"),
    ('@"2026-11-23T08:00:00Z".time offset', timedelta(0)),
    ('years and months duration(date("2008-11-24"), jour)', MonthsDuration(215)),
    ('years and months duration(jour, date("2008-11-24")).years', -17),
    ("day of year(jour)", 327),
    ("day of week(jour)", "Monday"),
    ("month of year(jour)", "November"),
    ('week of year(date("2021-01-03"))', 53),
    ('is(time("10:00:00Z"), time("10:00:00+00:00"))', True),
    ('is(time("10:00:00"), time("10:00:00Z"))', False),
    ("before(1, 2) and after([3..4], 2)", True),
    ("meets([1..2], [2..3]) and met by([2..3], [1..2])", True),
    ("overlaps([1..3], [2..4]) and overlaps before([1..3], [2..4]) and overlaps after([2..4], [1..3])", True),
    ("finishes(3, [1..3]) and finished by([1..3], 3)", True),
    ("includes([1..9], [2..3]) and during(2, [1..3])", True),
    ("starts(1, [1..3]) and started by([1..3], 1) and coincides([1..2], [1..2])", True),
    ("5 in (>= 5)", True),
    ('range("[1..5[")', Range(1, 5, low_closed=True, high_closed=False)),
    ('range("[5..1]")', None),
    ("(< 10).end", 10),
    ("abs()", None),
    ("abs(nombre: 1)", None),
    ("floor(n: 1.27, scale: 1)", Decimal("1.2")),
]


@pytest.mark.parametrize(("texte", "valeur"), VALEURS)
def test_a_built_in_gives_its_value(texte: str, valeur: Any) -> None:
    obtenu = parse(texte).evaluate(CONTEXTE)
    assert obtenu is valeur if valeur is None or isinstance(valeur, bool) else obtenu == valeur


def test_every_built_in_is_tried() -> None:
    tried = " ".join(texte for texte, _ in VALEURS)
    absent = {nom for nom in BUILTINS if f"{nom}(" not in tried}
    assert absent == {"not"}


@pytest.mark.parametrize(
    ("texte", "noms"),
    [
        ("for x in xs return x + y", {"xs", "y"}),
        ("{a: b, c: a}.c", {"b"}),
        ("xs[age > seuil and item.nom = nom]", {"xs", "age", "seuil", "nom"}),
        ("(function(a) a + b)(c)", {"b", "c"}),
        ("some x in xs, y in x satisfies y = z", {"xs", "z"}),
    ],
)
def test_names_read_are_those_nothing_inside_gives(texte: str, noms: set[str]) -> None:
    assert parse(texte).names == noms


def test_names_of_several_words_are_read_when_they_are_given() -> None:
    assert parse("Revenu annuel - a-b > 10", ("Revenu annuel", "a-b")).evaluate({"Revenu annuel": 15, "a-b": 4}) is True
