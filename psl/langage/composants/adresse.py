"""A postal address, in France or abroad.

Its value has "est_france", then "voie", "complement", "lieu_dit" and "commune", or "etranger" (the lines as written) and "pays".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from psl.langage.composants import commune as communes
from psl.langage.composants import pays as liste_pays
from psl.langage.composants.base import Composant, Contexte, Invalide, Post, Valeur, posted
from psl.langage.composants.nettoyage import clean_line, clean_lines
from psl.langage.feel import Value
from psl.langage.feel.types import BOOLEAN, TEXT, Type

LIGNE_MAX = 100
LIGNES_MAX = 6
PARTIES = ("est_france", "voie", "complement", "lieu_dit", "commune", "commune.code", "etranger", "pays")
_OUI = {"oui": True, "true": True, "non": False, "false": False}


@dataclass(frozen=True, slots=True)
class Adresse(Composant):
    """An address to which a letter can be sent."""

    type: ClassVar[str] = "adresse"
    autocomplete: ClassVar[str] = "street-address"
    feel_type: ClassVar[Type] = Type(
        "context",
        members={
            "est_france": BOOLEAN,
            "commune": communes.Commune.feel_type,
            "pays": liste_pays.Pays.feel_type,
            **dict.fromkeys(("voie", "complement", "lieu_dit", "etranger"), TEXT),
        },
    )

    def typed(self, cle: str, post: Post) -> Any:
        return {partie: posted(post, f"{cle}.{partie}") for partie in PARTIES}

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        ou = clean_line(brut["est_france"]).lower()
        if not any(brut[partie].strip() for partie in PARTIES if partie not in ("est_france", "commune.code")):
            return None
        if ou not in _OUI:
            raise Invalide(contexte.say("adresse_ou"), {".est_france": contexte.say("adresse_ou")})
        if _OUI[ou]:
            ville = {"texte": brut["commune"], "code": brut["commune.code"]}
            return self._french(brut, lambda: communes.Commune().read(ville, contexte), contexte)
        return self._foreign(brut, lambda: liste_pays.Pays().read(brut["pays"], contexte), contexte)

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if not isinstance(valeur, Mapping) or not isinstance(valeur.get("est_france"), bool):
            raise Invalide(contexte.say("malforme"))
        textes = {partie: str(valeur.get(partie) or "") for partie in ("voie", "complement", "lieu_dit", "etranger")}
        if valeur["est_france"]:
            return self._french(textes, lambda: communes.Commune().check(valeur.get("commune"), contexte), contexte)
        return self._foreign(textes, lambda: liste_pays.Pays().check(valeur.get("pays"), contexte), contexte)

    def _french(self, textes: Mapping[str, str], read_commune: Callable[[], Valeur], contexte: Contexte) -> dict[str, Valeur]:
        erreurs: dict[str, str] = {}
        lues = {partie: clean_line(textes[partie]) for partie in ("voie", "complement", "lieu_dit")}
        for partie, texte in lues.items():
            if len(texte) > LIGNE_MAX:
                erreurs[f".{partie}"] = contexte.say("trop_long", nombre=len(texte), maximum=LIGNE_MAX)
        if not lues["voie"] and not lues["lieu_dit"]:
            erreurs[".voie"] = contexte.say("adresse_voie")
        commune = _or_error(read_commune, ".commune", contexte.say("adresse_commune"), erreurs)
        _raise(erreurs)
        return {"est_france": True, **{partie: texte for partie, texte in lues.items() if texte}, "commune": commune}

    def _foreign(self, textes: Mapping[str, str], read_pays: Callable[[], Valeur], contexte: Contexte) -> dict[str, Valeur]:
        erreurs: dict[str, str] = {}
        lignes = clean_lines(textes["etranger"])
        if not lignes or lignes.count("\n") >= LIGNES_MAX or len(lignes) > LIGNE_MAX * LIGNES_MAX:
            erreurs[".etranger"] = contexte.say("adresse_etranger")
        pays = _or_error(read_pays, ".pays", contexte.say("adresse_pays"), erreurs)
        _raise(erreurs)
        return {"est_france": False, "etranger": lignes, "pays": pays}

    def to_feel(self, valeur: Valeur) -> Value:
        return valeur if isinstance(valeur, dict) else None

    def display(self, valeur: Valeur, langue: str) -> str:
        if not valeur.get("est_france"):
            return f"{valeur['etranger']}\n{valeur['pays']['libelle']}"
        ville = valeur["commune"]
        lignes = [
            valeur.get("complement"),
            valeur.get("voie"),
            valeur.get("lieu_dit"),
            f"{ville['code_postal']} {ville['libelle']}".strip(),
        ]
        return "\n".join(ligne for ligne in lignes if ligne)


def _or_error(read: Callable[[], Valeur], partie: str, message: str, erreurs: dict[str, str]) -> Valeur:
    try:
        valeur = read()
    except Invalide:
        valeur = None
    if valeur is None:
        erreurs[partie] = message
    return valeur


def _raise(erreurs: Mapping[str, str]) -> None:
    if erreurs:
        raise Invalide(" ".join(erreurs.values()), erreurs)
