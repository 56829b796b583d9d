"""What the environment may say. Pure rules: no settings are loaded here."""

import stat

import pytest

from reforms import environment

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
    assert environment.name_of(given, hosts) == expected


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
    [mistake] = environment.mistakes(name="production", is_debug=False, secret_key=key, hosts=["reforms.example.org"])
    assert "SECRET_KEY" in mistake
    assert says in mistake


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"is_debug": True}, "DEBUG", id="debug"),
        pytest.param({"hosts": ["*"]}, "“*”", id="any-host"),
        pytest.param({"hosts": ["reforms.example.org", "*"]}, "“*”", id="any-host-among-others"),
        pytest.param({"hosts": ["localhost"]}, "ALLOWED_HOSTS", id="no-public-host"),
        pytest.param({"name": "staging"}, "DJANGO_ENV", id="unknown-environment"),
    ],
)
def test_production_mistakes(changed, says):
    good = {"name": "production", "is_debug": False, "secret_key": GOOD_KEY, "hosts": ["reforms.example.org"]}
    assert environment.mistakes(**good) == []
    [mistake] = environment.mistakes(**(good | changed))
    assert says in mistake


def test_all_mistakes_are_listed_at_once():
    found = environment.mistakes(name="production", is_debug=True, secret_key="", hosts=["*"])
    assert len(found) == 3


def test_any_host_is_refused_in_development_too():
    assert environment.mistakes(name="development", is_debug=True, secret_key="", hosts=["*"])


@pytest.mark.parametrize(
    ("url", "is_accepted"),
    [
        pytest.param("", True, id="unset"),
        pytest.param("postgres://anna:secret@db/reforms", True, id="postgres"),
        pytest.param("sqlite:////srv/reforms.sqlite3", True, id="sqlite"),
        pytest.param("mysql://anna:secret@db/reforms", False, id="another-database"),
        pytest.param("postgres", False, id="no-address"),
        pytest.param("/srv/reforms.sqlite3", False, id="a-path"),
    ],
)
def test_scheme_mistakes(url, is_accepted):
    found = environment.scheme_mistakes("DATABASE_URL", url, environment.DATABASE_SCHEMES)
    assert (found == []) is is_accepted
    assert "secret" not in "".join(found)


def test_kept_secret_key_is_made_once_and_is_the_owners_alone(tmp_path):
    first = environment.kept_secret_key(tmp_path)
    assert environment.kept_secret_key(tmp_path) == first
    assert environment.key_mistakes(first) == []
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_kept_secret_key_when_another_process_was_faster(tmp_path, monkeypatch):
    winner = environment.kept_secret_key(tmp_path)
    path_class = type(tmp_path)
    monkeypatch.setattr(path_class, "exists", lambda self: False)
    assert environment.kept_secret_key(tmp_path) == winner
