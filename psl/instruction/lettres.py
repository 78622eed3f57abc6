"""The letter of an answer: the text that a démarche proposes, the ways of appeal, the document that is kept and given."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from psl.annuaire.queries import ServiceVu
from psl.instruction.etats import Etat
from psl.instruction.queries.contenu import Lu, words
from psl.instruction.queries.echanges import DecisionVue, DemandeVue
from psl.langage import texte
from psl.langage.charger import Demarche
from psl.langage.definition.objets import Decision
from psl.socle.clock import local_date
from psl.socle.dates import date_in_words
from psl.teledossiers.rendus.documents import PLATEFORME, mots
from psl.teledossiers.rendus.logos import Logo
from psl.teledossiers.rendus.pdf import Lettre, Ligne, Piece, Section

CLES = {Etat.ACCEPTE: "acceptee", Etat.REFUSE: "refusee", Etat.NON_RECEVABLE: "non_recevable", Etat.SANS_SUITE: "sans_suite"}


def words_of(demarche: Demarche, etat: Etat) -> Decision:
    """Return what a démarche says of an answer; one that says nothing has no letter and no way of appeal."""
    return demarche.decisions.get(CLES[etat]) or Decision(libelle="")


def proposal(lu: Lu | None, etat: Etat, service: ServiceVu | None) -> str:
    """Return the letter that a démarche proposes for an answer, its {{…}} filled, as plain text to be edited."""
    return texte.plain(words_of(lu.demarche, etat).lettre, words(lu, service)) if lu else ""


def appeal(demarche: Demarche, etat: Etat) -> str:
    """Return the ways of appeal that go with an answer, as plain text; empty when the démarche gives none."""
    return texte.plain(demarche.faits.recours.texte) if words_of(demarche, etat).recours else ""


def compose(
    decision: DecisionVue, service: ServiceVu, *, titre: str, numero: str, usager: Sequence[str] = (), logo: Logo | None = None
) -> Piece:
    """Return the letter of an answer: who answers, to whom, to what, when; the text, the reason, the ways of appeal."""
    sections = []
    if decision.motif:
        sections.append(Section(_("La raison"), paragraphs(decision.motif)))
    if decision.recours:
        sections.append(Section(_("Si vous n'êtes pas d'accord avec la réponse"), paragraphs(decision.recours)))
    return _letter(
        service,
        titre=titre,
        numero=numero,
        usager=usager,
        logo=logo,
        date=date_in_words(local_date(decision.decide_at, service.fuseau)),
        introduction=paragraphs(decision.lettre),
        sections=sections,
    )


def compose_request(
    demande: DemandeVue,
    service: ServiceVu,
    *,
    numero: str,
    attendus: Sequence[tuple[str, str]],
    usager: Sequence[str] = (),
    logo: Logo | None = None,
) -> Piece:
    """Return the letter that asks a complément: why, what (`attendus`: label and kind), until when, how to answer."""
    lignes = [Ligne(libelle, sorte) for libelle, sorte in attendus]
    date = date_in_words(demande.echeance_on)
    return _letter(
        service,
        titre=_("Votre demande est à compléter"),
        numero=numero,
        usager=usager,
        logo=logo,
        date=date_in_words(local_date(demande.demandee_at, service.fuseau)),
        introduction=[
            *paragraphs(demande.motif),
            _("Répondez avant le %(date)s : ouvrez votre dossier avec son numéro et votre code de suivi.") % {"date": date},
        ],
        sections=[Section(_("Ce que le service vous demande"), lignes=lignes, entetes=(_("À revoir ou à donner"), _("Sorte")))],
    )


def _letter(
    service: ServiceVu,
    *,
    titre: str,
    numero: str,
    usager: Sequence[str],
    logo: Logo | None,
    date: str,
    introduction: list[str],
    sections: list[Section],
) -> Piece:
    de = [service.administration, service.nom, service.adresse.replace(" | ", "\n"), service.telephone, service.courriel]
    return Piece(
        titre=titre,
        entete=PLATEFORME,
        pied=numero,
        encadre=[Ligne(_("Numéro de dossier"), numero)],
        introduction=introduction,
        sections=sections,
        mots=mots(),
        logo=logo,
        lettre=Lettre([line for line in de if line], usager, _("Le %(date)s") % {"date": date}, [service.nom]),
    )


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text."""
    return [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]
