"""The diagram of a démarche: its pages, its ways out, who receives; drawn as SVG, as BPMN 2.0, told as text. Pure."""

from psl.langage.derives.diagramme.bpmn import to_bpmn
from psl.langage.derives.diagramme.graphe import Diagramme, draw
from psl.langage.derives.diagramme.svg import to_svg, to_text

__all__ = ["Diagramme", "draw", "to_bpmn", "to_svg", "to_text"]
