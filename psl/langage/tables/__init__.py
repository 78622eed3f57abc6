"""Decision tables (DMN 1.5, chapter 8): rows of conditions and what they give. Read from a definition by `parse`; pure."""

from psl.langage.tables.table import Entree, Ligne, Politique, Sortie, Table

__all__ = ["Entree", "Ligne", "Politique", "Sortie", "Table"]
