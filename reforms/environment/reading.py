"""Reads the environment, once for each part that starts, and refuses what is wrong: all of it at once, in words."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from reforms.environment import rules
from reforms.environment.configuration import Configuration, Variable, declared
from reforms.environment.refusing import RefusedError


def read(environ: Mapping[str, str] | None = None) -> Configuration:
    """What the environment says; an empty value is the same as none.

    Raises RefusedError with a sentence for each mistake. No sentence repeats a secret.
    """
    values, found = _values(os.environ if environ is None else environ)
    configuration = Configuration(**values)
    refused = {name for name, _ in found}
    found += [mistake for mistake in _mistakes_between(configuration) if mistake[0] not in refused]
    if found:
        raise RefusedError("\n".join(sentence for _, sentence in found))
    return configuration


def _values(environ: Mapping[str, str]) -> tuple[dict[str, Any], list[rules.Mistake]]:
    """The values that can be read, by field, and a mistake for each one that cannot."""
    values: dict[str, Any] = {}
    found: list[rules.Mistake] = []
    for name, (field, variable) in declared().items():
        if not (text := environ.get(name, "").strip()):
            continue
        try:
            values[field.name] = variable.kind.read(text)
        except ValueError as error:
            found.append((name, _refusal(name, variable, text, str(error))))
    return values, found


def _refusal(name: str, variable: Variable, text: str, problem: str) -> str:
    """One sentence that names the variable, what is wrong with it, and what is allowed."""
    problem = problem or ("cannot be read" if variable.is_secret else f"is “{text}”")
    return f"{name} {problem}. It must be {variable.kind.allowed}, for example {name}={variable.example}"


def _mistakes_between(configuration: Configuration) -> list[rules.Mistake]:
    found = rules.mistakes(
        name=configuration.environment_name,
        is_debug=configuration.debug,
        secret_key=configuration.secret_key,
        hosts=configuration.allowed_hosts or rules.LOCAL_HOSTS,
    )
    provider = {
        "OIDC_SERVER_URL": configuration.oidc_server_url,
        "OIDC_CLIENT_ID": configuration.oidc_client_id,
        "OIDC_CLIENT_SECRET": configuration.oidc_client_secret,
        "OIDC_NAME": configuration.oidc_name,
    }
    return [*found, *rules.single_sign_on_mistakes(provider)]
