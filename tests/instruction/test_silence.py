"""The date of silence moves with a complément (CRPA L114-5): suspended when silence rejects, run again when it accepts."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from psl.demarches import operations as demarches
from psl.demarches import queries as publiees
from psl.instruction import operations
from psl.langage import charger, delais
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from tests.instruction.monde import Monde

SILENCE = "    regime: aucun\n"


@pytest.fixture(params=["rejet", "accord"])
def regime(request: pytest.FixtureRequest, tmp_path: Path, db: None) -> Iterator[str]:
    """Publish the civil status request as if a silence of two months were worth something, for this test."""
    copie = tmp_path / "acte-etat-civil"
    shutil.copytree(settings.CATALOGUE / "acte-etat-civil", copie)
    definition = copie / "demarche.yaml"
    source = definition.read_text(encoding="utf-8")
    assert source.count(SILENCE) == 1
    definition.write_text(source.replace(SILENCE, f"    regime: {request.param}\n    delai: P2M\n"), encoding="utf-8")
    demarches.publish(charger.load(copie), now=clock.now())
    publiees.forget()
    yield str(request.param)
    publiees.forget()


def _silence(monde: Monde, affectation: UUID) -> date | None:
    return monde.see(affectation).silence_on


def test_it_moves_with_what_is_asked_and_when_it_comes(regime: str, monde: Monde) -> None:
    affectation = monde.file()
    jour = clock.local_date(clock.now())
    deux_mois = delais.add(jour, "P2M")
    dates = [_silence(monde, affectation)]
    monde.take(affectation)
    monde.ask(affectation)
    dates.append(_silence(monde, affectation))
    recu_at = clock.now() + timedelta(days=10)
    with scope(SYSTEME):
        operations.resume_after_complement(monde.see(affectation).teledossier, affectations=[], recu_at=recu_at, now=recu_at)
    dates.append(_silence(monde, affectation))
    expected = {
        # Asked for in fifteen days, given in ten: fifteen days, then ten, do not count.
        "rejet": [deux_mois, deux_mois + timedelta(days=15), deux_mois + timedelta(days=10)],
        # No delay runs until the pieces have come; then all of it does.
        "accord": [deux_mois, None, delais.add(clock.local_date(recu_at), "P2M")],
    }
    assert dates == expected[regime]
