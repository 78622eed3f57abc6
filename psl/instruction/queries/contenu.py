"""What a service received, understood: the latest answers, evaluated with the version of the démarche they were filed under."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from psl.annuaire.queries import ServiceVu
from psl.demarches import queries as demarches
from psl.langage import delais
from psl.langage.charger import Demarche
from psl.langage.evaluation import Situation, evaluate, recapitulatif
from psl.langage.evaluation.recapitulatif import BlocRecapitule
from psl.routage import queries as routage
from psl.routage.queries import AffectationVue, Contenu
from psl.socle import clock
from psl.socle.errors import Refus
from psl.teledossiers import queries as dossiers


@dataclass(frozen=True, slots=True)
class Lu:
    """The content of an affectation and the situation it makes on the day it was filed. `permis`: what it receives, None for all."""

    contenu: Contenu
    situation: Situation
    permis: frozenset[str] | None

    @property
    def demarche(self) -> Demarche:
        return self.situation.demarche

    @property
    def numero(self) -> str:
        return str(self.contenu.premiere["numero"])

    @property
    def depose_at(self) -> datetime:
        return datetime.fromisoformat(self.contenu.premiere["depose_at"])

    @property
    def rang(self) -> int:
        """The rank of the latest dépôt this recipient has."""
        return int(self.contenu.copies[-1]["rang"])

    @property
    def calculs(self) -> dict[str, Any] | None:
        """The computed values this recipient was given; None when it receives everything."""
        return None if self.permis is None else self.contenu.calculs

    def is_received(self, cle: str) -> bool:
        """Say whether a question or a piece is for this recipient."""
        return self.permis is None or cle in self.permis


@dataclass(frozen=True, slots=True)
class Question:
    """A question, or a piece, that a complément may re-open: its key, its label, what was answered."""

    cle: str
    libelle: str
    valeur: str


@dataclass(frozen=True, slots=True)
class Groupe:
    """Questions under one title."""

    titre: str
    questions: tuple[Question, ...]


def read(affectation: AffectationVue, rang: int | None = None) -> Lu:
    """Return the content of an affectation under the current scope; `rang`: as it was at this dépôt.

    Refuses: detruit (once purged, or not theirs), depot-inconnu.
    """
    contenu = routage.read_content(affectation.id)
    if rang is not None:
        contenu = _until(contenu, rang)
    demarche = demarches.compiled(contenu.premiere["digest"])
    jour = clock.local_date(datetime.fromisoformat(contenu.premiere["depose_at"]))
    permis = next((prevu.recoit for prevu in demarche.destinataires if prevu.cle == affectation.destinataire), None)
    return Lu(contenu, evaluate(demarche, contenu.valeurs, aujourdhui=jour), permis)


def _until(contenu: Contenu, rang: int) -> Contenu:
    copies = [copie for copie in contenu.copies if copie["rang"] <= rang]
    if not copies or copies[-1]["rang"] != rang:
        raise Refus("depot-inconnu", _("Ce dossier n'a pas d'envoi de ce rang."), statut=404)
    ancien = Contenu(copies=copies, pieces=[piece for piece in contenu.pieces if piece["rang"] <= rang])
    for copie in copies:
        ancien.valeurs.update(copie["valeurs"])
        ancien.provenance.update(copie["provenance"])
        ancien.calculs.update(copie.get("calculs", {}))
    return ancien


def blocks(lu: Lu) -> tuple[BlocRecapitule, ...]:
    """Return the answers received, by bloc, in French: it is the language of the service."""
    return recapitulatif(lu.situation, "fr", cles=lu.contenu.valeurs.keys(), calculs=lu.calculs)


def questions(lu: Lu) -> list[Groupe]:
    """Return the questions that a complément may re-open, answered or not, by title of bloc."""
    shown = lu.situation.affichage
    found: dict[str, list[Question]] = {}
    for vue in lu.situation.pages:
        for bloc in vue.blocs:
            asked = [champ for champ in bloc.champs if champ.composant.has_value and lu.is_received(champ.cle)]
            found.setdefault(bloc.titre or vue.titre, []).extend(
                Question(champ.cle, champ.libelle, shown.get(champ.cle, "")) for champ in asked
            )
    return [Groupe(titre, tuple(asked)) for titre, asked in found.items() if asked]


def pieces(lu: Lu) -> list[Question]:
    """Return the pieces that a complément may ask: every one of the démarche, with how many files were given."""
    given = Counter(piece["code"] for piece in lu.contenu.pieces)
    return [
        Question(
            piece.code,
            piece.libelle,
            ngettext("%(n)d fichier reçu", "%(n)d fichiers reçus", n) % {"n": n} if (n := given[piece.code]) else "",
        )
        for piece in lu.demarche.pieces
        if lu.is_received(piece.code)
    ]


def applicant(valeurs: dict[str, object], cles: Iterable[str]) -> str:
    """Return the usager's name for a list: who asks (the bloc `demandeur`), else the first identity among the searchable answers."""
    prefixes = ["demandeur", *(cle.rpartition("_")[0] for cle in cles if cle.endswith("_nomFamille"))]
    for prefixe in prefixes:
        if nom := valeurs.get(f"{prefixe}_nomFamille"):
            return f"{nom} {valeurs.get(f'{prefixe}_prenoms') or ''}".strip()
    return ""


def mention(contenu: Contenu, code: str, service: ServiceVu | None) -> str | None:
    """Return what is written across a piece that leaves, when it is an identity paper: service, number, date it was received; else None."""
    premiere = contenu.premiere
    nature = next((piece.nature for piece in demarches.compiled(premiere["digest"]).pieces if piece.code == code), "")
    if nature != "identite":
        return None
    recue = clock.local_date(datetime.fromisoformat(premiere["depose_at"]))
    return f"{service_name(service)} - {premiere['numero']} - {recue:%d/%m/%Y}"


def service_name(service: ServiceVu | None) -> str:
    """Return a service as letters and e-mails name it."""
    return f"{service.administration}, {service.nom}" if service else ""


def words(lu: Lu, service: ServiceVu | None) -> dict[str, str]:
    """Return what the {{…}} of a letter stand for: the answers as read, the number, the title, the service."""
    return {**lu.situation.affichage, "numero": lu.numero, "service": service_name(service)}


def complement_due(affectation_id: UUID, *, now: datetime) -> date:
    """Return until when a complément asked now may be given: the delay of the démarche, else the platform's."""
    teledossier = dossiers.get_teledossier(routage.get_affectation(affectation_id).teledossier)
    return delais.complement_due(clock.local_date(now), demarches.compiled(teledossier.digest).delais.complement)
