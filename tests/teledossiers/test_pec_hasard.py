"""Any bytes at all: the reader answers with sentences, never with an error, never without end."""

import io

from hypothesis import example, given, settings
from hypothesis import strategies as st

from psl.teledossiers.rendus.pec.controle import check
from tests.teledossiers import pec_gestes as gestes

PETIT = [("message.xml", b"<a></a>"), ("A-1-00000000-EtatCivil-ent-1.xml", b"<b></b>"), ("x.pdf", b"%PDF-1.7 " * 50)]


def _answers(octets: bytes) -> None:
    constat = check(io.BytesIO(octets), nom="A-1-00000000-EtatCivil-1.zip")
    assert all(phrase and "\n" not in phrase and len(phrase) < 1_000 for phrase in (*constat.defauts, *constat.remarques))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000))
@example(b"PK\x05\x06" + b"\x00" * 18)
@example(b"PK\x05\x06" + b"\xff" * 16 + b"\x00\x00")
@example(b"PK\x06\x07" + b"\xff" * 16 + b"PK\x05\x06" + b"\x00" * 18)
def test_any_bytes(octets: bytes) -> None:
    _answers(octets)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8), st.booleans())
def test_a_zip_with_any_bytes_changed(changes: list[tuple[int, int]], is_small: bool) -> None:
    octets = bytearray(gestes.rebuilt(PETIT) if is_small else gestes.sample())
    for place, valeur in changes:
        octets[place % len(octets)] = valeur
    _answers(bytes(octets))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 400), st.binary(max_size=50))
def test_a_zip_with_any_part_cut_or_put_in(place: int, longueur: int, dedans: bytes) -> None:
    octets = gestes.rebuilt(PETIT)
    place %= len(octets)
    _answers(octets[:place] + dedans + octets[place + longueur :])


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 60), st.text(max_size=60))
def test_a_message_with_any_text_put_in(place: int, longueur: int, dedans: str) -> None:
    membres = gestes.members(gestes.sample())
    message = membres["message.xml"].decode()
    place %= len(message)
    membres["message.xml"] = (message[:place] + dedans + message[place + longueur :]).encode("utf-8", "surrogatepass")
    _answers(gestes.rebuilt(membres))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=400), st.binary(max_size=50)), max_size=8, unique_by=lambda pair: pair[0]))
def test_members_of_any_name(membres: list[tuple[str, bytes]]) -> None:
    lisibles = [(nom.encode("utf-8", "ignore").decode().replace("\0", "") or "x", octets) for nom, octets in membres]
    _answers(gestes.rebuilt(list(dict(lisibles).items())))
