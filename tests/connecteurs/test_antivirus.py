"""The antivirus of the demonstration, the one that is down, and clamd over its own protocol."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from psl.connecteurs.antivirus import clamd as module_clamd
from psl.connecteurs.antivirus.clamd import AntivirusClamd
from psl.connecteurs.antivirus.demonstration import AntivirusDemonstration
from psl.connecteurs.antivirus.en_panne import PANNE, AntivirusEnPanne
from psl.pieces.antivirus import Avis, Verdict
from tests.connecteurs.contrat_antivirus import ContratAntivirus
from tests.connecteurs.faux_clamd import clamd


class TestAntivirusDemonstration(ContratAntivirus):
    """The contract, on the one that knows one virus."""

    @pytest.fixture
    def antivirus(self) -> AntivirusDemonstration:
        return AntivirusDemonstration()


class TestAntivirusClamd(ContratAntivirus):
    """The contract, over a socket."""

    @pytest.fixture
    def antivirus(self) -> Iterator[AntivirusClamd]:
        with clamd() as adresse:
            yield AntivirusClamd(adresse)


def test_the_antivirus_that_is_down_never_says_sane() -> None:
    assert AntivirusEnPanne().scan([b"x"]) == Verdict(Avis.INDISPONIBLE, PANNE)
    assert AntivirusEnPanne().check() == [PANNE]


@pytest.mark.parametrize(
    ("conduite", "raison"),
    [
        ("raccroche", "L'antivirus a raccroché sans répondre"),
        ("charabia", "stream: peut-etre"),
        ("limite", "INSTREAM size limit exceeded. ERROR"),
    ],
)
def test_anything_but_a_clear_answer_is_no_answer(conduite: str, raison: str) -> None:
    with clamd(conduite) as adresse:
        verdict = AntivirusClamd(adresse).scan([b"x" * 100])
    assert verdict.avis is Avis.INDISPONIBLE
    assert raison in verdict.nom or verdict.nom == "Connection reset by peer"


@pytest.mark.parametrize(
    "reponse",
    [
        "stream: OK",  # cut off before its end
        "OK\0",
        "autre: OK\0",
        "stream: OK FOUND\0stream: OK\0",
        "stream: OK\0stream: Virus FOUND\0",
        "stream: ok\0",
        "stream: OK\n\0 ",
        "\0stream: OK\0",
        "stream: OK" + " " * 100_000 + "\0",
        "stream: " + "x" * 100_000 + " FOUND\0",
        "\xff\xfe\0",
    ],
)
def test_d7_a_clamd_that_lies_is_not_believed(reponse: str) -> None:
    with clamd(reponse) as adresse:
        assert AntivirusClamd(adresse).scan([b"x"]).avis is Avis.INDISPONIBLE


def test_a_clamd_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_clamd, "SECONDES_EN_TOUT", 0.3)
    with clamd("lent") as adresse:
        assert AntivirusClamd(adresse).scan([b"x"]).avis is Avis.INDISPONIBLE


def test_a_clamd_that_stops_reading_did_not_scan() -> None:
    with clamd("limite") as adresse:
        assert AntivirusClamd(adresse).scan([b"x" * 65_536] * 400).avis is Avis.INDISPONIBLE


def test_d7_a_silent_clamd_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_clamd, "SECONDES_EN_TOUT", 0.2)
    with clamd("muet") as adresse:
        assert AntivirusClamd(adresse).scan([b"x"]).avis is Avis.INDISPONIBLE


def test_a_stream_that_lasts_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_clamd, "SECONDES_EN_TOUT", -1)
    with clamd() as adresse:
        assert AntivirusClamd(adresse).scan([b"x"]) == Verdict(Avis.INDISPONIBLE, "L'antivirus prend trop de temps")


def test_no_clamd_at_all_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as prise:
        adresse = f"tcp://127.0.0.1:{prise.getsockname()[1]}"
    antivirus = AntivirusClamd(adresse)
    assert antivirus.scan([b"x"]).avis is Avis.INDISPONIBLE
    assert antivirus.check() == [f"L'antivirus ne répond pas à {adresse} : Connection refused."]


def test_a_unix_socket_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert AntivirusClamd(f"unix://{tmp_path}/clamd.sock").check() == [
        f"L'antivirus ne répond pas à unix://{tmp_path}/clamd.sock : No such file or directory."
    ]


def test_a_clamd_that_answers_wrong_is_said() -> None:
    with clamd("charabia") as adresse:
        assert AntivirusClamd(adresse).check() == ["L'antivirus répond 'stream: peut-etre' au lieu de PONG."]
