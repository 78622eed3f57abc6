"""Where things are: the tree, and the folder of the tests' PostgreSQL, outside the tree so that a demoted user reaches it."""

import hashlib
import os
import sys
import tempfile
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(RACINE / "bin"))  # the launcher's modules serve here too


def dossier() -> Path:
    """Return this tree's and this user's folder; refuse one that somebody else made."""
    nom = hashlib.sha256(str(RACINE).encode()).hexdigest()[:10]
    path = Path(tempfile.gettempdir()) / f"psl-essais-{os.geteuid()}-{nom}"
    path.mkdir(mode=0o711, exist_ok=True)
    if path.stat().st_uid != os.geteuid():
        raise PermissionError(f"{path} appartient à un autre utilisateur : supprimez-le.")
    path.chmod(0o711)
    return path
