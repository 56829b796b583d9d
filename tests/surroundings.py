"""Loaded before anything else (pyproject.toml names it): the same surroundings for every run of the tests.

The settings see none of the person's own environment, and no test reaches beyond this machine.
"""

import ipaddress
import os
import socket
from typing import Any

OWN_VARIABLES = (
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DEBUG",
    "HOST",
    "HSTS_SECONDS",
    "LOG_LEVEL",
    "PORT",
    "REDIS_URL",
    "SECRET_KEY",
    "TRUST_PROXY",
    "WEB_CONCURRENCY",
)


def stand_apart() -> None:
    """Forget the person's settings and take those of a test."""
    for name in OWN_VARIABLES:
        os.environ.pop(name, None)
    os.environ["DJANGO_ENV"] = "test"
    os.environ["SECRET_KEY"] = "for tests alone: it guards nothing and nobody keeps it"


def is_this_machine(address: Any) -> bool:
    """Whether a socket address stays on this machine: loopback, or a socket in the file system."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def go_offline() -> None:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def connect_on_this_machine(self: socket.socket, address: Any) -> None:
        if not is_this_machine(address):
            raise ConnectionRefusedError(f"Tests are offline: nothing may connect to {address!r}")
        return connect(self, address)

    socket.socket.connect = connect_on_this_machine  # type: ignore[method-assign]


def pytest_configure() -> None:
    """A slow machine is no failure: Hypothesis looks for wrong answers, not for late ones."""
    from hypothesis import settings

    settings.register_profile("patient", deadline=None, derandomize="CI" in os.environ)
    settings.load_profile("patient")


stand_apart()
go_offline()
