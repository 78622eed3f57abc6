import html.parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.langage import texte
from psl.langage.texte import ErreurTexte, parse, parse_line

SOURCE = """Bonjour **{{nom}}**,
suite de la phrase.

- un [lien](https://exemple.fr/a?b=1&c=2) ;
- deux,
  sur deux lignes.

1. Appelez [le 3939](tel:3939).
2. Écrivez à [la mairie](mailto:mairie@exemple.fr)."""


def test_html_has_paragraphs_lists_bold_and_links() -> None:
    assert parse(SOURCE).html({"nom": "Camille"}) == (
        "<p>Bonjour <strong>Camille</strong>, suite de la phrase.</p>"
        '<ul><li>un <a href="https://exemple.fr/a?b=1&amp;c=2">lien</a> ;</li><li>deux, sur deux lignes.</li></ul>'
        '<ol><li>Appelez <a href="tel:3939">le 3939</a>.</li><li>Écrivez à <a href="mailto:mairie@exemple.fr">la mairie</a>.</li></ol>'
    )


def test_plain_text_gives_the_addresses_of_links() -> None:
    assert parse(SOURCE).plain({"nom": "Camille"}) == (
        "Bonjour Camille, suite de la phrase.\n\n"
        "- un lien (https://exemple.fr/a?b=1&c=2) ;\n- deux, sur deux lignes.\n\n"
        "1. Appelez le 3939.\n2. Écrivez à la mairie (mairie@exemple.fr)."
    )


def test_a_value_is_never_markup() -> None:
    valeurs = {"x": "<b>&\n**gras** [l](https://mal.fr) {{y}}", "y": "non"}
    assert texte.html("{{x}}", valeurs) == "<p>&lt;b&gt;&amp;<br>**gras** [l](https://mal.fr) {{y}}</p>"
    assert texte.plain("{{x}}", valeurs) == "<b>&\n**gras** [l](https://mal.fr) {{y}}"


def test_keys_are_told_and_a_missing_value_leaves_nothing() -> None:
    prose = parse("Le {{ date }} à {{commune.libelle}}.")
    assert (prose.cles, prose.plain({"date": "3 mai"})) == ({"date", "commune.libelle"}, "Le 3 mai à .")


def test_html_is_taken_as_it_is_by_template_engines() -> None:
    rendu = parse("a").html()
    assert rendu.__html__() is rendu


def test_a_line_knows_placeholders_only() -> None:
    ligne = parse_line("**Reçu** {{numero}} & <suite>")
    assert (ligne.plain({"numero": "A-1"}), ligne.html({"numero": "<1>"})) == (
        "**Reçu** A-1 & <suite>",
        "**Reçu** &lt;1&gt; &amp; &lt;suite&gt;",
    )


@pytest.mark.parametrize(
    ("source", "ligne", "message"),
    [
        ("a\n\n# Titre", 2, "Les titres ne sont pas permis dans un texte."),
        ("- a\n  - b", 1, "Une liste dans une liste n'est pas permise."),
        ("<script>x</script>", 0, "Le HTML n'est pas permis."),
        ("![i](https://x.fr)", 0, "Les images, tableaux, citations et blocs de code ne sont pas permis."),
        ("> cité", 0, "Les images, tableaux, citations et blocs de code ne sont pas permis."),
        ("**gras", 0, "Le gras n'est pas fermé."),
        ("{{a b}}", 0, "Cette valeur {{…}} ne se lit pas."),
        ("[a](javascript:x)", 0, "L'adresse du lien « [a](javascript:x) » n'est pas permise."),
        ("[a](http://x.fr)", 0, "L'adresse du lien « [a](http://x.fr) » n'est pas permise."),
        ("[a](//x.fr)", 0, "L'adresse du lien « [a](//x.fr) » n'est pas permise."),
        ("[a](/{{x}})", 0, None),
        ("[a](https://x.fr y)", 0, "Ce lien ne se lit pas."),
    ],
)
def test_what_is_not_allowed_is_refused_at_its_line(source: str, ligne: int, message: str | None) -> None:
    if message is None:
        assert parse(source).html({"x": '"><b>'}) == '<p><a href="/{{x}}">a</a></p>'
        return
    with pytest.raises(ErreurTexte) as refus:
        parse(source)
    assert (refus.value.ligne, refus.value.message) == (ligne, message)
    assert refus.value.remede.endswith((".", ")"))


class Balises(html.parser.HTMLParser):
    """Notes the tags and attributes of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.vues: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.vues.append((tag, tuple(nom for nom, _ in attrs)))


PERMISES = {(tag, ()) for tag in ("p", "ul", "ol", "li", "strong", "br")} | {("a", ("href",))}


@given(st.text("ab*[](){}x<>&\"'/:.-# \n", max_size=60), st.text(max_size=20))
def test_whatever_is_written_only_safe_tags_come_out(source: str, valeur: str) -> None:
    try:
        rendu = parse(source).html({"x": valeur, "a": valeur})
    except ErreurTexte:
        return
    balises = Balises()
    balises.feed(rendu)
    assert set(balises.vues) <= PERMISES
