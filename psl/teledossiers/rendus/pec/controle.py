"""Reading and checking a whole PEC zip, ours or another's: what it is, and what is wrong with it, in sentences. Pure; never raises."""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from lxml import etree

from psl.teledossiers.rendus.pec import balises, controle_message, noms
from psl.teledossiers.rendus.pec.balises import XmlIllisible
from psl.teledossiers.rendus.pec.controle_message import Lu
from psl.teledossiers.rendus.pec.lecture import Annuaire, Entree, ZipIllisible, inflate, read_directory, show

DEFAUTS_MAX = 50
_LOGIQUE = re.compile(r"(?:^|\.)(?P<numero>A-[0-9]-[0-9A-Z]{8,9})-(?P<demarche>[^.]+?)-(?P<seq>[0-9]+)(?:\.[A-Za-z0-9]+)*\.zip$")
_DEBUTS = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
}

# From the code of a démarche and the code of a document to what checks its XML, or None.
type Schemas = Callable[[str, str], etree.XMLSchema | None]


@dataclass(slots=True)
class Constat:
    """What came of reading a zip: what was found, the faults, and what is no fault and is worth knowing."""

    lu: Lu | None = None
    membres: list[Entree] = field(default_factory=list)
    defauts: list[str] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.defauts


def check(fichier: BinaryIO, *, nom: str = "", schemas: Schemas = lambda demarche, code: None) -> Constat:
    """Return what is in a zip and what is wrong with it; `nom`: the file's own name, `schemas`: those of the démarches known."""
    constat = Constat()
    try:
        annuaire = read_directory(fichier)
    except ZipIllisible as erreur:
        constat.defauts.append(str(erreur))
        return constat
    constat.membres = annuaire.entrees
    constat.defauts += annuaire.defauts
    lus = _contents(fichier, annuaire, constat)
    racine = _parse(lus, noms.MESSAGE, constat)
    if racine is None:
        if annuaire.get(noms.MESSAGE) is None:
            constat.defauts.append("Il n'y a pas de message.xml à la racine du zip : ce n'est pas un télédossier de la PEC.")
    else:
        constat.defauts += controle_message.check_message(racine)
        metier = balises.first(racine, "Body", "Content", "Aller")
        if metier is not None:
            constat.lu = controle_message.read(metier)
            constat.remarques += controle_message.notes(constat.lu)
            constat.defauts += _check_members(annuaire, constat.lu, nom)
            _check_entete(lus, metier, constat)
            _check_documents(lus, constat, schemas)
    constat.defauts[DEFAUTS_MAX:] = ["Il y a d'autres défauts."] if len(constat.defauts) > DEFAUTS_MAX else []
    return constat


def _contents(fichier: BinaryIO, annuaire: Annuaire, constat: Constat) -> dict[str, bytes]:
    """Read every member through, and return the XML ones; a member that is not sound is not among them."""
    lus: dict[str, bytes] = {}
    for entree in annuaire.entrees:
        if not entree.is_safe or entree.nom in lus:
            continue
        try:
            octets = _through(fichier, entree)
        except ZipIllisible as erreur:
            constat.defauts.append(str(erreur))
            continue
        extension = noms.extension(entree.nom)
        if extension == "xml":
            lus[entree.nom] = octets
        elif extension in _DEBUTS and not octets.startswith(_DEBUTS[extension]):
            constat.defauts.append(f"« {show(entree.nom)} » n'est pas un fichier {extension.upper()}, malgré son nom.")
    return lus


def _through(fichier: BinaryIO, entree: Entree) -> bytes:
    """Read a member to its end; return its beginning, or all of it when it is an XML of a size that will be parsed."""
    garde = balises.TAILLE_MAX + 1 if entree.nom.endswith(".xml") else 16
    tenu = io.BytesIO()
    for morceau in inflate(fichier, entree):
        tenu.write(morceau[: max(0, garde - tenu.tell())])
    return tenu.getvalue()


def _parse(lus: Mapping[str, bytes], nom: str, constat: Constat, *, libre: bool = False) -> etree._Element | None:
    if nom not in lus:
        return None
    try:
        return balises.parse(lus[nom], libre=libre)
    except XmlIllisible as erreur:
        constat.defauts.append(f"« {show(nom)} » {erreur}")
        return None


def _check_members(annuaire: Annuaire, lu: Lu, nom: str) -> Iterator[str]:
    if annuaire.entrees[0].nom != noms.MESSAGE:
        yield "message.xml n'est pas le premier fichier du zip."
    racine = f"{lu.numero}-{lu.demarche}"
    presents, nommes = {entree.nom for entree in annuaire.entrees}, set(lu.references)
    lus = {entree.nom: noms.read(entree.nom, racine) for entree in annuaire.entrees}
    yield from (f"« {show(autre)} » n'a pas un nom de la forme {racine}-…" for autre, dit in lus.items() if dit is None)
    yield from (
        f"message.xml nomme « {show(fichier)} », qui n'est pas dans le zip." for fichier in lu.references if fichier not in presents
    )
    for autre, dit in lus.items():
        if dit and dit.sorte in ("doc", "pj") and autre not in nommes:
            yield f"« {show(autre)} » est dans le zip et message.xml ne le nomme pas."
    yield from _check_sequence({dit.seq for dit in lus.values() if dit and dit.sorte != "message"}, nom, racine)


def _check_sequence(rangs: set[int], nom: str, racine: str) -> Iterator[str]:
    if len(rangs) > 1:
        yield f"Les noms des fichiers portent des numéros d'envoi différents : {', '.join(map(str, sorted(rangs)))}."
    found = _LOGIQUE.search(nom)
    if found and f"{found['numero']}-{found['demarche']}" != racine:
        yield f"Le zip s'appelle « {show(nom)} » et contient {show(racine)}."
    elif found and rangs and int(found["seq"][:9]) not in rangs:
        yield f"Le zip porte le numéro d'envoi {found['seq'][:9]}, ses fichiers le {', '.join(map(str, sorted(rangs)))}."


def _check_entete(lus: Mapping[str, bytes], metier: etree._Element, constat: Constat) -> None:
    entetes = [nom for nom in lus if len(nom) <= noms.LONGUEUR_MAX and re.fullmatch(r".*-ent-\d+(?:-.*)?\.xml", nom)]
    if len(entetes) != 1:
        constat.defauts.append(f"Il faut un fichier d'en-tête « …-ent-<séq>.xml » et un seul ; il y en a {len(entetes)}.")
    for nom in entetes:
        racine = _parse(lus, nom, constat)
        if racine is None:
            continue
        constat.defauts += controle_message.check_shape(racine, "EnteteMetierEnveloppe")
        if _texts(racine) != _texts(metier):
            constat.defauts.append(f"« {show(nom)} » ne dit pas la même chose que message.xml.")


def _texts(element: etree._Element) -> list[tuple[str, str]]:
    return [(balises.name(un)[1], (un.text or "").strip()) for un in element.iter() if isinstance(un.tag, str)][1:]


def _check_documents(lus: Mapping[str, bytes], constat: Constat, schemas: Schemas) -> None:
    if constat.lu is None:
        return
    for code, fichier in constat.lu.documents:
        racine = _parse(lus, fichier, constat, libre=True) if fichier.endswith(".xml") else None
        schema = schemas(constat.lu.demarche, code) if racine is not None else None
        if racine is not None and schema is not None and not schema.validate(racine):
            fautes: Any = schema.error_log
            place = f"ligne {fautes[0].line}, {fautes[0].path}"
            constat.defauts.append(f"« {show(fichier)} » ne suit pas le schéma de la démarche ({place}).")
