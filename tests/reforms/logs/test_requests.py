"""The number of a request, its line, and what the line never says."""

from __future__ import annotations

import logging
import re
import sys
from types import ModuleType

import pytest
import structlog
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import include, path

from reforms.base.models import User
from reforms.logs.requests import HEADER

pytestmark = pytest.mark.django_db

CANARY = "canary7"
PASSWORD = f"{CANARY}-password-of-anna"
MADE = r"[0-9a-f]{32}"


@login_not_required
def fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(f"No answer from redis://:{CANARY}@cache/0 for {request.headers['Authorization']}")


@login_not_required
def tells_too_much(request: HttpRequest) -> HttpResponse:
    logging.getLogger("x").warning("Was sent %s and %s", dict(request.headers), request.POST)
    structlog.get_logger("x").warning("sent", headers=dict(request.headers), cookies=request.COOKIES, by="a@b.org")
    return HttpResponse()


@login_not_required
def streams(request: HttpRequest) -> StreamingHttpResponse:
    def rows():
        logging.getLogger("x").warning("a row")
        yield "a,b\n"

    return StreamingHttpResponse(rows())


@pytest.fixture
def more_pages(settings):
    """The site, and three pages that do what no page should."""
    module = ModuleType("tests_more_pages")
    module.urlpatterns = [
        path("fails/", fails),
        path("tells-too-much/", tells_too_much),
        path("streams/", streams),
        path("", include(settings.ROOT_URLCONF)),
    ]
    sys.modules[module.__name__] = module
    settings.ROOT_URLCONF = module.__name__
    yield
    del sys.modules[module.__name__]


@pytest.fixture
def anna() -> User:
    return User.objects.create_user(email="anna@council.example", password=PASSWORD, name="Anna")


