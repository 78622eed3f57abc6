"""Where French texts are shown, the spaces that French wants do not break: pages, e-mails, PDF; English ones are left alone."""

import gzip
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pypdfium2
import pytest
from django.conf import settings
from django.test import Client, override_settings

from psl.courriers import gabarits
from psl.langage.texte import INSECABLE
from psl.portails.public import gardees
from psl.teledossiers.rendus import pdf
from psl.teledossiers.rendus.pdf import Piece

PAGES = ("/", "/mademarche/EtatCivil/demarche?action=MARIAGE", "/suivi", "/recherche?q=acte", "/rien-ici")
CASSABLE = re.compile(r"[^<>]* [:;?!»](?=[\s<.,]|$)[^<>]*|[^<>]*« [^<>]*")
TETE = re.compile(r"<(script|style|textarea)\b.*?</\1>", re.DOTALL)


@pytest.fixture(autouse=True)
def _set() -> Iterator[None]:
    with override_settings(ESPACES_INSECABLES=True):
        yield


def _words(html: str) -> list[str]:
    return re.sub(r"<[^>]*>", "\n", TETE.sub("", html)).splitlines()


@pytest.mark.parametrize("page", PAGES)
def test_no_line_of_a_french_page_may_break_before_a_double_sign(db: None, page: str) -> None:
    mots = _words(Client(headers={"Accept-Language": "fr"}).get(page).content.decode())
    assert [ligne for ligne in mots if CASSABLE.fullmatch(ligne)] == []


def test_a_page_has_some_and_an_english_page_is_left_alone(db: None) -> None:
    francais, anglais = (Client(headers={"Accept-Language": langue}).get("/suivi").content.decode() for langue in ("fr", "en"))
    assert (INSECABLE in francais, INSECABLE in anglais) == (True, False)


def test_a_page_kept_compressed_has_them_too(db: None) -> None:
    gardees.forget()
    reponse = Client(headers={"Accept-Language": "fr", "Accept-Encoding": "gzip"}).get("/particuliers")
    assert reponse.headers["Content-Encoding"] == "gzip"
    mots = _words(gzip.decompress(reponse.content).decode())
    gardees.forget()
    assert [ligne for ligne in mots if CASSABLE.fullmatch(ligne)] == []


def test_an_email_and_a_pdf_have_them_too() -> None:
    _, corps = gabarits.render("code", {"code": "048213"}, "fr")
    assert f"est{INSECABLE}:" in corps
    assert INSECABLE not in gabarits.render("code", {"code": "048213"}, "en")[1]

    def text(langue: str) -> str:
        octets = pdf.render(Piece(titre="Objet : essai", entete="PSL", pied="x", langue=langue), at=datetime(2026, 11, 24, tzinfo=UTC))
        return pypdfium2.PdfDocument(io.BytesIO(octets))[0].get_textpage().get_text_bounded()

    assert (f"Objet{INSECABLE}:" in text("fr"), "Objet :" in text("en")) == (True, True)


def test_the_platform_sets_them() -> None:
    assert settings.MIDDLEWARE.index("psl.portails.theme.middleware.SpaceFrench") > 0
