"""Nell, the administrator, loads the fixtures: the first time writes everything, the second nothing."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from pillars.models import Commitment
from reforms.base.models import Event
from tests.reforms.pages.reading import words_of

pytestmark = pytest.mark.django_db


def load(*arguments: str) -> str:
    out = StringIO()
    call_command("load_reforms", *arguments, stdout=out)
    return out.getvalue()


def test_again_changes_nothing(cast):
    """The stage was loaded before the first test."""
    events = Event.objects.filter(verb="load", subject="fixtures").count()
    said = load("--by", cast["nell"].email)

    assert "created 0, changed 0" in said or "Nothing" in said
    assert Event.objects.filter(verb="load", subject="fixtures").count() == events


def test_rehearsal_finds_nothing_to_do(cast):
    said = load("--by", cast["nell"].email, "--dry-run")

    assert "created 0, changed 0" in said or "Nothing" in said


def test_correction_made_here_survives_the_next_load(cast, client: Client):
    Commitment.objects.filter(reference="SH-4-01").update(title="Corrected here")
    load("--by", cast["nell"].email)

    assert Commitment.objects.get(reference="SH-4-01").title == "Corrected here"


def test_nobody_else_loads_in_her_name(cast):
    with pytest.raises(CommandError, match="Nobody here has the e-mail address"):
        load("--by", "stranger@example.org")


def test_mistake_in_a_file_is_told_with_its_line_and_nothing_is_written(cast, tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text("commitments:\n  - {reference: SH-9-99}\n", encoding="utf-8")
    count = Commitment.objects.count()

    with pytest.raises(CommandError, match=r"wrong\.yaml(.|\n)*Nothing was written"):
        load(str(path))
    assert Commitment.objects.count() == count


def test_she_finds_the_record_of_it(sign_in):
    nell: Client = sign_in("nell")
    page = words_of(nell.get("/admin/base/event/"))

    assert "load" in page
    assert "fixtures" in page
