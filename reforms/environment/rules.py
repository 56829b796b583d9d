"""What is refused although every value can be read: rules between variables, and what is unsafe in production.

A site that answers only to names of this machine is a workbench: nobody else can reach it. One that answers to any
other name is in production, and must then be told everything that matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_KEY = 50
NEW_KEY_LINE = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"

Mistake = tuple[str, str]
"""The variable at fault, and a sentence that says how to put it right."""


def name_of(given: str, hosts: Iterable[str]) -> str:
    """The environment: the one that DJANGO_ENV gives, otherwise read from the hosts the site answers to."""
    if given:
        return given
    return "development" if all(is_local(host) for host in hosts) else "production"


def is_local(host: str) -> bool:
    """Whether a name in ALLOWED_HOSTS can only mean this machine."""
    return host in LOCAL_HOSTS or host.endswith(".localhost")


def mistakes(*, name: str, is_debug: bool, secret_key: str, hosts: Iterable[str]) -> Iterator[Mistake]:
    """Everything that cannot be so in an environment of this name."""
    hosts = tuple(hosts)
    if "*" in hosts:
        yield (
            "ALLOWED_HOSTS",
            "ALLOWED_HOSTS must not contain “*”. Name the hosts, for example ALLOWED_HOSTS=reforms.example.org",
        )
    if name == "production":
        yield from production_mistakes(is_debug=is_debug, hosts=hosts)
        yield from key_mistakes(secret_key)


def production_mistakes(*, is_debug: bool, hosts: Iterable[str]) -> Iterator[Mistake]:
    """What is unsafe where other people can reach the site."""
    if is_debug:
        yield "DEBUG", "DEBUG must be off in production: it shows settings and data to anyone. Remove DEBUG."
    if all(is_local(host) for host in hosts):
        yield (
            "ALLOWED_HOSTS",
            "ALLOWED_HOSTS must name the site in production, for example ALLOWED_HOSTS=reforms.example.org",
        )


def key_mistakes(secret_key: str) -> Iterator[Mistake]:
    """What is wrong with a SECRET_KEY that has to keep strangers out."""
    if not secret_key:
        yield "SECRET_KEY", f"SECRET_KEY must be set in production. Make one with: {NEW_KEY_LINE}"
    elif len(secret_key) < SHORTEST_KEY or len(set(secret_key)) < 10:
        yield (
            "SECRET_KEY",
            f"SECRET_KEY is too easy to guess: {SHORTEST_KEY} characters or more. Make one with: {NEW_KEY_LINE}",
        )
    elif secret_key.startswith("django-insecure-"):
        yield "SECRET_KEY", f"SECRET_KEY is Django's default. Make a new one with: {NEW_KEY_LINE}"


def single_sign_on_mistakes(given: Mapping[str, str]) -> Iterator[Mistake]:
    """What is wrong with the variables of the provider that people sign in with: all of them are set, or none."""
    missing = [name for name, value in given.items() if not value]
    if missing and len(missing) < len(given):
        for name in missing:
            yield name, f"{name} must be set too: single sign-on needs {', '.join(given)}, or none of them."
    server = given["OIDC_SERVER_URL"]
    if re.match(r"https://login\.microsoftonline\.com(/(common|organizations|consumers)\b|/?$)", server):
        yield (
            "OIDC_SERVER_URL",
            "OIDC_SERVER_URL must name your own tenant: at this address any tenant may say whose an e-mail address is. "
            "For example OIDC_SERVER_URL=https://login.microsoftonline.com/TENANT/v2.0",
        )
