"""What is typed: certified data, spreadsheets, lines of the log, conditions that would get out, redirections."""

import csv
import io
import json
import logging
import time
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.test import Client

from psl.demarches import queries as demarches
from psl.langage.charger import DefinitionInvalide
from psl.langage.derives import dictionnaire
from psl.langage.feel import ErreurFEEL, parse
from psl.langage.source.yaml_strict import read_bytes
from psl.saisie import transmis
from psl.saisie.transmis import Transmis
from psl.socle import clock
from psl.socle.errors import OneLine
from tests.saisie import gestes as saisie
from tests.usager import gestes


@pytest.mark.django_db
def test_c2_what_was_handed_over_signed_is_not_altered() -> None:
    """No letter of the signed parameter can change; nor can it serve another démarche."""
    now, demarche = clock.now(), demarches.by_code("EtatCivil")
    jeton = transmis.write(Transmis("EtatCivil", "particuliers", "F1427", cas="Vous êtes français"), now=now)
    altered = [jeton[:rang] + ("x" if jeton[rang] != "x" else "y") + jeton[rang + 1 :] for rang in range(len(jeton))]
    assert [un for un in altered if transmis.read(un, demarche, now=now) is not None] == []
    assert transmis.read(jeton, demarches.by_code("JeChangeDeCoordonnees"), now=now) is None
    assert transmis.read(jeton, demarche, now=now) is not None


@pytest.mark.django_db
def test_c2_where_a_value_comes_from_is_ours_to_say(client: Client) -> None:
    """What is changed by hand no longer passes for what was handed over, and nobody posts a provenance."""
    id_ = gestes.start(client, action="MARIAGE")
    assert saisie.see(id_).document.provenance == {"action": "adresse"}
    faux = {"provenance": "adresse", "p": "{}", "lieuEvenement.provenance": "adresse", "provenance.lieuEvenement": "adresse"}
    gestes.fill(client, id_, "demande", {**gestes.DEMANDE, "action": "DECES", **faux})
    document = saisie.see(id_).document
    assert (document.reponses["action"], document.provenance) == ("DECES", {})


@pytest.mark.django_db
@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\u00a0=", "＝", "＋", "－", "＠"])
def test_c3_no_cell_is_a_formula(debut: str) -> None:
    """The one CSV that leaves: whatever a démarche says, a spreadsheet reads a text."""
    demarche = demarches.by_code("EtatCivil")
    piege = replace(demarche, pages=(replace(demarche.pages[0], titre=f"{debut}cmd|' /C calc'!A0"), *demarche.pages[1:]))
    cellules = [cellule for ligne in csv.reader(io.StringIO(dictionnaire.to_csv(piege), newline="")) for cellule in ligne]
    assert [cellule for cellule in cellules if cellule[:1] in set("=+-@\t\r\n \u00a0＝＋－＠") and cellule] == []
    assert f"'{debut}cmd" in "".join(cellules)


def test_c9_nobody_writes_a_line_of_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a request says of itself, each record is one line of JSON that obeys nobody."""
    flux = io.StringIO()
    sortie = logging.StreamHandler(flux)
    sortie.setFormatter(OneLine())
    hostile = 'pirate\r\n{"niveau": "INFO", "message": "tout va bien"}\x1b[2J\u202e\u2028'
    for nom in ("django.security.DisallowedHost", "django.security.csrf", "django.request"):
        monkeypatch.setattr(logging.getLogger(nom), "disabled", False)
        monkeypatch.setattr(logging.getLogger(nom), "handlers", [sortie])
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/", headers={"host": hostile})
    client.post("/suivi", {"numero": hostile}, headers={"referer": hostile, "origin": hostile, "user-agent": hostile})
    client.post("/reprendre/%0d%0a%7b%22niveau%22%3a1%7d%1b%5b2J")
    lignes = flux.getvalue().split("\n")[:-1]
    lus = [json.loads(ligne) for ligne in lignes]
    assert [sorted(lu) for lu in lus if not {"at", "message", "niveau", "origine"} <= set(lu)] == []
    assert (len(lus) >= 3, {signe for ligne in lignes for signe in ligne if signe < " " or signe in "\u202e\u2028"}) == (True, set())


EVASIONS = [
    "a.__class__", "a.__class__.__mro__", "a.__init__.__globals__", '"".__class__', '"{0.__class__}".format(a)', '__import__("os")',
    'open("/etc/passwd")', 'eval("1")', 'exec("1")', 'getattr(a, "x")', "globals()", "lambda x: x", "a.__dict__", "self", "True.real",
    "[].append(1)", "{}.items()", 'function(x) external {java: {class: "java.lang.Runtime"}}', "a[b.__class__]", "`id`", "$(id)",
]  # fmt: skip


@pytest.mark.parametrize("texte", EVASIONS)
def test_c12_no_condition_gets_out(texte: str) -> None:
    """Python is nowhere within reach of a condition: it does not read, or what it names is not there."""
    try:
        lue = parse(texte, ("a", "b")).evaluate({"a": {"x": 1}, "b": "x"})
    except ErreurFEEL:
        return
    assert lue in (None, [])  # nothing, or a list filtered by what is not there


def test_c13_a_demarche_of_ten_thousand_fields_is_read_or_refused_soon() -> None:
    champs = "".join(f"      - {{cle: c{rang}, type: texte, libelle: Champ {rang}, si: c{rang + 1} = c{rang}}}\n" for rang in range(10_000))
    depart = time.process_time()
    try:
        assert read_bytes(f"pages:\n  - blocs:\n    - champs:\n{champs}".encode(), "d.yaml")
    except DefinitionInvalide as invalide:
        assert invalide.defauts  # noqa: PT017 - either way is right
    assert time.process_time() - depart < 20


AILLEURS = (
    "https://pirate.example.org/", "//pirate.example.org", "///pirate.example.org", "/\\pirate.example.org", "\\\\pirate.example.org",
    "/\t/pirate.example.org", "/\n/pirate.example.org", "http:pirate.example.org", "javascript:alert(1)", "data:text/html,x",
    "/%2f/pirate.example.org\r\nLocation: //pirate.example.org", "//pirate.example.org/agent/", "/agent/@pirate.example.org//..//\\x",
    " //pirate.example.org", "\x00//pirate.example.org", "/agent//pirate.example.org",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("suite", AILLEURS)
def test_c16_nothing_leads_elsewhere(suite: str) -> None:
    """After a language, an opinion, a log-in: always a page of ours."""
    client = Client()
    reponses = [
        client.post("/langue", {"langue": "en", "suite": suite}),
        client.post("/avis", {"page": suite, "reponse": "oui"}),
        client.get("/agent/connexion", {"suite": suite}),
        client.get("/agent/verification", {"suite": suite}),
        gestes.fill(client, gestes.start(client, action="MARIAGE"), "demande", {**gestes.DEMANDE, "aller": suite, "suite": suite}),
    ]
    dits = [reponse.headers.get("Location", "/") for reponse in reponses]
    vus = [lieu for lieu in dits if urlsplit(lieu).netloc or not lieu.startswith("/") or lieu[1:2] in {"/", "\\"} or not lieu.isprintable()]
    assert vus == []
    champs = [reponse.content.decode().partition('name="suite" value="')[2].partition('"')[0] for reponse in reponses[2:4]]
    assert [champ for champ in champs if not champ.startswith("/agent/")] == []