def test_every_answer_has_a_number_of_its_own(public):
    numbers = [public.get(address)[HEADER] for address in ("/", "/livez", "/nowhere/", "/my-work/", "/?as_at=never")]

    assert all(re.fullmatch(MADE, number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("trusted", "given", "is_taken"),
    [
        pytest.param(True, "7f3a-proxy.42_X", True, id="from the proxy"),
        pytest.param(False, "7f3a-proxy.42_X", False, id="from anybody"),
        pytest.param(True, "short", False, id="too short"),
        pytest.param(True, "a" * 65, False, id="too long"),
        pytest.param(True, "7f3a proxy 42", False, id="with spaces"),
        pytest.param(True, '7f3a","level":"x', False, id="with quotes"),
        pytest.param(True, "７ｆ３ａ－ｐｒｏｘｙ", False, id="with other letters"),
        pytest.param(True, "7f3a-proxy\n{}", False, id="with a second line"),
        pytest.param(True, "", False, id="empty"),
    ],
)
def test_a_number_is_taken_from_a_trusted_proxy_alone(public, lines, settings, trusted, given, is_taken):
    settings.TRUST_PROXY = trusted
    number = public.get("/livez", headers={HEADER: given})[HEADER]

    assert (number == given) is is_taken
    assert is_taken or re.fullmatch(MADE, number)


def test_a_line_for_each_request(public, lines):
    answer = public.get("/commitments/?q=canary7")

    [line] = lines.of("request")
    milliseconds = line.pop("milliseconds")
    assert 0 < milliseconds < 60_000
    assert line.pop("time")
    assert line == {
        "level": "info",
        "logger": "reforms.logs.requests",
        "event": "request",
        "request_id": answer[HEADER],
        "method": "GET",
        "path": "/commitments/",
        "status": 200,
        "bytes": len(answer.content),
    }


@pytest.mark.parametrize(
    ("method", "address", "has_line"),
    [
        ("get", "/livez", False),
        ("get", "/readyz", False),
        ("post", "/livez", True),
        ("get", "/nowhere/", True),
        ("get", "/my-work/", True),
        ("get", "/static/nothing.css", True),
    ],
)
def test_probes_have_a_line_only_where_something_is_wrong(public, lines, method, address, has_line):
    getattr(public, method)(address)

    assert bool(lines.of("request")) is has_line


def test_who_asked_is_a_number_and_costs_no_question(client, anna, lines, django_assert_num_queries):
    client.force_login(anna)
    with django_assert_num_queries(0):
        client.get("/livez")
    client.get("/accounts/sign-in/")

    [line] = lines.of("request")
    assert line["user"] == anna.pk
    assert anna.email not in lines.text


def test_lines_of_a_stream_have_its_number_and_lines_after_it_have_none(public, lines, more_pages):
    answer = public.get("/streams/")
    assert answer.getvalue() == b"a,b\n"
    answer.close()
    logging.getLogger("x").warning("afterwards")

    assert lines.of("a row")[0]["request_id"] == answer[HEADER]
    assert "request_id" not in lines.of("afterwards")[0]


def test_an_error_is_logged_with_the_number_of_its_request(lines, more_pages):
    client = Client(raise_request_exception=False)
    answer = client.get(f"/fails/?token={CANARY}", headers={"Authorization": f"Bearer {CANARY}"})

    [line] = [line for line in lines.all if line["logger"] == "django.request"]
    assert (answer.status_code, line["request_id"], line["level"]) == (500, answer[HEADER], "error")
    assert line["exception"].splitlines()[-1].startswith("RuntimeError: No answer from redis://[hidden]@cache/0")
    assert lines.of("request")[0]["status"] == 500
    assert CANARY not in lines.text


def test_a_long_path_is_cut(public, lines):
    public.get(f"/{'x' * 5000}/")

    assert len(lines.of("request")[0]["path"]) == 500


@pytest.mark.parametrize("is_right", [True, False], ids=["right", "wrong"])
def test_signing_in_leaves_no_secret_behind(client, anna, lines, is_right):
    password = PASSWORD if is_right else f"{PASSWORD}-wrong"
    answer = client.post("/accounts/sign-in/", {"username": anna.email, "password": password})
    session = client.cookies["sessionid"].value if is_right else "-"
    token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else "-"
    client.get("/my-work/")

    assert answer.status_code == (302 if is_right else 200)
    assert lines.of("request")
    for secret in (CANARY, anna.email, "anna", *(each for each in (session, token) if each != "-")):
        assert secret not in lines.text


@pytest.mark.parametrize("address", ["/accounts/invitation/7-{}/", "/accounts/password/reset/key/7-c3-{}/"])
def test_links_that_let_somebody_in_leave_no_secret_behind(client, anna, lines, address):
    client.get(address.format(CANARY))

    assert lines.of("request")[0]["path"].startswith("/accounts/")
    assert CANARY not in lines.text


def test_refused_forms_leave_no_secret_behind(anna, lines):
    client = Client(enforce_csrf_checks=True)
    client.post(
        f"/accounts/sign-in/?next=/&token={CANARY}",
        {"username": anna.email, "password": PASSWORD, "csrfmiddlewaretoken": CANARY},
        headers={"Cookie": f"sessionid={CANARY}", "Referer": f"https://other.example.org/?code={CANARY}"},
        secure=True,
    )

    assert lines.of("request")[0]["status"] == 403
    assert CANARY not in lines.text


def test_a_page_that_tells_too_much_is_not_believed(lines, more_pages):
    client = Client(headers={"Authorization": f"Basic {CANARY}=="})
    client.cookies["sessionid"] = CANARY
    client.post("/tells-too-much/", {"password": CANARY, "token": CANARY}, headers={"X-Api-Key": CANARY})

    assert len(lines.all) >= 3
    assert CANARY not in lines.text
    assert "a@b.org" not in lines.text


def test_without_the_mask_it_would_be_there(lines, more_pages, monkeypatch):
    monkeypatch.setattr("reforms.logs.mask", lambda value: dict(value))
    Client().post("/tells-too-much/", {"password": CANARY})

    assert CANARY in lines.text
