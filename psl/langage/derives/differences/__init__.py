"""What changed between two versions of a démarche, for people: by page and question, keys renamed and what that costs. Pure.

`compare` says everything; `asked_anew` says which questions a brouillon begun on the first version must look at again.
"""

from psl.langage.definition.objets import Demarche
from psl.langage.derives.differences.autour import around, head, recipients
from psl.langage.derives.differences.changement import Changement, losses, write
from psl.langage.derives.differences.pages import Pages
from psl.langage.derives.differences.questions import asked_anew, renamed, settings

__all__ = ["Changement", "asked_anew", "compare", "losses", "renamed", "settings", "write"]


def compare(avant: Demarche, apres: Demarche) -> list[Changement]:
    """List what changed, in the order of its reader: the head, page by page, then what surrounds."""
    return [*head(avant, apres), *Pages(avant, apres).changes(), *recipients(avant, apres), *around(avant, apres)]
