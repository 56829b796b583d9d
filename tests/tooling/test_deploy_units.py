"""The systemd units: read, and compared with the code they start."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reforms.environment import declared, read
from tests.tooling.deploy import (
    OTHER_UNITS,
    PAGE,
    SECRET,
    UNITS,
    VAR_DIR,
    assert_resolves,
    own_commands,
    unit,
    values,
    words,
)
from tests.tooling.shell import ROOT

NAMES = {path.name for path in (*UNITS, *OTHER_UNITS)}
MIGRATE = "reform-tracker-migrate.service"
STAYING = ("web", "worker", "beat")
LOCKED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "CapabilityBoundingSet": "",
    "StateDirectory": "reform-tracker",
    "EnvironmentFile": "/etc/reform-tracker/environment",
    "WorkingDirectory": "/opt/reform-tracker",
    "User": "reform-tracker",
}


def named(part: str):
    [path] = [path for path in UNITS if path.name == f"reform-tracker-{part}.service"]
    return unit(path)


def common(path: Path) -> list[tuple[str, str]]:
    """What every unit of ours has to say alike: who it runs as, and what it cannot do."""
    told = unit(path)["Service"]
    return told[[name for name, _ in told].index("User") :]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_every_command_is_there(path):
    for arguments in own_commands(path):
        assert_resolves(arguments)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_every_unit_is_locked_up_alike(path):
    told = dict(common(path))

    assert LOCKED.items() <= told.items()
    assert common(path) == common(UNITS[0])


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_variables_of_a_unit_are_declared(path):
    given = dict(word.split("=", 1) for word in words(unit(path), "Service", "Environment"))

    assert {name for name in given if not name.startswith("PYTHON")} <= set(declared())
    assert given["VAR_DIR"] == VAR_DIR == f"/var/lib/{dict(common(path))['StateDirectory']}"


@pytest.mark.parametrize("part", [*STAYING, "run-due"])
def test_nothing_starts_before_the_database_is_up_to_date(part):
    assert MIGRATE in words(named(part), "Unit", "Requires")
    assert MIGRATE in words(named(part), "Unit", "After")


def test_migrate_comes_first_and_a_plan_that_cannot_be_loaded_stops_nothing():
    commands = values(named("migrate"), "Service", "ExecStart")

    assert [re.search(r"manage.py (\w+)", command)[1] for command in commands] == [
        "migrate",
        "load_reforms",
        "collectstatic",
    ]
    assert [command.startswith("-") for command in commands] == [False, True, False]
    assert values(named("migrate"), "Service", "Type") == ["oneshot"]
    assert values(named("migrate"), "Service", "RemainAfterExit") == ["yes"]


def test_there_is_exactly_one_beat():
    with_beat = [path.name for path in UNITS for arguments in own_commands(path) if "beat" in arguments]

    assert with_beat == ["reform-tracker-beat.service"]
    assert not [name for name in NAMES if "@" in name]


@pytest.mark.parametrize("part", STAYING)
def test_what_stays_is_started_again_and_with_the_machine(part):
    assert values(named(part), "Service", "Restart") == ["always"]
    assert values(named(part), "Install", "WantedBy") == ["reform-tracker.target"]


@pytest.mark.parametrize("path", [*UNITS, *OTHER_UNITS], ids=lambda path: path.name)
def test_units_name_units_that_are_there(path):
    told = unit(path)
    named = {word for name in ("Requires", "Wants", "After", "PartOf") for word in words(told, "Unit", name)}
    named |= words(told, "Install", "WantedBy")

    assert {name for name in named if name.startswith("reform-tracker")} <= NAMES


def test_the_timer_starts_the_work_that_is_due_every_hour():
    timer = unit(next(path for path in OTHER_UNITS if path.suffix == ".timer"))

    assert values(timer, "Timer", "OnCalendar") == ["*:05"]
    assert list(own_commands(next(path for path in UNITS if "run-due" in path.name))) == [["manage.py", "run_due"]]


def test_the_page_for_operators_names_them_and_its_settings_would_start():
    for name in ("reform-tracker.target", "reform-tracker-run-due.timer", "reform-tracker-migrate"):
        assert name in PAGE
    block = next(block for block in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL) if "REDIS_URL=" in block)
    given = dict(line.split("=", 1) for line in block.strip().splitlines())

    assert set(given) <= set(declared())
    assert read(given | {"SECRET_KEY": SECRET}).is_production


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd is not on this machine; the units are read above"
)
def test_systemd_understands_them(tmp_path):
    for path in (*UNITS, *OTHER_UNITS):
        text = path.read_text(encoding="utf-8").replace("/opt/reform-tracker/.venv/bin/python", sys.executable)
        (tmp_path / path.name).write_text(text.replace("/opt/reform-tracker", str(ROOT)), encoding="utf-8")
    units = [str(path) for path in sorted(tmp_path.iterdir())]
    ended = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, timeout=60, check=False
    )

    assert (ended.returncode, ended.stdout + ended.stderr) == (0, "")
