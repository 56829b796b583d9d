"""The settings as a process meets them: refused in words and without a traceback, or silent."""

import sys

import pytest

from tests.tooling.shell import finish, manage

PRODUCTION = {
    "ALLOWED_HOSTS": "reforms.example.org",
    "SECRET_KEY": "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY-zA_bC3dE5fG7hJ9kL1m",
    "DATABASE_URL": "sqlite://:memory:",
}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"DEBUG": "true"}, "DEBUG must be off", id="debug"),
        pytest.param({"SECRET_KEY": ""}, "SECRET_KEY must be set", id="no-key"),
        pytest.param({"SECRET_KEY": "changeme"}, "SECRET_KEY is too easy", id="weak-key"),
        pytest.param({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must not contain", id="any-host"),
        pytest.param({"DJANGO_ENV": "production", "ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name", id="no-host"),
        pytest.param({"DATABASE_URL": "mysql://a:hush@db/x"}, "DATABASE_URL must start with", id="mysql"),
        pytest.param({"REDIS_URL": "redis.example.org"}, "REDIS_URL must start with", id="no-redis-scheme"),
    ],
)
@pytest.mark.long  # a process each; tests/reforms/environment has the rules themselves
def test_production_settings_are_refused(tmp_path, changed, says):
    result = manage("check", **(PRODUCTION | changed), VAR_DIR=str(tmp_path))
    assert result.returncode == 1
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert "hush" not in result.stderr


WRONG = {
    "PORT": "abc",
    "LOG_LEVEL": "LOUD",
    "WEB_CONCURRENCY": "0",
    "HSTS_SECONDS": "x",
    "TRUST_PROXY": "maybe",
    "DATABASE_URL": "postgres://anna:hu#sh@db/x",
}


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(["manage.py", "check"], id="commands"),
        pytest.param(["-m", "gunicorn", "--config", "python:reforms.web", "reforms.wsgi"], id="web-server"),
        pytest.param(["-m", "celery", "--quiet", "--app", "reforms", "worker"], id="worker", marks=pytest.mark.long),
        pytest.param(["-m", "celery", "--quiet", "--app", "reforms", "beat"], id="beat", marks=pytest.mark.long),
        pytest.param(["-m", "reforms.serve"], id="run", marks=pytest.mark.long),
        pytest.param(["-m", "reforms.probe"], id="probe", marks=pytest.mark.long),
    ],
)
def test_every_program_refuses_all_that_is_wrong_at_once(tmp_path, program):
    result = finish([sys.executable, *program], PRODUCTION | WRONG | {"VAR_DIR": str(tmp_path)})

    assert result.returncode == 1
    assert {line.partition(" ")[0] for line in result.stderr.splitlines()} == set(WRONG)
    assert len(result.stderr.splitlines()) == len(WRONG)
    assert "hu#sh" not in result.stderr + result.stdout


def test_production_settings_pass_djangos_own_inspection(tmp_path):
    result = manage("check", "--deploy", "--fail-level=WARNING", **PRODUCTION, VAR_DIR=str(tmp_path))
    assert (result.returncode, result.stderr) == (0, "")


def test_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "taken").touch()
    result = manage("check", VAR_DIR=str(tmp_path / "taken" / "var"))
    assert (result.returncode, "Traceback" in result.stderr) == (1, False)
    assert "Nothing can be written in VAR_DIR" in result.stderr


def test_nothing_has_to_be_set_on_this_machine(tmp_path):
    program = "from django.conf import settings as s; print(s.ENVIRONMENT, s.DEBUG, s.DATABASES['default']['NAME'])"
    result = manage("shell", "--no-imports", "--command", program, VAR_DIR=str(tmp_path))
    assert result.stdout.split() == ["development", "False", str(tmp_path / "reform-tracker.sqlite3")]
