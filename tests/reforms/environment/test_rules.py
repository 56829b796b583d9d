"""What is refused although every value can be read. Pure rules: no settings are loaded here."""

from __future__ import annotations

import pytest

from reforms.environment import rules

GOOD_KEY = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY-zA_bC3dE5fG7hJ9kL1m"


@pytest.mark.parametrize(
    ("given", "hosts", "expected"),
    [
        pytest.param("", ["localhost", "127.0.0.1", "[::1]"], "development", id="this-machine-only"),
        pytest.param("", ["reforms.localhost"], "development", id="a-name-of-this-machine"),
        pytest.param("", ["localhost", "reforms.example.org"], "production", id="one-public-name"),
        pytest.param("", ["192.168.1.4"], "production", id="an-address-others-can-reach"),
        pytest.param("", ["*"], "production", id="any-name"),
        pytest.param("production", ["localhost"], "production", id="said-so"),
        pytest.param("development", ["laptop.example.org"], "development", id="said-otherwise"),
    ],
)
def test_name_of(given, hosts, expected):
    assert rules.name_of(given, hosts) == expected


@pytest.mark.parametrize(
    ("key", "says"),
    [
        pytest.param("", "must be set", id="missing"),
        pytest.param("changeme", "too easy", id="short"),
        pytest.param("a" * 80, "too easy", id="long-but-one-letter"),
        pytest.param(f"django-insecure-{GOOD_KEY}", "default", id="djangos-own"),
    ],
)
def test_secret_key_in_production_is_refused(key, says):
    [(name, sentence)] = rules.mistakes(
        name="production", is_debug=False, secret_key=key, hosts=["reforms.example.org"]
    )
    assert name == "SECRET_KEY"
    assert says in sentence
    assert not key or key not in sentence


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"is_debug": True}, "DEBUG", id="debug"),
        pytest.param({"hosts": ["*"]}, "“*”", id="any-host"),
        pytest.param({"hosts": ["reforms.example.org", "*"]}, "“*”", id="any-host-among-others"),
        pytest.param({"hosts": ["localhost"]}, "ALLOWED_HOSTS", id="no-public-host"),
    ],
)
def test_production_mistakes(changed, says):
    good = {"name": "production", "is_debug": False, "secret_key": GOOD_KEY, "hosts": ["reforms.example.org"]}
    assert list(rules.mistakes(**good)) == []
    [(name, sentence)] = rules.mistakes(**(good | changed))
    assert sentence.startswith(name)
    assert says in sentence


def test_any_host_is_refused_in_development_too():
    assert list(rules.mistakes(name="development", is_debug=True, secret_key="", hosts=["*"]))


PROVIDER = {
    "OIDC_SERVER_URL": "https://id.example.org",
    "OIDC_CLIENT_ID": "reform-tracker",
    "OIDC_CLIENT_SECRET": "hush",
    "OIDC_NAME": "Exampleshire",
}


@pytest.mark.parametrize("missing", [(), tuple(PROVIDER)], ids=["all", "none"])
def test_single_sign_on_is_all_or_nothing(missing):
    assert list(rules.single_sign_on_mistakes(PROVIDER | dict.fromkeys(missing, ""))) == []


@pytest.mark.parametrize("missing", PROVIDER)
def test_what_single_sign_on_lacks_is_named(missing):
    [(name, sentence)] = rules.single_sign_on_mistakes(PROVIDER | {missing: ""})

    assert name == missing
    assert sentence.startswith(f"{missing} must be set too")
    assert "hush" not in sentence


@pytest.mark.parametrize(
    ("address", "is_refused"),
    [
        ("https://login.microsoftonline.com/common/v2.0", True),
        ("https://login.microsoftonline.com/organizations/v2.0", True),
        ("https://login.microsoftonline.com/consumers/v2.0", True),
        ("https://login.microsoftonline.com/", True),
        ("https://login.microsoftonline.com", True),
        ("https://login.microsoftonline.com/0f6a.example/v2.0", False),
        ("https://login.microsoftonline.com/commonplace.example.org/v2.0", False),
    ],
)
def test_provider_of_everybody_is_refused(address, is_refused):
    found = list(rules.single_sign_on_mistakes(PROVIDER | {"OIDC_SERVER_URL": address}))

    assert [name for name, _ in found] == (["OIDC_SERVER_URL"] if is_refused else [])
