"""Reading the content: one document, what leads to it, what a space holds. What a process knows is read again when a delivery arrives."""

import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from psl.demarches import queries as demarches
from psl.fiches import guidees
from psl.fiches.elements import SERVICES
from psl.fiches.models import Fiche, Livraison, Redirection
from psl.fiches.noeuds import Noeud
from psl.fiches.rendu.contexte import Contexte, Entree
from psl.fiches.rendu.document import Page, render
from psl.fiches.sources.lus import AUDIENCES

FRAICHEUR = 5.0  # seconds a process may go on with what it knows of the last delivery


@dataclass(frozen=True, slots=True)
class Etat:
    """What the content is now: the number of the last delivery, its source, date and licence, and whether the whole corpus is here."""

    livraison: int
    source: str
    licence: str
    contenu_on: date | None
    importee_at: datetime | None
    est_complet: bool


@dataclass(frozen=True, slots=True)
class FicheVue:
    """One document, read."""

    ident: str
    audience: str
    genre: str
    titre: str
    sujet: str
    description: str
    theme: str
    dossier: str
    url: str
    numero: str
    maj_on: date | None
    arbre: Noeud


class _Connu:
    def __init__(self) -> None:
        self.lu = float("-inf")
        self.etat = Etat(0, "", "", None, None, False)
        self.sommaire: dict[tuple[str, str], Entree] = {}
        self.sommaire_de = -1

    def fresh(self) -> Etat:
        if time.monotonic() - self.lu > FRAICHEUR:
            row = Livraison.objects.order_by("-id").first()
            complet = Livraison.objects.filter(rapport__complet=True).exists()
            if row is not None:
                self.etat = Etat(row.pk, row.source, row.licence, row.contenu_on, row.importee_at, complet)
            else:
                self.etat = Etat(0, "", "", None, None, False)
            self.lu = time.monotonic()
        return self.etat


_connu = _Connu()


def forget() -> None:
    """Forget what this process knows of the content (after an import, and between tests)."""
    _connu.lu = float("-inf")


def state() -> Etat:
    """Return what the content is now; asked of the base at most every FRAICHEUR seconds."""
    return _connu.fresh()


def document(audience: str, ident: str) -> FicheVue | None:
    """Return a document of an audience, or None."""
    columns = ("ident", "audience", "genre", "titre", "sujet", "description", "theme", "dossier", "url", "numero", "maj_on", "arbre")
    row = Fiche.objects.filter(audience=audience, ident=ident).values_list(*columns).first()
    return FicheVue(*row) if row is not None else None


def summary() -> Mapping[tuple[str, str], Entree]:
    """Return what is known of every document by `(audience, ident)`: kept by the process until another delivery."""
    etat = _connu.fresh()
    if _connu.sommaire_de != etat.livraison:
        rows = Fiche.objects.values_list("audience", "ident", "titre", "genre", "url")
        _connu.sommaire = {(audience, ident): Entree(titre, genre, url) for audience, ident, titre, genre, url in rows.iterator(2000)}
        _connu.sommaire_de = etat.livraison
    return _connu.sommaire


def own_codes() -> frozenset[str]:
    """Return the codes of the platform's own démarches: what the content calls by them is started here."""
    return frozenset(vue.code for vue in demarches.listing())


def context(audience: str, variables: Mapping[str, bool] | None = None) -> Contexte:
    """Return what the rendering of a document of an audience is told."""
    known = summary()
    return Contexte(audience, lambda a, i: known.get((a, i)), own_codes(), state().est_complet, dict(variables or {}))


def page(vue: FicheVue, variables: Mapping[str, bool] | None = None) -> Page:
    """Return the parts of the page of a document, personalised by what the reader answered."""
    return render(vue.arbre, context(vue.audience, variables), vue.maj_on)


def elsewhere(ident: str) -> list[str]:
    """Return the audiences under which a document stands."""
    known = summary()
    return [audience for audience in AUDIENCES if (audience, ident) in known]


