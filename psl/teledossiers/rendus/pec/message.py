"""The two XML files of a PEC zip (pure): `message.xml` and its header file, byte for byte in the manner of the real platform.

One line; `ns2:` on the elements of the PEC, no prefix on those of the métier; an empty element is opened and closed; xmlns:xsi is
declared again on each Location. Readers exist that know nothing of namespaces: the prefixes are part of the format.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from psl.langage.derives.flux import DECLARATION, escape

PEC = "http://finances.gouv.fr/dgme/pec/message/v1"
METIER = "http://finances.gouv.fr/dgme/gf/composants/teledemarchexml/donnee/metier"
XS, XSI = "http://www.w3.org/2001/XMLSchema", "http://www.w3.org/2001/XMLSchema-instance"
PLATEFORME = "PSL_PART"
ACCUSES = ("AVL", "ANL")
ESSAIS, DELAI = 3, 1


@dataclass(frozen=True, slots=True)
class Lieu:
    """Who sends or receives; `guichet` None: the element is not written."""

    siret: str
    service: str
    guichet: str | None = None


@dataclass(frozen=True, slots=True)
class PieceJointe:
    """A file of the usager: what it was asked as, its code, the member that holds it."""

    intitule: str
    code: str
    fichier: str


@dataclass(frozen=True, slots=True)
class DocumentJoint:
    """A document made by the platform: its code, its name for people, the member that holds it."""

    code: str
    nom: str
    fichier: str


# The platform as partners' software has known it: acknowledgements go to the same place.
EMETTEUR = Lieu("13000210800012", "flux_GS_PEC_AVL", "")


@dataclass(frozen=True, slots=True)
class Message:
    """What a PEC message says. `depose_at` and `emis_at` carry the offset of the service's territory; `interne` is a whole number."""

    numero: str
    demarche: str
    rang: int
    interne: int
    depose_at: datetime
    emis_at: datetime
    destinataire: Lieu
    territoire: str
    mot_de_passe: str
    courriel: str
    expediteur: str
    pieces: tuple[PieceJointe, ...] = ()
    documents: tuple[DocumentJoint, ...] = ()
    emetteur: Lieu = field(default=EMETTEUR)

    @property
    def racine(self) -> str:
        """How every member's name begins."""
        return f"{self.numero}-{self.demarche}"


def message(contenu: Message) -> bytes:
    """Return `message.xml`."""
    tete = _pec("Header", _routing(contenu) + _security(contenu) + _extras(contenu))
    corps = _pec("Body", _pec("Content", _pec("Aller", _metier(contenu))))
    return f'{DECLARATION}<ns2:Message xmlns:ns2="{PEC}" xmlns="{METIER}">{tete}{corps}</ns2:Message>'.encode()


def entete(contenu: Message) -> bytes:
    """Return the header file: the children of `Aller`, in the same order."""
    return f'{DECLARATION}<EnteteMetierEnveloppe xmlns="{METIER}">{_metier(contenu)}</EnteteMetierEnveloppe>'.encode()


def element(nom: str, texte: str) -> str:
    """Return an element that holds a text, opened and closed even when it is empty."""
    return f"<{nom}>{escape(texte)}</{nom}>"


def _pec(nom: str, contenu: str) -> str:
    return f"<ns2:{nom}>{contenu}</ns2:{nom}>"


def _texts(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(element(nom, texte) for nom, texte in pairs)


def _routing(contenu: Message) -> str:
    identifiant = f"{contenu.numero} {contenu.interne} Principal {contenu.emis_at:%Y-%m-%dT%H:%M:%S}"
    accuses = "".join(element("ns2:AckType", sorte) for sorte in ACCUSES)
    return _pec(
        "Routing",
        _texts([("ns2:MessageId", identifiant), ("ns2:FlowType", contenu.demarche)])
        + _pec("Sender", _place(contenu.emetteur))
        + _pec("Recipients", _pec("Recipient", _place(contenu.destinataire)))
        + element("ns2:AckRequired", "true")
        + accuses
        + _pec("AckTo", _place(contenu.emetteur)),
    )


def _place(lieu: Lieu) -> str:
    guichet = "" if lieu.guichet is None else element("ns2:Guichet", lieu.guichet)
    dedans = _texts([("ns2:Siret", lieu.siret), ("ns2:Service", lieu.service)]) + guichet
    return element("ns2:Country", "FR") + f'<ns2:Location xmlns:xsi="{XSI}" xsi:type="ns2:Location_FR">{dedans}</ns2:Location>'


def _security(contenu: Message) -> str:
    rejeu = _pec("Rejeu", _texts([("ns2:NbRejeu", str(ESSAIS)), ("ns2:Delais", str(DELAI))]))
    return _pec("Security", _texts([("ns2:Horodatage", "true"), ("ns2:DateTime", instant(contenu.emis_at))]) + rejeu)


def _extras(contenu: Message) -> str:
    objet = f"{contenu.demarche} - {contenu.numero} : dossier à traiter"
    corps = (
        f"Bonjour,\n\nVous avez reçu le dossier {contenu.numero}. Vous le trouverez en pièce jointe.\n\n"
        "Pour changer son état ou renvoyer un fichier, ouvrez la page de suivi du service en ligne. Le mot de passe est dans le fichier "
        f"{contenu.racine}-ent-{contenu.rang}.xml. Ne le transmettez à personne d'autre.\n"
    )
    dedans = _texts([("ns2:From", contenu.expediteur), ("ns2:Subject", objet)])
    dedans += f'<ns2:Body xmlns:xs="{XS}" xmlns:xsi="{XSI}" xsi:type="xs:string">{escape(corps)}</ns2:Body>'
    return _pec("Extras", _pec("EmailConfiguration", dedans))


def _metier(contenu: Message) -> str:
    teledemarche = [
        ("NumeroTeledemarche", contenu.numero),
        ("MotDePasse", contenu.mot_de_passe),
        ("Suivi", ""),
        ("Date", instant(contenu.depose_at)),
        ("IdentifiantPlateforme", PLATEFORME),
        ("Email", contenu.courriel),
    ]
    donnee = _texts([("Id", "CodeINSEE"), ("Valeur", contenu.territoire)])
    return (
        element("NumeroDemarche", contenu.demarche)
        + f"<Teledemarche>{_texts(teledemarche)}</Teledemarche>"
        + f"<Routage><Donnee>{donnee}</Donnee></Routage>"
        + "".join(map(_piece, contenu.pieces))
        + "".join(map(_document, contenu.documents))
    )


def _piece(piece: PieceJointe) -> str:
    dedans = _texts([("Intitule", piece.intitule), ("Code", piece.code), ("Fichier", piece.fichier)])
    return f"<PieceJointe>{dedans}</PieceJointe>"


def _document(document: DocumentJoint) -> str:
    formulaire = f"<FichierFormulaire>{element('FichierDonnees', document.fichier)}</FichierFormulaire>"
    return f"<Document>{_texts([('Code', document.code), ('Nom', document.nom)])}{formulaire}</Document>"


def instant(at: datetime) -> str:
    """Return a date as messages write it: milliseconds and offset."""
    return at.isoformat(timespec="milliseconds")
