"""Where the documents differ: a table made by reading them beside one another, and the reading that is used of each.

It names the least there must be; later documents may add to it.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from pillars.conflicts import differing
from pillars.models import Wording
from tests.reforms.pages.reading import links_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LATEST = date(2026, 11, 1)
AT_LEAST = {"date": 14, "money": 12, "count": 9, "strength": 40, "scope": 50, "name": 25}

USED = [
    # Names
    ("SH-0-05", "name", "Stable Homes, Built on Love: Implementation, Strategy and Consultation", 7),
    ("SH-1-01", "name", "Families First for Children Pathfinder programme", 4),
    ("SH-2-01", "name", "child protection lead practitioner role", 3),
    ("SH-3-01b", "name", "Family Network Support Packages", 2),
    ("SH-3-01a", "name", "family group decision making", 3),
    ("SH-4-13e", "name", "the local connection requirement", 2),
    ("SH-4-20", "name", "a new lifelong guardianship order", 3),
    ("SH-5-05c", "name", "Child and family social worker workforce", 4),
    ("IR-0-01", "name", "Independent Review of Children's Social Care", 4),
    # Dates
    ("SH-1-01a", "date", "in September 2023", 2),
    ("SH-2-02a", "date", "2023 update to Working Together", 3),
    ("SH-2-02", "date", "in Spring 2023", 2),
    ("SH-4-11", "date", "Autumn 2023", 2),
    ("SH-5-02d", "date", "from September 2026", 3),
    ("SH-0-04", "date", "over the next two years", 3),
    # Money
    ("SH-0-04", "money", "£200 million of additional investment", 4),
    ("SH-4-01", "money", "£27 million will be invested from 2023", 4),
    ("SH-4-13a", "money", "from £2,000 to £3,000", 3),
    ("IR-0-06", "money", "£2.6 billion over 4 years", 3),
    # Counts
    ("SH-1-01", "count", "up to 12", 2),
    ("SH-5-03a", "count", "up to 500 additional", 3),
    ("SH-4-26", "count", "Six 'missions'", 3),
    ("AR-7", "count", "Minimum six week notice period", 3),
    ("AR-3", "count", "Minimum of five years post qualified experience", 3),
    # How firmly
    ("SH-4-13b", "strength", "will explore extending", 3),
    ("SH-2-01", "strength", "will test a new child protection lead practitioner role", 5),
    ("SH-5-03a", "strength", "explore ways to support", 5),
    ("SH-4-11", "strength", "Consult on strengthening and extending", 5),
    ("SH-6-06", "strength", "will aim to", 2),
    ("SH-3-01a", "strength", "test how best to implement family group decision-making", 5),
    # What it covers
    ("SH-4-13d", "scope", "make Staying Close a national entitlement", 3),
    ("SH-2-04d", "scope", "a fourth statutory safeguarding partner", 3),
    ("SH-2-06a", "scope", "how to improve how parents engage with child protection", 3),
    ("SH-4-10", "scope", "well evidenced interventions", 5),
    ("SH-5-04", "scope", "to identify and address unnecessary workload drivers", 2),
]


@pytest.mark.parametrize(("reference", "field", "words", "readings"), USED)
def test_reading_in_use(reference: str, field: str, words: str, readings: int):
    used = Wording.objects.filter(commitment__reference=reference, field=field, words=words, is_used=True)
    beside = [list(Wording.objects.filter(commitment=each.commitment, topic=each.topic)) for each in used]

    assert max(map(len, beside)) >= readings
    assert all(each.reason for each in used)
    assert all(each.citations.exists() for topic in beside for each in topic)


@pytest.mark.parametrize(("field", "count"), AT_LEAST.items())
def test_as_many_as_before(field: str, count: int):
    assert Wording.objects.filter(pk__in=differing(on=LATEST), field=field).count() >= count


def test_everything_recorded_as_a_difference_is_one():
    """No topic has readings that are merely the same, or stand in one place."""
    topics = set(Wording.objects.values_list("commitment", "field", "topic"))

    assert len(differing(on=LATEST)) == len(topics)
    assert sum(differing(on=LATEST).values()) == Wording.objects.count()


@pytest.mark.parametrize(
    ("reference", "words", "sources"),
    [
        ("SH-4-13b", "entitlements up to age 23", {"lincolnshire-2023"}),
        ("SH-4-13b", "Legislation will be brought forward", {"lga-2023"}),
        ("SH-4-13b", "will explore extending", {"lga-2023"}),
        ("SH-4-13d", "fund Staying Close and build this in 50 LA's", {"aldcs-2023"}),
        ("SH-2-06a", "piloting new arrangements over the next two years", {"aldcs-2023"}),
        ("SH-1-01", "Family First Pathfinders", {"aldcs-2023"}),
        ("SH-4-26", "5 ambitious missions", {"blackpool-2022"}),
        ("SH-0-07", "subject to parliamentary time", {"lincolnshire-2023"}),
    ],
)
def test_each_document_s_own_words(reference: str, words: str, sources: set[str]):
    [wording] = Wording.objects.filter(commitment__reference=reference, words=words)

    assert set(wording.citations.values_list("source__slug", flat=True)) == sources


@pytest.mark.parametrize(
    ("address", "reference"),
    [
        ("/", "SH-1-02"),
        ("/pilots/", "SH-4-04"),
        ("/consultations/working-together/", "SH-2-02a"),
        ("/consultations/agency-social-work/", "AR-2"),
        ("/programmes/stable-homes/pillars/4/", "SH-4-26"),
        ("/councils/lincolnshire/compare/stable-homes/", "SH-4-11"),
        ("/commitments/?programme=agency-rules", "AR-2"),
    ],
)
def test_a_page_that_names_it_leads_to_what_each_document_says(public: Client, address: str, reference: str):
    day = "" if address == "/" else f"{'&' if '?' in address else '?'}as_at={LATEST}"
    links = links_of(public.get(f"{address}{day}"))

    assert [link for link in links if link.startswith(f"/commitments/{reference}/") and link.endswith("#wordings")]
