"""The canonical bytes of a dépôt (pure): same content, same bytes; a recipient's copy leaks nothing of what is not its own."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from psl.teledossiers.enveloppe import DestinataireScelle, Enveloppe, PieceDeposee, digest, minimise

cles = st.sampled_from(["nom", "prenoms", "courriel", "adresse", "motif", "commune", "piece_a", "piece_b"])
textes = st.text(max_size=30)
valeurs = st.recursive(
    textes | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans() | st.none(),
    lambda plus: st.lists(plus, max_size=3) | st.dictionaries(textes, plus, max_size=3),
    max_leaves=8,
)
pieces = st.builds(PieceDeposee, id=st.uuids().map(str), code=cles, nom=textes, type=textes, taille=st.integers(0, 10**9), sha256=textes)
destinataires = st.builds(DestinataireScelle, textes, textes, textes, textes, st.none() | st.lists(cles, max_size=4))
enveloppes = st.builds(
    Enveloppe,
    numero=textes,
    rang=st.integers(1, 9),
    slug=textes,
    digest=textes,
    langue=st.sampled_from(["fr", "en"]),
    depose_at=st.just("2026-11-23T10:00:00.000+00:00"),
    valeurs=st.dictionaries(cles, valeurs),
    provenance=st.dictionaries(cles, textes),
    pieces=st.lists(pieces, max_size=3, unique_by=lambda piece: piece.id),
    destinataires=st.lists(destinataires, max_size=2),
    declarations=st.lists(textes, max_size=2),
    silence=st.none() | st.just({"regime": "rejet", "le": "2027-01-23"}),
    affectations=st.lists(textes, max_size=2),
)


def shuffle(valeur: Any) -> Any:
    """Return the same JSON with the keys of its objects in another order."""
    if isinstance(valeur, dict):
        return {cle: shuffle(valeur[cle]) for cle in reversed(valeur)}
    return [shuffle(un) for un in valeur] if isinstance(valeur, list) else valeur


@given(enveloppes)
def test_same_content_same_bytes(enveloppe: Enveloppe) -> None:
    autre = replace(enveloppe, valeurs=shuffle(enveloppe.valeurs), provenance=shuffle(enveloppe.provenance))
    assert (autre.dump(), digest(autre.dump())) == (enveloppe.dump(), digest(enveloppe.dump()))


@given(enveloppes)
def test_written_and_read_back(enveloppe: Enveloppe) -> None:
    assert Enveloppe.load(enveloppe.dump()) == enveloppe


def test_the_form_is_canonical() -> None:
    enveloppe = Enveloppe("A-1-X", 1, "aec", "d", "fr", "2026-11-23T10:00:00.000+00:00", {"é": "É", "a": 1}, {}, [], [], ["x"])
    assert enveloppe.dump().decode() == (
        '{"affectations":[],"calculs":{},"declarations":["x"],"depose_at":"2026-11-23T10:00:00.000+00:00","destinataires":[],"digest":"d","format":1,'
        '"langue":"fr","numero":"A-1-X","pieces":[],"provenance":{},"rang":1,"silence":null,"slug":"aec","valeurs":{"a":1,"é":"É"}}'
    )
    assert enveloppe.date.isoformat() == "2026-11-23T10:00:00+00:00"


@given(enveloppes, destinataires)
def test_a_copy_holds_what_its_recipient_receives_and_no_other(enveloppe: Enveloppe, destinataire: DestinataireScelle) -> None:
    marked = replace(
        enveloppe,
        valeurs={cle: f"CANARI-{cle}" for cle in enveloppe.valeurs},
        provenance={cle: f"SOURCE-{cle}" for cle in enveloppe.provenance},
        pieces=[replace(piece, nom=f"NOM-{piece.id}") for piece in enveloppe.pieces],
        declarations=["DECLARATION"],
        destinataires=[DestinataireScelle("autre", "AUTRE DESTINATAIRE", "75056", "x", None)],
    )
    keys = {piece.id: bytes.fromhex(f"{rang:064x}") for rang, piece in enumerate(marked.pieces, start=0xABCDEF)}
    copie = minimise(marked, destinataire, keys)
    recus = set(enveloppe.valeurs) if destinataire.recoit is None else set(enveloppe.valeurs) & set(destinataire.recoit)
    assert (copie["valeurs"], copie["calculs"]) == ({cle: f"CANARI-{cle}" for cle in recus}, {})
    theirs = [piece for piece in marked.pieces if destinataire.recoit is None or piece.code in destinataire.recoit]
    assert [(piece["nom"], piece["cle"]) for piece in copie["pieces"]] == [(piece.nom, keys[piece.id].hex()) for piece in theirs]
    texte = json.dumps(copie)
    kept = {piece.id for piece in theirs}
    leaks = [f"CANARI-{cle}" for cle in enveloppe.valeurs if cle not in recus]
    leaks += [text for piece in marked.pieces if piece.id not in kept for text in (piece.nom, keys[piece.id].hex())]
    leaks += ["DECLARATION", "AUTRE DESTINATAIRE"]
    assert [leak for leak in leaks if f'"{leak}"' in texte] == []


def test_a_copy_has_the_computed_values_it_was_promised_and_no_other() -> None:
    enveloppe = Enveloppe(
        "A-1-X", 1, "aec", "d", "fr", "2026-11-23T10:00:00.000+00:00", {}, {}, [], [], [], calculs={"age": 17, "date": "2027-01-01"}
    )
    copies = [
        minimise(enveloppe, DestinataireScelle("m", "M", "17300", "x", recoit, calculs), {})
        for recoit, calculs in ((None, []), ([], ["age"]))
    ]
    assert [copie["calculs"] for copie in copies] == [{}, {"age": 17}]
