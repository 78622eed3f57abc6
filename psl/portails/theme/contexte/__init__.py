"""What every template may read beside its own context."""

import json
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest

from psl.portails.theme.contexte import conformite
from psl.portails.theme.contexte.conformite import Conformite
from psl.socle import clock


def add_theme(request: HttpRequest) -> dict[str, object]:
    """Give templates the theme, the page's address (to come back after a change of language), the platform, the state of accessibility."""
    return {
        "theme": settings.THEME,
        "chemin": request.get_full_path(),
        "plateforme": settings.PLATEFORME,
        "conformite": _conformity(clock.local_date(clock.now())),
    }


@lru_cache(maxsize=2)
def _conformity(on: date) -> Conformite:
    text = (settings.RACINE / "donnees" / "accessibilite" / "audit.json").read_text("utf-8")
    return conformite.compute(json.loads(text), on=on)
