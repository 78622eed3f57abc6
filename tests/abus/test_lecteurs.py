"""Every reader of what comes from outside, fed with anything: a value, or a refusal in our words; never another exception, and soon.

The zip is in tests/teledossiers/test_pec_hasard.py, the body of an upload in tests/pieces/test_multipart.py.
"""

import base64
import io
import json
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core import signing
from hypothesis import given, settings
from hypothesis import strategies as st

from psl.connecteurs.horodateurs.demonstration import HorodateurDemonstration
from psl.demarches import queries as demarches
from psl.fiches.sources.archives import read as read_document
from psl.fiches.sources.formes import to_xml
from psl.fiches.sources.lus import Casse, Lu
from psl.journal import jetons
from psl.langage import charger
from psl.langage.charger import Demarche
from psl.langage.feel import ErreurFEEL, parse
from psl.langage.source.defauts import DefinitionInvalide
from psl.pieces.apercus import rendu
from psl.pieces.examen.constat import Examen
from psl.saisie import transmis
from psl.saisie.transmis import Transmis
from psl.socle import clock
from psl.socle.errors import Refus
from psl.suivi import preuve
from tests.fiches import corpus
from tests.harnais.lieux import RACINE
from tests.pieces import exemples

SECONDES = 10.0  # of one input; each takes thousandths on a quiet machine
octets_altered = st.lists(st.tuples(st.integers(0, 1_000_000), st.binary(max_size=12), st.integers(0, 12)), min_size=1, max_size=5)


def alter(octets: bytes, changes: list[tuple[int, bytes, int]]) -> bytes:
    """Return bytes in which, at each place, some are taken out and others put in."""
    for place, dedans, longueur in changes:
        rang = place % (len(octets) + 1)
        octets = octets[:rang] + dedans + octets[rang + longueur :]
    return octets


def soon(read: Callable[[], Any]) -> Any:
    """Return what a reader gives, which must not last."""
    depart = time.process_time()
    lu = read()
    assert time.process_time() - depart < SECONDES
    return lu


def small_demarche() -> Path:
    return min((RACINE / "catalogue").glob("*/demarche.yaml"), key=lambda fichier: fichier.stat().st_size)


# What a hand changes in a text: a line or a few letters gone, a word of YAML, of XML or of FEEL put in.
mots = [
    "",
    "x",
    "null",
    "[]",
    "{}",
    "- ",
    "true",
    "12",
    "si: ",
    "cle: ",
    "\n",
    "  ",
    '"',
    "&",
    "<a>",
    "</a>",
    "<!--",
    "]]>",
    "é",
    ": ",
    "#",
    "cle: cle\n",
]
text_altered = st.lists(
    st.tuples(st.integers(0, 1_000_000), st.sampled_from(mots).map(str.encode), st.integers(0, 30)), min_size=1, max_size=2
)


@settings(max_examples=60, deadline=None)
@given(text_altered | octets_altered)
def test_c13_a_demarche_altered_anywhere_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, bytes, int]]
) -> None:
    dossier = tmp_path_factory.mktemp("demarche") / small_demarche().parent.name
    dossier.mkdir()
    (dossier / "demarche.yaml").write_bytes(alter(small_demarche().read_bytes(), changes))
    try:
        assert isinstance(soon(lambda: charger.load(dossier)), Demarche)
    except DefinitionInvalide as invalide:
        assert invalide.defauts  # noqa: PT017 - either way is right


JETONS = (
    "a", "b.c", "1", "-", "+", "*", "**", "/", "(", ")", "[", "]", "{", "}", ":", ",", ".", "..", "=", "!=", "<", ">=", " and ", " or ",
    "not(", "if ", " then ", " else ", "for x in ", " return ", "some x in ", " satisfies ", " in ", " between ", " instance of ",
    "list<", '"x"', '"', "null", "true", "date(", "duration(", "@", "function(x) ", "\x00", "é", "'", "\\", "?", "item", "\n", "//", "/*",
    "9" * 40,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(JETONS), max_size=25).map("".join) | st.text(max_size=80))
def test_c12_any_condition_is_read_or_refused_and_evaluated(texte: str) -> None:
    try:
        soon(lambda: parse(texte, ("a", "b")).evaluate({"a": 1, "b": {"c": [1, None, "x"]}}))
    except ErreurFEEL as erreur:
        assert str(erreur)  # noqa: PT017 - either way is right


