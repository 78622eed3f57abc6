"""A commune is found as people type it."""

import pytest

from psl.annuaire.queries import search_communes

pytestmark = pytest.mark.django_db


def first(q: str) -> str:
    found = search_communes(q)
    return f"{found[0].code} {found[0].nom}" if found else ""


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("la rochelle", "17300 La Rochelle"),
        ("LA ROCHELLE", "17300 La Rochelle"),
        ("rochelle", "17300 La Rochelle"),
        ("larochelle", "17300 La Rochelle"),
        ("la roche s", "85191 La Roche-sur-Yon"),
        ("17000", "17300 La Rochelle"),
        ("17000 la rochelle", "17300 La Rochelle"),
        ("La Rochelle (17000)", "17300 La Rochelle"),
        ("la rochelle 70", "70450 La Rochelle"),
        ("17076 La Rochelle Cedex 2", "17300 La Rochelle"),
        ("saint denis 93", "93066 Saint-Denis"),
        ("st denis", "97411 Saint-Denis"),
        ("st-malo", "35288 Saint-Malo"),
        ("Ste Foy les Lyon", "69202 Sainte-Foy-lès-Lyon"),
        ("villers s/ mer", "14754 Villers-sur-Mer"),
        ("l'hay les roses", "94038 L'Haÿ-les-Roses"),
        ("hay-les-roses", "94038 L'Haÿ-les-Roses"),
        ("oleron saint pierre", "17385 Saint-Pierre-d'Oléron"),
        ("Œuilly", "51410 Œuilly"),
        ("paris 12", "75112 Paris 12e Arrondissement"),
        ("Paris 12ème", "75112 Paris 12e Arrondissement"),
        ("marseille 1er", "13201 Marseille 1er Arrondissement"),
        ("2a004", "2A004 Ajaccio"),
        ("2A004", "2A004 Ajaccio"),
        ("lomme", "59355 Lomme"),
        ("hellemmes", "59298 Hellemmes-Lille"),
        ("tourlaville", "50602 Tourlaville"),
        ("arbignieu", "01015 Arbignieu"),
        ("germagnat", "01172 Germagnat"),
        ("saint etienne en devoluy", "05139 Saint-Étienne-en-Dévoluy"),
    ],
)
def test_what_is_typed_right(q: str, expected: str) -> None:
    assert first(q) == expected


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("bodreaux", "33063 Bordeaux"),
        ("marsielle", "13055 Marseille"),
        ("lile", "59350 Lille"),
        ("parys", "75056 Paris"),
        ("pairs", "75056 Paris"),
        ("toulose", "31555 Toulouse"),
        ("monpelier", "34172 Montpellier"),
        ("strassbourg", "67482 Strasbourg"),
        ("la rochele", "17300 La Rochelle"),
        ("bezier", "34032 Béziers"),
        ("ajacio", "2A004 Ajaccio"),
        ("chalons sur saone", "71076 Chalon-sur-Saône"),
        ("aix en provense", "13001 Aix-en-Provence"),
        ("saint germin en laye", "78551 Saint-Germain-en-Laye"),
        ("st pier oleron", "17385 Saint-Pierre-d'Oléron"),
        ("rochele 17000", "17300 La Rochelle"),
        ("nordeaux", "33063 Bordeaux"),
    ],
)
def test_what_is_misspelt(q: str, expected: str) -> None:
    assert first(q) == expected


def test_homonyms_are_told_apart() -> None:
    assert [(c.nom, c.code_postal, c.precision) for c in search_communes("la rochelle")] == [
        ("La Rochelle", "17000", "Charente-Maritime (17)"),
        ("La Rochelle", "70120", "Haute-Saône (70)"),
        ("La Rochelle-Normande", "50530", "commune déléguée de Sartilly-Baie-Bocage, Manche (50)"),
    ]


def test_a_delegated_commune_says_so() -> None:
    (found,) = search_communes("tourlaville")
    assert (found.libelle, found.precision) == (
        "Tourlaville (commune déléguée de Cherbourg-en-Cotentin)",
        "commune déléguée de Cherbourg-en-Cotentin, Manche (50)",
    )


def test_a_merged_commune_without_a_name_answers_by_its_code() -> None:
    (found,) = [c for c in search_communes("01458", limite=60) if c.code == "01458"]
    assert (found.nom, found.libelle) == ("Valserhône", "Valserhône (ancien code 01458)")


def test_a_postal_code_goes_before_an_insee_code() -> None:
    assert [c.code for c in search_communes("17300")] == ["17299", "17463", "17300"]


def test_every_commune_of_a_postal_code_is_there() -> None:
    found = search_communes("51300", limite=60)
    assert [c.nom for c in found if "51300" not in c.codes_postaux] == ["Isle-sur-Marne"]
    assert len({c.code for c in found if "commune" not in c.precision}) == 47


def test_a_commune_with_several_postal_codes_shows_the_one_typed() -> None:
    assert [(c.code, c.code_postal) for c in search_communes("nantes", limite=1)] == [("44109", "")]
    assert [(c.code, c.code_postal) for c in search_communes("nantes 44300", limite=1)] == [("44109", "44300")]


@pytest.mark.parametrize(
    "q", ["", " ", "a", "é", "-", "'", "zzzzzz", "😀😀", "x" * 300, "% _ %", "'); DROP TABLE", "a\x00b", "\ud800\ud800"]
)
def test_nothing_answers_nonsense(q: str) -> None:
    assert [c for c in search_communes(q) if c.nom.startswith("DROP")] == []
    assert len(search_communes(q)) <= 10


def test_no_more_than_asked() -> None:
    assert len(search_communes("saint", limite=10)) == 10
    assert len({(c.code, c.nom) for c in search_communes("bordeaux", limite=10)}) == len(search_communes("bordeaux", limite=10))
