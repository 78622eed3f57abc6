"""Guided searches and simulators, one question a page, without script: answers are ranks in the address, which may be shared."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from psl.fiches import adresses, guidees, queries
from psl.fiches.guidees import Etape
from psl.fiches.queries import FicheVue
from psl.fiches.rendu.blocs import blocks
from psl.portails.public import gardees
from psl.portails.public.contenu.fiches import AUDIENCES, spaces


@require_GET
def step(request: HttpRequest, audience: str, ident: str) -> HttpResponse:
    """Ask the next question, or open the document the answers lead to. `r`: the ranks so far; `choix`: the answer just given."""
    vue, ranks = (
        queries.document(audience, ident),
        guidees.read_ranks("-".join(filter(None, (request.GET.get("r"), request.GET.get("choix"))))),
    )
    here = guidees.follow(vue.arbre, ranks) if vue is not None and ranks is not None else None
    if vue is None or ranks is None or here is None:
        raise Http404
    if "choix" in request.GET:
        return HttpResponseRedirect(_address(vue, ranks))
    if here.question is None and (opened := _opened(vue, ranks, here)):
        return HttpResponseRedirect(opened)
    manque = "suite" in request.GET
    return gardees.answer(request, ("guidee", audience, ident, ranks, manque), lambda: _page(request, vue, ranks, here, manque=manque))


def _address(vue: FicheVue, ranks: tuple[int, ...]) -> str:
    told = "-".join(map(str, ranks))
    return adresses.guided(vue.audience, vue.ident) + (f"?r={told}" if told else "")


def _opened(vue: FicheVue, ranks: tuple[int, ...], here: Etape) -> str:
    """Return the address of the one document at the end, with the answers, when it is here."""
    if len(here.cibles) != 1:
        return ""
    audience, ident = here.cibles[0]
    known = queries.elsewhere(ident)
    where = next((wanted for wanted in (audience or vue.audience, vue.audience, *known) if wanted in known), "")
    code = guidees.write_code(vue.ident, ranks)
    return f"{adresses.here(where, ident)}?g={code}" if where else ""


def _page(request: HttpRequest, vue: FicheVue, ranks: tuple[int, ...], here: Etape, *, manque: bool) -> str:
    ctx = queries.context(vue.audience, here.variables)
    caller, titre = queries.caller(vue.audience, vue.ident)
    question = here.question
    context = {
        "titre": titre,
        "audience": vue.audience,
        "audiences": spaces(vue.audience),
        "espace": AUDIENCES[vue.audience],
        "livraison": queries.state(),
        "vue": vue,
        "retour": adresses.here(vue.audience, caller),
        "question": question,
        "aide": blocks(question.aide, ctx) if question and question.aide else "",
        "choix": [(c.rang, c.texte, blocks(c.aide, ctx) if c.aide else "") for c in question.choix] if question else [],
        "se_passe": bool(question and question.total),
        "ranks": "-".join(map(str, ranks)),
        "dites": here.dites,
        "precedente": _address(vue, ranks[:-1]) if ranks else "",
        "fins": [(ctx.link(audience, ident), ident) for audience, ident in here.cibles],
        "manque": manque,
        "chemin": request.get_full_path(),
    }
    return render_to_string("public/fiches/guidee.html", context, request)
