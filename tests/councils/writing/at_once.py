"""People at work at the same moment, each in a thread with a connection of its own to one database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier, Lock
from typing import Any

from tests.both_kinds import standing_on

SECONDS = 120
Work = Callable[[], Any]


class Office:
    """A database of its own, that several people can work on at once."""

    def __init__(self, url: str, blocker: Any) -> None:
        self.url = url
        self.blocker = blocker
        self.door = Lock()
        """One at a time: a connection is made with the address in the environment, which all share."""

    def alone(self, work: Work) -> Any:
        """What comes of the work when nobody else does any."""
        with standing_on(self.url, self.blocker):
            return work()

    def at_once(self, *works: Work) -> Sequence[Any]:
        """What comes of each of the works, begun together; raises what any of them raises."""
        barrier = Barrier(len(works), timeout=SECONDS)

        def begin(work: Work) -> Any:
            with ExitStack() as stack:
                with self.door:
                    stack.enter_context(standing_on(self.url, self.blocker)).ensure_connection()
                barrier.wait()
                return work()

        with ThreadPoolExecutor(len(works)) as people:
            return [one.result(SECONDS) for one in [people.submit(begin, work) for work in works]]
