"""What a démarche is once compiled: frozen objects that keep their texts, their conditions as closures and their order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from psl.langage.composants import Composant, Contexte, Invalide, Option, Valeur
from psl.langage.definition.entourage import Calcul, Delais, DemarcheLiee, DocumentPrevu, EcheancePrevue, Parametre, Traitement
from psl.langage.definition.flux import Flux
from psl.langage.feel import Expression, Value


@dataclass(frozen=True, slots=True)
class Champ:
    """A question. `requis` is its fixed answer when `requis_si` is None; `variantes` are itself with other labels.

    `membres` are the champs of each row of a repeated bloc; `liste` names the référentiel its options come from;
    `calculs` are the values known once this question was passed.
    """

    cle: str
    type: str
    page: str
    bloc: str
    composant: Composant
    libelle: str = ""
    aide: str = ""
    exemple: str = ""
    autocomplete: str = ""
    presentation: str = ""
    niveau: str = ""
    texte: str = ""
    defaut: Valeur = None
    si: Expression | None = None
    requis: bool = True
    requis_si: Expression | None = None
    variantes: tuple[tuple[Expression, "Champ"], ...] = ()
    options: tuple[Option, ...] = ()
    # How evaluation goes fast: whether conditions read this answer, through what, and whether some options are conditional.
    est_lu: bool = False
    convertir: Callable[[Valeur], Value] | None = field(default=None, compare=False)
    options_variables: bool = False
    membres: tuple["Champ", ...] = ()
    liste: str = ""
    calculs: tuple[Calcul, ...] = ()


@dataclass(frozen=True, slots=True)
class Suite:
    """Questions that follow each other in a bloc. Simple ones are always shown as they are, whatever is answered: they pass together."""

    champs: tuple[Champ, ...]
    est_simple: bool
    cles: tuple[str, ...]
    lus: tuple[tuple[str, Callable[[Valeur], Value] | None], ...]


def in_runs(champs: tuple[Champ, ...]) -> tuple[Suite, ...]:
    """Cut questions into runs of simple ones, the others each alone."""
    runs = ((est_simple, tuple(suite)) for est_simple, suite in groupby(champs, _is_simple))
    return tuple(
        _run(part, est_simple=est_simple)
        for est_simple, suite in runs
        for part in ([suite] if est_simple else [(champ,) for champ in suite])
    )


def _is_simple(champ: Champ) -> bool:
    return champ.si is None and not (champ.variantes or champ.membres or champ.options_variables or champ.calculs)


def _run(champs: tuple[Champ, ...], *, est_simple: bool) -> Suite:
    lus = tuple((champ.cle, champ.convertir) for champ in champs if champ.est_lu)
    return Suite(champs, est_simple, tuple(champ.cle for champ in champs), lus)


@dataclass(frozen=True, slots=True)
class Bloc:
    """Questions under one title."""

    cle: str
    titre: str
    aide: str
    si: Expression | None
    champs: tuple[Champ, ...]
    titres: tuple[tuple[Expression, str], ...] = ()
    modele: str = ""
    calculs: tuple[Calcul, ...] = ()  # all those of its champs: when it is hidden they are computed all the same
    suites: tuple[Suite, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "suites", in_runs(self.champs))


@dataclass(frozen=True, slots=True)
class Piece:
    """A document asked on a page. `max_octets` bounds each file."""

    code: str
    page: str
    libelle: str
    aide: str = ""
    si: Expression | None = None
    requis: bool = True
    requis_si: Expression | None = None
    types: tuple[str, ...] = ("application/pdf", "image/jpeg", "image/png")
    max_mo: int = 10
    max_fichiers: int = 3
    nature: str = "autre"

    @property
    def max_octets(self) -> int:
        return self.max_mo * 1_000_000


@dataclass(frozen=True, slots=True)
class Sortie:
    """A way out: after its page the démarche stops and says what to do instead. `texte` is restricted Markdown."""

    cle: str
    page: str
    si: Expression
    titre: str
    texte: str


@dataclass(frozen=True, slots=True)
class Page:
    """A step of the form, with the pieces asked there and the ways out that leave from it."""

    cle: str
    titre: str
    si: Expression | None
    blocs: tuple[Bloc, ...]
    pieces: tuple[Piece, ...] = ()
    sorties: tuple[Sortie, ...] = ()


@dataclass(frozen=True, slots=True)
class Controle:
    """An error that several answers make together, said at one champ."""

    si: Expression
    champ: str
    message: str


@dataclass(frozen=True, slots=True)
class Regle:
    """When a recipient is one, for which territory, and why."""

    si: Expression | None
    territoire: Expression
    motif: str


@dataclass(frozen=True, slots=True)
class DestinatairePrevu:
    """Who may receive the télédossier. `recoit` is None for everything, else keys of champs and codes of pieces."""

    cle: str
    nom: str
    regles: tuple[Regle, ...]
    recoit: frozenset[str] | None
    non_raccorde: str = ""
    si: Expression | None = None
    finalite: str = ""
    calculs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codes:
    """The names other systems give the démarche."""

    psl: str
    hubee: str = ""
    acronyme: str = ""
    anciens: tuple[str, ...] = ()
    cerfa: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """One of several titles for the same form."""

    valeur: str
    titre: str
    mots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Depart:
    """The start page; texts are restricted Markdown, `a_preparer` lines."""

    qui: str
    a_preparer: tuple[str, ...]
    reponse: str
    donnees: str
    autrement: str


@dataclass(frozen=True, slots=True)
class FaitJuridique:
    """A legal fact in words, and whether it is established."""

    texte: str
    a_confirmer: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """What the administration's silence is worth: regime accord, rejet or aucun; `delai` as "P2M" but for aucun."""

    regime: str
    texte: str
    delai: str = ""
    a_confirmer: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Conservation:
    """How long is kept what: durations as "P30D". `contenu` counts from `a_partir_de` (a date), or from the decision."""

    brouillon: str
    recours: str
    trace: str
    contenu: str = ""
    a_partir_de: Expression | None = None


