"""Fast rendering: each template is rendered once with marks, cut at the marks, and from then on a page joins texts.

The marks are two private-use characters around a name: they pass through escaping untouched, and only our own templates and
définitions are rendered with them, never what a usager wrote. The texts put in afterwards are escaped here, unless safe.
"""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from psl.portails.theme import champs
from psl.portails.theme.champs import ChampVu, Etat, OptionVue
from psl.portails.theme.valeurs import texts

DEBUT, FIN = "\ue000", "\ue001"
_MARK = re.compile(f"{DEBUT}([^{FIN}]*){FIN}")
LIMITE = 4000  # fields and pages kept: far beyond what the published démarches need; reached, all are made again


class Marks(dict[str, str]):
    """The texts of a template where each slot is a mark that bears its name."""

    def __missing__(self, name: str) -> str:
        return f"{DEBUT}{name}{FIN}"


class Squelette:
    """A rendered template cut at its slots."""

    __slots__ = ("pieces", "places")

    def __init__(self, html: str) -> None:
        self.pieces = _MARK.split(html)
        self.places: dict[str, list[int]] = {}
        for rank in range(1, len(self.pieces), 2):
            self.places.setdefault(self.pieces[rank], []).append(rank)
            self.pieces[rank] = ""

    def fill(self, values: Mapping[str, str]) -> SafeString:
        """Return the HTML with these texts in the slots, escaped unless they are SafeString; a missing one leaves it empty."""
        pieces = self.pieces.copy()
        for name, value in values.items():
            if value and (places := self.places.get(name)):
                shown = value if isinstance(value, SafeString) else escape(value)
                for rank in places:
                    pieces[rank] = shown
        return SafeString("".join(pieces))


_kept: dict[Hashable, tuple[Squelette, object]] = {}


def skeleton(key: Hashable, render: Callable[[], str], named: object = None) -> Squelette:
    """Return the skeleton of a key, made the first time. `named`: what the key names by its id, kept so that the id stays its own."""
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= LIMITE:
            _kept.clear()
        found = _kept[key] = Squelette(render()), named
    return found[0]


def render_template(name: str, context: Mapping[str, Any], langue: str) -> str:
    """Return a template rendered in a language; its free variables may be marks."""
    with translation.override(langue):
        return render_to_string(name, dict(context))


def fill_template(name: str, langue: str, slots: Mapping[str, str], **fixed: Hashable) -> SafeString:
    """Return a template with these texts in its slots. `fixed` is what its tags test or loop over: a skeleton for each of its values."""

    def render() -> str:
        marks = Marks()
        return render_template(name, {**fixed, **{slot: marks[slot] for slot in slots}}, langue)

    return skeleton((name, langue, *slots, *fixed.items()), render).fill(slots)


def _options_key(options: Sequence[OptionVue]) -> Hashable:
    return tuple([(option.valeur, option.libelle, option.aide) for option in options])


def render_field(
    champ: ChampVu,
    *,
    valeur: Any = None,
    brut: Any = None,
    erreur: str = "",
    requis: bool = True,
    options: Sequence[OptionVue] = (),
    pays: Sequence[OptionVue] = (),
    langue: str = "fr",
    prefilled_source: str = "",
    details: Mapping[str, str] = MappingProxyType({}),
) -> SafeString:
    """Return the HTML of a field.

    `brut` is what was typed, when it is not a value yet (see valeurs.texts); `options` the options visible now; `pays` the
    countries to choose from; `details` the message of each part in error, by its name (an address). A field in error takes
    the ordinary template.
    """
    countries = pays if champ.type in champs.LISTES else ()

    def render(textes: champs.Textes) -> SafeString:
        with translation.override(langue):
            return champs.render_control(champ, Etat(requis, erreur, options, prefilled_source, countries, details), textes)

    filled = texts(champ, valeur, brut, options, pays)
    if erreur:
        return render(filled)
    key = (  # all that the HTML of a field shows beside the answer
        langue, champ.cle, champ.type, champ.libelle, champ.aide, champ.exemple, champ.autocomplete, champ.presentation,
        champ.niveau, champ.texte, requis, prefilled_source, _options_key(options), id(countries),
    )  # fmt: skip
    return skeleton(key, lambda: render(Marks()), countries).fill(filled)


def render_rows(
    champ: ChampVu, lignes: Sequence[Sequence[SafeString]], *, bornes: tuple[int, int], ajouter: str, erreur: str, langue: str
) -> SafeString:
    """Return the HTML of a repeated bloc, of its rows already rendered field by field: each may go, one may be added, without script."""
    minimum, maximum = bornes
    rows = [
        fill_template(
            "champs/repetition_ligne.html",
            langue,
            {"champs": SafeString("".join(fields)), "rang": str(rang), "numero": str(rang + 1), "nom": champ.cle, "libelle": champ.libelle},
            retirable=len(lignes) > minimum,
        )
        for rang, fields in enumerate(lignes)
    ]
    slots = {
        "nom": champ.cle, "libelle": champ.libelle, "total": str(len(rows)), "lignes": SafeString("".join(rows)), "erreur": erreur,
    }  # fmt: skip
    return fill_template("champs/repetition.html", langue, slots, reste=len(rows) < maximum, ajouter=ajouter, est_errone=bool(erreur))


def forget() -> None:
    """Forget every skeleton (after the assets changed, and between tests)."""
    _kept.clear()
