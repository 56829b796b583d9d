"""Every run of the tests has the same surroundings."""

import socket

import pytest
from django.conf import settings

from tests.surroundings import is_this_machine


def test_settings_are_those_of_a_test():
    assert settings.ENVIRONMENT == "test"
    assert settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"


def test_network_is_off():
    with pytest.raises(ConnectionRefusedError, match="Tests are offline"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param(("127.0.0.1", 80), True, id="loopback"),
        pytest.param(("127.8.8.8", 80), True, id="all-of-loopback"),
        pytest.param(("::1", 80, 0, 0), True, id="loopback-6"),
        pytest.param(("localhost", 80), True, id="by-name"),
        pytest.param("/tmp/socket", True, id="a-file"),
        pytest.param(("192.0.2.1", 80), False, id="elsewhere"),
        pytest.param(("2001:db8::1", 80, 0, 0), False, id="elsewhere-6"),
        pytest.param(("example.org", 80), False, id="elsewhere-by-name"),
    ],
)
def test_is_this_machine(address, expected):
    assert is_this_machine(address) is expected
