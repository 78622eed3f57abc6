import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from psl.langage.charger import Definition, DefinitionInvalide
from psl.langage.definition import schema
from psl.langage.definition.modeles import used
from psl.langage.evaluation import recapitulatif
from psl.langage.preuves import verify
from psl.langage.source.formes import Releve
from psl.langage.source.yaml_strict import Arbre
from tests.langage.temoin import COPIE, TEMOIN, situation


def places(node: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value of a tree."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield (*above, key)
        yield from places(value, (*above, key))


CHEMINS = list(places(TEMOIN))
VALEURS = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        3.5,
        "",
        " ",
        "x",
        "quoi",
        "COPIE",
        "{{x}}",
        "<b>",
        "**",
        'quoi = "COPIE"',
        "courriel = null",
        "1 +",
        "P2M",
        [],
        {},
        [1],
        {"x": 1},
    ]
)


def put(donnees: Any, chemin: tuple[Any, ...], value: Any) -> None:
    """Replace the value at a path, or take its key away; nothing when an earlier change removed the path."""
    *parents, last = chemin
    try:
        for part in parents:
            donnees = donnees[part]
        donnees[last] = copy.deepcopy(value)
        if value is ...:
            del donnees[last]
    except (KeyError, IndexError, TypeError):
        return


def judge(donnees: Any) -> Definition | None:
    """Check and compile as `read_definition` does, without files; None when it is refused with sentences."""
    arbre = Arbre("demarche.yaml", donnees)
    releve = Releve(arbre)
    schema.DEMARCHE.check(donnees, (), releve)
    if not releve.defauts:
        try:
            return Definition(arbre, {"en": Arbre("en.yaml", {"titre": "x"})}, used(donnees))
        except DefinitionInvalide as invalide:
            releve.defauts = invalide.defauts
    assert all(defaut.message and defaut.remede for defaut in releve.defauts)
    return None


@given(st.lists(st.tuples(st.sampled_from(CHEMINS), VALEURS | st.just(...)), min_size=1, max_size=3))
def test_any_definition_is_compiled_or_refused_with_sentences(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    donnees = copy.deepcopy(TEMOIN)
    for chemin, value in changes:
        put(donnees, chemin, value)
    definition = judge(donnees)
    if definition is not None:
        verify(definition)
        vue = situation(definition.compile("en"), **COPIE)
        assert (vue.manques, vue.destinataires, recapitulatif(vue, "fr")) is not None


MOTS = [
    "titre",
    "pages",
    "demande",
    "champs",
    "quoi",
    "libelle",
    "libelles",
    "options",
    "COPIE",
    "blocs",
    "objet",
    "titres",
    "controles",
    "messages",
    "accuse",
]
TEXTES = st.recursive(
    VALEURS, lambda below: st.dictionaries(st.sampled_from(MOTS), below, max_size=3) | st.lists(below, max_size=2), max_leaves=8
)


@given(st.dictionaries(st.sampled_from(MOTS), TEXTES, max_size=4))
def test_any_translation_is_taken_or_told(en: dict[str, Any]) -> None:
    definition = Definition(Arbre("demarche.yaml", TEMOIN), {"en": Arbre("en.yaml", en)}, used(TEMOIN))
    assert all(defaut.message and defaut.remede for defaut in verify(definition))
    assert definition.compile("en").langue == "en"
