"""Loaded before anything else (pyproject.toml names it): the same surroundings for every run of the tests.

The settings see none of the person's own environment, no test reaches beyond this machine, and Django uses the
database that TEST_ENGINE names: sqlite (a file), or postgresql (inside the server of TEST_DATABASE_URL). This has to
happen here, before pytest-django reads the settings: later, a run on PostgreSQL would silently be one on SQLite.
"""

import gc
import ipaddress
import os
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

OWN_VARIABLES = (
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DEBUG",
    "EMAIL_FROM",
    "EMAIL_URL",
    "HOST",
    "HSTS_SECONDS",
    "LOG_FORMAT",
    "LOG_LEVEL",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_DOMAINS",
    "OIDC_NAME",
    "OIDC_SERVER_URL",
    "PGOPTIONS",
    "PORT",
    "REDIS_URL",
    "SECRET_KEY",
    "SITE_URL",
    "STATIC_ROOT",
    "TRUST_PROXY",
    "WEB_CONCURRENCY",
)
ENGINES = ("sqlite", "postgresql")
TESTS = Path(__file__).parent
DATABASE_FIXTURES = {"db", "transactional_db", "databases"}


def stand_apart() -> None:
    """Forget the person's settings and take those of a test."""
    for name in OWN_VARIABLES:
        os.environ.pop(name, None)
    os.environ["DJANGO_ENV"] = "test"
    os.environ["SECRET_KEY"] = "for tests alone: it guards nothing and nobody keeps it"
    if engine() == "postgresql":
        os.environ["DATABASE_URL"] = database_url(os.environ.get("TEST_DATABASE_URL", ""))


def engine() -> str:
    """The database that Django uses in this run. Raises UsageError for one we do not know."""
    name = os.environ.get("TEST_ENGINE") or "sqlite"
    if name not in ENGINES:
        raise pytest.UsageError(f"TEST_ENGINE is “{name}”. It must be one of: {', '.join(ENGINES)}.")
    return name


def database_url(server: str) -> str:
    """The address of the tests' own database in a server. Raises UsageError where there is no server."""
    if not server:
        raise pytest.UsageError("TEST_ENGINE=postgresql needs a server in TEST_DATABASE_URL. ./run test starts one.")
    return urlunsplit(urlsplit(server)._replace(path=f"/{own_names()}"))


def own_names() -> str:
    """How the names of all databases of this run begin, so that runs on one server do not meet."""
    return f"reforms_{os.environ.get('TEST_RUN') or 'alone'}"


def is_this_machine(address: Any) -> bool:
    """Whether a socket address stays on this machine: loopback, or a socket in the file system."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def given_addresses() -> set[tuple[str, int]]:
    """Where the Redis is that the person has named. (PostgreSQL's library does not go through Python's sockets.)"""
    given = urlsplit(os.environ.get("TEST_REDIS_URL", ""))
    if not given.hostname:
        return set()
    found = socket.getaddrinfo(given.hostname, given.port or 6379, type=socket.SOCK_STREAM)
    return {(str(address[0]), int(address[1])) for *_, address in found}


def go_offline() -> None:
    """Refuse every connection that would leave this machine, but for the servers that were named."""
    connect = socket.socket.connect
    given = given_addresses()

    def connect_on_this_machine(self: socket.socket, address: Any) -> None:
        if not is_this_machine(address) and tuple(address[:2]) not in given:
            raise ConnectionRefusedError(f"Tests are offline: nothing may connect to {address!r}")
        return connect(self, address)

    socket.socket.connect = connect_on_this_machine  # type: ignore[method-assign]


def pytest_configure() -> None:
    """A slow machine is no failure: Hypothesis looks for wrong answers, not for late ones."""
    from hypothesis import settings

    settings.register_profile("patient", deadline=None, derandomize="CI" in os.environ)
    settings.load_profile("patient")


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the garbage collector need not look through it again and again, which took
    a sixth of the time of all tests."""
    gc.collect()
    gc.freeze()


def pytest_sessionstart() -> None:
    """Refuse to run on another database than the one that was asked for; in every worker."""
    from django.db import connection

    if connection.vendor != engine():
        raise pytest.UsageError(f"This run is to be on {engine()}, but Django uses {connection.vendor}.")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """In the browser's phase of a run no other folder is read: that would take longer than its first tests."""
    is_folder_of_tests = collection_path.parent == TESTS and collection_path.is_dir()
    is_left_out = os.environ.get("TEST_PHASE") == "browser" and collection_path.name != "browser"
    return True if is_folder_of_tests and is_left_out else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses Django's database: those run on each. The browser's tests have their one folder."""
    for item in items:
        if item.get_closest_marker("browser") and TESTS / "browser" not in item.path.parents:
            raise pytest.UsageError(f"{item.nodeid} opens a browser, so it belongs in tests/browser")
        names = set(getattr(item, "fixturenames", ()))
        if names & DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker("database")


stand_apart()
go_offline()
