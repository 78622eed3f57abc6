"""The only reader of the clock; everywhere else time is an argument."""

import os
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings


@cache
def _shift() -> timedelta:
    """Return the shift of the demonstration's clock (PSL_HORLOGE, in seconds): a way to see day 31 today."""
    return timedelta(seconds=int(os.environ.get("PSL_HORLOGE") or 0)) if settings.EST_DEMONSTRATION else timedelta(0)


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC) + _shift()


def local_date(moment: datetime, zone: str = "Europe/Paris") -> date:
    """Return the day it is in a territory at that instant."""
    return moment.astimezone(ZoneInfo(zone)).date()
