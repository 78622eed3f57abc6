"""Access: what is not published, what an exploitant may not read, where no file is, how long a proof lasts."""

import io
import json
import logging
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client

from psl.demarches import queries as demarches
from psl.demarches.models import VersionDemarche
from psl.portails.agent import acces_service
from psl.saisie import acces as saisie
from psl.socle import clock
from psl.socle.errors import OneLine
from psl.suivi import acces as suivi
from tests.acces import gestes
from tests.instruction import monde as mondes
from tests.instruction.monde import Monde
from tests.saisie import gestes as brouillons
from tests.usager import gestes as usagers

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return mondes.make()


def test_a11_what_is_not_published_is_nowhere(client: Client) -> None:
    """Neither by a made-up code, nor by the slug, the digest or the rank of a version, in the address or beside it."""
    courante = demarches.by_code("EtatCivil")
    for code in ("Brouillon", courante.slug, courante.digest, "EtatCivil-1", "etatcivil", "..", "EtatCivil%00"):
        page, depart = client.get(f"/mademarche/{code}/demarche"), client.post(f"/mademarche/{code}/commencer")
        assert (code, page.status_code, depart.status_code) == (code, 404, 404)
    ancienne = VersionDemarche.objects.exclude(digest=courante.digest).filter(slug=courante.slug).values_list("digest", flat=True)
    for nom in ("version", "digest", "empreinte", "demarche", "slug"):
        id_ = usagers.start(client, action="MARIAGE", **{nom: next(iter(ancienne), "0" * 64)})
        assert brouillons.see(id_).digest == courante.digest


def test_a13_an_exploitant_reads_no_content(monde: Monde) -> None:
    """Every route of a portal that is not theirs says what it says to a stranger; their own names nobody."""
    cible = gestes.make(monde, monde.camille)
    client = gestes.exploitant(monde)
    for chemin in (
        "/exploitant/",
        "/suivi/dossier",
        "/suivi/preuve",
        "/agent/gestionnaire-de-suivi/dossier",
        f"/ma-demande/{cible.brouillon}",
    ):
        corps = client.get(chemin, follow=True).content.decode()
        assert (chemin, [marque for marque in cible.marques if marque in corps]) == (chemin, [])


def test_a14_no_address_leads_to_a_stored_file(monde: Monde) -> None:
    cible = gestes.make(monde, monde.camille)
    noms = [str(cible.piece), cible.piece.hex, f"{cible.piece.hex[:2]}/{cible.piece.hex}", f"{gestes.CANARI}fichier.pdf"]
    racines = ("", "static/", "media/", "fichiers/", "pieces/", "piece/", "static/../", "static/%2e%2e/", "static/..%2f", "suivi/document/")
    servis = [f"/{racine}{nom}" for racine in racines for nom in noms if Client().get(f"/{racine}{nom}").status_code not in {302, 404}]
    assert servis == []
    assert Path(settings.ASSETS).resolve() not in Path(settings.ETAT, "fichiers").resolve().parents
    robots = Client().get("/robots.txt").content.decode()
    assert [chemin for chemin in ("/ma-demande/", "/suivi", "/agent", "/reprendre/") if f"Disallow: {chemin}" not in robots] == []


def test_a10_a_proof_that_is_always_used_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stolen cookie renewed at each page must not live for ever: twelve hours from the proof, for an usager as for a service."""
    sujet, debut = brouillons.start(), clock.now()

    def pass_to(**passe: int) -> None:
        monkeypatch.setattr(signing.time, "time", (debut + timedelta(**passe)).timestamp)

    suivie, service = suivi.sign("ouvert", sujet), acces_service.sign(sujet)
    for minutes in range(50, 720, 50):
        pass_to(minutes=minutes)
        assert (suivi.check("ouvert", suivie), acces_service.check(service)) == ((sujet, ""), sujet)
        suivie, service = suivi.renew("ouvert", suivie), acces_service.renew(service)
    pass_to(minutes=721)
    assert (suivi.check("ouvert", suivie), acces_service.check(service)) == (None, None)


def test_a6_tries_on_a_service_password_count_behind_a_proxy(monde: Monde, settings: pytest.FixtureRequest) -> None:
    """Sixty tries an hour for each address behind our proxy, not for all of them together; and it says when to try again."""
    settings.MANDATAIRES = (ip_network("127.0.0.1"),)
    for rang in range(61):
        derniere = Client().post("/agent/gestionnaire-de-suivi", {"numero": f"x{rang}"}, headers={"x-forwarded-for": "192.0.2.7"})
    assert (derniere.status_code, 0 < int(derniere.headers["Retry-After"]) <= 3600) == (429, True)
    assert Client().post("/agent/gestionnaire-de-suivi", {"numero": "x"}, headers={"x-forwarded-for": "192.0.2.8"}).status_code == 404


def test_e8_no_line_of_the_log_can_be_followed() -> None:
    """The path of a private link is in the words of Django (a form refused, a failure); it must not be in ours."""
    chemin = saisie.resume_path(brouillons.start())
    for message, arguments in (("Internal Server Error: %s", (chemin,)), ("Forbidden (%s): %s", ("CSRF", chemin + "?x=1"))):
        ligne = OneLine().format(logging.LogRecord("django.request", logging.ERROR, "x.py", 1, message, arguments, None))
        assert (chemin.removeprefix("/reprendre/") in ligne, "/reprendre/…" in json.loads(ligne)["message"]) == (False, True)


def test_e8_a_form_refused_leaves_no_link_in_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    chemin, flux = saisie.resume_path(brouillons.start()), io.StringIO()
    journal, sortie = logging.getLogger("django.security.csrf"), logging.StreamHandler(flux)
    sortie.setFormatter(OneLine())
    monkeypatch.setattr(journal, "disabled", False)
    monkeypatch.setattr(journal, "handlers", [sortie])
    assert Client(enforce_csrf_checks=True).post(chemin, {"code": "0000-0000"}).status_code == 403
    [ligne] = flux.getvalue().splitlines()
    assert (chemin.removeprefix("/reprendre/") in ligne, "/reprendre/…" in ligne) == (False, True)
