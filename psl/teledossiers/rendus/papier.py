"""The paper form of a démarche as PDF/A and PDF/UA, blank, to be filled by hand: the same definition gives the same bytes."""

import threading
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson
import typst

from psl.langage.charger import Demarche
from psl.langage.derives import papier
from psl.teledossiers.rendus.pdf import GABARITS, printable

_lock = threading.Lock()


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    return typst.Compiler(GABARITS / "papier.typ", root=GABARITS, font_paths=fonts)


def render(demarche: Demarche, *, at: datetime) -> bytes:
    """Return the blank form, dated `at`."""
    pied = f"{demarche.codes.psl} · {demarche.digest[:12]}"
    donnees = {**papier.form(demarche), "langue": "fr", "region": "FR", "pied": pied, "page": "page"}
    with _lock:
        octets = _compiler().compile(
            format="pdf",
            sys_inputs={"donnees": orjson.dumps(_printed(donnees)).decode()},
            pdf_standards=["a-3a", "ua-1"],
            timestamp=int(at.timestamp()),
        )
    if not isinstance(octets, bytes):
        raise TypeError(f"le moteur PDF a rendu {type(octets).__name__}")
    return octets


def _printed(valeur: Any) -> Any:
    if isinstance(valeur, dict):
        return {cle: _printed(une) for cle, une in valeur.items()}
    if isinstance(valeur, list):
        return [_printed(une) for une in valeur]
    return printable(valeur) if isinstance(valeur, str) else valeur
