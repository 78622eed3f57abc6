"""The 106 criteria of RGAA 4.1, each with how it is judged. `python -m tests.rgaa.grille` writes docs/rgaa.md from criteres.tsv."""

import csv
from typing import NamedTuple

from tests.harnais.lieux import RACINE

DONNEES = RACINE / "tests" / "rgaa" / "criteres.tsv"
PAGE = RACINE / "docs" / "rgaa.md"
THEMES = (
    "Images", "Cadres", "Couleurs", "Multimédia", "Tableaux", "Liens", "Scripts", "Éléments obligatoires", "Structure de l'information",
    "Présentation de l'information", "Formulaires", "Navigation", "Consultation",
)  # fmt: skip
AUTOMATIQUE, MAIN, SANS_OBJET = "automatique", "main", "sans objet"
EN_TETE = """# Les 106 critères du RGAA 4.1

- **{automatique} critères ont un contrôle automatique** : {entiers} sans reste connu, {partiels} à finir à la main.
- **{main} critères se contrôlent à la main.** Aucun de ces contrôles n'est encore fait.
- **{sans_objet} critères sont sans objet** : rien de ce qu'ils jugent n'est dans la plateforme.

Ce tableau dit comment chaque critère est contrôlé. Il ne dit pas que la plateforme est conforme : un outil trouve des défauts, il ne
prouve pas leur absence, et les essais jugent les pages d'exemple, pas toutes celles qu'un service publiera. La conformité
vient du seul audit (`donnees/accessibilite/audit.json`), et aucun n'est fait. Les titres sont les nôtres ; le référentiel fait foi.

Cette page est faite de `tests/rgaa/criteres.tsv` par `python -m tests.rgaa.grille`. Un essai vérifie qu'elle est à jour, que les 106
critères y sont, et que chaque essai nommé existe.
"""


class Critere(NamedTuple):
    """A criterion: how it is judged, by which tests, and what is left to do by hand or why it has no object."""

    numero: str
    titre: str
    sorte: str
    essais: tuple[str, ...]
    note: str


def read() -> list[Critere]:
    """Return the criteria, in their order."""
    with DONNEES.open(encoding="utf-8", newline="") as lignes:
        return [
            Critere(
                ligne["numero"],
                ligne["titre"],
                ligne["sorte"],
                tuple(ligne["essais"].split(", ")) if ligne["essais"] else (),
                ligne["note"],
            )
            for ligne in csv.DictReader(lignes, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def page() -> str:
    """Return docs/rgaa.md."""
    criteres = read()
    nombres = {sorte: sum(un.sorte == sorte for un in criteres) for sorte in (AUTOMATIQUE, MAIN, SANS_OBJET)}
    partiels = sum(un.sorte == AUTOMATIQUE and bool(un.note) for un in criteres)
    texte = EN_TETE.format(
        automatique=nombres[AUTOMATIQUE],
        entiers=nombres[AUTOMATIQUE] - partiels,
        partiels=partiels,
        main=nombres[MAIN],
        sans_objet=nombres[SANS_OBJET],
    )
    for rang, theme in enumerate(THEMES, start=1):
        siens = [un for un in criteres if un.numero.split(".")[0] == str(rang)]
        texte += f"\n## {rang}. {theme}\n\n| critère | ce qu'il demande | contrôle | essais, geste ou raison |\n|---|---|---|---|\n"
        texte += "".join(f"| {un.numero} | {un.titre} | {un.sorte} | {_cell(un)} |\n" for un in siens)
    return texte


def _cell(critere: Critere) -> str:
    debut = {AUTOMATIQUE: "reste à la main : ", MAIN: "pas encore fait : ", SANS_OBJET: ""}[critere.sorte]
    return "<br>".join([*(f"`{essai}`" for essai in critere.essais), *([debut + critere.note] if critere.note else [])])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
