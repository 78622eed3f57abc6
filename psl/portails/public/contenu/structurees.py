"""What machines read of a page: schema.org data as JSON-LD, which the browser does not run."""

import json
import re
from html import unescape

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from psl.fiches.elements import SERVICES
from psl.fiches.queries import FicheVue
from psl.fiches.rendu.document import Page

_BALISE = re.compile(r"<[^>]*>")
_EDITEUR = {"@type": "GovernmentOrganization", "name": "Direction de l'information légale et administrative"}
LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"


def of_page(page: Page, vue: FicheVue, request: HttpRequest) -> SafeString:
    """Return the data of a page: its trail and what it is (a service, a question with its answer, an article)."""
    trail = [{"@type": "ListItem", "position": rank, "name": lien.texte, "item": request.build_absolute_uri(lien.href)}
             for rank, lien in enumerate((lien for lien in page.fil if lien.href.startswith("/")), 1)]  # fmt: skip
    graph = [{"@type": "BreadcrumbList", "itemListElement": trail}, _thing(page, vue, request)]
    return safe_json({"@context": "https://schema.org", "@graph": graph})


def _thing(page: Page, vue: FicheVue, request: HttpRequest) -> dict[str, object]:
    common: dict[str, object] = {
        "name": page.titre, "url": request.build_absolute_uri(request.path), "inLanguage": "fr", "description": page.description,
    }  # fmt: skip
    if vue.genre in SERVICES:
        return common | {"@type": "GovernmentService", "provider": _EDITEUR, "serviceUrl": vue.url}
    dated = {"dateModified": page.maj_on.isoformat()} if page.maj_on else {}
    if vue.genre == "question":
        answer = {"@type": "Answer", "text": _words(page.corps)[:1500]} | dated
        return common | {"@type": "QAPage", "mainEntity": {"@type": "Question", "name": page.titre, "acceptedAnswer": answer}}
    return (
        common
        | {"@type": "Article", "headline": page.titre, "publisher": _EDITEUR, "license": LICENCE, "sourceOrganization": _EDITEUR}
        | dated
    )


def _words(html: str) -> str:
    return " ".join(unescape(_BALISE.sub(" ", html)).split())


def safe_json(data: object) -> SafeString:
    """Return JSON that may stand inside a script element: nothing in it can close it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S308 -- nothing left to close it
