"""The search over ten times the whole corpus (76 k documents): the page of answers and the suggestions, 4 clients; the making of the index.

The documents are copied ten times with a word of their own; without PSL_BANC_FICHES the shipped selection is copied up to as many.
"""

from collections.abc import Iterator

from tests.bancs import banc_recherche
from tests.bancs.mesure import Mesure
from tests.bancs.web import Web, web

LONG = True
DOCUMENTS = 76_000
FICHES = """
INSERT INTO fiches_fiche (ident, audience, genre, titre, sujet, description, theme, dossier, url, numero, maj_on, arbre, empreinte)
SELECT f.ident || '-' || n, audience, genre, titre || ' variante' || n, sujet, description, theme,
    dossier, url, numero, maj_on, '[]', empreinte
FROM fiches_fiche f, generate_series(1, %(fois)s) n
"""
LIENS = """
INSERT INTO fiches_lien (origine, audience, cible, audience_cible, sorte, texte)
SELECT origine, audience, cible || '-' || n, audience_cible, sorte, texte FROM fiches_lien, generate_series(1, %(fois)s) n
"""


def measure() -> Iterator[Mesure]:
    with web() as serveur:
        if banc_recherche.ARCHIVE:
            banc_recherche.command(serveur, "fiches", "importer", banc_recherche.ARCHIVE)
        total = multiply(serveur)
        yield from banc_recherche.renewal(serveur, total, 60)
        yield from banc_recherche.speed(serveur, total, (60, 60))


def multiply(serveur: Web) -> int:
    with serveur.base.connect("psl_proprietaire") as connection:
        row = connection.execute("SELECT count(*) FROM fiches_fiche").fetchone()
        fois = -(-DOCUMENTS // int(str(row[0]))) - 1 if row else 0
        connection.execute(FICHES, {"fois": fois})
        connection.execute(LIENS, {"fois": fois})
        row = connection.execute("SELECT count(*) FROM fiches_fiche").fetchone()
    return int(str(row[0])) if row else 0
