"""What a démarche must let happen, or never: the goals of the proofs, each a few plain facts about a journey.

A goal is told the same way to those who look for it: the observation of a journey and the solver read the same `Atome`s.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from psl.langage.charger import Definition
from psl.langage.definition.coherence import each_champ
from psl.langage.definition.objets import Bloc, Champ, Demarche, Page, Piece
from psl.langage.feel import Expression, nodes, parse
from psl.langage.source.yaml_strict import Chemin
from psl.langage.tables import Politique, Table, parse_all

OPTIONS_MAX = 60  # a longer list is not looked at option by option


class Atome(NamedTuple):
    """A plain fact: its kind (a method of the observation and of the form), and what it is about."""

    sorte: str
    args: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class But:
    """A goal. `rang`: the pages before this one must be passed (as many as there are pages: the whole was sent, or a way out taken).

    `est_faute`: reaching it is a fault. `dans`: the goals without which it means nothing. `lit`: the names its condition reads.
    """

    cle: str
    nature: str
    chemin: Chemin
    rang: int
    atomes: tuple[Atome, ...]
    sujet: str
    lit: frozenset[str] = frozenset()
    dans: tuple[str, ...] = ()
    est_faute: bool = False


def vrai(expression: Expression) -> Atome:
    """Say that a condition holds."""
    return Atome("vrai", (expression,))


def faux(expression: Expression) -> Atome:
    """Say that a condition does not hold: it is false, or null."""
    return Atome("faux", (expression,))


FINI, ENVOYE = Atome("fini"), Atome("envoye")


class Lieu(NamedTuple):
    """Where a goal stands: its path, the rank of its page, what it is about, the facts and the goals it is inside of."""

    chemin: Chemin
    rang: int
    sujet: str
    where: tuple[Atome, ...] = ()
    dans: tuple[str, ...] = ()

    def but(self, cle: str, nature: str, atomes: tuple[Atome, ...], lit: frozenset[str], *, est_faute: bool = False) -> But:
        """Make a goal of this place."""
        return But(cle, nature, self.chemin, self.rang, (*self.where, *atomes), self.sujet, lit, self.dans, est_faute)


class Enonce:
    """A definition under proof: what its compiled form lost (paths, tables, texts of computed values), and its goals."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.demarche: Demarche = definition.compile()
        donnees = definition.expandee
        self.chemins: dict[str, Chemin] = {champ["cle"]: chemin for chemin, champ in each_champ(donnees)}
        self.tables: tuple[Table, ...] = parse_all(donnees.get("tables", ()))
        self.calculs: dict[str, Expression] = {item["cle"]: parse(item["valeur"]) for item in donnees.get("calculs", ())}
        self.rang_pages = {page.cle: rang for rang, page in enumerate(self.demarche.pages)}
        self.fin = len(self.demarche.pages)
        self.blocs: dict[str, tuple[int, int]] = {
            champ.cle: (rang, numero)
            for rang, page in enumerate(self.demarche.pages)
            for numero, bloc in enumerate(page.blocs)
            for champ in bloc.champs
        }
        self.buts: tuple[But, ...] = tuple(self._goals())

    def _goals(self) -> Iterator[But]:
        for rang, page in enumerate(self.demarche.pages):
            yield from self._page(rang, page)
        yield from self._around()
        yield from self._receivers()
        yield from self._following()
        for rang, table in enumerate(self.tables):
            yield from self._table(rang, table)
        for rang, (cle, calcul) in enumerate(self.calculs.items()):
            for numero, (texte, condition) in enumerate(_ifs(calcul)):
                lieu = Lieu(("calculs", rang, "valeur"), self.fin, f"« {texte} » dans le calcul « {cle} »", (FINI,))
                yield from self._sides(f"calcul:{cle}:{numero}", "condition", lieu, condition)

    def _sides(self, cle: str, nature: str, lieu: Lieu, si: Expression | None) -> Iterator[But]:
        """Give both sides of a condition: met, and not."""
        if si is not None:
            yield lieu.but(cle, nature, (vrai(si),), si.names)
            yield lieu.but(f"{cle}:non", f"{nature}:non", (faux(si),), si.names)

    def _page(self, rang: int, page: Page) -> Iterator[But]:
        chemin: Chemin = ("pages", rang)
        seen = (f"page:{page.cle}",) if page.si else ()
        yield from self._sides(f"page:{page.cle}", "page", Lieu((*chemin, "si"), rang, f"la page « {page.cle} »"), page.si)
        place = Atome("page", (rang,))
        for numero, bloc in enumerate(page.blocs):
            yield from self._bloc(rang, numero, bloc, Lieu((*chemin, "blocs", numero), rang, f"le bloc « {bloc.cle} »", (place,), seen))
        for sortie in page.sorties:
            ici: Chemin = ("sorties", self.demarche.sorties.index(sortie), "si")
            yield from self._sides(f"sortie:{sortie.cle}", "sortie", Lieu(ici, rang, f"la sortie « {sortie.cle} »"), sortie.si)
        for piece in page.pieces:
            yield from self._piece(rang, piece, place, seen)
        lieu = Lieu((*chemin, "cle"), rang, f"la page « {page.cle} »")
        yield lieu.but(f"passe:{page.cle}", "passe", (Atome("passe", (rang,)),), frozenset())

    def _piece(self, rang: int, piece: Piece, place: Atome, seen: tuple[str, ...]) -> Iterator[But]:
        is_listed = piece in self.demarche.pieces
        chemin = ("pieces", self.demarche.pieces.index(piece)) if is_listed else self.chemins.get(piece.code, ("pages", rang))
        nom, sujet = f"piece:{piece.code}", f"la pièce « {piece.code} »"
        yield from self._sides(nom, "piece", Lieu((*chemin, "si"), rang, sujet, (place,), seen), piece.si)
        asked = (place, vrai(piece.si)) if piece.si else (place,)
        lieu = Lieu((*chemin, "requis"), rang, sujet, asked, (nom,) if piece.si else seen)
        yield from self._sides(f"{nom}:requis", "requis", lieu, piece.requis_si)

    def _bloc(self, rang: int, numero: int, bloc: Bloc, lieu: Lieu) -> Iterator[But]:
        nom = f"bloc:{self.demarche.pages[rang].cle}:{bloc.cle}"
        yield from self._sides(nom, "bloc", lieu._replace(chemin=(*lieu.chemin, "si")), bloc.si)
        inside = lieu._replace(where=(Atome("bloc", (rang, numero)),), dans=(nom,) if bloc.si else lieu.dans)
        yield from self._labels(f"titre:{nom}", inside._replace(chemin=(*lieu.chemin, "titres")), [si for si, _ in bloc.titres])
        for champ in bloc.champs:
            yield from self._champ(champ, inside._replace(chemin=self.chemins[champ.cle], sujet=f"la question « {champ.cle} »"))

    def _champ(self, champ: Champ, lieu: Lieu) -> Iterator[But]:
        nom, chemin = f"champ:{champ.cle}", lieu.chemin
        yield from self._sides(nom, "champ", lieu._replace(chemin=(*chemin, "si")), champ.si)
        inside = lieu._replace(where=(Atome("vu", (champ.cle,)),), dans=(nom,) if champ.si else lieu.dans)
        yield from self._sides(f"{nom}:requis", "requis", inside._replace(chemin=(*chemin, "requis")), champ.requis_si)
        yield from self._labels(f"libelle:{champ.cle}", inside._replace(chemin=(*chemin, "libelles")), [si for si, _ in champ.variantes])
        yield from self._options(champ, inside)
        if _is_bounded(champ) or (champ.options and all(option.si for option in champ.options)):
            blocked = inside._replace(where=())
            yield blocked.but(f"bloque:{champ.cle}", "bloque", (Atome("bloque", (champ.cle,)),), _bounds(champ), est_faute=True)
        for numero, membre in enumerate(champ.membres):
            ici = inside._replace(chemin=(*chemin, "champs", numero), sujet=f"la question « {champ.cle}.{membre.cle} »")
            for cle, si, nature in (("si", membre.si, "champ"), ("requis", membre.requis_si, "requis")):
                if si is not None:
                    for suite, wanted in (("", True), (":non", False)):
                        atome = Atome("ligne", (champ.cle, membre.cle, cle, wanted))
                        yield ici.but(f"{nom}.{membre.cle}:{cle}{suite}", nature + suite, (atome,), si.names | {champ.cle})

    def _options(self, champ: Champ, lieu: Lieu) -> Iterator[But]:
        if champ.type in ("oui_non", "case") and champ.est_lu:
            valeurs: tuple[Any, ...] = (True,) if champ.type == "case" and champ.requis else (True, False)
            for valeur in valeurs:
                yield self._chosen(champ, valeur, lieu)
        if len(champ.options) > OPTIONS_MAX or not (champ.est_lu or champ.options_variables):
            return
        for numero, option in enumerate(champ.options):
            ici = lieu._replace(chemin=(*lieu.chemin, "options", numero), sujet=f"la réponse « {option.valeur} » à « {champ.cle} »")
            nom = f"option:{champ.cle}:{option.valeur}"
            yield from self._sides(nom, "option", ici, option.si)
            yield self._chosen(champ, option.valeur, ici._replace(dans=(nom,)) if option.si else ici)

    def _chosen(self, champ: Champ, valeur: Any, lieu: Lieu) -> But:
        mot = ("oui" if valeur else "non") if isinstance(valeur, bool) else valeur
        ici = Lieu(lieu.chemin, self.fin, f"la réponse « {mot} » à « {champ.cle} »", (), lieu.dans)
        return ici.but(f"fin:{champ.cle}:{valeur}", "fin", (Atome("vaut", (champ.cle, valeur)), FINI), frozenset({champ.cle}))

    def _labels(self, nom: str, lieu: Lieu, sis: list[Expression]) -> Iterator[But]:
        """Give each label of a list, chosen: its condition holds, and none before it does."""
        before: tuple[Atome, ...] = ()
        for numero, si in enumerate(sis):
            sujet = f"le texte {numero + 1} de {lieu.sujet}"
            ici = lieu._replace(chemin=(*lieu.chemin, numero, "si"), sujet=sujet)
            yield ici.but(f"{nom}:{numero}", "libelle", (*before, vrai(si)), si.names)
            before = (*before, faux(si))

    def _around(self) -> Iterator[But]:
        for rang, controle in enumerate(self.demarche.controles):
            page = self.rang_pages[self.demarche.champs[controle.champ].page] if controle.champ in self.demarche.champs else 0
            atomes = (Atome("vu", (controle.champ,)), vrai(controle.si))
            yield But(
                f"controle:{rang}",
                "controle",
                ("controles", rang, "si"),
                page,
                atomes,
                f"le contrôle de « {controle.champ} »",
                controle.si.names,
            )

    def _receivers(self) -> Iterator[But]:
        for rang, prevu in enumerate(self.demarche.destinataires):
            chemin: Chemin = ("destinataires", rang)
            nom = f"destinataire:{prevu.cle}"
            lieu = Lieu((*chemin, "si"), self.fin, f"le destinataire « {prevu.cle} »", (ENVOYE,))
            yield from self._sides(nom, "destinataire", lieu, prevu.si)
            for numero, regle in enumerate(prevu.regles):
                lu = regle.territoire.names | (regle.si.names if regle.si else frozenset())
                atomes = (ENVOYE, Atome("regle", (rang, numero)))
                sujet = f"la règle {numero + 1} de « {prevu.cle} »"
                dans = (nom,) if prevu.si else ()
                yield But(f"regle:{prevu.cle}:{numero}", "regle", (*chemin, "regles", numero), self.fin, atomes, sujet, lu, dans)
        names = _read_by_receivers(self.demarche)
        yield But("sans_destinataire", "sans_destinataire", ("destinataires",), self.fin, (ENVOYE, Atome("personne")), "", names, (), True)

    def _following(self) -> Iterator[But]:
        demarche = self.demarche
        listes: tuple[tuple[str, Iterable[tuple[str, Expression | None]]], ...] = (
            ("documents", ((document.code, document.si) for document in demarche.documents)),
            ("echeances", ((echeance.cle, echeance.si) for echeance in demarche.echeances)),
            ("demarches_liees", ((liee.demarche, liee.si) for liee in demarche.demarches_liees)),
        )
        for liste, items in listes:
            for rang, (cle, si) in enumerate(items):
                lieu = Lieu((liste, rang, "si"), self.fin, f"« {cle} »", (ENVOYE,))
                yield from self._sides(f"{liste}:{rang}", "suite", lieu, si)

    def _table(self, rang: int, table: Table) -> Iterator[But]:
        chemin: Chemin = ("tables", rang)
        first = table.politique is Politique.FIRST
        for numero in range(len(table.lignes)):
            atomes = (FINI, Atome("rangee", (table.nom, numero, first)))
            sujet = f"la ligne {numero + 1} de la table « {table.nom} »"
            yield But(f"rangee:{table.nom}:{numero}", "rangee", (*chemin, "lignes", numero), self.fin, atomes, sujet, table.names)
        sujet = f"la table « {table.nom} »"
        if not table.sinon and table.politique is not Politique.COLLECT:
            atomes = (FINI, Atome("trou", (table.nom,)))
            yield But(f"trou:{table.nom}", "trou", (*chemin, "cle"), self.fin, atomes, sujet, table.names, (), True)
        if table.politique in (Politique.UNIQUE, Politique.ANY):
            atomes = (FINI, Atome("double", (table.nom,)))
            yield But(f"double:{table.nom}", "double", (*chemin, "cle"), self.fin, atomes, sujet, table.names, (), True)


def _ifs(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """Give the conditions of the outer « if » of a computed value, those whose names are the answers'."""
    waiting = [expression.tree]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, nodes.If):
            texte = expression.text[node.condition.start : node.condition.end]
            yield texte, parse(texte)
            waiting += [node.value, node.otherwise]


def _is_bounded(champ: Champ) -> bool:
    return all(isinstance(getattr(champ.composant, cle, None), Expression) for cle in ("min", "max"))


def _bounds(champ: Champ) -> frozenset[str]:
    bornes = [
        borne for borne in (getattr(champ.composant, "min", None), getattr(champ.composant, "max", None)) if isinstance(borne, Expression)
    ]
    return frozenset().union(*(borne.names for borne in bornes), *(option.si.names for option in champ.options if option.si))


def _read_by_receivers(demarche: Demarche) -> frozenset[str]:
    found: set[str] = set()
    for prevu in demarche.destinataires:
        found |= prevu.si.names if prevu.si else set()
        for regle in prevu.regles:
            found |= regle.territoire.names | (regle.si.names if regle.si else frozenset())
    return frozenset(found)
