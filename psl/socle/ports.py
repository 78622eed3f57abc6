"""Connecteurs by their dotted path: a room asks for its port by the name of a setting and never imports what answers."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def _instance(dotted: str) -> Any:
    return import_string(dotted)()


def connected(setting: str) -> Any:
    """Return the connecteur that a setting names (`connected("COFFRE")`), made once per process."""
    return _instance(getattr(settings, setting))


def forget() -> None:
    """Make every connecteur anew at its next use: after a change of settings, or of state folder in the tests."""
    _instance.cache_clear()
