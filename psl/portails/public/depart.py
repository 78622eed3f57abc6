"""What the start page of a démarche says, from its definition."""

from collections.abc import Mapping
from typing import Any

from psl.langage.charger import Demarche


def show(demarche: Demarche, parametres: Mapping[str, str]) -> dict[str, Any]:
    """Return the context of the start page; `parametres` are those of the address, kept when the definition declares them."""
    gardes = {nom: parametres[nom] for nom, cle in demarche.entree.items() if nom in parametres and demarche.accepts(cle, parametres[nom])}
    return {
        "demarche": demarche,
        "titre": _title(demarche, gardes),
        "parametres": gardes,
        "faits": [fait for fait in (demarche.faits.silence, demarche.faits.recours) if fait is not None],
    }


def _title(demarche: Demarche, parametres: Mapping[str, str]) -> str:
    titles = {action.valeur: action.titre for action in demarche.actions}
    return titles.get(parametres.get(demarche.parametre_action or "", ""), demarche.titre)
