"""Decision tables (DMN 1.5, chapter 8): rows of conditions and what they give. Pure.

`TABLE` is the shape of one in a definition, `parse` compiles it; `Table.names` are the names it reads, `Table.run` what computes it.
"""

from psl.langage.tables.lecture import TABLE, parse, parse_all
from psl.langage.tables.table import Entree, Ligne, Politique, Sortie, Table
from psl.langage.tables.types import FauteDeCase, check_sections, check_table

__all__ = ["TABLE", "Entree", "FauteDeCase", "Ligne", "Politique", "Sortie", "Table", "check_sections", "check_table", "parse", "parse_all"]
