"""The types of champ, one module each: what is typed becomes a JSON value, or a sentence that says what to correct."""

from psl.langage.composants.adresse import Adresse
from psl.langage.composants.base import Composant, Contexte, Invalide, Option, Referentiels, Saisie, Valeur
from psl.langage.composants.case import Case
from psl.langage.composants.choix import Choix
from psl.langage.composants.commune import Commune
from psl.langage.composants.courriel import Courriel
from psl.langage.composants.date import Date
from psl.langage.composants.information import Information
from psl.langage.composants.nombre import Nombre
from psl.langage.composants.oui_non import OuiNon
from psl.langage.composants.pays import Pays
from psl.langage.composants.telephone import Telephone
from psl.langage.composants.texte import Texte
from psl.langage.composants.texte_long import TexteLong

COMPOSANTS: dict[str, type[Composant]] = {
    composant.type: composant
    for composant in (Texte, TexteLong, Nombre, Date, Choix, Case, OuiNon, Courriel, Telephone, Commune, Pays, Adresse, Information)
}

__all__ = ["COMPOSANTS", "Composant", "Contexte", "Invalide", "Option", "Referentiels", "Saisie", "Valeur"]
