"""Who acts, and what the database lets them see."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import connections, transaction

Sorte = Literal["porteur", "agent", "compte", "si", "systeme"]
Reglages = tuple[str, str, str]

_SET = "SELECT set_config('psl.portee', %s, true), set_config('psl.services', %s, true), set_config('psl.sujet', %s, true)"


@dataclass(frozen=True, slots=True)
class Acteur:
    """Whoever acts: the bearer of a link, an agent, an account, another information system, or the platform itself.

    `services` are those an agent serves; `sujet` is the one subject a bearer holds (brouillon, télédossier), or the one affectation
    that another information system, or a service without account, stands for.
    """

    sorte: Sorte
    id: UUID | None
    services: frozenset[UUID] = frozenset()
    sujet: UUID | None = None


SYSTEME = Acteur("systeme", None)

_NOTHING: Reglages = ("", "", "")
_open: ContextVar[dict[str, Reglages]] = ContextVar("psl_scope", default={})  # noqa: B039 -- replaced, never changed


def _reglages(acteur: Acteur) -> Reglages:
    return (
        "systeme" if acteur.sorte == "systeme" else "",
        f"{{{','.join(map(str, sorted(acteur.services)))}}}",
        str(acteur.sujet or ""),
    )


@contextmanager
def scope(acteur: Acteur, *, using: str = "default") -> Iterator[None]:
    """Open a transaction in which row-level security shows what this acteur may see, and nothing else.

    One SELECT at entry. Scopes nest: the inner one replaces the outer one until it ends. Outside any scope no guarded row is seen.
    """
    wanted = _reglages(acteur)
    outer = _open.get().get(using)
    with transaction.atomic(using=using):
        _apply(wanted, using)
        token = _open.set({**_open.get(), using: wanted})
        try:
            yield
        finally:
            _open.reset(token)
        # Inside a longer transaction the settings would outlive the scope. After an exception the savepoint's rollback undoes them.
        if outer != wanted and len(connections[using].atomic_blocks) > 1:
            _apply(outer or _NOTHING, using)


def _apply(reglages: Reglages, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(_SET, reglages)
