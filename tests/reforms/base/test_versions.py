"""What goes into a tag, and that nothing comes out of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import DateTimeField
from django.test import RequestFactory

from reforms.base import triggers, versions
from reforms.base.as_at import AsAt
from reforms.base.requests import Request
from reforms.base.versions import moments, release, tag_of
from tests.builders import make_consultation
from tests.reforms.base.settling import settle

NOW = datetime(2023, 4, 21, 12, tzinfo=UTC)
STEP = "when somebody took a step"
PAST = {
    "alerts.Flag.acknowledged_at": "when somebody did something",
    "alerts.Flag.cleared_at": "when the job did something",
    "alerts.Flag.raised_at": "when the job did something",
    "alerts.Flag.told_at": "when the job did something",
    "councils.PositionVersion.erased_at": STEP,
    "councils.PositionVersion.published_at": STEP,
    "councils.PositionVersion.started_at": STEP,
    "councils.PositionVersion.submitted_at": STEP,
    "councils.Renewal.at": STEP,
    "reports.CommitteeAction.closed_at": STEP,
    "reports.CommitteeAction.recorded_at": STEP,
    "reports.CommitteeReply.at": STEP,
    "reports.CommitteeReport.published_at": STEP,
    "reports.CommitteeReport.started_at": STEP,
    "consultations.Response.submitted_at": "when a body sent its answer; pages tell of it from the day it is known",
}
"""Moments of watched models that are over when they are written: they pass while nobody looks at them."""


def asked_for(address: str = "/commitments/", *, now: datetime = NOW, day: date | None = None) -> Request:
    request: Request = RequestFactory().get(address)  # type: ignore[assignment]
    request.as_at = AsAt(now=now, day=day or now.date())
    return request


@pytest.mark.django_db
class TestTag:
    def test_is_the_same_while_nothing_changes(self):
        assert tag_of(asked_for()) == tag_of(asked_for(now=NOW.replace(hour=13)))

    def test_tells_nothing_and_cannot_be_made_up(self, settings):
        """Nobody who knows the data's number, the day and the release can work it out without the key."""
        ours = tag_of(asked_for())
        settings.SECRET_KEY = "another key"

        assert ours
        assert len(ours) == len('W/""') + 32
        assert tag_of(asked_for()) != ours

    @pytest.mark.parametrize(
        ("address", "now"),
        [
            pytest.param("/commitments/?page=2", NOW, id="another address"),
            pytest.param("/commitments/", NOW.replace(day=22), id="another day"),
        ],
    )
    def test_is_another_on(self, address: str, now: datetime):
        assert tag_of(asked_for(address, now=now)) != tag_of(asked_for())

    def test_is_another_in_another_release(self, monkeypatch):
        ours = tag_of(asked_for())
        monkeypatch.setattr(versions, "release", lambda: "another")

        assert tag_of(asked_for()) != ours


@pytest.mark.django_db
class TestMoments:
    def test_are_all_openings_and_closings_in_order(self):
        consultation = make_consultation(closes_on=date(2031, 1, 2))
        found = moments(settle())

        assert found == sorted(found)
        assert {consultation.opens_at, consultation.closes_at} <= set(found)

    def test_are_asked_for_once_for_each_state_of_the_data(self, django_assert_num_queries):
        version = settle()
        moments(version)
        with django_assert_num_queries(0):
            moments(version)

    def test_promise_without_a_moment_is_left_out(self):
        make_consultation(is_promised=True)

        assert None not in moments(settle())


def fields() -> set[str]:
    """Every field of a watched model that holds a moment."""
    models = [model for model in apps.get_models() if triggers.is_watched(model)]
    named = [(model, field) for model in models for field in model._meta.fields if isinstance(field, DateTimeField)]
    return {f"{model._meta.label}.{field.name}" for model, field in named}


def test_every_moment_changes_pages_or_is_over_when_it_is_written():
    """A new one fails here until somebody has said which."""
    declared = {
        f"{room.label}.{model}.{field}"
        for room in apps.get_app_configs()
        for model, names in getattr(room, "moments", {}).items()
        for field in names
    }

    assert fields() == declared | PAST.keys()
    assert not declared & PAST.keys()


class TestRelease:
    @pytest.fixture
    def folder(self, tmp_path: Path, settings) -> Path:
        """A project of three files."""
        settings.BASE_DIR = tmp_path
        for name in ("pillars/views.py", "templates/base.html", "requirements/run.txt"):
            (tmp_path / name).parent.mkdir(parents=True)
            (tmp_path / name).write_text("words")
        return tmp_path

    def test_is_the_same_for_the_same_files(self, folder: Path):
        before = release.__wrapped__()
        (folder / "pillars" / "__pycache__").mkdir()
        (folder / "pillars" / "__pycache__" / "views.pyc").write_text("compiled")
        (folder / "notes.txt").write_text("not part of any page")

        assert release.__wrapped__() == before

    @pytest.mark.parametrize(
        "name", ["pillars/views.py", "templates/base.html", "requirements/run.txt", "pillars/new.py"]
    )
    def test_is_another_after_any_change(self, folder: Path, name: str):
        before = release.__wrapped__()
        (folder / name).write_text("other words")

        assert release.__wrapped__() != before

    def test_is_another_when_static_files_have_other_names(self, folder: Path, monkeypatch):
        before = release.__wrapped__()
        monkeypatch.setattr(versions.staticfiles_storage, "manifest_hash", "another", raising=False)

        assert release.__wrapped__() != before

    def test_covers_every_room_of_the_project(self):
        ours = [Path(room.path) for room in apps.get_app_configs() if "site-packages" not in room.path]

        assert {path.relative_to(settings.BASE_DIR).parts[0] for path in ours} <= set(versions.RELEASE)
        assert all((settings.BASE_DIR / name).exists() for name in versions.RELEASE)
