"""What is done to files: receive, remove, give to a télédossier, read back, let out, show, forget. Whose a file is, the caller has checked.

Facts about files are recorded by the stages whose they are (saisie, instruction), but for those set aside: here.
"""

from psl.pieces.operations.apercus import Image, preview
from psl.pieces.operations.reception import receive
from psl.pieces.operations.retrait import ABANDON, adopt, erase, purge, purge_quarantine, remove, remove_stale
from psl.pieces.operations.sortie import Sortie, open_clean, open_outgoing, read

__all__ = [
    "ABANDON",
    "Image",
    "Sortie",
    "adopt",
    "erase",
    "open_clean",
    "open_outgoing",
    "preview",
    "purge",
    "purge_quarantine",
    "read",
    "receive",
    "remove",
    "remove_stale",
]
