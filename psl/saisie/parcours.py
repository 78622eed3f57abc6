"""Where one stands in a form (pure): the visible pages in order, which are done, how far one may go."""

from dataclasses import dataclass

from psl.langage.evaluation import PageVue, Situation
from psl.saisie.document import Document

RECAPITULATIF = "recapitulatif"


@dataclass(frozen=True, slots=True)
class Parcours:
    """The steps of a form as they stand: page keys in order, then the recap; the first page not done yet (or the recap)."""

    pages: tuple[str, ...]
    a_faire: str

    @property
    def total(self) -> int:
        return len(self.pages) + 1

    def rank(self, cle: str) -> int:
        """Return the rank of a page, from 1; the recap is last."""
        return self.pages.index(cle) + 1 if cle in self.pages else self.total

    def after(self, cle: str) -> str:
        """Return what comes after a page: the next one, or the recap."""
        rang = self.rank(cle)
        return self.pages[rang] if rang < len(self.pages) else RECAPITULATIF

    def before(self, cle: str) -> str | None:
        """Return the page before, or None for the first."""
        rang = self.rank(cle)
        return self.pages[rang - 2] if rang >= 2 else None

    def is_reachable(self, cle: str) -> bool:
        """Say whether every page before this one is done."""
        return (cle in self.pages or cle == RECAPITULATIF) and self.rank(cle) <= self.rank(self.a_faire)


def parcours(situation: Situation, document: Document) -> Parcours:
    """Return where one stands: a page is done once it was validated and nothing of it is missing or wrong since."""
    undone = (vue.page.cle for vue in situation.pages if vue.page.cle not in document.faites or any(situation.troubles(vue)))
    return Parcours(tuple(vue.page.cle for vue in situation.pages), next(undone, RECAPITULATIF))


def page_of(situation: Situation, cle: str) -> PageVue | None:
    """Return a visible page by its key, or None."""
    return next((vue for vue in situation.pages if vue.page.cle == cle), None)
