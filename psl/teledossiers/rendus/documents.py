"""The words of the accusé and of the recap (pure): from a dépôt and who answers it, to a document to render."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from psl.langage import texte
from psl.langage.charger import Demarche
from psl.langage.definition.entourage import DocumentPrevu
from psl.langage.evaluation import Situation, recapitulatif
from psl.socle.clock import local_date
from psl.socle.dates import date_in_words, in_words
from psl.teledossiers.enveloppe import Enveloppe
from psl.teledossiers.rendus import prose
from psl.teledossiers.rendus.logos import Logo
from psl.teledossiers.rendus.pdf import Lettre, Ligne, Piece, Section

PLATEFORME = "PSL — Plateforme des services en ligne"


@dataclass(frozen=True, slots=True)
class Repondant:
    """Who answers a télédossier: name, postal address, phone, e-mail; `connecte` False when the usager must file it themself."""

    nom: str
    adresse: str
    telephone: str
    courriel: str
    connecte: bool


def mots() -> dict[str, str]:
    """Return the few words of the page itself, in the language at hand."""
    return {"page": _("page"), "jointe": _("Les réponses de cette demande, au format JSON")}


def accuse(
    demarche: Demarche,
    enveloppe: Enveloppe,
    repondants: Sequence[Repondant],
    *,
    titre: str,
    code: str | None,
    empreinte: str,
    zone: str = "Europe/Paris",
) -> Piece:
    """Return the accusé de réception électronique: what CRPA R112-11-1 asks.

    The date of receipt; the service in charge, its address and phone; what silence means and its date; the ways of appeal.
    """
    langue = enveloppe.langue
    encadre = [Ligne(_("Numéro de dossier"), enveloppe.numero), Ligne(_("Reçu le"), in_words(enveloppe.date, langue, zone))]
    if code:
        encadre.append(Ligne(_("Code de suivi, à garder pour vous"), code))
    return Piece(
        titre=_("Accusé de réception"),
        entete=PLATEFORME,
        pied=enveloppe.numero,
        encadre=encadre,
        introduction=[
            titre,
            _("Votre demande a bien été reçue. Gardez ce document : il prouve la date de votre dépôt."),
        ],
        sections=[
            Section(_("Qui vous répond"), lignes=[line for repondant in repondants for line in _contact(repondant)]),
            _silence(demarche, enveloppe.silence, langue),
            Section(_("Si vous n'êtes pas d'accord avec la réponse"), prose=prose.blocks(demarche.faits.recours.texte)),
            Section(_("Ce que vous avez envoyé"), lignes=_pieces(enveloppe)),
            Section(
                _("Comment prouver ce dépôt"),
                [_("Ce document est scellé par la plateforme. L'empreinte ci-dessous est celle de tout ce que vous avez envoyé.")],
                [Ligne(_("Empreinte SHA-256"), _digest(empreinte))],
            ),
        ],
        langue=langue,
        mots=mots(),
    )


def _silence(demarche: Demarche, silence: dict[str, str] | None, langue: str) -> Section:
    titre = _("Si l'administration ne répond pas")
    if silence is None:
        return Section(titre, prose=prose.blocks(demarche.faits.silence.texte))
    return Section(titre, [silence_text(demarche, silence, langue)])


def silence_text(demarche: Demarche, silence: dict[str, str] | None, langue: str) -> str:
    """Return what silence means, with its date when the definition gives one; a fact to be confirmed says so in its own words."""
    if silence is None:
        return texte.plain(demarche.faits.silence.texte)
    le = date_in_words(date.fromisoformat(silence["le"]), langue)
    phrases = {
        "rejet": _("Sans réponse le %(le)s, votre demande sera considérée comme refusée.") % {"le": le},
        "accord": _("Sans réponse le %(le)s, votre demande sera considérée comme acceptée. Vous pourrez demander une attestation.")
        % {"le": le},
    }
    return phrases[silence["regime"]]


def _contact(repondant: Repondant) -> list[Ligne]:
    lignes = [Ligne(_("Service"), repondant.nom), Ligne(_("Adresse"), repondant.adresse.replace(" | ", "\n"))]
    if repondant.telephone:
        lignes.append(Ligne(_("Téléphone"), repondant.telephone))
    if repondant.courriel:
        lignes.append(Ligne(_("Adresse électronique"), repondant.courriel))
    return lignes


def _pieces(enveloppe: Enveloppe) -> list[Ligne]:
    lignes = [Ligne(_("Réponses"), _("%(n)d réponses") % {"n": len(enveloppe.valeurs)})]
    return lignes + [Ligne(piece.nom, f"{size_in_words(piece.taille)}\nSHA-256 :\n{_digest(piece.sha256)}") for piece in enveloppe.pieces]


def _digest(sha256: str) -> str:
    return f"{sha256[:32]}\n{sha256[32:]}"


def size_in_words(octets: int) -> str:
    """Return a size as it is read: "12 ko", "3,4 Mo"."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))} ko"
    return f"{octets / 1_000_000:.1f} Mo".replace(".", ",")


