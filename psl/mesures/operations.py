"""Writing counts. A count is no fait: it is about a page, nobody is its subject, and nothing follows from it."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from psl.socle import clock, limites

PAR_HEURE = 30
_COUNT = """
INSERT INTO mesures_avis AS a (page, jour_on, oui, non) VALUES (%s, %s, %s, %s)
ON CONFLICT (page, jour_on) DO UPDATE SET oui = a.oui + excluded.oui, non = a.non + excluded.non
"""


def count_opinion(page: str, *, est_utile: bool, ip: str, now: datetime) -> None:
    """Count one reader's word on a page; the caller has made sure that the page exists. The address is used to limit, never kept in clear.

    Refuses: trop-de-tentatives.
    """
    limites.hit("avis", ip, limite=PAR_HEURE, fenetre=timedelta(hours=1), now=now)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_COUNT, [page, clock.local_date(now), int(est_utile), int(not est_utile)])
