"""The drawing as BPMN 2.0 XML with its layout (BPMNDI): what standard modelers open."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from psl.langage.derives.diagramme.graphe import Diagramme, Fleche, Noeud

_BALISES = {
    "depart": "startEvent",
    "etape": "userTask",
    "choix": "exclusiveGateway",
    "envoi": "inclusiveGateway",
    "recoit": "serviceTask",
    "sortie": "endEvent",
    "fin": "endEvent",
}
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
_NOMS = {"choix": "", "envoi": "Destinataires", "fin": "Demande transmise"}


def to_bpmn(diagramme: Diagramme) -> str:
    """Write the process, its nodes, its flows with their FEEL conditions, and where each is drawn."""
    nom = quoteattr(diagramme.titre)
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"',
            ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"',
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions"',
            f" targetNamespace={quoteattr(f'urn:psl:demarche:{diagramme.cle}')}>",
            f'  <process id="processus" name={nom} isExecutable="false">',
            *(line for noeud in diagramme.noeuds for line in _node(noeud, diagramme.fleches)),
            *(line for fleche in diagramme.fleches for line in _flow(fleche)),
            "  </process>",
            f'  <bpmndi:BPMNDiagram id="diagramme" name={nom}>',
            '    <bpmndi:BPMNPlane id="plan" bpmnElement="processus">',
            *(_bounds(noeud) for noeud in diagramme.noeuds),
            *(_edge(fleche) for fleche in diagramme.fleches),
            "    </bpmndi:BPMNPlane>",
            "  </bpmndi:BPMNDiagram>",
            "</definitions>",
            "",
        )
    )


def _node(noeud: Noeud, fleches: tuple[Fleche, ...]) -> Iterator[str]:
    balise = _BALISES[noeud.sorte]
    entrees = [fleche.cle for fleche in fleches if fleche.vers == noeud.cle]
    sorties = [fleche for fleche in fleches if fleche.de == noeud.cle]
    defaut = next((f' default="{_id(fleche.cle)}"' for fleche in sorties if fleche.par_defaut), "")
    nom = noeud.texte or _NOMS.get(noeud.sorte, "")
    yield f'    <{balise} id="{_id(noeud.cle)}" name={quoteattr(nom)}{defaut}>'
    yield from (f"      <incoming>{_id(cle)}</incoming>" for cle in entrees)
    yield from (f"      <outgoing>{_id(fleche.cle)}</outgoing>" for fleche in sorties)
    yield f"    </{balise}>"


def _flow(fleche: Fleche) -> Iterator[str]:
    tete = f'    <sequenceFlow id="{_id(fleche.cle)}" sourceRef="{_id(fleche.de)}" targetRef="{_id(fleche.vers)}"'
    nom = f" name={quoteattr(fleche.texte)}" if fleche.texte else ""
    if not fleche.si:
        yield f"{tete}{nom}/>"
        return
    yield f"{tete}{nom}>"
    yield f'      <conditionExpression xsi:type="tFormalExpression" language="{FEEL}">{escape(fleche.si)}</conditionExpression>'
    yield "    </sequenceFlow>"


def _bounds(noeud: Noeud) -> str:
    place = f'<dc:Bounds x="{noeud.x}" y="{noeud.y}" width="{noeud.largeur}" height="{noeud.hauteur}"/>'
    marque = ' isMarkerVisible="true"' if noeud.sorte == "choix" else ""
    cle = _id(noeud.cle)
    return f'      <bpmndi:BPMNShape id="forme_{cle}" bpmnElement="{cle}"{marque}>{place}</bpmndi:BPMNShape>'


def _edge(fleche: Fleche) -> str:
    points = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in fleche.points)
    cle = _id(fleche.cle)
    return f'      <bpmndi:BPMNEdge id="trait_{cle}" bpmnElement="{cle}">{points}</bpmndi:BPMNEdge>'


def _id(cle: str) -> str:
    return f"n_{cle}"
