"""A télédossier filed, acknowledged, sealed and timestamped; the preuve of it; the script that a third party runs."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from psl.journal import operations as journal
from psl.socle.acteur import SYSTEME, scope
from psl.suivi import preuve
from psl.teledossiers import queries
from tests.harnais import travaux
from tests.teledossiers.gestes import NOW, file

SCRIPT = Path(__file__).parents[2] / "docs" / "verifier_preuve.py"


@dataclass(frozen=True)
class Prouve:
    """What a third party is brought."""

    numero: str
    preuve: bytes
    certificats: bytes
    accuse: bytes


def make(*, pieces: int = 1, has_content: bool = True) -> Prouve:
    """File, do the work owed, seal; return what there is to prove it."""
    depose = file(pieces=pieces)
    travaux.drain(NOW)
    journal.seal(now=NOW)
    with scope(SYSTEME):
        [accuse] = [document for document in queries.documents(depose.teledossier) if document.nature == "accuse"]
        octets = preuve.compose(depose.teledossier, has_content=has_content, now=NOW)
        return Prouve(depose.numero, octets, "".join(preuve.certificates().values()).encode(), queries.read_document(accuse.id))


def script() -> ModuleType:
    """Return the third party's script as a module."""
    spec = importlib.util.spec_from_file_location("verifier_preuve", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
