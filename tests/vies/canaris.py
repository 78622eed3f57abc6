"""Looking for words in clear everywhere the platform keeps something: every column of every table, every file."""

import base64
from pathlib import Path

from tests.harnais.base import BaseReelle

# The outside world of the demonstration (delivered e-mails), and the coffre's own keys.
DEHORS = {"courriels", "cles"}
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '^annuaire_(commune|appellation)$' ORDER BY 1"


def forms(mot: str) -> list[bytes]:
    """Return what a word looks like in a dump: as it is, in the hexadecimal of a bytea, in base64, escaped by JSON, in small letters."""
    octets = mot.encode()
    base64s = [base64.b64encode(b"\0" * lead + octets)[4 * bool(lead) : -4] for lead in range(3)]
    escaped = mot.encode("ascii", "backslashreplace").replace(b"\\x", b"\\u00")
    return [octets, octets.hex().encode(), octets.lower(), octets.lower().hex().encode(), escaped, octets[::-1], *base64s]


def dump(base: BaseReelle) -> dict[str, bytes]:
    """Return every row of every table as text, as a superuser's dump gives it."""
    with base.connect("postgres") as connection:
        tables = [str(nom) for (nom,) in connection.execute(_TABLES)]
        dumped = {}
        for table in tables:
            with connection.cursor().copy(f'COPY (SELECT * FROM "{table}") TO STDOUT') as copie:
                dumped[table] = b"".join(bytes(part) for part in copie)
        return dumped


def found(mots: list[str], base: BaseReelle, etat: Path) -> list[str]:
    """Return where each word is in clear: `table mot` or `fichier mot`."""
    places = dump(base)
    places |= {
        str(path.relative_to(etat)): path.read_bytes()
        for path in etat.rglob("*")
        if path.is_file() and path.relative_to(etat).parts[0] not in DEHORS
    }
    looked = {mot: forms(mot) for mot in mots}
    return [f"{place} {mot}" for place, octets in places.items() for mot, formes in looked.items() if any(f in octets for f in formes)]
