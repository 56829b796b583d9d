"""What the environment may say, and when it is refused.

Pure rules, used by the settings. A site that answers only to names of this machine is a workbench: nobody else
can reach it. One that answers to any other name is in production, and must then be told everything that matters.
"""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
ENVIRONMENTS = ("production", "development", "test")
DATABASE_SCHEMES = ("postgres", "postgresql", "psql", "pgsql", "sqlite")
REDIS_SCHEMES = ("redis", "rediss", "unix")
SHORTEST_KEY = 50
NEW_KEY_LINE = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"


def name_of(given: str, hosts: Iterable[str]) -> str:
    """The environment: the one that DJANGO_ENV gives, otherwise read from the hosts the site answers to."""
    if given:
        return given
    return "development" if all(is_local(host) for host in hosts) else "production"


def is_local(host: str) -> bool:
    """Whether a name in ALLOWED_HOSTS can only mean this machine."""
    return host in LOCAL_HOSTS or host.endswith(".localhost")


def mistakes(*, name: str, is_debug: bool, secret_key: str, hosts: list[str]) -> list[str]:
    """Everything wrong with the settings of this environment, each as a sentence that says how to put it right."""
    if name not in ENVIRONMENTS:
        return [f"DJANGO_ENV is “{name}”. It must be one of: {', '.join(ENVIRONMENTS)}."]
    found = []
    if "*" in hosts:
        found.append(
            "ALLOWED_HOSTS must not contain “*”. Name the hosts, for example ALLOWED_HOSTS=reforms.example.org"
        )
    if name == "production":
        found += production_mistakes(is_debug=is_debug, hosts=hosts)
        found += key_mistakes(secret_key)
    return found


def production_mistakes(*, is_debug: bool, hosts: list[str]) -> list[str]:
    """What is unsafe where other people can reach the site."""
    found = []
    if is_debug:
        found.append("DEBUG must be off in production: it shows settings and data to anyone. Remove DEBUG.")
    if all(is_local(host) for host in hosts):
        found.append("ALLOWED_HOSTS must name the site in production, for example ALLOWED_HOSTS=reforms.example.org")
    return found


def key_mistakes(secret_key: str) -> list[str]:
    """What is wrong with a SECRET_KEY that has to keep strangers out."""
    if not secret_key:
        return [f"SECRET_KEY must be set in production. Make one with: {NEW_KEY_LINE}"]
    if len(secret_key) < SHORTEST_KEY or len(set(secret_key)) < 10:
        return [f"SECRET_KEY is too easy to guess: {SHORTEST_KEY} characters or more. Make one with: {NEW_KEY_LINE}"]
    if secret_key.startswith("django-insecure-"):
        return [f"SECRET_KEY is Django's default. Make a new one with: {NEW_KEY_LINE}"]
    return []


def scheme_mistakes(variable: str, url: str, schemes: tuple[str, ...]) -> list[str]:
    """What is wrong with an address, if its scheme is none of these. Never repeats the address: it holds a password."""
    scheme, separator, _ = url.partition("://")
    if not url or (separator and scheme in schemes):
        return []
    return [f"{variable} must start with one of: {', '.join(f'{scheme}://' for scheme in schemes)}"]


def kept_secret_key(folder: Path) -> str:
    """The workbench's own key: random, made at the first start, readable by its owner alone.

    Several processes may start at once: whoever links the file first wins and the others read it.
    """
    path = folder / "secret-key"
    if not path.exists():
        draft = folder / f"secret-key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")
