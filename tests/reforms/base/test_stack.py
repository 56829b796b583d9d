"""No page asks the kernel for memory at every call it makes, however deep its templates lie."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.conf import settings

from reforms.base.stack import with_room
from tests.tooling.shell import ROOT

CALLS = 2000
DEPTHS = range(150)
"""More than the frames of one chunk."""


def leaf() -> None:
    pass


def call_often() -> int:
    """How many pages of memory it took to call so often."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        leaf()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def at(depth: int, work: Callable[[], int]) -> int:
    """What the work answers, called from so many functions deep."""
    return at(depth - 1, work) if depth else work()


def worst(work: Callable[[], int]) -> int:
    return max(at(depth, work) for depth in DEPTHS)


def test_no_depth_is_worse_than_another_with_room():
    assert with_room(lambda: worst(call_often))() < CALLS / 10


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="later versions may keep their chunks")
def test_without_room_there_is_a_depth_that_asks_for_memory_at_every_call():
    """In an interpreter of its own: what a test run has done before may have left a large chunk behind."""
    ask = f"from {__name__} import call_often, worst; print(worst(call_often))"
    said = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)

    assert int(said.stdout) > CALLS / 2


def test_it_stands_before_everything_else():
    assert settings.MIDDLEWARE[0] == "reforms.base.stack.with_room"


def test_what_is_called_is_answered():
    assert with_room(lambda one, *, two: (one, two))(1, two=2) == (1, 2)
