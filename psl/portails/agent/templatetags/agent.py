"""States, clocks and acts as agents read them: words, and the look of their badge."""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from psl.instruction import libelles
from psl.instruction.droits import Acte
from psl.instruction.etats import Etat
from psl.instruction.horloge import Horloge, Niveau
from psl.instruction.queries import DossierLu

register = template.Library()

BADGES = {
    Etat.DEPOSE: "fr-badge--new",
    Etat.EN_INSTRUCTION: "fr-badge--info",
    Etat.A_COMPLETER: "fr-badge--warning",
    Etat.ACCEPTE: "fr-badge--success",
    Etat.REFUSE: "fr-badge--error",
}
NIVEAUX = {Niveau.PROCHE: "fr-badge fr-badge--sm fr-badge--warning", Niveau.DEPASSE: "fr-badge fr-badge--sm fr-badge--error"}


@register.filter
def badge(etat: Etat) -> str:
    """Return the class of a state's badge."""
    return BADGES.get(etat, "")


@register.filter
def state_name(etat: Etat) -> str:
    """Return a state in words."""
    return libelles.state(etat)


@register.filter
def clock_badge(horloge: Horloge) -> str:
    """Return the class of a clock: a badge when its date is near or passed."""
    return NIVEAUX.get(horloge.niveau, "psl-horloge")


@register.filter
def days_left(horloge: Horloge) -> str:
    """Return a clock in a few words."""
    return libelles.days_left(horloge)


@register.filter
def explained(horloge: Horloge) -> str:
    """Return what a clock counts, in a sentence."""
    return libelles.explain_clock(horloge, get_language() or "fr")


@register.filter
def age(jours: int) -> str:
    """Return an age in days."""
    return libelles.age(jours)


@register.filter
def may(dossier: DossierLu, acte: str) -> bool:
    """Say whether an act is possible now."""
    return dossier.actes[Acte(acte)] is None


@register.filter
def why_not(dossier: DossierLu, acte: str) -> str:
    """Return why an act is not possible now."""
    refus = dossier.actes[Acte(acte)]
    return refus.phrase if refus else ""


@register.filter
def label_of(dossier: DossierLu, cle: str) -> str:
    """Return the label of a question or a piece."""
    return dossier.label(cle)


@register.filter
def at(table: Mapping[str, object], cle: str) -> object:
    """Return what a table holds under a key, or nothing."""
    return table.get(cle, "")
