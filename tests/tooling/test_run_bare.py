"""./run on a machine where something is missing: it says what, and the line to type."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tooling.shell import ROOT, environ

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
TOO_OLD = "exit 1"
WITHOUT_VENV = f'case "$*" in *ensurepip*) exit 1 ;; esac; exec {sys.executable} "$@"'


@pytest.fixture
def machine(tmp_path):
    """A copy of ./run on a machine with hardly anything installed: name a program and what it does to install it."""
    shutil.copy(ROOT / "run", tmp_path / "run")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("bash", "dirname", "env"):
        (programs / name).symlink_to(str(shutil.which(name)))
    install(programs, "id", "echo 1000")
    return programs


def install(programs: Path, name: str, does: str) -> None:
    program = programs / name
    program.write_text(f"#!{programs / 'bash'}\n{does}\n")
    program.chmod(0o755)


def run_on(programs: Path, command: str = "check", **given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(programs.parent / "run"), command],
        env=environ(PATH=str(programs), **given),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_no_python(machine):
    result = run_on(machine)
    assert result.returncode == 1
    assert "needs Python 3.11 to 3.13" in result.stderr


def test_python_is_too_old_on_debian(machine):
    install(machine, "python3", TOO_OLD)
    install(machine, "apt-get", "exit 1")
    result = run_on(machine)
    assert result.returncode == 1
    assert "Type: sudo apt-get update && sudo apt-get install -y python3 python3-venv" in result.stderr


def test_python_without_venv_on_debian(machine):
    install(machine, "python3", WITHOUT_VENV)
    install(machine, "apt-get", "exit 1")
    result = run_on(machine)
    assert result.returncode == 1
    assert f"Type: sudo apt-get update && sudo apt-get install -y python{VERSION}-venv" in result.stderr


def test_python_without_venv_as_root_needs_no_sudo(machine):
    install(machine, "python3", WITHOUT_VENV)
    install(machine, "apt-get", "exit 1")
    install(machine, "id", "echo 0")
    assert f"Type: apt-get update && apt-get install -y python{VERSION}-venv" in run_on(machine).stderr


def test_python_without_venv_elsewhere(machine):
    install(machine, "python3", WITHOUT_VENV)
    assert f"package manager: python{VERSION}-venv" in run_on(machine).stderr


def test_no_chromium_is_refused_before_anything_is_installed(machine):
    install(machine, "apt-get", "exit 1")
    result = run_on(machine, "test", CHROMIUM="")
    assert result.returncode == 1
    assert "Type: sudo apt-get update && sudo apt-get install -y chromium fonts-liberation" in result.stderr


@pytest.mark.parametrize("user", ["0", "1000"], ids=["root", "somebody"])
def test_no_chromium_in_ci_is_installed_or_is_a_failure(machine, user):
    asked = machine.parent / "asked"
    install(machine, "id", f"echo {user}")
    install(machine, "apt-get", f'echo "$@" >>{asked}; exit 1')
    result = run_on(machine, "test", CI="true", CHROMIUM="")
    assert result.returncode != 0
    assert asked.exists() is (user == "0")


@pytest.mark.parametrize("user", ["0", "1000"], ids=["root", "somebody"])
def test_servers_are_installed_in_ci_by_root_alone_and_are_no_need(machine, user):
    asked = machine.parent / "asked"
    asked.touch()
    install(machine, "id", f"echo {user}")
    install(machine, "chromium", "exit 0")
    install(machine, "apt-get", f'echo "$@" >>{asked}; exit 1')
    result = run_on(machine, "test", CI="true", CHROMIUM="", TEST_DATABASE_URL="", TEST_REDIS_URL="")
    assert ("redis-server" in asked.read_text()) is (user == "0")
    assert ("the tests bring servers of their own" in result.stdout) is (user == "0")
    assert "needs Python 3.11 to 3.13" in result.stderr, "it goes on to the next thing that is missing"


def test_servers_that_were_given_are_not_installed(machine):
    asked = machine.parent / "asked"
    install(machine, "id", "echo 0")
    install(machine, "chromium", "exit 0")
    install(machine, "apt-get", f'echo "$@" >>{asked}; exit 1')
    run_on(machine, "test", CI="true", CHROMIUM="", TEST_DATABASE_URL="postgres://", TEST_REDIS_URL="redis://")
    assert not asked.exists()
