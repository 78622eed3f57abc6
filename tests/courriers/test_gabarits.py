"""The words of the e-mails: each template says all it must, in both languages, and nothing typed by anyone becomes a template."""

from pathlib import Path

import pytest
from django.test import override_settings

from psl.courriers import gabarits
from psl.courriers.gabarits import GABARITS, GabaritInconnu, absolute, render, single_line

VALEURS = {
    "numero": "A-6-K3F9ZQ1B",
    "titre": "Demander un acte de naissance",
    "service": "Mairie de La Rochelle",
    "nouveau": "Mairie annexe",
    "lien": "/reprendre/abc_DEF-1",
    "code": "048213",
    "le": "lundi 7 décembre 2026",
    "jointe": True,
    "objet": "Votre demande d'acte est reçue",
    "fichier": "A-6-K3F9ZQ1B-EtatCivil-ent-1.xml",
    "mot_de_passe": "k7#mPq2!xZ",
    "fin": "Q1B",
    "corps": "Bonjour,\n\nLa mairie répond par la poste.",
}
FIN_SERVICE = "Ce message est envoyé automatiquement : n'y répondez pas.\n"
FIN = f"{FIN_SERVICE}Personne ne vous demandera jamais votre code de suivi par courriel ou par téléphone.\n"
DOSSIER = Path(gabarits.__file__).parent / "templates" / "courriers"


def test_every_template_has_its_file_and_every_file_its_template() -> None:
    assert {fichier.stem for fichier in DOSSIER.glob("*.txt")} - {"signature", "signature_service"} == set(GABARITS)


@pytest.mark.parametrize("gabarit", GABARITS)
def test_a_template_says_its_values_and_ends_with_the_platform_s_word(gabarit: str) -> None:
    objet, corps = render(gabarit, VALEURS, "fr")
    assert 10 < len(objet) < 78
    assert "\n\n\n" not in corps
    assert corps.startswith("Bonjour,\n")
    for nom in GABARITS[gabarit] - {"lien"}:
        assert VALEURS[nom] in objet + corps
    assert ("http://127.0.0.1:8000/reprendre/abc_DEF-1" in corps) == ("lien" in GABARITS[gabarit])
    assert corps.endswith(FIN_SERVICE if gabarit.startswith("service_") else FIN)
    assert "{" not in objet + corps


@pytest.mark.parametrize("gabarit", GABARITS)
def test_a_template_without_its_optional_values_still_reads_well(gabarit: str) -> None:
    _, corps = render(gabarit, {nom: VALEURS[nom] for nom in GABARITS[gabarit]}, "fr")
    assert "\n\n\n" not in corps
    assert "None" not in corps
    assert "()" not in corps


def test_an_accuse_with_its_pdf_says_so() -> None:
    assert "Votre accusé de réception est joint" in render("accuse", VALEURS, "fr")[1]
    assert "Votre accusé de réception est joint" not in render("accuse", {**VALEURS, "jointe": False}, "fr")[1]


@pytest.mark.parametrize("gabarit", sorted(nom for nom, valeurs in GABARITS.items() if valeurs))
def test_a_missing_value_is_a_bug_seen_at_once(gabarit: str) -> None:
    with pytest.raises(GabaritInconnu, match="il manque"):
        gabarits.check(gabarit, {})


def test_an_unknown_template_is_a_bug() -> None:
    with pytest.raises(GabaritInconnu):
        render("inconnu", {}, "fr")


@pytest.mark.parametrize("piege", ["{{ code }}", "{% include 'signature.txt' %}", "{0.__class__}", "%(code)s", "<b>&amp;"])
def test_c5_what_is_given_is_said_as_it_is(piege: str) -> None:
    objet, corps = render("message", {**VALEURS, "titre": piege}, "fr")
    assert piege in corps
    assert "Message" not in objet


def test_e4_a_value_is_one_short_line() -> None:
    _, corps = render("message", {**VALEURS, "titre": "a\r\nBcc: x@example.org\u202e\x00" + "b" * 400}, "fr")
    assert f"(a Bcc: x@example.org{'b' * (300 - len('a Bcc: x@example.org'))})" in corps


@override_settings(ADRESSE_PUBLIQUE="https://demarches.example.fr")
def test_e4_links_are_the_platform_s_own() -> None:
    assert absolute("/suivi") == "https://demarches.example.fr/suivi"
    assert "https://demarches.example.fr/suivi" in render("message", VALEURS, "fr")[1]
    for chemin in ("https://example.org/", "//example.org", "suivi", "/\\example.org", "/a b\n"):
        with pytest.raises(ValueError, match="chemin de la plateforme"):
            absolute(chemin)


def test_the_words_of_a_demarche_keep_their_lines_and_nothing_else() -> None:
    corps = "Bonjour,\r\n\r\nPremière\u202e ligne\x00\n{{ code }}"
    assert render("demarche", {"objet": "a\r\nBcc: x", "corps": corps}, "fr")[0] == "a Bcc: x"
    assert render("demarche", {"objet": "a", "corps": corps}, "fr")[1].startswith("Bonjour,\n\nPremière ligne\n{{ code }}\n\n")


def test_an_unknown_language_reads_in_french() -> None:
    assert render("code", VALEURS, "tlh") == render("code", VALEURS, "fr")


def test_c10_a_line_has_no_control_and_no_bidi() -> None:
    assert single_line(" a\tb\u2028c\x1b[0m\u2066d ") == "a b c[0md"
