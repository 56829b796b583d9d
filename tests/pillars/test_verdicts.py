"""What became of a recommendation: what the database itself refuses, and where a verdict stands."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from pillars.models import Verdict
from tests.builders import make_commitment, make_programme, make_verdict

pytestmark = pytest.mark.django_db


def refused(rule: str):
    """The database refuses what follows. PostgreSQL names the rule; SQLite names it or the columns."""
    return pytest.raises(IntegrityError, match=f"{rule}|UNIQUE constraint failed")


def test_a_programme_answers_a_recommendation_once():
    verdict = make_verdict()
    make_verdict(verdict.recommendation)
    make_verdict(programme=verdict.programme)

    with refused("a_programme_answers_a_recommendation_once"), transaction.atomic():
        make_verdict(verdict.recommendation, programme=verdict.programme)


def test_a_stated_verdict_has_words():
    with refused("a_stated_verdict_has_words"), transaction.atomic():
        make_verdict(words="", reason="We read it so.")


def test_an_inferred_verdict_has_a_reason():
    with refused("an_inferred_verdict_has_a_reason"), transaction.atomic():
        make_verdict(basis=Verdict.Basis.INFERRED)

    make_verdict(basis=Verdict.Basis.INFERRED, words="", reason="We read it so.")


def test_it_stands_on_the_page_of_its_recommendation():
    programme = make_programme(slug="warm-homes", title="Warm homes")
    verdict = make_verdict(make_commitment(reference="CR-1-01"), programme=programme)

    assert verdict.get_absolute_url() == "/commitments/CR-1-01/#verdict-warm-homes"
    assert verdict.reference == "CR-1-01"
    assert str(verdict) == "CR-1-01 Accepted, Warm homes"
