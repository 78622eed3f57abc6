"""What goes in a PEC zip (pure but for the PDF engine): message, header, documents of the platform, files of the usager, in that order."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from psl.langage.charger import Demarche
from psl.langage.derives import flux, flux_json
from psl.langage.evaluation import Situation
from psl.teledossiers.enveloppe import Enveloppe, PieceDeposee
from psl.teledossiers.rendus.pec import archive, liste, noms
from psl.teledossiers.rendus.pec.archive import Membre
from psl.teledossiers.rendus.pec.message import DocumentJoint, Lieu, Message, PieceJointe, entete, message

RECAP, LISTE = "recapPDF", "Liste des pieces jointes"
# Kinds whose bytes are compressed already: deflating them again costs their whole size in time and gains nothing.
DENSES = frozenset({"application/pdf", "image/jpeg", "image/png"})
MODULE = 10_000_000

type Lire = Callable[[PieceDeposee], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Remise:
    """What a zip is made of: a dépôt as its recipient has it, and what is to be said with it.

    `enveloppe` has the answers up to this dépôt, and the pieces of this dépôt alone; `lire` gives the bytes of a piece, in chunks.
    """

    demarche: Demarche
    situation: Situation
    enveloppe: Enveloppe
    recap: bytes
    lire: Lire
    interne: int
    territoire: str
    mot_de_passe: str
    expediteur: str
    zone: str = "Europe/Paris"
    siret: str = ""


@dataclass(frozen=True, slots=True)
class Paquet:
    """A zip to be sent: its logical name, its members, the date they carry."""

    nom: str
    message: Message
    membres: tuple[Membre, ...]

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes of the zip; the files are read as it goes, so only once."""
        return archive.write(self.membres, at=self.message.emis_at)


def pack(remise: Remise) -> Paquet:
    """Return the zip of a dépôt: the same dépôt gives the same bytes."""
    enveloppe, code = remise.enveloppe, remise.demarche.codes.psl
    vide = _message(remise)
    documents = [(joint, Membre(joint.fichier, [octets], joint.fichier.endswith(".pdf"))) for joint, octets in _documents(remise, vide)]
    pieces = list(_pieces(remise, vide))
    complet = replace(vide, pieces=tuple(joint for joint, _ in pieces), documents=tuple(joint for joint, _ in documents))
    tete = [Membre(noms.MESSAGE, [message(complet)]), Membre(noms.entete(complet.racine, complet.rang), [entete(complet)])]
    suite = [membre for _, membre in (*documents, *pieces)]
    return Paquet(noms.archive(f"{enveloppe.numero}-{code}", enveloppe.rang), complet, (*tete, *suite))


def _message(remise: Remise) -> Message:
    at = _local(remise.enveloppe.date, remise.zone)
    return Message(
        numero=remise.enveloppe.numero,
        demarche=remise.demarche.codes.psl,
        rang=remise.enveloppe.rang,
        interne=remise.interne % MODULE,
        depose_at=at,
        emis_at=at,
        destinataire=Lieu(remise.siret or remise.territoire.rjust(14, "0"), remise.demarche.codes.psl),
        territoire=remise.territoire,
        mot_de_passe=remise.mot_de_passe,
        courriel=remise.situation.courriel,
        expediteur=remise.expediteur,
    )


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))


def _documents(remise: Remise, vide: Message) -> Sequence[tuple[DocumentJoint, bytes]]:
    """Return the documents, the filled form first: some readers take the first `Document` for it."""
    found: list[tuple[DocumentJoint, bytes]] = []

    def add(code: str, nom: str, extension: str, octets: bytes) -> None:
        fichier = noms.document(vide.racine, code, vide.rang, extension)
        found.append((DocumentJoint(code, nom, fichier), octets))

    if prevu := remise.demarche.xml:
        add(prevu.document, prevu.nom, "xml", flux.write(remise.demarche, remise.situation, numero=vide.numero))
    if prevu := remise.demarche.json:
        add(prevu.document, prevu.nom, "json", flux_json.write(remise.demarche, remise.situation, numero=vide.numero))
    add(RECAP, "Récapitulatif", "pdf", remise.recap)
    add(LISTE, LISTE, "pdf", liste.render(remise.demarche, remise.enveloppe, _named(remise, vide), at=vide.emis_at))
    return found


def _pieces(remise: Remise, vide: Message) -> Iterator[tuple[PieceJointe, Membre]]:
    intitules = {piece.code: piece.libelle for piece in remise.demarche.pieces}
    for piece, fichier in zip(remise.enveloppe.pieces, _named(remise, vide), strict=True):
        joint = PieceJointe(intitules.get(piece.code, piece.code), piece.code, fichier)
        yield joint, Membre(fichier, remise.lire(piece), piece.type in DENSES)


def _named(remise: Remise, vide: Message) -> list[str]:
    rangs: Counter[str] = Counter()
    found = []
    for piece in remise.enveloppe.pieces:
        rangs[piece.code] += 1
        found.append(noms.piece(vide.racine, piece.code, rangs[piece.code], vide.rang, noms.extension(piece.nom)))
    return found
