"""Every document is PDF/A-3a and PDF/UA-1: by pdfua, by qpdf, and by our own rules, since no validator of PDF/A can be had here."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
from PIL import Image

from psl.teledossiers.rendus import logos, pdf, prose, sceau
from psl.teledossiers.rendus.pdf import Lettre, Ligne, Piece, Section

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
MARKUP = "#panic() $x$ *gras* `code` \\ @ref <label> // https://exemple.example.org"
PROSE = "Voir **ceci** et [ce site](https://www.example.org) :\n\n- un {{nom}} ;\n- deux.\n\n1. trois"


def logo() -> logos.Logo:
    octets = io.BytesIO()
    Image.new("RGBA", (200, 75), (0, 0, 145, 128)).save(octets, "PNG")
    return logos.clean(octets.getvalue(), "Logo de la ville")


def recap(langue: str = "fr") -> Piece:
    lignes = [Ligne(f"Question {n}", MARKUP, "Donné par FranceConnect") for n in range(60)]
    sections = [
        Section("Réponses", lignes=lignes, entetes=("Question", "Réponse")),
        Section("Recours", prose=prose.blocks(PROSE, {"nom": MARKUP})),
    ]
    encadre = [Ligne("Numéro de dossier", "A-1-ABCD1234")]
    return Piece("Demander un acte", "PSL", "A-1-ABCD1234", encadre, [MARKUP], sections, langue, '{"a":1}', logo=logo())


def letter() -> Piece:
    lettre = Lettre(["Mairie", "1 place\n17000 La Rochelle"], ["Noé Dupré"], "Le 24 novembre 2026", ["Le service"])
    return Piece("Votre réponse", "PSL", "A-1-ABCD1234", introduction=["Madame,"], lettre=lettre, annexe=recap())


DOCUMENTS = {
    "récapitulatif": lambda: pdf.render(recap(), at=AT),
    "en anglais": lambda: pdf.render(recap("en"), at=AT),
    "lettre": lambda: pdf.render(letter(), at=AT),
    "scellé": lambda: sceau.seal(pdf.render(recap(), at=AT), motif="Accusé", at=AT, is_timestamped=False),
    "scellé et horodaté": lambda: sceau.seal(pdf.render(recap(), at=AT), motif="Accusé", at=AT),
}


@pytest.fixture(params=DOCUMENTS)
def octets(request: pytest.FixtureRequest) -> bytes:
    return DOCUMENTS[request.param]()


def test_pdfua_and_qpdf_find_nothing(octets: bytes, tmp_path: Path) -> None:
    path = tmp_path / "document.pdf"
    path.write_bytes(octets)
    with pikepdf.open(path) as document:
        assert document.check_pdf_syntax() == []
    assert [(finding.rule_id, finding.message) for finding in pdfua.validate(path).findings] == []


def test_our_own_rules(octets: bytes) -> None:
    assert defects(octets) == []


def test_the_same_bytes_each_time() -> None:
    for nom, make in DOCUMENTS.items():
        assert nom == "scellé et horodaté" or make() == make()


def test_languages() -> None:
    with pikepdf.open(io.BytesIO(DOCUMENTS["récapitulatif"]())) as fr, pikepdf.open(io.BytesIO(DOCUMENTS["en anglais"]())) as en:
        assert (str(fr.Root.Lang), str(en.Root.Lang)) == ("fr-FR", "en-GB")


def test_our_rules_see_what_is_wrong() -> None:
    with pikepdf.open(io.BytesIO(DOCUMENTS["récapitulatif"]())) as document:
        del document.Root.Lang, document.Root.OutputIntents
        document.Root.AF[0].AFRelationship = pikepdf.Name.Source
        document.Root.MarkInfo.Marked = False
        document.pages[0].obj.Annots = document.make_indirect(pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, F=2)]))
        altered = io.BytesIO()
        document.save(altered)
    assert defects(altered.getvalue()) == [
        "langue",
        "profil de couleurs",
        "marques",
        "relation de la pièce jointe",
        "annotation page 1",
    ]


def defects(octets: bytes) -> list[str]:
    """Return what PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) ask and a document has not."""
    with pikepdf.open(io.BytesIO(octets)) as document:
        racine = document.Root
        with document.open_metadata() as meta:
            dits = {nom: meta.get(nom) for nom in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")}
            titre = str(meta.get("dc:title", ""))
        rules = {
            "XMP": dits == {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"},
            "titre": bool(titre) and titre == str(document.docinfo.get("/Title")),
            "chiffrement": not document.is_encrypted,
            "version": octets.startswith(b"%PDF-1.7") and "/Version" not in racine,
            "langue": str(racine.get("/Lang", "")) in {"fr-FR", "en-GB"},
            "profil de couleurs": any("/DestOutputProfile" in intent for intent in racine.get("/OutputIntents", [])),
            "marques": bool(racine.MarkInfo.Marked) and not racine.MarkInfo.get("/Suspects", False),
            "titre montré": bool(racine.ViewerPreferences.DisplayDocTitle),
            "scripts": not {"/OpenAction", "/AA"} & set(racine.keys()),
            "relation de la pièce jointe": [(str(f.UF), str(f.AFRelationship)) for f in racine.get("/AF", [])]
            == [("donnees.json", "/Data")],
            "type de la pièce jointe": all(str(f.EF.F.Subtype) == "/application/json" for f in racine.AF),
            "pages": all(page.obj.get("/Tabs") == pikepdf.Name.S and "/StructParents" in page.obj for page in document.pages),
        }
        rules |= {f"police {nom}": is_embedded for nom, is_embedded in fonts(document)}
        for rang, page in enumerate(document.pages, 1):
            rules[f"annotation page {rang}"] = all(int(a.F) & 0b100110 == 0b100 for a in page.obj.get("/Annots", []) if "/F" in a)
        tags = list(structure(racine.StructTreeRoot))
        rules |= structure_rules(tags)
    return [nom for nom, is_right in rules.items() if not is_right]


def fonts(document: pikepdf.Pdf) -> list[tuple[str, bool]]:
    found = [
        objet for objet in document.objects if isinstance(objet, pikepdf.Dictionary) and objet.get("/Type") == pikepdf.Name.FontDescriptor
    ]
    return [(str(une.FontName), bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(une.keys()))) for une in found]


def structure(node: Any) -> Any:
    """Yield (tag, alternative text) of each element, in the reader's order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from structure(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from structure(node.K)


