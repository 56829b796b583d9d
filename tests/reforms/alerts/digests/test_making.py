"""Digests: what waits for each recipient, in one letter a day, and nothing that is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from councils.models import Membership
from councils.writing.moves import publish_position, take_back_position
from reforms.alerts.digests import making
from reforms.alerts.digests.making import Made, make_digest_now, make_digests, preview
from reforms.alerts.models import Flag, JobRun, Letter, Notice, Recipient, Subscription
from reforms.alerts.telling.making import make_notices
from reforms.alerts.telling.recipients import recipient_of
from reforms.alerts.topics import Frequency, Topic
from reforms.base.models import Event, User
from tests.builders import make_council, make_pillar, make_position
from tests.councils.writing.cast import NOW as WRITTEN_AT
from tests.councils.writing.cast import later, make_cast, submitted
from tests.queries import count_queries
from tests.reforms.alerts.telling.scene import (
    MONDAY,
    NOW,
    acknowledge,
    at,
    begin,
    clear,
    outside,
    raise_closing,
    raise_stale,
    wish,
)
from tests.reforms.pages.making import make_member

pytestmark = pytest.mark.django_db
Role = Membership.Role
DAY = timedelta(days=1)


@pytest.fixture
def council():
    return make_council(name="Northshire").organisation


@pytest.fixture
def member(council) -> User:
    begin()
    return make_member(council, Role.OFFICER)


def letters(**of: object) -> list[Letter]:
    return list(Letter.objects.filter(kind="digest", **of).order_by("key"))


def last_digest(day: date) -> None:
    """Digests were made that day."""
    JobRun.objects.create(job="make_digests", for_day=day, finished_at=at(day), outcome="done")


# --- One letter a day ---------------------------------------------------------------------------------------------


def test_one_letter_with_all_that_waits(member, council):
    for _ in range(2):
        raise_stale(make_position(council))
    raise_closing(title="What to ask")
    make_notices(now=NOW)

    made = make_digests(now=NOW)

    assert made == Made(MONDAY, letters=1, notices=3)
    assert str(made) == "1 made, 3 notices in them, 0 dropped"
    [letter] = letters()
    assert letter.key == f"digest:{letter.recipient_id}:2023-05-08"
    assert (letter.recipient.person, letter.state) == (member, "waiting")
    assert letter.subject == "Reform Tracker: 3 things for Northshire, 8 May 2023"
    assert letter.text.count("Review was due on 7 May 2023") == 2
    assert "What to ask" in letter.text
    assert {(notice.letter, notice.told_at) for notice in Notice.objects.all()} == {(letter, NOW)}


def test_once_a_day(member, council):
    raise_stale(make_position(council))
    make_notices(now=NOW)
    make_digests(now=NOW)
    raise_stale(make_position(council))
    make_notices(now=NOW)

    assert make_digests(now=at(MONDAY, 23)) == Made()
    assert making.write_digests(now=at(MONDAY, 23)) == "no digests due"
    assert len(letters()) == 1


def test_nothing_before_seven(member, council):
    raise_stale(make_position(council))
    make_notices(now=at(MONDAY, 5))

    assert make_digests(now=at(MONDAY, 6, 59)) == Made()
    assert make_digests(now=at(MONDAY, 7)).letters == 1


def test_nothing_to_say_is_no_letter(member):
    assert make_digests(now=NOW) == Made(MONDAY)
    assert letters() == []
    [run] = JobRun.objects.filter(job="make_digests")
    assert (run.for_day, run.outcome) == (MONDAY, "done")
    assert run.details == {"letters": 0, "notices": 0, "dropped": 0}


def test_daily_and_weekly(member, council):
    """On Tuesday what is daily is told; the rest on Monday, with what is daily."""
    last_digest(MONDAY)
    wish(member, Frequency.DAILY, organisation=council, topic=Topic.POSITIONS)
    raise_stale(make_position(council))
    raise_closing(days=28)
    make_notices(now=NOW + DAY)

    assert make_digests(now=NOW + DAY).notices == 1
    assert make_digests(now=NOW + 2 * DAY) == Made(MONDAY + 2 * DAY)
    raise_stale(make_position(council))
    make_notices(now=NOW + 6 * DAY)
    last_digest(MONDAY + 6 * DAY)
    assert make_digests(now=NOW + 7 * DAY).notices == 2


def test_how_often_is_as_they_say_now(member, council):
    """They have changed their mind since the notice was made."""
    last_digest(MONDAY)
    raise_stale(make_position(council))
    make_notices(now=NOW + DAY)
    wish(member, Frequency.DAILY, organisation=council, topic=Topic.POSITIONS)

    assert make_digests(now=NOW + DAY).notices == 1


@pytest.mark.parametrize(
    ("days", "missed"),
    [(1, 0), (2, 1), (30, 29)],
)
def test_after_downtime_there_is_one_digest(member, council, days, missed):
    last_digest(MONDAY)
    wish(member, Frequency.DAILY, organisation=council, topic=Topic.POSITIONS)
    for number in range(3):
        raise_stale(make_position(council), on=MONDAY + DAY)
        make_notices(now=NOW + DAY + timedelta(minutes=number))

    made = make_digests(now=NOW + days * DAY)

    assert made == Made(MONDAY + days * DAY, letters=1, notices=3, missed_days=missed)
    assert make_digests(now=NOW + days * DAY + timedelta(hours=1)) == Made()
    runs = JobRun.objects.filter(job="make_digests", outcome="missed")
    assert [run.for_day for run in runs] == [MONDAY + number * DAY for number in range(1, days)]


def test_what_was_missed_on_monday_is_told_on_tuesday_and_not_again(member, council):
    last_digest(MONDAY - DAY)
    raise_stale(make_position(council))
    make_notices(now=NOW)

    assert make_digests(now=NOW + DAY).letters == 1
    raise_stale(make_position(council))
    make_notices(now=NOW + DAY)
    assert make_digests(now=NOW + 2 * DAY).letters == 0


def test_a_run_of_a_machine_whose_clock_was_wrong_is_not_believed(member, council):
    last_digest(MONDAY + 400 * DAY)
    raise_stale(make_position(council))
    make_notices(now=NOW)

    assert make_digests(now=NOW).letters == 1


# --- What is over -------------------------------------------------------------------------------------------------


def leave(person: User) -> None:
    Membership.objects.filter(user=person).delete()


def deactivate(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def end(person: User) -> None:
    Recipient.objects.filter(person=person).update(ended_at=NOW)


def want_nothing(person: User) -> None:
    [membership] = Membership.objects.filter(user=person)
    wish(person, Frequency.NEVER, organisation=membership.organisation, topic=Topic.POSITIONS)


def clear_all(person: User) -> None:
    Flag.objects.update(cleared_at=NOW)


@pytest.mark.parametrize("what_happens", [leave, deactivate, end, want_nothing, clear_all])
def test_what_is_over_or_no_longer_theirs_is_dropped(member, council, what_happens):
    raise_stale(make_position(council))
    make_notices(now=NOW)
    what_happens(member)

    assert make_digests(now=NOW) == Made(MONDAY, dropped=1)
    assert letters() == []
    notice = Notice.objects.get()
    assert (notice.dropped_at, notice.told_at) == (NOW, None)


def test_a_public_reader_who_has_stopped_following(member, council):
    subscription = wish(outside(), organisation=council)
    wish(outside(), organisation=council)
    raise_stale(make_position(council))
    make_notices(now=NOW)
    Subscription.objects.filter(pk=subscription.pk).delete()

    assert make_digests(now=NOW) == Made(MONDAY, letters=2, notices=2, dropped=1)


def test_a_threshold_that_another_took_the_place_of_is_dropped(member):
    flag = raise_closing(days=15)
    make_notices(now=NOW)
    clear(flag)

    assert make_digests(now=NOW) == Made(MONDAY, dropped=1)


def test_words_are_those_of_the_day_of_the_letter(member):
    """Weekly: raised with 27 days left on Tuesday, told on Monday."""
    last_digest(MONDAY)
    raise_closing(days=28)
    make_notices(now=NOW + DAY)
    assert "in 27 days" in Notice.objects.get().reason
    last_digest(MONDAY + 6 * DAY)

    make_digests(now=NOW + 7 * DAY)

    [letter] = letters()
    assert "Closes in 21 days, on 5 June 2023 at 11:59pm" in letter.text
    assert "27 days" not in letter.text + letter.html


@pytest.mark.parametrize("what_happens", ["nothing", "taken back", "published", "they wrote in it"])
def test_a_draft_that_has_moved_on(what_happens):
    begin(now=WRITTEN_AT)
    cast = make_cast()
    version = submitted(cast)
    make_notices(now=WRITTEN_AT)
    of_submitting = set(Notice.objects.values_list("pk", flat=True))
    if what_happens == "taken back":
        take_back_position(version=version, revision=version.revision, by=cast.officer, now=WRITTEN_AT)
    elif what_happens == "published":
        publish_position(version=version, revision=version.revision, by=cast.approver, now=WRITTEN_AT)
    elif what_happens == "they wrote in it":
        version.edits.create(by=cast.approver, at=WRITTEN_AT, based_on=1, revision=99)

    made = make_digests(now=later(days=1))

    expected = {"nothing": (2, 0), "taken back": (0, 2), "published": (0, 2), "they wrote in it": (1, 1)}
    assert (made.notices, made.dropped) == expected[what_happens]
    assert len(of_submitting) == 2


# --- Acknowledged, and put off ------------------------------------------------------------------------------------


def test_what_their_organisation_has_acknowledged_is_left_out(member, council):
    elsewhere = make_member(make_council().organisation, Role.OFFICER)
    flag = raise_closing()
    raise_stale(make_position(council))
    make_notices(now=NOW)
    acknowledge(flag, council, member)

    assert make_digests(now=NOW) == Made(MONDAY, letters=2, notices=2)
    of_member, of_other = (letters(recipient__person=person)[0] for person in (member, elsewhere))
    assert "Closes" not in of_member.text
    assert "Closes" in of_other.text


def test_what_was_put_off_is_told_when_it_comes_back(member, council):
    flag = raise_stale(make_position(council))
    make_notices(now=NOW)
    acknowledge(flag, council, member, until=MONDAY + 7 * DAY)

    assert make_digests(now=NOW) == Made(MONDAY)
    assert make_digests(now=NOW + 7 * DAY).letters == 1


# --- All or nothing -----------------------------------------------------------------------------------------------


def test_a_run_that_is_killed_is_gone_on_with(council, monkeypatch):
    """Some have their letter, the others nothing; the next run makes theirs, and no second for anybody."""
    begin()
    people = [make_member(council, Role.OFFICER) for _ in range(5)]
    raise_stale(make_position(council))
    make_notices(now=NOW)
    put, made = making.put, []

    def fail_the_third_time(*args, **kwargs):
        made.append(put(*args, **kwargs))
        if len(made) == 3:
            raise RuntimeError("killed")
        return made[-1]

    with monkeypatch.context() as patch:
        patch.setattr(making, "put", fail_the_third_time)
        with pytest.raises(RuntimeError):
            make_digests(now=NOW)

    assert len(letters()) == 2
    assert Notice.objects.untold().count() == 3
    assert not JobRun.objects.filter(job="make_digests").exists()
    assert make_digests(now=NOW + timedelta(hours=1)).letters == 3
    assert {letter.recipient.person for letter in letters()} == set(people)
    assert len(letters()) == 5


def test_a_letter_of_the_day_that_is_there_is_not_made_again(member, council):
    """The run died after it had made this one, and something came up before the next."""
    raise_stale(make_position(council))
    make_notices(now=NOW)
    make_digests(now=NOW)
    JobRun.objects.filter(job="make_digests").delete()
    raise_stale(make_position(council))
    make_notices(now=NOW)

    assert make_digests(now=NOW) == Made(MONDAY)
    assert Notice.objects.untold().count() == 1


def test_queries_do_not_grow_with_the_notices(council):
    begin()
    day = MONDAY

    def ask(size: int) -> int:
        nonlocal day
        day += 7 * DAY
        make_member(council, Role.OFFICER)
        for _ in range(size):
            raise_stale(make_position(council), on=day)
            raise_closing(on=day)
        make_notices(now=at(day))
        Notice.objects.exclude(recipient=Recipient.objects.latest("pk")).delete()
        return count_queries(lambda: make_digests(now=at(day)))

    ask(1)
    assert ask(2) == ask(20) <= 35


def test_each_recipient_costs_a_few_queries(council):
    begin()

    def ask(size: int, day: date) -> int:
        for _ in range(size):
            make_member(council, Role.OFFICER)
        raise_stale(make_position(council), on=day)
        make_notices(now=at(day))
        return count_queries(lambda: make_digests(now=at(day)))

    few, more = ask(2, MONDAY), ask(4, MONDAY + 7 * DAY)
    # Its notices, its letter, and the marks; and where its transaction begins and ends.
    assert (more - few) / 4 <= 8


# --- Now ----------------------------------------------------------------------------------------------------------


def test_a_preview_writes_nothing(member, council):
    raise_stale(make_position(council))
    make_notices(now=NOW)
    recipient = recipient_of(member, now=NOW)

    written = preview(recipient, now=NOW)

    assert written.subject == "Reform Tracker: 1 thing for Northshire, 8 May 2023"
    assert "Review was due" in written.text
    assert (Letter.objects.count(), Notice.objects.untold().count()) == (0, 1)


def test_a_preview_of_nothing(member):
    assert preview(recipient_of(member, now=NOW), now=NOW) is None


def test_one_now(member, council):
    """Whatever is weekly too; and the next digest does not say it again."""
    last_digest(MONDAY)
    raise_stale(make_position(council))
    make_notices(now=NOW + DAY)
    recipient = recipient_of(member, now=NOW)

    letter = make_digest_now(recipient=recipient, by=member, now=NOW + DAY)

    assert letter.key == f"digest:{recipient.pk}:now:2023-05-09T08:00"
    assert letter.notices.count() == 1
    event = Event.objects.get(verb="send_digest")
    assert (event.by, event.subject, event.details) == (member, f"recipient:{recipient.pk}", {"notices": 1})
    assert make_digests(now=NOW + 7 * DAY).letters == 0


def test_one_now_where_there_is_nothing(member):
    recipient = recipient_of(member, now=NOW)

    assert make_digest_now(recipient=recipient, by=member, now=NOW) is None
    assert not Event.objects.filter(verb="send_digest").exists()


def test_one_now_twice_in_a_minute(member, council):
    recipient = recipient_of(member, now=NOW)
    for second in (0, 30):
        raise_stale(make_position(council, make_pillar()))
        make_notices(now=NOW)
        make_digest_now(recipient=recipient, by=member, now=NOW + timedelta(seconds=second))

    assert Letter.objects.count() == 1
    assert Notice.objects.untold().count() == 1
