"""The steps of a form: show one, save it, go on; the search of a commune when no script does it."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from psl.demarches import queries as demarches
from psl.langage.charger import Champ
from psl.langage.evaluation import PageVue, Situation
from psl.pieces.televersement import streamed_upload
from psl.portails.theme.champs import first_id
from psl.portails.theme.pages import Etape, render_form_page
from psl.portails.usager import pieces
from psl.portails.usager.champs import FautesDeLignes, Saisies, faults_in_rows, groups
from psl.portails.usager.session import own_brouillon, remember
from psl.saisie import communes, operations, parcours, queries, transmis
from psl.saisie.operations import Rempli
from psl.saisie.queries import BrouillonOuvert
from psl.socle import clock
from psl.socle.acteur import scope
from psl.socle.dates import time_in_words


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Open a brouillon and go to its first step."""
    demarche = demarches.by_code(code, request.LANGUAGE_CODE)
    parametres = {nom: request.POST[nom] for nom in demarche.entree if nom in request.POST}
    now = clock.now()
    depuis = transmis.read(request.POST.get("contexte", ""), demarche, now=now)
    brouillon_id = operations.start(demarche, parametres=parametres, langue=request.LANGUAGE_CODE, now=now, depuis=depuis)
    response = redirect("usager:etape", brouillon_id, demarche.pages[0].cle)
    remember(response, brouillon_id)
    return response


@require_http_methods(["GET", "POST"])
@own_brouillon
@streamed_upload
def step(request: HttpRequest, brouillon_id: UUID, page: str) -> HttpResponse:
    """Show a step, or save it, with its files, and go on."""
    return _save(request, brouillon_id, page) if request.method == "POST" else _show(request, brouillon_id, page)


def _show(request: HttpRequest, brouillon_id: UUID, page: str) -> HttpResponse:
    with scope(operations.porteur(brouillon_id)):
        brouillon = queries.get_brouillon(brouillon_id)
        if not brouillon.cle:
            return _filed(brouillon)
        if queries.successor(brouillon):
            brouillon = operations.carry_over(brouillon_id, now=clock.now())
        if brouillon.document.changees:
            return redirect("usager:changements", brouillon_id)
        situation = brouillon.situation(clock.now())
        trajet = parcours.parcours(situation, brouillon.document)
        vue = parcours.page_of(situation, page)
        if vue is None or not trajet.is_reachable(page):
            return go_to(brouillon, trajet.a_faire)
        return _page(request, brouillon, situation, vue, {cle: dit for cle, dit in brouillon.document.erreurs.items() if dit}, statut=200)


def _save(request: HttpRequest, brouillon_id: UUID, page: str) -> HttpResponse:
    refuses = pieces.receive_all(request, brouillon_id)
    rempli = operations.fill(brouillon_id, page, dict(request.POST.lists()), now=clock.now())
    if leaving := _leave(request, rempli, page, refuses):
        return leaving
    vue = parcours.page_of(rempli.situation, page)
    stays = "rester" in request.GET or "lignes" in request.POST  # a file, or a row, added or taken out
    erreurs = refuses if stays else {**rempli.erreurs, **refuses}
    if vue is not None and erreurs:
        with scope(operations.porteur(brouillon_id)):
            return _page(request, rempli.brouillon, rempli.situation, vue, erreurs, details=rempli.details)
    if "lignes" in request.POST:
        return redirect(reverse("usager:etape", args=[brouillon_id, page]) + f"#c-{request.POST['lignes'].partition('.')[0]}")
    if vue is not None and rempli.apparues:
        return redirect(reverse("usager:etape", args=[brouillon_id, page]) + f"#{first_id(_champ(vue, rempli.apparues[0]))}")
    return go_to(rempli.brouillon, page if stays else rempli.suite or page)


