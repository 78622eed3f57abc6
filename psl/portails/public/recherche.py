"""The page of answers and the suggestions of the search field."""

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from psl.fiches.recherche import courant
from psl.fiches.recherche.courant import Filtres, Trouvees
from psl.fiches.recherche.index import Entree
from psl.fiches.recherche.mots import spans

PAR_PAGE = 10
PAGES_MAX = 20
EXTRAIT = 240  # letters of an extract
AUDIENCES = {
    "particuliers": gettext_lazy("Particuliers"),
    "professionnels": gettext_lazy("Professionnels"),
    "associations": gettext_lazy("Associations"),
}
GENRES = {
    "demarches": gettext_lazy("Démarches en ligne"),
    "fiches": gettext_lazy("Fiches pratiques"),
    "questions": gettext_lazy("Questions-réponses"),
    "dossiers": gettext_lazy("Dossiers et thèmes"),
    "formulaires": gettext_lazy("Formulaires et modèles"),
    "outils": gettext_lazy("Simulateurs et outils"),
}
SORTES = {
    "demarche": gettext_lazy("Démarche en ligne"),
    "teleservice": gettext_lazy("Service en ligne"),
    "fiche": gettext_lazy("Fiche pratique"),
    "liens": gettext_lazy("Fiche pratique"),
    "comment_faire_si": gettext_lazy("Comment faire si…"),
    "guidee": gettext_lazy("Recherche guidée"),
    "dossier": gettext_lazy("Dossier"),
    "theme": gettext_lazy("Thème"),
    "question": gettext_lazy("Question-réponse"),
    "formulaire": gettext_lazy("Formulaire"),
    "modele": gettext_lazy("Modèle de lettre"),
    "simulateur": gettext_lazy("Simulateur"),
    "outil": gettext_lazy("Outil de recherche"),
}


@dataclass(frozen=True, slots=True)
class Choix:
    """One value of a filter: how many answers there are under it, where it leads (back to all when it is on)."""

    titre: str
    nombre: int
    url: str
    est_actif: bool


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """Show what answers the words of everyday, démarches first."""
    q = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    return render(request, "public/recherche.html", _context(request, q) if q else {"q": ""})


@require_GET
def suggestions(request: HttpRequest) -> JsonResponse:
    """Give what the words being typed may look for, for the combobox."""
    found = courant.suggest(request.GET.get("q", "")[:200])
    titres = courant.localized(request.LANGUAGE_CODE)
    rows = [{"texte": _title(entree, titres), "precision": str(SORTES[entree.genre]), "url": entree.url} for entree in found]
    return JsonResponse({"suggestions": rows}, headers={"Cache-Control": "public, max-age=300", "Vary": "Accept-Language, Cookie"})


def _context(request: HttpRequest, q: str) -> dict[str, Any]:
    page = min(max(int(given) if (given := request.GET.get("page", "1")).isdecimal() and len(given) < 3 else 1, 1), PAGES_MAX)
    filtres = Filtres(*(request.GET.get(nom, "")[:20] for nom in ("audience", "theme", "genre")))
    corriger = request.GET.get("exact") != "1"
    found = courant.search(q, filtres, corriger=corriger, debut=(page - 1) * PAR_PAGE, nombre=PAR_PAGE)
    titres = courant.localized(request.LANGUAGE_CODE)
    kept = {"q": q, **asdict(filtres), **({} if corriger else {"exact": "1"})}
    return {
        "q": q,
        "total": found.total,
        "corrigee": found.corrigee,
        "exact": _url(q=q, exact="1"),
        "reponses": [_show(reponse.entree, found.racines, titres) for reponse in found.reponses],
        "criteres": _criteria(found, filtres, kept),
        "precedente": _url(**kept, page=str(page - 1)) if page > 1 else "",
        "suivante": _url(**kept, page=str(page + 1)) if page * PAR_PAGE < found.total and page < PAGES_MAX else "",
        "sans_filtre": _url(q=q) if any(asdict(filtres).values()) else "",
    }


def _url(**parametres: str) -> str:
    return f"/recherche?{urlencode({nom: valeur for nom, valeur in parametres.items() if valeur})}"


def _criteria(found: Trouvees, filtres: Filtres, kept: dict[str, str]) -> list[tuple[Any, list[Choix]]]:
    themes = courant.theme_titles()
    lists = (
        (gettext_lazy("Pour qui"), "audience", AUDIENCES, found.audiences),
        (gettext_lazy("Quoi"), "genre", GENRES, found.genres),
        (gettext_lazy("Thème"), "theme", themes, dict(list(found.themes.items())[:8])),
    )
    return [
        (titre, choices)
        for titre, nom, titres, counts in lists
        if len(choices := _choices(nom, titres, counts, getattr(filtres, nom), kept)) > 1 or any(one.est_actif for one in choices)
    ]


def _choices(nom: str, titres: Any, counts: dict[str, int], chosen: str, kept: dict[str, str]) -> list[Choix]:
    return [
        Choix(str(titres[valeur]), nombre, _url(**(kept | {nom: "" if valeur == chosen else valeur})), valeur == chosen)
        for valeur, nombre in counts.items()
        if valeur in titres
    ]


def _title(entree: Entree, titres: dict[str, tuple[str, str]]) -> str:
    return titres.get(entree.url, (entree.titre, ""))[0]


def _show(entree: Entree, racines: frozenset[str], titres: dict[str, tuple[str, str]]) -> dict[str, Any]:
    titre, resume = titres.get(entree.url, (entree.titre, entree.resume))
    return {
        "titre": titre,
        "url": entree.url,
        "sorte": SORTES[entree.genre],
        "est_demarche": entree.genre == "demarche",
        "audience": "" if entree.audience.startswith("particuliers") else AUDIENCES.get(entree.audience, ""),
        "extrait": highlight(extract(resume, racines), racines),
    }


def extract(texte: str, racines: frozenset[str]) -> str:
    """Return the part of a text where the words looked for are, cut at words."""
    if len(texte) <= EXTRAIT:
        return texte
    first = next((start for start, _, racine in spans(texte) if racine in racines), 0)
    start = 0 if first < EXTRAIT // 2 else texte.rfind(" ", 0, first - EXTRAIT // 3) + 1
    end = len(texte) if start + EXTRAIT >= len(texte) else texte.rfind(" ", start, start + EXTRAIT)
    return f"{'… ' if start else ''}{texte[start:end]}{' …' if end < len(texte) else ''}"


def highlight(texte: str, racines: frozenset[str]) -> SafeString:
    """Return a text as HTML, the words looked for marked."""
    parts: list[tuple[str, str]] = []
    end = 0
    for start, stop, racine in spans(texte):
        if racine in racines:
            parts.append((texte[end:start], texte[start:stop]))
            end = stop
    return format_html_join("", "{}<mark>{}</mark>", parts) + escape(texte[end:])
