"""Fields of every kind, and a reader of the HTML they give."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from psl.portails.theme.champs import Option


@dataclass(frozen=True)
class Champ:
    cle: str
    type: str
    libelle: str = "Une question ?"
    aide: str = "De l'aide."
    exemple: str = "Dupont"
    autocomplete: str = ""
    presentation: str = ""
    niveau: str = "info"
    texte: str = "Du **texte**."


OPTIONS = (Option("A", "Premier", "Avec de l'aide"), Option("B", "Second"))
PAYS = (Option("99100", "France"), Option("99109", "Allemagne"), Option("99326", "Côte d'Ivoire"))
CHAMPS = [
    Champ("nom", "texte", autocomplete="family-name"),
    Champ("motif", "texte_long"),
    Champ("n", "nombre"),
    Champ("naissance", "date", autocomplete="bday"),
    Champ("sorte", "choix", presentation="radio"),
    Champ("forme", "choix", presentation="liste"),
    Champ("veut", "oui_non"),
    Champ("certifie", "case"),
    Champ("courriel", "courriel"),
    Champ("tel", "telephone"),
    Champ("commune", "commune"),
    Champ("pays", "pays"),
    Champ("adresse", "adresse"),
]


VIDES = frozenset({"input", "meta", "link", "br", "hr", "img"})


@dataclass
class Element:
    tag: str
    attributs: dict[str, str]
    morceaux: list[str] = field(default_factory=list)

    @property
    def texte(self) -> str:
        return "".join(self.morceaux).strip()


@dataclass
class Page(HTMLParser):
    """Every element of some HTML, its attributes decoded, its own text, in order."""

    elements: list[Element] = field(default_factory=list)
    ouverts: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        if tag not in VIDES:
            self.ouverts.append(self.elements[-1])

    def handle_endtag(self, tag: str) -> None:
        assert self.ouverts.pop().tag == tag

    def handle_data(self, data: str) -> None:
        if self.ouverts:
            self.ouverts[-1].morceaux.append(data)

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def by_id(self, id_: str) -> Element:
        found = [element for element in self.elements if element.attributs.get("id") == id_]
        assert len(found) == 1, f"{id_} : {len(found)} fois"
        return found[0]

    def controls(self) -> list[Element]:
        return [e for e in self.all("input", "select", "textarea") if e.attributs.get("type") != "hidden"]


def read(html: str) -> Page:
    """Read whole HTML; an element closed out of turn fails."""
    page = Page()
    page.feed(html)
    page.close()
    assert [element.tag for element in page.ouverts] == []
    return page
