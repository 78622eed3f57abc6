"""bin/psl journal, travaux, purger."""

import pytest
from django.db import transaction

from psl.commandes import __main__ as commandes
from psl.journal import operations as journal
from psl.journal import queries, travaux
from psl.socle.acteur import SYSTEME
from psl.socle.uuid7 import uuid7
from tests.journal import enchainements

ICI = enchainements.ICI


@pytest.fixture
def psl(monkeypatch, capsys):
    """Run a command here and now; return its exit code and its lines."""
    monkeypatch.setattr("django.setup", lambda: None)

    def run(*arguments):
        code = commandes.main(arguments)
        return code, capsys.readouterr().out.splitlines()

    return run


@pytest.mark.django_db
def test_a_journal_intact_is_said_so(psl, now, tmp_path):
    with transaction.atomic():
        journal.record("essai.muet", uuid7(), by=SYSTEME, at=now)
    assert psl("journal", "verifier") == (0, ["Le journal est intact. 1 fait(s) attendent d’être scellés."])
    journal.seal(now=now)
    assert psl("journal", "verifier") == (0, ["Le journal est intact."])


@pytest.mark.django_db
def test_anomalies_are_listed_in_words_and_the_exit_code_tells(psl, now, tmp_path):
    ancres = tmp_path / "ancres.txt"
    ancres.write_text("7 aabb 2026-11-23T12:00:00+00:00\n", encoding="utf-8")
    code, lines = psl("journal", "verifier", "--ancre", str(ancres))
    assert (code, lines) == (
        1,
        [
            "lot 7 : Une ancre a été gardée de ce lot, qui n’est plus là : la fin du journal a été coupée. [ancre]",
            "1 anomalie(s) dans le journal.",
        ],
    )


@pytest.mark.django_db
def test_parked_work_is_listed_and_replayed(psl, now):
    assert psl("travaux", "lister") == (0, ["Aucun travail arrêté."])
    fait = uuid7()
    travaux.park("builtins.OSError", handler=f"{ICI}.fail", fait_id=fait, ids={}, essais=6, now=now)
    travaux.park("builtins.OSError", handler=f"{ICI}.note", fait_id=None, ids={"envoi_id": "1"}, essais=6, now=now)
    numero, other = [panne.id for panne in queries.parked()]
    assert psl("travaux", "lister") == (
        0,
        [
            f"{numero}  2026-11-23 12:00  {ICI}.fail  fait {fait}  6 essais",
            "    builtins.OSError",
            f"{other}  2026-11-23 12:00  {ICI}.note  envoi_id 1  6 essais",
            "    builtins.OSError",
            "2 travail(aux) arrêté(s).",
        ],
    )
    assert psl("travaux", "rejouer")[0] == 2
    assert psl("travaux", "rejouer", str(numero)) == (0, ["1 travail(aux) rendu(s) aux ouvriers."])
    assert psl("travaux", "rejouer", str(numero))[0] == 1
    assert psl("travaux", "rejouer", "--tout") == (0, ["1 travail(aux) rendu(s) aux ouvriers."])
    assert queries.parked() == []


def test_purges_say_what_they_removed(psl, settings):
    settings.PURGES = "tests.journal.test_purges.TABLE"
    enchainements.calls.clear()
    assert psl("purger") == (
        1,
        [
            f"{ICI}.purge_badly : 0 effacé(s) puis échec, voir le journal technique",
            f"{ICI}.purge_two_batches : 520 effacé(s)",
        ],
    )
