"""Flags of what is due to committees: day by day, where they stand, and what they lead to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reforms.alerts.actions import raise_flags
from reforms.alerts.due import flags_due, wide_flags_due
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Flag
from reforms.alerts.telling.about import about_flags
from reforms.alerts.telling.subjects import Subjects
from reforms.alerts.watched import watches
from reforms.reports.committees import flags
from tests.queries import count_queries
from tests.reforms.pages.making import make_member
from tests.reforms.reports.committees.making import at, make_action, make_committee, make_reply

pytestmark = pytest.mark.django_db

DUE = date(2026, 12, 12)
PROMISED = date(2027, 3, 31)


def found(action, on: date) -> list[tuple[int, str]]:
    slug = action.committee.organisation.slug
    return [(flag.threshold, flag.reason) for flag in wide_flags_due(on=on, organisations=[slug])]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param(-15, [], id="15 days before"),
        pytest.param(-14, [(14, "An answer is due in 14 days, on 12 December 2026")], id="14 days before"),
        pytest.param(-7, [(7, "An answer is due in 7 days, on 12 December 2026")], id="7 days before"),
        pytest.param(-3, [(3, "An answer is due in 3 days, on 12 December 2026")], id="3 days before"),
        pytest.param(-1, [(1, "An answer is due in 1 day, on 12 December 2026")], id="the day before"),
        pytest.param(0, [(1, "An answer is due today, 12 December 2026")], id="on the day"),
        pytest.param(1, [(0, "An answer was due on 12 December 2026, and none is recorded")], id="the day after"),
        pytest.param(900, [(0, "An answer was due on 12 December 2026, and none is recorded")], id="years after"),
    ],
)
def test_day_by_day(days, expected):
    assert found(make_action(), DUE + timedelta(days=days)) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param("2026-12-10", [(3, "An answer is due in 2 days, on 12 December 2026")], id="before the answer"),
        pytest.param("2026-12-11", [], id="on the day of the answer"),
        pytest.param("2026-12-13", [], id="after the first day"),
        pytest.param("2027-03-24", [(7, "What the answer promised is due in 7 days, on 31 March 2027")], id="near"),
        pytest.param(
            "2027-04-01",
            [(0, "What the answer promised was due on 31 March 2027, and the chair has not closed it")],
            id="passed",
        ),
        pytest.param("2027-04-05", [], id="closed"),
    ],
)
def test_an_answer_gives_another_day(on, expected):
    action = make_action(closed_at=at(date(2027, 4, 5)))
    make_reply(action, date(2026, 12, 11), by_when=PROMISED)

    assert found(action, date.fromisoformat(on)) == expected


def test_a_rejection_ends_it():
    action = make_action()
    make_reply(action, date(2026, 12, 20), "rejected")

    assert found(action, date(2026, 12, 19))
    assert not found(action, date(2026, 12, 20))


def test_a_flag_says_whose_it_is_and_leads_to_it():
    action = make_action(wording="That  it be told\nmore. " * 20)
    [flag] = wide_flags_due(on=DUE, organisations=[action.committee.organisation.slug])

    assert flag.key == ("action_due", f"action:{action.reference}", action.committee.organisation.slug, DUE, 1)
    assert flag.url == action.get_absolute_url()
    assert flag.title.startswith(
        f"{action.committee.organisation.name}, {action.committee.name}: That it be told more."
    )
    assert flag.title.endswith("…")
    assert not flag.is_private


def test_it_is_watched_once():
    assert [watch for watch in watches() if watch.subjects == "action"] == [flags.WATCH]


def test_queries_do_not_grow():
    def ask(number: int) -> tuple[int, int, int, int]:
        committee = make_committee()
        for _ in range(number):
            make_reply(make_action(committee), date(2026, 12, 1), by_when=DUE)
        slug = committee.organisation.slug
        return (
            count_queries(lambda: list(flags.action_flags(DUE, None))),
            count_queries(lambda: flags.holders(DUE)),
            count_queries(lambda: list(flags.lapsed_days(date(2026, 10, 1), DUE))),
            count_queries(lambda: flags.names([slug])),
        )

    assert ask(2) == ask(12) == (1, 1, 2, 1)


# --- What the job raises, and what came and went while it did not run ---------------------------------------------


def test_raised_cleared_and_raised_again_for_another_day():
    action = make_action()
    mine = Flag.objects.filter(subject=f"action:{action.reference}")

    def raised(on: date) -> list[tuple[date, int]]:
        raise_flags(on=on, now=at(on))
        return list(mine.open().values_list("due_on", "threshold"))

    assert raised(date(2026, 12, 5)) == [(DUE, 7)]
    assert raised(date(2026, 12, 5)) == [(DUE, 7)]
    assert raised(date(2026, 12, 13)) == [(DUE, 0)]
    make_reply(action, date(2026, 12, 14), by_when=PROMISED)
    assert raised(date(2026, 12, 14)) == []
    assert raised(date(2027, 3, 30)) == [(PROMISED, 1)]


def test_what_lapsed_is_what_was_due_on_days_between():
    """Counted by hand, day after day, against the two queries."""
    committee = make_committee()
    make_reply(make_action(committee), date(2026, 12, 11), by_when=PROMISED)
    make_reply(make_action(committee), date(2026, 12, 20), "rejected")
    make_action(committee, closed_at=at(date(2026, 12, 9)))
    make_action(committee, due_on=date(2026, 11, 20), recorded_at=at(date(2026, 12, 8)))
    make_action(committee)
    for after, until in [(date(2026, 12, 1), date(2026, 12, 15)), (date(2026, 10, 1), date(2027, 4, 30))]:
        slug = committee.organisation.slug
        first: dict[tuple, date] = {}
        day = after
        while day <= until:
            now = {flag.key for flag in flags.action_flags(day, [slug])}
            first = {key: first.get(key, day) for key in {*first, *now}}
            day += timedelta(days=1)
        over = sorted(came for key, came in first.items() if came > after and key not in now)
        assert sorted(flags.lapsed_days(after, until)) == over
        assert over


# --- Where they stand ---------------------------------------------------------------------------------------------


@pytest.fixture
def shown(time_machine):
    time_machine.move_to(at(DUE))
    return make_action(wording="That it be told of placements.")


@pytest.mark.parametrize(
    ("page", "is_there"),
    [
        pytest.param("/flags/?organisation={slug}", True, id="of the organisation"),
        pytest.param("/flags/?kind=action_due", True, id="of the kind"),
        pytest.param("/flags.json?subject_type=action", True, id="as data"),
        pytest.param("/councils/{slug}/", True, id="on the council's page"),
        pytest.param("/flags/", False, id="not among the whole country's"),
        pytest.param("/flags/?organisation={slug}&as_at=2026-11-01", False, id="not before it is near"),
    ],
)
def test_on_public_pages(public, shown, page, is_there):
    response = public.get(page.format(slug=shown.committee.organisation.slug))

    assert response.status_code == 200
    assert ("An answer is due today, 12 December 2026" in response.content.decode()) is is_there


def test_on_the_desk_of_its_organisation_and_of_no_other(client, shown):
    own, other = make_member(shown.committee.organisation), make_member(make_committee().organisation)
    for person, is_there in ((own, True), (other, False)):
        client.force_login(person)
        page = client.get("/my-work/").content.decode()
        assert ("An answer is due today, 12 December 2026" in page) is is_there


def test_what_is_told_names_it(shown):
    raise_flags(on=DUE, now=at(DUE))
    [flag] = Flag.objects.filter(kind=FlagKind.ACTION_DUE, subject=f"action:{shown.reference}")

    told = about_flags([flag], Subjects(on=DUE))[flag.pk]

    assert told.title.endswith(": That it be told of placements.")
    assert (told.reason, told.url, told.is_public) == ("Due by 12 December 2026", shown.get_absolute_url(), True)


def test_national_flags_are_none_of_it(shown):
    assert [flag for flag in flags_due(on=DUE, organisations=()) if flag.kind == FlagKind.ACTION_DUE] == []
