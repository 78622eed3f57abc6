"""The situation a set of answers makes: visible pages, answers kept, then on demand what is missing, the pieces, the recipients."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from psl.langage.composants import Contexte, Option, Valeur
from psl.langage.composants.messages import say
from psl.langage.definition.entourage import DemarcheLiee, DocumentPrevu
from psl.langage.definition.objets import Bloc, Champ, Demarche, DestinatairePrevu, Page, Piece, Sortie
from psl.langage.evaluation import lignes
from psl.langage.evaluation.calculees import in_words, to_json
from psl.langage.feel import Expression, Value


@dataclass(frozen=True, slots=True)
class Manque:
    """What keeps a form from being sent, at a champ (or a piece) of a page: an answer missing, or one that others contradict."""

    page: str
    cle: str
    message: str
    libelle: str


@dataclass(frozen=True, slots=True)
class PieceAttendue:
    """A document asked now."""

    piece: Piece
    obligatoire: bool


@dataclass(frozen=True, slots=True)
class Destinataire:
    """Who receives: `recoit` is None for everything, else keys of champs and codes of pieces."""

    cle: str
    nom: str
    territoire: str
    motif: str
    recoit: frozenset[str] | None
    non_raccorde: str = ""
    calculs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Echeance:
    """A date not to miss, that the answers make known; `rappels` are durations before it."""

    cle: str
    le: date
    libelle: str
    texte: str
    demarche: str
    lien: str
    rappels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlocVu:
    """A bloc as shown now: its title chosen, its visible champs."""

    cle: str
    titre: str
    aide: str
    champs: tuple[Champ, ...]


@dataclass(frozen=True, slots=True)
class PageVue:
    """A visible page: its visible champs (labels chosen), and the pieces asked there."""

    page: Page
    champs: tuple[Champ, ...]
    pieces: tuple[PieceAttendue, ...]
    groupes: tuple[tuple[Bloc, tuple[Champ, ...]], ...]
    contexte: dict[str, Value]

    @property
    def cle(self) -> str:
        return self.page.cle

    @property
    def titre(self) -> str:
        return self.page.titre

    @property
    def blocs(self) -> tuple[BlocVu, ...]:
        """The blocs that show something, with their title of the moment."""
        return tuple(BlocVu(bloc.cle, self._title(bloc), bloc.aide, champs) for bloc, champs in self.groupes)

    def _title(self, bloc: Bloc) -> str:
        return next((titre for si, titre in bloc.titres if holds(si, self.contexte)), bloc.titre)


def holds(si: Expression | None, contexte: dict[str, Value]) -> bool:
    """Tell whether a condition is met: none always is; false and null are not."""
    return si is None or si.run(contexte) is True


def resolve(champ: Champ, contexte: dict[str, Value]) -> Champ:
    """Give a champ with its label of the moment."""
    if not champ.variantes:
        return champ
    return next((variante for si, variante in champ.variantes if holds(si, contexte)), champ)


class Situation:
    """The answers of a form, understood. Immutable; what is not needed is not computed.

    `valeurs` has the answers of visible champs only; `contexte` the values conditions read; `sortie` the way out taken, if any.
    """

    def __init__(
        self,
        demarche: Demarche,
        *,
        aujourdhui: date,
        pages: tuple[PageVue, ...],
        reponses: Mapping[str, Valeur],
        valeurs: dict[str, Valeur],
        contexte: dict[str, Value],
        sortie: Sortie | None,
        rouverts: frozenset[str] | None,
    ) -> None:
        self.demarche = demarche
        self.aujourdhui = aujourdhui
        self.pages = pages
        self.reponses = reponses
        self.valeurs = valeurs
        self.contexte = contexte
        self.sortie = sortie
        self.rouverts = rouverts

    def page(self, cle: str) -> PageVue | None:
        """Give a visible page by its key, or None."""
        return next((vue for vue in self.pages if vue.page.cle == cle), None)

    @property
    def titre(self) -> str:
        """The title of the démarche for these answers."""
        return self.demarche.titre_of(self.valeurs)

    @cached_property
    def visibles(self) -> dict[str, Champ]:
        """The visible champs by key, labels chosen."""
        return {champ.cle: champ for vue in self.pages for champ in vue.champs}

    def is_required(self, champ: Champ) -> bool:
        """Tell whether an answer is required now."""
        return champ.requis if champ.requis_si is None else champ.requis_si.run(self.contexte) is True

    @cached_property
    def requis(self) -> frozenset[str]:
        """The keys of the visible champs that must be answered."""
        return frozenset(cle for cle, champ in self.visibles.items() if self.is_required(champ))

    def options(self, cle: str) -> tuple[Option, ...]:
        """Give the options of a choice that are offered now."""
        return offered(self.demarche.champs[cle], self.contexte)

    @cached_property
    def erreurs(self) -> dict[str, str]:
        """The contradictions between answers, by the key of the visible champ where each is said; one at a time."""
        found: dict[str, str] = {}
        for controle in self.demarche.controles:
            if controle.champ in self.visibles and controle.si.run(self.contexte) is True:
                found.setdefault(controle.champ, controle.message)
        return found

    @cached_property
    def manques(self) -> tuple[Manque, ...]:
        """What keeps the form from being sent, in the order of the pages: answers missing, then contradictions. Pieces are apart."""
        return tuple(manque for vue in self.pages for manque in self.troubles(vue))

    def troubles(self, vue: PageVue) -> Iterator[Manque]:
        """Give what is missing or contradicted on one page, in order."""
        valeurs, erreurs = self.valeurs, self.erreurs
        for champ in vue.champs:
            valeur = valeurs.get(champ.cle)
            # Most questions are answered, or need no answer: they are passed over before anything is computed.
            is_settled = (valeur is not None and valeur is not False) or not (champ.requis or champ.requis_si)
            if is_settled and not champ.membres and champ.cle not in erreurs:
                continue
            if message := self._trouble(champ):
                yield Manque(vue.page.cle, champ.cle, message, champ.libelle)

    @cached_property
    def details(self) -> dict[str, str]:
        """What misses in the rows of repeated blocs, by HTML name."""
        return {nom: message for champ in self.visibles.values() if champ.membres for nom, message in self._row_troubles(champ).items()}

    def _row_troubles(self, champ: Champ) -> dict[str, str]:
        return lignes.troubles(champ, self.valeurs.get(champ.cle), self.contexte, self.demarche.langue, self.aujourdhui)

    def _trouble(self, champ: Champ) -> str:
        valeur = self.valeurs.get(champ.cle)
        if champ.membres:
            return lignes.in_one(champ, self._row_troubles(champ), self.demarche.langue) or self.erreurs.get(champ.cle, "")
        if (valeur is None or valeur is False) and self.is_required(champ) and not champ.composant.is_answered(valeur):
            return champ.composant.missing(Contexte(champ.libelle, champ.exemple, self.demarche.langue, self.aujourdhui))
        return self.erreurs.get(champ.cle, "")

    @cached_property
    def pieces(self) -> tuple[PieceAttendue, ...]:
        """The documents asked, in the order of the pages."""
        return tuple(attendue for vue in self.pages for attendue in vue.pieces)

    def missing_pieces(self, presentes: frozenset[str]) -> tuple[Manque, ...]:
        """Give the required documents that are not among those present (by code)."""
        langue = self.demarche.langue
        return tuple(
            Manque(
                attendue.piece.page,
                attendue.piece.code,
                say(langue, "manque_piece", libelle=attendue.piece.libelle),
                attendue.piece.libelle,
            )
            for attendue in self.pieces
            if attendue.obligatoire and attendue.piece.code not in presentes
        )

    @cached_property
    def avis(self) -> tuple[Champ, ...]:
        """The information blocks shown."""
        return tuple(champ for champ in self.visibles.values() if not champ.composant.has_value)

    @cached_property
    def destinataires(self) -> tuple[Destinataire, ...]:
        """Who receives: for each one foreseen the first rule that holds and knows its territory; nobody once a way out is taken."""
        if self.sortie is not None:
            return ()
        chosen = (self._destinataire(prevu) for prevu in self.demarche.destinataires)
        return tuple(destinataire for destinataire in chosen if destinataire is not None)

    def _destinataire(self, prevu: DestinatairePrevu) -> Destinataire | None:
        if not holds(prevu.si, self.contexte):
            return None
        for regle in prevu.regles:
            if holds(regle.si, self.contexte) and isinstance(territoire := regle.territoire.run(self.contexte), str):
                return Destinataire(prevu.cle, prevu.nom, territoire, regle.motif, prevu.recoit, prevu.non_raccorde, prevu.calculs)
        return None

    def copy_for(self, destinataire: Destinataire) -> dict[str, Valeur]:
        """Give the answers a recipient receives, and no other."""
        if destinataire.recoit is None:
            return dict(self.valeurs)
        return {cle: valeur for cle, valeur in self.valeurs.items() if cle in destinataire.recoit}

    @cached_property
    def calculs(self) -> dict[str, Value]:
        """The computed values, null included."""
        return {calcul.cle: self.contexte.get(calcul.cle) for calcul in self.demarche.calculs}

    @property
    def calculs_scelles(self) -> dict[str, Any]:
        """The computed values that somebody reads (the recap, a recipient), as JSON; those that are null are left out."""
        lus = {cle for prevu in self.demarche.destinataires for cle in prevu.calculs}
        lus |= {calcul.cle for calcul in self.demarche.calculs if calcul.recapitulatif}
        return {cle: to_json(valeur) for cle, valeur in self.calculs.items() if cle in lus and valeur is not None}

    def documents(self, quand: str | None = None) -> tuple[DocumentPrevu, ...]:
        """Give the documents these answers call for, at a moment or at all of them; none once a way out is taken."""
        prevus = self.demarche.documents if self.sortie is None else ()
        return tuple(prevu for prevu in prevus if quand in (None, prevu.quand) and holds(prevu.si, self.contexte))

    @cached_property
    def echeances(self) -> tuple[Echeance, ...]:
        """The dates not to miss that these answers make known."""
        found = []
        for prevue in self.demarche.echeances:
            le = prevue.le.run(self.contexte) if holds(prevue.si, self.contexte) else None
            if isinstance(le, date):
                found.append(Echeance(prevue.cle, le, prevue.libelle, prevue.texte, prevue.demarche, prevue.lien, prevue.rappels))
        return tuple(found)

    def demarches_liees(self, quand: str | None = None) -> tuple[DemarcheLiee, ...]:
        """Give the démarches to propose, at a moment or at all of them."""
        return tuple(liee for liee in self.demarche.demarches_liees if quand in (None, liee.quand) and holds(liee.si, self.contexte))

    @property
    def second_fait_date(self) -> str | None:
        """The date that proves who follows (ISO), when the démarche asks one for these answers."""
        for fait in self.demarche.second_fait:
            valeur = self.valeurs.get(fait.champ)
            if fait.champ and valeur is not None and holds(fait.si, self.contexte):
                return str(valeur)
        return None

    @property
    def courriel(self) -> str:
        """The e-mail of contact, or nothing."""
        return self.valeurs.get(self.demarche.coordonnees.courriel) or ""

    @property
    def telephone(self) -> str:
        """The telephone number of contact, or nothing."""
        return self.valeurs.get(self.demarche.coordonnees.telephone) or ""

    @property
    def mots_recherche(self) -> tuple[str, ...]:
        """The texts agents may search this by."""
        textes = (self.valeurs.get(cle) for cle in self.demarche.recherche.mots)
        return tuple(texte for texte in textes if isinstance(texte, str))

    @property
    def commune_recherche(self) -> str:
        """The code of the commune agents may search this by, or nothing."""
        commune = self.demarche.recherche.commune
        code = commune.run(self.contexte) if commune else None
        return code if isinstance(code, str) else ""

    @cached_property
    def affichage(self) -> dict[str, str]:
        """The answers as read, for the {{cle}} of messages: `cle`, and `cle.membre` for the texts of composite values."""
        shown: dict[str, str] = {"titre": self.titre}
        shown |= {cle: in_words(valeur, self.demarche.langue) for cle, valeur in self.calculs.items() if valeur is not None}
        for cle, valeur in self.valeurs.items():
            shown[cle] = self.demarche.champs[cle].composant.display(valeur, self.demarche.langue)
            shown |= _members(cle, valeur)
        return shown


def offered(champ: Champ, contexte: dict[str, Value]) -> tuple[Option, ...]:
    """Give the options of a choice that a context offers."""
    if not champ.options_variables:
        return champ.options
    return tuple(option for option in champ.options if holds(option.si, contexte))


def _members(cle: str, valeur: Any) -> dict[str, str]:
    return {f"{cle}.{nom}": membre for nom, membre in valeur.items() if isinstance(membre, str)} if isinstance(valeur, dict) else {}
