"""Finding a démarche by everyday words: accents, plurals, typos."""

import pytest

from psl.demarches import queries

pytestmark = pytest.mark.django_db
NAISSANCE, MARIAGE, DECES = (f"Demander un acte de {quoi}" for quoi in ("naissance", "mariage", "décès"))


@pytest.mark.parametrize(
    ("q", "premiere"),
    [
        ("acte de naissance", NAISSANCE),
        ("ACTE DE NAISSANCE", NAISSANCE),
        ("extrait de naissance", NAISSANCE),
        ("extraits de naissances", NAISSANCE),
        ("acte de naisance", NAISSANCE),
        ("je veux mon extrait d'acte de naissance", NAISSANCE),
        ("obtenir bulletin naissance", NAISSANCE),
        ("acte de mariage", MARIAGE),
        ("certificat de mariaje", MARIAGE),
        ("preuve de mariage", MARIAGE),
        ("acte de deces", DECES),
        ("Acte de Décès", DECES),
        ("certificat de décé", DECES),
        ("succession", DECES),
        ("livret de famille", "Demander un acte d'état civil"),
        ("copie integrale", "Demander un acte d'état civil"),
        ("etat civil", "Demander un acte d'état civil"),
    ],
)
def test_the_first_answer(q: str, premiere: str) -> None:
    assert [trouvee.titre for trouvee in queries.search(q)][:1] == [premiere]


@pytest.mark.parametrize("q", ["", " ", "de la le", "permis de construire", "zzzz", "\x00", "%_'\"", "x" * 100_000, "🙂"])
def test_what_answers_nothing(q: str) -> None:
    assert queries.search(q) == []


def test_an_answer_leads_to_its_action() -> None:
    assert queries.search("acte de mariage")[0].url == "/mademarche/EtatCivil/demarche?action=MARIAGE"
    assert queries.search("état civil")[0].url == "/mademarche/EtatCivil/demarche"


def test_in_english() -> None:
    assert [trouvee.url for trouvee in queries.search("birth certificate", "en")][:1] == ["/mademarche/EtatCivil/demarche?action=NAISSANCE"]
