"""The search for words in clear finds them, in whatever form a table or a file holds them."""

import base64
from pathlib import Path

import pytest

from tests.harnais.base import BaseReelle
from tests.vies import canaris

MOT = "Canariprénom"


@pytest.mark.parametrize(
    "texte",
    [
        f"avant {MOT} après",
        MOT.lower(),
        '{"nom": "Canaripr\\u00e9nom"}',
        f"\\x{f'x{MOT}'.encode().hex()}",
        *(base64.b64encode(b"z" * lead + f"{MOT} et la suite".encode()).decode() for lead in range(3)),
    ],
)
def test_it_is_found_in_every_form(texte: str) -> None:
    assert [forme for forme in canaris.forms(MOT) if forme in texte.encode()] != []


def test_it_is_found_in_a_column_of_bytes_of_json_or_of_text_and_in_a_file(base_reelle: BaseReelle, tmp_path: Path) -> None:
    with base_reelle.connect("postgres") as connection:
        connection.execute("INSERT INTO demarches_fermeture VALUES ('x', now(), 'Canaritexte')")
        connection.execute("INSERT INTO socle_compteur (nom, cle, debut_at, fin_at, compte) VALUES ('x', 'Canarioctets', now(), now(), 1)")
        connection.execute(
            "INSERT INTO journal_panne (handler, ids, cause, essais, at) VALUES ('x', '{\"a\": \"Canarijson\"}', '', 1, now())"
        )
    (tmp_path / "fichiers").mkdir()
    (tmp_path / "fichiers" / "un").write_bytes(b"\0Canarifichier\0")
    assert sorted(canaris.found(["Canaritexte", "Canarioctets", "Canarijson", "Canarifichier", "Canariabsent"], base_reelle, tmp_path)) == [
        "demarches_fermeture Canaritexte",
        "fichiers/un Canarifichier",
        "journal_panne Canarijson",
        "socle_compteur Canarioctets",
    ]
