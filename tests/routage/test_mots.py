"""The words an affectation is found by (pure): per service, by their beginnings, never readable."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from psl.routage import mots

UN, AUTRE = UUID(int=1), UUID(int=2)
mot = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=2, max_size=12)
numero = "A-1-ABCD1234"


@given(mot)
def test_two_services_hash_a_word_otherwise(texte: str) -> None:
    un, autre = (mots.hash_word(mots.key_of(service), texte) for service in (UN, AUTRE))
    assert (un == autre, len(un), un == mots.hash_word(mots.key_of(UN), texte)) == (False, 16, True)


@given(mot)
def test_beginnings_of_three_letters_or_more(texte: str) -> None:
    debuts = mots.prefixes(texte)
    assert debuts == [texte[:taille] for taille in range(3, len(texte))] + [texte]


@given(st.lists(mot, min_size=1, max_size=4), st.data())
def test_every_beginning_finds_and_nothing_else_does(noms: list[str], data: st.DataObject) -> None:
    hashes = mots.hashes({"nom": " ".join(noms)}, ["nom"], numero, UN)
    connus = {debut for nom in noms for debut in mots.prefixes(nom)} | set(mots.prefixes("a1abcd1234"))
    cherche = data.draw(mot | st.sampled_from(sorted(connus)))
    assert set(mots.searched(cherche, UN)) <= hashes or cherche not in connus
    assert set(mots.searched(cherche, AUTRE)).isdisjoint(hashes)
    if cherche not in connus and len(mots.normalise(cherche)) == 1:
        assert set(mots.searched(cherche, UN)).isdisjoint(hashes)


@given(st.text(max_size=40))
def test_any_text_is_cut_into_plain_words(texte: str) -> None:
    found = mots.normalise(texte)
    assert [un for un in found if len(un) < 2 or not un.isascii() or not un.isalnum() or un != un.lower()] == []
    assert mots.normalise(" ".join(found)) == found


def test_how_names_are_read() -> None:
    assert mots.normalise("  N'Guyen-Œuvrard, ÉLOÏSE  ") == ["guyen", "oeuvrard", "eloise"]
    assert mots.normalise("\x00\u202e a 1") == []


def test_only_searchable_answers_are_hashed() -> None:
    sans = mots.hashes({}, [], numero, UN)
    assert mots.hashes({"nom": "Dupré", "secret": "Martin"}, ["nom", "absent"], numero, UN) - sans == {
        mots.hash_word(mots.key_of(UN), debut) for debut in ("dup", "dupr", "dupre")
    }


def test_a_number_is_searched_whole_however_it_is_typed() -> None:
    seul = [mots.hash_word(mots.key_of(UN), "a1abcd1234")]
    assert [mots.searched(q, UN) for q in ("A-1-ABCD1234", "a 1 abcd1234", "a1abcd1234")] == [seul] * 3
