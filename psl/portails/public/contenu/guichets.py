"""The nearest office: by commune, or by the place of the browser when it is allowed; hours of today, distance, a map and its text."""

import math
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from psl.annuaire.guichets import carte, horaires
from psl.annuaire.guichets.horaires import Ouverture
from psl.annuaire.guichets.port import GuichetsError
from psl.annuaire.guichets.recherche import Proche, commune_at, near
from psl.annuaire.guichets.sortes import SORTES
from psl.annuaire.queries import CommuneVue
from psl.fiches import adresses
from psl.fiches import queries as fiches
from psl.portails.public.contenu import lieux
from psl.portails.theme.middleware import PERMISSIONS
from psl.socle import clock
from psl.socle.dates import time_in_words

GARDES = ("fiche", "g")
PLACE_PERMISE = PERMISSIONS.replace("geolocation=()", "geolocation=(self)")


@require_GET
def find(request: HttpRequest, sorte: str) -> HttpResponse:
    """Ask for a commune, then show the offices of a kind that serve it. `fiche` is the page the reader comes from."""
    if sorte not in SORTES:
        raise Http404
    lieu = lieux.told(request)
    commune = lieu.commune
    context: dict[str, Any] = {
        "sorte": sorte,
        "titre": SORTES[sorte],
        "lieu": lieu,
        "commune": commune,
        "gardes": _kept(request),
        "retour": _back(request, commune),
        "proposees": [(c.nom, c.precision, _address(sorte, request, c.code)) for c in lieu.proposees],
    }
    if commune is not None:
        context |= _offices(sorte, commune, request.LANGUAGE_CODE)
    response = render(request, "public/guichets/page.html", context)
    response.headers["Permissions-Policy"] = PLACE_PERMISE
    return response


@csrf_exempt  # changes nothing: a place is turned into a commune, and forgotten
@require_POST
def around(request: HttpRequest, sorte: str) -> HttpResponse:
    """Lead from a place to its commune: sent in a body, so that it stays in no address and no log."""
    if sorte not in SORTES:
        raise Http404
    place = [_number(request.POST.get(nom, "")) for nom in ("lon", "lat")]
    code = commune_at(place[0], place[1]) if place[0] is not None and place[1] is not None else None
    return HttpResponseRedirect(_address(sorte, request, code or ""))


def _number(texte: str) -> float | None:
    try:
        value = float(texte[:20])
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= 180 else None


def _kept(request: HttpRequest) -> dict[str, str]:
    return {nom: valeur for nom in GARDES if (valeur := (request.POST.get(nom) or request.GET.get(nom, ""))[:80])}


def _address(sorte: str, request: HttpRequest, commune: str) -> str:
    told = _kept(request) | ({"commune": commune} if commune else {})
    return f"/guichets/{sorte}" + (f"?{urlencode(told)}" if told else "")


def _back(request: HttpRequest, commune: CommuneVue | None) -> tuple[str, str] | None:
    """Return the page the reader comes from, with what they said: its address and title."""
    audience, _sep, ident = request.GET.get("fiche", "").partition("-")
    found = fiches.summary().get((audience, ident))
    if found is None:
        return None
    answers = fiches.answers(audience, request.GET.get("g", ""))
    return adresses.here(audience, ident, g=answers.code if answers else "", commune=commune.code if commune else ""), found.titre


def _offices(sorte: str, commune: CommuneVue, langue: str) -> dict[str, Any]:
    now = clock.now()
    try:
        found = near(sorte, commune)
    except GuichetsError:
        return {"en_panne": True}
    places = [(proche.guichet.lon, proche.guichet.lat) for proche in found]
    known = [(lon, lat) for lon, lat in places if lon is not None and lat is not None]
    return {
        "guichets": [_show(proche, now, langue) for proche in found],
        "carte": carte.draw(found[0].guichet.departement, known) if len(known) == len(found) > 0 else None,
        "departement": commune.departement_nom,
        "est_exemple": any(proche.guichet.est_exemple for proche in found),
    }


def _show(proche: Proche, now: datetime, langue: str) -> dict[str, Any]:
    guichet = proche.guichet
    opening = horaires.opening(guichet.horaires, now, guichet.departement)
    zone = ZoneInfo(horaires.zone(guichet.departement))
    return {
        "guichet": guichet,
        "km": "" if proche.km is None else _("à %(km)s km à vol d'oiseau") % {"km": max(1, round(proche.km))},
        "ouverture": say(opening, now.astimezone(zone), langue),
        "est_ouvert": opening is not None and opening.est_ouvert,
        "semaine": [(_day(jour), _hours(plages, langue)) for jour, plages in horaires.week(guichet.horaires)] if guichet.horaires else [],
    }


def _day(jour: int) -> str:
    return (_("lundi"), _("mardi"), _("mercredi"), _("jeudi"), _("vendredi"), _("samedi"), _("dimanche"))[jour]


def _hour(heure: time, langue: str) -> str:
    told = time_in_words(datetime(2000, 1, 1, heure.hour, heure.minute, tzinfo=ZoneInfo("UTC")), langue, "UTC")
    return told.removesuffix(" 00")


def _hours(plages: Sequence[tuple[time, time]], langue: str) -> str:
    told = [_("de %(debut)s à %(fin)s") % {"debut": _hour(debut, langue), "fin": _hour(fin, langue)} for debut, fin in plages]
    return ", ".join(told) or _("fermé")


def say(opening: Ouverture | None, local: datetime, langue: str) -> str:
    """Return in words what an office does now: « Ouvre à 14 h »."""
    if opening is None:
        return _("Horaires non connus")
    if opening.jusqu_a is not None:
        return _("Ouvert, jusqu'à %(heure)s") % {"heure": _hour(opening.jusqu_a, langue)}
    closed = _("Fermé aujourd'hui : jour férié (%(nom)s).") % {"nom": opening.ferie} if opening.ferie else _("Fermé.")
    if opening.prochaine is None:
        return closed
    heure, ahead = _hour(opening.prochaine.time(), langue), (opening.prochaine.date() - local.date()).days
    if ahead == 0:
        return _("Fermé. Ouvre à %(heure)s") % {"heure": heure}
    quand = _("demain") if ahead == 1 else _day(opening.prochaine.weekday())
    return f"{closed} " + _("Ouvre %(jour)s à %(heure)s") % {"jour": quand, "heure": heure}
