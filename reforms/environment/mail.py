"""How letters are sent, as the environment says it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from reforms.environment.configuration import Configuration
from reforms.environment.rules import LOCAL_HOSTS

PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


@dataclass(frozen=True, kw_only=True)
class Mail:
    """Django's settings of e-mail."""

    backend: str
    sender: str
    host: str = "localhost"
    port: int = PORTS["smtp"]
    user: str = ""
    password: str = ""
    uses_tls: bool = False
    uses_ssl: bool = False


def mail_of(configuration: Configuration) -> Mail:
    """By the server of EMAIL_URL. Without one letters are printed at the workbench, and sent nowhere in production."""
    sender = configuration.email_from or f"reform-tracker@{_own_name(configuration)}"
    if not configuration.email_url:
        name = "dummy" if configuration.is_production else "console"
        return Mail(backend=f"django.core.mail.backends.{name}.EmailBackend", sender=sender)
    parts = urlsplit(configuration.email_url)
    return Mail(
        backend="django.core.mail.backends.smtp.EmailBackend",
        sender=sender,
        host=parts.hostname or "localhost",
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        uses_tls=parts.scheme == "smtp+tls",
        uses_ssl=parts.scheme == "smtp+ssl",
    )


def _own_name(configuration: Configuration) -> str:
    return (configuration.allowed_hosts or LOCAL_HOSTS)[0].lstrip(".")
