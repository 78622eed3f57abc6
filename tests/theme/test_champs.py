"""Every component in every state: labelled, described, marked, escaped; fast and ordinary rendering alike."""

from typing import Any

import pytest
from django.utils.html import escape

from psl.portails.theme import champs
from psl.portails.theme.champs import Etat, FichierVu, Slots
from psl.portails.theme.squelettes import render_field
from psl.portails.theme.valeurs import texts
from tests.theme.donnees import CHAMPS, OPTIONS, PAYS, Champ, Page, read

HOSTILE = "\"><script>alert('x')</script>&amp;{{ 7|add:7 }}\ue000valeur\ue001"
TOUS = pytest.mark.parametrize("champ", CHAMPS, ids=lambda champ: f"{champ.type}-{champ.presentation}")


def render(champ: Champ, **state: Any) -> Page:
    return read(render_field(champ, options=OPTIONS if champ.type == "choix" else (), pays=PAYS, **state))


@TOUS
@pytest.mark.parametrize("erreur", ["", "Cela ne va pas."])
def test_each_control_has_one_label_and_one_id(champ: Champ, erreur: str) -> None:
    page = render(champ, erreur=erreur)
    labelled = [label.attributs["for"] for label in page.all("label")]
    assert sorted(labelled) == sorted(control.attributs["id"] for control in page.controls())
    ids = [element.attributs["id"] for element in page.elements if "id" in element.attributs]
    assert sorted(ids) == sorted(set(ids))


@TOUS
@pytest.mark.parametrize("erreur", ["", "Cela ne va pas."])
def test_hint_and_error_are_both_described(champ: Champ, erreur: str) -> None:
    page = render(champ, erreur=erreur)
    id_ = champs.field_id(champ.cle)
    expected = f"{id_}-aide" + (f" {id_}-erreur" if erreur else "")
    holder = page.by_id(id_)
    assert holder.attributs["aria-describedby"] == expected
    for reference in expected.split():
        page.by_id(reference)


@TOUS
def test_every_reference_leads_somewhere(champ: Champ) -> None:
    for state in ({}, {"erreur": "Non."}, {"requis": False}, {"prefilled_source": "Votre compte"}):
        page = render(champ, **state)
        for element in page.elements:
            for name in ("aria-describedby", "aria-labelledby"):
                for reference in element.attributs.get(name, "").split():
                    page.by_id(reference)


@TOUS
def test_an_error_is_said_to_assistive_technologies(champ: Champ) -> None:
    assert not [e for e in render(champ).elements if "aria-invalid" in e.attributs]
    page = render(champ, erreur="Cela ne va pas.")
    marked = [e for e in page.elements if e.attributs.get("aria-invalid") == "true"]
    assert bool(marked) == (champ.type != "adresse")  # an address says which of its parts: see below


def test_an_address_says_which_part_is_wrong() -> None:
    page = render(Champ("adr", "adresse"), erreur="Écrivez la voie.", details={"adr.voie": "Écrivez la voie."})
    assert [e.attributs["name"] for e in page.elements if e.attributs.get("aria-invalid") == "true"] == ["adr.voie"]
    assert page.by_id("c-adr-voie").attributs["aria-describedby"] == "c-adr-voie-erreur"


@TOUS
def test_the_label_says_what_is_optional(champ: Champ) -> None:
    says = champ.type != "case"  # a box may always be left unticked
    own = Champ(**{**vars(champ), "libelle": "Question unique"})
    assert "(facultatif)" not in render_field(own, options=OPTIONS, pays=PAYS).split("Question unique")[1][:80]
    assert ("(facultatif)" in render_field(own, options=OPTIONS, pays=PAYS, requis=False).split("Question unique")[1][:80]) == says


@TOUS
def test_html_validates_nothing_by_itself(champ: Champ) -> None:
    forbidden = {"required", "pattern", "maxlength", "min", "max", "minlength"}
    assert [e for e in render(champ).elements if forbidden & set(e.attributs)] == []


