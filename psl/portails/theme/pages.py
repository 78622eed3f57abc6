"""A page of a form, joined from skeletons: header and footer, step, groups, fields (see squelettes.py)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from psl.portails.theme import champs
from psl.portails.theme.squelettes import fill_template

VIDE = SafeString("")


@dataclass(frozen=True, slots=True)
class Etape:
    """What a step says of itself: its démarche, its title, its rank; `fichiers` when its form carries files."""

    demarche: str
    titre: str
    rang: int
    total: int
    suivante: str = ""
    a_precedent: bool = True
    a_plus_tard: bool = True
    fichiers: bool = False


@dataclass(frozen=True, slots=True)
class Groupe:
    """A bloc of fields already rendered; `aide` is restricted Markdown."""

    titre: str
    aide: str
    champs: Sequence[SafeString]


def render_form_page(
    request: HttpRequest,
    etape: Etape,
    groupes: Sequence[Groupe],
    *,
    action: str,
    erreurs: Mapping[str, str] | None = None,
    fautifs: Sequence[champs.ChampVu] = (),
    enregistre: str = "",
    caches: Mapping[str, str] | None = None,
    avant: SafeString = VIDE,
    apres: SafeString = VIDE,
    statut: int | None = None,
) -> HttpResponse:
    """Return the page of a step.

    The form posts to `action`: nothing more for « Suivant », `aller=precedent` or `aller=plus-tard` for the other buttons,
    `chercher=<cle>` for the search of a commune without script. `erreurs` are shown on top and in the title (status 422 unless
    `statut` says otherwise), each linked to the first control of the champ of `fautifs` that has its key; `enregistre` says
    what is saved; `avant` is shown above the form; `caches` are hidden fields (a revision); `apres` is shown inside the form,
    below the groups (pieces: their buttons post the same form elsewhere by `formaction`, so no form stands in a form;
    `Etape.fichiers` makes it multipart).
    """
    langue = get_language() or "fr"
    erreurs = erreurs or {}
    slots = {
        "action": action,
        "jeton": get_token(request),
        "resume": champs.render_summary(erreurs, fautifs),
        "avant": avant,
        "caches": _hidden(caches) if caches else VIDE,
        "champs": join([*(render_group(groupe, langue) for groupe in groupes), apres]),
        "enregistre": enregistre,
    }
    titre = f"{etape.titre} – {etape.demarche}"
    shown = gettext("Erreur : %(titre)s") % {"titre": titre} if erreurs else titre
    return render_shell(request, shown, fill_template("theme/etape.html", langue, slots, etape=etape), statut or (422 if erreurs else 200))


def render_shell(request: HttpRequest, titre: str, contenu: SafeString, statut: int = 200) -> HttpResponse:
    """Return a whole page around ready content, without the template engine."""
    slots = {"titre": titre, "contenu": contenu, "chemin": request.get_full_path()}
    return HttpResponse(fill_template("theme/page.html", get_language() or "fr", slots), status=statut)


def render_group(groupe: Groupe, langue: str) -> SafeString:
    """Return a group of fields under its title."""
    return fill_template("theme/groupe.html", langue, {"champs": join(groupe.champs)}, titre=groupe.titre, aide=groupe.aide)


def join(parts: Iterable[SafeString]) -> SafeString:
    """Return pieces of HTML put end to end."""
    return SafeString("".join(parts))


def _hidden(fields: Mapping[str, str]) -> SafeString:
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())
