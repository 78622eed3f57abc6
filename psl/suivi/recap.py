"""What the usager checks before sending: answers by block, pieces, who will receive them, what they declare."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psl.annuaire import queries as annuaire
from psl.langage.evaluation import BlocRecapitule, Destinataire, Situation, recapitulatif
from psl.pieces import queries as pieces
from psl.pieces.queries import FichierVu
from psl.saisie import parcours
from psl.saisie.parcours import Parcours
from psl.saisie.queries import BrouillonOuvert
from psl.socle.errors import Refus


@dataclass(frozen=True, slots=True)
class Reception:
    """Who will receive the request: the service when it is connected, else the town hall's address and what to do."""

    nom: str
    motif: str
    connecte: bool
    adresse: str
    consigne: str


@dataclass(frozen=True, slots=True)
class DeclarationVue:
    """A box to tick, and what is wrong when it was not."""

    cle: str
    libelle: str
    cochee: bool
    erreur: str


@dataclass(frozen=True, slots=True)
class RecapVu:
    """The page before sending."""

    situation: Situation
    trajet: Parcours
    blocs: tuple[BlocRecapitule, ...]
    fichiers: tuple[FichierVu, ...]
    receptions: tuple[Reception, ...]
    declarations: tuple[DeclarationVue, ...]
    erreurs: dict[str, str]
    est_complement: bool

    @property
    def titre(self) -> str:
        return self.situation.titre


def show(brouillon: BrouillonOuvert, *, cochees: Sequence[str] = (), refus: Refus | None = None, now: datetime) -> RecapVu:
    """Return what to check before sending; `refus` is why the sending just asked was refused, `cochees` the boxes that were ticked."""
    situation = brouillon.situation(now)
    attendues = {attendue.piece.code for attendue in situation.pieces}
    est_complement = brouillon.teledossier is not None
    erreurs = dict(refus.champs) or {"": refus.phrase} if refus else {}
    return RecapVu(
        situation=situation,
        trajet=parcours.parcours(situation, brouillon.document),
        blocs=tuple(recapitulatif(situation, brouillon.langue)),
        fichiers=tuple(fichier for fichier in pieces.of(brouillon.id) if fichier.piece in attendues),
        receptions=() if est_complement else tuple(_reception(brouillon, d) for d in situation.destinataires),
        declarations=()
        if est_complement
        else tuple(DeclarationVue(d.cle, d.libelle, d.cle in cochees, erreurs.get(d.cle, "")) for d in brouillon.demarche.declarations),
        erreurs=erreurs,
        est_complement=est_complement,
    )


def _reception(brouillon: BrouillonOuvert, destinataire: Destinataire) -> Reception:
    service = annuaire.competent(brouillon.slug, destinataire.territoire)
    if service is not None:
        return Reception(annuaire.service(service).nom, destinataire.motif, True, "", "")
    mairie = annuaire.get_commune(annuaire.registres(destinataire.territoire))
    nom, adresse = (mairie.nom, mairie.mairie_adresse.replace(" | ", ", ")) if mairie else (destinataire.nom, "")
    return Reception(nom, destinataire.motif, False, adresse, destinataire.non_raccorde)
