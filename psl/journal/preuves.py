"""A preuve: one file that anybody checks with openssl and the standard library; docs/preuve.md says its form.

It is canonical: indented JSON with sorted keys, whose `sceau` signs all the rest. Any octet changed is seen.
"""

import base64
import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from psl.journal import empreintes, jetons
from psl.journal.models import Fait
from psl.journal.queries import LotVu, Place
from psl.socle.crypto import is_signed

FORMAT = "psl-preuve-1"


def entry(fait: Fait, place: Place | None) -> dict[str, Any]:
    """Return a fait as a preuve holds it: its head (what its empreinte covers), its body and salt while they are there, its place."""
    has_body = fait.corps is not None and fait.sel is not None
    return {
        "tete": _head(fait),
        "corps": empreintes.canonical(fait.corps) if has_body else None,
        "sel": bytes(fait.sel).hex() if fait.sel is not None else None,
        "lot": place.lot if place else None,
        "chemin": [list(step) for step in place.chemin] if place else [],
    }


def _head(fait: Fait) -> list[Any]:
    acteur = fait.acteur_id.hex if fait.acteur_id else None
    digests = [bytes(fait.digest).hex(), bytes(fait.precedent).hex()]
    return [fait.id.hex, fait.sorte, fait.sujet.hex, fait.rang, fait.acteur_sorte, acteur, empreintes.moment(fait.at), *digests]


def lot_entry(lot: LotVu) -> dict[str, Any]:
    """Return a lot as a preuve holds it."""
    return {"tete": lot.tete.decode(), "signature": text(lot.signature), "jeton": text(lot.jeton) if lot.jeton else None}


def text(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


def dump(preuve: dict[str, Any]) -> bytes:
    """Return the one text of a preuve."""
    return json.dumps(preuve, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def check(octets: bytes, *, certificat: bytes, cle_publique: bytes, racines: bytes) -> list[str]:
    """Return what is wrong with a preuve, in words; nothing when it proves what it says. The certificates are those trusted."""
    try:
        preuve = json.loads(octets)
        if dump(preuve) != octets or preuve["format"] != FORMAT:
            return ["Ce fichier a été changé : sa forme n'est plus celle d'une preuve."]
        return list(_defects(preuve, certificat, cle_publique, racines))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ["Ce fichier n'est pas une preuve, ou il a été changé."]


def _defects(preuve: dict[str, Any], certificat: bytes, cle_publique: bytes, racines: bytes) -> Iterator[str]:
    signe = dump({cle: valeur for cle, valeur in preuve.items() if cle != "sceau"})
    if not is_signed(cle_publique, signe, base64.b64decode(preuve["sceau"], validate=True)):
        yield "Le sceau de ce fichier n'est pas le nôtre."
    if preuve["certificats"]["scellement"].encode() != certificat:
        yield "Le certificat de ce fichier n'est pas le nôtre."
    for fait in preuve["faits"]:
        yield from _fait_defects(fait, preuve["lots"])
    for rang, lot in preuve["lots"].items():
        yield from _lot_defects(rang, lot, cle_publique, racines)
    dits = {(corps["rang"], corps["sha256"]) for corps in _bodies(preuve) if "sha256" in corps}
    for depot in preuve["depots"]:
        if (depot["rang"], depot["sha256"]) not in dits:
            yield f"Aucun fait ne dit le dépôt {depot['rang']}."
        if depot["octets"] is not None and sha256(depot["octets"].encode()).hexdigest() != depot["sha256"]:
            yield f"Le contenu du dépôt {depot['rang']} n'est pas celui qui a été scellé."


def _bodies(preuve: dict[str, Any]) -> list[dict[str, Any]]:
    return [json.loads(fait["corps"]) for fait in preuve["faits"] if fait["corps"]]


def _fait_defects(fait: dict[str, Any], lots: dict[str, Any]) -> Iterator[str]:
    if fait["corps"] is not None and empreintes.body_digest(bytes.fromhex(fait["sel"]), fait["corps"]).hex() != fait["tete"][7]:
        yield "Le corps d'un fait a été changé."
    if fait["lot"] is not None:
        feuille = empreintes.leaf_hash(sha256(empreintes.canonical(fait["tete"]).encode()).digest())
        if empreintes.climb(feuille, fait["chemin"]).hex() != json.loads(lots[str(fait["lot"])]["tete"])[3]:
            yield "Un fait n'est pas dans le lot où il est dit."


def _lot_defects(rang: str, lot: dict[str, Any], cle_publique: bytes, racines: bytes) -> Iterator[str]:
    tete = lot["tete"].encode()
    if not is_signed(cle_publique, tete, base64.b64decode(lot["signature"], validate=True)):
        yield f"La signature du lot {rang} n'est pas la nôtre."
    if lot["jeton"] is None:
        return
    try:
        jetons.check(base64.b64decode(lot["jeton"], validate=True), digest=sha256(tete).digest(), racines=racines)
    except jetons.JetonFaux as error:
        yield f"L'horodatage du lot {rang} est faux : {error}."


def waiting(octets: bytes) -> bool:
    """Tell whether a preuve was given before all of it was sealed and timestamped: a later one will say more."""
    preuve = json.loads(octets)
    return any(fait["lot"] is None for fait in preuve["faits"]) or any(lot["jeton"] is None for lot in preuve["lots"].values())


def moment_of(octets: bytes) -> datetime:
    """Return when a preuve was given."""
    return datetime.fromisoformat(json.loads(octets)["etablie_le"])
