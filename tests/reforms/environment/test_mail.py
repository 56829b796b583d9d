"""How letters are sent."""

from __future__ import annotations

import pytest

from reforms.environment import Configuration
from reforms.environment.mail import mail_of


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("smtp://mail.example.org", ("mail.example.org", 25, "", "", False, False), id="plain"),
        pytest.param(
            "smtp+tls://anna:p%40ss@mail.example.org",
            ("mail.example.org", 587, "anna", "p@ss", True, False),
            id="tls-after-a-greeting",
        ),
        pytest.param("smtp+ssl://m:2465", ("m", 2465, "", "", False, True), id="tls-from-the-start"),
    ],
)
def test_server(url: str, expected: tuple):
    mail = mail_of(Configuration(email_url=url, email_from="reforms@example.org"))

    assert (mail.host, mail.port, mail.user, mail.password, mail.uses_tls, mail.uses_ssl) == expected
    assert mail.backend.endswith("smtp.EmailBackend")
    assert mail.sender == "reforms@example.org"


@pytest.mark.parametrize(
    ("hosts", "backend", "sender"),
    [
        pytest.param((), "console", "reform-tracker@localhost", id="workbench"),
        pytest.param(("reforms.example.org",), "dummy", "reform-tracker@reforms.example.org", id="production"),
    ],
)
def test_without_a_server(hosts: tuple[str, ...], backend: str, sender: str):
    """In production nothing is printed: letters carry links that let people in."""
    mail = mail_of(Configuration(allowed_hosts=hosts))

    assert mail.backend == f"django.core.mail.backends.{backend}.EmailBackend"
    assert mail.sender == sender
