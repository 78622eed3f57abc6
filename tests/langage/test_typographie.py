"""The spaces that do not break: where French wants them, nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.langage.texte import INSECABLE, space, space_page


@pytest.mark.parametrize(
    ("ecrit", "montre"),
    [
        ("Nom : Rivière", "Nom~: Rivière"),
        ("Où êtes-vous né ?", "Où êtes-vous né~?"),
        ("Vite !", "Vite~!"),
        ("Quoi ?!", "Quoi~?!"),
        ("un ; deux", "un~; deux"),
        ("« Prendre en charge »", "«~Prendre en charge~»"),
        ("le bouton « Envoyer ».", "le bouton «~Envoyer~»."),
        ("(voir : ici)", "(voir~: ici)"),
        ("https://a.fr/?b :c", "https://a.fr/?b :c"),
        ("10:30", "10:30"),
        ("« ", "« "),
        ("a :-) b", "a :-) b"),
    ],
)
def test_a_space_before_a_double_sign_or_inside_guillemets_does_not_break(ecrit: str, montre: str) -> None:
    assert space(ecrit) == montre.replace("~", INSECABLE)


def test_a_page_changes_in_its_words_alone() -> None:
    page = (
        '<p title="Nom : x">Nom : <b>« Envoyer »</b></p><input value="a : b ?"><textarea name="t">Quoi : ceci ?</textarea>'
        '<script type="x">a ? b : c</script><p>Fini ?</p>'
    )
    assert space_page(page) == (
        '<p title="Nom : x">Nom~: <b>«~Envoyer~»</b></p><input value="a : b ?"><textarea name="t">Quoi : ceci ?</textarea>'
        '<script type="x">a ? b : c</script><p>Fini~?</p>'
    ).replace("~", INSECABLE)


@given(st.text(alphabet="ab «»:;?! \n<>&.", max_size=60))
def test_nothing_but_plain_spaces_changes_and_twice_is_once(texte: str) -> None:
    for change in (space, space_page):
        fait = change(texte)
        assert fait.replace(INSECABLE, " ") == texte
        assert change(fait) == fait
