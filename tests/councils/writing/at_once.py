"""People at work at the same moment, each in a thread with a connection of its own to one database."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier, Event, Lock, local
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


def meeting(people: int, save: Callable[..., Any]) -> Callable[..., Any]:
    """A way to save at which all have read before anybody saves for the first time.

    Later on, each takes a moment between reading and saving.
    """
    line, met = Barrier(people, timeout=SECONDS), local()

    def after_a_moment(**values: Any) -> Any:
        if not hasattr(met, "others"):
            met.others = line.wait()
        time.sleep(random.uniform(0, 0.004))
        return save(**values)

    return after_a_moment


def wait_or_be_quick(other: Event, is_second: bool) -> None:
    """Begin when the other has done, or within the time that some of the other's steps take."""
    if is_second:
        other.wait(20)
    else:
        time.sleep(random.uniform(0, 0.02))
