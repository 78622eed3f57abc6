import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.socle import crypto

CLE = bytes(range(32))


@given(st.binary(max_size=300), st.binary(max_size=20))
def test_a_box_gives_back_what_it_holds(clair, aad):
    assert crypto.decrypt(CLE, crypto.encrypt(CLE, clair, aad), aad) == clair


@given(st.binary(max_size=60), st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_does_not_open(clair, position, bits):
    box = bytearray(crypto.encrypt(CLE, clair))
    box[position % len(box)] ^= bits
    with pytest.raises(crypto.BoiteIllisible):
        crypto.decrypt(CLE, bytes(box))


@pytest.mark.parametrize(
    "box",
    [b"", b"\x01", b"\x01" + bytes(27), crypto.encrypt(bytes(32), b"a"), crypto.encrypt(CLE, b"a", b"ailleurs")],
    ids=["rien", "version", "courte", "autre-cle", "autre-lieu"],
)
def test_another_key_another_place_or_nothing_does_not_open(box):
    with pytest.raises(crypto.BoiteIllisible):
        crypto.decrypt(CLE, box)


SIZES = [0, 1, crypto.CHUNK - 1, crypto.CHUNK, crypto.CHUNK + 1, 3 * crypto.CHUNK, 3 * crypto.CHUNK + 7]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("cut", [1_000, crypto.CHUNK, 200_000])
def test_a_stream_gives_back_what_it_holds_however_it_is_cut(size, cut):
    clair = bytes(i % 251 for i in range(size))
    boites = b"".join(crypto.encrypt_chunks(CLE, [clair[i : i + cut] for i in range(0, size, cut)], b"f"))
    assert b"".join(crypto.decrypt_chunks(CLE, [boites[i : i + cut] for i in range(0, len(boites), cut)], b"f")) == clair
    assert len(boites) == 8 + size + 16 * max(1, -(-size // crypto.CHUNK))


def _stream(size):
    header, *chunks = crypto.encrypt_chunks(CLE, [bytes(size)])
    return header, chunks


ALTERED = {
    "nothing": lambda h, c: [],
    "header only": lambda h, c: [h],
    "another version": lambda h, c: [b"\x09" + h[1:], *c],
    "last chunk cut off": lambda h, c: [h, *c[:-1]],
    "a byte cut off": lambda h, c: [h, *c[:-1], c[-1][:-1]],
    "swapped": lambda h, c: [h, c[1], c[0], *c[2:]],
    "repeated": lambda h, c: [h, c[0], *c],
    "one more": lambda h, c: [h, *c, c[-1]],
    "first lost": lambda h, c: [h, *c[1:]],
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED.keys())
def test_a_stream_cut_or_reordered_does_not_open(alter):
    with pytest.raises(crypto.BoiteIllisible):
        list(crypto.decrypt_chunks(CLE, alter(*_stream(3 * crypto.CHUNK))))


def test_a_keyed_hash_is_hmac_sha256():
    # RFC 4231, test case 2
    assert crypto.keyed_hash(b"Jefe", "what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
