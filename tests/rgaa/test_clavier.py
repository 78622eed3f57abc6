"""The keyboard alone, where a request begins (RGAA 10.7, 12.8, 12.9): all is reached, in its order, is seen, and lets go."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.harnais.navigateur import Navigateur

DEMARCHE = "/mademarche/EtatCivil/demarche?action=NAISSANCE"
RECHERCHE = "/recherche?q=acte+de+naissance"

# What Tab must reach, in the order of the page; of radio buttons of one name, one alone.
NUMEROTER = """() => {
  const vus = new Set();
  const groupe = (e) => e.type === 'radio' ? `${e.form ? [...document.forms].indexOf(e.form) : ''}/${e.name}` : null;
  const choisi = (e) => document.querySelector(`input[type=radio][name="${CSS.escape(e.name)}"]:checked`);
  let rang = 0;
  for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')) {
    const cachee = !e.checkVisibility({visibilityProperty: true}) || e.disabled || e.type === 'hidden' || e.tabIndex < 0;
    if (cachee) continue;
    if (e.type === 'radio') {
      const un = choisi(e);
      if (un ? un !== e : vus.has(groupe(e))) continue;
      vus.add(groupe(e));
    }
    e.dataset.essai = rang++;
  }
  return rang;
}"""

# Where the focus is, and whether it shows: an outline on it, or on what stands for it (the label of a radio button).
REGARDER = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const trace = (un, pseudo) => {
    const style = getComputedStyle(un, pseudo);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  };
  const lieux = [e, ...(e.labels || [])];
  const cadre = e.getBoundingClientRect();
  return {
    rang: 'essai' in e.dataset ? Number(e.dataset.essai) : -1,
    nom: e.outerHTML.slice(0, 120),
    visible: lieux.some((un) => trace(un) || trace(un, '::before') || trace(un, '::after')),
    dedans: cadre.bottom > 0 && cadre.top < innerHeight && cadre.right > 0 && cadre.left < innerWidth,
  };
}"""


def walk(page: Page, touche: str, nombre: int) -> list[dict[str, Any]]:
    """Press a key as many times as there are things to reach; return what it met. A trap shows as the same thing met again."""
    met: list[dict[str, Any]] = []
    for _ in range(nombre):
        page.keyboard.press(touche)
        met.append(page.evaluate(REGARDER) or {"rang": -1, "nom": "la page", "visible": False, "dedans": False})
    return met


def judge(page: Page) -> tuple[list[str], list[str], bool, bool]:
    """Return what is not seen forth, back, and whether each order is that of the page."""
    nombre = page.evaluate(NUMEROTER)
    assert nombre > 5
    aller = walk(page, "Tab", nombre)
    page.keyboard.press("Tab")
    assert page.evaluate(REGARDER) is None  # the last one lets go
    retour = walk(page, "Shift+Tab", nombre)
    perdus = [[un["nom"] for un in chemin if not (un["visible"] and un["dedans"])] for chemin in (aller, retour)]
    rangs = [un["rang"] for un in aller]
    return perdus[0], perdus[1], rangs == list(range(nombre)), [un["rang"] for un in retour] == rangs[::-1]


@pytest.mark.parametrize("etroit", [False, True], ids=["1280", "320"])
def test_the_start_of_a_request_by_tab_alone(navigateur: Navigateur, etroit: bool) -> None:
    page = navigateur.open(etroit=etroit)
    page.goto(RECHERCHE)
    assert judge(page) == ([], [], True, True)
    page.goto(DEMARCHE)
    assert judge(page) == ([], [], True, True)
    page.get_by_role("button", name="Commencer ma demande").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/etape/demande"))
    assert judge(page) == ([], [], True, True)


def test_the_walk_does_see_what_is_wrong(page: Page) -> None:
    page.goto(DEMARCHE)
    page.evaluate(
        "() => { document.querySelector('main a, main button').tabIndex = 3; document.querySelector('footer a').style.outline = 'none'; }"
    )
    caches, _, en_ordre, _ = judge(page)
    assert (len(caches), en_ordre) == (1, False)
