"""The guarded read of a body: whole, in time, or refused in words."""

import io
import socket
import time
from contextlib import ExitStack

import pytest

from psl.pieces.televersement import veille
from psl.pieces.televersement.flux import Flux
from psl.pieces.televersement.veille import Suivi
from psl.socle.errors import Refus


def flux(contenu: bytes, attendu: int | None = None, suivi: Suivi | None = None) -> Flux:
    return Flux(io.BytesIO(contenu).read, len(contenu) if attendu is None else attendu, suivi or Suivi("127.0.0.1"))


def read_all(un: Flux) -> bytes:
    return b"".join(iter(un.read, b""))


def broken(taille: int) -> bytes:
    raise ConnectionResetError


def test_a_body_is_read_to_its_length_and_no_further() -> None:
    assert read_all(flux(b"a" * 150_000)) == b"a" * 150_000
    assert read_all(flux(b"abcdef", 3)) == b"abc"
    assert flux(b"").read() == b""


def test_a_body_cut_short_is_not_a_body() -> None:
    with pytest.raises(Refus, match="envoi-interrompu"):
        read_all(flux(b"abc", 4))
    with pytest.raises(Refus, match="envoi-interrompu"):
        Flux(broken, 10, Suivi("127.0.0.1")).read()


def test_a_body_that_lasts_is_refused_even_when_it_comes() -> None:
    suivi = Suivi("127.0.0.1", debut=time.monotonic() - veille.DUREE_MAX - 1)
    with pytest.raises(Refus, match="envoi-trop-lent"):
        flux(b"abc", 4, suivi).read()


def test_a_body_that_was_cut_says_why() -> None:
    with pytest.raises(Refus, match="envoi-trop-lent"):
        flux(b"", 4, Suivi("127.0.0.1", est_coupe=True)).read()
    with pytest.raises(Refus, match="envoi-trop-lent"):
        flux(b"", 4, Suivi("127.0.0.1", avance=time.monotonic() - veille.SILENCE_MAX)).read()


def test_a_long_wait_is_remembered() -> None:
    suivi = Suivi("127.0.0.1", avance=time.monotonic() - veille.SILENCE_MAX * 0.7)
    un = flux(b"abc", 4, suivi)
    assert un.read() == b"abc"
    with pytest.raises(Refus, match="envoi-trop-lent"):
        un.read()


def test_the_watchman_cuts_what_has_stopped_and_only_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(veille, "SILENCE_MAX", 0.4)
    with ExitStack() as pile:
        serveur = pile.enter_context(socket.create_server(("127.0.0.1", 0)))
        lent, vif, autre = (pile.enter_context(socket.create_connection(serveur.getsockname(), timeout=5)) for _ in range(3))
        prise_lente, prise_vive, prise_autre = (pile.enter_context(serveur.accept()[0]) for _ in range(3))
        with veille.watch("::ffff:127.0.0.1", serveur.getsockname()[1]) as suivi:
            fin = time.monotonic() + 5
            while not suivi.est_coupe and time.monotonic() < fin:
                vif.sendall(bytes(100_000))
                prise_vive.recv(200_000)
            prise_lente.settimeout(5)
            assert prise_lente.recv(10) == b""
        prise_lente.sendall(b"la raison")
        assert lent.recv(10) == b"la raison"
        vif.sendall(b"encore")
        assert prise_vive.recv(200_000) != b""
        prise_autre.sendall(b"ce que lit le processus lui-meme n'est pas coupe")
        assert autre.recv(100).startswith(b"ce que lit")


def test_the_watchman_leaves_when_there_is_nothing_to_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(veille, "SILENCE_MAX", 0.2)
    with veille.watch("127.0.0.1", 1) as suivi:
        assert suivi.est_coupe is False
    fin = time.monotonic() + 3
    while veille._fil is not None and time.monotonic() < fin:
        time.sleep(0.02)
    assert veille._fil is None


def test_a_system_that_shows_no_sockets_cuts_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(veille, "_DESCRIPTEURS", "/nulle/part")
    assert veille._received(Suivi("127.0.0.1", 1)) == {}
