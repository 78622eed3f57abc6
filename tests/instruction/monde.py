"""A small world: two town halls, three agents of one and one of the other, a request filed for the first."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from psl.annuaire.models import Agent, Habilitation
from psl.annuaire.operations.competences import give_competences, keep_administration, keep_service
from psl.annuaire.operations.sessions import open_session
from psl.instruction import operations, queries
from psl.instruction.models import Instruction
from psl.journal import queries as journal
from psl.routage import queries as routage
from psl.socle import clock
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.teledossiers import queries as teledossiers
from tests.harnais import travaux
from tests.pieces.exemples import PDF
from tests.usager import gestes


@dataclass
class Monde:
    """Who is there, and what was filed. `camille` and `yanis` serve La Rochelle with `helene`, its responsable; `ines` serves Rochefort."""

    la_rochelle: UUID
    rochefort: UUID
    camille: Acteur
    yanis: Acteur
    helene: Acteur
    ines: Acteur
    now: datetime = field(default_factory=clock.now)

    def file(self, **parametres: str) -> UUID:
        """File a marriage request for La Rochelle and do what follows; return its affectation."""
        client = Client()
        brouillon = gestes.fill_all(client, **{"action": "MARIAGE", **parametres})
        piece = SimpleUploadedFile("carte d'identité.pdf", PDF)
        reponse = client.post(f"/ma-demande/{brouillon}/etape/pieces", {"pieceIdentite": piece})
        assert reponse.status_code == 302, reponse.content.decode()
        gestes.send(client, brouillon)
        travaux.drain()
        with scope(SYSTEME):
            scelle = teledossiers.sealed_from(brouillon, now=clock.now())
            assert scelle is not None
            return routage.of_teledossier(scelle[0])[0].id

    def see(self, affectation: UUID) -> Instruction:
        """Return the row as it is."""
        with scope(SYSTEME):
            return Instruction.objects.get(id=affectation)

    def version(self, affectation: UUID) -> int:
        return self.see(affectation).version

    def take(self, affectation: UUID, acteur: Acteur | None = None) -> None:
        operations.take(affectation, acteur=acteur or self.camille, version=self.version(affectation), now=clock.now())

    def ask(self, affectation: UUID, *, pieces: tuple[str, ...] = ("pieceIdentite",), champs: tuple[str, ...] = ()) -> UUID:
        return operations.ask(
            affectation,
            champs=champs,
            pieces=pieces,
            motif="La photo est trop sombre.",
            echeance_on=clock.local_date(clock.now()) + timedelta(days=15),
            acteur=self.camille,
            version=self.version(affectation),
            now=clock.now(),
        )

    def usager(self, affectation: UUID) -> Acteur:
        """Return who follows the request."""
        sujet = self.see(affectation).teledossier
        return Acteur("porteur", sujet, sujet=sujet)

    def sortes(self, affectation: UUID) -> list[str]:
        """Return what the journal tells of an affectation, in order."""
        return [fait.sorte for fait in journal.of(affectation)]

    def demande(self, affectation: UUID) -> queries.DemandeVue | None:
        with scope(self.usager(affectation)):
            return queries.open_request(affectation)

    def client(self, acteur: Acteur) -> Client:
        """Return the browser of an agent in an open session."""
        client = Client()
        assert acteur.id is not None
        client.cookies["agent"] = open_session(acteur.id, appareil="essai", verifiee=True, now=clock.now())
        return client


def make() -> Monde:
    """Make the world in the test's base."""
    now = clock.now()
    services = {
        commune: keep_service(
            f"{cle}-etat-civil",
            keep_administration(cle, f"Mairie de {nom}"),
            nom="Service de l'état civil",
            adresse=f"Place de l'Hôtel-de-Ville | {commune} {nom}",
            telephone="05 36 49 17 30",
            courriel=f"etat-civil@{cle}.example.org",
        )
        for commune, cle, nom in (("17300", "la-rochelle", "La Rochelle"), ("17299", "rochefort", "Rochefort"))
    }
    for commune, service in services.items():
        give_competences(service, "acte-etat-civil", [commune])

    def agent(nom: str, service: UUID, role: str = "agent") -> Acteur:
        row = Agent.objects.create(courriel=f"{nom.split(maxsplit=1)[0].lower()}@mairie.example.org", nom=nom, mot_de_passe="!", totp=b"")
        Habilitation.objects.create(agent=row, service_id=service, role=role)
        return Acteur("agent", row.id, services=frozenset({service}))

    ici, ailleurs = services["17300"], services["17299"]
    return Monde(
        ici,
        ailleurs,
        agent("Camille Rivière", ici),
        agent("Yanis Moreau", ici),
        agent("Hélène Garnier", ici, "responsable"),
        agent("Inès Caillaud", ailleurs),
        now,
    )
