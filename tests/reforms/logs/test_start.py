"""A process of its own, from its start to an error that ends it: whatever it says on standard error is a line."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.tooling.shell import ROOT, environ, manage

PROGRAM = """
import logging, warnings
import django
django.setup()
import structlog
warnings.warn("an old thing with password=canary")
logging.getLogger("celery.beat").info("Sending postgres://anna:canary@db/x")
structlog.get_logger("reforms.x").info("hello", token="canary")
raise RuntimeError("the end, by redis://:canary@cache/0")
"""


def lines_of(words: str) -> list[dict]:
    return [json.loads(line) for line in words.splitlines()]


@pytest.fixture
def json_lines(tmp_path):
    return {"VAR_DIR": str(tmp_path), "LOG_FORMAT": "json", "LOG_LEVEL": "DEBUG"}


def test_everything_said_is_a_line(json_lines):
    given = environ(**json_lines, DJANGO_SETTINGS_MODULE="reforms.settings")
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False
    )

    told = {line["logger"]: line for line in lines_of(ended.stderr)}
    assert {"py.warnings", "celery.beat", "reforms.x", "reforms"} <= set(told)
    assert "UserWarning: an old thing" in told["py.warnings"]["event"]
    assert told["reforms"]["exception"].endswith("RuntimeError: the end, by redis://[hidden]@cache/0")
    assert "canary" not in ended.stderr + ended.stdout
    assert ended.returncode == 1


def test_a_database_that_refuses_is_told_without_its_password(json_lines):
    ended = manage("migrate", "--traceback", **json_lines, DATABASE_URL="postgres://anna:canary@127.0.0.1:1/reforms")

    assert ended.returncode != 0
    assert any("OperationalError" in line.get("exception", "") for line in lines_of(ended.stderr))
    assert "canary" not in ended.stderr + ended.stdout