def taken_up(audience: str, ident: str) -> str:
    """Return the ident that took up a document that is gone, or an empty text."""
    return str(Redirection.objects.filter(audience=audience, ident=ident).values_list("cible", flat=True).first() or "")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a reader answered to a guided search: its code, its words, what it makes true or false. Given to the démarche as it is."""

    code: str
    ident: str
    dites: tuple[str, ...]
    variables: Mapping[str, bool]


def answers(audience: str, code: str) -> Answers | None:
    """Return what a code of answers says, or None when it is not one of this content."""
    read = guidees.read_code(code)
    if read is None:
        return None
    asked = document(audience, read[0])
    step = guidees.follow(asked.arbre, read[1]) if asked is not None and guidees.is_guided(asked.arbre) else None
    return Answers(code, read[0], step.dites, step.variables) if step is not None else None


def answering_to(arbre: Noeud) -> str:
    """Return a guided search that a document calls, by its ident, or an empty text."""
    return next((str(node[1].get("ID", "")) for node in arbre[2:] if not isinstance(node, str) and node[0] == "RechercheGuidee"), "")


def caller(audience: str, ident: str) -> tuple[str, str]:
    """Return the ident and title of the document that calls a guided search (the search itself when none does)."""
    rows = Fiche.objects.filter(audience=audience, arbre__contains=[["RechercheGuidee", {"ID": ident}]])
    found = rows.order_by("ident").values_list("ident", "titre").first()
    return found or (ident, summary()[audience, ident].titre)


@dataclass(frozen=True, slots=True)
class Rubrique:
    """A theme of a space: its parts (sous-thèmes) with their dossiers, and how many fiches speak of it."""

    ident: str
    titre: str
    description: str
    nombre: int
    parties: tuple[str, ...]


def themes(audience: str) -> list[Rubrique]:
    """Return the themes of a space, in their titles' order, with the names of their parts and the number of their fiches."""
    rows = Fiche.objects.filter(audience=audience, genre__in=("fiche", "question", "liens", "dossier")).values_list("theme", flat=True)
    counts = Counter(rows)
    listed = Fiche.objects.filter(audience=audience, genre="theme").values_list("ident", "titre", "description", "arbre")
    found = [Rubrique(i, titre, description, counts[i], tuple(_parts(arbre))[:4]) for i, titre, description, arbre in listed]
    return sorted(found, key=lambda rubrique: fold(rubrique.titre))


def _parts(arbre: Noeud) -> Iterable[str]:
    for node in arbre[2:]:
        if not isinstance(node, str) and node[0] in {"SousTheme", "Dossier"}:
            titled = next((child for child in node[2:] if not isinstance(child, str) and child[0] == "Titre"), node)
            yield "".join(child for child in titled[2:] if isinstance(child, str)).strip()


@dataclass(frozen=True, slots=True)
class FicheListee:
    """A document as a list shows it."""

    ident: str
    titre: str
    description: str
    genre: str
    url: str
    numero: str
    theme: str


def of_genre(audience: str, *genres: str, theme: str = "") -> list[FicheListee]:
    """Return the documents of a space that are of these kinds, by title; of one theme when it is told."""
    rows = Fiche.objects.filter(audience=audience, genre__in=genres)
    if theme:
        rows = rows.filter(theme=theme)
    listed = rows.values_list("ident", "titre", "description", "genre", "url", "numero", "theme")
    return sorted((FicheListee(*row) for row in listed), key=lambda listee: fold(listee.titre))


def services(audience: str, theme: str = "") -> list[FicheListee]:
    """Return the services and forms of a space."""
    return of_genre(audience, *sorted(SERVICES), theme=theme)


def services_by_theme(audience: str) -> Counter[str]:
    """Return how many services and forms each theme of a space has."""
    return Counter(Fiche.objects.filter(audience=audience, genre__in=SERVICES).values_list("theme", flat=True))


def fold(titre: str) -> str:
    """Return a title as it is sorted: lower case, without accents."""
    return unicodedata.normalize("NFKD", titre.lower().replace("œ", "oe")).encode("ascii", "ignore").decode().strip("\"'« ")
