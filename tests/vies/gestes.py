"""A life told with a clock of one's own: who files, who answers, what each night does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.utils.module_loading import import_string

from psl.instruction import operations as instruction
from psl.instruction.models import Instruction
from psl.journal import purges
from psl.journal.verification import Anomalie, verify
from psl.periodiques import PERIODIQUES
from psl.routage import queries as routage
from psl.saisie.operations import send_link
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.suivi.operations import start_complement, write
from psl.teledossiers.operations import Depose
from tests.harnais import travaux
from tests.harnais.base import BaseReelle
from tests.instruction.monde import Monde
from tests.pieces.exemples import PDF
from tests.saisie import gestes
from tests.saisie.gestes import NOW
from tests.teledossiers.gestes import send
from tests.vies import canaris

# One word per place where a usager, an agent or the platform may write one.
MOTS = {
    "nom": "Canarinom",
    "prenom": "Canariprénom",
    "demandeur": "Canaridemandeur",
    "commentaire": "Canaricommentaire",
    "voie": "Canarivoie",
    "courriel": "canaricourriel",
    "lien": "canarilien",
    "fichier": "Canarifichier",
    "octets": "Canarioctets",
    "message": "Canarimessage",
    "motif": "Canarimotif",
    "reponse": "Canarireponse",
    "lettre": "Canarilettre",
    "telephone": "639981276",
    "naissance": "1931-02-28",
}
REPONSES = {
    "qualiteDemandeur": "PersonneConcernee",
    "identite1_nomFamille": MOTS["nom"],
    "identite1_prenoms": MOTS["prenom"],
    "identite1_dateNaissance": MOTS["naissance"],
    "identite2_nomFamille": MOTS["demandeur"],
    "commentaire": MOTS["commentaire"],
    "adresse": {"est_france": True, "voie": f"1 rue {MOTS['voie']}", "commune": gestes.LA_ROCHELLE},
    "contact_email": f"{MOTS['courriel']}@exemple.example.org",
    "contact_telephone": f"+33{MOTS['telephone']}",
}


def day(n: float) -> datetime:
    return NOW + timedelta(days=n)


@dataclass(frozen=True)
class Lieu:
    """A base and a state folder of one test."""

    base: BaseReelle
    etat: Path

    def leaks(self, *plus: str) -> list[str]:
        """Return the marked words that are somewhere in clear."""
        return canaris.found([*MOTS.values(), *plus], self.base, self.etat)

    def counts(self, *tables: str) -> dict[str, int]:
        dumped = canaris.dump(self.base)
        return {table: len(dumped[table].splitlines()) for table in tables}

    def files(self) -> list[Path]:
        """Return the files of usagers that are on the disk."""
        return [path for path in (self.etat / "fichiers").rglob("*") if path.is_file()]


def night(now: datetime) -> list[Anomalie]:
    """Do what every periodic operation does at that moment, the purges among them; return what is wrong with the journal."""
    for operation in PERIODIQUES:
        import_string(operation)(now=now)
    assert [error for _, _, error in purges.each(now) if error] == []
    import_string("psl.journal.operations.seal")(now=now)
    return verify()


def begin(now: datetime, **changes: object) -> UUID:
    """Return a brouillon with every marked word, a file, and a way back left by e-mail."""
    brouillon = gestes.ready(now=now, **{**REPONSES, **changes})
    gestes.attach(brouillon, nom=f"{MOTS['fichier']}.pdf", octets=PDF + f"% {MOTS['octets']}\n".encode(), now=now)
    send_link(brouillon, courriel=f"{MOTS['lien']}@exemple.example.org", now=now)
    travaux.drain(now)
    return brouillon


def file(now: datetime, **changes: object) -> Depose:
    depose = send(begin(now, **changes), now=now)
    travaux.drain(now)
    return depose


def affectation_of(depose: Depose) -> UUID:
    with scope(SYSTEME):
        [affectation] = routage.of_teledossier(depose.teledossier)
    return affectation.id


def version(affectation: UUID) -> int:
    with scope(SYSTEME):
        return Instruction.objects.get(id=affectation).version


def exchange(depose: Depose, monde: Monde, now: datetime) -> UUID:
    """Take, write, ask, complete: everything that leaves a word behind."""
    affectation, acteur = affectation_of(depose), monde.camille
    instruction.take(affectation, acteur=acteur, version=version(affectation), now=now)
    write(depose.teledossier, affectation, MOTS["message"], now=now)
    instruction.send_message(affectation, texte=MOTS["reponse"], acteur=acteur, now=now)
    instruction.ask(
        affectation,
        champs=["identite1_prenoms"],
        pieces=["pieceIdentite"],
        motif=MOTS["motif"],
        echeance_on=(now + timedelta(days=15)).date(),
        acteur=acteur,
        version=version(affectation),
        now=now,
    )
    travaux.drain(now)
    complement = start_complement(depose.teledossier, affectation, now=now)
    gestes.fill(complement, "personnes", {"identite1_prenoms": MOTS["prenom"]}, now=now)
    gestes.attach(complement, nom=f"{MOTS['fichier']}2.pdf", octets=PDF + f"% {MOTS['octets']} 2\n".encode(), now=now)
    gestes.fill(complement, "pieces", now=now)
    send(complement, now=now)
    instruction.consult(affectation, acteur=acteur, now=now)
    travaux.drain(now)
    return affectation


def decide(affectation: UUID, acteur: Acteur, now: datetime) -> None:
    instruction.refuse(affectation, motif=MOTS["motif"], lettre=MOTS["lettre"], acteur=acteur, version=version(affectation), now=now)
    travaux.drain(now)
