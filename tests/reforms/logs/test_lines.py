"""One formatter for all: ours, the libraries', warnings and errors."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime

import pytest
import structlog

from reforms import logs
from reforms.environment import Configuration


def fail() -> None:
    secret = "canary"  # noqa: F841 - locals are not logged
    raise ValueError("postgres://anna:canary@db/x refused")


@pytest.mark.parametrize("name", ["reforms.alerts.jobs", "django.request", "celery.beat", "gunicorn.error"])
def test_every_librarys_lines_have_the_same_shape(lines, name):
    logging.getLogger(name).warning("%s is away", "Redis")

    [line] = lines.all
    assert list(line) == ["time", "level", "logger", "event"]
    assert (line["level"], line["logger"], line["event"]) == ("warning", name, "Redis is away")


def test_lines_of_structlog_have_it_too(lines):
    structlog.get_logger("reforms.x").warning("redis away", seconds=3)

    [line] = lines.all
    assert list(line) == ["time", "level", "logger", "event", "seconds"]
    assert (line["level"], line["logger"], line["event"], line["seconds"]) == ("warning", "reforms.x", "redis away", 3)


def test_time_is_in_utc(lines):
    logging.getLogger("x").error("now")

    [line] = lines.all
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", line["time"])
    assert abs((datetime.now(UTC) - datetime.fromisoformat(line["time"])).total_seconds()) < 60


def test_the_number_of_the_request_comes_with_every_line(lines):
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        logging.getLogger("x").error("one")
        structlog.get_logger("y").error("two")

    assert [line["request_id"] for line in lines.all] == ["abc", "abc"]


@pytest.mark.parametrize("get_logger", [logging.getLogger, structlog.get_logger], ids=["standard", "structlog"])
def test_an_error_is_text_in_one_line(lines, get_logger):
    try:
        fail()
    except ValueError:
        get_logger("x").exception("It failed")

    [line] = lines.all
    assert line["exception"].splitlines()[-1] == "ValueError: postgres://[hidden]@db/x refused"
    assert "in fail" in line["exception"]
    assert "canary@" not in lines.text


def test_lines_of_text_stay_in_one_line(lines):
    logging.getLogger("x").error('two\nlines, "quoted" and “curly”')

    assert len(lines.text.splitlines()) == 1
    assert lines.all[0]["event"] == 'two\nlines, "quoted" and “curly”'


def test_a_process_that_an_error_ends_says_so_in_a_line(lines):
    try:
        fail()
    except ValueError:
        logs.log_uncaught(*sys.exc_info())

    [line] = lines.all
    assert (line["level"], "ValueError" in line["exception"]) == ("critical", True)


@pytest.mark.parametrize(
    ("environ", "log_format", "level"),
    [
        pytest.param({}, "lines", "WARNING", id="workbench"),
        pytest.param({"log_format": "json", "log_level": "DEBUG"}, "json", "DEBUG", id="workbench, asked otherwise"),
        pytest.param({"django_env": "production"}, "json", "INFO", id="production"),
        pytest.param({"django_env": "production", "log_level": "ERROR"}, "json", "ERROR", id="production, quieter"),
    ],
)
def test_format_and_level(environ, log_format, level):
    settings = logs.logging_for(Configuration(**environ))

    assert settings["handlers"]["console"]["formatter"] == log_format
    assert settings["root"]["level"] == level


def test_lines_for_people():
    record = logging.LogRecord("reforms.x", logging.WARNING, __file__, 1, "Redis is %s", ("away",), None)
    told = logs.line_formatter().format(record)

    assert re.match(r"\d{4}-\d\d-\d\dT.* \[warning\] +Redis is away +\[reforms\.x\]", told), told
    with pytest.raises(json.JSONDecodeError):
        json.loads(told)


def test_lines_for_people_have_tracebacks_over_several_lines():
    try:
        fail()
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "It failed", (), sys.exc_info())

    told = logs.line_formatter().format(record).splitlines()
    assert told[-1] == "ValueError: postgres://[hidden]@db/x refused"
