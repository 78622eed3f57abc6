"""What the start page of a démarche says, from its definition."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from psl.langage.charger import Demarche
from psl.portails.theme.squelettes import Marks, render_template, skeleton
from psl.socle.errors import Refus


def render_start(request: HttpRequest, demarche: Demarche, close: Refus | None) -> HttpResponse:
    """Return the start page; `close` is why nobody may start now. Its skeleton is the same for all but the values of parameters."""
    vue, langue, marks = show(demarche, request.GET), request.LANGUAGE_CODE, Marks()
    parametres = {f"parametre {nom}": valeur for nom, valeur in vue["parametres"].items()}

    def render() -> str:
        marked = {nom: marks[f"parametre {nom}"] for nom in vue["parametres"]}
        slots = {"csrf_token": marks["jeton"], "chemin": marks["chemin"]}
        return render_template("public/depart.html", {**vue, **slots, "parametres": marked, "close": close}, langue)

    squelette = skeleton(("depart", langue, demarche.digest, vue["titre"], *parametres, close and close.phrase), render)
    jeton = "" if close else get_token(request)
    return HttpResponse(squelette.fill({**parametres, "jeton": jeton, "chemin": request.get_full_path()}))


def show(demarche: Demarche, parametres: Mapping[str, str]) -> dict[str, Any]:
    """Return the context of the start page; `parametres` are those of the address, kept when the definition declares them."""
    gardes = {nom: parametres[nom] for nom, cle in demarche.entree.items() if nom in parametres and demarche.accepts(cle, parametres[nom])}
    return {
        "demarche": demarche,
        "titre": _title(demarche, gardes),
        "parametres": gardes,
        "faits": [fait for fait in (demarche.faits.silence, demarche.faits.recours) if fait is not None],
    }


def _title(demarche: Demarche, parametres: Mapping[str, str]) -> str:
    titles = {action.valeur: action.titre for action in demarche.actions}
    return titles.get(parametres.get(demarche.parametre_action or "", ""), demarche.titre)
