"""Running the project's own commands, in an environment of their own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.surroundings import OWN_VARIABLES

ROOT = Path(__file__).resolve().parents[2]


def environ(**given: str) -> dict[str, str]:
    """This process's environment, with no setting but those given."""
    kept = {name: value for name, value in os.environ.items() if name not in (*OWN_VARIABLES, "DJANGO_ENV", "CI")}
    return kept | given


def run(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """`./run ARGUMENTS` with these settings, to its end."""
    return finish([str(ROOT / "run"), *arguments], given)


def manage(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """`manage.py ARGUMENTS` with these settings, to its end."""
    return finish([sys.executable, "manage.py", *arguments], given)


def finish(command: list[str], given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, env=environ(**given), capture_output=True, text=True, timeout=60, check=False
    )
