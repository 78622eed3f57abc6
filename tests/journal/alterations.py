"""Ways to alter a journal: careless ones, and those of someone who holds the base and knows the hashes, but not the signing key.

One is out of reach, and stays out: who holds the base may rewrite, whole and well chained, what waits for the sealer (a minute).
"""

import random
from datetime import timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from psl.journal import empreintes
from tests.journal.exemplaire import Exemplaire, chain, seal_head

INTRUS = ec.generate_private_key(ec.SECP256R1())


def other(value: object, chance: random.Random) -> object:
    """Return something else of the same kind."""
    match value:
        case bytes():
            place = chance.randrange(len(value)) if value else 0
            return value[:place] + bytes([value[place] ^ chance.randrange(1, 256)]) + value[place + 1 :] if value else b"x"
        case UUID():
            return UUID(int=value.int ^ (1 << chance.randrange(128)))
        case str():
            return value + "x"
        case int():
            return value + chance.choice([1, 2, 7])
        case None:
            return b"x"
        case _:
            return value + timedelta(microseconds=chance.randrange(1, 1_000_000))


def change_fait(it: Exemplaire, chance: random.Random) -> None:
    """Change any column of any fait."""
    fait = chance.choice(it.faits)
    name = chance.choice([name for name in fait if name not in {"corps", "sel"}])
    fait[name] = other(fait[name], chance)


def change_body(it: Exemplaire, chance: random.Random) -> None:
    fait = chance.choice([fait for fait in it.faits if fait["corps"]])
    fait["corps"] = fait["corps"].replace('"n":', '"n":1', 1)


def give_body(it: Exemplaire, chance: random.Random) -> None:
    """Put a body back where there is none."""
    fait = chance.choice([fait for fait in it.faits if not fait["corps"]])
    fait["corps"], fait["sel"] = '{"motif":"faux"}', chance.randbytes(16)


def halve_purge(it: Exemplaire, chance: random.Random) -> None:
    fait = chance.choice([fait for fait in it.faits if fait["corps"]])
    fait[chance.choice(["corps", "sel"])] = None


def rewrite_chain(it: Exemplaire, chance: random.Random) -> None:
    """Change a sealed fait and recompute everything that follows it in its subject."""
    sealed = {feuille["fait_id"] for feuille in it.feuilles}
    fait = chance.choice([fait for fait in it.faits if fait["id"] in sealed])
    fait["at"] += timedelta(seconds=1)
    _rechain(it, fait["sujet"])


def rewrite_leaves(it: Exemplaire, chance: random.Random) -> None:
    rewrite_chain(it, chance)
    by_id = {fait["id"]: fait for fait in it.faits}
    for feuille in it.feuilles:
        feuille["empreinte"] = empreintes.leaf_hash(by_id[feuille["fait_id"]]["empreinte"])


def rewrite_roots(it: Exemplaire, chance: random.Random) -> None:
    """Rewrite history whole, down to the lots, and sign it with another key."""
    rewrite_leaves(it, chance)
    before = empreintes.ORIGINE
    for lot in it.lots:
        leaves = [feuille["empreinte"] for feuille in it.feuilles if feuille["lot"] == lot["rang"]]
        lot["racine"], lot["precedent"] = empreintes.merkle_root(leaves), before
        seal_head(lot, INTRUS)
        before = lot["empreinte"]


def delete_fait(it: Exemplaire, chance: random.Random) -> None:
    it.faits.remove(chance.choice(it.faits))


def delete_fait_and_close_ranks(it: Exemplaire, chance: random.Random) -> None:
    fait = chance.choice(it.faits)
    it.faits.remove(fait)
    _rechain(it, fait["sujet"])


def delete_fait_and_its_leaf(it: Exemplaire, chance: random.Random) -> None:
    feuille = chance.choice(it.feuilles)
    it.feuilles.remove(feuille)
    it.faits = [fait for fait in it.faits if fait["id"] != feuille["fait_id"]]


def insert_fait(it: Exemplaire, chance: random.Random) -> None:
    """Slip a forged fait into a chain, well chained, those after it moved up."""
    model = chance.choice(it.faits)
    for fait in it.faits:
        if fait["sujet"] == model["sujet"] and fait["rang"] > model["rang"]:
            fait["rang"] += 1
    it.faits.append({**model, "id": UUID(int=chance.getrandbits(128)), "rang": model["rang"] + 1})
    _rechain(it, model["sujet"])
    sealed = {feuille["fait_id"] for feuille in it.feuilles}
    if any(fait["id"] in sealed for fait in it.faits if fait["sujet"] == model["sujet"] and fait["rang"] > model["rang"]):
        it.a_sceller.append(it.faits[-1]["id"])  # only then: among faits that wait it would be one like another


def duplicate_fait(it: Exemplaire, chance: random.Random) -> None:
    it.faits.append({**chance.choice(it.faits), "id": UUID(int=chance.getrandbits(128))})


