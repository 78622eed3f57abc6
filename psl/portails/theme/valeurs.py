"""From an answer, or from what was typed, to the texts of a field's slots. Pure: no HTML, no escaping here."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from psl.langage.composants.point import degrees
from psl.portails.theme.champs import LISTES, PARTIES_DATE, ChampVu, OptionVue, Slots, template_name

CHOISI = {"radio": " checked", "liste": " selected", "cases": " checked"}


def texts(champ: ChampVu, valeur: Any, brut: Any = None, options: Sequence[OptionVue] = (), pays: Sequence[OptionVue] = ()) -> Slots:
    """Return the texts of the slots of a field.

    `brut`, when not None, is what was typed and stands instead of the value: a text, or for a field of several controls a
    mapping of their names (`jour`, `voie`, `code`…) to texts.
    """
    shown = valeur if brut is None else brut
    name = template_name(champ)
    if name in CHOISI:
        return _chosen(champ, shown, options, pays, CHOISI[name])
    if name == "suggestions" and not isinstance(shown, Mapping):
        return Slots(valeur=next((option.libelle for option in options if option.valeur == shown), _text(shown)))
    return _READERS[name](shown, pays) if name in _READERS else Slots(valeur=_SHOWN.get(champ.type, _text)(shown))


def _text(shown: Any) -> str:
    return "" if shown is None else str(shown)


def _chosen(champ: ChampVu, shown: Any, options: Sequence[OptionVue], pays: Sequence[OptionVue], mark: str) -> Slots:
    if champ.type == "oui_non":
        rank = {True: 0, "oui": 0, False: 1, "non": 1}.get(shown) if isinstance(shown, bool | str) else None
        return Slots() if rank is None else Slots({f"o{rank}": mark})
    wanted = shown.get("code") if isinstance(shown, Mapping) else shown
    chosen = wanted if isinstance(wanted, list) else [wanted]
    offered = pays if champ.type in LISTES else options
    return Slots({f"o{rank}": mark for rank, option in enumerate(offered) if option.valeur in chosen})


def _positions(shown: Any) -> str:
    """Write a GeoJSON value as it is typed: latitude, longitude, one position a line."""
    if not isinstance(shown, Mapping):
        return _text(shown)
    found = shown.get("coordinates") or []
    line = [found] if shown.get("type") == "Point" else found[0] if shown.get("type") == "Polygon" else found
    return "\n".join(f"{degrees(latitude)}, {degrees(longitude)}" for longitude, latitude in line)


_SHOWN: dict[str, Callable[[Any], str]] = {
    "montant": lambda shown: _text(shown).replace(".", ","),
    "point": _positions,
    "trace": _positions,
}


def _case(shown: Any, _pays: Sequence[OptionVue]) -> Slots:
    return Slots(coche=" checked") if shown in (True, "oui", "on") else Slots()


def _date(shown: Any, _pays: Sequence[OptionVue]) -> Slots:
    if isinstance(shown, Mapping):
        return Slots({partie: _text(shown.get(partie)) for partie in PARTIES_DATE})
    annee, _, suite = _text(shown).partition("-")
    mois, _, jour = suite.partition("-")
    return Slots(jour=jour, mois=mois, annee=annee)


def _commune(shown: Any, _pays: Sequence[OptionVue] = ()) -> Slots:
    if not isinstance(shown, Mapping):
        return Slots(valeur=_text(shown))
    postal = shown.get("code_postal")
    label = shown.get("texte") or (f"{shown.get('libelle', '')} ({postal})" if postal else shown.get("libelle"))
    return Slots(valeur=_text(label), code=_text(shown.get("code")))


def _adresse(shown: Any, pays: Sequence[OptionVue]) -> Slots:
    here = shown if isinstance(shown, Mapping) else {}
    commune = _commune(here.get("commune"))
    slots = Slots({name: _text(here.get(name)) for name in ("voie", "complement", "lieu_dit", "etranger")})
    slots.update({"commune": commune["valeur"], "commune.code": commune["code"] or _text(here.get("commune.code"))})
    slots["o1" if here.get("est_france") in (False, "non") else "o0"] = " checked"
    chosen = here.get("pays")
    wanted = chosen.get("code") if isinstance(chosen, Mapping) else chosen
    slots.update({f"po{rank}": " selected" for rank, option in enumerate(pays) if option.valeur == wanted})
    return slots


_READERS: dict[str, Callable[[Any, Sequence[OptionVue]], Slots]] = {
    "case": _case,
    "date": _date,
    "commune": _commune,
    "adresse": _adresse,
    "texte_long": lambda shown, _pays: Slots(valeur=_positions(shown)),
    "suggestions": _commune,
    "declaration": _case,
    "information": lambda _shown, _pays: Slots(),
}
