"""Reading télédossiers, dépôts and documents."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from psl.socle import cles, crypto, reference
from psl.socle.errors import Refus
from psl.teledossiers.enveloppe import Enveloppe
from psl.teledossiers.models import Depot, Document, Teledossier

# In plain SQL: each accusé shown reads these.
_SEALED = """
SELECT t.id, t.numero, d.rang, CASE WHEN d.rang = 1 AND t.code_jusqu > %s THEN t.code_boite END
FROM teledossiers_depot d JOIN teledossiers_teledossier t ON t.id = d.teledossier_id WHERE d.brouillon = %s
"""
_READ = """
SELECT d.id, d.octets, c.boite, c.periode
FROM teledossiers_depot d LEFT JOIN socle_cle c ON c.objet = 'depot' AND c.objet_id = d.id WHERE d.teledossier_id = %s AND d.rang = %s
"""


@lru_cache(maxsize=1)
def _secret() -> bytes:
    return crypto.coffre().secret("suivi")


def fingerprint(usage: str, text: str) -> bytes:
    """Return the keyed hash under which a second fact or a tracking code is kept (case and outer spaces do not count)."""
    return crypto.keyed_hash(_secret(), f"{usage}:{text.strip().lower()}")


@dataclass(frozen=True, slots=True)
class TeledossierVu:
    """A télédossier without its content."""

    id: UUID
    numero: str
    slug: str
    digest: str
    langue: str
    depose_at: datetime


def _vu(teledossier: Teledossier) -> TeledossierVu:
    return TeledossierVu(
        teledossier.id, teledossier.numero, teledossier.slug, teledossier.digest, teledossier.langue, teledossier.depose_at
    )


def get_teledossier(teledossier_id: UUID) -> TeledossierVu:
    """Return a télédossier; Refus 404 when there is none."""
    teledossier = Teledossier.objects.filter(id=teledossier_id).first()
    if teledossier is None:
        raise Refus("dossier-inconnu", _("Ce dossier n'existe pas."), statut=404)
    return _vu(teledossier)


def read_number(texte: str) -> str:
    """Return a number as it is kept, however it was typed. Refuses: numero-errone."""
    try:
        return reference.check(texte)
    except Refus as refus:
        # The words of psl.socle.reference, which knows no language.
        phrase = _("Ce numéro n’existe pas. Un numéro ressemble à A-1-ABCD1234 : vérifiez chaque caractère sur votre accusé de réception.")
        raise Refus(refus.code, phrase, statut=refus.statut) from refus


def find_by_code(numero: str, code: str) -> TeledossierVu | None:
    """Return the télédossier that a number and its tracking code open together, or None (one answer for every failure)."""
    return _vu(found) if (found := Teledossier.objects.filter(numero=numero, code_empreinte=fingerprint("code", code)).first()) else None


def code_mark(teledossier_id: UUID) -> str:
    """Return a mark of the tracking code of the day, by which what an older code opened is known; "" without a télédossier."""
    empreinte = Teledossier.objects.filter(id=teledossier_id).values_list("code_empreinte", flat=True).first()
    return "" if empreinte is None else bytes(empreinte)[:8].hex()


def find_by_numero(numero: str) -> TeledossierVu | None:
    """Return the télédossier of a number, for what the number alone may start (a lost code), never for reading it."""
    return _vu(found) if (found := Teledossier.objects.filter(numero=numero).first()) else None


def is_second_fact(teledossier_id: UUID, usage: str, text: str) -> bool:
    """Say whether a text ("courriel", or "naissance" as an ISO date) is the second fact of a télédossier."""
    champ = {"courriel": "courriel_empreinte", "naissance": "naissance_empreinte"}[usage]
    return Teledossier.objects.filter(id=teledossier_id, **{champ: fingerprint(usage, text)}).exists()


def second_facts(teledossier_id: UUID) -> list[str]:
    """Return which second facts a télédossier knows: "courriel", "naissance"."""
    row = Teledossier.objects.filter(id=teledossier_id).values_list("courriel_empreinte", "naissance_empreinte").first()
    courriel, naissance = row or (None, None)
    return [nom for nom, empreinte in (("courriel", courriel), ("naissance", naissance)) if empreinte is not None]


def _open_code(teledossier_id: UUID, boite: bytes) -> str:
    return crypto.decrypt(cles.open_key("depot", teledossier_id), bytes(boite), teledossier_id.bytes).decode()


def sealed_from(brouillon_id: UUID, *, now: datetime) -> tuple[UUID, str, int, str | None] | None:
    """Return (télédossier, number, rank, tracking code) of the dépôt sealed from a brouillon, or None.

    The code is there for 24 hours and with a first dépôt only. Stands in the scope of who filed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SEALED, [now, brouillon_id])
        row = cursor.fetchone()
    if row is None:
        return None
    teledossier_id, numero, rang, boite = row
    return teledossier_id, numero, rang, _open_code(teledossier_id, boite) if boite else None


def read_depot(teledossier_id: UUID, rang: int) -> Enveloppe:
    """Return what was filed at a rank, decrypted under the current scope; Refus 410 once its content is purged."""
    return Enveloppe.load(depot_bytes(teledossier_id, rang))


def depot_bytes(teledossier_id: UUID, rang: int) -> bytes:
    """Return the canonical bytes filed at a rank, decrypted under the current scope; Refus 410 once their content is purged."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [teledossier_id, rang])
        depot_id, octets, boite, periode = cursor.fetchone()
    if octets is None or boite is None:
        raise Refus("detruit", _("Le contenu de ce dossier a été effacé, comme annoncé lors du dépôt."), statut=410)
    return crypto.decrypt(cles.unwrap(bytes(boite), periode), bytes(octets), depot_id.bytes)


def digest_of(teledossier_id: UUID, rang: int) -> str:
    """Return the SHA-256 of the canonical bytes filed at a rank, whether they are still held or not."""
    return bytes(Depot.objects.values_list("digest", flat=True).get(teledossier=teledossier_id, rang=rang)).hex()


def depots(teledossier_id: UUID) -> list[Enveloppe]:
    """Return every dépôt of a télédossier, in order."""
    rangs = Depot.objects.filter(teledossier=teledossier_id).order_by("rang").values_list("rang", flat=True)
    return [read_depot(teledossier_id, rang) for rang in rangs]


def piece_codes(teledossier_id: UUID) -> set[str]:
    """Return the codes of the pieces already filed."""
    return {piece.code for enveloppe in depots(teledossier_id) for piece in enveloppe.pieces}


@dataclass(frozen=True, slots=True)
class DocumentVu:
    """A document without its bytes."""

    id: UUID
    sujet: UUID
    affectation: UUID | None
    nature: str
    rang: int
    nom: str
    taille: int
    cree_at: datetime


def documents(sujet: UUID) -> list[DocumentVu]:
    """Return the documents of a télédossier, oldest first."""
    champs = ("id", "sujet", "affectation", "nature", "rang", "nom", "taille", "cree_at")
    return [DocumentVu(*row) for row in Document.objects.filter(sujet=sujet).order_by("cree_at", "id").values_list(*champs)]


def read_document(document_id: UUID) -> bytes:
    """Return a document's bytes, decrypted under the current scope; Refus 410 when its key is gone or unseen."""
    octets = Document.objects.values_list("octets", flat=True).get(id=document_id)
    return crypto.decrypt(cles.open_key("document", document_id), bytes(octets), document_id.bytes)
