"""What a proof says, line by line, for whoever wrote the démarche."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from psl.langage.preuves.preuve import Bilan

INDECIS_MAX = 20


def lines(bilan: Bilan) -> Iterator[str]:
    """Give the findings with an example of answers each, what stays undecided with its reason, then what was looked at."""
    for constat in bilan.constats:
        yield f"{constat.defaut} [{constat.verdict}]"
        yield f"    exemple : {example(constat.exemple)}"
        if constat.suites:
            yield f"    la même condition est écrite {constat.suites + 1} fois"
    for constat in bilan.du_jour:
        yield f"  à noter, vrai ce jour-là seulement peut-être : {constat.defaut}"
    for indecis in bilan.indecis[:INDECIS_MAX]:
        yield f"  non décidé, ligne {indecis.ligne} : {indecis.sujet} — {indecis.raison}"
    if len(bilan.indecis) > INDECIS_MAX:
        yield f"  et {len(bilan.indecis) - INDECIS_MAX} autres non décidés"
    counts = (
        f"{bilan.buts} buts : {bilan.atteints} atteints et rejoués, {bilan.prouves} prouvés impossibles, {len(bilan.indecis)} non décidés"
    )
    yield f"  {counts} ({bilan.secondes:.1f} s{', interrompu' if bilan.interrompu else ''})."


def example(reponses: Mapping[str, Any]) -> str:
    """Write answers in one line."""
    said = [
        f"{cle} = {json.dumps(valeur, ensure_ascii=False) if valeur is not None else 'sans réponse'}" for cle, valeur in reponses.items()
    ]
    return " ; ".join(said) or "aucune réponse n'est nécessaire"
