"""The made-up country: as many of everything as was asked for, the same for the same seed, and fit to be shown."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Count, Q
from django.test import Client

from councils.models import Claim, Council, Position, PositionVersion
from pillars.models import Commitment, Deadline, FundingLine, Pillar, ProgressUpdate
from reforms.base import triggers
from reforms.base.models import DataVersion
from tests.bench import national
from tests.bench.national import DAY, make_national
from tests.bench.national_plan import LONG_PILLAR, LONG_ROWS, SOURCE
from tests.bench.surroundings import ROOT
from tests.bench.words import LONGEST_TEXT
from tests.browser.pages import PAGES

pytestmark = pytest.mark.once

COUNCILS, COMMITMENTS = 4, 500
"""So many commitments that the short pillars have come up to the longest but one."""
SAMPLE = 40


@pytest.fixture
def country(db):
    make_national(councils=COUNCILS, commitments=COMMITMENTS)


def published() -> Q:
    return Q(state=PositionVersion.State.PUBLISHED)


def content() -> str:
    """A hash of all that was made, without the keys that the database happened to give."""
    told = hashlib.sha256()
    facts = (
        Commitment.objects.order_by("reference").values_list("reference", "title", "summary", "parent__reference"),
        Deadline.objects.order_by("commitment__reference", "number").values_list("words", "latest", "known_on"),
        PositionVersion.objects.order_by(
            "position__organisation__slug", "position__pillar__number", "position__commitment__reference", "number"
        ).values_list("state", "origin", "readiness", "text", "review_on", "citations__locator"),
        Claim.objects.order_by("text", "stale_on", "kind", "figure").values_list("text", "about__reference"),
    )
    for rows in facts:
        for row in sorted(map(repr, rows)):
            told.update(row.encode())
    return told.hexdigest()


def made_and_undone(**options) -> str:
    with transaction.atomic():
        make_national(councils=3, commitments=COMMITMENTS, **options)
        made = content()
        transaction.set_rollback(True)
    return made


def test_every_council_holds_a_position_on_all_that_is_promised(country):
    assert Commitment.objects.count() == COMMITMENTS
    promised = Commitment.objects.exclude(kind=Commitment.Kind.RECOMMENDATION)
    on_commitments = Position.objects.filter(pillar=None)
    assert on_commitments.count() == COUNCILS * promised.count()
    of_those = Position.objects.filter(organisation__in=on_commitments.values("organisation"))
    pillars = Pillar.objects.filter(commitments__in=promised).distinct()
    assert of_those.filter(pillar__in=pillars).count() == COUNCILS * pillars.count()


def test_last_version_is_published_and_earlier_ones_are_superseded(country):
    own = Position.objects.filter(pillar=None)
    states = own.annotate(
        published=Count("versions", filter=Q(versions__state="published")),
        superseded=Count("versions", filter=Q(versions__state="superseded")),
    )
    assert set(states.values_list("published", "superseded")) == {(1, 1)}
    drafts = PositionVersion.objects.filter(state=PositionVersion.State.DRAFT)
    assert 0 < drafts.count() < own.count() / 5
    assert set(drafts.values_list("number", flat=True)) == {3}


def test_a_plausible_share_is_due_for_review(country):
    versions = PositionVersion.objects.filter(published(), position__pillar=None)
    due = versions.filter(review_on__lt=DAY).count()
    assert 0.2 < due / versions.count() < 0.45
    assert Claim.objects.filter(stale_on__lte=DAY).exists()
    assert ProgressUpdate.objects.filter(known_on__gt=DAY - timedelta(days=100)).exists()


def test_texts_are_as_long_as_councils_write(country):
    made = PositionVersion.objects.filter(position__pillar=None).values_list("text", flat=True)
    lengths = [len(text) for text in made]
    assert min(lengths) >= 200
    assert max(lengths) <= LONGEST_TEXT
    assert 400 < sum(lengths) / len(lengths) < 900


def test_commitments_spread_over_the_pillars(country):
    filled = Commitment.objects.filter(pillar__programme__slug="stable-homes")
    held = Counter(filled.values_list("pillar__number", flat=True))
    made = Commitment.objects.filter(citations__source__slug=SOURCE).distinct()
    assert made.filter(pillar__number=LONG_PILLAR).count() == LONG_ROWS
    assert held.pop(LONG_PILLAR) > max(held.values())
    assert max(held.values()) - min(held.values()) <= 2


def test_usual_size_leaves_room_for_made_up_commitments(db):
    assert Commitment.objects.count() + LONG_ROWS < national.COMMITMENTS


def test_claims_are_made_as_often_as_was_asked_for(db):
    make_national(councils=2, commitments=0, claimed=1)
    made = PositionVersion.objects.filter(position__pillar=None)
    assert made.exists()
    assert not made.filter(claims=None).exists()


def test_parts_share_pillar_and_reference_with_their_whole(country):
    for part in Commitment.objects.exclude(parent=None).select_related("parent"):
        assert part.reference.startswith(part.parent.reference)
        assert part.pillar_id == part.parent.pillar_id


@pytest.mark.parametrize(
    "model", [Commitment, Deadline, FundingLine, ProgressUpdate, PositionVersion, Claim], ids=lambda each: each.__name__
)
def test_what_is_made_is_valid(country, model):
    """Rows go past the models, so the models look at some of them afterwards."""
    step = max(1, model.objects.count() // SAMPLE)
    for found in model.objects.order_by("-pk")[::step]:
        try:
            found.full_clean()
        except ValidationError as error:
            raise AssertionError(f"{found}: {error}") from error


def test_keys_lead_to_rows_and_go_on_from_the_last(country):
    connection.check_constraints()
    last = Position.objects.order_by("-pk")[0]
    new = Position.objects.create(
        organisation=Council.objects.filter(ends_on=None).order_by("-gss_code")[0].organisation,
        programme=last.programme,
    )
    assert new.pk > last.pk


def test_triggers_stand_again_and_the_version_has_moved(db):
    before = DataVersion.objects.get().number
    make_national(councils=2, commitments=0, versions=1, is_lean=True)
    assert triggers.install() == 0
    assert DataVersion.objects.get().number > before or connection.vendor == "postgresql"  # there, at the commit


def test_same_seed_makes_the_same_words(db):
    first = made_and_undone()
    assert made_and_undone() == first
    assert made_and_undone(seed=1) != first


def test_lean_rows_have_their_versions_and_few_words(db):
    make_national(councils=3, commitments=COMMITMENTS, versions=3, is_lean=True)
    made = PositionVersion.objects.filter(position__pillar=None)
    last_ones = made.filter(published(), number=3)
    assert last_ones.count() > 500
    assert made.filter(state=PositionVersion.State.SUPERSEDED).count() == 2 * last_ones.count()
    first, last = made.filter(position=last_ones[0].position_id).order_by("number")[:3:2]
    assert first.published_on == last.published_on - timedelta(days=240)
    assert list(first.covers.all()) == list(last.covers.all()) != []
    assert max(len(text) for text in made.values_list("text", flat=True)) < 200
    assert not made.exclude(citations=None).exists()


@pytest.mark.long
def test_more_councils_than_there_are_get_invented(db):
    make_national(councils=156, commitments=0, versions=1, is_lean=True)
    assert Council.objects.filter(ends_on=None).count() == 156
    invented = Council.objects.get(organisation__slug="council-156")
    assert Position.objects.filter(organisation=invented.organisation).exists()


def test_is_refused_twice(country):
    with pytest.raises(ValueError, match="already"):
        make_national()


def test_is_refused_without_the_fixtures(db):
    Council.objects.all().delete()
    with pytest.raises(ValueError, match="Load the fixtures first"):
        make_national()


@pytest.mark.long
def test_every_page_answers(country):
    client = Client(raise_request_exception=False)
    pages = {page.id: page for page in PAGES if not page.only}
    answers = {name: client.get(page.on(DAY)).status_code for name, page in pages.items()}
    assert answers == {name: page.status for name, page in pages.items()}


def test_command_keeps_its_hands_off_a_file_that_exists(tmp_path):
    path = tmp_path / "there.sqlite3"
    path.touch()
    command = [sys.executable, "-m", "tests.bench.national", str(path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 1
    assert "exists already" in result.stderr
