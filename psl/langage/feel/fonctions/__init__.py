"""The built-ins of FEEL, by name, and those that are refused with what to write instead."""

from psl.langage.feel.errors import nearest
from psl.langage.feel.fonctions.contextes import CONTEXTES
from psl.langage.feel.fonctions.forms import Builtin
from psl.langage.feel.fonctions.intervalles import INTERVALLES
from psl.langage.feel.fonctions.listes import LISTES
from psl.langage.feel.fonctions.nombres import NOMBRES
from psl.langage.feel.fonctions.temps import TEMPS
from psl.langage.feel.fonctions.textes import TEXTES

BUILTINS: dict[str, Builtin] = CONTEXTES | NOMBRES | TEXTES | LISTES | TEMPS | INTERVALLES
# What would read a clock: a condition gives the same answer each time it is asked.
REFUSEES = {
    "now": "Écrivez aujourd'hui, la date du jour de la demande.",
    "today": "Écrivez aujourd'hui, la date du jour de la demande.",
}

__all__ = ["BUILTINS", "REFUSEES", "Builtin", "nearest"]