HOSTILES: dict[str, Any] = {
    "date": {"jour": HOSTILE, "mois": HOSTILE, "annee": HOSTILE},
    "commune": {"texte": HOSTILE, "code": HOSTILE},
    "adresse": {
        "est_france": "oui", "voie": HOSTILE, "complement": HOSTILE, "lieu_dit": HOSTILE, "commune": HOSTILE,
        "commune.code": HOSTILE, "etranger": HOSTILE, "pays": HOSTILE,
    },
}  # fmt: skip


@TOUS
@pytest.mark.parametrize("erreur", ["", HOSTILE])
def test_c4_hostile_text_stays_text(champ: Champ, erreur: str) -> None:
    brut = HOSTILES.get(champ.type, HOSTILE)
    html = render_field(champ, brut=brut, erreur=erreur, options=OPTIONS if champ.type == "choix" else (), pays=PAYS)
    assert "<script" not in html
    page = read(html)
    tags = {e.tag for e in page.elements}
    assert tags <= {"div", "label", "input", "p", "span", "fieldset", "legend", "select", "option", "textarea", "button"}
    assert all(not name.startswith("on") for e in page.elements for name in e.attributs)
    if champ.type in {"texte", "courriel", "telephone", "nombre", "commune"}:
        assert page.by_id(f"c-{champ.cle}").attributs["value"] == HOSTILE


@TOUS
def test_hostile_words_of_a_definition_stay_words(champ: Champ) -> None:
    hostile = Champ(**{**vars(champ), "libelle": "<b>\"'", "exemple": "<i>", "aide": "a & b"})
    html = render_field(hostile, options=OPTIONS, pays=PAYS)
    assert "<b>" not in html
    assert "<i>" not in html
    assert "a &amp; b" in html


VALEURS: dict[str, Any] = {
    "texte": "O'Brien", "texte_long": "une\ndeux", "nombre": 2, "date": "1998-06-27", "oui_non": False, "case": True,
    "courriel": "a@b.fr", "telephone": "+33639980000", "choix": "B", "pays": {"code": "99109", "libelle": "Allemagne"},
    "commune": {"code": "17300", "libelle": "La Rochelle", "code_postal": "17000"},
    "adresse": {"est_france": False, "etranger": "1 Hauptstraße\nBerlin", "pays": {"code": "99109", "libelle": "Allemagne"}},
}  # fmt: skip


@TOUS
@pytest.mark.parametrize("valeur", [True, False], ids=["rempli", "vide"])
def test_the_skeleton_gives_what_the_template_gives(champ: Champ, valeur: bool) -> None:
    value = VALEURS[champ.type] if valeur else None
    options = OPTIONS if champ.type == "choix" else ()
    pays = PAYS if champ.type in {"pays", "adresse"} else ()
    slow = champs.render_control(champ, Etat(options=options, pays=pays), texts(champ, value, None, options, pays))
    for _ in range(2):
        assert render_field(champ, valeur=value, options=options, pays=pays) == slow


def test_values_are_shown_where_they_belong() -> None:
    def values(type_: str, **more: Any) -> dict[str, str]:
        page = render(Champ("x", type_, **more), valeur=VALEURS[type_])
        return {
            e.attributs["name"]: e.attributs.get("value", e.texte)
            for e in page.all("input", "textarea")
            if "type" not in e.attributs or e.attributs["type"] not in {"radio", "checkbox"}
        }

    assert values("date") == {"x.jour": "27", "x.mois": "06", "x.annee": "1998"}
    assert values("commune") == {"x": "La Rochelle (17000)", "x.code": "17300"}
    assert values("texte_long") == {"x": "une\ndeux"}
    assert values("nombre") == {"x": "2"}
    assert values("adresse")["x.etranger"] == "1 Hauptstraße\nBerlin"


def test_the_chosen_answer_is_marked() -> None:
    def chosen(champ: Champ) -> list[str]:
        page = render(champ, valeur=VALEURS[champ.type])
        return [e.attributs["value"] for e in page.elements if "checked" in e.attributs or "selected" in e.attributs]

    assert [chosen(champ) for champ in CHAMPS if champ.type in {"choix", "oui_non", "case", "pays", "adresse"}] == [
        ["B"], ["B"], ["non"], ["oui"], ["99109"], ["non", "99109"],
    ]  # fmt: skip


