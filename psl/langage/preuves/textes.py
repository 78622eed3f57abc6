"""What is said to usagers, read as they will: length of sentences and labels, what is asked twice or already known, legal facts."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from psl.langage.charger import Definition
from psl.langage.definition.build_autour import build_parametres
from psl.langage.definition.coherence import each_champ
from psl.langage.source.defauts import Defaut
from psl.langage.source.formes import Releve
from psl.langage.source.yaml_strict import Chemin

LIBELLE_MAX = 120  # characters
PHRASE_MAX = 35  # words: beyond, plain language guides ask for two sentences
LISIBILITE_MIN = 30  # the Flesch index as Kandel and Moles set it for French: under 30, a text is for specialists
MOTS_MIN = 40  # a shorter text says nothing of its level
_TEXTES = frozenset({"aide", "texte", "corps", "qui", "reponse", "donnees", "autrement", "non_raccorde", "message", "lettre", "suite"})
_PHRASES = re.compile(r"[.!?;:]\s|\n")
_MOTS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOYELLES = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+", re.IGNORECASE)
# What FranceConnect gives of who is connected, by the token of the champ that asks it.
PIVOT = frozenset({"family-name", "given-name", "bday", "sex"})


def check_texts(definition: Definition) -> list[Defaut]:
    """List what is too long or too hard to read, asked twice or known already, and the legal facts that do not hold together."""
    releve = Releve(definition.arbre)
    for chemin, texte in _each_text(definition.arbre.donnees, ()):
        _check_text(chemin, texte, releve)
    donnees = definition.expandee
    for chemin, champ in each_champ(donnees):
        if len(champ.get("libelle", "")) > LIBELLE_MAX:
            message = f"Le libellé de « {champ['cle']} » a {len(champ['libelle'])} caractères."
            releve.add(chemin, message, f"Dites-le en {LIBELLE_MAX} caractères, et mettez le reste dans aide.")
    _check_twice(donnees, releve)
    _check_known(donnees, releve)
    _check_facts(donnees, releve)
    return sorted(set(releve.defauts))


def _each_text(item: Any, chemin: Chemin) -> Iterator[tuple[Chemin, str]]:
    pairs: Any = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
    for cle, valeur in pairs:
        if isinstance(valeur, str) and cle in _TEXTES and chemin[:1] not in {("faits",), ("traitement",)}:
            yield (*chemin, cle), valeur
        yield from _each_text(valeur, (*chemin, cle))


def _check_text(chemin: Chemin, texte: str, releve: Releve) -> None:
    for phrase in _PHRASES.split(texte):
        if (count := len(_MOTS.findall(phrase))) > PHRASE_MAX:
            debut = " ".join(phrase.split()[:6])
            releve.add(chemin, f"Une phrase a {count} mots : « {debut}… ».", f"Coupez-la : {PHRASE_MAX} mots au plus, 15 se lisent mieux.")
    if (index := readability(texte)) is not None and index < LISIBILITE_MIN:
        message = f"Ce texte est difficile à lire (indice {index:.0f}, il faut {LISIBILITE_MIN})."
        releve.add(chemin, message, "Des phrases courtes, des mots de tous les jours.")


def readability(texte: str) -> float | None:
    """Give Flesch's index for French (Kandel and Moles): 100 is very easy, 30 hard; None when the text is too short to tell."""
    mots = _MOTS.findall(texte)
    if len(mots) < MOTS_MIN:
        return None
    phrases = sum(1 for phrase in _PHRASES.split(texte) if _MOTS.search(phrase))
    syllabes = sum(_syllables(mot) for mot in mots)
    return 207 - 1.015 * len(mots) / phrases - 73.6 * syllabes / len(mots)


def _syllables(mot: str) -> int:
    count = len(_VOYELLES.findall(mot))
    is_silent = re.search(r"[^aeiouyéèê](?:e|es|ent)$", mot, re.IGNORECASE) is not None and count > 1
    return max(1, count - is_silent)


def _check_twice(donnees: Mapping[str, Any], releve: Releve) -> None:
    """Note a question asked twice of the same person: same words and type in one bloc, or in blocs that are both about the usager."""
    seen: dict[tuple[str, ...], str] = {}
    for rang, page in enumerate(donnees["pages"]):
        for numero, bloc in enumerate(page["blocs"]):
            whose = "usager" if bloc.get("concerne_usager") else f"{rang}.{numero}"
            for champ in bloc["champs"]:
                key = (whose, champ["type"], champ.get("libelle", "").casefold().strip(" ?:"), str(champ.get("si", "")))
                if key[2] and key in seen and not _are_apart(champ):
                    message = f"« {champ['libelle']} » est demandé deux fois : « {seen[key]} » et « {champ['cle']} »."
                    releve.add(("pages", rang, "blocs", numero), message, "Gardez une seule question.")
                seen.setdefault(key, champ["cle"])


def _are_apart(champ: Mapping[str, Any]) -> bool:
    """Tell whether the same words are meant: a second parent, a second hour, said by the question just before."""
    return champ["type"] in ("case", "heure", "information", "declaration_honneur")


def _check_known(donnees: Mapping[str, Any], releve: Releve) -> None:
    """Note what a connected usager is asked though FranceConnect gives it (CRPA, L114-8: an administration asks it once)."""
    if donnees["connexion"] != "requise":
        return
    for chemin, champ in each_champ(donnees):
        bloc = donnees["pages"][chemin[1]]["blocs"][chemin[3]] if len(chemin) > 3 else {}
        if bloc.get("concerne_usager") and champ.get("autocomplete") in PIVOT and champ.get("requis", True) is True:
            message = f"« {champ['cle']} » est déjà connu : la connexion est requise, et FranceConnect le donne."
            releve.add(chemin, message, "Retirez la question, ou écrivez connexion: facultative.")


def _check_facts(donnees: Mapping[str, Any], releve: Releve) -> None:
    decides = donnees.get("decisions", {})
    if "refusee" in decides and not decides["refusee"].get("recours"):
        releve.add(("decisions", "refusee"), "Un refus doit dire comment le contester (CRPA, L211-5 et L412-3).", "Ajoutez recours: true.")


def remarks(definition: Definition, jour: date) -> list[Defaut]:
    """List what is worth a look and is no fault: the parameters that have no value that day."""
    releve = Releve(definition.arbre)
    for rang, parametre in enumerate(build_parametres(definition.expandee)):
        if parametre.value_on(jour) is None and not _is_foreseen(parametre.cle, definition.arbre.donnees):
            message = f"Le paramètre « {parametre.cle} » n'a pas de valeur le {jour.isoformat()}."
            releve.add(("parametres", rang), message, "Ce qui le lit vaut null ce jour-là. Ajoutez la période en cours s'il en faut une.")
    return releve.defauts


def _is_foreseen(cle: str, item: Any) -> bool:
    """Tell whether some expression compares a parameter with null: the days it is worth nothing are thought of."""
    if isinstance(item, dict | list):
        return any(_is_foreseen(cle, below) for below in (item.values() if isinstance(item, dict) else item))
    return isinstance(item, str) and re.search(rf"\b{re.escape(cle)}\s*!?=\s*null\b", item) is not None
