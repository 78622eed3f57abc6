"""The canonical bytes of a dépôt (pure): what was filed, by whom it must be received, and the dates that bind the administration.

Canonical form: UTF-8 JSON, keys sorted, no space; the same content always gives the same bytes and the same SHA-256.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Self

import orjson

FORMAT = 1


@dataclass(frozen=True, slots=True)
class PieceDeposee:
    """A file as it was filed."""

    id: str
    code: str
    nom: str
    type: str
    taille: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DestinataireScelle:
    """A recipient computed at submit: its key in the definition, the territory, why, and which answers it receives (None: all)."""

    cle: str
    nom: str
    territoire: str
    motif: str
    recoit: list[str] | None
    calculs: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Enveloppe:
    """What a dépôt holds.

    valeurs: the visible answers by key; calculs: the computed values somebody reads;
    provenance: where each not typed here comes from; silence: {"regime", "le"} (ISO date) or
    None; depose_at: ISO 8601 with offset; rang: 1 for the first filing, then one more for each complément.
    """

    numero: str
    rang: int
    slug: str
    digest: str
    langue: str
    depose_at: str
    valeurs: dict[str, Any]
    provenance: dict[str, str]
    pieces: list[PieceDeposee]
    destinataires: list[DestinataireScelle]
    declarations: list[str]
    silence: dict[str, str] | None = None
    affectations: list[str] = field(default_factory=list)
    format: int = FORMAT
    calculs: dict[str, Any] = field(default_factory=dict)

    def dump(self) -> bytes:
        """Return the canonical bytes."""
        return orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS)

    @classmethod
    def load(cls, octets: bytes) -> Self:
        """Return the enveloppe of canonical bytes."""
        brut = orjson.loads(octets)
        return cls(
            **{
                **brut,
                "pieces": [PieceDeposee(**piece) for piece in brut["pieces"]],
                "destinataires": [DestinataireScelle(**destinataire) for destinataire in brut["destinataires"]],
            }
        )

    @property
    def date(self) -> datetime:
        return datetime.fromisoformat(self.depose_at)


def digest(octets: bytes) -> bytes:
    """Return the SHA-256 of canonical bytes."""
    return hashlib.sha256(octets).digest()


def minimise(enveloppe: Enveloppe, destinataire: DestinataireScelle, cles: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what one recipient receives: only the answers and pieces its definition lists (RGPD art. 5-1-c).

    `cles` gives the data key of each file by its id: a recipient's copy holds the keys of its own files (hexadecimal) and of no other.
    """

    def is_received(cle: str) -> bool:
        return destinataire.recoit is None or cle in destinataire.recoit

    return {
        "numero": enveloppe.numero,
        "rang": enveloppe.rang,
        "slug": enveloppe.slug,
        "digest": enveloppe.digest,
        "langue": enveloppe.langue,
        "depose_at": enveloppe.depose_at,
        "motif": destinataire.motif,
        "silence": enveloppe.silence,
        "valeurs": {cle: valeur for cle, valeur in enveloppe.valeurs.items() if is_received(cle)},
        "provenance": {cle: source for cle, source in enveloppe.provenance.items() if is_received(cle)},
        "calculs": {cle: enveloppe.calculs[cle] for cle in destinataire.calculs if cle in enveloppe.calculs},
        "pieces": [{**asdict(piece), "cle": cles[piece.id].hex()} for piece in enveloppe.pieces if is_received(piece.code)],
    }
