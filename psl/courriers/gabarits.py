"""The words of the e-mails: text templates, their first line the subject, in the reader's language.

Restricted: values are data, never templates; each is one short line, but for the `corps` that a démarche writes.
Links are built from the platform's own address alone.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import get_language

from psl.langage import texte as typographie

LONGUEUR_MAX = 300
CORPS_MAX = 5000

# Each template and the values without which it makes no sense.
GABARITS: dict[str, frozenset[str]] = {
    "demarche": frozenset({"objet", "corps"}),  # the words of the démarche itself
    "accuse": frozenset({"numero", "titre", "service"}),
    "reprise": frozenset({"titre", "lien"}),
    "expiration": frozenset({"titre", "lien"}),
    "code": frozenset({"code"}),
    "code_perdu": frozenset(),
    "prise": frozenset({"numero", "titre", "service"}),
    "complement": frozenset({"numero", "titre", "service"}),
    "complete": frozenset({"numero", "titre"}),
    "rappel": frozenset({"numero", "titre"}),
    "echeance": frozenset({"numero", "titre"}),
    "message": frozenset({"numero", "titre", "service"}),
    "decision": frozenset({"numero", "titre", "service"}),
    "retrait": frozenset({"numero", "titre", "service"}),
    "reorientation": frozenset({"numero", "titre", "service", "nouveau"}),
    "ecarte": frozenset({"numero", "titre"}),
    "service_dossier": frozenset({"numero", "code", "titre", "service", "lien", "fichier"}),
    "service_lien": frozenset({"numero", "code", "titre", "service", "lien"}),
    "service_acces": frozenset({"mot_de_passe", "fin"}),
}


class GabaritInconnu(LookupError):  # noqa: N818
    """A template, or a value that it needs, is missing: a bug of the caller."""


@cache
def _engine() -> Engine:
    """No loader but this folder, no tag library but translation, no escaping as it is plain text."""
    return Engine(
        dirs=[str(Path(__file__).parent / "templates" / "courriers")],
        autoescape=False,
        builtins=["django.templatetags.i18n"],
    )


def check(gabarit: str, contexte: Mapping[str, object]) -> None:
    """Raise GabaritInconnu when the template is unknown or a value is missing."""
    if gabarit not in GABARITS:
        raise GabaritInconnu(gabarit)
    if manquantes := GABARITS[gabarit] - {nom for nom, valeur in contexte.items() if valeur not in {None, ""}}:
        raise GabaritInconnu(f"{gabarit} : il manque {', '.join(sorted(manquantes))}")


def render(gabarit: str, contexte: Mapping[str, object], langue: str) -> tuple[str, str]:
    """Return (subject, body). Raises GabaritInconnu."""
    check(gabarit, contexte)
    valeurs: dict[str, object] = {nom: _line(nom, valeur) for nom, valeur in contexte.items()}
    with translation.override(langue if langue in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        est_francais = settings.ESPACES_INSECABLES and get_language() == "fr"
        texte = _engine().get_template(f"{gabarit}.txt").render(Context({"suivi": absolute("/suivi"), **valeurs}, autoescape=False))
    objet, _, corps = texte.strip().partition("\n")
    corps = corps.strip() + "\n"
    return single_line(objet), typographie.space(corps) if est_francais else corps


def absolute(chemin: str) -> str:
    """Return the address of a path on this platform: never the host that a request claims.

    Raises ValueError for what is not a path of ours.
    """
    if not chemin.startswith("/") or chemin.startswith("//") or "\\" in chemin or chemin != single_line(chemin):
        raise ValueError("un lien de courrier est un chemin de la plateforme")
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"


def single_line(texte: str) -> str:
    """Return a text on one line, without control or bidi characters."""
    permis = "".join(" " if lettre.isspace() else lettre for lettre in texte if lettre.isspace() or unicodedata.category(lettre)[0] != "C")
    return " ".join(permis.split())


def _line(nom: str, valeur: object) -> object:
    if nom == "lien":
        return absolute(str(valeur))
    if nom == "corps":
        return "\n".join(single_line(ligne) for ligne in str(valeur)[:CORPS_MAX].splitlines())
    return single_line(valeur)[:LONGUEUR_MAX] if isinstance(valeur, str) else valeur
