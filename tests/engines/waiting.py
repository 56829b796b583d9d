"""Waiting for something to become true, without guessing how long that takes."""

from __future__ import annotations

import time
from collections.abc import Callable


def wait_until(
    holds: Callable[[], object], *, within: float = 60, every: float = 0.05, words: Callable[[], str] = str
) -> None:
    """Return once it holds. Raises AssertionError, with these words, if it does not within so many seconds."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, words()
        time.sleep(every)
