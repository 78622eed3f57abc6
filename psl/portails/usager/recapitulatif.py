"""The page before sending, joined from skeletons: its frame, a section by bloc, a line by answer (psl.portails.theme.squelettes)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from psl.langage.evaluation import BlocRecapitule
from psl.portails.theme.champs import render_summary, size_in_words
from psl.portails.theme.pages import join
from psl.portails.theme.squelettes import fill_template
from psl.suivi.recap import RecapVu, Reception


def render_recap(request: HttpRequest, brouillon_id: UUID, vue: RecapVu, *, statut: int = 200) -> HttpResponse:
    """Return the page that shows what will be sent."""
    langue = get_language() or "fr"
    slots = {
        "chemin": request.get_full_path(),
        "csrf_token": get_token(request),
        "resume": render_summary(vue.erreurs),
        "blocs": join(_bloc(rang, bloc, brouillon_id, langue) for rang, bloc in enumerate(vue.blocs, 1)),
        "fichiers": join(
            fill_template("usager/recap_fichier.html", langue, {"nom": f.nom, "taille": size_in_words(f.taille)}) for f in vue.fichiers
        ),
        "receptions": join(_reception(reception, langue) for reception in vue.receptions),
        "precedent": reverse("usager:etape", args=[brouillon_id, vue.trajet.pages[-1]]),
        "envoyer": reverse("usager:envoyer", args=[brouillon_id]),
        "plus_tard": reverse("usager:plus-tard", args=[brouillon_id]),
    }
    page = fill_template(
        "usager/recapitulatif.html",
        langue,
        slots,
        titre=vue.titre,
        total=vue.trajet.total,
        declarations=vue.declarations,
        est_complement=vue.est_complement,
        est_errone=bool(vue.erreurs),
        a_fichiers=bool(vue.fichiers),
    )
    return HttpResponse(page, status=statut)


def _bloc(rang: int, bloc: BlocRecapitule, brouillon_id: UUID, langue: str) -> SafeString:
    slots = {
        "rang": str(rang),
        "titre": bloc.titre,
        "etape": reverse("usager:etape", args=[brouillon_id, bloc.page]) if bloc.page else "",
        "lignes": join(_line(ligne.libelle, ligne.valeur, langue) for ligne in bloc.lignes),
    }
    return fill_template("usager/recap_bloc.html", langue, slots, est_modifiable=bool(bloc.page))


def _line(libelle: str, valeur: str, langue: str) -> SafeString:
    shown = linebreaksbr(valeur) if "\n" in valeur else valeur
    return fill_template("usager/recap_ligne.html", langue, {"libelle": libelle, "valeur": shown})


def _reception(reception: Reception, langue: str) -> SafeString:
    return fill_template(
        "usager/recap_reception.html",
        langue,
        {"nom": reception.nom, "motif": reception.motif, "adresse": reception.adresse},
        connecte=reception.connecte,
        consigne=reception.consigne,
        a_adresse=bool(reception.adresse),
    )
