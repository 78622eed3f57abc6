"""A preuve: a third party checks it with openssl and one script; nothing of it can be altered unseen."""

import base64
import json
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from psl.commandes import __main__ as commandes
from psl.journal import operations as journal
from psl.journal import preuves
from psl.socle.acteur import SYSTEME, scope
from psl.suivi import preuve
from psl.teledossiers import queries
from tests.preuves import exemples
from tests.preuves.exemples import SCRIPT, Prouve
from tests.teledossiers.gestes import NOW, file

pytestmark = pytest.mark.django_db
TEMOINS = 12  # how many alterations the third party's script, which starts openssl, is shown


def run_script(prouve: Prouve, place: Path) -> subprocess.CompletedProcess[str]:
    """Run the script as a third party does: its files, its openssl, nothing of ours."""
    for nom, octets in {"preuve.json": prouve.preuve, "certificats.pem": prouve.certificats, "accuse.pdf": prouve.accuse}.items():
        (place / nom).write_bytes(octets)
    command = [sys.executable, "-I", str(SCRIPT), "preuve.json", "certificats.pem", "accuse.pdf"]
    return subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)


def test_a_third_party_checks_it_alone(prouve: Prouve, tmp_path: Path) -> None:
    done = run_script(prouve, tmp_path)
    assert (done.returncode, done.stderr, done.stdout.splitlines()) == (
        0,
        "",
        [
            "juste forme du fichier",
            "juste sceau",
            "juste teledossier.depose n° 1",
            "juste teledossier.depose n° 1, corps",
            "juste document.produit n° 2",
            "juste document.produit n° 2, corps",
            "juste lot 1, signature",
            "juste lot 1, horodatage",
            "juste dépôt 1",
            "juste PDF 1",
        ],
    )
    assert preuve.check(prouve.preuve) == []


