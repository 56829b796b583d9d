"""What failed on a day is counted, and the count says nothing it should not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from reforms.base.faults import count_fault, faults_on
from reforms.base.models import FaultCount

pytestmark = pytest.mark.django_db

NOW = datetime(2023, 4, 21, 9, 0, tzinfo=UTC)
DAY = date(2023, 4, 21)


def test_failures_of_a_day_add_up():
    for number in range(3):
        count_fault("broker", TimeoutError("hush"), now=NOW + timedelta(minutes=number))

    fault = FaultCount.objects.get()
    assert (fault.part, fault.day, fault.count) == ("broker", DAY, 3)
    assert (fault.last_at, fault.last_error) == (NOW + timedelta(minutes=2), "TimeoutError")


def test_parts_and_days_are_counted_apart():
    count_fault("broker", TimeoutError(), now=NOW)
    count_fault("mail", TimeoutError(), now=NOW)
    count_fault("broker", TimeoutError(), now=NOW + timedelta(days=1))

    assert faults_on(DAY) == {"broker": 1, "mail": 1}
    assert faults_on(date(2023, 4, 22)) == {"broker": 1}
    assert faults_on(date(2023, 4, 23)) == {}


def test_day_is_the_civil_one():
    count_fault("broker", TimeoutError(), now=datetime(2023, 4, 20, 23, 30, tzinfo=UTC))

    assert faults_on(DAY) == {"broker": 1}


def test_error_that_another_was_made_of_is_the_one_that_tells():
    try:
        try:
            raise ConnectionResetError
        except ConnectionResetError as first:
            raise RuntimeError from first
    except RuntimeError as error:
        count_fault("broker", error, now=NOW)

    assert FaultCount.objects.get().last_error == "ConnectionResetError"


def test_counting_takes_one_query_once_there_is_a_row(django_assert_num_queries):
    count_fault("broker", TimeoutError(), now=NOW)
    with django_assert_num_queries(1):
        count_fault("broker", TimeoutError(), now=NOW)
