"""The list of an agent's services: tabs with counts, filters, search by keyed words, fifty rows a page, in four statements at most."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from psl.annuaire import queries as annuaire
from psl.annuaire.queries import ServiceVu
from psl.demarches import queries as demarches
from psl.instruction.etats import FINAUX, Etat
from psl.instruction.horloge import Horloge, clock_of
from psl.instruction.models import Instruction
from psl.instruction.queries.echanges import OBJET, open_box
from psl.routage import queries as routage
from psl.socle import cles, clock
from psl.socle.acteur import Acteur

PAR_PAGE = 50
PAGE_MAX = 1_000
_FINAUX = sorted(etat.value for etat in FINAUX)

# Each tab: the same rule for its count and for its rows.
ONGLETS: dict[str, str] = {
    "a_prendre": "i.etat <> ALL(%(finaux)s) AND i.agent IS NULL",
    "miens": "i.etat <> ALL(%(finaux)s) AND i.agent = %(agent)s",
    "en_cours": "i.etat <> ALL(%(finaux)s)",
    "a_completer": "i.etat = 'a_completer'",
    "termines": "i.etat = ANY(%(finaux)s)",
}
TRIS: dict[str, str] = {
    "ancien": "i.recu_at ASC, i.id ASC",
    "recent": "i.recu_at DESC, i.id DESC",
    "delai": "COALESCE(i.echeance_on, i.silence_on) ASC NULLS LAST, i.recu_at ASC, i.id ASC",
    "numero": "a.numero ASC, i.id ASC",
}
ATTRIBUTIONS: dict[str, str] = {"moi": "i.agent = %(agent)s", "personne": "i.agent IS NULL", "collegue": "i.agent <> %(agent)s"}

_ROWS = """
SELECT i.id, i.service, i.etat, i.agent, i.recu_at, i.silence_on, i.echeance_on, i.apercu, a.numero, a.slug,
       k.boite, k.periode, g.nom, {total}
FROM instruction_instruction i JOIN routage_affectation a ON a.id = i.id
LEFT JOIN socle_cle k ON k.objet = %(objet)s AND k.objet_id = i.id
LEFT JOIN annuaire_agent g ON g.id = i.agent
WHERE i.service = ANY(%(services)s) AND {where} ORDER BY {order} LIMIT %(limite)s OFFSET %(debut)s
"""


@dataclass(frozen=True, slots=True)
class Filtres:
    """What an agent looks for. Words that mean nothing here count as nothing asked."""

    onglet: str = "a_prendre"
    q: str = ""
    demarche: str = ""
    service: UUID | None = None
    etat: str = ""
    attribution: str = ""
    tri: str = "ancien"
    page: int = 1

    @classmethod
    def read(cls, brut: Mapping[str, str]) -> Self:
        """Return the filters that an address says."""
        page = brut.get("page", "")
        return cls(
            onglet=_among(brut.get("onglet", ""), ONGLETS) or "a_prendre",
            q=brut.get("q", "").strip()[:100],
            demarche=brut.get("demarche", "")[:80],
            service=_uuid(brut.get("service", "")),
            etat=_among(brut.get("etat", ""), list(Etat)),
            attribution=_among(brut.get("attribution", ""), ATTRIBUTIONS),
            tri=_among(brut.get("tri", ""), TRIS) or "ancien",
            page=min(max(int(page), 1), PAGE_MAX) if page.isdecimal() and len(page) < 6 else 1,
        )

    @property
    def is_narrowed(self) -> bool:
        """Say whether something more than the tab is asked."""
        return replace(self, onglet="a_prendre", tri="ancien", page=1) != Filtres()


@dataclass(frozen=True, slots=True)
class LigneVue:
    """One row of the list. `usager` is empty once the content is purged."""

    id: UUID
    numero: str
    usager: str
    titre: str
    service: str
    etat: Etat
    recu_at: datetime
    age: int
    horloge: Horloge
    agent: str
    est_mien: bool


@dataclass(frozen=True, slots=True)
class ListeVue:
    """A page of the list, and what stands around it."""

    filtres: Filtres
    comptes: Mapping[str, int]
    lignes: tuple[LigneVue, ...]
    total: int
    services: Mapping[UUID, ServiceVu]
    demarches: tuple[tuple[str, str], ...]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAR_PAGE))


def listing(filtres: Filtres, *, acteur: Acteur, now: datetime) -> ListeVue:
    """Return a page of what an agent's services received, under the current scope (theirs)."""
    services = annuaire.services(sorted(acteur.services))
    rows, comptes = _rows(filtres, acteur), _counts(acteur)
    titres = tuple((vue.slug, vue.titre) for vue in demarches.listing())
    return ListeVue(
        filtres=filtres,
        comptes=comptes,
        lignes=tuple(_line(row, services, dict(titres), acteur, now) for row in rows),
        total=(rows[0][-1] if rows else 0) if filtres.is_narrowed else comptes[filtres.onglet],
        services=services,
        demarches=titres,
    )


