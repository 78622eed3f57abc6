"""The tests' bases: a template made once (migrated by its owner, reference data loaded), then copies of it, cheap to make."""

import hashlib
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.harnais import gardien
from tests.harnais.lieux import RACINE, dossier

# What the template is made from: a change to any of it makes it again.
SOURCES = (
    "psl/*/migrations/*.py",
    "psl/settings.py",
    "psl/annuaire/**/*.py",
    "psl/demarches/*.py",
    "psl/fiches/*.py",
    "psl/fiches/sources/*.py",
    "psl/langage/**/*.py",
    "tests/harnais/bases.py",
    "psl/commandes/migrer.py",
    "psl/commandes/reference.py",
    "requirements/base.txt",
    "donnees/**/*",
    "catalogue/**/*",
)


@dataclass(frozen=True)
class Base:
    """A base of the tests' server: its name, and how each role reaches it."""

    nom: str
    prise: Path

    def url(self, role: str = "psl_application") -> str:
        return f"postgresql://{role}@/{self.nom}?host={self.prise}"

    def connect(self, role: str = "psl_application", *, autocommit: bool = True) -> psycopg.Connection[tuple[object, ...]]:
        """Open a plain connection under a role (`postgres` is the superuser)."""
        return psycopg.connect(host=str(self.prise), dbname=self.nom, user=role, autocommit=autocommit)

    def environ(self, etat: str) -> dict[str, str]:
        """Return the environment of a process of the platform on this base."""
        ours = {
            "DATABASE_URL": self.url(),
            "DATABASE_URL_PROPRIETAIRE": self.url("psl_proprietaire"),
            "DATABASE_URL_PURGE": self.url("psl_purge"),
            "PSL_ETAT": etat,
            "PYTHONPATH": str(RACINE),
        }
        return {cle: valeur for cle, valeur in os.environ.items() if not cle.startswith(("PSL_", "DJANGO_", "COV_"))} | ours


def copy(*, etat: str) -> Base:
    """Return a fresh copy of the template; the keys that its data may need are laid in `etat`."""
    modele = _modele()
    base = Base(f"essai_{os.getpid()}_{uuid.uuid4().hex[:8]}", modele.prise)
    _create(base.nom, modele.nom, modele.prise)
    shutil.copytree(_etat(modele.nom), etat, dirs_exist_ok=True)
    return base


def drop(base: Base) -> None:
    with _administration(base.prise) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(base.nom)))


def _modele() -> Base:
    """Return the template, made when the tree changed."""
    prise = gardien.prise()
    modele = Base(f"modele_{_digest()}", prise)
    with gardien.verrou(dossier() / "modele.lock"):
        with _administration(prise) as connection:
            bases = {nom for (nom,) in connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^(modele|essai|ebauche)_'")}
        if modele.nom not in bases:
            _sweep(bases, prise)
            _make(modele)
    return modele


def _make(modele: Base) -> None:
    ebauche = Base(f"ebauche_{os.getpid()}", modele.prise)
    shutil.rmtree(_etat(modele.nom), ignore_errors=True)
    _etat(modele.nom).mkdir(mode=0o700)
    drop(ebauche)
    _create(ebauche.nom, "template0", modele.prise)
    environ = ebauche.environ(str(_etat(modele.nom)))
    for commande in ("migrer", "reference"):
        _run(commande, environ)
    with ebauche.connect("postgres") as connection:
        connection.execute("SET session_replication_role = replica")  # what loading told: a test's journal begins empty
        connection.execute("TRUNCATE journal_fait, journal_a_sceller")
        connection.execute("VACUUM ANALYZE")
    with _administration(modele.prise) as connection:
        noms = sql.Identifier(ebauche.nom), sql.Identifier(modele.nom)
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*noms))


def _run(commande: str, environ: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "psl.commandes", commande], cwd=RACINE, env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"« psl {commande} » échoue sur la base des essais :\n{done.stdout}{done.stderr}")


def _sweep(bases: set[str], prise: Path) -> None:
    """Drop templates of older trees and what killed test processes left."""
    for nom in bases:
        if nom.startswith("modele_") or not _is_alive(int(nom.split("_")[1])):
            shutil.rmtree(_etat(nom), ignore_errors=True)
            drop(Base(nom, prise))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _create(nom: str, modele: str, prise: Path) -> None:
    order = "CREATE DATABASE {} TEMPLATE {} OWNER psl_proprietaire STRATEGY FILE_COPY"
    with _administration(prise) as connection:
        connection.execute(sql.SQL(order).format(sql.Identifier(nom), sql.Identifier(modele)))


@contextmanager
def _administration(prise: Path) -> Iterator[psycopg.Connection[tuple[str]]]:
    with psycopg.connect(host=str(prise), dbname="postgres", user="postgres", autocommit=True) as connection:
        yield connection


def _etat(nom: str) -> Path:
    return dossier() / f"etat-{nom}"


def _digest() -> str:
    somme = hashlib.sha256()
    for motif in SOURCES:
        for path in sorted(RACINE.glob(motif)):
            if path.is_file() and "__pycache__" not in path.parts:
                somme.update(f"{path.relative_to(RACINE)}\0".encode() + path.read_bytes())
    return somme.hexdigest()[:16]
