"""The mailbox of the demonstration: catches by SMTP, shows by HTTP, keeps the last ones."""

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from psl.courriers.message import Jointe, build
from psl.simulateurs.boite import Boite
from psl.simulateurs.site import Site
from psl.socle.uuid7 import uuid7

AT = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)


def message(
    vers: str = "camille@example.org", objet: str = "Bonjour", corps: str = "Texte\n", jointes: list[Jointe] | None = None
) -> bytes:
    return build(uuid7(AT), vers=vers, objet=objet, corps=corps, langue="fr", at=AT, jointes=jointes or []).as_bytes()


@pytest.fixture
def boite(tmp_path: Path) -> Boite:
    return Boite(tmp_path / "boite", gardes=3)


def add(boite: Boite, vers: str = "camille@example.org", **autres: Any) -> int:
    return boite.add(message(vers, **autres), retour="bounces+1@psl.example.org", vers=[vers], recu_at=AT).rang


@dataclass
class Lu:
    """An answer of the site."""

    statut: int
    entetes: dict[str, str]
    corps: bytes

    @property
    def texte(self) -> str:
        return self.corps.decode()


def get(boite: Boite, chemin: str, requete: str = "", *, methode: str = "GET", hote: str = "127.0.0.1:8001") -> Lu:
    recu: list[Any] = []
    environ = {"REQUEST_METHOD": methode, "PATH_INFO": chemin, "QUERY_STRING": requete, "HTTP_HOST": hote, "wsgi.input": io.BytesIO()}
    corps = b"".join(Site(boite)(environ, lambda statut, entetes: recu.append((statut, dict(entetes)))))
    return Lu(int(recu[0][0].split()[0]), recu[0][1], corps)


def test_the_last_messages_are_kept_across_a_restart(boite: Boite, tmp_path: Path) -> None:
    for rang in range(5):
        add(boite, objet=f"n° {rang}")
    assert [un.objet for un in boite.search()] == ["n° 4", "n° 3", "n° 2"]
    assert sorted(fichier.name for fichier in (tmp_path / "boite").iterdir()) == ["000003.eml", "000004.eml", "000005.eml"]
    encore = Boite(tmp_path / "boite", gardes=3)
    assert encore.search() == boite.search()
    assert add(encore) == 6


def test_a_message_is_read_with_its_attachments(boite: Boite) -> None:
    rang = add(boite, corps="Éloïse\n", jointes=[Jointe("accusé.pdf", "application/pdf", b"%PDF")])
    courriel = boite.get(rang)
    assert courriel is not None
    assert (courriel.retour, courriel.vers, courriel.recu_at) == ("bounces+1@psl.example.org", ("camille@example.org",), AT)
    assert courriel.texte.strip() == "Éloïse"
    assert [(piece.nom, piece.type, piece.octets) for piece in courriel.pieces] == [("accusé.pdf", "application/pdf", b"%PDF")]
    assert courriel.brut.startswith(b"From: Plateforme des services en ligne")


def test_a_broken_message_is_kept_all_the_same(boite: Boite) -> None:
    boite.add(b"\xff\x00rien de lisible", retour="", vers=["a@example.org"], recu_at=AT)
    assert [un.objet for un in boite.search()] == [""]
    assert get(boite, "/message/1").statut == 200


def test_the_list_shows_the_newest_first_and_finds_an_address(boite: Boite) -> None:
    add(boite, "camille@example.org", objet="Pour Camille")
    add(boite, "Dominique@example.org", objet="Pour <b>Dominique</b>")
    page = get(boite, "/").texte
    assert page.index("Dominique") < page.index("Pour Camille")
    assert "Pour &lt;b&gt;Dominique&lt;/b&gt;" in page
    assert "23 novembre 2026, 14 h 05" in page
    assert "2 messages" in page
    page = get(boite, "/", "vers=dominique").texte
    assert "Pour Camille" not in page
    assert "1 message<" in page
    assert "Aucun message" in get(boite, "/", "vers=%22%3E%3Cscript%3E").texte
    assert "<script" not in get(boite, "/", "vers=%22%3E%3Cscript%3E").texte


def test_a_message_shows_its_text_and_its_links(boite: Boite) -> None:
    rang = add(
        boite,
        objet='Un "objet" <script>',
        corps="Ouvrez http://127.0.0.1:8000/reprendre/a-b_C?x=1&y=2.\n<script>alert(1)</script>\njavascript:alert(1)\n",
        jointes=[Jointe('a"b<c>.pdf', "application/pdf", b"%PDF")],
    )
    page = get(boite, f"/message/{rang}").texte
    assert '<a href="http://127.0.0.1:8000/reprendre/a-b_C?x=1&amp;y=2" rel="noreferrer noopener">' in page
    assert "y=2</a>." in page
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert 'download="a&quot;b&lt;c&gt;.pdf"' in page


def test_attachments_and_messages_are_downloaded_never_opened(boite: Boite) -> None:
    rang = add(boite, jointes=[Jointe("accusé.html", "text/html", b"<script>alert(1)</script>")])
    piece = get(boite, f"/message/{rang}/piece/0")
    assert (piece.corps, piece.entetes["Content-Type"]) == (b"<script>alert(1)</script>", "application/octet-stream")
    assert piece.entetes["Content-Disposition"] == "attachment; filename*=UTF-8''accus%C3%A9.html"
    assert get(boite, f"/message/{rang}/brut").corps.startswith(b"From: ")


def test_the_same_is_told_as_json(boite: Boite) -> None:
    rang = add(boite, corps="Texte\n", jointes=[Jointe("a.pdf", "application/pdf", b"%PDF")])
    add(boite, "autre@example.org")
    (lu,) = json.loads(get(boite, "/messages.json", "vers=camille").corps)
    assert lu == {
        "id": rang,
        "recu_at": "2026-11-23T13:05:00+00:00",
        "retour": "bounces+1@psl.example.org",
        "vers": ["camille@example.org"],
        "de": "Plateforme des services en ligne <ne-pas-repondre@psl.example.org>",
        "objet": "Bonjour",
        "texte": "Texte\n",
        "jointes": [{"nom": "a.pdf", "type": "application/pdf", "taille": 4}],
    }
    assert json.loads(get(boite, "/sante").corps) == {"etat": "ok", "messages": 2}


@pytest.mark.parametrize(
    "chemin", ["/message/99", "/message/1/piece/7", "/message/abc", "/../etc/passwd", "/message/1/autre", "/favicon.ico"]
)
def test_what_is_not_there_is_said(boite: Boite, chemin: str) -> None:
    add(boite)
    lu = get(boite, chemin)
    assert (lu.statut, "n'existe pas" in lu.texte) == (404, True)


def test_only_this_machine_reads_and_nobody_writes(boite: Boite) -> None:
    assert get(boite, "/", hote="boite.example.org").statut == 403
    assert get(boite, "/", hote="").statut == 403
    assert get(boite, "/", hote="localhost").statut == 200
    assert get(boite, "/", methode="POST").statut == 405
    tete = get(boite, "/", methode="HEAD")
    assert (tete.statut, tete.corps) == (200, b"")


def test_every_answer_is_locked_down(boite: Boite) -> None:
    add(boite)
    for chemin in ("/", "/message/1", "/messages.json", "/style.css", "/rien", "/message/1/brut"):
        entetes = get(boite, chemin).entetes
        assert entetes["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
        assert "unsafe" not in entetes["Content-Security-Policy"]
        assert (entetes["X-Content-Type-Options"], entetes["Cache-Control"]) == ("nosniff", "no-store")
