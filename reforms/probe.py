"""Asks the web server of this machine whether it lives: `python -m reforms.probe` ends with 0 if it does, or with 1."""

from __future__ import annotations

import http.client
import sys

from reforms import environment
from reforms.environment.rules import LOCAL_HOSTS

SECONDS_TO_ANSWER = 2


def main() -> int:
    """What a container or a load balancer's script asks for."""
    return 0 if answers() else 1


def answers() -> bool:
    """Whether the web server answers /livez."""
    configuration = environment.read()
    host = (configuration.allowed_hosts or LOCAL_HOSTS)[0].lstrip(".")
    address = local_address(configuration.host)
    connection = http.client.HTTPConnection(address, configuration.port, timeout=SECONDS_TO_ANSWER)
    try:
        connection.request("GET", "/livez", headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def local_address(host: str) -> str:
    """Where this machine reaches a web server: loopback, unless that listens on one other address alone."""
    return "127.0.0.1" if host in ("", "0.0.0.0", "[::]") else host.strip("[]")  # noqa: S104


if __name__ == "__main__":
    sys.exit(main())
