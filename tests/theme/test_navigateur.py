"""The fields in a real browser, without the platform: pages rendered here, served by the browser's own routes under the true CSP."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route

from psl.portails.theme import erreurs
from psl.portails.theme.champs import render_piece
from psl.portails.theme.middleware import AddHeaders
from psl.portails.theme.pages import Etape, Groupe, render_form_page
from psl.portails.theme.squelettes import render_field
from psl.socle.errors import Refus
from tests.harnais.navigateur import ETROIT, LARGE, violations
from tests.theme.donnees import CHAMPS, PAYS, Champ
from tests.theme.donnees import OPTIONS as CHOIX
from tests.theme.test_champs import VALEURS, Piece

SITE = "http://psl.exemple"
COMMUNES = [
    {"code": "17300", "texte": "La Rochelle (17000)", "precision": "Charente-Maritime (17)"},
    {"code": "70450", "texte": "La Rochelle (70120)", "precision": "Haute-Saône (70)"},
]
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}
ETATS = ("vide", "erreurs", "rempli")

type Ouvrir = Callable[..., Page]


def form(etat: str) -> HttpResponse:
    fautes = {champ.cle: "Cela ne va pas. Exemple : ceci." for champ in CHAMPS} if etat == "erreurs" else {}
    fields = [
        render_field(
            champ,
            valeur=VALEURS.get(champ.type) if etat == "rempli" else None,
            erreur=fautes.get(champ.cle, ""),
            options=CHOIX if champ.type == "choix" else (),
            pays=PAYS,
        )
        for champ in [*CHAMPS, Champ("avis", "information")]
    ]
    piece = render_piece(Piece(), fichiers=[], url_ajouter="/ajouter", erreur=fautes.get("nom", ""))
    etape = Etape("Demander un acte", "Votre naissance", 2, 5, "La suite", fichiers=True)
    request = RequestFactory().get(f"/{etat}")
    return render_form_page(
        request,
        etape,
        [Groupe("Vous", "", fields)],
        action="/",
        erreurs=fautes,
        fautifs=CHAMPS,
        apres=piece,
        enregistre="Enregistré à 14 h 05",
    )


def answer(route: Route) -> None:
    adresse = urlsplit(route.request.url)
    name = adresse.path.lstrip("/")
    if adresse.netloc != urlsplit(SITE).netloc:
        route.abort()
    elif name.startswith("static/"):
        file = Path(settings.ASSETS) / name.removeprefix("static/")
        route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix[1:]])
    elif name == "communes":
        asked = parse_qs(adresse.query)["q"][0].lower()
        found = [commune for commune in COMMUNES if asked in commune["texte"].lower()]
        route.fulfill(body=json.dumps({"communes": found}), content_type="application/json")
    else:
        request = RequestFactory().get(adresse.path)
        page = AddHeaders(lambda _: form(name) if name in ETATS else erreurs.refused(request, Refus("trop", "Attendez.", statut=429)))(
            request
        )
        route.fulfill(status=page.status_code, headers=dict(page.headers), body=page.content)


@pytest.fixture
def ouvrir(_chromium: Browser) -> Iterator[Ouvrir]:
    contexts, heard = [], []

    def open_page(etat: str, *, viewport: dict[str, int] | None = None, javascript: bool = True, **options: str) -> Page:
        context = _chromium.new_context(
            viewport=viewport or LARGE,
            java_script_enabled=javascript,
            locale="fr-FR",
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.route("**/*", answer)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text) if "status of 4" not in message.text else None)
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(f"{SITE}/{etat}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []


@pytest.mark.parametrize("viewport", [LARGE, ETROIT], ids=["1280", "320"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("etat", [*ETATS, "refus"])
def test_no_violation_and_nothing_sticks_out(ouvrir: Ouvrir, etat: str, scheme: str, viewport: dict[str, int]) -> None:
    page = ouvrir(etat, viewport=viewport, color_scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_combobox_works_by_keyboard_and_says_what_it_does(ouvrir: Ouvrir) -> None:
    page = ouvrir("vide")
    field = page.locator("#c-commune")
    code = page.locator("[name='commune.code']")
    field.press_sequentially("roch")
    page.locator(".psl-combobox__liste li").first.wait_for()
    assert page.locator(".psl-combobox [role=status]").first.text_content() == "2 communes proposées. Flèches haut et bas pour choisir."
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "c-commune-liste-1"
    assert violations(page) == []
    field.press("Enter")
    assert (field.input_value(), code.input_value(), field.get_attribute("aria-expanded")) == ("La Rochelle (70120)", "70450", "false")
    field.press_sequentially("x")
    assert code.input_value() == ""


def test_the_combobox_closes_and_forgets(ouvrir: Ouvrir) -> None:
    page = ouvrir("rempli")
    field, code = page.locator("#c-commune"), page.locator("[name='commune.code']")
    assert (field.input_value(), code.input_value()) == ("La Rochelle (17000)", "17300")
    field.fill("zz")
    page.get_by_text("Aucune commune trouvée.").first.wait_for()
    assert field.get_attribute("aria-expanded") == "false"
    field.press("Escape")
    assert (field.input_value(), code.input_value()) == ("", "")


def test_a_click_chooses(ouvrir: Ouvrir) -> None:
    page = ouvrir("vide")
    page.locator("#c-commune").press_sequentially("roch")
    page.locator(".psl-combobox__liste li").first.click()
    assert page.locator("[name='commune.code']").input_value() == "17300"


@pytest.mark.parametrize("javascript", [True, False])
def test_the_summary_takes_the_focus_and_leads_to_the_fields(ouvrir: Ouvrir, javascript: bool) -> None:
    page = ouvrir("erreurs", javascript=javascript)
    assert page.locator("#erreurs:focus").count() == 1
    page.locator("#erreurs a").first.click()
    assert page.locator("#c-nom:focus").count() == 1


def test_without_script_the_server_searches_and_the_menu_opens(ouvrir: Ouvrir) -> None:
    page = ouvrir("vide", viewport=ETROIT, javascript=False)
    assert page.get_by_role("button", name="Chercher : Une question ?").first.is_visible()
    link = page.get_by_role("link", name="Suivre ma demande")
    assert not link.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert link.is_visible()
    page.get_by_role("button", name="Fermer").click()
    assert not link.is_visible()


def test_an_address_shows_the_country_asked_without_script(ouvrir: Ouvrir) -> None:
    page = ouvrir("vide", javascript=False)
    street, lines = page.locator("#c-adresse-voie"), page.locator("#c-adresse-etranger")
    assert (street.is_visible(), lines.is_visible()) == (True, False)
    page.locator("#c-adresse-est_france-1").check(force=True)
    assert (street.is_visible(), lines.is_visible()) == (False, True)


def test_enter_goes_on(ouvrir: Ouvrir) -> None:
    page = ouvrir("vide")
    with page.expect_request(lambda request: request.method == "POST") as posted:
        page.locator("#c-nom").press("Enter")
    sent = (posted.value.post_data_buffer or b"").decode()
    assert ('name="nom"' in sent, "chercher" in sent, "aller" in sent) == (True, False, False)


def test_the_page_prints_without_its_furniture(ouvrir: Ouvrir) -> None:
    page = ouvrir("rempli")
    page.emulate_media(media="print")
    assert not page.locator(".psl-menu").is_visible()
    assert not page.locator("footer").is_visible()


def test_forced_colours_keep_borders_and_links(ouvrir: Ouvrir) -> None:
    page = ouvrir("erreurs", forced_colors="active")

    def style(selector: str, name: str) -> str:
        return str(page.locator(selector).first.evaluate(f"(element) => getComputedStyle(element).{name}"))

    assert style("#erreurs a", "textDecorationLine") == "underline"
    assert style("#c-nom", "borderBottomWidth") != "0px"
    assert style("main .fr-btn:not([hidden])", "color") != style("main .fr-btn:not([hidden])", "backgroundColor")
