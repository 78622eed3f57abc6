"""Reading the content from what carries it: JSON, XML, archives; what is broken is told and stops nothing."""

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from psl.fiches.noeuds import Noeud, digest
from psl.fiches.sources.archives import documents, read
from psl.fiches.sources.formes import from_json, from_xml, to_xml
from psl.fiches.sources.lus import Casse, Illisible, Lu
from tests.fiches import corpus


def xml_js(node: Noeud | str) -> dict[str, object]:
    """Write a node back in the form of the npm package."""
    if isinstance(node, str):
        return {"type": "text", "text": node}
    attributes = {"xmlns:dc": "http://purl.org/dc/elements/1.1/", **node[1]} if node[0] == "Publication" else node[1]
    return {"type": "element", "name": node[0], "attributes": attributes, "children": [xml_js(child) for child in node[2:]]}


def test_json_and_xml_of_every_shipped_document_give_the_same_tree() -> None:
    different = []
    for lu in corpus.documents():
        as_json = from_json(json.dumps({"id": lu.ident, "children": [xml_js(lu.arbre)]}).encode())
        as_xml, strange = from_xml(to_xml(lu.arbre))
        if not (digest(as_json) == digest(as_xml) == digest(lu.arbre)) or strange:
            different.append(lu.ident)
    assert different == []


def test_the_compact_form_is_read_too() -> None:
    assert from_json(json.dumps(corpus.tree("F1427")).encode()) == corpus.tree("F1427")


ENTITE = b"""<!DOCTYPE Publication [<!ENTITY secret SYSTEM "file:///etc/hostname"><!ENTITY a "aaaa">]>
<Publication ID="F1" type="Fiche d'information"><Texte><Paragraphe>avant &secret; &a; fin</Paragraphe></Texte></Publication>"""


def test_c6_an_entity_is_never_followed() -> None:
    arbre, strange = from_xml(ENTITE)
    assert arbre[2] == ["Texte", {}, ["Paragraphe", {}, "avant ", " fin"]]
    assert strange == ("un DOCTYPE", "une entité")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "ce JSON n'est pas un document (JSONDecodeError)"),
        (b"{}", "ce JSON n'est pas un document (KeyError)"),
        (b'{"children": []}', "ce JSON n'est pas un document (IndexError)"),
        (b'["html", {"ID": "F1"}]', "la racine est <html>, pas un document"),
        (b'["Publication", {"ID": "../../etc"}]', "l'identifiant '../../etc' n'en est pas un"),
        (b'["Publication", {"ID": 3}]', "un élément sans nom ni attributs"),
        (json.dumps(["Publication", {"ID": "F1"}]).encode()[:-1] + b', ["a", {}' * 90 + b"]" * 91, "des éléments trop imbriqués"),
        (b"[" * 100_000, "ce JSON n'est pas un document (RecursionError)"),
    ],
)
def test_c14_json_that_is_no_document_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(Illisible) as told:
        from_json(data)
    assert str(told.value) == reason


@pytest.mark.parametrize(
    "data", [b"<Publication", b"", b"<html ID='F1'/>", b"<a>" * 90 + b"</a>" * 90, b"<Publication ID='F1'>\x01</Publication>"]
)
def test_xml_that_is_no_document_is_told(data: bytes) -> None:
    with pytest.raises(Illisible):
        from_xml(data)


def test_archives_are_enumerated_whatever_their_index_says(tmp_path: Path) -> None:
    arbre = corpus.fiche()
    tgz, archive = tmp_path / "corpus.tgz", tmp_path / "vdd_pro.zip"
    with tarfile.open(tgz, "w:gz") as tar:
        for name, data in {
            "package/data/index.json": b"[]",
            "package/data/associations/F1.json": json.dumps(arbre).encode(),
            "package/data/particuliers/F2.json": b"{",
            "../../F3.json": json.dumps(corpus.fiche(ident="F3")).encode(),
        }.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("F1.xml", to_xml(arbre))
        zipped.writestr("menu.xml", "<menu/>")
    assert list(documents(tgz)) == [
        Lu("associations", arbre),
        Casse("package/data/particuliers/F2.json", "particuliers", "F2", "ce JSON n'est pas un document (JSONDecodeError)"),
        Casse("../../F3.json", "", "F3", "aucune audience n'est dite"),
    ]
    assert list(documents(archive)) == [Lu("professionnels", arbre)]


def test_the_audience_is_told_by_the_folder_the_archive_or_the_document() -> None:
    data = json.dumps(corpus.fiche(["Audience", {}, "Associations"])).encode()
    told = [read("data/professionnels/F1.json", data), read("F1.json", data, "particuliers"), read("F1.json", data)]
    assert [lu.audience for lu in told] == ["professionnels", "particuliers", "associations"]


def test_an_archive_cut_short_is_refused(tmp_path: Path) -> None:
    whole, cut = tmp_path / "a.tgz", tmp_path / "b.tgz"
    with tarfile.open(whole, "w:gz") as tar:
        data = json.dumps(corpus.tree("F1427")).encode() * 5
        info = tarfile.TarInfo("package/data/particuliers/F1.json")
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    cut.write_bytes(whole.read_bytes()[:2000])
    with pytest.raises(Illisible, match="ne se lit pas jusqu'au bout"):
        list(documents(cut))
