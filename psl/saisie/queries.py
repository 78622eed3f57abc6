"""Reading a brouillon: two statements a page (who acts, then the row with its key), in plain SQL as this is the hottest path."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.utils.translation import gettext

from psl.annuaire import queries as annuaire
from psl.demarches import queries as demarches
from psl.langage import evaluation
from psl.langage.charger import Demarche
from psl.langage.evaluation import Situation
from psl.saisie import document
from psl.saisie.document import Document
from psl.socle import cles, clock, crypto
from psl.socle.acteur import Acteur, scope
from psl.socle.errors import Refus

_SELECT = """
SELECT b.id, b.slug, b.digest, b.langue, b.document, b.revision, b.teledossier, b.masque::text,
       b.commence_at, b.enregistre_at, b.scelle_at, c.boite, c.periode
FROM saisie_brouillon b LEFT JOIN socle_cle c ON c.objet = 'brouillon' AND c.objet_id = b.id
WHERE b.id = %s
"""


def unknown() -> Refus:
    """Return the refusal of a brouillon that is not there, or not theirs: the same words for both."""
    return Refus(
        "brouillon-inconnu",
        gettext(
            "Cette demande n'existe pas, a été envoyée ou n'est plus ouverte dans ce navigateur. "
            "Si vous avez noté votre lien de reprise, utilisez-le pour la retrouver."
        ),
        statut=404,
    )


@dataclass(slots=True)
class BrouillonOuvert:
    """A brouillon decrypted for one request, with its version of the démarche."""

    id: UUID
    slug: str
    digest: str
    langue: str
    revision: int
    teledossier: UUID | None
    masque: dict[str, Any] | None
    commence_at: datetime
    enregistre_at: datetime
    scelle_at: datetime | None
    cle: bytes
    document: Document

    @property
    def demarche(self) -> Demarche:
        return demarches.compiled(self.digest, self.langue)

    def situation(self, now: datetime) -> Situation:
        """Evaluate the answers as they stand, on the date of `now` in Paris."""
        return evaluation.evaluate(
            self.demarche,
            self.document.reponses,
            aujourdhui=clock.local_date(now),
            rouverts=rouverts(self.masque),
        )


def rouverts(masque: dict[str, Any] | None) -> frozenset[str] | None:
    """Return the keys and piece codes that a complément re-opens; None: everything is open."""
    return None if masque is None else frozenset(masque["champs"]) | frozenset(masque["pieces"])


def _fetch(brouillon_id: UUID, suffix: str) -> BrouillonOuvert | None:
    with connection.cursor() as cursor:
        cursor.execute(_SELECT + suffix, [brouillon_id])
        row = cursor.fetchone()
    if row is None:
        return None
    *tete, masque, commence_at, enregistre_at, scelle_at, boite, periode = row
    id_, slug, digest, langue, boite_document, revision, teledossier = tete
    cle = cles.unwrap(bytes(boite), periode) if boite is not None else b""
    clair = crypto.decrypt(cle, bytes(boite_document), id_.bytes) if cle and boite_document else b""
    return BrouillonOuvert(
        id_, slug, digest, langue, revision, teledossier, orjson.loads(masque) if masque else None,
        commence_at, enregistre_at, scelle_at, cle, document.load(clair),
    )  # fmt: skip


def get_brouillon(brouillon_id: UUID, *, lock: bool = False) -> BrouillonOuvert:
    """Return an open brouillon, locked until the transaction ends when asked; Refus 404 when unknown or unseen under the current scope.

    A sealed one is returned too (its document is empty): the caller decides whether to send its reader to the accusé.
    """
    brouillon = _fetch(brouillon_id, "FOR UPDATE OF b" if lock else "")
    if brouillon is None or (not brouillon.cle and brouillon.scelle_at is None):
        raise unknown()
    return brouillon


def begun(ids: Iterable[UUID], slug: str) -> BrouillonOuvert | None:
    """Return the brouillon of a démarche saved last among these, which their reader proved, or None: not sealed, no complément."""
    found = []
    for id_ in ids:
        with scope(Acteur("porteur", id_, sujet=id_)):
            brouillon = _fetch(id_, "")
        if brouillon and brouillon.cle and brouillon.slug == slug and brouillon.scelle_at is None and brouillon.teledossier is None:
            found.append(brouillon)
    return max(found, key=lambda brouillon: brouillon.enregistre_at, default=None)


def successor(brouillon: BrouillonOuvert) -> str | None:
    """Return the digest of the version this brouillon is to be carried to, or None: a complément stays on its télédossier's."""
    if brouillon.masque is not None or brouillon.teledossier is not None or not brouillon.cle:
        return None
    return demarches.successor(brouillon.slug, brouillon.digest)


def referentiels() -> Any:
    """Return what checks communes and countries for psl.langage."""
    return annuaire.referentiels
