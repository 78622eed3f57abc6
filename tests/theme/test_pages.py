"""A page of a form: its title, its proof against forgery, its language; what surrounds every page; what a refusal says."""

import gzip
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.exceptions import MiddlewareNotUsed, RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import SafeString

from psl.portails.theme import erreurs, pages, squelettes
from psl.portails.theme.middleware import AddHeaders, CompressPages, ExplainRefus
from psl.portails.theme.pages import Etape, Groupe, render_form_page
from psl.portails.theme.squelettes import Marks, Squelette, render_field
from psl.socle import clock
from psl.socle.errors import Refus
from tests.theme.donnees import CHAMPS, Champ, Page, read

ETAPE = Etape("Demander un acte", "Votre naissance", 2, 5, "Vos coordonnées")
HOSTILE = "\"><script>alert('x')</script>"


def form_page(path: str = "/ma-demande/1?a=b&c=d", etape: Etape = ETAPE, **more: object) -> tuple[HttpResponse, Page]:
    champ = Champ("nom", "texte")
    groupes = [Groupe("Vous", "Comme sur **l'acte**.", [render_field(champ, valeur="Dupont")])]
    response = render_form_page(RequestFactory().get(path), etape, groupes, action="/ici", fautifs=[champ], **more)  # type: ignore[arg-type]
    return response, read(response.content.decode())


def hidden(page: Page, name: str) -> str:
    (found,) = {e.attributs["value"] for e in page.all("input") if e.attributs.get("name") == name}
    return found


def test_a_page_says_its_step_and_its_title() -> None:
    response, page = form_page()
    assert response.status_code == HTTPStatus.OK
    assert page.all("title")[0].texte == "Votre naissance – Demander un acte – PSL"
    assert "Étape 2 sur 5" in response.content.decode()
    assert len(page.all("h1")) == 1
    assert [e.attributs["lang"] for e in page.all("html")] == ["fr"]


def test_each_page_has_its_own_proof() -> None:
    tokens = {hidden(form_page()[1], "csrfmiddlewaretoken") for _ in range(3)}
    assert [len(token) for token in tokens] == [64, 64, 64]


def test_changing_language_comes_back_here() -> None:
    _, page = form_page()
    assert hidden(page, "suite") == "/ma-demande/1?a=b&c=d"


def test_the_next_page_in_another_language_is_in_that_language() -> None:
    form_page()
    with translation.override("en"):
        _, page = form_page()
    assert [e.attributs["lang"] for e in page.all("html")] == ["en"]
    assert [e.attributs["value"] for e in page.all("button") if e.attributs.get("name") == "langue"] == ["fr"]


def test_errors_are_in_the_title_and_on_top() -> None:
    response, page = form_page(erreurs={"nom": "Écrivez le nom."})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_CONTENT
    assert page.all("title")[0].texte.startswith("Erreur : ")
    assert [e.attributs["href"] for e in page.all("a") if e.texte == "Écrivez le nom."] == ["#c-nom"]


def test_a_form_posts_without_any_validation_of_html() -> None:
    _, page = form_page(caches={"revision": '1"2'})
    (form,) = [e for e in page.all("form") if e.attributs["action"] == "/ici"]
    assert (form.attributs["method"], "novalidate" in form.attributs, form.attributs.get("enctype")) == ("post", True, None)
    assert hidden(page, "revision") == '1"2'
    first = next(e for e in page.all("button") if "psl-defaut" in e.attributs.get("class", ""))
    assert first.attributs.get("name") is None  # Enter goes on: no other button is before it in the form


def test_a_page_with_files_is_multipart() -> None:
    etape = Etape("D", "T", 1, 2, fichiers=True, a_precedent=False, a_plus_tard=False)
    response, page = form_page(etape=etape, apres=SafeString("<hr>"))
    assert [e.attributs["enctype"] for e in page.all("form") if "enctype" in e.attributs] == ["multipart/form-data"]
    assert b'value="precedent"' not in response.content


def test_c4_hostile_addresses_and_messages_stay_text() -> None:
    response, _ = form_page(path=f"/?q={HOSTILE}", erreurs={"nom": HOSTILE}, enregistre=HOSTILE)
    assert b"<script>alert" not in response.content


def test_e9_scripts_and_styles_are_ours_alone() -> None:
    _, page = form_page()
    sources = [e.attributs["src"] for e in page.all("script")] + [e.attributs["href"] for e in page.all("link")]
    assert [source for source in sources if not source.startswith("/static/")] == []
    assert [e for e in page.elements if "style" in e.attributs or any(name.startswith("on") for name in e.attributs)] == []
    assert all("defer" in e.attributs for e in page.all("script"))


def test_slots_are_escaped_once_and_safe_html_is_not() -> None:
    squelette = Squelette(f"<p>{Marks()['a']}</p>{Marks()['b']}{Marks()['a']}")
    assert squelette.fill({"a": "<&>", "b": SafeString("<b>")}) == "<p>&lt;&amp;&gt;</p><b>&lt;&amp;&gt;"
    assert squelette.fill({}) == "<p></p>"


