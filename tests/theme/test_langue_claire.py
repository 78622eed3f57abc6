"""Our own French: short sentences, and no word that only an office uses. It reads the texts of the catalogue, as they are shown."""

import re

import pytest

from psl.portails.theme import traductions

MOTS = 30
JARGON = (
    "susmentionné", "susvisé", "nonobstant", "afférent", "le cas échéant", "dans le cadre de", "au titre de", "en vue de",
    "vous trouverez ci-joint",
    "procéder à", "mettre en œuvre", "veuillez",
    "pétitionnaire", "administré", "cliquez ici", "login", "e-mail", "workflow", "upload", "télédossier",
)  # fmt: skip
# An agent says « l'usager »; to the person it is « vous ».
DES_AGENTS = ("psl/portails/agent/", "psl/portails/exploitant/", "psl/instruction/", "psl/courriers/templates/courriers/service_")
JARGON_POUR_TOUS = ("usager",)


def long_sentences(text: str) -> list[str]:
    """Return the sentences of a text that have too many words: markup is none, and a colon does not end a sentence."""
    shown = re.sub(r"<[^>]+>", " ", text)
    return [phrase for phrase in re.split(r"(?<=[.?!])\s+", shown) if sum(bool(re.search(r"\w", word)) for word in phrase.split()) > MOTS]


def jargon(text: str, words: tuple[str, ...]) -> list[str]:
    """Return the banned words of a text, singular or plural, whatever their case."""
    return [word for word in words if re.search(rf"(?<!\w){word}(e?s|e)?(?!\w)", text, re.IGNORECASE)]


def ours() -> list[tuple[str, list[str]]]:
    """Return each text and where it stands."""
    catalogue = traductions.read(traductions.CATALOGUE)
    forms = [((m.id,) if isinstance(m.id, str) else m.id, [str(place) for place, _ in m.locations]) for m in catalogue if m.id]
    return [(form, places) for group, places in forms for form in group]


def test_sentences_are_short() -> None:
    assert [phrase for text, _ in ours() for phrase in long_sentences(text)] == []


def test_no_word_of_an_office() -> None:
    assert [(found, text) for text, _ in ours() if (found := jargon(text, JARGON))] == []


def test_the_person_is_spoken_to() -> None:
    public = [text for text, places in ours() if not all(place.startswith(DES_AGENTS) for place in places)]
    assert [text for text in public if jargon(text, JARGON_POUR_TOUS)] == []


@pytest.mark.parametrize(("words", "found"), [(30, 0), (31, 1)])
def test_the_limit_is_thirty_words(words: int, found: int) -> None:
    assert len(long_sentences("Bien. " + " ".join(["mot"] * words) + ". Fin.")) == found


def test_a_banned_word_is_seen_in_the_plural_and_not_inside_another() -> None:
    assert jargon("Les usagers, s'il vous plaît", ("usager",)) == ["usager"]
    assert jargon("Le cas échéant", JARGON) == ["le cas échéant"]
    assert jargon("administration", JARGON) == []