def swap_faits(it: Exemplaire, chance: random.Random) -> None:
    one = chance.choice([fait for fait in it.faits if fait["rang"] > 1])
    two = next(fait for fait in it.faits if fait["sujet"] == one["sujet"] and fait["rang"] == one["rang"] - 1)
    one["rang"], two["rang"] = two["rang"], one["rang"]
    if chance.random() < 0.5 and {one["id"], two["id"]} - set(it.a_sceller):
        _rechain(it, one["sujet"])


def delete_leaf(it: Exemplaire, chance: random.Random) -> None:
    feuille = chance.choice(it.feuilles)
    it.feuilles.remove(feuille)
    if chance.random() < 0.5:
        it.a_sceller.append(feuille["fait_id"])


def change_leaf(it: Exemplaire, chance: random.Random) -> None:
    feuille = chance.choice(it.feuilles)
    name = chance.choice(["lot", "position", "fait_id", "empreinte"])
    feuille[name] = other(feuille[name], chance)


def swap_leaves(it: Exemplaire, chance: random.Random) -> None:
    one, two = chance.sample(it.feuilles, 2)
    name = chance.choice(["fait_id", "empreinte"])
    one[name], two[name] = two[name], one[name]


def change_lot(it: Exemplaire, chance: random.Random) -> None:
    lot = chance.choice(it.lots)
    name = chance.choice(list(lot))
    lot[name] = other(lot[name], chance)


def rehead_lot(it: Exemplaire, chance: random.Random) -> None:
    """Change the head of a lot and sign it anew with another key."""
    lot = chance.choice(it.lots)
    lot["at"] += timedelta(days=1)
    seal_head(lot, INTRUS)


def delete_lot(it: Exemplaire, chance: random.Random) -> None:
    it.lots.remove(chance.choice(it.lots))


def swap_lots(it: Exemplaire, chance: random.Random) -> None:
    one, two = chance.sample(it.lots, 2)
    one["rang"], two["rang"] = two["rang"], one["rang"]


def cut_tail(it: Exemplaire, chance: random.Random) -> None:
    """Remove the last lots with all that they hold, and what waits: only an anchor kept elsewhere can tell."""
    first = chance.randrange(1, len(it.lots) + 1)
    gone = {feuille["fait_id"] for feuille in it.feuilles if feuille["lot"] >= first} | set(it.a_sceller)
    it.lots = [lot for lot in it.lots if lot["rang"] < first]
    it.feuilles = [feuille for feuille in it.feuilles if feuille["lot"] < first]
    it.faits = [fait for fait in it.faits if fait["id"] not in gone]
    it.a_sceller = []


def change_token(it: Exemplaire, chance: random.Random) -> None:
    """Change any byte of a token, what its authority signs and what it does not, or when it came."""
    stamp = it.horodatages[chance.choice(list(it.horodatages))]
    name = chance.choice(["jeton", "jeton", "recu", "recu_at"])
    stamp[name] = other(stamp[name], chance)


def swap_tokens(it: Exemplaire, chance: random.Random) -> None:
    one, two = chance.sample(list(it.horodatages), 2)
    it.horodatages[one], it.horodatages[two] = it.horodatages[two], it.horodatages[one]


def remove_token(it: Exemplaire, chance: random.Random) -> None:
    """Remove a token from among others; the last ones may only be asked again, and then say a later time."""
    del it.horodatages[chance.choice(sorted(it.horodatages)[:-1])]


def forget_to_seal(it: Exemplaire, chance: random.Random) -> None:
    it.a_sceller.remove(chance.choice(it.a_sceller))


def seal_again(it: Exemplaire, chance: random.Random) -> None:
    it.a_sceller.append(chance.choice(it.feuilles)["fait_id"])


def expect_what_is_not(it: Exemplaire, chance: random.Random) -> None:
    it.a_sceller.append(UUID(int=chance.getrandbits(128)))


def _rechain(it: Exemplaire, sujet: UUID) -> None:
    before = empreintes.ORIGINE
    for rang, fait in enumerate(sorted((f for f in it.faits if f["sujet"] == sujet), key=lambda f: f["rang"]), 1):
        fait["rang"], fait["precedent"] = rang, before
        chain(fait)
        before = fait["empreinte"]


TOUTES = [
    change_fait,
    change_body,
    give_body,
    halve_purge,
    rewrite_chain,
    rewrite_leaves,
    rewrite_roots,
    delete_fait,
    delete_fait_and_close_ranks,
    delete_fait_and_its_leaf,
    insert_fait,
    duplicate_fait,
    swap_faits,
    delete_leaf,
    change_leaf,
    swap_leaves,
    change_lot,
    rehead_lot,
    delete_lot,
    swap_lots,
    cut_tail,
    change_token,
    swap_tokens,
    remove_token,
    forget_to_seal,
    seal_again,
    expect_what_is_not,
]
