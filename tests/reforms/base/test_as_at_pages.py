"""The day in the address, on every page: answered for, carried by every link, or refused by name."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from django.test import Client

from reforms.base.forms import AsAtForm
from tests.reforms.pages.addresses import DATA, PAGES
from tests.reforms.pages.reading import links_of, own_links, source_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
BAD = [
    "0001-01-01", "9999-12-31", "2019-12-31", "2026-11-22", "2023-02-30", "20230421", "2023-W16-5", "", "yesterday",
    "\0", "'\"><script>", "٢٠٢٣-٠٤-٢١", "2" * 10_000,
]  # fmt: skip


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOON, tick=False):
        yield


def asked(path: str, *days: str) -> str:
    return f"{path}?{urlencode([('as_at', day) for day in days])}"


class TestRefused:
    @pytest.mark.parametrize(
        ("name", "day"),
        [*[("programmes", day) for day in BAD], *[(name, day) for name in PAGES for day in ("9999-12-31", "\0")]],
        ids=lambda value: repr(value[:12]),
    )
    def test_page_is_a_form_error_that_names_the_parameter(self, public: Client, name: str, day: str):
        response = public.get(asked(PAGES[name], day))

        assert response.status_code == 400
        assert "There is a problem" in words_of(response)
        assert "as_at: Enter a" in words_of(response)
        assert "<script>" not in source_of(response).partition("<main")[2]

    @pytest.mark.parametrize(
        ("name", "day"),
        [*[("sources-json", day) for day in BAD], *[(name, day) for name in DATA for day in ("9999-12-31", "\0")]],
        ids=lambda value: repr(value[:12]),
    )
    def test_data_is_an_error_by_name(self, public: Client, name: str, day: str):
        response = public.get(asked(DATA[name], day))

        assert response.status_code == 400
        assert response["Content-Type"] == "application/json"
        assert list(json.loads(response.content)["errors"]) == ["as_at"]

    @pytest.mark.parametrize("name", PAGES)
    def test_two_days(self, public: Client, name: str):
        response = public.get(asked(PAGES[name], "2023-04-21", "2023-04-22"))

        assert response.status_code == 400
        assert "as_at: Give one day only" in words_of(response)

    @pytest.mark.parametrize("name", DATA)
    def test_two_days_of_data(self, public: Client, name: str):
        response = public.get(asked(DATA[name], "2023-04-21", "2023-04-21"))

        assert response.status_code == 400
        assert response.json() == {"errors": {"as_at": ["Give one day only"]}}

    def test_form_leads_back_to_the_page(self, public: Client):
        html = source_of(public.get(asked("/programmes/stable-homes/", "never")))

        assert 'name="to" value="/programmes/stable-homes/"' in html

    def test_title_says_error_first(self, public: Client):
        assert "<title>Error: Choose a day" in source_of(public.get(asked("/", "never")))

    def test_writes_are_always_today(self, public: Client):
        response = public.post(asked("/accounts/sign-in/", "9999-12-31"), {"username": "a", "password": "b"})

        assert response.status_code == 200
        assert "as_at" not in words_of(response)


class TestAnswered:
    @pytest.mark.parametrize("name", PAGES)
    def test_past_day_is_said_in_a_strip(self, public: Client, name: str):
        assert "As it stood on 21 April 2023." in words_of(public.get(asked(PAGES[name], "2023-04-21")))

    @pytest.mark.parametrize("name", PAGES)
    @pytest.mark.parametrize("query", ["", f"?as_at={TODAY}"], ids=["unasked", "asked"])
    def test_today_needs_no_strip(self, public: Client, name: str, query: str):
        response = public.get(PAGES[name] + query)

        assert response.status_code == 200
        assert "As it stood on" not in words_of(response)
        assert 'name="robots"' not in source_of(response)

    @pytest.mark.parametrize("name", PAGES)
    def test_past_day_is_not_for_search_engines(self, public: Client, name: str):
        html = source_of(public.get(asked(PAGES[name], "2023-04-21")))

        assert '<meta name="robots" content="noindex">' in html
        assert f'<link rel="canonical" href="http://testserver{PAGES[name]}">' in html

    @pytest.mark.parametrize("name", PAGES)
    def test_every_link_carries_the_day(self, public: Client, name: str):
        response = public.get(asked(PAGES[name], "2023-04-21"))
        ways_to_another_day = ("/as-at/", "/accounts/sign-in/", "/updates/", PAGES[name])
        links = [url for url in own_links(response) if urlsplit(url).path not in ways_to_another_day]

        assert links
        assert [url for url in links if parse_qs(urlsplit(url).query).get("as_at") != ["2023-04-21"]] == []

    @pytest.mark.parametrize("name", PAGES)
    def test_today_stands_in_no_address(self, public: Client, name: str):
        urls = [url for url in own_links(public.get(PAGES[name])) if "as_at" in url]

        assert [url for url in urls if not url.endswith("as_at=2023-04-21")] == []

    @pytest.mark.parametrize("name", PAGES)
    def test_every_form_carries_the_day(self, public: Client, name: str):
        html = source_of(public.get(asked(PAGES[name], "2023-04-21")))
        forms = re.findall(r"(?s)<form\b[^>]*method=\"get\".*?</form>", html)

        assert all('name="as_at" value="2023-04-21"' in form for form in forms)

    @pytest.mark.parametrize("name", PAGES)
    def test_strip_leads_to_today(self, public: Client, name: str):
        assert PAGES[name] in links_of(public.get(asked(PAGES[name], "2023-04-21")))

    @pytest.mark.parametrize("day", ["2020-01-01", "2020-06-01", "2022-06-01", "2023-02-02", "2023-04-20"])
    @pytest.mark.parametrize("path", ["/", "/programmes/", "/commitments/", "/councils/", "/about/dates/", "/flags/"])
    def test_page_of_a_day_before_the_documents(self, public: Client, path: str, day: str):
        assert public.get(asked(path, day)).status_code == 200


class TestAddressesOfAnotherHost:
    """A path that begins with two slashes is an address of another host to a browser."""

    @pytest.mark.parametrize("path", ["//evil.example/", "///evil.example/", "//[/", "//evil.example/?q=a"])
    def test_page_not_found_leads_nowhere_else(self, public: Client, path: str):
        joint = "&" if "?" in path else "?"
        response = public.get(f"http://testserver{path}{joint}as_at=2023-04-21", follow=True)

        assert response.status_code == 404
        assert [url for url in links_of(response) if url.startswith(("//", "http"))] == []
        assert "//evil.example" not in source_of(response).replace("http://testserver//", "")

    @pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "a b", "[", ""])
    def test_host_that_is_not_ours_is_refused(self, public: Client, host: str):
        response = public.get("/", HTTP_HOST=host)

        assert response.status_code in (200, 400)
        assert "evil.example" not in source_of(response)


class TestChooseADay:
    def choose(self, public: Client, day: str, month: str, year: str, to: str | None = "/councils/"):
        query = {"day_day": day, "day_month": month, "day_year": year} | ({} if to is None else {"to": to})
        return public.get(f"/as-at/?{urlencode(query)}")

    def test_asks(self, public: Client):
        response = public.get("/as-at/")

        assert response.status_code == 200
        assert "There is a problem" not in words_of(response)

    @pytest.mark.parametrize(
        ("day", "leads_to"),
        [
            pytest.param(("21", "4", "2023"), "/councils/?as_at=2023-04-21", id="a-past-day"),
            pytest.param(("01", "01", "2020"), "/councils/?as_at=2020-01-01", id="the-first-day"),
            pytest.param((" 21 ", "4", "2023"), "/councils/?as_at=2023-04-21", id="blanks"),
            pytest.param(("21", "11", "2026"), "/councils/", id="today"),
        ],
    )
    def test_leads_back_to_the_page(self, public: Client, day: tuple[str, str, str], leads_to: str):
        response = self.choose(public, *day)

        assert (response.status_code, response["Location"]) == (302, leads_to)

    @pytest.mark.parametrize(
        ("day", "message"),
        [
            pytest.param(("", "", ""), "Enter a day", id="nothing"),
            pytest.param(("21", "", "2023"), "Enter a day", id="no-month"),
            pytest.param(("30", "2", "2023"), "Enter a real day", id="30-february"),
            pytest.param(("0", "4", "2023"), "Enter a real day", id="day-nought"),
            pytest.param(("-1", "4", "2023"), "Enter a real day", id="less-than-nought"),
            pytest.param(("x", "y", "z"), "Enter a real day", id="letters"),
            pytest.param(("2_1", "4", "2023"), "Enter a real day", id="underscore"),
            pytest.param(("31", "12", "2019"), "Enter a day from 1 January 2020 to today", id="too-early"),
            pytest.param(("1", "1", "0001"), "Enter a day from 1 January 2020 to today", id="0001"),
            pytest.param(("31", "12", "9999"), "Enter a day from 1 January 2020 to today", id="9999"),
            pytest.param(("22", "11", "2026"), "Enter a day from 1 January 2020 to today", id="tomorrow"),
            pytest.param(("21\0", "4", "2023"), "Null characters are not allowed", id="nul"),
            pytest.param(("9" * 10_000, "4", "2023"), "at most 4 characters", id="10-kB"),
        ],
    )
    def test_refuses(self, public: Client, day: tuple[str, str, str], message: str):
        response = self.choose(public, *day)

        assert response.status_code == 400
        assert message in words_of(response)
        assert "There is a problem" in words_of(response)

    @pytest.mark.parametrize(
        ("to", "leads_to"),
        [
            pytest.param("/councils/?q=a&q=b", "/councils/?q=a&q=b&as_at=2023-04-21", id="query"),
            pytest.param("/councils/?as_at=2021-01-01", "/councils/?as_at=2023-04-21", id="another-day"),
            pytest.param("/councils/#map", "/councils/?as_at=2023-04-21#map", id="fragment"),
            pytest.param(None, "/?as_at=2023-04-21", id="missing"),
            pytest.param("", "/?as_at=2023-04-21", id="empty"),
            pytest.param("//evil.example", "/?as_at=2023-04-21", id="two-slashes"),
            pytest.param("///evil.example", "/?as_at=2023-04-21", id="three-slashes"),
            pytest.param("http://evil.example/", "/?as_at=2023-04-21", id="http"),
            pytest.param("https://evil.example/", "/?as_at=2023-04-21", id="https"),
            pytest.param("http:evil.example", "/?as_at=2023-04-21", id="http-without-slashes"),
            pytest.param("javascript:alert(1)", "/?as_at=2023-04-21", id="javascript"),
            pytest.param("data:text/html,x", "/?as_at=2023-04-21", id="data"),
            pytest.param("\\\\evil.example", "/?as_at=2023-04-21", id="backslashes"),
            pytest.param("/\\evil.example", "/?as_at=2023-04-21", id="slash-and-backslash"),
            pytest.param("/\t/evil.example", "/?as_at=2023-04-21", id="a-tab-between-slashes"),
            pytest.param("/\n/evil.example", "/?as_at=2023-04-21", id="a-line-between-slashes"),
            pytest.param("evil.example", "/?as_at=2023-04-21", id="a-bare-host"),
            pytest.param("councils/", "/?as_at=2023-04-21", id="a-relative-address"),
            pytest.param("//[", "/?as_at=2023-04-21", id="half-an-address"),
            pytest.param("/" + "a" * 10_000, "/?as_at=2023-04-21", id="10-kB"),
        ],
    )
    def test_leads_only_to_this_site(self, public: Client, to: str | None, leads_to: str):
        response = self.choose(public, "21", "4", "2023", to)

        assert (response.status_code, response["Location"]) == (302, leads_to)

    @pytest.mark.parametrize("to", ["/\0", "/a\r\nSet-Cookie: a=b"], ids=["nul", "header"])
    def test_strange_characters_do_no_harm(self, public: Client, to: str):
        response = self.choose(public, "21", "4", "2023", to)

        assert response.status_code in (302, 400)
        assert "a" not in response.cookies

    def test_keeps_where_it_came_from_while_it_asks_again(self, public: Client):
        html = source_of(self.choose(public, "30", "2", "2023", "/councils/?q=a"))

        assert 'name="to" value="/councils/?q=a"' in html

    def test_what_was_sent_is_escaped(self, public: Client):
        html = source_of(self.choose(public, '"><b>', "4", "2023", '"><b>'))

        assert '"><b>' not in html

    def test_another_day_is_offered_on_every_page(self, public: Client):
        url = next(url for url in links_of(public.get("/councils/?q=lin")) if url.startswith("/as-at/"))

        assert parse_qs(urlsplit(url).query) == {"to": ["/councils/?q=lin"]}

    def test_another_day_begins_on_the_first_page_of_a_list(self, public: Client):
        """It may have fewer: "nothing reported" does, as time goes by."""
        links = links_of(public.get("/commitments/?page=2&as_at=2023-04-21&programme=stable-homes"))
        changes = [parse_qs(urlsplit(url).query)["to"] for url in links if url.startswith("/as-at/")]

        assert "/commitments/?programme=stable-homes" in links
        assert {tuple(each) for each in changes} == {("/commitments/?programme=stable-homes",)}


class TestForm:
    def test_without_a_today_any_day_from_the_first_will_do(self):
        form = AsAtForm({"day_day": "1", "day_month": "1", "day_year": "2199"})

        assert form.is_valid()

    def test_shows_the_day_in_three_boxes(self):
        html = str(AsAtForm(initial={"day": date(2023, 4, 21)}))

        assert re.findall(r'name="day_\w+" value="(\d+)"', html)
