"""What every template may read beside its own context."""

from django.conf import settings
from django.http import HttpRequest


def add_theme(request: HttpRequest) -> dict[str, object]:
    """Give templates the theme's name, the address of the page (to come back after a change of language) and the platform."""
    return {"theme": settings.THEME, "chemin": request.get_full_path(), "plateforme": settings.PLATEFORME}