def _counts(acteur: Acteur) -> dict[str, int]:
    is_open, is_mine = ~Q(etat__in=_FINAUX), Q(agent=acteur.id)
    rules = {
        "a_prendre": is_open & Q(agent=None),
        "miens": is_open & is_mine,
        "en_cours": is_open,
        "a_completer": Q(etat=Etat.A_COMPLETER.value),
        "termines": ~is_open,
    }
    return Instruction.objects.filter(service__in=acteur.services).aggregate(
        **{nom: Count("id", filter=regle) for nom, regle in rules.items()}
    )


def _rows(filtres: Filtres, acteur: Acteur) -> list[tuple[Any, ...]]:
    services = sorted(acteur.services & {filtres.service} if filtres.service else acteur.services)
    where = [ONGLETS[filtres.onglet]]
    params: dict[str, Any] = {"objet": OBJET, "services": services, "finaux": _FINAUX, "agent": acteur.id}
    if filtres.demarche:
        where, params["slug"] = [*where, "a.slug = %(slug)s"], filtres.demarche
    if filtres.etat:
        where, params["etat"] = [*where, "i.etat = %(etat)s"], filtres.etat
    if filtres.attribution:
        where.append(ATTRIBUTIONS[filtres.attribution])
    if filtres.q:
        where, params["trouvees"] = [*where, "i.id = ANY(%(trouvees)s)"], _found(filtres.q, services)
    params |= {"limite": PAR_PAGE, "debut": (filtres.page - 1) * PAR_PAGE}
    with connection.cursor() as cursor:
        # A tab's own count is known: counting its rows again would read all of them to show fifty.
        total = "count(*) OVER ()" if filtres.is_narrowed else "0"
        cursor.execute(_ROWS.format(total=total, where=" AND ".join(where), order=TRIS[filtres.tri]), params)
        return list(cursor.fetchall())


def _found(q: str, services: list[UUID]) -> list[UUID]:
    return [id_ for service in services for id_ in routage.found_by(q, service) or ()]


def _line(row: tuple[Any, ...], services: Mapping[UUID, ServiceVu], titres: Mapping[str, str], acteur: Acteur, now: datetime) -> LigneVue:
    id_, service, etat, agent, recu_at, silence_on, echeance_on, apercu, numero, slug, boite, periode, nom, _ = row
    vu = services.get(service)
    aujourdhui = clock.local_date(now, vu.fuseau) if vu else clock.local_date(now)
    clair = open_box(apercu, id_, cles.unwrap(bytes(boite), periode)) if apercu is not None and boite is not None else {}
    return LigneVue(
        id=id_,
        numero=numero,
        usager=clair.get("usager", ""),
        titre=clair.get("titre") or titres.get(slug, slug),
        service=vu.nom if vu else "",
        etat=Etat(etat),
        recu_at=recu_at,
        age=_days(recu_at, aujourdhui),
        horloge=clock_of(Etat(etat), silence_on=silence_on, echeance_on=echeance_on, aujourdhui=aujourdhui),
        agent=nom or "",
        est_mien=agent == acteur.id,
    )


def _days(recu_at: datetime, aujourdhui: date) -> int:
    return max(0, (aujourdhui - clock.local_date(recu_at)).days)


def _among(mot: str, connus: Any) -> str:
    return mot if mot in connus else ""


def _uuid(texte: str) -> UUID | None:
    try:
        return UUID(texte)
    except ValueError:
        return None
