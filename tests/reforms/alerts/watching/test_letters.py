"""What /readyz and administrators are told of the outbox."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from reforms.alerts.models import Letter
from reforms.alerts.watching.letters import LettersKept, letters_kept, sent_on
from reforms.base.clock import civil_day
from tests.reforms.alerts.watching.letters import make_failed, make_letter, make_recipient

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MANY = """
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
    INSERT INTO alerts_letter (key, kind, recipient_id, message_id, subject, text, html, unsubscribe_url, state,
        made_at, not_before, claim, attempts, last_error, ended_at)
    SELECT 'many:' || n, 'digest', {recipient}, 'many-' || n, '', '', '', '', 'sent',
        '{at}', '{at}', '', 1, '', '{at}' FROM numbers"""


def minutes(number: float) -> datetime:
    """A moment so long ago."""
    return NOW - timedelta(minutes=number)


@pytest.mark.parametrize(
    ("letters", "kept"),
    [
        pytest.param([], LettersKept(0, None, 0, late=False), id="none"),
        pytest.param([{"at": minutes(3)}], LettersKept(1, 180, 0, late=False), id="one, for three minutes"),
        pytest.param([{"at": minutes(10)}], LettersKept(1, 600, 0, late=False), id="one, for ten minutes"),
        pytest.param([{"at": minutes(11)}, {"at": NOW}], LettersKept(2, 660, 0, late=True), id="one is late"),
        pytest.param(
            [{"at": minutes(90), "not_before": minutes(-15)}],
            LettersKept(1, 5400, 0, late=False),
            id="put off by a server: it waits its turn",
        ),
        pytest.param(
            [{"at": minutes(90), "not_before": minutes(11)}],
            LettersKept(1, 5400, 0, late=True),
            id="put off, and its turn has come and gone",
        ),
        pytest.param([{"at": minutes(-3)}], LettersKept(1, 0, 0, late=False), id="made by a clock that is ahead"),
        pytest.param(
            [{"at": minutes(60), "state": "sent", "ended_at": NOW}, {"at": NOW, "state": "dropped", "ended_at": NOW}],
            LettersKept(0, None, 0, late=False),
            id="what has ended waits no more",
        ),
    ],
)
def test_kept(letters, kept):
    recipient = make_recipient(at=NOW)
    for values in letters:
        make_letter(recipient, **values)

    assert letters_kept(now=NOW) == kept


def test_failed_are_counted():
    make_failed(make_recipient(at=NOW), at=minutes(9999))

    assert letters_kept(now=NOW) == LettersKept(0, None, 1, late=False)


def test_sent_on_the_civil_day():
    recipient = make_recipient(at=NOW)
    summer = datetime(2026, 6, 10, 23, 30, tzinfo=UTC)
    for moment in (summer, summer - timedelta(hours=1), summer + timedelta(hours=23), summer + timedelta(hours=24)):
        make_letter(recipient, at=moment, state=Letter.State.SENT, ended_at=moment)

    assert civil_day(summer).day == 11
    assert sent_on(civil_day(summer)) == 2


def make_many(count: int) -> None:
    """Letters that were sent, and one that waits; then the database is told how many there are."""
    recipient = make_recipient(at=NOW)
    make_letter(recipient, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute(MANY.format(count=count, recipient=recipient.pk, at=f"{NOW:%Y-%m-%d %H:%M:%S}"))
        cursor.execute("ANALYZE alerts_letter")


def test_no_letter_that_was_sent_is_looked_at():
    make_many(5_000)
    asked: list[str] = []

    def listen(execute, sql, params, *rest):
        with connection.cursor() as cursor:
            explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
            cursor.cursor.execute(explain + sql, params)
            asked.append(" ".join(str(part) for row in cursor.cursor.fetchall() for part in row))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(listen):
        assert letters_kept(now=NOW).waiting == 1

    assert [re.search("USING (COVERING )?INDEX|using letters_|on letters_", plan) is not None for plan in asked] == [
        True
    ] * 2
    assert [plan for plan in asked if "SCAN" in plan or "Seq Scan" in plan] == []
