"""What Django calls a database backend; the settings name this folder as their ENGINE."""

from __future__ import annotations

import selectors
import time

from django.db.backends.postgresql import base
from psycopg import Error, pq

SECONDS_TO_ANSWER = 2.0


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is kept from one request to the next is tried before it is used again (CONN_HEALTH_CHECKS).

    Django's own trial waits for ever where the server has stopped without hanging up: every page would. Here it ends
    after two seconds, then a new connection is tried (connect_timeout), then the page says that it is unavailable.
    """

    def is_usable(self) -> bool:
        if self.connection is None:
            return False
        try:
            return answers(self.connection.pgconn, seconds=SECONDS_TO_ANSWER)
        except Error:
            return False


def answers(server: pq.abc.PGconn, *, seconds: float) -> bool:
    """Whether the server answers a question in time. Where it does not, the connection is of no more use."""
    deadline = time.monotonic() + seconds
    server.send_query(b"SELECT 1")
    server.flush()
    while server.is_busy():
        if not is_readable(server.socket, seconds=deadline - time.monotonic()):
            return False
        server.consume_input()
    return all_is_well(server)


def is_readable(socket: int, *, seconds: float) -> bool:
    """Whether anything arrives within this time."""
    with selectors.DefaultSelector() as selector:
        selector.register(socket, selectors.EVENT_READ)
        return seconds > 0 and bool(selector.select(seconds))


def all_is_well(server: pq.abc.PGconn) -> bool:
    """Read every result that has arrived: the connection is free again after the last."""
    statuses = []
    while result := server.get_result():
        statuses.append(result.status)
    return statuses == [pq.ExecStatus.TUPLES_OK]
