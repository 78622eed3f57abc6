"""What is found, made from documents and démarches (pure): how it is named, what leads to it, what it is worth."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from psl.fiches import adresses
from psl.fiches.recherche.index import Entree

# Before any word is read: services of the platform first, then what explains, then papers to print.
A_PRIORI = {
    "demarche": 1.7, "teleservice": 1.12, "fiche": 1.2, "comment_faire_si": 1.25, "dossier": 1.12, "theme": 0.8, "question": 0.93,
    "guidee": 0.75, "liens": 0.95, "formulaire": 0.85, "simulateur": 0.85, "outil": 0.8, "modele": 0.65,
}  # fmt: skip
AUDIENCES = {"particuliers": 1.0, "professionnels": 0.8, "associations": 0.85}


@dataclass(frozen=True, slots=True)
class Document:
    """What is read of a document: the columns of its row."""

    ident: str
    audience: str
    genre: str
    titre: str
    sujet: str
    description: str
    theme: str
    url: str


@dataclass(frozen=True, slots=True)
class Service:
    """A démarche of the platform or one of its actions, with its everyday words."""

    code: str
    action: str
    url: str
    titre: str
    resume: str
    audiences: tuple[str, ...]
    mots: Sequence[str]


def make(
    documents: Iterable[Document],
    liens: Iterable[tuple[str, str, str, int]],
    services: Sequence[Service] = (),
    mots_cles: Mapping[str, Sequence[str]] | None = None,
) -> list[Entree]:
    """Return the entries of the index.

    `liens`: (audience and ident of the target, words, how many times). `mots_cles`: ident → everyday words. A document that only
    leads to a démarche of the platform gives way to it, and leaves it what leads there.
    """
    ancres: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for audience, ident, texte, nombre in liens:
        ancres[audience, ident][texte] += nombre
    ici = {(service.code, service.action): service for service in services}
    herite: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    themes: dict[tuple[str, str], str] = {}
    entrees = []
    for document in documents:
        leading = ancres.get((document.audience, document.ident), Counter())
        service = _service(document.url, ici)
        if service is not None:
            herite[service.code, service.action] += leading + Counter({document.titre: 1})
            themes.setdefault((service.code, service.action), document.theme)
        else:
            entrees.append(_of_document(document, leading, (mots_cles or {}).get(document.ident, ())))
    ours = [_of_service(service, herite[cle], themes.get(cle, "")) for service in services for cle in [(service.code, service.action)]]
    return ours + entrees


def _service(url: str, ici: Mapping[tuple[str, str], Service]) -> Service | None:
    target = adresses.demarche(url)
    if target is None:
        return None
    return ici.get(target) or ici.get((target[0], ""))


def _of_document(document: Document, ancres: Counter[str], mots: Sequence[str]) -> Entree:
    return Entree(
        cle=document.ident,
        url=adresses.here(document.audience, document.ident),
        titre=document.titre,
        genre=document.genre,
        audience=document.audience,
        theme=document.theme,
        resume=document.description,
        sujet=document.sujet,
        mots=mots,
        ancres=ancres.most_common(12),
        cites=ancres.total(),
        a_priori=A_PRIORI.get(document.genre, 1.0) * AUDIENCES.get(document.audience, 0.8),
    )


def _of_service(service: Service, ancres: Counter[str], theme: str) -> Entree:
    return Entree(
        cle=f"{service.code}:{service.action}" if service.action else service.code,
        url=service.url,
        titre=service.titre,
        genre="demarche",
        audience=" ".join(service.audiences),
        theme=theme,
        resume=service.resume,
        mots=service.mots,
        ancres=ancres.most_common(12),
        cites=ancres.total(),
        a_priori=A_PRIORI["demarche"],
    )
