"""`make conformite TCK=path`: the score of each folder of the kit. Accord, refusé à la lecture, différent.

A case that expects an error agrees when the text is refused. Code de sortie : 0 si rien ne diffère, 1 sinon, 2 mauvais usage.
"""

import argparse
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from psl.langage.feel import ErreurFEEL
from tests.conformite.attendus import Element, Indicible, agrees, enfant, enfants, read_value
from tests.conformite.boites import NonPrisEnCharge
from tests.conformite.decisions import Evaluation
from tests.conformite.modele import Modele

ACCORD, REFUS_ATTENDU, REFUSE, DIFFERENT = "accord", "refus attendu", "refusé", "différent"


@dataclass(frozen=True, slots=True)
class Resultat:
    """One expected result, and what came of it."""

    dossier: str
    cas: str
    verdict: str
    detail: str


def main() -> int:
    """Run the kit and print its table; `--detail` says each case that does not agree."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformite", description=__doc__)
    parser.add_argument("kit", type=Path, help="le kit de compatibilité : son dossier, ou son archive .tgz")
    parser.add_argument("mots", nargs="*", help="ne lancer que les dossiers dont le nom contient un de ces mots")
    parser.add_argument("--detail", action="store_true", help="dire chaque cas refusé ou différent")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        resultats = [resultat for dossier in _folders(args.kit, Path(place), args.mots) for resultat in run(dossier)]
    if not resultats:
        print(f"Aucun essai du kit dans {args.kit}.", file=sys.stderr)
        return 2
    _print(resultats, is_detailed=args.detail)
    return 1 if any(resultat.verdict == DIFFERENT for resultat in resultats) else 0


def _folders(kit: Path, place: Path, mots: list[str]) -> list[Path]:
    if kit.is_file():
        with tarfile.open(kit) as archive:
            archive.extractall(place, filter="data")
        kit = place
    found = sorted({path.parent for path in kit.rglob("*-test-*.xml")})
    return [dossier for dossier in found if not mots or any(mot in dossier.name for mot in mots)]


def run(dossier: Path) -> Iterator[Resultat]:
    """Run the cases of one folder."""
    for path in sorted(dossier.glob("*-test-*.xml")):
        racine = etree.parse(path).getroot()
        name = enfant(racine, "modelName")
        assert name is not None
        model = Modele(dossier / str(name.text).strip())
        for case in enfants(racine, "testCase"):
            for wanted in enfants(case, "resultNode"):
                yield _one(dossier.name, model, case, wanted)


def _one(dossier: str, model: Modele, case: Element, wanted: Element) -> Resultat:
    cas = f"{case.get('id')} {wanted.get('name')}"
    expected = enfant(wanted, "expected")
    assert expected is not None
    try:
        inputs = {str(node.get("name")): read_value(node) for node in enfants(case, "inputNode")}
        found = Evaluation(model, inputs).result(str(case.get("invocableName") or wanted.get("name")), str(wanted.get("name")))
        attendu = read_value(expected)
    except (ErreurFEEL, NonPrisEnCharge, Indicible) as refus:
        verdict = REFUS_ATTENDU if wanted.get("errorResult") == "true" else REFUSE
        return Resultat(dossier, cas, verdict, str(refus))
    verdict = ACCORD if agrees(found, attendu) else DIFFERENT
    return Resultat(dossier, cas, verdict, f"{found!r} au lieu de {attendu!r}")


def _print(resultats: list[Resultat], *, is_detailed: bool) -> None:
    if is_detailed:
        for resultat in resultats:
            if resultat.verdict in (REFUSE, DIFFERENT):
                print(f"{resultat.verdict} : {resultat.dossier} {resultat.cas} : {resultat.detail}")
    print("| Dossier | Accord | dont refus attendu | Refusé | Différent |\n| --- | ---: | ---: | ---: | ---: |")
    for dossier in sorted({resultat.dossier for resultat in resultats}):
        print(_row(dossier, [resultat for resultat in resultats if resultat.dossier == dossier]))
    print(_row("**Ensemble**", resultats))
    total = Counter(resultat.verdict for resultat in resultats)
    accord = total[ACCORD] + total[REFUS_ATTENDU]
    part = f"{100 * accord / len(resultats):.1f} %".replace(".", ",")
    print(f"\n{len(resultats)} résultats : {accord} en accord ({part}), {total[REFUSE]} refusés, {total[DIFFERENT]} différents.")


def _row(title: str, resultats: list[Resultat]) -> str:
    count = Counter(resultat.verdict for resultat in resultats)
    return f"| {title} | {count[ACCORD] + count[REFUS_ATTENDU]} | {count[REFUS_ATTENDU]} | {count[REFUSE]} | {count[DIFFERENT]} |"


if __name__ == "__main__":
    sys.exit(main())
