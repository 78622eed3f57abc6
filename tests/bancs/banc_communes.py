"""The search of communes: what people type, right, unfinished or misspelt, beside a plain ILIKE over the same names."""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.bancs.mesure import Mesure

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")

import django

django.setup()

from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402

from psl.annuaire.models import Appellation  # noqa: E402
from psl.annuaire.queries import search_communes, search_pays  # noqa: E402
from tests.harnais import bases  # noqa: E402

TIRAGES = 150
ILIKE = "SELECT commune, nom FROM annuaire_appellation WHERE nom ILIKE %s ORDER BY population DESC LIMIT 10"


def measure() -> Iterator[Mesure]:
    with _base():
        typed = queries_typed()
        plain = percentiles(ilike, [q for qs in typed.values() for q in qs])
        everything = []
        for kind, qs in typed.items():
            times = timed(search_communes, qs)
            everything += times if kind != "introuvable" else times[:30]
            # Nothing is found only once every way was tried.
            limit = 25 if kind == "introuvable" else 15
            yield Mesure(f"recherche de commune, {kind}, p95", at(times, 0.95), "ms", limit, ratio=at(times, 0.95) / plain[1])
        yield Mesure("recherche de commune, p50", at(everything, 0.5), "ms", 5, ratio=at(everything, 0.5) / plain[0])
        yield Mesure("recherche de commune, p95", at(everything, 0.95), "ms", 15, ratio=at(everything, 0.95) / plain[1])
        yield Mesure(
            "recherche de pays, p95", percentiles(search_pays, ["fr", "cote d ivoire", "fiji", "etats unis", "zzzz"] * 20)[1], "ms", 15
        )
        yield from pages(typed)
        yield from found(typed)


def pages(typed: dict[str, list[str]]) -> Iterator[Mesure]:
    client = Client()
    qs = typed["début de nom"] + typed["faute de frappe"]
    yield Mesure("GET /communes, p95", percentiles(lambda q: client.get("/communes", {"q": q}), qs)[1], "ms", 20)


def found(typed: dict[str, list[str]]) -> Iterator[Mesure]:
    """Yield how often the commune meant is among the ten shown."""
    rng = random.Random(7)
    rows = list(Appellation.objects.filter(sorte="actuelle", population__gt=2000).order_by("id").values_list("commune", "nom"))
    for kind, make in (("nom entier", whole), ("faute de frappe", misspelt)):
        meant = rng.sample(rows, TIRAGES)
        hits = sum(code in {c.code for c in search_communes(make(name, rng))} for code, name in meant)
        yield Mesure(f"commune voulue parmi les dix, {kind}", 100 * hits / TIRAGES, "%", 90, "min")


def queries_typed() -> dict[str, list[str]]:
    """Return what people may type, drawn from the names with the weight of their population."""
    rng = random.Random(2026)
    rows = list(Appellation.objects.exclude(nom="").order_by("id").values_list("nom", "population"))
    names = rng.choices([name for name, _ in rows], weights=[population + 50 for _, population in rows], k=TIRAGES)
    codes = list(Appellation.objects.filter(sorte="actuelle").order_by("id").values_list("commune", flat=True))
    return {
        "début de nom": [name[: rng.randint(2, max(2, len(name)))] for name in names],
        "nom entier": [whole(name, rng) for name in names],
        "faute de frappe": [misspelt(name, rng) for name in names],
        "code": [code[: rng.randint(2, 5)] for code in rng.sample(codes, TIRAGES)],
        "introuvable": ["".join(rng.choices("aeiourstnlmpq", k=rng.randint(4, 12))) for _ in range(TIRAGES)],
    }


def whole(name: str, rng: random.Random) -> str:
    return rng.choice((name, name.lower(), name.upper(), name.replace("-", " "), name.replace("Saint", "St")))


def misspelt(name: str, rng: random.Random) -> str:
    """Drop, double, change a letter after the first, or swap two."""
    if len(name) < 5:
        return name
    i = rng.randint(1, len(name) - 2)
    return rng.choice(
        (
            name[:i] + name[i + 1 :],
            name[:i] + name[i] + name[i:],
            name[:i] + rng.choice("aeiou") + name[i + 1 :],
            name[:i] + name[i + 1] + name[i] + name[i + 2 :],
        )
    )


def ilike(q: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(ILIKE, [f"%{q}%"])
        return cursor.fetchall()


def percentiles(call: Callable[[str], object], qs: list[str]) -> tuple[float, float]:
    times = timed(call, qs)
    return at(times, 0.5), at(times, 0.95)


def timed(call: Callable[[str], object], qs: list[str]) -> list[float]:
    for q in qs[:20]:
        call(q)
    times = []
    for q in qs:
        start = time.perf_counter()
        call(q)
        times.append((time.perf_counter() - start) * 1000)
    return times


def at(times: list[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]


@contextmanager
def _base() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as etat:
        base = bases.copy(etat=etat)
        for alias in ("default", "purge"):
            connections.databases[alias] |= {"NAME": base.nom, "HOST": str(base.prise), "CONN_MAX_AGE": None}
        try:
            yield
        finally:
            connections.close_all()
            bases.drop(base)
