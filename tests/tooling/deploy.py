"""Reading docs/deploy: compose, Dockerfile and systemd units as data, so that tests can compare them with the code."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml
from django.core.management import get_commands, load_command_class

from reforms import serve
from tests.tooling.shell import ROOT

FOLDER = ROOT / "docs" / "deploy"
DOCKERFILE = FOLDER / "Dockerfile"
COMPOSE = FOLDER / "compose.yaml"
UNITS = sorted((FOLDER / "systemd").glob("*.service"))
OTHER_UNITS = sorted({*(FOLDER / "systemd").iterdir()} - {*UNITS})
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
SECRET = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY-zA_bC3dE5fG7hJ9kL1m"
VAR_DIR = "/var/lib/reform-tracker"

Unit = dict[str, list[tuple[str, str]]]


def compose() -> dict[str, Any]:
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))


def filled(value: str, given: dict[str, str]) -> str:
    """A value of compose with its variables filled in, as `docker compose` does. Raises KeyError for one without."""

    def fill(match: re.Match[str]) -> str:
        name, sign, rest = match.groups()
        if sign == ":-":
            return given.get(name, rest)
        return given[name]

    return re.sub(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}", fill, value)


def instructions(text: str) -> list[tuple[str, str]]:
    """The instructions of a Dockerfile in order, each with what follows it in one line."""
    kept = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    lines = re.sub(r"\\\n\s*", " ", kept).splitlines()
    return [(word.upper(), rest.strip()) for word, _, rest in (line.partition(" ") for line in lines if line.strip())]


def unit(path: Path) -> Unit:
    """A systemd unit: names may repeat, so the values of each section are pairs in order."""
    found: Unit = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r"\[\w+\]", line):
            section = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith(("#", ";")):
            name, sign, value = line.partition("=")
            assert sign, f"{path.name}: {line}"
            section.append((name, value))
    return found


def values(unit: Unit, section: str, name: str) -> list[str]:
    return [value for each, value in unit.get(section, []) if each == name]


def words(unit: Unit, section: str, name: str) -> set[str]:
    return {word for value in values(unit, section, name) for word in value.split()}


def own_commands(path: Path) -> Iterator[list[str]]:
    """What a unit starts, without the interpreter. Raises AssertionError for another interpreter than the project's."""
    for line in values(unit(path), "Service", "ExecStart"):
        interpreter, *arguments = shlex.split(line.lstrip("-"))
        assert interpreter == "/opt/reform-tracker/.venv/bin/python", line
        yield arguments


def assert_resolves(arguments: Sequence[str]) -> None:
    """What follows `python` starts something that is there, with options that it knows.

    The long-running parts have to be started exactly as `./run` starts them, which other tests do.
    """
    if arguments[0] == "manage.py":
        _, name, *options = arguments
        assert name in get_commands(), name
        command = load_command_class(get_commands()[name], name)
        command.create_parser("manage.py", name).parse_args(options)
    else:
        assert list(arguments) in long_running(), arguments


def long_running() -> list[list[str]]:
    """The parts that run until they are stopped, as `./run` starts them but for the folder of beat's memory."""
    schedule = f"{VAR_DIR}/beat-schedule"
    found = []
    for command in serve.commands(has_workers=True).values():
        _, *arguments = command
        found.append([schedule if part.endswith("beat-schedule") else part for part in arguments])
    return found


def is_ignored(path: str, patterns: Sequence[str]) -> bool:
    """Whether a .dockerignore keeps a path out: the last pattern that fits it, or a folder above it, decides."""
    parts = Path(path).parts
    above = ["/".join(parts[:number]) for number in range(1, len(parts) + 1)]
    ignored = False
    for pattern in patterns:
        is_exception, bare = pattern.startswith("!"), pattern.lstrip("!")
        if any(
            fnmatch(each, bare) or (bare.startswith("**/") and fnmatch(each.rpartition("/")[2], bare[3:]))
            for each in above
        ):
            ignored = not is_exception
    return ignored
