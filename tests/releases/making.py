"""Making what is kept of a release: see `python -m tests.releases make --help`."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.engines.postgres import running_postgres
from tests.surroundings import OWN_VARIABLES

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FIXTURES = HERE / "fixtures"


class MakeError(Exception):
    """Why nothing was made, in words for whoever typed the command."""


def make(version: str, *, code: Path = ROOT, into: Path = HERE) -> Path:
    """Make the folder of a release from its code; returns it.

    1. Keep the tables of each kind of database, as the release's own migrations make them.
    2. Fill those in SQLite with the release's own loader and models, and keep the rows: they are the same in either.
    3. Go on using it, and keep what that writes.
    4. Keep the hash of every migration.

    Raises MakeError where the code is of another release, or the folder is there: what was released stays as it is.
    """
    folder = into / version
    refuse(version, code, folder)
    with TemporaryDirectory() as scratch, running_postgres() as server:
        draft = Path(scratch) / version
        shutil.copytree(FIXTURES, draft / "fixtures")
        sqlite, postgresql = (
            partial(run, code, url) for url in (f"sqlite:///{scratch}/db.sqlite3", server.create("release"))
        )
        (draft / "sqlite.sql").write_text(sqlite("schema"))
        (draft / "data.sql").write_text(sqlite("first", str(FIXTURES / "first")))
        (draft / "inserts.sql").write_text(sqlite("later", str(FIXTURES / "later")))
        (draft / "postgresql.sql").write_text(postgresql("schema"))
        (draft / "migrations.txt").write_text("".join(f"{line}\n" for line in manifest(code)))
        shutil.copytree(draft, folder)
    return folder


def refuse(version: str, code: Path, folder: Path) -> None:
    release = tomllib.loads((code / "pyproject.toml").read_text())["project"]["version"]
    if release != version:
        raise MakeError(f"The code in {code} is of release {release}, not {version}.")
    if folder.exists():
        raise MakeError(f"{folder} is there already: what is kept of a release is never changed.")


def run(code: Path, url: str, *arguments: str) -> str:
    """What filling.py prints, run by the code of the release."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
    program = [sys.executable, str(HERE / "filling.py"), *arguments]
    with TemporaryDirectory() as folder:
        own = {"DJANGO_ENV": "test", "SECRET_KEY": "none", "DATABASE_URL": url, "VAR_DIR": folder}
        done = subprocess.run(program, cwd=code, env=kept | own, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MakeError(done.stderr)
    return done.stdout


def manifest(code: Path) -> list[str]:
    """The SHA-256 and path of every migration."""
    paths = [*code.glob("*/migrations/[0-9]*.py"), *code.glob("reforms/*/migrations/[0-9]*.py")]
    return [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(code)}" for path in sorted(paths)]
