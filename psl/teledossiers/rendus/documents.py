"""The words of the accusé and of the recap (pure): from a dépôt and who answers it, to a document to render."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from psl.langage import texte
from psl.langage.charger import Demarche
from psl.langage.evaluation import Situation, recapitulatif
from psl.socle.dates import date_in_words, in_words
from psl.teledossiers.enveloppe import Enveloppe
from psl.teledossiers.rendus.pdf import Ligne, Piece, Section

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
            Section(_("Si l'administration ne répond pas"), [silence_text(demarche, enveloppe.silence, langue)]),
            Section(_("Si vous n'êtes pas d'accord avec la réponse"), [texte.plain(demarche.faits.recours.texte)]),
            Section(_("Ce que vous avez envoyé"), lignes=_pieces(enveloppe)),
            Section(
                _("Comment prouver ce dépôt"),
                [_("Ce document est scellé par la plateforme. L'empreinte ci-dessous est celle de tout ce que vous avez envoyé.")],
                [Ligne("SHA-256", _digest(empreinte))],
            ),
        ],
        langue=langue,
        mots=mots(),
    )


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


def recap(demarche: Demarche, situation: Situation, enveloppe: Enveloppe, *, jointe: str, zone: str = "Europe/Paris") -> Piece:
    """Return the recap of a dépôt for its recipient: answers in the reader's order, their sources, the pieces with their digests."""
    langue = "fr"
    sections = [
        Section(bloc.titre, lignes=[Ligne(libelle, valeur, _source(enveloppe.provenance.get(cle))) for cle, libelle, valeur in bloc.lignes])
        for bloc in recapitulatif(situation, langue)
    ]
    if enveloppe.pieces:
        sections.append(Section(_("Pièces jointes"), lignes=_pieces(enveloppe)[1:]))
    return Piece(
        titre=demarche.titre_of(enveloppe.valeurs),
        entete=PLATEFORME,
        pied=enveloppe.numero,
        encadre=[Ligne(_("Numéro de dossier"), enveloppe.numero), Ligne(_("Reçu le"), in_words(enveloppe.date, langue, zone))],
        sections=sections,
        langue=langue,
        jointe=jointe,
        mots=mots(),
    )


def _source(provenance: str | None) -> str:
    return _("Donné par la page qui a mené à la démarche") if provenance == "adresse" else provenance or ""
