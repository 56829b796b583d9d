"""Flags about positions that have gone stale: what each says, for how long, and to whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from councils.models import Claim, Position, PositionVersion
from councils.staleness_in_sql import MOST_NAMED
from pillars.models import Organisation
from reforms.alerts.due import flags_due
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Flag
from reforms.alerts.position_flags import holders, lapsed_days, stale_flags
from tests.builders import (
    make_commitment,
    make_organisation,
    make_pillar,
    make_position,
    make_programme,
    make_update,
    make_version,
)
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

PUBLISHED = date(2041, 4, 21)
REVIEW_ON = date(2041, 10, 21)
STALE_ON = date(2041, 10, 22)
State = PositionVersion.State


@pytest.fixture
def version() -> PositionVersion:
    return make_version(published_on=PUBLISHED, review_on=REVIEW_ON)


def flags(position: Position, on: date) -> list[FlagDue]:
    found = stale_flags(on, [position.organisation.slug])
    return [flag for flag in found if flag.subject == f"position:{position.reference}"]


def only(position: Position, on: date) -> FlagDue:
    [flag] = flags(position, on)
    return flag


def test_a_flag_says_whose_position_since_when_and_why(version):
    position = version.position

    assert only(position, STALE_ON + timedelta(days=3)) == FlagDue(
        kind=FlagKind.POSITION_STALE,
        subject=f"position:{position.reference}",
        due_on=STALE_ON,
        threshold=0,
        days=3,
        reason="Review was due by 21 October 2041",
        title=f"{position.organisation.name}: {position.pillar}",
        url=f"/councils/{position.organisation.slug}/#position-{position.pk}",
        organisation=position.organisation.slug,
    )


@pytest.mark.parametrize(
    ("on", "is_due"),
    [
        pytest.param(REVIEW_ON, False, id="the day the review is due"),
        pytest.param(STALE_ON, True, id="the day after"),
        pytest.param(STALE_ON + timedelta(days=28), True, id="28 days later"),
        pytest.param(STALE_ON + timedelta(days=3650), True, id="ten years later"),
    ],
)
def test_due_for_as_long_as_it_is_stale(version, on, is_due):
    assert bool(flags(version.position, on)) == is_due


def test_a_second_reason_makes_no_second_flag(version):
    before = only(version.position, STALE_ON)
    expired = STALE_ON + timedelta(days=7)
    Claim.objects.create(
        version=version, number=1, kind="fact", text="Opens soon.", known_on=PUBLISHED, stale_on=expired
    )

    after = only(version.position, expired)

    assert after.key == before.key
    assert after.reason == "Review was due by 21 October 2041; 1 point overtaken by 29 October 2041"


def test_another_version_ends_it(version):
    PositionVersion.objects.filter(pk=version.pk).update(state=State.SUPERSEDED)
    make_version(version.position, published_on=STALE_ON + timedelta(days=9))

    assert flags(version.position, STALE_ON + timedelta(days=8))
    assert not flags(version.position, STALE_ON + timedelta(days=9))
    assert list(lapsed_days(REVIEW_ON, STALE_ON + timedelta(days=9))) == [STALE_ON]


def test_a_draft_of_another_does_not(version):
    make_version(version.position, state=State.DRAFT, published_on=None, known_on=PUBLISHED)

    assert flags(version.position, STALE_ON)


def test_what_was_never_published_is_not_flagged():
    version = make_version(state=State.DRAFT, published_on=None, known_on=PUBLISHED, review_on=REVIEW_ON)

    assert not flags(version.position, STALE_ON)
    assert version.position.organisation.slug not in holders(STALE_ON)


def test_who_may_have_flags(version):
    slug = version.position.organisation.slug

    assert slug not in holders(PUBLISHED - timedelta(days=1))
    assert slug in holders(PUBLISHED)


@pytest.mark.parametrize("subject", ["programme", "pillar", "commitment"])
def test_a_body_without_a_page_is_led_to_what_its_position_is_on(subject):
    commitment = make_commitment(pillar=make_pillar())
    on = {"programme": commitment.programme, "pillar": commitment.pillar, "commitment": commitment}[subject]
    body = make_organisation(kind=Organisation.Kind.NATIONAL_BODY)
    position = make_position(body, **{"programme": commitment.programme, subject: on})
    make_version(position, published_on=PUBLISHED, review_on=REVIEW_ON)

    assert only(position, STALE_ON).url == on.get_absolute_url()


def test_the_longest_reason_fits_its_column():
    """Every cause at once, of the longest references there can be."""
    reason_limit = Flag._meta.get_field("reason").max_length
    programme = make_programme()
    version = make_version(published_on=PUBLISHED, review_on=REVIEW_ON)
    for number in range(MOST_NAMED + 200):
        commitment = make_commitment(programme, reference=f"{programme.prefix}-{number:0{19 - len(programme.prefix)}}")
        assert len(commitment.reference) == 20
        version.covers.add(commitment)
        make_update(commitment, known_on=PUBLISHED + timedelta(days=1))
    Claim.objects.bulk_create(
        Claim(version=version, number=number, kind="fact", text="Once.", known_on=PUBLISHED, stale_on=STALE_ON)
        for number in range(1000)
    )

    reason = only(version.position, date(2041, 12, 31)).reason

    assert "1000 points" in reason
    assert "and 200 others" in reason
    assert len(reason) <= (reason_limit or 0)


def test_one_query(version):
    slug = version.position.organisation.slug
    assert count_queries(lambda: list(stale_flags(STALE_ON, [slug]))) == 1
    assert count_queries(lambda: list(stale_flags(STALE_ON, None))) == 1


def test_on_the_data_we_ship_the_councils_positions_are_stale_after_six_months():
    """Lincolnshire published them on 21 April 2023. What three of them cover had changed by then."""
    changed = {2: date(2023, 6, 29), 3: date(2023, 7, 27), 5: date(2023, 9, 21)}
    assert stale("lincolnshire", date(2023, 6, 28)) == set()
    assert stale("lincolnshire", date(2023, 10, 21)) == {
        (f"position:lincolnshire/SH-{number}", day) for number, day in changed.items()
    }
    assert stale("lincolnshire", date(2023, 10, 22)) == {
        (f"position:lincolnshire/SH-{number}", changed.get(number, date(2023, 10, 22))) for number in range(1, 7)
    }


def test_on_the_data_we_ship_positions_on_the_review_are_stale_once_it_was_answered():
    """Blackpool's were public from 30 November 2022, the strategy from 2 February 2023."""
    assert stale("blackpool", date(2023, 2, 1)) == set()
    assert stale("blackpool", date(2023, 2, 2)) == {
        (f"position:blackpool/IR-{number}", date(2023, 2, 2)) for number in range(1, 5)
    }


def stale(organisation: str, on: date) -> set[tuple[str, date]]:
    """The stale positions of a council on a day, each with its first day."""
    found = (flag for flag in flags_due(on=on) if flag.kind == FlagKind.POSITION_STALE)
    return {(flag.subject, flag.due_on) for flag in found if flag.subject.startswith(f"position:{organisation}/")}
