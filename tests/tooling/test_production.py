"""The web server of production: what it believes of a request, the headers of its answers, and what it logs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.tooling.production import HOST, ProductionSite, prepare, web_server

pytestmark = pytest.mark.long

CANARY = "canary7"
FORGED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Ssl": "on",
    "X-Forwarded-Host": "evil.example.org",
    "X-Forwarded-For": "192.0.2.9",
    "X-Request-ID": "forged-number-1",
}
HTTPS = {"X-Forwarded-Proto": "https"}
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
ON_PAGES = {"X-Frame-Options": "DENY"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> dict[str, str]:
    return prepare(tmp_path_factory.mktemp("production"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("words")


@pytest.fixture(scope="module")
def site(prepared, folder) -> Iterator[ProductionSite]:
    """Behind a proxy that is trusted."""
    with web_server(folder, **prepared, TRUST_PROXY="true") as site:
        yield site


@pytest.fixture(scope="module")
def bare_site(prepared, folder) -> Iterator[ProductionSite]:
    """Where nobody is trusted."""
    with web_server(folder, **prepared) as site:
        yield site


def style_sheet(site: ProductionSite) -> str:
    page = site.ask("/", headers=HTTPS).body.decode()
    [address] = re.findall(r'href="(/static/build/app\.\w+\.css)"', page)
    return address


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/commitments.csv", 200),
        ("/commitments.json", 200),
        ("/commitments/?nothing=1", 400),
        ("/accounts/sign-in/", 200),
        ("/admin/", 302),
        ("/nowhere/", 404),
        ("/livez", 200),
    ],
)
def test_headers_of_answers(site, address, status):
    answer = site.ask(address, headers=HTTPS)

    assert answer.status == status
    assert {name: answer.headers[name] for name in EVERYWHERE | ON_PAGES} == EVERYWHERE | ON_PAGES
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])


def test_headers_of_static_files(site):
    answer = site.ask(style_sheet(site), headers=HTTPS)

    assert answer.status == 200
    assert {name: answer.headers[name] for name in EVERYWHERE} == EVERYWHERE
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_cookies_travel_by_https_alone_and_no_script_reads_the_session(site):
    [cookie] = site.ask("/accounts/sign-in/", headers=HTTPS).headers.get_all("Set-Cookie")

    assert cookie.startswith("csrftoken=")
    assert "Secure" in cookie
    assert "SameSite=Lax" in cookie


def test_nobody_is_believed_without_a_trusted_proxy(bare_site):
    answer = bare_site.ask("/as-at/", headers=FORGED)

    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/as-at/")
    assert answer.headers["X-Request-ID"] != FORGED["X-Request-ID"]


def test_a_trusted_proxy_is_believed_about_the_protocol_and_the_number(site):
    answer = site.ask("/as-at/", headers=FORGED)

    assert answer.status == 200
    assert answer.headers["X-Request-ID"] == FORGED["X-Request-ID"]
    assert b"evil" not in answer.body


def test_a_forged_host_is_never_believed(site):
    redirected = site.ask("/as-at/", headers=FORGED | {"X-Forwarded-Proto": "http"})

    assert redirected.headers["Location"] == f"https://{HOST}/as-at/"
    assert site.ask("/as-at/", headers=FORGED | {"Host": "evil.example.org"}).status == 400


@pytest.mark.parametrize("header", ["SCRIPT_NAME", "PATH_INFO", "REMOTE_USER", "Remote-User"])
def test_no_header_changes_the_address_or_the_person(site, header):
    answer = site.ask("/admin/", headers=HTTPS | {header: "/livez"})

    assert answer.status == 302
    assert answer.headers["Location"].startswith("/admin/login/")


def test_gunicorn_alone_would_believe_anybody_on_this_machine(prepared, folder):
    """What reforms/web.py guards against."""
    command = ("-m", "gunicorn", "--bind", "127.0.0.1:{port}", "reforms.wsgi")
    with web_server(folder, command=command, **prepared) as site:
        assert site.ask("/as-at/", headers=HTTPS).status == 200


def test_every_line_is_json_and_no_secret_is_in_it(bare_site, site):
    secrets = {"Cookie": f"sessionid={CANARY}", "Authorization": f"Bearer {CANARY}", "X-Api-Key": CANARY}
    form = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://a.example.org/?t={CANARY}"}
    bare_site.ask(f"/commitments/?token={CANARY}", headers=secrets)
    sign_in = f"username={CANARY}@example.gov.uk&password={CANARY}&csrfmiddlewaretoken={CANARY}"
    site.ask(f"/accounts/sign-in/?code={CANARY}", "POST", body=sign_in, headers=HTTPS | secrets | form)
    site.ask(f"/nowhere/?token={CANARY}", headers={"Host": f"{CANARY}.example.org"})
    site.ask(f"/{'x' * 40_000}?token={CANARY}")

    for each in (bare_site, site):
        assert CANARY not in each.words.read_text()
        assert "127.0.0.1" not in "".join(line["event"] for line in each.lines if "Listening" not in line["event"])
        assert {"time", "level", "logger", "event"} <= set.intersection(*map(set, each.lines))


def test_one_line_for_each_request_and_none_for_probes(bare_site):
    number = bare_site.ask("/commitments/").headers["X-Request-ID"]
    bare_site.ask("/livez")

    [line] = [line for line in bare_site.lines if line.get("request_id") == number]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/commitments/", 301)
    assert "/livez" not in [line.get("path") for line in bare_site.lines]
