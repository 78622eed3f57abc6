"""Evaluation: what a form shows, asks, lacks and does for a set of answers. One pass in document order; no clock, nothing stored."""

from psl.langage.evaluation.passe import evaluate
from psl.langage.evaluation.recapitulatif import BlocRecapitule, LigneRecapitulee, recapitulatif
from psl.langage.evaluation.situation import BlocVu, Destinataire, Manque, PageVue, PieceAttendue, Situation

__all__ = [
    "BlocRecapitule",
    "BlocVu",
    "Destinataire",
    "LigneRecapitulee",
    "Manque",
    "PageVue",
    "PieceAttendue",
    "Situation",
    "evaluate",
    "recapitulatif",
]
