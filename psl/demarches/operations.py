"""Publishing: a checked definition becomes an immutable version."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from psl.demarches.models import VersionDemarche
from psl.langage import charger
from psl.langage.charger import Demarche
from psl.socle.errors import Refus

PORTER, FINIR = "porter", "finir"  # brouillons begun before: carried to the new version, or finished on their own


def publish(demarche: Demarche, *, now: datetime, brouillons: str = FINIR) -> VersionDemarche:
    """Publish a definition; the same content again returns the version it already has, as it was published.

    Refuses: faits-a-confirmer (in production, a démarche with facts still to be confirmed); code-pris (another démarche has its code).
    Locks: nothing; two publishers of the same slug meet the unique number.
    """
    if settings.PLATEFORME == "production" and demarche.faits_a_confirmer:
        raise Refus(
            "faits-a-confirmer", _("Des faits juridiques de cette démarche restent à confirmer : elle ne peut pas aller en production.")
        )
    with transaction.atomic():
        if deja := VersionDemarche.objects.filter(digest=demarche.digest).first():
            return deja
        if autre := VersionDemarche.objects.filter(code=demarche.codes.psl).exclude(slug=demarche.slug).first():
            phrase = _("Le code « %(code)s » est déjà celui de la démarche « %(slug)s » : donnez-en un autre (codes.psl).")
            raise Refus("code-pris", phrase % {"code": demarche.codes.psl, "slug": autre.slug})
        dernier = VersionDemarche.objects.filter(slug=demarche.slug).aggregate(n=Max("numero"))["n"] or 0
        return VersionDemarche.objects.create(
            slug=demarche.slug,
            numero=dernier + 1,
            digest=demarche.digest,
            code=demarche.codes.psl,
            source=demarche.canonique,
            publiee_at=now,
            brouillons=brouillons,
        )


def publish_catalogue(*, now: datetime) -> list[VersionDemarche]:
    """Publish every démarche of the catalogue folder, or none when one of them does not read; what is already published is left alone.

    The one being written (settings.ATELIER) is left to the command that follows it: its faults stop nothing else.

    Raises DefinitionInvalide, with what to correct.
    """
    dossiers = [fichier.parent for fichier in sorted(Path(settings.CATALOGUE).glob("*/demarche.yaml"))]
    lues = [charger.load(dossier) for dossier in dossiers if dossier.name != settings.ATELIER]
    with transaction.atomic():
        return [publish(demarche, now=now) for demarche in lues]
