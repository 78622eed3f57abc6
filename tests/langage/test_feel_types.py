import pytest

from psl.langage.feel import parse
from psl.langage.feel.types import BOOLEAN, DATE, DAYS, LIST, MONTHS, NUMBER, RANGE, TEXT, Type, check

ENVIRONNEMENT = {
    "action": Type("text", frozenset({"NAISSANCE", "MARIAGE"})),
    "nom": TEXT,
    "age": NUMBER,
    "majeur": BOOLEAN,
    "jour": DATE,
    "commune": Type("context", members={"code": TEXT, "libelle": TEXT}),
    "choix": LIST,
}


@pytest.mark.parametrize(
    ("texte", "type_"),
    [
        ('action = "MARIAGE" and age > 3', BOOLEAN),
        ("commune.code", TEXT),
        ("jour.year + 1", NUMBER),
        ('jour - duration("P1M")', DATE),
        ("jour - jour", DAYS),
        ('duration("P1D") + jour', DATE),
        ('2 * duration("P1M")', MONTHS),
        ('duration("P1D") / duration("PT1H")', NUMBER),
        ('nom + "x"', TEXT),
        ("if majeur then 1 else 2", NUMBER),
        ('nom in ("a", "b") or age in ([1..3], > 5) or majeur', BOOLEAN),
        ('"a" in choix', BOOLEAN),
        ('nom in ["a", "b"]', BOOLEAN),
        ("[1..3]", RANGE),
        ("[age, 2]", LIST),
        ("not(null)", BOOLEAN),
        ("date(2026, 1, 31)", DATE),
        ('duration("P1D") * 2', DAYS),
        ("not(majeur)", BOOLEAN),
        ("age between 1 and 3", BOOLEAN),
        ("-age", NUMBER),
        ("commune = null", BOOLEAN),
        ('date("2026-01-31")', DATE),
        ("date(nom)", DATE),
    ],
)
def test_an_expression_has_a_type(texte: str, type_: Type) -> None:
    assert check(parse(texte).tree, ENVIRONNEMENT) == (type_, [])


@pytest.mark.parametrize(
    ("texte", "position", "message", "remede"),
    [
        ("acton = null", 0, "« acton » n'est pas connu ici", "Vouliez-vous écrire « action » ?"),
        ("commune.cod = nom", 0, "« cod » n'existe pas dans une valeur composée", "Vouliez-vous écrire « code » ?"),
        ("nom.code = nom", 0, "« code » n'existe pas dans un texte", "Vérifiez ce nom."),
        ("age = nom", 0, "Comparer un nombre et un texte ne donne jamais vrai", "Comparez deux valeurs de même sorte."),
        ('action = "NAISANCE"', 0, "La valeur « NAISANCE » n'est pas une réponse possible", "Vouliez-vous écrire « NAISSANCE » ?"),
        (
            'action in ("MARIAGE", "DECES")',
            22,
            "La valeur « DECES » n'est pas une réponse possible",
            "Écrivez l'un de : MARIAGE, NAISSANCE.",
        ),
        ("age and majeur", 0, "Il faut oui ou non ici, et c'est un nombre", "Complétez la condition par une comparaison."),
        ("age + jour", 0, "« + » ne s'applique pas entre un nombre et une date", 'Pour une durée, écrivez duration("P2M").'),
        ("-nom", 0, "Le signe moins ne s'applique pas à un texte", "Retirez-le."),
        ("age in [1..nom]", 11, None, None),
        ('jour > date("2026-02-31")', 7, "Cette date n'existe pas", 'Écrivez une date du calendrier, par exemple date("2026-01-31").'),
        (
            'jour > jour - duration("2 mois")',
            14,
            "Cette durée ne se lit pas",
            'Écrivez par exemple duration("P2M") pour deux mois, duration("P10D") pour dix jours.',
        ),
    ],
)
def test_a_fault_points_at_its_characters(texte: str, position: int, message: str | None, remede: str | None) -> None:
    _, [fault, *_] = check(parse(texte).tree, ENVIRONNEMENT)
    assert fault.position == position
    assert (message, remede) in {(None, None), (fault.message, fault.remede)}
