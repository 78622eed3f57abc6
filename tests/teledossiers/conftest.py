"""The fixtures of saisie serve here too: a brouillon, a démarche closed."""

from tests.saisie.conftest import brouillon, fermee

__all__ = ["brouillon", "fermee"]
