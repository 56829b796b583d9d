"""Notices are made of flags and events: once each, for whoever wants them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from councils.models import Membership
from reforms.alerts.actions import raise_flags
from reforms.alerts.models import EventTold, Flag, JobRun, Letter, Notice, Recipient
from reforms.alerts.telling import making
from reforms.alerts.telling.making import Made, make_notices
from reforms.alerts.telling.recipients import load_readers, recipient_of
from reforms.alerts.topics import Frequency, Topic
from reforms.base.models import Event, User
from tests.builders import make_commitment, make_council, make_pillar, make_position
from tests.councils.writing.cast import NOW as WRITTEN_AT
from tests.councils.writing.cast import make_cast, make_subject, published, submitted
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
    told,
    wish,
)
from tests.reforms.pages.making import make_member

pytestmark = pytest.mark.django_db
Role = Membership.Role
MINUTE = timedelta(minutes=1)


@pytest.fixture
def council():
    return make_council(name="Northshire").organisation


@pytest.fixture
def member(council) -> User:
    return make_member(council, Role.OFFICER)


# --- The first run ------------------------------------------------------------------------------------------------


def test_the_first_run_tells_nobody(member, council):
    flag, old = raise_closing(days=3), raise_stale(make_position(council))
    published(make_cast())

    made = make_notices(now=NOW)

    assert made.is_baseline
    assert str(made) == f"first run: 2 flags and {made.events} events are old news"
    assert not Notice.objects.exists()
    assert not Letter.objects.exists()
    assert not Flag.objects.untold().filter(pk__in=[flag.pk, old.pk]).exists()
    [run] = JobRun.objects.filter(job="make_notices")
    assert (run.outcome, run.for_day, run.details["flags"]) == ("baseline", MONDAY, 2)


def test_and_it_is_told_by_no_later_run(member):
    raise_closing(days=3)
    published(make_cast())
    make_notices(now=NOW)

    assert not make_notices(now=NOW + MINUTE)
    assert not Notice.objects.exists()


def test_flags_that_were_raised_as_old_news_are_never_told(member, council):
    begin()
    raise_stale(make_position(council), is_baseline=True)

    assert not make_notices(now=NOW)
    assert not Notice.objects.exists()


# --- Every run ----------------------------------------------------------------------------------------------------


def test_one_notice_for_each_who_wants_it(member, council):
    begin()
    colleague = make_member(council, Role.SCRUTINY_MEMBER)
    elsewhere = make_member(make_council().organisation, Role.OFFICER)
    reader, other = outside(), outside()
    flag = raise_stale(make_position(council))
    wish(reader, organisation=council)
    wish(other, organisation=make_council().organisation)

    made = make_notices(now=NOW)

    assert made == Made(flags=1, notices=3)
    assert str(made) == "3 made of 1 flags and 0 events, 0 urgent letters"
    assert told(flag) == {member, colleague, reader.address}
    assert elsewhere not in told()
    notice = Notice.objects.get(recipient__person=member)
    assert (notice.topic, notice.frequency, notice.is_urgent) == (Topic.POSITIONS, Frequency.WEEKLY, False)
    assert (notice.organisation, notice.reason) == (council.slug, "Review was due on 7 May 2023")
    assert (notice.made_at, notice.told_at, notice.dropped_at, notice.letter) == (NOW, None, None, None)
    flag.refresh_from_db()
    assert flag.told_at == NOW


def test_the_job_says_what_was_done(member):
    begin()
    raise_closing(days=3)

    assert making.tell(now=NOW) == "1 made of 1 flags and 0 events, 1 urgent letters"


def test_twice_is_once(member):
    begin()
    raise_closing()

    assert make_notices(now=NOW).notices == 1
    assert not make_notices(now=NOW + MINUTE)
    assert Notice.objects.count() == 1


def test_it_is_told_once_to_whoever_belongs_to_two_organisations(member):
    Membership.objects.create(user=member, organisation=make_council().organisation, role=Role.APPROVER)
    begin()
    flag = raise_closing()

    make_notices(now=NOW)

    assert Notice.objects.filter(flag=flag).count() == 1


@pytest.mark.parametrize(
    "lose",
    [
        pytest.param(lambda person: User.objects.filter(pk=person.pk).update(is_active=False), id="let in no more"),
        pytest.param(lambda person: Membership.objects.filter(user=person).delete(), id="no member any more"),
        pytest.param(
            lambda person: Recipient.objects.filter(person=person).update(ended_at=NOW), id="wants nothing more"
        ),
    ],
)
def test_who_is_not_told(member, lose):
    begin()
    recipient_of(member, now=NOW)
    lose(member)
    raise_closing()

    assert make_notices(now=NOW) == Made(flags=1)


@pytest.mark.parametrize(
    ("confirmed", "subscribed", "is_told"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_a_public_reader_has_confirmed(confirmed, subscribed, is_told):
    begin()
    pillar = make_pillar()
    reader = outside(is_confirmed=confirmed)
    wish(reader, pillar=pillar, is_confirmed=subscribed)
    flag = raise_closing(promised_by=make_commitment(pillar=pillar))

    make_notices(now=NOW)

    assert (reader.address in told(flag)) is is_told


def test_after_downtime_what_is_over_is_not_told(member, council):
    begin()
    over, still = raise_stale(make_position(council)), raise_stale(make_position(council))
    clear(over)

    assert make_notices(now=NOW + timedelta(days=30)) == Made(flags=1, notices=1)
    over.refresh_from_db()
    assert over.told_at is None
    assert Notice.objects.get().flag == still


def test_a_flag_raised_long_ago_is_told_in_the_words_of_today(member):
    begin()
    raise_closing(days=14)

    make_notices(now=NOW + timedelta(days=2))

    assert Notice.objects.get().reason == "Closes in 12 days, on 22 May 2023 at 11:59pm"


def test_from_the_job_that_raises_flags(member):
    """Together, from one day to the next: each threshold is told once, and nothing of before the first day."""
    raise_flags(on=MONDAY, now=at(MONDAY))
    make_notices(now=at(MONDAY, 9, 1))
    slug = raise_closing(days=15).subject
    Flag.objects.filter(subject=slug).update(told_at=NOW)

    reasons = []
    for number in range(1, 17):
        day = MONDAY + timedelta(days=number)
        raise_flags(on=day, now=at(day))
        make_notices(now=at(day, 9, 1))
        found = Notice.objects.filter(flag__subject=slug, made_at__gte=at(day))
        reasons += [(number, notice.reason, notice.is_urgent) for notice in found]

    assert [(number, is_urgent) for number, _, is_urgent in reasons] == [
        (1, False), (8, False), (12, True), (14, True), (16, False),
    ]  # fmt: skip


def test_counts_of_a_day_add_up(member):
    begin()
    for minute in (0, 1):
        raise_closing()
        make_notices(now=NOW + minute * MINUTE)
    make_notices(now=NOW + 2 * MINUTE)

    run = JobRun.objects.get(job="make_notices", for_day=MONDAY)
    assert run.details == {"flags": 2, "events": 0, "notices": 2, "letters": 0}
    assert (run.finished_at, run.outcome) == (NOW + MINUTE, "done")


def test_a_title_of_any_length(member, council):
    begin()
    council.name = "N" * 150
    council.save()
    raise_stale(make_position(council, make_pillar(title="P" * 120)), reason="R" * 300)
    raise_stale(make_position(council, make_pillar()), reason="")

    make_notices(now=NOW)

    assert {len(notice.reason) for notice in Notice.objects.all()} == {0, 300}


@pytest.mark.parametrize(("length", "kept"), [(299, 299), (300, 300), (301, 300), (5000, 300)])
def test_words_are_shortened_to_the_room_there_is(length, kept):
    short = making.shortened("x" * length)

    assert len(short) == kept
    assert short.endswith("…") is (length > 300)


# --- Events -------------------------------------------------------------------------------------------------------


def test_what_is_submitted_is_told_to_other_approvers(member):
    begin(now=WRITTEN_AT)
    cast = make_cast()
    submitted(cast)

    made = make_notices(now=WRITTEN_AT)

    assert made == Made(events=1, notices=2)
    assert told() == {cast.approver, cast.second_approver}
    assert not make_notices(now=WRITTEN_AT)


def test_what_is_published_is_told_to_members_and_to_who_follows(member):
    begin(now=WRITTEN_AT)
    cast, subject = make_cast(), make_subject()
    of_pillar, of_council, of_another = outside(), outside(), outside()
    wish(of_pillar, pillar=subject.pillar)
    wish(of_council, organisation=cast.council)
    wish(of_another, organisation=cast.other_council)
    published(cast, subject)

    make_notices(now=WRITTEN_AT)

    members = {cast.contributor, cast.officer, cast.second_officer, cast.second_approver, cast.scrutiny_member}
    assert told() == members | {of_pillar.address, of_council.address}


def test_nobody_outside_hears_of_a_draft(member):
    begin(now=WRITTEN_AT)
    cast, subject = make_cast(), make_subject()
    for target in ({"pillar": subject.pillar}, {"organisation": cast.council}):
        wish(outside(), **target)
        wish(cast.stranger, **target)
    submitted(cast, subject)

    make_notices(now=WRITTEN_AT)

    assert told() == {cast.approver, cast.second_approver}


def test_an_event_that_is_committed_late_is_told_all_the_same(member):
    """Its id is below that of one which has been told already."""
    begin(now=WRITTEN_AT)
    cast = make_cast()
    late, early = submitted(cast), submitted(cast)
    events = {event.subject: event.pk for event in Event.objects.filter(verb="submit")}
    EventTold.objects.create(event_id=events[f"position:{early.position.reference}"], at=WRITTEN_AT)

    make_notices(now=WRITTEN_AT)

    assert {notice.event_id for notice in Notice.objects.all()} == {events[f"position:{late.position.reference}"]}


# --- What is urgent -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "letters"), [(7, 0), (4, 0), (3, 1), (1, 1), (0, 1), (-1, 0)])
def test_the_last_three_days_before_a_closing_have_a_letter_of_their_own(member, days, letters):
    begin()
    raise_closing(days=days)

    made = make_notices(now=NOW)

    assert (made.notices, made.letters, Letter.objects.count()) == (1, letters, letters)


def test_an_urgent_letter(member):
    begin()
    flag = raise_closing(days=3, title="What to ask")

    make_notices(now=NOW)

    [notice], [letter] = Notice.objects.all(), Letter.objects.all()
    assert (notice.is_urgent, notice.letter, notice.told_at) == (True, letter, NOW)
    assert (letter.kind, letter.key) == ("urgent", f"urgent:{notice.recipient_id}:{flag.pk}")
    assert letter.subject == "Reform Tracker: “What to ask” closes soon"
    assert "Closes in 3 days, on 11 May 2023 at 11:59pm" in letter.text
    assert letter.recipient.person == member


def test_three_closings_are_one_letter(member):
    """As on 11 May 2023."""
    begin()
    for title in ("Strategy", "Framework", "Rules"):
        raise_closing(days=3, title=title)

    assert make_notices(now=NOW) == Made(flags=3, notices=3, letters=1)
    letter = Letter.objects.get()
    assert letter.subject == "Reform Tracker: 3 consultations close soon"
    assert all(title in letter.text for title in ("Strategy", "Framework", "Rules"))
    assert letter.notices.count() == 3


def test_who_has_paused_what_is_urgent_finds_it_in_the_digest(member):
    begin()
    Recipient.objects.create(person=member, made_at=NOW, pauses_urgent=True)
    raise_closing(days=3)

    assert make_notices(now=NOW) == Made(flags=1, notices=1)
    assert Notice.objects.get().told_at is None


@pytest.mark.parametrize("until", [None, MONDAY + timedelta(days=1)], ids=["acknowledged", "put off"])
def test_it_is_not_urgent_for_an_organisation_that_is_quiet_about_it(member, council, until):
    begin()
    colleague = make_member(make_council().organisation, Role.OFFICER)
    flag = raise_closing(days=3)
    acknowledge(flag, council, member, until=until)

    assert make_notices(now=NOW) == Made(flags=1, notices=2, letters=1)
    assert Letter.objects.get().recipient.person == colleague


def test_it_is_urgent_again_once_it_is_put_off_no_longer(member, council):
    begin()
    flag = raise_closing(days=3)
    acknowledge(flag, council, member, until=MONDAY)

    assert make_notices(now=NOW).letters == 1


# --- All or nothing, and at what cost -----------------------------------------------------------------------------


def test_a_run_that_fails_has_told_nothing_and_the_next_tells_it_once(member, monkeypatch):
    begin()
    flag = raise_closing(days=3)

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(making, "_write", fail)
        with pytest.raises(RuntimeError):
            make_notices(now=NOW)

    flag.refresh_from_db()
    assert (flag.told_at, Notice.objects.count(), Letter.objects.count()) == (None, 0, 0)
    assert make_notices(now=NOW + MINUTE) == Made(flags=1, notices=1, letters=1)


def test_flags_are_told_some_at_a_time(member, council, monkeypatch):
    begin()
    monkeypatch.setattr(making, "OWN_AT_A_TIME", 2)
    monkeypatch.setattr(making, "NATIONAL_AT_A_TIME", 2)
    monkeypatch.setattr(making, "EVENTS_AT_A_TIME", 2)
    for _ in range(5):
        raise_stale(make_position(council))
        raise_closing()

    assert make_notices(now=NOW) == Made(flags=10, notices=10)


def test_queries_do_not_grow_with_what_there_is_to_tell():
    begin(now=WRITTEN_AT)

    def ask(size: int) -> int:
        cast = make_cast()
        for _ in range(size):
            make_member(cast.council, Role.OFFICER)
            wish(outside(), organisation=cast.council)
            raise_stale(make_position(cast.council), on=WRITTEN_AT.date())
            submitted(cast)
        return count_queries(lambda: make_notices(now=WRITTEN_AT))

    ask(1)  # to have made the recipients of everybody there is
    assert ask(2) == ask(4) <= 45


def test_a_run_with_nothing_to_tell_asks_five_questions(member):
    begin()

    # The first run, and each of the four lots; with the ends of their transactions.
    assert count_queries(lambda: make_notices(now=NOW)) <= 5 + 2 * 5


# --- Recipients ---------------------------------------------------------------------------------------------------


def test_a_person_has_one_recipient(member):
    one, two = recipient_of(member, now=NOW), recipient_of(member, now=NOW + MINUTE)

    assert (one.pk, one.made_at, one.confirmed_at) == (two.pk, NOW, NOW)
    assert two.email == member.email


def test_every_member_who_may_sign_in_gets_one():
    begin()
    cast = make_cast()
    raise_closing()

    make_notices(now=NOW)

    people = set(User.objects.filter(pk__in=Recipient.objects.values("person")))
    assert cast.officer in people
    assert cast.administrator not in people
    assert cast.deactivated not in people


def test_how_often_a_person_hears_of_a_thing(member, council):
    about = making.About(Topic.WORK, title="T", reason="R", url="/", organisation=council.slug)
    recipient = recipient_of(member, now=NOW)

    assert load_readers([recipient.pk]).frequency(recipient.pk, about) is Frequency.DAILY
    wish(member, Frequency.NEVER, organisation=council, topic=Topic.WORK)
    assert load_readers([recipient.pk]).frequency(recipient.pk, about) is None