def recap(
    demarche: Demarche,
    situation: Situation,
    enveloppe: Enveloppe,
    *,
    jointe: str,
    zone: str = "Europe/Paris",
    langue: str = "fr",
    logo: Logo | None = None,
    calculs: Mapping[str, Any] | None = None,
) -> Piece:
    """Return the recap of a dépôt for its reader: answers in the reader's order, their sources, the pieces with their digests.

    `langue` is the reader's: a French service's, whatever the language of the request;
    `calculs` the computed values it received, when not all.
    """
    entetes = (_("Question"), _("Réponse"))
    sections = [
        Section(
            bloc.titre,
            lignes=[Ligne(libelle, valeur, _source(enveloppe.provenance.get(cle))) for cle, libelle, valeur in bloc.lignes],
            entetes=entetes,
        )
        for bloc in recapitulatif(situation, langue, calculs=calculs)
    ]
    if enveloppe.pieces:
        sections.append(Section(_("Pièces jointes"), lignes=_pieces(enveloppe)[1:], entetes=(_("Fichier"), _("Taille et empreinte"))))
    return Piece(
        titre=demarche.titre_of(enveloppe.valeurs),
        entete=PLATEFORME,
        pied=enveloppe.numero,
        encadre=[Ligne(_("Numéro de dossier"), enveloppe.numero), Ligne(_("Reçu le"), in_words(enveloppe.date, langue, zone))],
        sections=sections,
        langue=langue,
        jointe=jointe,
        mots=mots(),
        logo=logo,
    )


def _source(provenance: str | None) -> str:
    return _("Donné par la page qui a mené à la démarche") if provenance == "adresse" else provenance or ""


def covering_letter(enveloppe: Enveloppe, repondants: Sequence[Repondant], *, titre: str, usager: Sequence[str], annexe: Piece) -> Piece:
    """Return the letter that goes with a filled request posted to services that are not connected; in French, the reader's language.

    `usager`: who writes, line by line.
    """
    a = [
        line
        for repondant in repondants
        if not repondant.connecte
        for line in (repondant.nom, repondant.adresse.replace(" | ", "\n"))
        if line
    ]
    fichiers = [Ligne(piece.nom, size_in_words(piece.taille)) for piece in enveloppe.pieces]
    return Piece(
        titre=_("Objet : %(titre)s") % {"titre": titre},
        entete=PLATEFORME,
        pied=enveloppe.numero,
        encadre=[Ligne(_("Numéro de dossier"), enveloppe.numero)],
        introduction=[
            _("Madame, Monsieur,"),
            _("Voici ma demande, remplie en ligne, et les pièces qui l'accompagnent."),
            _("Je vous prie de recevoir mes salutations respectueuses."),
        ],
        sections=[Section(_("Pièces à joindre à cette lettre"), lignes=fichiers, entetes=(_("Fichier"), _("Taille")))] if fichiers else [],
        lettre=Lettre(usager, a, date_in_words(local_date(enveloppe.date), "fr"), [_("Signature :")]),
        mots=mots(),
        annexe=annexe,
    )


def foreseen(prevu: DocumentPrevu, *, numero: str, jour: date, titre: str, valeurs: Mapping[str, str], langue: str) -> Piece:
    """Return a document that the définition foresees: its text, the answers in place (`valeurs`, as they are read)."""
    return Piece(
        titre=prevu.nom,
        entete=PLATEFORME,
        pied=numero,
        encadre=[Ligne(_("Numéro de dossier"), numero), Ligne(_("Fait le"), date_in_words(jour, langue))],
        sections=[Section(titre, prose=prose.blocks(prevu.corps, valeurs))],
        langue=langue,
        mots=mots(),
    )
