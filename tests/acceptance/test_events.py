"""The 45 public events after the documents: where each is told, by which sources, and on which day.

The table was made by hand from a list of such events. A day is the one we take: where only a month or a year is known
it is the last day of that, unless a source gives a day within it.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Model

from consultations.models import Consultation
from councils.models import Participation
from pillars.models import Citation, Milestone, Pilot, ProgressUpdate, Source, Wave
from reforms.base.clock import civil_day

pytestmark = [pytest.mark.django_db, pytest.mark.once]

EVENTS = {
    "rcc-selected": (
        "2023-12-31", "gmca-care-cooperative", "SH-4-04 pilot:regional-care-cooperatives",
    ),
    "leaving-care-allowance": (
        "2023-04-01", "coram-voice-grand-campaign children-and-families-grant-determination", "SH-4-13a SH-1-04a",
    ),
    "progress-statement-may-2023": (
        "2023-05-23", "written-statement-hcws792", "milestone:progress-told-to-parliament",
    ),
    "wt-consultation-open": (
        "2023-06-21", "staffordshire-working-together-notice",
        "SH-1-08 SH-2-02 SH-2-02b SH-2-04g SH-2-04h SH-2-04i SH-2-04j SH-2-04k SH-4-16 consultation:working-together "
        "consultation:multi-agency-child-protection-standards consultation:care-leaver-deaths",
    ),
    "ofsted-nf-response": (
        "2023-07-06", "ofsted-framework-response", "SH-6-01c consultation:national-framework-and-dashboard",
    ),
    "ffc-wave1": (
        "2023-07-26", "wolverhampton-pathfinder-news localgov-pathfinders-2023 commons-library-cbp-9818",
        "SH-1-01 SH-1-01a pilot:families-first-for-children",
    ),
    "fnp-areas": (
        "2023-07-27", "localgov-pathfinders-2023 ncb-evaluation-news", "SH-3-01 SH-3-01c pilot:family-network-pilot",
    ),
    "consultation-response": (
        "2023-09-21", "written-question-22763 lg-lawyer-stable-homes-response",
        "SH-2-06a SH-3-08 SH-4-20 consultation:stable-homes-strategy",
    ),
    "ecf-early-adopters": (
        "2023-09-21", "community-care-early-adopters", "SH-5-02a pilot:early-career-framework",
    ),
    "workforce-response": (
        "2023-10-25", "cyp-now-agency-teams workforce-consultation-feedback family-lawyer-workforce-outcome",
        "SH-5-05c AR-0-01 AR-1 AR-1a AR-2 AR-3 AR-4 AR-5 AR-6 AR-7 AR-8 consultation:agency-social-work",
    ),
    "data-strategy": (
        "2023-12-15", "hansard-reform-2023 written-question-22763", "SH-6-02a milestone:reform-publications-2023",
    ),
    "kinship-strategy": (
        "2023-12-15", "reform-statement-2023 hansard-reform-2023", "SH-3-02 milestone:reform-publications-2023",
    ),
    "national-framework": (
        "2023-12-15", "reform-statement-2023", "SH-6-01 SH-6-01c consultation:national-framework-and-dashboard",
    ),
    "reform-statement": (
        "2023-12-15", "reform-statement-2023 hansard-reform-2023",
        "SH-2-02a SH-3-02 SH-4-01 SH-6-01 SH-6-02a milestone:reform-publications-2023",
    ),
    "working-together-2023": (
        "2023-12-15", "reform-statement-2023 hansard-reform-2023 written-question-22763",
        "SH-2-02a consultation:working-together",
    ),
    "agency-draft-guidance": (
        "2024-01-31", "lg-lawyer-agency-consultation workforce-consultation-feedback",
        "SH-5-05 consultation:agency-statutory-guidance",
    ),
    "ecf-second-call": ("2024-03-07", "community-care-second-call", "SH-5-02"),
    "ffc-wave2": (
        "2024-04-10", "wirral-globe-pathfinder govuk-pathfinder-programme",
        "SH-1-01 SH-1-01b SH-1-01c SH-2-01 SH-2-01a SH-2-06 SH-3-01a SH-3-01b pilot:families-first-for-children",
    ),
    "dissolution-2024": ("2024-05-30", "parliament-dissolution-banner", "milestone:parliament-dissolved"),
    "general-election-2024": ("2024-07-04", "parliament-dissolution-banner", "milestone:general-election"),
    "agency-guidance": (
        "2024-09-30", "lg-lawyer-agency-guidance workforce-consultation-feedback",
        "SH-5-05 AR-2 AR-7 consultation:agency-statutory-guidance",
    ),
    "kinship-guidance-ambassador": ("2024-10-31", "kinship-policy-tracker", "SH-3-02a SH-3-07 SH-6-04"),
    "agency-in-force": (
        "2024-10-31", "dfe-agency-resources lg-lawyer-agency-guidance",
        "SH-5-05 AR-1 AR-3 AR-5 AR-6 AR-8 milestone:agency-rules-in-force",
    ),
    "keeping-children-safe": (
        "2024-11-18", "smart-horizons-policy-summary govuk-care-cooperative-regions",
        "SH-0-05 SH-2-01a SH-2-04c SH-4-24 milestone:new-government-programme",
    ),
    "rcc-page": ("2024-11-18", "govuk-care-cooperative-regions", "SH-4-04 pilot:regional-care-cooperatives"),
    "ffc-evaluation": ("2025-12-31", "interface-pathfinder-evaluation", "SH-1-01"),
    "prevention-grant-confirmed": ("2025-02-28", "cyp-now-prevention-grant", "SH-0-06 SH-6-06"),
    "ffp-guide": (
        "2025-03-20", "families-first-partnership-statement",
        "SH-0-06 SH-1-01 SH-1-01b milestone:families-first-partnership-begins",
    ),
    "gm-rcc-launch": ("2025-05-08", "gmca-care-cooperative social-work-today-cooperative", "SH-4-04"),
    "grant-determinations": (
        "2025-05-14", "prevention-grant-determination children-and-families-grant-determination", "SH-0-06 SH-1-04a",
    ),
    "spending-review-2025": (
        "2025-06-11", "community-care-spending-review cyp-now-spending-review",
        "SH-0-06 milestone:spending-review-2025",
    ),
    "kinship-pilot-call": ("2025-06-17", "kinship-pilot-details family-rights-group-pilot-call", "SH-3-04"),
    "agency-transition-end": ("2025-10-01", "dfe-agency-resources", "SH-5-05 milestone:agency-transition-ends"),
    "lg-policy-statement": ("2025-11-20", "finance-policy-statement-2025 written-question-106342", "SH-0-06"),
    "cpa-consultation": (
        "2025-12-11", "child-protection-authority-consultation", "consultation:child-protection-authority",
    ),
    "lgfs-provisional": ("2025-12-17", "provisional-settlement-2025", "SH-0-06"),
    "macpt-policy": ("2026-01-07", "safecic-child-protection-teams", "SH-2-01a"),
    "fostering-plan": ("2026-02-04", "fostering-statement-2026", "SH-4-04a"),
    "rcc-policy-2026": ("2026-02-04", "care-cooperative-policy-2026", "SH-4-04 SH-4-04a"),
    "lgfs-final": ("2026-02-09", "final-settlement-2026", "milestone:settlement-2026-27"),
    "early-career-standards": (
        "2026-02-18", "early-career-standards-2026",
        "SH-5-02 SH-5-02d milestone:early-career-standards-apply milestone:early-career-programme-starts",
    ),
    "kinship-zones": ("2026-02-27", "kinship-zones-news", "SH-3-04 pilot:kinship-zones"),
    "cws-act": (
        "2026-04-29", "wellbeing-and-schools-act-commencement wellbeing-and-schools-act-enacted",
        "SH-0-07 milestone:wellbeing-and-schools-act",
    ),
    "improving-help-consultation": (
        "2026-06-22", "wiltshire-improving-help-notice", "SH-2-01a consultation:improving-help-and-child-protection",
    ),
    "surrey-split": ("2027-04-01", "surrey-reorganisation-decision", "milestone:surrey-replaced"),
}  # fmt: skip
"""The day, the sources, and what tells it: a report on a commitment, or a consultation, pilot or milestone."""
CARRIED = [
    pytest.param(carrier, sources.split(), id=f"{event}-{carrier}")
    for event, (_day, sources, carriers) in EVENTS.items()
    for carrier in carriers.split()
]


def telling(carrier: str, sources: list[str]) -> list[Model]:
    """The records of a carrier that rest on any of the sources."""
    kind, _, slug = carrier.rpartition(":")
    rest_on = {"citations__source__slug__in": sources}
    found = {
        "": [ProgressUpdate.objects.filter(commitment__reference=slug, **rest_on)],
        "consultation": [Consultation.objects.filter(slug=slug, **rest_on)],
        "milestone": [Milestone.objects.filter(slug=slug, **rest_on)],
        "pilot": [
            Pilot.objects.filter(slug=slug, **rest_on),
            Wave.objects.filter(pilot__slug=slug, **rest_on),
            Participation.objects.filter(pilot__slug=slug, **rest_on),
        ],
    }
    return [record for records in found[kind] for record in records.distinct()]


def days_of(record: Model) -> set[date]:
    """The days that a record gives to what it tells."""
    names = ("happened_on", "outcome_on", "earliest", "said_on")
    opens_at = getattr(record, "opens_at", None)
    opens_on = {civil_day(opens_at)} if opens_at else set()
    return opens_on | {day for name in names if (day := getattr(record, name, None)) is not None}


def test_there_are_forty_five():
    assert len(EVENTS) == 45


@pytest.mark.parametrize(("carrier", "sources"), CARRIED)
def test_carrier_rests_on_a_source_of_the_event(carrier: str, sources: list[str]):
    assert telling(carrier, sources) != []


@pytest.mark.parametrize("event", EVENTS)
def test_day_is_that_of_the_event(event: str):
    day, sources, carriers = EVENTS[event]
    records = [record for carrier in carriers.split() for record in telling(carrier, sources.split())]

    assert date.fromisoformat(day) in set().union(*map(days_of, records))


@pytest.mark.parametrize(
    "slug", sorted({slug for _day, sources, _carriers in EVENTS.values() for slug in sources.split()})
)
def test_source_has_a_title_and_an_address(slug: str):
    source = Source.objects.get(slug=slug)

    assert source.title
    assert source.url.startswith("https://")
    assert set(Citation.objects.filter(source=source).values_list("locator", flat=True)) == {""}


def test_nobody_knew_who_would_win():
    """The page that gives the day of the election was public before it."""
    assert Milestone.objects.get(slug="general-election").known_on == date(2024, 7, 4)
