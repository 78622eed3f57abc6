"""Where one stands (pure): one goes no further than the first page not done."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from psl.saisie.document import Document
from psl.saisie.parcours import RECAPITULATIF, page_of, parcours


@dataclass
class Page:
    cle: str


@dataclass
class Vue:
    page: Page


@dataclass
class Manque:
    page: str


@dataclass
class Situation:
    """What the parcours reads of a situation."""

    pages: list[Vue]
    manques: list[Manque] = field(default_factory=list)

    def troubles(self, vue: Vue) -> list[Manque]:
        return [manque for manque in self.manques if manque.page == vue.page.cle]


def make(pages: list[str], manques: list[str]) -> Situation:
    return Situation([Vue(Page(cle)) for cle in pages], [Manque(cle) for cle in manques])


cles = st.lists(st.sampled_from("abcdef"), unique=True)


@given(cles, cles, cles)
def test_every_page_before_the_one_to_do_is_done(pages: list[str], faites: list[str], manques: list[str]) -> None:
    trajet = parcours(make(pages, manques), Document(faites=faites))
    finies = [cle in faites and cle not in manques for cle in pages]
    reste = finies.index(False) if False in finies else len(pages)
    assert trajet.a_faire == [*pages, RECAPITULATIF][reste]
    assert [cle for cle in [*pages, RECAPITULATIF] if trajet.is_reachable(cle)] == [*pages, RECAPITULATIF][: reste + 1]
    assert trajet.is_reachable("inconnue") is False


@given(cles)
def test_before_and_after_are_each_other_s_way_back(pages: list[str]) -> None:
    trajet = parcours(make(pages, []), Document())
    chaine = [*pages, RECAPITULATIF]
    assert [trajet.rank(cle) for cle in chaine] == list(range(1, trajet.total + 1))
    assert [trajet.after(cle) for cle in pages] == chaine[1:]
    assert [trajet.before(cle) for cle in chaine] == [None, *chaine[:-1]]


def test_a_page_by_its_key() -> None:
    situation = make(["a", "b"], [])
    assert (page_of(situation, "b"), page_of(situation, "c")) == (situation.pages[1], None)