def test_openssl_alone_checks_signature_and_time(prouve: Prouve, tmp_path: Path) -> None:
    [lot] = json.loads(prouve.preuve)["lots"].values()
    certificats = json.loads(prouve.preuve)["certificats"]
    for nom, octets in {
        "tete": lot["tete"].encode(),
        "signature": base64.b64decode(lot["signature"]),
        "jeton": base64.b64decode(lot["jeton"]),
        "nous.pem": certificats["scellement"].encode(),
        "ac.pem": certificats["horodatage"].encode(),
    }.items():
        (tmp_path / nom).write_bytes(octets)

    def openssl(words: str) -> tuple[int, str]:
        done = subprocess.run(["openssl", *words.split()], cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.strip()

    assert openssl("x509 -in nous.pem -pubkey -noout -out cle.pem")[0] == 0
    assert openssl("dgst -sha256 -verify cle.pem -signature signature tete") == (0, "Verified OK")
    assert openssl("ts -verify -token_in -in jeton -data tete -CAfile ac.pem") == (0, "Verification: OK")
    (tmp_path / "tete").write_bytes(lot["tete"].encode() + b" ")
    assert openssl("dgst -sha256 -verify cle.pem -signature signature tete")[0] == 1
    assert openssl("ts -verify -token_in -in jeton -data tete -CAfile ac.pem")[0] == 1


def test_what_it_holds(prouve: Prouve) -> None:
    lue = json.loads(prouve.preuve)
    [depot] = lue["depots"]
    assert json.loads(depot["octets"])["valeurs"]["identite1_nomFamille"] == "Dupré"
    assert [fait["tete"][1] for fait in lue["faits"]] == ["teledossier.depose", "document.produit"]
    assert lue["numero"] == prouve.numero


def test_without_the_content_it_says_no_answer(monde: object) -> None:
    sans = exemples.make(has_content=False)
    assert ([depot["octets"] for depot in json.loads(sans.preuve)["depots"]], "Dupré".encode() in sans.preuve) == ([None], False)
    assert preuve.check(sans.preuve) == []


def alter(octets: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one changed, removed, added, or two parts exchanged."""
    place, sorte = chance.randrange(len(octets)), chance.randrange(4)
    if sorte == 0:
        return octets[:place] + bytes([octets[place] ^ chance.randrange(1, 256)]) + octets[place + 1 :]
    if sorte == 1:
        return octets[:place] + octets[place + 1 :]
    if sorte == 2:
        return octets[:place] + bytes([chance.choice(octets)]) + octets[place:]
    fin = min(len(octets), place + chance.randrange(2, 40))
    return octets[:place] + octets[place:fin][::-1] + octets[fin:]


def alterations(octets: bytes, nombre: int) -> list[bytes]:
    chance = random.Random(3)
    altered = (alter(octets, chance) for _ in range(nombre * 2))
    return [autre for autre in altered if autre != octets][:nombre]


def test_a_thousand_alterations_of_a_preuve_are_all_found(prouve: Prouve) -> None:
    altered = alterations(prouve.preuve, 1_000)
    assert [len(altered), sum(preuve.check(autre) == [] for autre in altered)] == [1_000, 0]
    script = exemples.script()
    assert [find(script, Prouve(prouve.numero, autre, prouve.certificats, prouve.accuse)) for autre in altered[:TEMOINS]] == [
        True
    ] * TEMOINS


def test_a_thousand_alterations_of_the_accuse_are_all_found(prouve: Prouve) -> None:
    altered = alterations(prouve.accuse, 1_000)
    dits = {json.loads(fait["corps"])["sha256"] for fait in json.loads(prouve.preuve)["faits"]}
    script = exemples.script()
    assert [len(altered), sum(script.sha(autre).hex() in dits for autre in altered)] == [1_000, 0]
    assert [find(script, Prouve(prouve.numero, prouve.preuve, prouve.certificats, autre)) for autre in altered[:3]] == [True] * 3


def find(script: object, altered: Prouve) -> bool:
    """Say whether the third party sees that something is wrong; what the script cannot read is not believed either."""
    try:
        return not all(script.verify(altered.preuve, altered.certificats, [altered.accuse]).values())  # type: ignore[attr-defined]
    except (ValueError, KeyError, TypeError, AttributeError):
        return True


def forge(octets: bytes, change: dict[str, object]) -> bytes:
    """Return a preuve changed and written again in its form, as somebody without our key would."""
    return preuves.dump({**json.loads(octets), **change})


def test_a_forger_without_our_key(prouve: Prouve) -> None:
    lue = json.loads(prouve.preuve)
    [depot] = lue["depots"]
    autre = {**depot, "octets": depot["octets"].replace("Dupré", "Dupre")}
    assert preuve.check(forge(prouve.preuve, {"depots": [autre]})) == [
        "Le sceau de ce fichier n'est pas le nôtre.",
        "Le contenu du dépôt 1 n'est pas celui qui a été scellé.",
    ]
    assert preuve.check(forge(prouve.preuve, {"etablie_le": "2020-01-01T00:00:00+00:00"})) == ["Le sceau de ce fichier n'est pas le nôtre."]
    assert preuve.check(b"[]\n") == preuve.check(b"\xff") == ["Ce fichier n'est pas une preuve, ou il a été changé."]


def test_before_the_seal_it_says_that_more_will_come(monde: object, tmp_path: Path, settings) -> None:
    depose = file()
    with scope(SYSTEME):
        trop_tot = preuve.compose(depose.teledossier, has_content=False, now=NOW)
    assert (preuves.waiting(trop_tot), preuve.check(trop_tot)) == (True, [])
    settings.HORODATEUR = "psl.connecteurs.horodateurs.en_panne.HorodateurEnPanne"
    journal.seal(now=NOW)
    with scope(SYSTEME):
        sans_jeton = preuve.compose(depose.teledossier, has_content=False, now=NOW)
    assert (preuves.waiting(sans_jeton), preuve.check(sans_jeton)) == (True, [])
    settings.HORODATEUR = "psl.connecteurs.horodateurs.demonstration.HorodateurDemonstration"
    journal.seal(now=NOW + timedelta(hours=1))
    with scope(SYSTEME):
        entiere = preuve.compose(depose.teledossier, has_content=False, now=NOW)
    assert (preuves.waiting(entiere), preuve.check(entiere)) == (False, [])


def test_the_command_writes_and_checks(prouve: Prouve, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr("django.setup", lambda: None)
    sortie = tmp_path / "preuve.json"
    assert commandes.main(["preuve", prouve.numero, "--sortie", str(sortie)]) == 0
    assert capsys.readouterr().out == f"{sortie} : preuve du dossier {prouve.numero}.\n"
    assert commandes.main(["preuve", "--verifier", str(sortie)]) == 0
    assert capsys.readouterr().out.startswith("Cette preuve est juste (")
    assert commandes.main(["preuve", "--certificats"]) == 0
    assert capsys.readouterr().out.encode() == prouve.certificats
    sortie.write_bytes(sortie.read_bytes().replace(b"depose", b"depoze", 1))
    assert commandes.main(["preuve", "--verifier", str(sortie)]) == 1
    assert commandes.main(["preuve", "A-1-ZZZZZZZZ", "--sortie", str(sortie)]) == 1


def test_the_script_is_short_and_needs_nothing() -> None:
    source = SCRIPT.read_text(encoding="utf-8")
    imports = {line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert (len(source.splitlines()) <= 60, imports - set(sys.stdlib_module_names)) == (True, set())


def test_the_content_is_what_was_sealed_to_the_byte(prouve: Prouve) -> None:
    with scope(SYSTEME):
        teledossier = queries.find_by_numero(prouve.numero)
        assert teledossier is not None
        assert queries.depot_bytes(teledossier.id, 1).decode() == json.loads(prouve.preuve)["depots"][0]["octets"]
