"""Answers worth trying at each question: those that its conditions name, those just beside, its ends, and an ordinary one."""

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from psl.langage.composants import Contexte, Invalide, Valeur
from psl.langage.definition.objets import Champ
from psl.langage.essais import ReferentielsEssai
from psl.langage.evaluation.lignes import Monde
from psl.langage.evaluation.lignes import check as check_rows
from psl.langage.evaluation.lignes import options as options_of_row
from psl.langage.evaluation.situation import offered
from psl.langage.feel import Expression, Value, nodes
from psl.langage.feel.compile import constant
from psl.langage.feel.values import ARITHMETIC, MonthsDuration
from psl.langage.preuves.buts import Enonce
from psl.langage.preuves.observation import interval

_COMMUNES = ("17300", "75056", "97411", "99999")
ORDINAIRES: Mapping[str, tuple[Valeur, ...]] = {
    "texte": ("Martin", "Camille"),
    "texte_long": ("Un texte de quelques mots.",),
    "courriel": ("camille@exemple.fr",),
    "telephone": ("+33639981234",),
    "heure": ("14:30",),
    "nir": ("255081416802538",),
    "numero_fiscal": ("3023217600053",),
    "siret": ("73282932000074",),
    "siren": ("732829320",),
    "rna": ("W751212517",),
    "iban": ("FR7630006000011234567890189",),
    "immatriculation": ("AB-123-CD",),
    "lien_teledossier": ("A-9-F4ZHLLJE",),
    "point": ({"type": "Point", "coordinates": [2.35, 48.85]},),
    "trace": ({"type": "LineString", "coordinates": [[2.35, 48.85], [2.36, 48.86]]},),
    "rendez_vous": ({"code": "R1", "libelle": "Mardi 1er décembre", "debut": "2026-12-01T09:30"},),
    "nationalite": ({"code": "FRA", "libelle": "Française"},),
    "departement": ({"code": "17", "libelle": "Charente-Maritime"},),
    "region": ({"code": "75", "libelle": "Nouvelle-Aquitaine"},),
    "epci": ({"code": "241700434", "libelle": "La Rochelle"},),
    "recherche": ({"code": "1", "libelle": "Un"},),
}