@dataclass(frozen=True, slots=True)
class Faits:
    """The legal facts of a démarche."""

    silence: Silence
    recours: FaitJuridique
    responsable: str
    finalite: str
    base_legale: str
    conservation: Conservation


@dataclass(frozen=True, slots=True)
class FaitAConfirmer:
    """A fact that keeps the démarche out of production, and where it comes from."""

    cle: str
    source: str


@dataclass(frozen=True, slots=True)
class Coordonnees:
    """The keys of the champs that are the contact; empty when there is none."""

    courriel: str = ""
    telephone: str = ""
    langue: bool = False


@dataclass(frozen=True, slots=True)
class SecondFait:
    """What proves a follower is who filed: the e-mail (champ empty) or the date of a champ."""

    champ: str = ""
    si: Expression | None = None


@dataclass(frozen=True, slots=True)
class Recherche:
    """What agents search by: keys of champs for words, an expression for the commune."""

    mots: tuple[str, ...] = ()
    commune: Expression | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """A box of the recap, required."""

    cle: str
    libelle: str


@dataclass(frozen=True, slots=True)
class Message:
    """A text to send or show; `objet` is empty for those shown only. Both take {{cle}}."""

    objet: str
    corps: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The words of an answer of the service; `lettre` takes {{cle}}."""

    libelle: str
    lettre: str = ""
    recours: bool = False


@dataclass(frozen=True, slots=True)
class Demarche:
    """A démarche in one language, compiled. `canonique` is the whole definition as JSON bytes, `digest` their SHA-256."""

    slug: str
    langue: str
    langues: tuple[str, ...]
    digest: str
    canonique: bytes = field(repr=False)
    codes: Codes
    titre: str
    resume: str
    publics: tuple[str, ...]
    mots: tuple[str, ...]
    actions: tuple[Action, ...]
    entree: Mapping[str, str]
    parametre_action: str
    connexion: str
    duree_minutes: int
    themes: tuple[str, ...]
    fiches: tuple[str, ...]
    evenements: tuple[str, ...]
    depart: Depart
    faits: Faits
    traitement: Traitement
    delais: Delais
    parametres: tuple[Parametre, ...]
    calculs: tuple[Calcul, ...]
    calculs_debut: tuple[Calcul, ...]  # those that read no answer
    pages: tuple[Page, ...]
    controles: tuple[Controle, ...]
    pieces: tuple[Piece, ...]
    sorties: tuple[Sortie, ...]
    destinataires: tuple[DestinatairePrevu, ...]
    coordonnees: Coordonnees
    second_fait: tuple[SecondFait, ...]
    recherche: Recherche
    declarations: tuple[Declaration, ...]
    messages: Mapping[str, Message]
    decisions: Mapping[str, Decision]
    xml: Flux | None
    json: Flux | None
    documents: tuple[DocumentPrevu, ...]
    echeances: tuple[EcheancePrevue, ...]
    demarches_liees: tuple[DemarcheLiee, ...]
    etats: Mapping[str, str]
    entree_valeurs: Mapping[str, frozenset[str]]
    champs: Mapping[str, Champ]
    noms: Mapping[str, None] = field(repr=False)  # every name that some expression reads: the empty context
    localiser: Callable[[str], "Demarche"] = field(repr=False, compare=False)

    def localize(self, langue: str) -> "Demarche":
        """Give the démarche in another language; a text it lacks stays French."""
        return self if langue == self.langue else self.localiser(langue)

    @property
    def faits_a_confirmer(self) -> tuple[FaitAConfirmer, ...]:
        """The facts that keep this démarche out of production."""
        pairs = (("silence", self.faits.silence), ("recours", self.faits.recours))
        return tuple(FaitAConfirmer(cle, fait.source) for cle, fait in pairs if fait.a_confirmer)

    def titre_of(self, valeurs: Mapping[str, Any]) -> str:
        """Give the title for these answers: the action's, when one is chosen."""
        choisie = valeurs.get(self.entree.get(self.parametre_action, ""))
        return next((action.titre for action in self.actions if action.valeur == choisie), self.titre)

    def accepts_entry(self, nom: str, valeur: str) -> bool:
        """Tell whether an entry address may give this value to this parameter."""
        allowed = self.entree_valeurs.get(nom)
        return nom in self.entree and (allowed is None or valeur in allowed) and self.accepts(self.entree[nom], valeur)

    def accepts(self, cle: str, valeur: str) -> bool:
        """Tell whether a text given from outside is as it stands a value of a champ."""
        champ = self.champs.get(cle)
        if champ is None or not champ.composant.has_value:
            return False
        try:
            return bool(champ.composant.check(valeur, Contexte(champ.libelle, "", self.langue, date.max, options=champ.options)) == valeur)
        except Invalide:
            return False
