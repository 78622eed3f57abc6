"""UUID version 7 (RFC 9562 §5.7): sorted by time, for Pythons that do not have it yet."""

import os
import time
from datetime import datetime
from uuid import UUID

_VERSION = 7 << 76
_VARIANT = 0b10 << 62


def uuid7(at: datetime | None = None) -> UUID:
    """Return a new identifier: 48 bits of milliseconds, 12 of their fraction (RFC 9562 §6.2 method 3), 62 random."""
    nanoseconds = time.time_ns() if at is None else int(at.timestamp() * 1_000_000) * 1_000
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    fraction = rest * 4096 // 1_000_000
    chance = int.from_bytes(os.urandom(8)) >> 2
    return UUID(int=(milliseconds & (1 << 48) - 1) << 80 | _VERSION | fraction << 64 | _VARIANT | chance)
