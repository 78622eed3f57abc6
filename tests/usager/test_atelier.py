"""The workshop: each page says the faults of the démarche being written, and serves what was published last, even an older content."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from psl.commandes import demarche as commande
from psl.demarches import queries
from tests.langage.temoin import changed, write

pytestmark = pytest.mark.django_db
PAGE = "/mademarche/Temoin/demarche"


def follow(catalogue: Path) -> int:
    parser = argparse.ArgumentParser()
    commande.configure(parser)
    return commande.run(parser.parse_args(["suivre", "temoin", "--une-fois", "--catalogue", str(catalogue)]))


@pytest.fixture
def atelier(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.ETAT = tmp_path / "etat"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "psl.portails.usager.atelier.Atelier"]
    monkeypatch.setattr(queries._courantes, "imposees", {})
    return tmp_path


def test_a_fault_is_said_in_the_page_with_its_line_and_what_to_write(atelier: Path) -> None:
    write(atelier, changed())
    assert follow(atelier) == 0
    client = Client()
    assert "temoin/demarche.yaml:" not in client.get(PAGE).content.decode()
    dossier = write(atelier, changed(("pages.1.si", "quoy = 1")))
    ligne = (dossier / "demarche.yaml").read_text("utf-8").split("quoy = 1")[0].count("\n") + 1
    assert follow(atelier) == 1
    page = client.get(PAGE).content.decode()
    assert f"<strong>temoin/demarche.yaml:{ligne}</strong>" in page
    assert "Vouliez-vous écrire « quoi » ?" in page.replace("\u00a0", " ").replace("\u202f", " ")
    assert '<script src="/static/atelier' in page or "atelier.js" in page


def test_a_change_is_shown_at_once_and_its_undoing_too(atelier: Path) -> None:
    client = Client()
    marques = []
    for titre in ("Un témoin", "Deux témoins", "Un témoin"):
        write(atelier, changed(("titre", titre)))
        assert follow(atelier) == 0
        marques.append(client.get("/atelier").content.decode())
        assert f"{titre}</h1>" in client.get(PAGE).content.decode()
    assert len(set(marques)) == 3
    assert marques[-1] == json.loads((atelier / "etat" / "atelier.json").read_text("utf-8"))["marque"]


def test_the_code_of_another_demarche_is_a_fault_too(atelier: Path) -> None:
    write(atelier, changed())
    assert follow(atelier) == 0
    autre = write(atelier / "autre", changed(("slug", "autre")))
    autre.rename(autre.parent / "autre")
    parser = argparse.ArgumentParser()
    commande.configure(parser)
    assert commande.run(parser.parse_args(["suivre", "autre", "--une-fois", "--catalogue", str(atelier / "autre")])) == 1
    assert "Le code « Temoin » est déjà celui de la démarche « temoin »" in Client().get(PAGE).content.decode().replace("\u00a0", " ")


def test_without_the_workshop_pages_say_nothing_of_it() -> None:
    assert Client().get("/atelier").status_code == 404
    assert "data-atelier" not in Client().get("/").content.decode()
