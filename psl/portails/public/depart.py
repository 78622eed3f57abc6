"""What the start page of a démarche says, from its definition."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from psl.langage.charger import Demarche
from psl.portails.theme.squelettes import Marks, render_template, skeleton
from psl.saisie import acces, transmis
from psl.saisie import queries as saisie
from psl.saisie.transmis import Transmis
from psl.socle import clock
from psl.socle.errors import Refus
from psl.suivi.apres import before

NON_REPRIS = gettext_noop(
    "Ce que vous aviez choisi avant n'a pas été repris : ce lien n'est pas valable, ou ne l'est plus. Vous pouvez commencer."
)


def render_start(request: HttpRequest, demarche: Demarche, close: Refus | None) -> HttpResponse:
    """Return the start page; `close` is why nobody may start now. Its skeleton is the same for all but the values of parameters."""
    now = clock.now()
    depuis = transmis.read(request.GET.get("contexte", ""), demarche, now=now)
    vue, langue, marks = show(demarche, request.GET), request.LANGUAGE_CODE, Marks()
    gardes = {**vue["parametres"], **({"contexte": request.GET["contexte"]} if depuis else {})}
    parametres = {f"parametre {nom}": valeur for nom, valeur in gardes.items()}

    def render() -> str:
        marked = {nom: marks[f"parametre {nom}"] for nom in gardes}
        slots = {nom: marks[nom] for nom in ("chemin", "deja_dit")} | {"csrf_token": marks["jeton"]}
        return render_template(
            "public/depart.html", {**vue, **slots, "parametres": marked, "close": close, "avant": before(demarche)}, langue
        )

    squelette = skeleton(("depart", langue, demarche.digest, vue["titre"], *parametres, close and close.phrase), render)
    jeton = "" if close else get_token(request)
    slots = {"jeton": jeton, "chemin": request.get_full_path(), "deja_dit": _begun(request, demarche) + _said(request, demarche, depuis)}
    return HttpResponse(squelette.fill({**parametres, **slots}))


def _begun(request: HttpRequest, demarche: Demarche) -> SafeString:
    """Return the way back into the request that this browser has begun, or nothing."""
    brouillon = saisie.begun(acces.proven(request.COOKIES), demarche.slug)
    if brouillon is None:
        return SafeString("")
    dit = {"id": brouillon.id, "enregistre_at": brouillon.enregistre_at}
    return SafeString(render_template("public/reprendre.html", dit, request.LANGUAGE_CODE))


def _said(request: HttpRequest, demarche: Demarche, depuis: Transmis | None) -> SafeString:
    """Return what was said before, to be corrected; a quiet sentence when what the address hands over cannot be read."""
    if "contexte" not in request.GET:
        return SafeString("")
    if depuis is None:
        return format_html('<p class="fr-hint-text">{}</p>', gettext(NON_REPRIS))
    query = request.GET.copy()
    query.pop("contexte")
    sans = request.path + (f"?{query.urlencode()}" if query else "")
    dit = transmis.tell(transmis.origin(depuis))
    return SafeString(render_template("theme/deja_dit.html", {"dit": dit, "sans": sans}, request.LANGUAGE_CODE)) if dit else SafeString("")


def show(demarche: Demarche, parametres: Mapping[str, str]) -> dict[str, Any]:
    """Return the context of the start page; `parametres` are those of the address, kept when the definition declares them."""
    told = {nom: parametres[nom] for nom in demarche.entree if nom in parametres}
    gardes = {nom: texte for nom, texte in told.items() if transmis.value_of(demarche, nom, texte) is not None}
    return {
        "demarche": demarche,
        "titre": _title(demarche, gardes),
        "parametres": gardes,
        "faits": [fait for fait in (demarche.faits.silence, demarche.faits.recours) if fait is not None],
    }


def _title(demarche: Demarche, parametres: Mapping[str, str]) -> str:
    titles = {action.valeur: action.titre for action in demarche.actions}
    return titles.get(parametres.get(demarche.parametre_action or "", ""), demarche.titre)
