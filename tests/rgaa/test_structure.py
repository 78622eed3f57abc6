"""What every page must hold, read in what the platform sends (RGAA 1, 2, 4 to 6, 8 to 13): the part that needs no browser."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from lxml import html
from lxml.html import HtmlElement

from tests.rgaa.carnet import Carnet, PageVue, tell

TITRES = "//h1|//h2|//h3|//h4|//h5|//h6"
QUI_BOUGE = "//iframe|//frame|//video|//audio|//object|//embed|//canvas|//marquee|//blink|//applet"
POUR_L_OEIL = "//font|//center|//big|//tt|//strike|//basefont|//*[@bgcolor or @align or @valign or @cellpadding or @cellspacing or @style]"
TABLEAU_SANS = "//table[not(.//th)]|//table//th[not(@scope) and not(@role)]|//table[@role='presentation' or @role='none']"
CHAMP = "//input[not(@type='hidden')]|//select|//textarea"


def _count(carnet: Carnet, sujet: str, wrong: Callable[[PageVue, HtmlElement], Iterator[str]]) -> int:
    """Return how many faults a rule finds; build/rgaa tells which."""
    return tell([f"{page.nom} : {faute}" for page in _whole(carnet) for faute in wrong(page, html.document_fromstring(page.html))], sujet)


def _whole(carnet: Carnet) -> list[PageVue]:
    pages = [page for page in carnet.pages if "<html" in page.html]
    assert len(pages) > 100
    return pages


def _found(path: str) -> Callable[[PageVue, HtmlElement], Iterator[str]]:
    return lambda _, page: (html.tostring(un, encoding="unicode", with_tail=False)[:160] for un in page.xpath(path))


def _words(element: HtmlElement) -> str:
    said = [
        str(element.get("aria-label") or ""),
        element.text_content(),
        *(str(un) for un in element.xpath(".//img/@alt|.//svg/@aria-label")),
    ]
    return "".join([*said, str(element.xpath("string(//*[@id=$id])", id=element.get("aria-labelledby") or "-"))]).strip()


def test_nothing_moves_plays_or_is_framed(carnet: Carnet) -> None:
    assert _count(carnet, "mouvements", _found(QUI_BOUGE)) == 0


def test_every_image_has_its_words(carnet: Carnet) -> None:
    assert _count(carnet, "images", _found("//img[not(@alt)]|//*[@role='img'][not(@aria-label or @aria-labelledby)]")) == 0


def test_every_table_is_data_with_headers(carnet: Carnet) -> None:
    assert _count(carnet, "tableaux", _found(TABLEAU_SANS)) == 0


def test_every_link_and_button_has_words(carnet: Carnet) -> None:
    def wrong(_: PageVue, page: HtmlElement) -> Iterator[str]:
        return (html.tostring(un, encoding="unicode")[:160] for un in page.xpath("//a[@href]|//button") if not _words(un))

    assert _count(carnet, "liens", wrong) == 0


def test_every_page_says_what_it_is(carnet: Carnet) -> None:
    """Its type, its language, which these pages are read in, and its title."""

    def wrong(vue: PageVue, page: HtmlElement) -> Iterator[str]:
        said = (
            vue.html.lstrip()[:15].lower(),
            page.get("lang"),
            [bool(un.text_content().strip(" –")) for un in page.xpath("//head/title")],
        )
        yield from [] if said == ("<!doctype html>", "fr", [True]) else [str(said)]

    assert _count(carnet, "pages", wrong) == 0


def test_titles_go_down_one_level_at_a_time(carnet: Carnet) -> None:
    def wrong(_: PageVue, page: HtmlElement) -> Iterator[str]:
        rangs = [int(un.tag[1]) for un in page.xpath(TITRES)]
        yield from [] if rangs.count(1) == 1 else [f"{rangs.count(1)} titres de niveau 1"]
        yield from (f"h{avant} puis h{apres}" for avant, apres in pairwise(rangs) if apres > avant + 1)

    assert _count(carnet, "titres", wrong) == 0


def test_every_page_has_its_zones(carnet: Carnet) -> None:
    def wrong(_: PageVue, page: HtmlElement) -> Iterator[str]:
        zones = [len(page.xpath(path)) for path in ("//main", "//body/header", "//body/footer")]
        muettes = page.xpath("//nav[not(@aria-label or @aria-labelledby)]")
        yield from [] if (zones, muettes) == ([1, 1, 1], []) else [f"{zones}, {len(muettes)} navigation sans nom"]

    assert _count(carnet, "zones", wrong) == 0


def test_no_mark_is_there_for_its_looks(carnet: Carnet) -> None:
    assert _count(carnet, "apparence", _found(POUR_L_OEIL)) == 0


def test_every_field_has_a_label(carnet: Carnet) -> None:
    def wrong(_: PageVue, page: HtmlElement) -> Iterator[str]:
        labels = {str(un.get("for")) for un in page.xpath("//label[@for]") if _words(un)}
        named = (
            un for un in page.xpath(CHAMP) if un.get("id") not in labels and not un.get("aria-label") and not un.get("aria-labelledby")
        )
        return (html.tostring(un, encoding="unicode", with_tail=False)[:160] for un in named if not un.xpath("ancestor::label"))

    assert _count(carnet, "etiquettes", wrong) == 0


def test_every_group_of_fields_has_its_words(carnet: Carnet) -> None:
    sans = "//fieldset[not(legend[normalize-space()]) and not(@aria-labelledby) and not(@aria-label)]"
    assert _count(carnet, "legendes", _found(sans)) == 0


def test_the_first_link_skips_to_the_content(carnet: Carnet) -> None:
    def wrong(_: PageVue, page: HtmlElement) -> Iterator[str]:
        [premier, *_suite] = page.xpath("//a/@href")
        yield from [] if premier == "#contenu" and len(page.xpath("//main[@id='contenu']")) == 1 else [str(premier)]

    assert _count(carnet, "evitement", wrong) == 0


def test_no_order_is_forced(carnet: Carnet) -> None:
    assert _count(carnet, "ordre", _found("//*[@tabindex > 0]|//*[@accesskey]")) == 0


def test_no_page_opens_or_leaves_by_itself(carnet: Carnet) -> None:
    partent = "//*[@target and @target!='_self']|//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']"
    assert _count(carnet, "fenetres", _found(partent)) == 0


def test_the_rules_do_see_what_is_wrong() -> None:
    page = html.document_fromstring(
        '<body><img src="a"><table><tr><td>1</td></tr></table><iframe></iframe><p style="x" tabindex="2"><a href="/" target="_blank"></a>'
        '<input id="a"><fieldset><input aria-label="b"></fieldset></p></body>'
    )
    paths = [QUI_BOUGE, "//img[not(@alt)]", TABLEAU_SANS, POUR_L_OEIL, "//*[@tabindex > 0]", "//*[@target]"]
    assert [len(page.xpath(path)) for path in paths] == [1, 1, 1, 1, 1, 1]
    assert [_words(un) for un in page.xpath("//a")] == [""]
