"""When each part of the service last showed that it lives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reforms.base.heartbeats import beat, last_beats

pytestmark = pytest.mark.django_db

NOW = datetime(2023, 4, 21, 9, 0, tzinfo=UTC)


def test_each_part_has_its_last():
    beat("beat", now=NOW)
    beat("run_due", now=NOW + timedelta(minutes=1))
    beat("beat", now=NOW + timedelta(minutes=2))

    assert last_beats() == {"beat": NOW + timedelta(minutes=2), "run_due": NOW + timedelta(minutes=1)}


def test_wrong_clock_is_put_right_by_the_next():
    beat("beat", now=NOW + timedelta(days=400))
    beat("beat", now=NOW)

    assert last_beats() == {"beat": NOW}


def test_it_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        beat("beat", now=NOW)
