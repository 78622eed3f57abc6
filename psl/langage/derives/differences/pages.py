"""What changed in the pages: blocs, questions, options, pieces."""

from collections.abc import Iterator

from psl.langage.definition.objets import Bloc, Champ, Demarche, Piece
from psl.langage.derives.differences.changement import Changement, change, text
from psl.langage.derives.differences.questions import renamed, renaming_cost, settings
from psl.langage.derives.phrases import say
from psl.langage.feel import Expression

_MOTS = (
    ("libelle", "le libellé"),
    ("aide", "l'aide"),
    ("exemple", "l'exemple"),
    ("texte", "le texte"),
    ("niveau", "le niveau"),
    ("presentation", "la présentation"),
    ("defaut", "la réponse proposée"),
    ("autocomplete", "ce que le navigateur complète"),
)


class Pages:
    """The changes of pages, blocs, questions, options and pieces."""

    def __init__(self, avant: Demarche, apres: Demarche) -> None:
        self.avant = avant
        self.apres = apres
        self.renommes = renamed(avant, apres)
        self.pages = {page.cle: page for page in avant.pages}

    def changes(self) -> Iterator[Changement]:
        for page in self.apres.pages:
            lieu = f"Page « {page.titre} »"
            old = self.pages.get(page.cle)
            if old is None:
                yield Changement(lieu, "+", f"Nouvelle page ({page.cle}){self._when(page.si, self.apres)}.")
            else:
                if old.titre != page.titre:
                    yield Changement(lieu, "~", f"Le titre de la page : {change(old.titre, page.titre)}.")
                yield from self._shown("La page", old.si, page.si, lieu)
            yield from self._blocs(page.blocs, lieu)
            yield from self._removed(page.cle, lieu)
            yield from self._pieces(page.pieces, lieu)
            yield from self._pieces_removed(page.cle, lieu)
        yield from self._pages_removed()
        yield from self._moved_pages()

    def _pages_removed(self) -> Iterator[Changement]:
        kept = {page.cle for page in self.apres.pages}
        for page in self.avant.pages:
            if page.cle not in kept:
                lieu = f"Page « {page.titre} »"
                yield Changement(lieu, "-", f"Page retirée ({page.cle}).")
                yield from self._removed(page.cle, lieu)
                yield from self._pieces_removed(page.cle, lieu)

    def _moved_pages(self) -> Iterator[Changement]:
        both = [[page.cle for page in demarche.pages] for demarche in (self.avant, self.apres)]
        common = [[cle for cle in ordre if cle in both[1 - rang]] for rang, ordre in enumerate(both)]
        if common[0] != common[1]:
            yield Changement("Ordre des pages", "~", f"{' › '.join(common[0])} devient {' › '.join(common[1])}.")

    def _blocs(self, blocs: tuple[Bloc, ...], lieu: str) -> Iterator[Changement]:
        olds = {bloc.cle: bloc for page in self.avant.pages for bloc in page.blocs}
        for bloc in blocs:
            if old := olds.get(bloc.cle):
                if old.titre != bloc.titre:
                    yield Changement(lieu, "~", f"Le titre du bloc « {bloc.cle} » : {change(old.titre, bloc.titre)}.")
                if old.aide != bloc.aide:
                    yield Changement(lieu, "~", f"L'aide du bloc « {bloc.cle} » : {change(old.aide, bloc.aide)}.")
                yield from self._shown(f"Le bloc « {bloc.titre or bloc.cle} »", old.si, bloc.si, lieu)
            for champ in bloc.champs:
                yield from self._champ(champ, lieu)

    def _champ(self, champ: Champ, lieu: str) -> Iterator[Changement]:
        old = self.avant.champs.get(champ.cle)
        nom = f"« {champ.libelle or champ.cle} » ({champ.cle})"
        if old is None and (ancien := self.renommes.get(champ.cle)):
            yield Changement(lieu, "!", f"Clé renommée : {nom} s'appelait « {ancien} ».", renaming_cost(ancien, champ.cle))
        elif old is None:
            yield Changement(lieu, "+", f"Nouvelle question {nom}{self._when(champ.si, self.apres)}.")
        elif old.type != champ.type:
            texte = f"La question {nom} change de type : {old.type} devient {champ.type}."
            yield Changement(
                lieu, "!", texte, "Les réponses déjà données dans les brouillons seront redemandées ; le format de la donnée change."
            )
        else:
            yield from self._same(old, champ, nom, lieu)

    def _same(self, old: Champ, champ: Champ, nom: str, lieu: str) -> Iterator[Changement]:
        for attribut, mots in _MOTS:
            if getattr(old, attribut) != getattr(champ, attribut):
                yield Changement(lieu, "~", f"{nom} : {mots} {change(getattr(old, attribut), getattr(champ, attribut))}.")
        bornes = settings(old), settings(champ)
        for cle in dict.fromkeys((*bornes[0], *bornes[1])):
            if bornes[0].get(cle) != bornes[1].get(cle):
                yield Changement(lieu, "~", f"{nom} : {cle} {change(bornes[0].get(cle, ''), bornes[1].get(cle, ''))}.")
        yield from self._options(old, champ, nom, lieu)
        yield from self._shown(nom, old.si, champ.si, lieu)
        if _demand(old) != _demand(champ):
            yield Changement(lieu, "~", f"{nom} : {self._demand(champ)}.")
        if old.page != champ.page:
            yield Changement(lieu, "~", f"{nom} vient de la page « {self.pages[old.page].titre} ».")
        if [(m.cle, m.type) for m in old.membres] != [(m.cle, m.type) for m in champ.membres]:
            lost = ", ".join(m.cle for m in old.membres if m.cle not in {item.cle for item in champ.membres})
            yield Changement(
                lieu, "!" if lost else "~", f"{nom} : les questions de chaque ligne changent.", f"Perdu : {lost}." if lost else ""
            )

    def _options(self, old: Champ, champ: Champ, nom: str, lieu: str) -> Iterator[Changement]:
        olds, news = ({option.valeur: option for option in item.options} for item in (old, champ))
        for valeur, option in news.items():
            if valeur not in olds:
                yield Changement(lieu, "+", f"{nom} : nouvelle réponse possible « {option.libelle} » ({valeur}).")
            elif olds[valeur].libelle != option.libelle:
                yield Changement(lieu, "~", f"{nom} : la réponse {valeur} {change(olds[valeur].libelle, option.libelle)}.")
        for valeur, option in olds.items():
            if valeur not in news:
                texte = f"{nom} : la réponse « {option.libelle} » ({valeur}) n'est plus possible."
                yield Changement(lieu, "!", texte, "Les brouillons qui l'ont choisie devront répondre de nouveau.")

    def _removed(self, page: str, lieu: str) -> Iterator[Changement]:
        renommes = set(self.renommes.values())
        for cle, champ in self.avant.champs.items():
            if champ.page == page and cle not in self.apres.champs and cle not in renommes:
                cost = "Les réponses des brouillons sont perdues, et les logiciels qui lisent cette clé ne la trouveront plus."
                sorte = "!" if champ.composant.has_value else "-"
                yield Changement(lieu, sorte, f"Question retirée : « {champ.libelle or cle} » ({cle}).", cost if sorte == "!" else "")

    def _pieces(self, pieces: tuple[Piece, ...], lieu: str) -> Iterator[Changement]:
        olds = {piece.code: piece for piece in self.avant.pieces}
        for piece in pieces:
            nom = f"Pièce « {piece.libelle} » ({piece.code})"
            old = olds.get(piece.code)
            if old is None:
                yield Changement(lieu, "+", f"{nom} : nouvelle{self._when(piece.si, self.apres)}.")
                continue
            for attribut, mots in (
                ("libelle", "le libellé"),
                ("aide", "l'aide"),
                ("types", "les formats"),
                ("max_mo", "la taille"),
                ("max_fichiers", "le nombre"),
            ):
                if getattr(old, attribut) != getattr(piece, attribut):
                    yield Changement(lieu, "~", f"{nom} : {mots} {change(getattr(old, attribut), getattr(piece, attribut))}.")
            yield from self._shown(nom, old.si, piece.si, lieu)
            if _demand(old) != _demand(piece):
                yield Changement(lieu, "~", f"{nom} : {self._demand(piece)}.")

    def _pieces_removed(self, page: str, lieu: str) -> Iterator[Changement]:
        kept = {piece.code for piece in self.apres.pieces}
        for piece in self.avant.pieces:
            if piece.page == page and piece.code not in kept:
                texte = f"Pièce retirée : « {piece.libelle} » ({piece.code})."
                yield Changement(lieu, "!", texte, "Les fichiers déjà joints aux brouillons sous ce code ne seront pas transmis.")

    def _shown(self, nom: str, old: Expression | None, new: Expression | None, lieu: str) -> Iterator[Changement]:
        if text(old) != text(new):
            quand = f"si {say(new, self.apres)}" if new else "toujours"
            avant = f"si {say(old, self.avant)}" if old else "toujours"
            yield Changement(lieu, "~", f"{nom} : montré {quand} (avant : {avant}).")

    def _when(self, si: Expression | None, demarche: Demarche) -> str:
        return f", si {say(si, demarche)}" if si else ""

    def _demand(self, item: Champ | Piece) -> str:
        if item.requis_si is not None:
            return f"obligatoire si {say(item.requis_si, self.apres)}"
        return "devient obligatoire" if item.requis else "devient facultatif"


def _demand(item: Champ | Piece) -> tuple[bool, str]:
    return item.requis and item.requis_si is None, text(item.requis_si)
