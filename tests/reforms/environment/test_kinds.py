"""What each kind of value allows, and what it makes of it."""

from __future__ import annotations

import pytest

from reforms.environment import kinds

PORT = kinds.number(1, 65535)
LEVEL = kinds.one_of("INFO", "WARNING")


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        pytest.param(PORT, "8000", 8000, id="number"),
        pytest.param(PORT, "1", 1, id="number, the lowest"),
        pytest.param(PORT, "65535", 65535, id="number, the highest"),
        pytest.param(PORT, "0080", 80, id="number, with zeros before it"),
        pytest.param(kinds.number(0), "0", 0, id="number, none at all"),
        pytest.param(LEVEL, "info", "INFO", id="word, in the other case"),
        pytest.param(kinds.FLAG, "True", True, id="yes"),
        pytest.param(kinds.FLAG, "off", False, id="no"),
        pytest.param(kinds.HOSTS, "a.example.org", ("a.example.org",), id="one host"),
        pytest.param(
            kinds.HOSTS, " a.example.org, [::1] ,,.example.org", ("a.example.org", "[::1]", ".example.org"), id="hosts"
        ),
        pytest.param(kinds.LISTENING, "0.0.0.0", "0.0.0.0", id="every address"),
        pytest.param(kinds.LISTENING, "[::]", "[::]", id="every address, IPv6"),
        pytest.param(kinds.DATABASE, "postgres://anna:pw@db/reforms", "postgres://anna:pw@db/reforms", id="postgres"),
        pytest.param(
            kinds.DATABASE, "postgresql://anna@/r?host=/run/pg", "postgresql://anna@/r?host=/run/pg", id="socket"
        ),
        pytest.param(kinds.DATABASE, "sqlite:////srv/r.sqlite3", "sqlite:////srv/r.sqlite3", id="sqlite"),
        pytest.param(kinds.DATABASE, "sqlite://:memory:", "sqlite://:memory:", id="sqlite, in memory"),
        pytest.param(kinds.MAIL, "smtp+tls://a:pw@mail:587", "smtp+tls://a:pw@mail:587", id="mail"),
        pytest.param(kinds.MAILBOX, "a.b+c@x.example.org", "a.b+c@x.example.org", id="mailbox"),
        pytest.param(kinds.HTTPS, "https://id.example.org/t/v2.0", "https://id.example.org/t/v2.0", id="https"),
        pytest.param(kinds.REDIS, "rediss://:pw@cache:6380/0", "rediss://:pw@cache:6380/0", id="redis"),
        pytest.param(
            kinds.REDIS, "redis+socket:///run/redis.sock", "redis+socket:///run/redis.sock", id="redis, by a socket"
        ),
    ],
)
def test_read(kind, text, expected):
    assert kind.read(text) == expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param(PORT, "abc", id="number, of letters"),
        pytest.param(PORT, "0", id="number, too low"),
        pytest.param(PORT, "65536", id="number, too high"),
        pytest.param(PORT, "-1", id="number, negative"),
        pytest.param(PORT, "8e3", id="number, as engineers write it"),
        pytest.param(PORT, "٨٠", id="number, in other digits"),
        pytest.param(PORT, "9" * 5000, id="number, endless"),
        pytest.param(LEVEL, "LOUD", id="word, unknown"),
        pytest.param(kinds.MAIL, "mail.example.org", id="mail, without a scheme"),
        pytest.param(kinds.MAILBOX, "Anna <a@example.org>", id="mailbox, with a name"),
        pytest.param(kinds.MAILBOX, "a@example.org, b@example.org", id="mailboxes"),
        pytest.param(kinds.HTTPS, "http://id.example.org", id="http"),
        pytest.param(kinds.FLAG, "maybe", id="neither yes nor no"),
        pytest.param(kinds.HOSTS, "https://a.example.org", id="host, with a scheme"),
        pytest.param(kinds.HOSTS, "a.example.org:8000", id="host, with a port"),
        pytest.param(kinds.HOSTS, "a.example.org b.example.org", id="hosts, without commas"),
        pytest.param(kinds.LISTENING, "0.0.0.0:80", id="address, with a port"),
        pytest.param(kinds.LISTENING, "::1", id="address, IPv6 without brackets"),
        pytest.param(kinds.DATABASE, "mysql://anna:hush@db/x", id="another database"),
        pytest.param(kinds.DATABASE, "postgres", id="no address"),
        pytest.param(kinds.DATABASE, "/srv/r.sqlite3", id="a path"),
        pytest.param(kinds.DATABASE, "postgres://anna:hush@db", id="no name of a database"),
        pytest.param(kinds.DATABASE, "sqlite://", id="no file"),
        pytest.param(kinds.DATABASE, "postgres://anna:hu#sh@db/x", id="password that ends the address"),
        pytest.param(kinds.DATABASE, "postgres://anna:hush@db:port/x", id="port of letters"),
        pytest.param(kinds.REDIS, "cache:6379", id="redis, no scheme"),
    ],
)
def test_refused_without_repeating_it(kind, text):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the words may be none
        kind.read(text)

    assert "hush" not in str(refused.value)
