"""What a diagram shows, and where: nodes from top to bottom in one column, exits on the right, skipped pages on the left."""

from dataclasses import dataclass, field

from psl.langage.definition.objets import Demarche, DestinatairePrevu, Page
from psl.langage.derives.phrases import say
from psl.langage.feel import Expression

AXE, LARGEUR, PAS = 250, 300, 34
LOSANGE, ROND, LIGNE = 44, 36, 20
GAUCHE, DROITE = 50, 520
SINON = "Sinon"
PAR_LIGNE = 36  # characters of a line in a node


@dataclass(frozen=True, slots=True)
class Noeud:
    """A node: `sorte` is depart, etape, choix, envoi, recoit, sortie or fin. Its box is in pixels."""

    cle: str
    sorte: str
    texte: str
    x: int
    y: int
    largeur: int
    hauteur: int

    @property
    def milieu(self) -> tuple[int, int]:
        return self.x + self.largeur // 2, self.y + self.hauteur // 2


@dataclass(frozen=True, slots=True)
class Fleche:
    """An arrow: from, to, what is said on it, the condition behind it, its corners; `par_defaut` when no condition holds."""

    cle: str
    de: str
    vers: str
    texte: str
    si: str
    points: tuple[tuple[int, int], ...]
    par_defaut: bool = False


@dataclass(frozen=True, slots=True)
class Diagramme:
    """A whole drawing."""

    cle: str
    titre: str
    noeuds: tuple[Noeud, ...]
    fleches: tuple[Fleche, ...]

    @property
    def hauteur(self) -> int:
        return max(noeud.y + noeud.hauteur for noeud in self.noeuds) + PAS


def wrap(texte: str, large: int = PAR_LIGNE) -> list[str]:
    """Cut a text into lines of at most so many characters, between words."""
    lignes: list[str] = []
    for mot in texte.replace("« ", "«\u00a0").replace(" »", "\u00a0»").replace(" ?", "\u00a0?").split(" "):
        if lignes and len(lignes[-1]) + 1 + len(mot) <= large:
            lignes[-1] += f" {mot}"
        else:
            lignes.append(mot)
    return lignes


def draw(demarche: Demarche) -> Diagramme:
    """Lay out the diagram of a démarche."""
    trace = _Trace(demarche)
    trace.put("depart", "depart", "Page de départ")
    for page in demarche.pages:
        trace.page(page)
    trace.put("verifier", "etape", "Vérifier et envoyer")
    trace.recipients(demarche.destinataires)
    return Diagramme(demarche.slug, demarche.titre, tuple(trace.noeuds), tuple(trace.fleches))


@dataclass(slots=True)
class _Attente:
    """An arrow whose end is not there yet: it goes to the next node of the column."""

    de: Noeud
    texte: str = ""
    si: str = ""
    par_defaut: bool = False
    by_left: bool = False


