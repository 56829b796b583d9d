"""A process that tries wrong passwords at the word, for tests of limits between machines."""

from __future__ import annotations

import os
import sys

import django
from django.test import Client


def main(times: int) -> None:
    """Say ready, wait for the word, then say the statuses of so many tries."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reforms.settings")
    django.setup()
    client = Client()
    client.get("/livez")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(times):
        status = client.post(
            "/accounts/sign-in/", {"username": "maya@example.org", "password": "wrong"}, headers={"Host": "localhost"}
        ).status_code
        sys.stdout.write(f"{status}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
