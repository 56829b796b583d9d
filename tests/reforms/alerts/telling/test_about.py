"""What flags and events say, of whom and to whom, from real rows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consultations.models import Step
from councils.models import PositionVersion
from councils.writing.moves import (
    discard_draft,
    return_position,
    submit_position,
    take_back_position,
    withdraw_position,
)
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Flag
from reforms.alerts.telling.about import PUBLIC_KINDS, TOPICS, VERBS, About, about_events, about_flags
from reforms.alerts.telling.subjects import Subjects
from reforms.alerts.topics import Topic
from reforms.base.models import Event
from tests.builders import (
    make_commitment,
    make_consultation,
    make_council,
    make_deadline,
    make_organisation,
    make_pillar,
    make_position,
    make_programme,
    make_version,
)
from tests.councils.writing.cast import NOW as WRITTEN_AT
from tests.councils.writing.cast import Cast, make_cast, make_subject, newest, published, submitted, write
from tests.queries import count_queries
from tests.reforms.alerts.telling.scene import CLOSES_ON, MONDAY, at, raise_closing, raise_national, raise_stale
from tests.reforms.pages.making import make_milestone, make_phase

SECRET = "Zanzibar"
"""In every draft, and in every reason: it is in nothing that anybody is told."""


def about(flag: Flag) -> About | None:
    return about_flags([flag], Subjects(on=MONDAY)).get(flag.pk)


def test_every_kind_of_flag_has_a_topic():
    assert set(TOPICS) == set(FlagKind)


def test_a_step_of_an_organisation_is_the_one_kind_that_is_not_public():
    assert set(FlagKind) - PUBLIC_KINDS == {FlagKind.STEP_DUE}


# --- National flags -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_consultation_that_closes():
    pillar = make_pillar()
    promise = make_commitment(pillar=pillar)
    consultation = make_consultation(slug="asked", title="What to ask", closes_on=CLOSES_ON, promised_by=promise)

    told = about(raise_national("consultation:asked"))

    assert told == About(
        Topic.CONSULTATIONS,
        title="What to ask",
        reason="Closes in 3 days, on 11 May 2023 at 11:59pm",
        url="/consultations/asked/",
        pillar=pillar.pk,
        consultation=consultation.pk,
        is_public=True,
        is_urgent=True,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "is_urgent"), [(0, True), (1, True), (3, True), (4, False), (14, False), (28, False)])
def test_the_last_three_days_are_urgent(days, is_urgent):
    assert about(raise_closing(days=days)).is_urgent is is_urgent


@pytest.mark.django_db
def test_a_closed_consultation_is_not_urgent():
    told = about(raise_closing(days=-2))

    assert (told.topic, told.is_urgent) == (Topic.CONSULTATIONS, False)


@pytest.mark.django_db
def test_words_are_those_of_the_day_they_are_told():
    """A flag of 14 days, raised with 14 days left and told with 12: it does not say 14."""
    flag = raise_closing(days=14)

    [told] = about_flags([flag], Subjects(on=MONDAY + timedelta(days=2))).values()

    assert "in 14 days" in flag.reason
    assert told.reason == "Closes in 12 days, on 22 May 2023 at 11:59pm"


@pytest.mark.django_db
def test_a_flag_whose_day_has_passed_says_nothing():
    """Its place was taken by that of the next threshold."""
    flag = raise_closing(days=14)

    assert about_flags([flag], Subjects(on=MONDAY + timedelta(days=9))) == {}


@pytest.mark.django_db
def test_a_milestone_belongs_to_the_pillar_of_what_dates_it():
    pillar = make_pillar()
    commitment = make_commitment(pillar=pillar)
    make_deadline(commitment, words="by May", latest=MONDAY + timedelta(days=10))
    make_milestone(pillar.programme, slug="a-mark", commitment=commitment)

    told = about(raise_national("milestone:a-mark"))

    assert (told.topic, told.pillar, told.consultation, told.is_public) == (Topic.DATES, pillar.pk, None, True)
    assert told.url == f"/commitments/{commitment.reference}/"


@pytest.mark.django_db
def test_a_phase_belongs_to_no_pillar():
    programme = make_programme()
    phase = make_phase(programme, earliest=MONDAY + timedelta(days=5), latest=MONDAY + timedelta(days=300))

    told = about(raise_national(f"phase:{programme.slug}/{phase.number}"))

    assert (told.topic, told.pillar, told.organisation) == (Topic.DATES, None, "")


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["", "/1", "#due", ":1"])
def test_a_deadline_belongs_to_the_pillar_of_its_commitment(end):
    commitment = make_commitment(pillar=make_pillar())

    found = Subjects(on=MONDAY).pillar_of(f"deadline:{commitment.reference}{end}")

    assert found == commitment.pillar_id


# --- Flags of organisations ---------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("on", ["pillar", "commitment", "programme"])
def test_a_stale_position_of_a_council(on):
    council = make_council(name="Northshire").organisation
    commitment = make_commitment(pillar=make_pillar(title="Family help"))
    kept = {"pillar": commitment.pillar} if on == "pillar" else {"programme": commitment.programme}
    kept |= {"commitment": commitment} if on == "commitment" else {}
    position = make_position(council, **kept)
    title = {"pillar": "1. Family help", "programme": commitment.programme.title}

    told = about(raise_stale(position))

    assert told.title == f"Northshire: {title.get(on, f'{commitment.reference} {commitment.title}')}"
    assert told.url == f"/councils/{council.slug}/#position-{position.pk}"
    assert told.reason == "Review was due on 7 May 2023"
    assert (told.topic, told.organisation, told.is_public) == (Topic.POSITIONS, council.slug, True)
    # One council's pillar is not news to everybody who follows the pillar.
    assert told.pillar is None


@pytest.mark.django_db
def test_a_stale_position_of_a_body_without_a_page_of_its_own():
    position = make_position(make_organisation(), make_pillar())

    assert about(raise_stale(position)).url == position.pillar.get_absolute_url()


@pytest.mark.django_db
def test_a_step_is_for_members_and_says_by_when():
    body = make_organisation()
    Step.objects.create(
        organisation=body, number=3, title="Draft goes to the board", origin="written", known_on=MONDAY, words="May",
        earliest=MONDAY, latest=CLOSES_ON,
    )  # fmt: skip
    flag = Flag.objects.create(
        kind=FlagKind.STEP_DUE, subject=f"step:{body.slug}/step-3", organisation=body.slug, due_on=CLOSES_ON,
        threshold=7, reason="Due in 3 days", raised_for=MONDAY, raised_at=at(MONDAY),
    )  # fmt: skip

    told = about(flag)

    assert (told.title, told.reason) == ("Draft goes to the board", "Due by 11 May 2023")
    assert (told.topic, told.organisation, told.is_public) == (Topic.POSITIONS, body.slug, False)


@pytest.mark.django_db
def test_a_flag_about_something_that_has_no_name_here_is_named_by_its_kind():
    body = make_organisation()
    flag = raise_stale(make_position(body), subject="another:room/1")

    assert (about(flag).title, about(flag).url) == ("Position stale", "/my-work/")


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_flags():
    def ask(number: int) -> int:
        council = make_council().organisation
        flags = [raise_stale(make_position(council)) for _ in range(number)]
        flags += [raise_closing() for _ in range(number)]
        return count_queries(lambda: about_flags(flags, Subjects(on=MONDAY)))

    assert ask(2) == ask(12) <= 16


# --- Events -------------------------------------------------------------------------------------------------------


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


def told_of(cast: Cast) -> dict[str, About]:
    """By verb, what is told of everything that has happened."""
    events = list(Event.objects.filter(organisation=cast.council.slug, verb__in=VERBS))
    found = about_events(events, Subjects(on=MONDAY))
    return {event.verb: found[event.pk] for event in events if event.pk in found}


def test_submitted_is_for_approvers_who_have_not_written_in_it(cast):
    version = submitted(cast, content=SECRET)
    desk = f"/my-work/{cast.council.slug}/{version.position.pillar.reference}/"

    [told] = told_of(cast).values()

    assert told.title == f"{cast.council.name}: {version.position.pillar}"
    assert (told.reason, told.url) == ("Submitted for approval on 21 November 2026", desk)
    assert told.roles == {"approver"}
    assert told.not_people == {cast.officer.pk}
    assert not told.is_public
    assert told.pillar is None


def test_an_approver_who_wrote_in_it_is_not_asked_to_approve_it(cast):
    version = submitted(cast)
    version = take_back_position(version=version, revision=version.revision, by=cast.officer, now=WRITTEN_AT)
    write(version, "Mine", by=cast.approver)
    submit_position(version=version, revision=newest(version).revision, by=cast.officer, now=WRITTEN_AT)

    [told] = told_of(cast).values()

    assert told.not_people == {cast.officer.pk, cast.approver.pk}


def test_returned_is_for_those_who_wrote_it(cast):
    version = submitted(cast, content=SECRET)
    return_position(version=version, revision=version.revision, reason=SECRET, by=cast.approver, now=WRITTEN_AT)

    told = told_of(cast)

    assert set(told) == {"return"}
    assert told["return"].people == {cast.officer.pk}
    assert told["return"].reason == "Returned on 21 November 2026, with a reason"
    assert not told["return"].is_public


def test_published_and_withdrawn_are_public(cast):
    subject = make_subject()
    version = published(cast, subject, SECRET)

    told = told_of(cast)
    assert set(told) == {"publish"}
    assert told["publish"].reason == "Published on 21 November 2026"
    assert told["publish"].url == f"/councils/{cast.council.slug}/#position-{version.position_id}"
    assert (told["publish"].is_public, told["publish"].pillar) == (True, subject.pillar.pk)
    assert (told["publish"].roles, told["publish"].not_people) == (None, {cast.approver.pk})

    version = newest(version)
    withdraw_position(version=version, revision=version.revision, reason=SECRET, by=cast.approver, now=WRITTEN_AT)
    told = told_of(cast)
    assert set(told) == {"withdraw"}
    assert (told["withdraw"].reason, told["withdraw"].is_public) == ("Withdrawn on 21 November 2026", True)


@pytest.mark.parametrize("undo", [take_back_position, discard_draft])
def test_what_has_moved_on_is_not_told(cast, undo):
    version = submitted(cast)
    version = take_back_position(version=version, revision=version.revision, by=cast.officer, now=WRITTEN_AT)
    if undo is discard_draft:
        discard_draft(version=version, revision=version.revision, by=cast.officer, now=WRITTEN_AT)

    assert told_of(cast) == {}


def test_of_two_that_say_the_same_the_last_is_told(cast):
    version = submitted(cast)
    version = take_back_position(version=version, revision=version.revision, by=cast.officer, now=WRITTEN_AT)
    submit_position(version=version, revision=version.revision, by=cast.second_officer, now=WRITTEN_AT)
    events = list(Event.objects.filter(organisation=cast.council.slug, verb="submit"))

    found = about_events(events, Subjects(on=MONDAY))

    assert list(found) == [events[-1].pk]


def test_a_version_that_took_the_place_of_another(cast):
    subject = make_subject()
    published(cast, subject)
    version = published(cast, subject, "Again")

    [event] = [
        event for event in Event.objects.filter(verb="publish") if event.details["version"] == newest(version).number
    ]
    found = about_events(list(Event.objects.filter(verb="publish")), Subjects(on=MONDAY))
    assert list(found) == [event.pk]


def test_no_word_of_a_draft_nor_of_a_reason_is_told(cast):
    version = submitted(cast, content=SECRET)
    return_position(version=version, revision=version.revision, reason=SECRET, by=cast.approver, now=WRITTEN_AT)
    submitted(cast, content=SECRET)
    published(cast, content=SECRET)

    told = told_of(cast)

    assert set(told) == {"submit", "return", "publish"}
    assert SECRET not in repr(told)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"verb": "erase"}, id="a verb that nobody is told of"),
        pytest.param({"subject": "membership:1"}, id="another subject"),
        pytest.param({"subject": "position:nowhere/SH-9"}, id="a position that is gone"),
        pytest.param({"details": {}}, id="without a version"),
        pytest.param({"details": {"version": 99}}, id="of a version that is gone"),
        pytest.param({"state_after": "draft"}, id="of another state"),
    ],
)
def test_events_that_say_nothing(db, values):
    version = make_version(state=PositionVersion.State.SUBMITTED, published_on=None, known_on=MONDAY)
    position = version.position
    defaults = {
        "at": at(MONDAY),
        "verb": "submit",
        "subject": f"position:{position.reference}",
        "organisation": position.organisation.slug,
        "state_after": "submitted",
        "details": {"version": 1},
    }
    usual, other = Event.objects.create(**defaults), Event.objects.create(**defaults | values)

    assert list(about_events([usual], Subjects(on=MONDAY))) == [usual.pk]
    assert about_events([other], Subjects(on=MONDAY)) == {}


def test_queries_do_not_grow_with_the_events(cast):
    def ask(number: int) -> int:
        for _ in range(number):
            submitted(cast)
        events = list(Event.objects.filter(organisation=cast.council.slug, verb="submit"))
        return count_queries(lambda: about_events(events, Subjects(on=MONDAY)))

    assert ask(1) == ask(6) <= 9
