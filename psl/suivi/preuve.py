"""The preuve of a télédossier: what was filed and what was acknowledged, proven to whoever does not trust the platform."""

from datetime import datetime
from typing import Any
from uuid import UUID

from psl.journal import empreintes, preuves
from psl.journal import queries as journal
from psl.journal.horodateur import HorodateurError, horodateur
from psl.journal.models import Fait
from psl.socle.crypto import coffre
from psl.socle.errors import Refus
from psl.teledossiers import queries as teledossiers

DEPOTS = frozenset({"teledossier.depose", "teledossier.complete"})
NOM = "preuve-{numero}.json"


def compose(teledossier_id: UUID, *, has_content: bool, now: datetime) -> bytes:
    """Return the preuve of a télédossier, signed now; with what was filed when asked, and while it is held under the current scope."""
    vu = teledossiers.get_teledossier(teledossier_id)
    faits = [fait for fait in journal.of(teledossier_id) if fait.sorte in DEPOTS or _is_accuse(fait)]
    entries = [preuves.entry(fait, journal.place(fait.id)) for fait in faits]
    rangs = range(1, sum(fait.sorte in DEPOTS for fait in faits) + 1)
    preuve: dict[str, Any] = {
        "format": preuves.FORMAT,
        "numero": vu.numero,
        "etablie_le": empreintes.moment(now),
        "depots": [_depot(teledossier_id, rang, has_content=has_content) for rang in rangs],
        "faits": entries,
        "lots": {str(rang): preuves.lot_entry(journal.lot(rang)) for rang in sorted({e["lot"] for e in entries if e["lot"]})},
        "certificats": certificates(),
    }
    return preuves.dump({**preuve, "sceau": preuves.text(coffre().sign(preuves.dump(preuve)))})


def check(octets: bytes) -> list[str]:
    """Return what is wrong with a preuve that somebody brings, in words."""
    nos = certificates()
    return preuves.check(
        octets, certificat=nos["scellement"].encode(), cle_publique=coffre().public_key(), racines=nos["horodatage"].encode()
    )


def certificates() -> dict[str, str]:
    """Return what a third party must trust, PEM: our certificate, those of the timestamp authority (none while it does not answer)."""
    try:
        horodatage = horodateur().certificates().decode()
    except HorodateurError:
        horodatage = ""
    return {"scellement": coffre().certificate().decode(), "horodatage": horodatage}


def _is_accuse(fait: Fait) -> bool:
    return fait.sorte == "document.produit" and (fait.corps or {}).get("nature") == "accuse"


def _depot(teledossier_id: UUID, rang: int, *, has_content: bool) -> dict[str, Any]:
    octets = None
    if has_content:
        try:
            octets = teledossiers.depot_bytes(teledossier_id, rang).decode()
        except Refus:  # purged: the digest remains
            octets = None
    return {"rang": rang, "sha256": teledossiers.digest_of(teledossier_id, rang), "octets": octets}