@dataclass(slots=True)
class _Trace:
    """Puts nodes one below the other and ties them."""

    demarche: Demarche
    noeuds: list[Noeud] = field(default_factory=list)
    fleches: list[Fleche] = field(default_factory=list)
    attentes: list[_Attente] = field(default_factory=list)
    bas: int = 20

    def put(self, cle: str, sorte: str, texte: str, *, marge: int = 0) -> Noeud:
        """Add a node at the foot of the column; every arrow that waits comes to it."""
        self.bas += marge
        noeud = _box(cle, sorte, texte, self.bas)
        for attente in self.attentes:
            self.tie(attente, noeud)
        self.noeuds.append(noeud)
        self.attentes = [_Attente(noeud)]
        self.bas = noeud.y + noeud.hauteur + PAS
        return noeud

    def page(self, page: Page) -> None:
        skipped: list[_Attente] = []
        if page.si is not None:
            texte = f"Si {say(page.si, self.demarche)}"
            choix = self.put(f"choix_{page.cle}", "choix", "")
            self.attentes = [_Attente(choix, texte, page.si.text)]
            skipped = [_Attente(choix, SINON, par_defaut=True, by_left=True)]
            self.bas += _room(texte)
        self.put(f"page_{page.cle}", "etape", page.titre)
        for sortie in page.sorties:
            choix = self.put(f"choix_sortie_{sortie.cle}", "choix", "")
            self.exit(choix, f"sortie_{sortie.cle}", sortie.titre, sortie.si)
        self.attentes += skipped

    def exit(self, choix: Noeud, cle: str, titre: str, si: Expression) -> None:
        """Add a way out at the right of a choice; whoever does not take it goes on below."""
        milieu = choix.milieu
        fin = Noeud(cle, "sortie", titre, DROITE, milieu[1] - ROND // 2, ROND, ROND)
        self.noeuds.append(fin)
        texte = f"Si {say(si, self.demarche)}"
        points = ((choix.x + choix.largeur, milieu[1]), (DROITE, milieu[1]))
        self.fleches.append(Fleche(f"vers_{cle}", choix.cle, cle, texte, si.text, points))
        self.attentes = [_Attente(choix, SINON, par_defaut=True)]
        self.bas += max(_room(texte), LIGNE * len(wrap(titre, 24)) + 10)

    def recipients(self, destinataires: tuple[DestinatairePrevu, ...]) -> None:
        """Add who receives: each below the other, tied to the sending by the left, then its end on the right."""
        envoi = self.put("envoi", "envoi", "")
        self.attentes = []
        for rang, prevu in enumerate(destinataires):
            phrase, si = self._when(prevu)
            self.bas += _room(phrase) if phrase else 0
            noeud = _box(f"recoit_{prevu.cle}", "recoit", f"{prevu.nom} reçoit la demande", self.bas)
            milieu = noeud.milieu[1]
            points = ((envoi.x, envoi.milieu[1]), (GAUCHE, envoi.milieu[1]), (GAUCHE, milieu), (noeud.x, milieu))
            self.fleches.append(Fleche(f"vers_{noeud.cle}", envoi.cle, noeud.cle, phrase, si, points))
            fin = Noeud(f"fin_{prevu.cle}", "fin", "", DROITE, milieu - ROND // 2, ROND, ROND)
            ends = ((noeud.x + noeud.largeur, milieu), (DROITE, milieu))
            self.fleches.append(Fleche(f"vers_{fin.cle}", noeud.cle, fin.cle, "", "", ends))
            self.noeuds += [noeud, fin]
            self.bas = noeud.y + noeud.hauteur + PAS * (rang + 1 < len(destinataires))

    def _when(self, prevu: DestinatairePrevu) -> tuple[str, str]:
        rules = [regle.si for regle in prevu.regles]
        conditions = [prevu.si] if prevu.si else []
        if all(rules):
            conditions += [si for si in rules if si]
        if not conditions:
            return "", ""
        phrase = " ; ou si ".join(say(si, self.demarche) for si in conditions) if not prevu.si else say(prevu.si, self.demarche)
        return f"Si {phrase}", " or ".join(f"({si.text})" for si in (conditions if not prevu.si else [prevu.si]))

    def tie(self, attente: _Attente, vers: Noeud) -> None:
        """Draw an arrow that waited: straight down, or by the left when it skips something."""
        de = attente.de
        top = (vers.milieu[0], vers.y)
        points = ((de.milieu[0], de.y + de.hauteur), top)
        if attente.by_left:
            elbow = vers.y - PAS // 2
            points = ((de.x, de.milieu[1]), (GAUCHE, de.milieu[1]), (GAUCHE, elbow), (top[0], elbow), top)  # type: ignore[assignment]
        self.fleches.append(
            Fleche(f"{de.cle}_a_{vers.cle}", de.cle, vers.cle, attente.texte, attente.si, points, par_defaut=attente.par_defaut)
        )


def _box(cle: str, sorte: str, texte: str, y: int) -> Noeud:
    if sorte in ("depart", "choix", "envoi"):
        cote = ROND if sorte == "depart" else LOSANGE
        return Noeud(cle, sorte, texte, AXE - cote // 2, y, cote, cote)
    hauteur = 24 + LIGNE * len(wrap(texte))
    return Noeud(cle, sorte, texte, AXE - LARGEUR // 2, y, LARGEUR, hauteur)


def _room(texte: str) -> int:
    """Return the height that the words of an arrow take."""
    return LIGNE * len(wrap(texte)) if texte else 0
