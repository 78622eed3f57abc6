"""What is kept beside a document to list, find and link it: its row, its links, the words it explains, its faults (pure)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from psl.fiches import adresses
from psl.fiches.elements import CONNUS, GENRES, SIGLES
from psl.fiches.noeuds import Noeud, attribute, children, first, named, prose, sentences, text, walk
from psl.fiches.sources.lus import Lu

type LienRow = tuple[str, str, str, str]  # target, its audience, kind of link, words


@dataclass(slots=True)
class Extrait:
    """What a document says of itself and of others. `definitions`: ident → (sorte, title, text)."""

    genre: str
    titre: str
    sujet: str
    description: str
    theme: str
    dossier: str
    url: str
    numero: str
    maj_on: date | None
    liens: list[LienRow] = field(default_factory=list)
    definitions: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    inconnus: list[str] = field(default_factory=list)
    refusees: list[str] = field(default_factory=list)


def extract(lu: Lu) -> Extrait:
    """Return what is kept beside a document. Unknown elements and types, and addresses that are not the web's, are told, never followed."""
    arbre = lu.arbre
    sort = attribute(arbre, "type")
    extrait = Extrait(
        genre=GENRES.get(sort, "fiche" if arbre[0] == "Publication" else "teleservice"),
        titre=title(arbre) or lu.ident,
        sujet=text(first(arbre, "dc:subject")),
        description=text(first(arbre, "dc:description")),
        theme=_ident_of(arbre, "Theme"),
        dossier=_ident_of(arbre, "DossierPere"),
        url=_url(arbre),
        numero=" ".join(prose(node) for node in named(arbre, "NumeroCerfa", "AutreNumero")),
        maj_on=_date(text(first(arbre, "dc:date"))),
        inconnus=[*lu.inattendus] if sort in GENRES else [*lu.inattendus, f"type {sort}"],
    )
    seen: dict[LienRow, None] = {}
    for node in walk(arbre):
        _look(node, extrait)
        if (lien := _lien(node, lu.audience)) is not None:
            seen[lien] = None
    extrait.liens = [*seen, *(lien for lien in _contents(arbre, lu.audience) if lien not in seen)]
    return extrait


def title(arbre: Noeud) -> str:
    """Return the title of a document, without the kind that some repeat before it (« Téléservice : »)."""
    words, over = text(first(arbre, "dc:title")), text(first(arbre, "SurTitre"))
    if over and words.startswith(over):
        words = re.sub(r"^\s*:\s*", "", words[len(over) :]) or words
    return words.lstrip("*").strip()


def _ident_of(arbre: Noeud, name: str) -> str:
    node = first(arbre, name)
    return attribute(node, "ID")[:16] if node is not None else ""


def _date(told: str) -> date | None:
    found = re.search(r"\d{4}-\d\d-\d\d", told)
    try:
        return date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None


def _url(arbre: Noeud) -> str:
    for node in named(arbre, "LienWeb"):
        return adresses.safe(attribute(node, "URL"))
    for annexe in named(arbre, "ServiceEnLigneAnnexe"):
        for node in named(annexe, "LienWeb"):
            return adresses.safe(attribute(node, "URL"))
    return ""


def _look(node: Noeud, extrait: Extrait) -> None:
    if node[0] not in CONNUS:
        extrait.inconnus.append(str(node[0])[:40])
    elif node[0] in {"Definition", "Abreviation"} and (ident := attribute(node, "ID")):
        sort = "definition" if node[0] == "Definition" else attribute(node, "type").lower()[:12]
        extrait.definitions[ident[:12]] = (sort, prose(first(node, "Titre")), sentences(first(node, "Texte")))
    if (url := attribute(node, "URL")) and not adresses.safe(url):
        extrait.refusees.append(url[:200])


SORTES = {
    "LienInterne": "texte", "ServiceEnLigne": "service", "QuestionReponse": "question", "CommentFaireSi": "comment_faire_si",
    "RechercheGuidee": "guidee", "FicheLiee": "fiche_liee", "ServiceEnLigneAlternatif": "alternatif",
}  # fmt: skip


def _lien(node: Noeud, audience: str) -> LienRow | None:
    if (sort := SORTES.get(node[0])) is None:
        return None
    target = attribute(node, "LienPublication") or attribute(node, "ID")
    if not target or attribute(node, "type") in SIGLES:
        return None
    titled = first(node, "Titre")
    words = text(titled) if titled is not None else prose(node)
    return target[:16], (attribute(node, "audience") or audience).lower()[:16], sort, words


def _contents(arbre: Noeud, audience: str) -> Iterator[LienRow]:
    """Yield what a theme or a dossier lists, and what a document bids to see also."""
    for node in children(arbre):
        if node[0] in {"Fiche", "SousTheme", "SousDossier"} or (node[0] == "Dossier" and arbre[0] == "Publication"):
            for listed in walk(node):
                if listed[0] in {"Fiche", "Dossier"}:
                    yield attribute(listed, "ID")[:16], audience, "contenu", prose(first(listed, "Titre") or listed)
        elif node[0] == "VoirAussi":
            for listed in named(node, "Fiche", "Dossier"):
                where = (attribute(listed, "audience") or audience).lower()[:16]
                yield attribute(listed, "ID")[:16], where, "voir_aussi", prose(first(listed, "Titre") or listed)
