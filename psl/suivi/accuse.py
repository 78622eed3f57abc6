"""The accusé on screen and as PDF, for the browser that filed: the number, the code for 24 hours, who answers, what binds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from psl.annuaire import queries as annuaire
from psl.demarches import queries as demarches
from psl.instruction.queries.contenu import applicant
from psl.langage import delais, evaluation, texte
from psl.langage.charger import Demarche
from psl.langage.definition.objets import DestinatairePrevu
from psl.langage.evaluation import Situation
from psl.saisie import queries as saisie
from psl.socle import clock
from psl.suivi import apres
from psl.suivi.apres import SuiteVue
from psl.teledossiers import queries
from psl.teledossiers.enveloppe import DestinataireScelle, Enveloppe
from psl.teledossiers.rendus import documents, pdf, sceau
from psl.teledossiers.rendus.documents import Repondant


@dataclass(frozen=True, slots=True)
class AccuseVu:
    """What was filed and what happens now; `consignes` is the way out for each service that is not connected."""

    teledossier: UUID
    numero: str
    rang: int
    code: str | None
    demarche: Demarche
    enveloppe: Enveloppe
    titre: str
    repondants: tuple[Repondant, ...]
    silence: str
    recours: str
    suite: str
    consignes: tuple[str, ...]
    courriel: str
    situation: Situation
    reponse_on: date | None = None

    @property
    def dates(self) -> tuple[SuiteVue, ...]:
        """The dates not to miss."""
        return apres.dates(self.situation)

    @property
    def liees(self) -> tuple[SuiteVue, ...]:
        """The démarches to do as well, now that this one is filed."""
        return apres.related(self.situation, ["depot"])


def show(brouillon_id: UUID, *, now: datetime) -> AccuseVu:
    """Return the accusé of the dépôt sealed from a brouillon; Refus 404 when nothing was filed from it."""
    scelle = queries.sealed_from(brouillon_id, now=now)
    if scelle is None:
        raise saisie.unknown()
    teledossier_id, numero, rang, code = scelle
    return of_depot(teledossier_id, numero, rang, code)


def of_depot(teledossier_id: UUID, numero: str, rang: int, code: str | None) -> AccuseVu:
    """Return the accusé of a dépôt; a complément has the title and the address of the whole request."""
    enveloppes = [queries.read_depot(teledossier_id, n) for n in range(1, rang + 1)]
    enveloppe, valeurs = enveloppes[-1], {cle: valeur for une in enveloppes for cle, valeur in une.valeurs.items()}
    demarche = demarches.compiled(enveloppe.digest, enveloppe.langue)
    jour = clock.local_date(enveloppes[0].date)
    return AccuseVu(
        teledossier=teledossier_id,
        numero=numero,
        rang=rang,
        code=code,
        demarche=demarche,
        enveloppe=enveloppe,
        titre=demarche.titre_of(valeurs),
        repondants=tuple(respondents(enveloppe)),
        silence=documents.silence_text(demarche, enveloppe.silence, enveloppe.langue),
        recours=texte.plain(demarche.faits.recours.texte),
        suite=demarche.messages["suite"].corps if "suite" in demarche.messages else "",
        consignes=tuple(
            foreseen(demarche, d.cle).non_raccorde
            for d in enveloppe.destinataires
            if annuaire.competent(enveloppe.slug, d.territoire) is None
        ),
        courriel=valeurs.get(demarche.coordonnees.courriel or "") or "",
        situation=evaluation.evaluate(demarche, valeurs, aujourdhui=jour),
        reponse_on=delais.add(jour, demarche.delais.reponse) if demarche.delais.reponse else None,
    )


def foreseen(demarche: Demarche, cle: str) -> DestinatairePrevu:
    """Return a recipient as the definition foresees it."""
    return next(prevu for prevu in demarche.destinataires if prevu.cle == cle)


def respondents(enveloppe: Enveloppe) -> Sequence[Repondant]:
    """Return who answers each destinataire of a dépôt: the connected service, else the town hall and its address."""
    return [_respondent(enveloppe.slug, destinataire) for destinataire in enveloppe.destinataires]


def _respondent(slug: str, destinataire: DestinataireScelle) -> Repondant:
    if (service := annuaire.competent(slug, destinataire.territoire)) is not None:
        vu = annuaire.service(service)
        return Repondant(f"{vu.administration}, {vu.nom}", vu.adresse, vu.telephone, vu.courriel, True)
    mairie = annuaire.get_commune(annuaire.registres(destinataire.territoire))
    if mairie is None:
        return Repondant(destinataire.nom, "", "", "", False)
    return Repondant(f"Mairie de {mairie.nom}", mairie.mairie_adresse, "", "", False)


def pdf_of(vue: AccuseVu, *, is_timestamped: bool = False) -> bytes:
    """Return the accusé as a sealed PDF, in the language of the request, with the code while it may be shown.

    The same bytes each time; a timestamped one differs each time by its token alone, and is kept.
    """
    with override(vue.enveloppe.langue):
        empreinte = queries.digest_of(vue.teledossier, vue.rang)
        piece = documents.accuse(vue.demarche, vue.enveloppe, vue.repondants, titre=vue.titre, code=vue.code, empreinte=empreinte)
        octets = pdf.render(piece, at=vue.enveloppe.date)
        return sceau.seal(octets, motif=f"{piece.titre} {vue.numero}", at=vue.enveloppe.date, is_timestamped=is_timestamped)


def recap_pdf_of(vue: AccuseVu) -> bytes:
    """Return the filled request as PDF, under its covering letter when it must be posted: in French, for whom it is sent to."""
    situation = evaluation.evaluate(
        demarches.compiled(vue.enveloppe.digest), vue.enveloppe.valeurs, aujourdhui=clock.local_date(vue.enveloppe.date)
    )
    with override("fr"):
        piece = documents.recap(situation.demarche, situation, vue.enveloppe, jointe="")
        if any(not repondant.connecte for repondant in vue.repondants):
            usager = [ligne for ligne in (applicant(vue.enveloppe.valeurs, vue.enveloppe.valeurs), vue.courriel) if ligne]
            piece = documents.covering_letter(vue.enveloppe, vue.repondants, titre=piece.titre, usager=usager, annexe=piece)
        return pdf.render(piece, at=vue.enveloppe.date)


def file_name(vue: AccuseVu) -> str:
    """Return the name under which the accusé is kept."""
    with override(vue.enveloppe.langue):
        return _("Accusé de réception") if vue.rang == 1 else _("Accusé de réception du complément")
