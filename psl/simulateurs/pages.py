"""The pages of the mailbox: HTML without script, readable at any width. Everything said in them is escaped here."""

import re
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote
from zoneinfo import ZoneInfo

from psl.simulateurs.boite import Courriel

_MOIS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
_LIEN = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")

_ICI = Path(__file__).parent
_PAGE = Template((_ICI / "page.html").read_text(encoding="utf-8"))
STYLE = (_ICI / "style.css").read_bytes()


def render_list(courriels: list[Courriel], vers: str) -> str:
    """Return the page of the messages, newest first, and the search by address."""
    titre = "Messages" if not vers else f"Messages pour « {vers} »"
    lignes = "".join(
        f'<li><a href="/message/{un.rang}">{escape(un.objet) or "(sans objet)"}</a>'
        f'<span class="quand">{escape(when(un))} – pour {escape(", ".join(un.vers))}{_count(un)}</span></li>'
        for un in courriels
    )
    liste = f'<ul class="messages">{lignes}</ul>' if courriels else "<p>Aucun message. Actualisez cette page après un envoi.</p>"
    corps = (
        f"<h1>{escape(titre)}</h1>"
        '<form action="/" method="get" role="search"><p><label for="vers">Adresse du destinataire</label>'
        f'<input id="vers" name="vers" type="search" value="{escape(vers)}" autocomplete="off"></p><button>Chercher</button></form>'
        f"<p>{_plural(len(courriels))}</p>{liste}"
    )
    return _PAGE.substitute(titre=escape(titre), corps=corps)


def render_message(courriel: Courriel) -> str:
    """Return the page of one message: who, when, its text with its links, its attachments."""
    objet = courriel.objet or "(sans objet)"
    details = {"De": courriel.de, "Pour": ", ".join(courriel.vers), "Reçu": when(courriel), "Retour": courriel.retour}
    pieces = "".join(
        f'<li><a href="/message/{courriel.rang}/piece/{rang}" download="{escape(piece.nom)}">{escape(piece.nom)}</a>'
        f" ({escape(piece.type)}, {len(piece.octets)} octets)</li>"
        for rang, piece in enumerate(courriel.pieces)
    )
    corps = (
        f"<h1>{escape(objet)}</h1><dl>"
        + "".join(f"<dt>{nom}</dt><dd>{escape(valeur)}</dd>" for nom, valeur in details.items())
        + f'</dl><div class="texte">{linkify(courriel.texte.strip())}</div>'
        + (f"<h2>Pièces jointes</h2><ul>{pieces}</ul>" if pieces else "")
        + f'<p><a href="/message/{courriel.rang}/brut">Message complet (fichier .eml)</a></p><p><a href="/">Tous les messages</a></p>'
    )
    return _PAGE.substitute(titre=escape(objet), corps=corps)


def render_error(statut: int) -> str:
    phrase = {404: "Ce message n'existe pas, ou n'est plus gardé.", 405: "Cette boîte ne se lit que par GET."}.get(
        statut, "Adresse refusée."
    )
    return _PAGE.substitute(titre="Introuvable", corps=f'<h1>{phrase}</h1><p><a href="/">Tous les messages</a></p>')


def linkify(texte: str) -> str:
    """Return a text escaped, its web addresses made links."""
    morceaux, fin = [], 0
    for lien in _LIEN.finditer(texte):
        adresse = escape(lien.group())
        morceaux += [escape(texte[fin : lien.start()]), f'<a href="{adresse}" rel="noreferrer noopener">{adresse}</a>']
        fin = lien.end()
    return "".join([*morceaux, escape(texte[fin:])])


def when(courriel: Courriel) -> str:
    """Return when a message came, in words, in Paris."""
    local = courriel.recu_at.astimezone(ZoneInfo("Europe/Paris"))
    return f"{local.day} {_MOIS[local.month - 1]} {local.year}, {local.hour} h {local.minute:02d}"


def disposition(nom: str) -> str:
    """Return the header that makes a browser keep a file rather than open it (RFC 6266)."""
    return f"attachment; filename*=UTF-8''{quote(nom, safe='')}"


def _count(courriel: Courriel) -> str:
    nombre = len(courriel.pieces)
    return f" – {nombre} pièce{'s' if nombre > 1 else ''} jointe{'s' if nombre > 1 else ''}" if nombre else ""


def _plural(nombre: int) -> str:
    return f"{nombre} message{'s' if nombre > 1 else ''}"
