"""A brouillon, and a démarche that can be closed."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from psl.demarches import queries as demarches
from psl.demarches.models import Fermeture
from tests.saisie import gestes

MOTIF = "Cette démarche est fermée jusqu'au 1er janvier."


@pytest.fixture
def brouillon(db: None) -> UUID:
    return gestes.start(action="MARIAGE")


@pytest.fixture
def fermee(db: None) -> Iterator[str]:
    """Close the démarche; return the sentence that says so."""
    Fermeture.objects.create(slug="acte-etat-civil", depuis_at=gestes.NOW, motif=MOTIF)
    demarches.forget()
    yield MOTIF
    demarches.forget()