def structure_rules(tags: list[tuple[str, str]]) -> dict[str, bool]:
    noms = [nom for nom, _ in tags]
    levels = [int(nom[2]) for nom in noms if nom in {"/H1", "/H2", "/H3"}]
    jumps = [after - before for before, after in zip([0, *levels], levels, strict=False)]
    return {
        "racine": noms[0] == "/Document",
        "ordre des titres": levels[0] == 1 and max(jumps) <= 1,
        "en-têtes des tableaux": noms.count("/TH") == 2 * noms.count("/Table"),
        "images": all(alt for nom, alt in tags if nom == "/Figure"),
    }


def test_a_logo_that_is_not_right_is_refused() -> None:
    grand, gros = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (400, 300)).save(grand, "PNG")
    Image.new("RGB", (20, 20)).save(gros, "GIF")
    said = []
    for octets, texte in [
        (grand.getvalue(), "x"),
        (gros.getvalue(), "x"),
        (b"<svg onload=alert(1)>", "x"),
        (bytes(200_000), "x"),
        (logo().octets, " "),
    ]:
        with pytest.raises(logos.LogoRefuse) as refus:
            logos.clean(octets, texte)
        said.append(str(refus.value))
    assert said == [
        "il fait 400 × 300 pixels au lieu de 200 × 75 au plus.",
        "ce n'est pas une image PNG.",
        "ce n'est pas une image PNG.",
        "il pèse plus de 100 ko.",
        "dites dans un fichier .txt ce qu'il montre.",
    ]


def test_the_logo_of_the_administration_comes_first(tmp_path: Path) -> None:
    assert logos.find(tmp_path, "mairie-17300") is None
    for nom, texte in {"logo": "La démarche", "logos/mairie-17300": "La ville"}.items():
        (tmp_path / nom).parent.mkdir(exist_ok=True)
        (tmp_path / f"{nom}.png").write_bytes(logo().octets)
        (tmp_path / f"{nom}.txt").write_text(texte, encoding="utf-8")
    shown = [logos.find(tmp_path, cle) for cle in ("mairie-17300", "mairie-17299", "../../etc")]
    assert [un and un.texte for un in shown] == ["La ville", "La démarche", None]


def test_a_partner_s_text_becomes_blocks() -> None:
    assert prose.blocks("Un **{{n}}**, [ici](https://x.example.org)\n\n- a", {"n": "<b>#x\ny"}) == [
        {
            "sorte": "p",
            "mots": [
                {"t": "Un ", "gras": False, "lien": ""},
                {"t": "<b>#x", "gras": True, "lien": ""},
                {"t": "\n", "gras": False, "lien": ""},
                {"t": "y", "gras": True, "lien": ""},
                {"t": ", ", "gras": False, "lien": ""},
                {"t": "ici", "gras": False, "lien": "https://x.example.org"},
            ],
        },
        {"sorte": "ul", "points": [[{"t": "a", "gras": False, "lien": ""}]]},
    ]