def test_personal_fields_are_completed_by_the_browser() -> None:
    def tokens(champ: Champ) -> list[str]:
        return [e.attributs["autocomplete"] for e in render(champ).elements if "autocomplete" in e.attributs]

    assert tokens(CHAMPS[0]) == ["family-name"]
    assert tokens(Champ("d", "date", autocomplete="bday")) == ["bday-day", "bday-month", "bday-year"]
    assert tokens(Champ("d", "date")) == []
    assert tokens(Champ("c", "courriel")) == ["email"]
    assert tokens(Champ("t", "telephone")) == ["tel"]
    assert tokens(Champ("a", "adresse")) == ["address-line1", "address-line2", "address-line3", "off", "street-address", "country"]


def test_a_prefilled_field_says_its_source() -> None:
    page = render(CHAMPS[0], valeur="Dupont", prefilled_source="Votre compte")
    assert page.by_id("c-nom-source").texte == "Votre compte. Vous pouvez corriger."


def test_fields_speak_english() -> None:
    html = render_field(Champ("d", "date"), requis=False, langue="en")
    assert (">Day<" in html, ">Jour<" in html, "(optional)" in html) == (True, False, True)
    assert ">Jour<" in render_field(Champ("d", "date"), langue="fr")


def test_information_is_shown_without_a_control() -> None:
    page = render(Champ("avis", "information"))
    assert page.controls() == []
    assert [e.texte for e in page.all("strong")] == ["texte"]


class Piece:
    code = "PieceIdentite"
    libelle = "Pièce d'identité"
    aide = "Recto et verso."
    types = ("application/pdf", "image/jpeg")
    max_mo = 10
    max_fichiers = 2


def test_a_piece_lists_its_files_and_removes_them() -> None:
    files = [FichierVu("recto.pdf", 1_234_567, "/retirer/1"), FichierVu(HOSTILE, 340_000, "/retirer/2")]
    html = champs.render_piece(Piece(), fichiers=files, url_ajouter="/ajouter", erreur="Refusé.")
    page = read(html)
    assert "<script" not in html
    assert escape(HOSTILE) in html
    assert [e.attributs.get("formaction") for e in page.all("button")] == ["/retirer/1", "/retirer/2"]
    assert page.all("input") == []  # the number of files is reached
    page.by_id("c-PieceIdentite")
    page.by_id("c-PieceIdentite-erreur")


def test_a_piece_takes_several_files_and_says_its_limits() -> None:
    page = read(champs.render_piece(Piece(), fichiers=[], url_ajouter="/ajouter"))
    (upload,) = page.all("input")
    assert upload.attributs["accept"] == "application/pdf,image/jpeg"
    assert (upload.attributs["name"], "multiple" in upload.attributs) == ("PieceIdentite", True)
    expected = "Recto et verso. Formats acceptés : PDF, JPEG. Taille maximale : 10 Mo par fichier. Nombre maximal de fichiers : 2."
    assert page.by_id("c-PieceIdentite-aide").texte == expected


def test_the_summary_links_to_the_first_control_of_each_field() -> None:
    erreurs = {"nom": "Écrivez le nom.", "naissance": "Vérifiez <la> date.", "sorte": "Choisissez.", "adresse": "Où ?"}
    page = read(champs.render_summary(erreurs, CHAMPS))
    assert [(e.attributs["href"], e.texte) for e in page.all("a")] == [
        ("#c-nom", "Écrivez le nom."),
        ("#c-naissance-jour", "Vérifiez <la> date."),
        ("#c-sorte-0", "Choisissez."),
        ("#c-adresse-est_france-0", "Où ?"),
    ]
    summary = page.by_id("erreurs")
    assert (summary.attributs["tabindex"], summary.attributs["role"]) == ("-1", "alert")
    assert page.by_id(summary.attributs["aria-labelledby"]).texte == "Il y a 4 erreurs sur cette page"
    assert champs.render_summary({}) == ""


@pytest.mark.parametrize(("octets", "words"), [(0, "1 ko"), (640_000, "640 ko"), (1_234_567, "1,2 Mo"), (10_000_000, "10 Mo")])
def test_sizes_are_said_in_words(octets: int, words: str) -> None:
    assert champs.size_in_words(octets) == words


def test_a_slot_that_nothing_fills_is_empty() -> None:
    assert Slots()["rien"] == ""
