"""The types of champ, one module each: what is typed becomes a JSON value, or a sentence that says what to correct."""

from psl.langage.composants.adresse import Adresse
from psl.langage.composants.base import Composant, Contexte, Invalide, Option, Referentiels, Saisie, Valeur
from psl.langage.composants.case import Case
from psl.langage.composants.choix import Choix
from psl.langage.composants.choix_multiple import ChoixMultiple
from psl.langage.composants.commune import Commune
from psl.langage.composants.courriel import Courriel
from psl.langage.composants.date import Date
from psl.langage.composants.date_partielle import DatePartielle
from psl.langage.composants.declaration import DeclarationHonneur
from psl.langage.composants.departement import Departement
from psl.langage.composants.epci import Epci
from psl.langage.composants.heure import Heure
from psl.langage.composants.iban import Iban
from psl.langage.composants.immatriculation import Immatriculation
from psl.langage.composants.information import Information
from psl.langage.composants.lien_teledossier import LienTeledossier
from psl.langage.composants.montant import Montant
from psl.langage.composants.nationalite import Nationalite
from psl.langage.composants.nir import Nir
from psl.langage.composants.nombre import Nombre
from psl.langage.composants.numero_fiscal import NumeroFiscal
from psl.langage.composants.oui_non import OuiNon
from psl.langage.composants.pays import Pays
from psl.langage.composants.piece_jointe import PieceJointe
from psl.langage.composants.point import Point
from psl.langage.composants.recherche import Recherche
from psl.langage.composants.region import Region
from psl.langage.composants.rendez_vous import RendezVous
from psl.langage.composants.repetition import Repetition
from psl.langage.composants.rna import Rna
from psl.langage.composants.siren import Siren
from psl.langage.composants.siret import Siret
from psl.langage.composants.telephone import Telephone
from psl.langage.composants.texte import Texte
from psl.langage.composants.texte_long import TexteLong
from psl.langage.composants.trace import Trace

_TYPES: tuple[type[Composant], ...] = (
    Texte,
    TexteLong,
    Nombre,
    Montant,
    Date,
    DatePartielle,
    Heure,
    OuiNon,
    Case,
    Choix,
    ChoixMultiple,
    Recherche,
    Courriel,
    Telephone,
    Adresse,
    Commune,
    Departement,
    Region,
    Epci,
    Pays,
    Nationalite,
    Nir,
    NumeroFiscal,
    Siret,
    Siren,
    Rna,
    Iban,
    Immatriculation,
    PieceJointe,
    Point,
    Trace,
    RendezVous,
    DeclarationHonneur,
    LienTeledossier,
    Information,
    Repetition,
)
COMPOSANTS: dict[str, type[Composant]] = {composant.type: composant for composant in _TYPES}

__all__ = ["COMPOSANTS", "Composant", "Contexte", "Invalide", "Option", "Referentiels", "Saisie", "Valeur"]
