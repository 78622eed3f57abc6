"""What an evaluation may cost: steps and sizes. Past them the value is null, never a wait."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

PAS_MAX = 200_000
LISTE_MAX = 20_000
TEXTE_MAX = 100_000
APPELS_MAX = 40

_LEFT: ContextVar[list[int] | None] = ContextVar("budget", default=None)


class BudgetEpuise(Exception):  # noqa: N818 - named with the domain's words
    """An evaluation has cost what it may: it stops, its value is null."""


def spend(steps: int) -> None:
    """Count steps against the evaluation that runs. Raises BudgetEpuise."""
    left = _LEFT.get()
    if left is not None:
        left[0] -= steps
        if left[0] < 0:
            raise BudgetEpuise


def enter() -> None:
    """Count one call of a function deeper. Raises BudgetEpuise."""
    spend(1)
    left = _LEFT.get()
    if left is not None:
        left[1] += 1
        if left[1] > APPELS_MAX:
            raise BudgetEpuise


def leave() -> None:
    """Come back from a call."""
    left = _LEFT.get()
    if left is not None:
        left[1] -= 1


def bounded[**P, R](compute: Callable[P, R]) -> Callable[P, R | None]:
    """Give the same function under a budget of its own; None when it costs more."""

    def run(*args: P.args, **kwargs: P.kwargs) -> R | None:
        token = _LEFT.set([PAS_MAX, 0])
        try:
            return compute(*args, **kwargs)
        except (BudgetEpuise, RecursionError):
            return None
        finally:
            _LEFT.reset(token)

    return run


def weigh(value: Any) -> None:
    """Spend one step for each value inside a result: what is shared a thousand times is not given out. Raises BudgetEpuise."""
    spend(1)
    if value.__class__ is list:
        for item in value:
            weigh(item)
    elif value.__class__ is dict:
        for item in value.values():
            weigh(item)
