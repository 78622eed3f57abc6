"""The commune that a reader tells: chosen in the list, or typed and then chosen among those that answer."""

from dataclasses import dataclass

from django.http import HttpRequest

from psl.annuaire import queries as annuaire
from psl.annuaire.queries import CommuneTrouvee, CommuneVue

PROPOSEES = 12


@dataclass(frozen=True, slots=True)
class Lieu:
    """What was told: the commune, or what was typed and the communes that answer to it."""

    commune: CommuneVue | None
    saisie: str = ""
    proposees: tuple[CommuneTrouvee, ...] = ()


def told(request: HttpRequest) -> Lieu:
    """Return the commune of an address: `commune` is its code or what was typed, `commune.code` the code of the one chosen."""
    typed = request.GET.get("commune", "").replace("\x00", "").strip()[:80]
    code = request.GET.get("commune.code", "") or typed
    if (commune := annuaire.get_commune(code)) is not None or not typed:
        return Lieu(commune, commune.libelle if commune else typed)
    found = annuaire.search_communes(typed, limite=PROPOSEES)
    return Lieu(annuaire.get_commune(found[0].code), found[0].nom) if len(found) == 1 else Lieu(None, typed, tuple(found))
