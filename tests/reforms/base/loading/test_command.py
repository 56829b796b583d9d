"""`manage.py load_reforms`: what it prints, and how it ends."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from reforms.base.management.commands.load_reforms import Command
from reforms.base.models import Event, User
from tests.loading_desk import PILLAR_FILE, Desk, contents

ALL = ("plan", "councils", "consultations")


def run(*args: str) -> str:
    printed = StringIO()
    call_command("load_reforms", *args, stdout=printed, skip_checks=True)
    return printed.getvalue()


def test_it_prints_what_it_wrote(desk: Desk) -> None:
    assert run(*ALL).endswith("Wrote 40: created 40, changed 0.\n")
    assert run(*ALL).endswith("Nothing to write.\n")


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    before = contents()
    assert run("--dry-run", *ALL).endswith("A dry run: nothing was written. It would create 40 and change 0.\n")
    assert contents() == before


def test_mistakes_end_it_with_the_list_and_no_traceback(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Command, "requires_system_checks", [])
    monkeypatch.setattr(connections, "close_all", lambda: None)
    desk.change(PILLAR_FILE, "strength: firm", "strength: strong")
    desk.change(PILLAR_FILE, "title: Heat every home", "titel: Heat every home")
    before = contents()
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "load_reforms", *ALL])
    assert ended.value.code == 1
    assert contents() == before
    assert capsys.readouterr().err.splitlines() == [
        "CommandError: the files cannot be loaded.",
        f"{PILLAR_FILE}:7: title is missing.",
        f"{PILLAR_FILE}:8: Unknown key “titel”. Allowed here: cite, condition, deadlines, funding, kind, known_on, "
        "lead, merged_into, mission, official_title, parts, pilots, progress, reference, strength, summary, title, "
        "verdicts, wordings.",
        f"{PILLAR_FILE}:11: strength is “strong”; it has to be one of firm, subject_to, test_first, consult_on, "
        "explore, ambition.",
        "3 mistakes. Nothing was written.",
    ]


def test_one_mistake_is_one_mistake(desk: Desk) -> None:
    with pytest.raises(CommandError, match=r"\n1 mistake\. Nothing was written\.$"):
        run("nowhere.yaml")


def test_it_says_by_whom(desk: Desk) -> None:
    person = User.objects.create_user("ada@example.org")
    run("--by", "Ada@Example.org", *ALL)
    assert Event.objects.latest("pk").by == person


def test_by_somebody_unknown_is_refused(desk: Desk) -> None:
    with pytest.raises(CommandError, match=r"Nobody here has the e-mail address eve@example\.org\."):
        run("--by", "eve@example.org", *ALL)
