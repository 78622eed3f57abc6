"""The engine that settings name (Django wants its class in a module called base)."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose health is read in its socket.

    Between two requests an idle connection has nothing to say: bytes, or its end, mean that the server went or complained, and
    only then is it asked. Django asks each time, which would be one statement more per page.
    """

    def is_usable(self) -> bool:
        """Say whether the connection may serve the next request."""
        if self.connection is None or self.errors_occurred or self.connection.broken or _has_news(self.connection.fileno()):
            return bool(super().is_usable())
        return True


def _has_news(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN | select.POLLHUP)
    return bool(poll.poll(0))