FICHE = to_xml(corpus.tree("F1427"))
FICHE_JSON = json.dumps(corpus.tree("F1427")).encode()
jsons = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda sous: (
        st.lists(sous, max_size=4) | st.dictionaries(st.sampled_from(["children", "type", "name", "text", "attributes", "x"]), sous)
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(text_altered | octets_altered, st.binary(max_size=60) | jsons.map(lambda lu: json.dumps(lu).encode()))
def test_c6_c14_any_fiche_is_read_or_told_broken(changes: list[tuple[int, bytes, int]], seuls: bytes) -> None:
    essais = {"xml": (alter(FICHE, changes), seuls), "json": (alter(FICHE_JSON, changes), seuls)}
    lus = [soon(lambda e=e, o=o: read_document(f"particuliers/F1427.{e}", o)) for e, tous in essais.items() for o in tous]
    assert [lu for lu in lus if not isinstance(lu, Lu | Casse)] == []
    assert [lu for lu in lus if isinstance(lu, Casse) and not lu.raison] == []
    assert [lu for lu in lus if isinstance(lu, Lu) and "\x00" in json.dumps(lu.arbre, ensure_ascii=False).encode().decode()] == []


preuves = st.binary(max_size=200) | st.dictionaries(
    st.sampled_from(["format", "numero", "depots", "faits", "lots", "certificats", "sceau", "etablie_le"]), jsons | st.just("psl-preuve-1")
).map(lambda lu: json.dumps(lu, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8", "surrogatepass") + b"\n")


@pytest.mark.django_db
@settings(max_examples=80, deadline=None)
@given(preuves | st.integers(1, 5000).map(lambda n: b"[" * n))
def test_c14_no_file_is_a_preuve_by_chance(octets: bytes) -> None:
    assert soon(lambda: preuve.check(octets)) != []


@cache
def _token() -> tuple[bytes, bytes]:
    autorite = HorodateurDemonstration()
    return autorite.stamp(b"\x01" * 32), autorite.certificates()


@settings(max_examples=80, deadline=None)
@given(octets_altered, st.binary(max_size=100))
def test_e2_any_answer_of_a_timestamp_authority_is_refused_in_our_words(changes: list[tuple[int, bytes, int]], seuls: bytes) -> None:
    jeton, racines = _token()
    for octets in {alter(jeton, changes), seuls} - {jeton}:
        for read in (
            lambda o=octets: jetons.check(o, digest=b"\x02" * 32, racines=racines),
            lambda o=octets: jetons.read_response(o, digest=b"\x01" * 32, nonce=7, racines=racines),
        ):
            with pytest.raises(jetons.JetonFaux):
                soon(read)


def _pdf() -> bytes:
    sortie = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(sortie, compress_streams=False)
    return sortie.getvalue()


PDF = _pdf()


@settings(max_examples=60, deadline=None)
@given(octets_altered, st.sampled_from([PDF, exemples.PDF, exemples.png(), exemples.jpeg(), exemples.webp(), exemples.heic()]))
def test_d2_d6_any_file_is_examined(changes: list[tuple[int, bytes, int]], contenu: bytes) -> None:
    examen = Examen()
    examen.feed(alter(contenu, changes))
    assert soon(examen.conclude).taille == len(alter(contenu, changes))


@settings(max_examples=6, deadline=None)
@given(octets_altered)
def test_d6_any_pdf_is_shown_or_refused_by_the_child(changes: list[tuple[int, bytes, int]]) -> None:
    try:
        assert rendu.render([alter(PDF, changes)], "application/pdf", "image", rang=1, cote=64).pages > 0
    except Refus as refus:
        assert (refus.code, bool(refus.detail["cause"])) == ("apercu-impossible", True)  # noqa: PT017 - either way is right


@pytest.mark.django_db
@settings(max_examples=80, deadline=None)
@given(octets_altered, jsons)
def test_c2_any_signed_parameter_is_ours_or_nothing(changes: list[tuple[int, bytes, int]], forme: Any) -> None:
    """Altered, or signed by another version of the platform with another form."""
    now, demarche = clock.now(), demarches.by_code("EtatCivil")
    jeton = transmis.write(Transmis("EtatCivil", "particuliers", "F1427"), now=now)
    autre = alter(jeton.encode(), changes).decode("latin-1")
    assert autre == jeton or soon(lambda: transmis.read(autre, demarche, now=now)) is None
    signe = signing.Signer(salt="psl.saisie.transmis").sign_object({"periode": transmis.period(now), "forme": forme})
    for faux in (signe, signing.Signer(salt="psl.saisie.transmis").sign(base64.b64encode(json.dumps(forme).encode()).decode())):
        assert soon(lambda faux=faux: transmis.read(faux, demarche, now=now)) is None
