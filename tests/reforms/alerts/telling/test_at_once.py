"""Two machines that make notices at the same moment, on PostgreSQL: SQLite has one writer.

Each flag is told once, because a machine takes only what no other has in hand. Where both have it in hand all the same,
the database keeps each notice and each letter from being there twice; without that, they are.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, BrokenBarrierError, local
from typing import Any

import pytest

from councils.models import Membership
from reforms.alerts.digests import making as digests
from reforms.alerts.digests.making import make_digest_now, make_digests
from reforms.alerts.models import JobRun, Notice
from reforms.alerts.telling import making
from reforms.alerts.telling.making import Made, make_notices
from tests.builders import make_council, make_position
from tests.councils.writing.at_once import Office
from tests.councils.writing.cast import make_cast, submitted
from tests.engines.databases import Databases
from tests.reforms.alerts.telling.scene import NOW, at, begin, raise_closing, raise_stale
from tests.reforms.pages.making import make_member

MEMBERS = 4


def fill() -> None:
    """A service that has run before, and then three closings, five stale positions and a draft to approve."""
    begin()
    council = make_council().organisation
    for _ in range(MEMBERS):
        make_member(council, Membership.Role.OFFICER)
    for _ in range(3):
        raise_closing(days=3)
    for _ in range(5):
        raise_stale(make_position(council))
    submitted(make_cast())


@pytest.fixture
def ask(postgres_databases: Databases, postgres_database: str) -> Callable[[str], list[tuple]]:
    return lambda question: postgres_databases.ask(postgres_database, question)


@pytest.fixture
def office(postgres_database: str, django_db_blocker: Any) -> Office:
    office = Office(postgres_database, django_db_blocker)
    office.alone(fill)
    return office


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks what others have in hand, and both have read the first lot before either writes."""
    met, barrier = local(), Barrier(2)

    def taken(some: Any) -> list[Any]:
        found = list(some)
        if found and not hasattr(met, "other"):
            met.other = True
            try:
                barrier.wait(20)
            except BrokenBarrierError:  # pragma: no cover
                raise AssertionError("The two never met") from None
        return found

    monkeypatch.setattr(making, "_taken", taken)


TWICE_OF_A_FLAG = "SELECT flag_id, recipient_id FROM alerts_notice GROUP BY 1, 2 HAVING count(*) > 1 AND flag_id > 0"


def both(office: Office, *, now: Any = NOW) -> list[Made]:
    return list(office.at_once(lambda: make_notices(now=now), lambda: make_notices(now=now)))


@pytest.mark.long
def test_two_machines_tell_of_each_flag_once_between_them(office, ask):
    one, two = both(office)

    assert one.flags + two.flags == 3 + 5
    assert one.events + two.events == 1
    assert ask(TWICE_OF_A_FLAG) == []
    assert ask("SELECT count(*) FROM alerts_flag WHERE told_at IS NULL") == [(0,)]
    people = ask("SELECT count(*) FROM alerts_recipient")[0][0]
    assert ask("SELECT count(*) FROM alerts_letter WHERE kind = 'urgent'") == [(people,)]
    assert ask("SELECT count(*) FROM alerts_notice") == [(3 * people + 5 * MEMBERS + 2,)]


def test_the_database_keeps_a_notice_from_being_there_twice(office, ask, unlocked):
    both(office)

    assert ask(TWICE_OF_A_FLAG) == []
    people = ask("SELECT count(*) FROM alerts_recipient")[0][0]
    assert ask("SELECT count(*) FROM alerts_letter WHERE kind = 'urgent'") == [(people,)]


@pytest.mark.long
def test_without_that_it_would_be(office, ask, unlocked):
    ask("DROP INDEX a_recipient_is_told_of_a_flag_once")

    both(office)

    assert ask(TWICE_OF_A_FLAG) != []


@pytest.mark.long
def test_two_first_runs_are_one(office, ask):
    office.alone(lambda: JobRun.objects.all().delete())

    made = both(office)

    assert sorted(each.is_baseline for each in made) == [False, True]
    assert ask("SELECT count(*) FROM alerts_notice") == [(0,)]


@pytest.mark.long
def test_two_machines_make_one_digest_for_each(office, ask):
    office.alone(lambda: make_notices(now=NOW))

    office.at_once(lambda: make_digests(now=at(NOW.date())), lambda: make_digests(now=at(NOW.date())))

    digests = "SELECT count(*), count(DISTINCT recipient_id) FROM alerts_letter WHERE kind = 'digest'"
    [(letters, recipients)] = ask(digests)
    assert letters == recipients == MEMBERS + 2
    assert ask("SELECT count(*) FROM alerts_notice WHERE told_at IS NULL") == [(0,)]
    assert ask("SELECT count(*) FROM alerts_jobrun WHERE job = 'make_digests'") == [(1,)]


@pytest.mark.parametrize(
    ("is_protected", "letters"),
    [
        pytest.param(True, 1, id="what one has told the other does not tell"),
        pytest.param(False, 2, id="without that, both would", marks=pytest.mark.long),
    ],
)
def test_a_digest_and_one_now_say_nothing_twice(office, ask, monkeypatch, is_protected, letters):
    """Both have looked at what waits before either writes."""
    office.alone(lambda: make_notices(now=NOW))
    recipient = office.alone(lambda: Notice.objects.untold().earliest("pk").recipient)
    office.alone(lambda: Notice.objects.exclude(recipient=recipient).delete())
    barrier, digest_for = Barrier(2, timeout=20), digests._digest_for

    def wait_and_go_on(*args: Any, **named: Any) -> Any:
        barrier.wait()
        return digest_for(*args, **named)

    monkeypatch.setattr(digests, "_digest_for", wait_and_go_on)
    if not is_protected:
        monkeypatch.setattr(digests, "_still_untold", list)

    office.at_once(
        lambda: digests.make_digests(now=NOW), lambda: make_digest_now(recipient=recipient, by=None, now=NOW)
    )

    stale = "SELECT count(*) FROM alerts_letter WHERE kind = 'digest' AND text LIKE '%Review was due%'"
    assert ask(stale) == [(letters,)]