class Mots:
    """The constants that conditions name, by champ: those of every expression that reads it, itself or through computed values."""

    def __init__(self, enonce: Enonce, jour: date) -> None:
        self.enonce = enonce
        self.jour = jour
        membres = {membre.cle: None for champ in enonce.demarche.champs.values() for membre in champ.membres}
        self.vide: dict[str, Value] = {**enonce.demarche.noms, **membres, "aujourd'hui": jour}
        self.parametres = {parametre.cle: parametre.value_on(jour) for parametre in enonce.demarche.parametres}
        lus: dict[str, frozenset[str]] = {cle: calcul.names for cle, calcul in enonce.calculs.items()}
        lus |= {table.nom: table.names for table in enonce.tables}
        self.lus = {cle: frozenset(_behind(cle, lus)) for cle in lus}
        self.constantes: dict[str, list[Value]] = {}
        for expression in self.expressions():
            found = [*self._constants(expression)]
            for nom in self.behind(expression.names):
                self.constantes.setdefault(nom, []).extend(found)
        self.constantes = {nom: list(dict.fromkeys(found)) for nom, found in self.constantes.items()}

    def behind(self, names: Iterable[str]) -> list[str]:
        """Give the champs that names stand for, through computed values and tables."""
        champs = self.enonce.demarche.champs
        found = {autre for nom in names for autre in ({nom} | self.lus.get(nom, frozenset()))}
        return sorted(nom for nom in found if nom in champs)

    def expressions(self) -> Iterator[Expression]:
        """Yield every expression that decides something."""
        seen: dict[str, Expression] = {}
        for but in self.enonce.buts:
            for atome in but.atomes:
                seen.update({item.text: item for item in atome.args if isinstance(item, Expression)})
        for champ in self.enonce.demarche.champs.values():
            seen.update({si.text: si for membre in champ.membres for si in (membre.si, membre.requis_si) if si})
            bornes = (getattr(champ.composant, "min", None), getattr(champ.composant, "max", None))
            seen.update({borne.text: borne for borne in bornes if isinstance(borne, Expression)})
        for prevu in self.enonce.demarche.destinataires:
            seen.update({regle.si.text: regle.si for regle in prevu.regles if regle.si})
        yield from seen.values()
        yield from self.enonce.calculs.values()
        for table in self.enonce.tables:
            yield from (entree.valeur for entree in table.entrees)

    def _constants(self, expression: Expression) -> Iterator[Value]:
        cells: list[Expression] = [expression]
        for table in self.enonce.tables:
            if table.nom in expression.names or any(entree.valeur is expression for entree in table.entrees):
                cells += [cell for ligne in table.lignes for cell in (*ligne.tests, *ligne.valeurs)]
        for cell in cells:
            for node in cell.tree.walk():
                if isinstance(node, nodes.Literal | nodes.Call) and (value := constant(node)).__class__ in _KINDS:
                    yield value
                elif isinstance(node, nodes.Name) and self.parametres.get(node.name).__class__ in _KINDS:
                    yield self.parametres[node.name]

    def numbers(self, champ: Champ) -> list[int | Decimal]:
        """Give the numbers worth trying: those named, beside them, halves and doubles, the ends."""
        composant: Any = champ.composant
        low, high, step = composant.min, composant.max, Decimal(1).scaleb(-composant.decimales)
        named = [value for value in self.constantes.get(champ.cle, ()) if value.__class__ in (int, Decimal)]
        found = (
            [value + shift for value in named for shift in (0, -step, step)]
            + [value // 2 for value in named]
            + [value * 2 for value in named]
        )
        found += [value for value in (low, high) if value is not None] + [1, 2, 10]
        rounded = [Decimal(value).quantize(step) for value in found if -(10**15) < value < 10**15]
        kept = [value for value in rounded if (low is None or value >= low) and (high is None or value <= high)]
        return list(dict.fromkeys(int(value) if composant.decimales == 0 else value for value in kept))

    def days(self, champ: Champ, contexte: Mapping[str, Value]) -> list[date]:
        """Give the days worth trying: those named, as many durations before and after, the eves and the morrows, the ends."""
        first, last = interval(champ, dict(contexte))
        named = self.constantes.get(champ.cle, ())
        anchors = [self.jour, *(value for value in named if value.__class__ is date)]
        anchors += [value for value in contexte.values() if value.__class__ is date][-4:]
        anchors += [borne for borne in (first, last) if borne]
        moved = [_move(day, value, sign) for day in anchors for value in named for sign in (1, -1) if value.__class__ in _DURATIONS]
        found = [day + timedelta(days=shift) for day in (*anchors, *filter(None, moved)) for shift in (0, -1, 1) if 1600 < day.year < 9000]
        found += [date(1985, 6, 27), date(self.jour.year - 20, 3, 15), self.jour + timedelta(days=30)]
        return [day for day in dict.fromkeys(found) if (first is None or day >= first) and (last is None or day <= last)]

    def texts(self, cle: str) -> list[str]:
        """Give the texts that conditions of a champ name."""
        return [value for value in self.constantes.get(cle, ()) if isinstance(value, str)]

    def candidates(self, champ: Champ, contexte: Mapping[str, Value]) -> list[Valeur]:
        """Give the answers worth trying at a question shown; none when there is none to give."""
        if champ.options:
            return [option.valeur for option in offered(champ, dict(contexte))]
        found: list[Valeur] = []
        match champ.type:
            case "oui_non" | "case" | "declaration_honneur":
                found = [True, False]
            case "nombre" | "montant":
                found = [value if isinstance(value, int) else str(value) for value in self.numbers(champ)]
            case "date":
                found = [day.isoformat() for day in self.days(champ, contexte)]
            case "date_partielle":
                found = ["1975", "1975-06", *(day.isoformat() for day in self.days(champ, contexte))]
            case "repetition":
                pass
            case _:
                found = self._others(champ)
        return found

    def _others(self, champ: Champ) -> list[Valeur]:
        named = self.texts(champ.cle)
        match champ.type:
            case "commune":
                codes = [
                    *(code.ljust(5, "0") for code in named if code[:2].isalnum() and len(code) <= 5 and code[:1].isdecimal()),
                    *_COMMUNES,
                ]
                return [{"code": code, "libelle": code, "code_postal": code} for code in dict.fromkeys(codes)]
            case "pays":
                codes = [*named, "99100", "99131"]
                return [{"code": code, "libelle": code} for code in dict.fromkeys(codes)]
            case "adresse":
                pays = [code for code in named if len(code) == 5] or ["99131"]
                french = [
                    {"est_france": True, "voie": "12 rue des Merles", "commune": {"code": code, "libelle": code, "code_postal": code}}
                    for code in dict.fromkeys([*(code for code in named if len(code) == 5), *_COMMUNES])
                ]
                return [
                    *french,
                    *({"est_france": False, "etranger": "Rue Haute 1", "pays": {"code": code, "libelle": code}} for code in pays),
                ]
        ordinary = ORDINAIRES.get(champ.type, ("Martin",))
        if isinstance(ordinary[0], dict) and "code" in ordinary[0]:
            return [*ordinary, *({"code": code, "libelle": code} for code in named)]
        return [*([champ.exemple] if champ.exemple and champ.type == "texte" else ()), *ordinary, *named]


class Tireur:
    """Draws an answer for each question as the pass comes to it, those fixed first; what a page would refuse is not given."""

    def __init__(self, mots: Mots, tirage: random.Random, fixees: Mapping[str, Valeur], *, libres: bool = True) -> None:
        self.mots = mots
        self.tirage = tirage
        self.fixees = fixees
        self.libres = libres
        self.reponses: dict[str, Valeur] = {}
        self.langue = mots.enonce.demarche.langue

    def read(self, champ: Champ, contexte: dict[str, Value]) -> Valeur:
        if not champ.composant.has_value:
            return None
        valeur = self.checked(champ, self.fixees[champ.cle], contexte) if champ.cle in self.fixees else self.draw(champ, contexte)
        if valeur is not None:
            self.reponses[champ.cle] = valeur
        return valeur

    def draw(self, champ: Champ, contexte: dict[str, Value]) -> Valeur:
        required = champ.requis or champ.requis_si is not None
        if self.libres and not champ.requis and self.tirage.random() < (0.15 if required else 0.3):
            return None
        if champ.membres:
            return self._rows(champ, contexte)
        possible = self.mots.candidates(champ, contexte)
        if champ.type == "choix_multiple":
            return self._ticked(champ, possible, contexte)
        if required and champ.composant.is_answered(False) is False and champ.requis and True in possible:
            return True
        for _ in range(4 if possible else 0):
            if (valeur := self.checked(champ, self.tirage.choice(possible), contexte)) is not None:
                return valeur
        return next((valeur for item in possible if (valeur := self.checked(champ, item, contexte)) is not None), None)

    def _ticked(self, champ: Champ, possible: list[Valeur], contexte: dict[str, Value]) -> Valeur:
        bornes: Any = champ.composant
        least = max(1, bornes.minimum)
        count = self.tirage.randint(least, max(least, min(len(possible), bornes.maximum or len(possible))))
        return self.checked(champ, self.tirage.sample(possible, min(count, len(possible))) or None, contexte)

    def _rows(self, champ: Champ, contexte: dict[str, Value]) -> Valeur:
        bornes: Any = champ.composant
        lignes = [self._row(champ, contexte) for _ in range(self.tirage.randint(bornes.min, min(bornes.max, bornes.min + 3)))]
        return self.checked(champ, lignes or None, contexte)

    def _row(self, champ: Champ, contexte: dict[str, Value]) -> dict[str, Valeur]:
        here: dict[str, Value] = {**contexte, **{membre.cle: None for membre in champ.membres}}
        row: dict[str, Valeur] = {}
        for membre in champ.membres:
            if not membre.composant.has_value or (membre.si is not None and membre.si.run(here) is not True):
                continue
            valeur = self._member(membre, here)
            if valeur is not None:
                row[membre.cle] = valeur
                here[membre.cle] = valeur if membre.convertir is None else membre.convertir(valeur)
        return row

    def _member(self, membre: Champ, here: dict[str, Value]) -> Valeur:
        if not membre.requis and self.tirage.random() < 0.3:
            return None
        possible = [option.valeur for option in options_of_row(membre, here)] if membre.options else self.mots.candidates(membre, here)
        return self.tirage.choice(possible) if possible else None

    def checked(self, champ: Champ, valeur: Valeur, contexte: dict[str, Value]) -> Valeur:
        """Give an answer as a page would keep it; None when it would refuse it."""
        if valeur is None:
            return None
        referentiels = ReferentielsEssai({}, {"reponse": valeur})
        options = offered(champ, contexte) if champ.options else ()
        try:
            if champ.membres:
                return check_rows(champ, valeur, contexte, Monde(self.langue, self.mots.jour, referentiels))
            return champ.composant.check(
                valeur, Contexte(champ.libelle, champ.exemple, self.langue, self.mots.jour, referentiels, options, contexte)
            )
        except Invalide:
            return None


_KINDS = frozenset({int, Decimal, str, date, timedelta, MonthsDuration})
_DURATIONS = frozenset({timedelta, MonthsDuration})


def _move(day: date, duration: Any, sign: int) -> date | None:
    moved = ARITHMETIC["+" if sign > 0 else "-"](day, duration)
    return moved if isinstance(moved, date) else None


def _behind(cle: str, lus: Mapping[str, frozenset[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [cle]
    while waiting:
        for nom in lus.get(waiting.pop(), ()):
            if nom not in found:
                found.add(nom)
                waiting.append(nom)
    return found
