"""What a position can be on, by its reference."""

from __future__ import annotations

from datetime import date

import pytest

from councils.writing.subjects import Subject, find_subject, subject_of
from tests.builders import make_commitment, make_pillar, make_position, make_programme

pytestmark = pytest.mark.django_db
DAY = date(2023, 4, 21)


@pytest.fixture
def plan() -> Subject:
    """QQQQ-1, with QQQQ-1-01, its part a, and QQQQ-1-02; and QQQQ-0-01 beside the pillar."""
    programme = make_programme(prefix="QQQQ", title="Warm homes")
    pillar = make_pillar(programme, title="Heat")
    whole = make_commitment(pillar=pillar, reference="QQQQ-1-01", title="Heat it")
    make_commitment(parent=whole, pillar=pillar, reference="QQQQ-1-01a")
    make_commitment(pillar=pillar, reference="QQQQ-1-02")
    make_commitment(programme, reference="QQQQ-0-01")
    return Subject(programme, pillar, whole)


@pytest.mark.parametrize(
    ("reference", "title", "fields"),
    [
        pytest.param("QQQQ", "Warm homes", {"programme"}, id="programme"),
        pytest.param("QQQQ-1", "Pillar 1: Heat", {"programme", "pillar"}, id="pillar"),
        pytest.param("QQQQ-1-01", "QQQQ-1-01 Heat it", {"programme", "commitment"}, id="commitment"),
    ],
)
def test_found(plan: Subject, reference: str, title: str, fields: set[str]):
    found = find_subject(reference, on=DAY)

    assert found
    assert found.reference == reference
    assert found.title.endswith(title.rpartition(": ")[2])
    assert {name for name, value in found.fields.items() if value} == fields
    assert found.fields.keys() == {"programme", "pillar", "commitment"}


@pytest.mark.parametrize(
    "reference",
    ["", "QQQ", "qqqq", "QQQQ-", "QQQQ-01", "QQQQ-2", "QQQQ-x", "QQQQ-²", "QQQQ-1-", "QQQQ-1-09", "QQQQ-1-M1",
     "QQQQ-" + "9" * 5000],
    ids=lambda reference: reference[:12] or "nothing",
)  # fmt: skip
def test_not_found(plan: Subject, reference: str):
    assert find_subject(reference, on=DAY) is None


@pytest.mark.parametrize("reference", ["QQQQ", "QQQQ-1", "QQQQ-1-01"])
def test_not_there_yet(plan: Subject, reference: str):
    assert find_subject(reference, on=date(2023, 2, 1)) is None


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        pytest.param("QQQQ", ["QQQQ-0-01", "QQQQ-1-01", "QQQQ-1-02"], id="programme"),
        pytest.param("QQQQ-1", ["QQQQ-1-01", "QQQQ-1-02"], id="pillar"),
        pytest.param("QQQQ-1-01", ["QQQQ-1-01", "QQQQ-1-01a"], id="commitment-with-its-parts"),
    ],
)
def test_commitments(plan: Subject, reference: str, expected: list[str]):
    found = find_subject(reference, on=DAY)

    assert found
    assert [each.reference for each in found.commitments(on=DAY)] == expected
    assert found.commitments(on=date(2023, 2, 1)) == []


@pytest.mark.parametrize("reference", ["QQQQ", "QQQQ-1", "QQQQ-1-01"])
def test_of_a_position_is_what_it_was_made_on(plan: Subject, reference: str):
    subject = find_subject(reference, on=DAY)

    assert subject
    assert subject_of(make_position(**subject.fields)) == subject
