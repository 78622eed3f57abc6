"""The pieces of a step: files added with the form around them, or one by one; removed one by one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from psl.langage.evaluation import PieceAttendue, Situation
from psl.pieces import queries as fichiers
from psl.pieces.queries import FichierVu as Fichier
from psl.pieces.televersement import files
from psl.portails.theme.champs import FichierVu, render_piece
from psl.portails.theme.pages import join
from psl.portails.theme.squelettes import Marks, skeleton
from psl.portails.usager.session import own_brouillon
from psl.saisie import operations
from psl.saisie.queries import BrouillonOuvert
from psl.socle import clock
from psl.socle.errors import Refus


def receive_all(request: HttpRequest, brouillon_id: UUID) -> dict[str, str]:
    """Keep every file that came with a form; return what each piece refused, by its code ("" for a piece that is not asked)."""
    refuses: dict[str, str] = {}
    for code in request.FILES:
        for envoye in files(request, code):
            try:
                operations.attach(brouillon_id, code, nom=envoye.name or "", chunks=envoye.chunks(), now=clock.now())
            except Refus as refus:
                if refus.code in {"brouillon-inconnu", "deja-envoyee", "coffre-indisponible"}:
                    raise
                refuses["" if refus.code == "piece-inconnue" else code] = refus.phrase
    return refuses


def render_pieces(brouillon: BrouillonOuvert, situation: Situation, page: str, erreurs: Mapping[str, str]) -> SafeString:
    """Return the pieces asked on a page: the files given and the field to add others. Stands in the porteur's scope."""
    attendues = [attendue for attendue in situation.pieces if attendue.piece.page == page]
    presents = fichiers.of(brouillon.id) if attendues else []
    return join(_piece(brouillon, attendue, presents, erreurs.get(attendue.piece.code, "")) for attendue in attendues)


def _piece(brouillon: BrouillonOuvert, attendue: PieceAttendue, presents: Sequence[Fichier], erreur: str) -> SafeString:
    piece, langue = attendue.piece, brouillon.langue
    ajouter = reverse("usager:etape", args=[brouillon.id, piece.page]) + "?rester=1"
    vus = [FichierVu(f.nom, f.taille, reverse("usager:retirer", args=[brouillon.id, f.id])) for f in presents if f.piece == piece.code]

    def render(url: str) -> SafeString:
        return render_piece(piece, fichiers=vus, url_ajouter=url, requis=attendue.obligatoire, erreur=erreur, langue=langue)

    if vus or erreur:
        return render(ajouter)
    vide = skeleton(("piece", brouillon.digest, langue, piece.code, attendue.obligatoire), lambda: render(Marks()["ajouter"]))
    return vide.fill({"ajouter": ajouter})


@require_POST
@own_brouillon
def remove(request: HttpRequest, brouillon_id: UUID, fichier_id: UUID) -> HttpResponse:
    """Remove a file."""
    operations.detach(brouillon_id, fichier_id, now=clock.now())
    return redirect("usager:reprise", brouillon_id)
