"""The environment as a part that starts reads it."""

from __future__ import annotations

import pytest

from reforms.environment import Configuration, RefusedError, declared, read

WRONG = {
    "PORT": "abc",
    "HOST": "0.0.0.0:80",
    "ALLOWED_HOSTS": "https://reforms.example.org",
    "DATABASE_URL": "postgres://anna:hush@db:port/x",
    "REDIS_URL": "cache://:hush@cache",
    "DJANGO_ENV": "staging",
    "DEBUG": "perhaps",
    "TRUST_PROXY": "maybe",
    "HSTS_SECONDS": "x",
    "LOG_LEVEL": "LOUD",
    "LOG_FORMAT": "xml",
    "WEB_CONCURRENCY": "0",
}


def refusal(environ: dict[str, str]) -> list[str]:
    with pytest.raises(RefusedError) as refused:
        read(environ)
    return str(refused.value).splitlines()


def test_nothing_has_to_be_said():
    assert read({}) == Configuration()
    assert read(dict.fromkeys(declared(), " ")) == Configuration()


def test_values_are_read_by_their_kind():
    found = read({"PORT": " 8001 ", "TRUST_PROXY": "yes", "LOG_LEVEL": "debug", "DATABASE_URL": "sqlite:///x"})

    assert (found.port, found.trust_proxy, found.log_level, found.database_url) == (8001, True, "DEBUG", "sqlite:///x")


@pytest.mark.parametrize("name", list(WRONG))
def test_a_wrong_value_is_told_with_its_name_and_what_is_allowed(name):
    [sentence] = refusal({name: WRONG[name]})

    assert sentence.startswith(f"{name} ")
    assert "It must be" in sentence
    assert f"for example {name}={declared()[name][1].example}" in sentence


@pytest.mark.parametrize("name", [name for name in WRONG if not declared()[name][1].is_secret])
def test_a_wrong_value_is_repeated_where_it_is_no_secret(name):
    assert f"“{WRONG[name]}”" in "".join(refusal({name: WRONG[name]}))


def test_all_mistakes_are_told_at_once_and_secrets_never():
    sentences = refusal(WRONG)

    assert [sentence.partition(" ")[0] for sentence in sentences] == [name for name in declared() if name in WRONG]
    assert "hush" not in "".join(sentences)


def test_mistakes_between_variables_are_told_with_the_others():
    sentences = refusal({"PORT": "abc", "DJANGO_ENV": "production", "DEBUG": "on"})

    assert [sentence.partition(" ")[0] for sentence in sentences] == ["PORT", "DEBUG", "ALLOWED_HOSTS", "SECRET_KEY"]


def test_a_variable_that_cannot_be_read_is_not_blamed_twice():
    good = {"DJANGO_ENV": "production", "SECRET_KEY": "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY-zA_bC3dE5fG7hJ9kL1m"}

    assert len(refusal(good | {"ALLOWED_HOSTS": "https://reforms.example.org"})) == 1


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        pytest.param({}, "development", id="nothing said"),
        pytest.param({"ALLOWED_HOSTS": "localhost"}, "development", id="this machine"),
        pytest.param({"DJANGO_ENV": "test"}, "test", id="said so"),
    ],
)
def test_environment_name(environ, expected):
    assert read(environ).environment_name == expected
