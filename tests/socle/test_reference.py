import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.socle import reference
from psl.socle.errors import Refus

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CORPS = st.text(ALPHABET, min_size=7, max_size=7)


def test_the_check_character_is_the_standards():
    assert reference.check_character("A12425GABC1234002") == "M"  # ISO 7064 MOD 37,36, example of the GRid standard


def test_a_number_has_its_form_and_is_not_drawn_twice():
    drawn = [reference.draw() for _ in range(2_000)]
    assert [number for number in drawn if not re.fullmatch(r"A-\d-[0-9A-Z]{8}", number)] == []
    assert len(set(drawn)) == 2_000


@given(st.integers(0, 9), CORPS, st.sampled_from(["{}", " {} ", "{}".lower(), "\u00a0{}\t"]))
def test_a_number_is_read_however_it_is_typed(digit, body, form):
    number = f"A-{digit}-{body}{reference.check_character(f'{digit}{body}')}"
    for typed in (number, number.lower(), number.replace("-", ""), number.replace("-", " – ")):
        assert reference.check(form.format(typed)) == number


@given(st.integers(0, 9), CORPS, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_seen(digit, body, position, other):
    right = f"{digit}{body}{reference.check_character(f'{digit}{body}')}"
    wrong = right[:position] + other + right[position + 1 :]
    if wrong != right:
        with pytest.raises(Refus):
            reference.check("A" + wrong)


@pytest.mark.parametrize(
    "typed", ["", "A", "A-1-", "B-1-ABCD1234", "A-1-ABCD12345678", "A-Z-AAAAAAAA", "A-１-ABCD1234", "A-1-ÀBCD1234", "'; --"]
)
def test_a_wrong_number_is_refused_in_words(typed):
    with pytest.raises(Refus) as refus:
        reference.check(typed)
    assert (refus.value.code, refus.value.statut) == ("numero-errone", 404)


def test_a_code_has_eighty_bits_and_survives_the_hand():
    code = reference.draw_code()
    assert re.fullmatch("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    bare = code.replace("-", "")
    assert reference.normalise_code(f" {code.lower()} ") == bare
    assert reference.normalise_code("OIL0-oil1") == "01101011"[:3] + "0" + "011" + "1"
