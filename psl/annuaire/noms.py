"""Names as people type them: folding, sort keys, search words, elision. Pure."""

import re
import unicodedata

ARTICLES = frozenset({"l", "la", "le", "les"})
ABREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "lez": "les"}
SUR_OU_SOUS = re.compile(r"\bs/(s\b)?")
ORDINAL = re.compile(r"\b(\d+) ?(?:i?eme|nd|nde|er|ere)\b")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "\u2019": "'"})


def unaccent(text: str) -> str:
    """Return the text in lower case without accents or ligatures; anything else is kept."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def sort_key(name: str) -> str:
    """Return what orders names as French readers expect, whatever the collation of the database."""
    return " ".join(re.findall(r"[a-z0-9]+", unaccent(name)))


def normalise(text: str) -> str:
    """Return the words of a name as search compares them: « St-Pierre s/ Mer » gives « saint pierre sur mer »."""
    full = SUR_OU_SOUS.sub(lambda found: " sous " if found[1] else " sur ", ORDINAL.sub(r"\1e", unaccent(text)))
    return " ".join(ABREVIATIONS.get(word, word) for word in re.findall(r"[a-z0-9]+", full))


def bare(folded: str) -> str:
    """Return a folded name without the article that begins it: « la rochelle » gives « rochelle »."""
    first, _, rest = folded.partition(" ")
    return rest if rest and first in ARTICLES else folded


def lexemes(folded: str) -> set[str]:
    """Return the words under which a name is found; the whole name in one word is among them (« larochelle »)."""
    return {*folded.split(), folded.replace(" ", "")} - {""}


def of(name: str) -> str:
    """Return a commune's name after « de »: « d'Arboys », « du Havre », « des Sables-d'Olonne », « de Hautmont »."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"d'{name}" if unaccent(name[:1]) in set("aeiouy") else f"de {name}"


def attachment(sorte: str, name: str, code: str, today: str) -> str:
    """Say what a commune is to the one of today (« commune déléguée de X »); nothing for a commune of today.

    Official terms, in French in every language.
    """
    match sorte:
        case "deleguee":
            return f"commune déléguée {of(today)}"
        case "associee":
            return f"commune associée {of(today)}"
        case "ancien_nom":
            return f"ancien nom {of(today)}"
        case "ancienne":
            return f"ancienne commune, aujourd’hui {today}" if name not in {"", today} else f"ancien code {code}"
    return ""
