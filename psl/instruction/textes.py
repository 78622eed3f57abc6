"""What an agent or a usager writes, checked and cleaned: reasons, letters, messages, dates."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from psl.langage.composants.nettoyage import clean_lines

MOTIF_MAX = 2_000
LETTRE_MAX = 8_000
MESSAGE_MAX = 4_000
DELAI_MAX = timedelta(days=366)


def read_text(texte: str, *, limite: int, absent: str, erreurs: dict[str, str], champ: str) -> str:
    """Return a text cleaned of invisible signs; note in `erreurs` that it is missing (`absent` says so) or too long."""
    propre = clean_lines(texte)
    if not propre:
        erreurs[champ] = absent
    elif (trop := len(propre) - limite) > 0:
        erreurs[champ] = ngettext("Retirez %(n)d caractère.", "Retirez %(n)d caractères.", trop) % {"n": trop}
    return propre


def check_due(jour: date | None, *, aujourdhui: date, erreurs: dict[str, str]) -> None:
    """Note in `erreurs` what is wrong with the date until which an answer is awaited."""
    if jour is None:
        erreurs["echeance"] = _("Écrivez une date qui existe, par exemple 15 1 2027.")
    elif jour <= aujourdhui:
        erreurs["echeance"] = _("Choisissez une date à venir : l'usager doit avoir le temps de répondre.")
    elif jour > aujourdhui + DELAI_MAX:
        erreurs["echeance"] = _("Choisissez une date dans l'année qui vient.")
