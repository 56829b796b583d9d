"""Addresses that lead nowhere are a plain 404, and values nobody can read a form error: never a 500."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from tests.reforms.pages.addresses import DATA, PAGES, READABLE
from tests.reforms.pages.reading import source_of, words_of

pytestmark = pytest.mark.django_db

STRANGE = [
    pytest.param("nothing-here", id="unknown"),
    pytest.param("'", id="quote"),
    pytest.param('"', id="double-quote"),
    pytest.param("\0", id="nul"),
    pytest.param("stable-homes\0", id="nul-after"),
    pytest.param("' OR 1=1 --", id="sql"),
    pytest.param("<script>alert(1)</script>", id="markup"),
    pytest.param("%00", id="escaped-nul"),
    pytest.param("%ff", id="not-utf-8"),
    pytest.param("Stable-Homes", id="capitals"),
    pytest.param("stable homes", id="blank"),
    pytest.param("ſtable-homes", id="long-s"),
    pytest.param("стабильные", id="cyrillic"),
    pytest.param("..", id="dots"),
    pytest.param("a" * 10_000, id="10-kB"),
    pytest.param("-", id="hyphen"),
    pytest.param("0", id="nought"),
    pytest.param("9" * 5000, id="5000-digits"),
]
BY_SLUG = [
    "/programmes/{}/",
    "/programmes/{}/pillars/1/",
    "/consultations/{}/",
    "/councils/{}/",
    "/councils/{}/compare/stable-homes/",
    "/councils/lincolnshire/compare/{}/",
    "/sources/{}/",
    "/sources/{}.csv",
    "/sources/{}.json",
    "/commitments/{}/",
]


@pytest.mark.parametrize("pattern", BY_SLUG)
@pytest.mark.parametrize("slug", STRANGE)
def test_unknown_name_is_not_found(public: Client, pattern: str, slug: str):
    response = public.get(pattern.format(quote(slug, safe="%")))

    assert response.status_code == 404
    assert "Page not found" in words_of(response)
    assert "<script>alert" not in source_of(response)


REFERENCES = [
    pytest.param("SH-9-99", id="unknown"),
    pytest.param("XX-1-01", id="unknown-programme"),
    pytest.param("sh-4-01", id="small-letters"),
    pytest.param("SH-4-1", id="one-digit"),
    pytest.param("SH-4-001", id="three-digits"),
    pytest.param("SH-4-0001", id="four-digits"),
    pytest.param("SH-004-01", id="three-digit-pillar"),
    pytest.param("SH-4-01A", id="capital-part"),
    pytest.param("SH-4-01ab", id="two-parts"),
    pytest.param("SH-4", id="a-pillar"),
    pytest.param("SH", id="a-programme"),
    pytest.param("SH-4-01-F1", id="money"),
    pytest.param("SH-4-M2", id="a-mission"),
    pytest.param("SH-٤-٠١", id="arabic-digits"),
    pytest.param("SH-4-01\n", id="a-line-after"),
    pytest.param(" SH-4-01", id="a-blank-before"),
    pytest.param("SH–4–01", id="dashes"),
    pytest.param("S" * 5 + "-4-01", id="five-letters"),
]


@pytest.mark.parametrize("reference", REFERENCES)
def test_reference_of_nothing_is_not_found(public: Client, reference: str):
    assert public.get(f"/commitments/{quote(reference)}/").status_code == 404


NUMBERS = [
    pytest.param("0", id="nought"),
    pytest.param("7", id="one-too-many"),
    pytest.param("-1", id="less-than-nought"),
    pytest.param("1.0", id="a-fraction"),
    pytest.param("one", id="a-word"),
    pytest.param("32768", id="more-than-the-column"),
    pytest.param("9223372036854775808", id="more-than-64-bits"),
    pytest.param("9" * 100, id="100-digits"),
    pytest.param("9" * 5000, id="5000-digits"),
    pytest.param("\0", id="nul"),
    pytest.param("1'", id="quote"),
]


@pytest.mark.parametrize("number", NUMBERS)
def test_pillar_that_there_is_not(public: Client, number: str):
    assert public.get(f"/programmes/stable-homes/pillars/{quote(number)}/").status_code == 404


@pytest.mark.parametrize("slug", ["national-framework", "agency-rules"])
def test_pillar_of_a_programme_that_has_none(public: Client, slug: str):
    assert public.get(f"/programmes/{slug}/pillars/1/").status_code == 404


@pytest.mark.parametrize("number", ["١", "１", "01"])
def test_other_digits_lead_to_no_other_page(public: Client, number: str):
    assert public.get(f"/programmes/stable-homes/pillars/{quote(number)}/").status_code in (200, 404)


@pytest.mark.parametrize("slug", ["kent", "cornwall", "birmingham"])
def test_council_without_a_position_has_its_pages(public: Client, slug: str):
    assert "None recorded here" in words_of(public.get(f"/councils/{slug}/"))
    assert public.get(f"/councils/{slug}/compare/stable-homes/").status_code == 200


@pytest.mark.parametrize("slug", ["department-for-education", "ofsted", "voiceability"])
def test_body_that_is_no_council(public: Client, slug: str):
    assert public.get(f"/councils/{slug}/").status_code == 404


LONG = pytest.mark.long
"""PostgreSQL refuses a NUL where SQLite does not, so that is asked every day; what else is strange, both take alike."""
STRANGE_VALUES = ("'\"%_\\", "<script>alert(1)</script>", "x" * 10_000, "\u202e\U0001f600")
VALUES = ["\0", *(pytest.param(each, marks=LONG) for each in STRANGE_VALUES)]
QUERIES = ["%00=1&?=?", *(pytest.param(each, marks=LONG) for each in ("q=%ff%fe&&&=&", "a" * 10_000))]


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value[:8]))
def test_no_value_of_any_parameter_breaks_a_page(public: Client, name: str, value: str):
    query = urlencode(dict.fromkeys(("q", "page", "sort", "council", "show", "programme", "x", value), value))
    response = public.get(f"{READABLE[name]}?{query}")

    assert response.status_code in (200, 400)
    assert "text/html" not in response["Content-Type"] or "<script>alert" not in source_of(response)


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:8])
def test_no_query_breaks_a_page(public: Client, name: str, query: str):
    assert public.get(f"{READABLE[name]}?{query}").status_code in (200, 400)


class TestBesidePillar:
    """`council` of the pillar page."""

    PAGE = "/programmes/stable-homes/pillars/4/"

    @pytest.mark.parametrize(
        "council",
        [
            pytest.param("nowhere", id="unknown"),
            pytest.param("kent", id="without-a-position"),
            pytest.param("Lincolnshire", id="capitals"),
            pytest.param("\0", id="nul"),
            pytest.param("lincolnshire\0", id="nul-after"),
            pytest.param("'", id="quote"),
            pytest.param("<b>x</b>", id="markup"),
            pytest.param("x" * 10_000, id="10-kB"),
        ],
    )
    def test_unknown_is_a_form_error_that_names_the_field(self, public: Client, council: str):
        response = public.get(self.PAGE, {"council": council, "as_at": "2023-04-21"})

        assert response.status_code == 400
        assert 'href="#id_council"' in source_of(response)
        assert "There is a problem" in words_of(response)
        assert "<b>x</b>" not in source_of(response)

    def test_error_stands_at_its_field(self, public: Client):
        html = source_of(public.get(self.PAGE, {"council": "nowhere", "as_at": "2023-04-21"}))

        assert 'id="id_council_error"' in html

    def test_error_where_no_council_has_a_position(self, public: Client):
        """There is no field to choose from, but the error still leads to something on the page."""
        response = public.get(self.PAGE, {"council": "lincolnshire", "as_at": "2023-03-01"})

        assert response.status_code == 400
        assert 'id="id_council"' in source_of(response)

    def test_twice(self, public: Client):
        response = public.get(f"{self.PAGE}?council=lincolnshire&council=lincolnshire&as_at=2023-04-21")

        assert response.status_code == 400
        assert 'href="#id_council"' in source_of(response)

    def test_empty_asks_for_nobody_in_particular(self, public: Client):
        pages = [words_of(public.get(self.PAGE, {"as_at": "2023-04-21", **more})) for more in ({}, {"council": ""})]

        assert "Lincolnshire’s current position" in pages[0]
        assert "Lincolnshire’s current position" in pages[1]

    def test_error_does_not_say_that_nobody_has_a_position(self, public: Client):
        page = words_of(public.get(self.PAGE, {"council": "nowhere", "as_at": "2023-04-21"}))

        assert "is recorded here by this day" not in page

    def test_parameter_that_there_is_not(self, public: Client):
        response = public.get(self.PAGE, {"counicl": "lincolnshire"})

        assert response.status_code == 400
        assert "counicl" in words_of(response)

    def test_plan_still_stands_beside_the_error(self, public: Client):
        assert "SH-4-01" in words_of(public.get(self.PAGE, {"council": "nowhere", "as_at": "2023-04-21"}))


class TestShow:
    """`show` of the page that compares."""

    PAGE = "/councils/lincolnshire/compare/stable-homes/"

    @pytest.mark.parametrize(
        "show", ["everything", "Gaps", "\0", "'", "<b>x</b>", "x" * 10_000], ids=lambda s: repr(s[:8])
    )
    def test_unknown_is_a_form_error_that_names_the_field(self, public: Client, show: str):
        response = public.get(self.PAGE, {"show": show})

        assert response.status_code == 400
        assert "There is a problem" in words_of(response)
        assert "show" in words_of(response).partition("There is a problem")[2][:200].lower()
        assert "<b>x</b>" not in source_of(response)

    def test_twice(self, public: Client):
        response = public.get(f"{self.PAGE}?show=gaps&show=gaps")

        assert response.status_code == 400

    def test_parameter_that_there_is_not(self, public: Client):
        response = public.get(self.PAGE, {"shwo": "gaps"})

        assert response.status_code == 400
        assert "shwo" in words_of(response)

    @pytest.mark.parametrize("query", ["", "?show=", "?show=gaps"])
    def test_what_there_is(self, public: Client, query: str):
        assert public.get(f"{self.PAGE}{query}").status_code == 200


class TestSourceData:
    """The twins of one source."""

    @pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "", "2", "9" * 5000, "\0", "٢"], ids=lambda p: repr(p[:6]))
    def test_page_that_there_is_not(self, public: Client, page: str):
        response = public.get("/sources/stable-homes-strategy.json", {"page": page})

        assert response.status_code == 400
        assert list(response.json()["errors"]) == ["page"]

    def test_two_pages(self, public: Client):
        response = public.get("/sources/lincolnshire-2023.json?page=1&page=2")

        assert response.status_code == 400
        assert list(response.json()["errors"]) == ["page"]

    @pytest.mark.parametrize("form", ["csv", "json"])
    def test_parameter_that_there_is_not(self, public: Client, form: str):
        response = public.get(f"/sources/lincolnshire-2023.{form}", {"kind": "claim"})

        assert response.status_code == 400
        assert list(response.json()["errors"]) == ["kind"]

    def test_file_takes_no_page(self, public: Client):
        response = public.get("/sources/lincolnshire-2023.csv", {"page": "1"})

        assert response.status_code == 400
        assert list(response.json()["errors"]) == ["page"]

    @pytest.mark.parametrize("form", ["xlsx", "CSV", "json5", "txt", ""])
    def test_form_that_there_is_not(self, public: Client, form: str):
        assert public.get(f"/sources/lincolnshire-2023.{form}").status_code == 404


@pytest.mark.parametrize("name", {**PAGES, **DATA})
def test_address_without_its_last_slash_leads_to_the_page(public: Client, name: str):
    address = READABLE[name]
    if address.endswith("/") and address != "/":
        response = public.get(f"{address[:-1]}?as_at=2023-04-21")

        assert (response.status_code, response["Location"]) == (301, f"{address}?as_at=2023-04-21")
