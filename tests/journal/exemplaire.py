"""A journal in memory, sealed with a key of its own, and a thousand ways to alter it."""

import copy
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from psl.journal import empreintes
from psl.journal.horodateur import horodateur
from psl.journal.verification import Anomalie, FaitLu, LotLu, verify_rows

DEBUT = datetime(2026, 11, 23, 12, tzinfo=UTC)
HEAD = ("id", "sorte", "sujet", "rang", "acteur_sorte", "acteur_id", "at", "digest", "precedent")
CLE = ec.generate_private_key(ec.SECP256R1())
PUBLIQUE = CLE.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def sign(head: bytes, cle: ec.EllipticCurvePrivateKey = CLE) -> bytes:
    return cle.sign(head, ec.ECDSA(hashes.SHA256()))


@dataclass
class Exemplaire:
    """The five tables, as rows."""

    faits: list[dict] = field(default_factory=list)
    a_sceller: list[UUID] = field(default_factory=list)
    feuilles: list[dict] = field(default_factory=list)
    lots: list[dict] = field(default_factory=list)
    horodatages: dict[int, dict] = field(default_factory=dict)

    def verify(self, ancres: dict[int, str]) -> list[Anomalie]:
        """Join the rows as the base would, and verify them."""
        sealed = {feuille["fait_id"]: feuille for feuille in self.feuilles if any(lot["rang"] == feuille["lot"] for lot in self.lots)}
        faits = [
            FaitLu(**fait, feuille=sealed.get(fait["id"], {}).get("empreinte"), a_sceller=fait["id"] in self.a_sceller)
            for fait in sorted(self.faits, key=lambda fait: (fait["sujet"], fait["rang"], fait["id"]))
        ]
        lots = []
        for lot in sorted(self.lots, key=lambda lot: lot["rang"]):
            leaves = sorted((f for f in self.feuilles if f["lot"] == lot["rang"]), key=lambda f: f["position"])
            stamp = self.horodatages.get(lot["rang"], {"jeton": None, "recu": None, "recu_at": None})
            lots.append(LotLu(**lot, **stamp, positions=[f["position"] for f in leaves], feuilles=[f["empreinte"] for f in leaves]))
        there = {fait["id"] for fait in self.faits}
        absents = [id_ for id_ in [f["fait_id"] for f in self.feuilles] + self.a_sceller if id_ not in there]
        return verify_rows(faits, lots, absents, cle_publique=PUBLIQUE, racines=horodateur().certificates(), ancres=ancres)

    def anchors(self) -> dict[int, str]:
        return {lot["rang"]: lot["empreinte"].hex() for lot in self.lots}

    def copy(self) -> "Exemplaire":
        return copy.deepcopy(self)


def chain(fait: dict) -> None:
    """Give a fait the empreinte that its head deserves."""
    fait["empreinte"] = empreintes.fait_hash(**{name: fait[name] for name in HEAD})


def seal_head(lot: dict, cle: ec.EllipticCurvePrivateKey = CLE) -> None:
    head = empreintes.lot_bytes(**{name: lot[name] for name in ("rang", "taille", "racine", "precedent", "at")})
    lot["empreinte"], lot["signature"] = empreintes.lot_hash(head), sign(head, cle)


def make(chance: random.Random, *, sujets: int = 4, lots: int = 4, par_lot: int = 5, restes: int = 3) -> Exemplaire:
    """Make a journal of a few subjects, sealed lot by lot, with some faits not sealed yet and some bodies purged."""
    it = Exemplaire()
    noms = [UUID(int=chance.getrandbits(128)) for _ in range(sujets)]
    last: dict[UUID, dict] = {}
    for number in range(lots * par_lot + restes):
        sujet = chance.choice(noms)
        before = last.get(sujet)
        corps = empreintes.canonical({"motif": "é" * chance.randrange(3), "n": number}) if chance.random() < 0.7 else None
        sel = chance.randbytes(16) if corps else None
        fait = {
            "id": UUID(int=chance.getrandbits(128)),
            "sorte": chance.choice(["teledossier.depose", "consultation", "instruction.prise"]),
            "sujet": sujet,
            "rang": before["rang"] + 1 if before else 1,
            "acteur_sorte": chance.choice(["agent", "porteur"]),
            "acteur_id": UUID(int=chance.getrandbits(128)),
            "at": DEBUT + timedelta(seconds=number),
            "corps": corps,
            "sel": sel,
            "digest": empreintes.body_digest(sel or b"", corps or ""),
            "precedent": before["empreinte"] if before else empreintes.ORIGINE,
        }
        chain(fait)
        last[sujet] = fait
        it.faits.append(fait)
        it.a_sceller.append(fait["id"])
        if number % par_lot == par_lot - 1 and len(it.lots) < lots:
            _seal(it)
    for fait in it.faits:
        if fait["corps"] and chance.random() < 0.2:
            fait["corps"] = fait["sel"] = None
    return it


def _seal(it: Exemplaire) -> None:
    by_id = {fait["id"]: fait for fait in it.faits}
    leaves = [empreintes.leaf_hash(by_id[id_]["empreinte"]) for id_ in it.a_sceller]
    lot = {
        "rang": len(it.lots) + 1,
        "taille": len(leaves),
        "racine": empreintes.merkle_root(leaves),
        "precedent": it.lots[-1]["empreinte"] if it.lots else empreintes.ORIGINE,
        "at": DEBUT + timedelta(minutes=len(it.lots)),
    }
    seal_head(lot)
    for position, (id_, leaf) in enumerate(zip(it.a_sceller, leaves, strict=True)):
        it.feuilles.append({"lot": lot["rang"], "position": position, "fait_id": id_, "empreinte": leaf})
    it.lots.append(lot)
    it.a_sceller.clear()
    if lot["rang"] < 3:  # the last lots wait for the authority
        jeton = horodateur().stamp(lot["empreinte"])
        recu = sign(empreintes.stamp_bytes(rang=lot["rang"], jeton=jeton, at=lot["at"]))
        it.horodatages[lot["rang"]] = {"jeton": jeton, "recu": recu, "recu_at": lot["at"]}