def _leave(request: HttpRequest, rempli: Rempli, page: str, refuses: Mapping[str, str]) -> HttpResponse | None:
    """Return where a button other than « Suivant » leads, or what a way out and an ambiguous commune ask.

    The search of a commune waits until it is the only thing wrong: it would hide the other errors of the page.
    """
    brouillon_id, aller = rempli.brouillon.id, request.POST.get("aller")
    if aller == "plus-tard":
        return redirect("usager:plus-tard", brouillon_id)
    if aller == "precedent":
        return go_to(rempli.brouillon, parcours.parcours(rempli.situation, rempli.brouillon.document).before(page) or page)
    demandee = request.POST.get("chercher", "")
    ambigue = rempli.commune if len({**rempli.erreurs, **refuses}) == 1 else None
    if cle := demandee if communes.page_with(rempli.situation, demandee) else ambigue:
        return redirect("usager:commune", brouillon_id, cle)
    if rempli.situation.sortie is not None:
        return redirect("usager:sortie", brouillon_id)
    return None


def _champ(vue: PageVue, cle: str) -> Champ:
    return next(champ for champ in vue.champs if champ.cle == cle)


def go_to(brouillon: BrouillonOuvert, page: str) -> HttpResponseRedirect:
    if page == parcours.RECAPITULATIF:
        return redirect("usager:recapitulatif", brouillon.id)
    return redirect("usager:etape", brouillon.id, page)


def _filed(brouillon: BrouillonOuvert) -> HttpResponseRedirect:
    return redirect("usager:accuse", brouillon.id)


def _page(
    request: HttpRequest,
    brouillon: BrouillonOuvert,
    situation: Situation,
    vue: PageVue,
    erreurs: Mapping[str, str],
    *,
    details: Mapping[str, str] = MappingProxyType({}),
    statut: int | None = None,
) -> HttpResponse:
    trajet = parcours.parcours(situation, brouillon.document)
    suivante = parcours.page_of(situation, trajet.after(vue.page.cle))
    rangees = faults_in_rows(vue, details, situation.demarche.langue)
    here = {champ.cle for champ in vue.champs} | {piece.code for piece in vue.page.pieces} | {""}
    etape = Etape(
        demarche=situation.titre,
        titre=vue.titre,
        rang=trajet.rank(vue.page.cle),
        total=trajet.total,
        suivante=suivante.titre if suivante else _("Vérifier et envoyer"),
        a_precedent=trajet.before(vue.page.cle) is not None,
        fichiers=bool(vue.page.pieces),
    )
    return render_form_page(
        request,
        etape,
        groups(Saisies(brouillon.document, situation, erreurs, details), vue),
        action=reverse("usager:etape", args=[brouillon.id, vue.page.cle]),
        erreurs=_located({cle: message for cle, message in erreurs.items() if cle in here}, vue, rangees),
        fautifs=[*vue.champs, *rangees.fautifs],
        enregistre=saved(brouillon),
        avant=_said(brouillon),
        apres=pieces.render_pieces(brouillon, situation, vue.page.cle, erreurs),
        statut=statut,
    )


def _said(brouillon: BrouillonOuvert) -> SafeString:
    """Return the reminder of what was said on the page that led here, with the way back; nothing when none did."""
    dit = transmis.tell(brouillon.document.origine) if brouillon.document.origine else None
    return SafeString(render_to_string("theme/deja_dit.html", {"dit": dit, "est_commencee": True})) if dit else SafeString("")


def _located(erreurs: Mapping[str, str], vue: PageVue, rangees: FautesDeLignes) -> dict[str, str]:
    """Return the sentences of the error summary: a question asked in several blocs is told with the title of its own, or with its row."""
    comptes = Counter(champ.libelle for champ in vue.champs)
    blocs = {champ.cle: bloc.titre for bloc in vue.blocs for champ in bloc.champs if comptes[champ.libelle] > 1 and bloc.titre}
    found: dict[str, str] = {}
    for cle, message in erreurs.items():
        found |= rangees.phrases.get(cle) or {cle: f"{blocs[cle]} – {message}" if cle in blocs else message}
    return found


def saved(brouillon: BrouillonOuvert) -> str:
    """Return the sentence that says when the brouillon was last saved."""
    heure = time_in_words(brouillon.enregistre_at, brouillon.langue)
    return _("Enregistré à %(heure)s") % {"heure": heure} if brouillon.revision else ""
