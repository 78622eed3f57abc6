import subprocess
import sys
from datetime import date
from pathlib import Path

from psl.langage import essais
from psl.langage.charger import read_definition
from psl.langage.preuves import couverture, prove
from tests.langage.temoin import JOUR, definition


def test_generated_journeys_pass_everywhere_and_are_the_same_twice(tmp_path: Path) -> None:
    lue = definition(tmp_path)
    bilan = prove(lue, jour=JOUR)
    first = [path.read_text("utf-8") for path in couverture.write(bilan.simulation, tmp_path / "temoin")]
    again = [path.read_text("utf-8") for path in couverture.write(prove(lue, jour=JOUR).simulation, tmp_path / "temoin")]
    assert first == again
    kept = couverture.fewest(bilan.simulation)
    reached = {but.cle for but in bilan.simulation.enonce.buts if any(vue.holds(but) for vue in kept)}
    assert reached == set(bilan.simulation.temoins)
    resultats = essais.run_all(read_definition(tmp_path / "temoin").compile(), tmp_path / "temoin")
    assert [resultat.is_passed for resultat in resultats] == [True] * len(first)


def test_a_change_shows_in_the_generated_journeys(tmp_path: Path) -> None:
    couverture.write(prove(definition(tmp_path), jour=JOUR).simulation, tmp_path / "temoin")
    changee = definition(tmp_path, ("pages.1.si", 'quoi = "NEUF"')).compile()
    assert not all(resultat.is_passed for resultat in essais.run_all(changee, tmp_path / "temoin"))


def test_a_proof_out_of_time_says_so(tmp_path: Path) -> None:
    bilan = prove(definition(tmp_path), jour=date(2026, 11, 23), secondes=0)
    assert {indecis.raison for indecis in bilan.indecis} == {"temps écoulé"}
    assert bilan.constats == ()


def test_pages_do_not_load_the_solver() -> None:
    code = "import sys, psl.langage.preuves, psl.langage.evaluation; sys.exit('z3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