def test_what_was_cut_is_forgotten_when_there_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(squelettes, "LIMITE", 2)
    made = [squelettes.skeleton(rank, lambda: "x") for rank in range(5)]
    assert len(made) == 5
    assert len(squelettes._kept) <= 2


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("bien")


def test_c19_every_page_forbids_what_it_does_not_need() -> None:
    response = AddHeaders(answer)(RequestFactory().get("/"))
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert response.headers["Cache-Control"] == "no-store"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"


def test_a_view_may_let_its_page_be_stored() -> None:
    response = AddHeaders(lambda _: HttpResponse(headers={"Cache-Control": "max-age=60"}))(RequestFactory().get("/"))
    assert response.headers["Cache-Control"] == "max-age=60"


def test_each_request_has_its_name() -> None:
    names = {AddHeaders(answer)(RequestFactory().get("/")).headers["X-Request-ID"] for _ in range(2)}
    assert [len(name) for name in names] == [16, 16]


@pytest.mark.parametrize("statut", [403, 404, 409, 410, 413, 422, 429, 503, 418])
def test_a_refusal_is_a_page_that_explains(statut: int) -> None:
    detail = {"reessayer_at": clock.now() + timedelta(minutes=1)}
    refus = Refus("essai", "Phrase <b> à lire.", statut=statut, champs={"nom": "Détail <i>."}, detail=detail)
    response = ExplainRefus(answer).process_exception(RequestFactory().get("/x"), refus)
    assert response is not None
    page = read(response.content.decode())
    assert response.status_code == statut
    assert response.headers["Retry-After"] == "60"
    assert [e.texte for e in page.all("p") if "fr-text--lead" in e.attributs.get("class", "")] == ["Phrase <b> à lire."]
    assert "Détail &lt;i&gt;." in response.content.decode()
    assert "/aide" in [e.attributs["href"] for e in page.all("a")]


def test_a_script_is_refused_in_json() -> None:
    refus = Refus("trop", "Attendez.", statut=429, detail={"reessayer_at": clock.now()})
    response = erreurs.refused(RequestFactory().get("/communes", headers={"accept": "application/json"}), refus)
    assert (response.status_code, response.content) == (429, b'{"code": "trop", "phrase": "Attendez."}')
    assert response.headers["Retry-After"] == "1"


def test_a_silent_database_is_said_and_a_bug_goes_on() -> None:
    explain = ExplainRefus(answer)
    response = explain.process_exception(RequestFactory().get("/"), OperationalError("secret"))
    assert response is not None
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "secret" not in response.content.decode()
    assert explain.process_exception(RequestFactory().get("/"), KeyError("x")) is None


def test_error_pages_say_what_to_do() -> None:
    request = RequestFactory().get("/x")
    request.META["PSL_REQUETE"] = "abcd"
    made = [
        erreurs.bad_request(request, Exception()),
        erreurs.forbidden(request, Exception()),
        erreurs.not_found(request, Exception()),
        erreurs.bad_request(request, RequestDataTooBig()),
        erreurs.unavailable(request),
        erreurs.failed(request),
        erreurs.csrf_failure(request),
    ]
    assert [response.status_code for response in made] == [400, 403, 404, 413, 503, 500, 403]
    for response in made:
        page = read(response.content.decode())
        assert len(page.all("h1")) == 1
        assert [e for e in page.all("p") if "fr-text--lead" in e.attributs.get("class", "")] != []
    assert "abcd" in made[5].content.decode()


def test_every_kind_of_field_stands_in_a_page() -> None:
    fields = [render_field(champ) for champ in CHAMPS]
    response = pages.render_form_page(RequestFactory().get("/"), ETAPE, [Groupe("", "", fields)], action="/ici")
    assert len(read(response.content.decode()).controls()) > len(CHAMPS)


def compressed(content: bytes, encoding: str, **headers: str) -> HttpResponse:
    middleware = CompressPages(lambda _: HttpResponse(content, **headers))  # type: ignore[arg-type]
    return middleware(RequestFactory().get("/", headers={"accept-encoding": encoding}))


def test_pages_are_compressed_for_whoever_can_read_it() -> None:
    page = b"<p>" + b"a" * 2000
    response = compressed(page, "gzip, br")
    assert gzip.decompress(response.content) == page
    assert (response.headers["Content-Encoding"], response.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert int(response.headers["Content-Length"]) == len(response.content)
    assert compressed(page, "identity").content == page


def test_small_answers_and_files_are_left_alone() -> None:
    assert compressed(b"<p>", "gzip").content == b"<p>"
    assert compressed(b"%PDF" * 1000, "gzip", content_type="application/pdf").content == b"%PDF" * 1000


def test_a_guess_in_a_page_is_hidden_by_a_random_length() -> None:
    assert len({len(compressed(b"a" * 2000, "gzip").content) for _ in range(40)}) > 5


def test_behind_a_proxy_pages_are_not_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.COMPRIMER", False)
    with pytest.raises(MiddlewareNotUsed):
        CompressPages(answer)
