"""Reading a page: from a POST to answers, errors in the reader's words, and the situation they make. Nothing typed is lost."""

from dataclasses import dataclass
from typing import Any

from psl.langage.composants import Contexte, Referentiels, Valeur
from psl.langage.composants.base import Post
from psl.langage.definition.objets import Champ
from psl.langage.evaluation import lignes
from psl.langage.evaluation.passe import walk
from psl.langage.evaluation.situation import PageVue, Situation, offered, resolve
from psl.langage.feel import Value


@dataclass(frozen=True, slots=True)
class Lecture:
    """What came of a page.

    `valeurs`: the valid answers by key (no key: left empty or in error); `brut`: what was typed, by key, a text or texts by part;
    `erreurs`: one sentence by key; `details`: one by HTML name when several parts of a field are wrong; `cles`: the keys read;
    `nouveaux`: the keys of questions that these answers make appear, to be shown before going on; `situation`: after this page.
    """

    valeurs: dict[str, Valeur]
    brut: dict[str, Any]
    erreurs: dict[str, str]
    details: dict[str, str]
    cles: tuple[str, ...]
    nouveaux: tuple[str, ...]
    situation: Situation


def read(page_vue: PageVue, situation: Situation, post: Post, *, referentiels: Referentiels | None = None) -> Lecture:
    """Read what a page sent. Fields unknown, hidden or of other pages are ignored; those that the page makes visible are read."""
    reader = _Reader(page_vue, situation, post, referentiels)
    after = walk(
        situation.demarche,
        situation.reponses,
        aujourdhui=situation.aujourdhui,
        rouverts=situation.rouverts,
        page_lue=page_vue.page.cle,
        lire=reader.read,
    )
    vue = after.page(page_vue.page.cle)
    for manque in after.troubles(vue) if vue else ():
        if manque.cle in reader.brut:
            reader.erreurs.setdefault(manque.cle, manque.message)
            reader.details.update({nom: dit for nom, dit in after.details.items() if nom.startswith(f"{manque.cle}.")})
    visible = {champ.cle for champ in vue.champs} if vue else set()
    return Lecture(
        valeurs=reader.valeurs,
        brut=reader.brut,
        erreurs={cle: reader.erreurs[cle] for cle in reader.brut if cle in reader.erreurs},
        details=reader.details,
        cles=tuple(reader.brut),
        nouveaux=tuple(cle for cle in reader.unseen if cle in visible),
        situation=after,
    )


class _Reader:
    """Reads each visible champ of a page when the pass comes to it, the answers before it being known."""

    def __init__(self, page_vue: PageVue, situation: Situation, post: Post, referentiels: Referentiels | None) -> None:
        self.seen = frozenset(champ.cle for champ in page_vue.champs)
        self.situation = situation
        self.post = post
        self.referentiels = referentiels
        self.valeurs: dict[str, Valeur] = {}
        self.brut: dict[str, Any] = {}
        self.erreurs: dict[str, str] = {}
        self.details: dict[str, str] = {}
        self.unseen: list[str] = []

    def read(self, champ: Champ, contexte: dict[str, Value]) -> Valeur:
        cle = champ.cle
        if not champ.composant.has_value:
            return None
        if cle not in self.seen and not self._is_sent(cle):
            self.unseen.append(cle)
            return self.situation.reponses.get(cle)
        if champ.membres:
            return self._read_rows(champ, contexte)
        saisie = champ.composant.parse(cle, self.post, self._context(champ, contexte))
        self.brut[cle] = saisie.brut
        if saisie.erreur:
            self.erreurs[cle] = saisie.erreur
            self.details.update(saisie.details)
        elif saisie.valeur is not None:
            self.valeurs[cle] = saisie.valeur
        return saisie.valeur

    def _read_rows(self, champ: Champ, contexte: dict[str, Value]) -> Valeur:
        """Read a repeated bloc: its valid answers are kept, and with an error in a row what was typed in all of them."""
        langue = self.situation.demarche.langue
        lues = lignes.read(champ, self.post, contexte, lignes.Monde(langue, self.situation.aujourdhui, self.referentiels))
        self.brut[champ.cle] = lues.brut
        if lues.erreurs:
            self.erreurs[champ.cle] = lignes.in_one(champ, lues.erreurs, langue)
            self.details.update(lues.erreurs)
        elif lues.nouveaux:
            self.unseen.append(champ.cle)
        if lues.valeur is not None:
            self.valeurs[champ.cle] = lues.valeur
        return lues.valeur

    def _is_sent(self, cle: str) -> bool:
        """Tell whether a question not shown before was nevertheless answered: a script may have shown it. A masked one never is."""
        rouverts = self.situation.rouverts
        if rouverts is not None and cle not in rouverts:
            return False
        return cle in self.post or any(name.startswith(f"{cle}.") for name in self.post)

    def _context(self, champ: Champ, contexte: dict[str, Value]) -> Contexte:
        shown = resolve(champ, contexte)
        return Contexte(
            shown.libelle,
            shown.exemple,
            self.situation.demarche.langue,
            self.situation.aujourdhui,
            self.referentiels,
            offered(champ, contexte) if champ.options else (),
            contexte,
        )
