"""Trying the whole content: every document is rendered, its HTML is read back, every guided search is followed to its ends."""

from collections.abc import Iterator

from lxml import html

from psl.fiches import guidees, queries
from psl.fiches.models import Fiche
from psl.fiches.noeuds import Noeud
from psl.fiches.queries import FicheVue
from psl.fiches.rendu.document import Page

# What no content may bring into a page: an element that runs or loads something (nor a handler, nor an address that is a script).
INTERDITS = frozenset({"script", "style", "iframe", "object", "embed", "img", "form", "input", "link", "meta", "base", "svg", "video"})
_ADRESSES = ("http://", "https://", "mailto:", "tel:", "/", "#")


def render_all() -> tuple[int, list[str]]:
    """Render every document of the base; return how many, and the faults in words."""
    faults: list[str] = []
    count = 0
    columns = ("ident", "audience", "genre", "titre", "sujet", "description", "theme", "dossier", "url", "numero", "maj_on", "arbre")
    for row in Fiche.objects.order_by("audience", "ident").values_list(*columns).iterator(200):
        vue = FicheVue(*row)
        count += 1
        faults += [f"{vue.audience}/{vue.ident} : {fault}" for fault in _faults(vue)]
    return count, faults


def _faults(vue: FicheVue) -> Iterator[str]:
    try:
        page = queries.page(vue)
        yield from page_faults(page)
        if guidees.is_guided(vue.arbre):
            yield from guided_faults(vue.arbre)
    except Exception as error:
        yield f"{type(error).__name__}: {error}"


def page_faults(page: Page) -> Iterator[str]:
    """Yield what is wrong in the HTML of a page: something that runs, an id twice, an empty heading, a term without its definition."""
    whole = "".join((page.avertissements, page.introduction, page.corps, page.ou, page.definitions))
    if not page.titre:
        yield "un titre vide"
    read = html.fragment_fromstring(whole, create_parent="div")
    yield from _dangers(read)
    ids = read.xpath("//@id")
    if len(ids) != len(set(ids)):
        yield "un id en double"
    if missing := {target for target in read.xpath("//@popovertarget") if target not in ids}:
        yield f"des termes sans définition : {sorted(missing)}"
    if [heading for heading in read.xpath("//h2 | //h3 | //h4") if not heading.text_content().strip()]:
        yield "un intertitre vide"


def _dangers(read: html.HtmlElement) -> Iterator[str]:
    for element in read.iter():
        if element.tag in INTERDITS or not isinstance(element.tag, str):
            yield f"un élément interdit : {element.tag}"
        for name, value in element.attrib.items():
            if name.startswith("on") or (name == "href" and not value.lower().startswith(_ADRESSES)):
                yield f"un attribut interdit : {name}={value}"


def guided_faults(arbre: Noeud) -> Iterator[str]:
    """Yield the answers of a guided search that lead nowhere."""
    for ranks in guidees.endings(arbre):
        step = guidees.follow(arbre, ranks)
        if step is None or not step.cibles:
            yield f"les réponses {ranks} ne mènent à rien"
