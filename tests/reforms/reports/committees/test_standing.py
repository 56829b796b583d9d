"""How what was asked for stood on a day: the database says what the rules say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reforms.base.clock import civil_day
from reforms.reports.committees.due import Answer, State, awaited_by, state_of
from reforms.reports.committees.standing import as_it_stood, asked, by_state
from tests.queries import count_queries
from tests.reforms.reports.committees.making import MEETING, at, make_action, make_committee, make_reply

pytestmark = pytest.mark.django_db


def make_several(committee) -> None:
    """One of every way that things go."""
    make_action(committee)
    make_action(committee, due_on=date(2026, 10, 20), due_rule="committee")
    make_reply(make_action(committee), date(2026, 11, 2))
    make_reply(make_action(committee), date(2026, 11, 2), "rejected")
    twice = make_action(committee)
    make_reply(twice, date(2026, 11, 2), by_when=date(2026, 11, 10))
    make_reply(twice, date(2026, 11, 20), "in_part", by_when=date(2026, 12, 24))
    closed = make_action(committee, closed_at=at(date(2026, 12, 1)))
    make_reply(closed, date(2026, 11, 30), "rejected")
    make_action(committee, closed_at=at(date(2027, 1, 1)))
    make_action(committee, recorded_at=at(date(2026, 11, 5)))
    make_action(committee, recorded_at=None)


def by_the_rules(action, on: date) -> tuple[State, date | None]:
    replies = action.replies.filter(at__date__lte=on).order_by("at", "pk")
    answers = [Answer(civil_day(each.at), each.verdict, each.by_when) for each in replies]
    newest = answers[-1] if answers else None
    is_closed = action.closed_at is not None and civil_day(action.closed_at) <= on
    return state_of(action.due_on, newest, is_closed=is_closed, on=on), awaited_by(action.due_on, newest)


def test_the_database_says_what_the_rules_say_on_every_day():
    committee = make_committee()
    make_several(committee)
    seen = set()
    for number in range(-2, 200, 2):
        on = MEETING + timedelta(days=number)
        found = {row.pk: (State(row.state), row.awaited_on) for row in as_it_stood(on=on).filter(committee=committee)}
        known = [
            each
            for each in committee.actions.all()
            if (civil_day(each.recorded_at) if each.recorded_at else each.meeting_on) <= on
        ]
        assert found == {each.pk: by_the_rules(each, on) for each in known}
        seen |= {state for state, _ in found.values()}
    assert seen == set(State)


def test_only_replies_of_the_day_are_shown():
    action = make_action()
    make_reply(action, date(2026, 11, 2), text="First.")
    make_reply(action, date(2026, 11, 20), text="Second.")

    [before] = asked(as_it_stood(on=date(2026, 11, 19)).filter(pk=action.pk), on=date(2026, 11, 19))
    [after] = asked(as_it_stood(on=date(2026, 11, 20)).filter(pk=action.pk), on=date(2026, 11, 20))

    assert [each.text for each in before.replies] == ["First."]
    assert [each.text for each in after.replies] == ["First.", "Second."]
    assert after.newest == after.replies[1]


def test_what_is_pressing_comes_first():
    committee, on = make_committee(), date(2026, 12, 5)
    make_several(committee)

    groups = by_state(asked(as_it_stood(on=on).filter(committee=committee), on=on))

    assert [state for state, _ in groups] == [State.OVERDUE, State.OPEN, State.ANSWERED, State.CLOSED]


def test_queries_do_not_grow():
    def ask(times: int) -> int:
        committee, on = make_committee(), date(2026, 12, 31)
        for _ in range(times):
            make_several(committee)
        return count_queries(lambda: asked(as_it_stood(on=on).filter(committee=committee), on=on))

    assert ask(1) == ask(5) == 2
