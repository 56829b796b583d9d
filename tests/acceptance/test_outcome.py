"""What was promised in February 2023 and is reported as met late: by how many days, by which source, from which day on.

Worked out by hand: the last day of the window in fixtures/plan, the day of the report beside it, and the day on which
the first document that reports it came out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.test import Client

from pillars.ledger import entries
from pillars.models import Commitment
from pillars.timing import Timing
from reforms.pages.told import Kept

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TODAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Late:
    """A promise and the report that it is met; `shows_on` is the first day whose page can tell of it."""

    words: str
    last_day: date
    met_on: date
    days: int
    basis: str
    sources: tuple[str, ...]
    shows_on: date


LATE = {
    "SH-2-02b": Late("in Spring 2023", date(2023, 5, 31), date(2023, 6, 21), 21, "stated",
                     ("staffordshire-working-together-notice",), date(2023, 6, 29)),
    "SH-3-02a": Late("at the same time", date(2023, 12, 31), date(2024, 10, 31), 305, "inferred",
                     ("kinship-policy-tracker",), date(2024, 10, 31)),
    "SH-5-02a": Late("in Spring 2023", date(2023, 5, 31), date(2023, 9, 21), 113, "inferred",
                     ("community-care-early-adopters",), date(2023, 9, 21)),
    "AR-0-01": Late("in September 2023", date(2023, 9, 30), date(2023, 10, 25), 25, "stated",
                    ("cyp-now-agency-teams", "family-lawyer-workforce-outcome"), date(2023, 10, 25)),
    "AR-6": Late("By spring 2024", date(2024, 5, 31), date(2024, 10, 31), 153, "stated",
                 ("lg-lawyer-agency-guidance", "dfe-agency-resources"), date(2024, 10, 31)),
    "AR-8": Late("By spring 2024", date(2024, 5, 31), date(2024, 10, 31), 153, "stated",
                 ("lg-lawyer-agency-guidance", "dfe-agency-resources"), date(2024, 10, 31)),
}  # fmt: skip
PROGRAMMES = {"SH": "stable-homes", "AR": "agency-rules"}


def late_by(client: Client, programme: str, day: date) -> dict[str, Kept]:
    """What the page of a day lists as met late."""
    response = client.get(f"/programmes/{programme}/outcome/", {"as_at": day.isoformat()})
    return {each.entry.reference: each for each in response.context["told"].late}


def late_on(client: Client, reference: str, day: date) -> Kept | None:
    return late_by(client, PROGRAMMES[reference[:2]], day).get(reference)


@pytest.mark.parametrize("programme", PROGRAMMES.values(), ids=str)
def test_these_and_no_others_are_met_late(public: Client, programme: str):
    own = {reference for reference in LATE if PROGRAMMES[reference[:2]] == programme}

    assert late_by(public, programme, TODAY).keys() == own


@pytest.mark.parametrize(("reference", "late"), LATE.items(), ids=LATE)
def test_by_how_much_by_which_words_and_by_which_source(public: Client, reference: str, late: Late):
    found = late_on(public, reference, TODAY)
    assert found is not None
    assert found.entry.deciding is not None
    assert found.report is not None

    assert (found.entry.deciding.words, found.entry.deciding.latest) == (late.words, late.last_day)
    assert (found.entry.met_on, found.report.date_basis) == (late.met_on, late.basis)
    assert found.entry.answer.days == (late.met_on - late.last_day).days == late.days
    assert tuple(place.source.slug for place in found.reported_in) == late.sources


@pytest.mark.parametrize(("reference", "late"), LATE.items(), ids=LATE)
def test_from_the_day_that_a_source_reports_it(public: Client, reference: str, late: Late):
    before = late.shows_on - timedelta(days=1)

    assert late_on(public, reference, before) is None
    assert late_on(public, reference, late.shows_on) is not None


@pytest.mark.parametrize(("whole", "part"), [("SH-4-13", "SH-4-13a"), ("SH-6-02", "SH-6-02a")])
def test_one_part_that_is_met_does_not_make_the_whole_so(whole: str, part: str):
    row = entries(Commitment.objects.filter(Q(reference=whole) | Q(parent__reference=whole)), on=TODAY)[0]

    assert (row.timing, row.state) == (Timing.NO_DATE, "Met in part, the rest has no date")
    assert [each.reference for each in row.parts if each.timing is Timing.MET] == [part]


def test_on_the_committees_day_nothing_is_met_late(public: Client, committee_day: date):
    assert [late_by(public, programme, committee_day) for programme in PROGRAMMES.values()] == [{}, {}]


@pytest.mark.parametrize("reference", LATE)
def test_each_was_known_to_be_promised_by_then(public: Client, committee_day: date, reference: str):
    page = public.get(f"/commitments/{reference}/", {"as_at": committee_day.isoformat()})

    assert page.status_code == 200
    assert LATE[reference].words in page.content.decode()
