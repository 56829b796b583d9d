"""The tags and filters every template has."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.forms.utils import flatatt
from django.template import Context, Template
from django.urls import NoReverseMatch

from pillars.models import Citation, Source
from reforms.base.as_at import AsAt
from reforms.base.forms import LongSelect
from reforms.base.rendering import Counted

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TODAY = AsAt(now=NOW, day=date(2026, 11, 21))
PAST = AsAt(now=NOW, day=date(2023, 4, 21))


def render(text: str, **context) -> str:
    return Template(text).render(Context(context))


class TestPage:
    @pytest.mark.parametrize(
        ("as_at", "address"),
        [
            pytest.param(PAST, "/programmes/stable-homes/pillars/4/?as_at=2023-04-21", id="a-past-day"),
            pytest.param(TODAY, "/programmes/stable-homes/pillars/4/", id="today"),
            pytest.param(None, "/programmes/stable-homes/pillars/4/", id="a-page-without-a-day"),
        ],
    )
    def test_address_of_a_page(self, as_at: AsAt | None, address: str):
        assert render("{% page 'pillar' 'stable-homes' 4 %}", as_at=as_at) == address

    def test_no_such_page(self):
        with pytest.raises(NoReverseMatch):
            render("{% page 'no-such-page' %}")


class TestCarry:
    @pytest.mark.parametrize(
        ("url", "address"),
        [
            pytest.param("/councils/", "/councils/?as_at=2023-04-21", id="plain"),
            pytest.param("/councils/?q=a&q=b", "/councils/?q=a&amp;q=b&amp;as_at=2023-04-21", id="escaped"),
            pytest.param("/councils/?as_at=2020-01-01", "/councils/?as_at=2023-04-21", id="another-day"),
            pytest.param("/sources/a/#place-4", "/sources/a/?as_at=2023-04-21#place-4", id="fragment"),
        ],
    )
    def test_asks_for_the_same_day(self, url: str, address: str):
        assert render("{% carry url %}", url=url, as_at=PAST) == address

    def test_needs_no_day_today(self):
        assert render("{% carry url %}", url="/councils/", as_at=TODAY) == "/councils/"

    def test_markup_in_an_address_is_escaped(self):
        assert "<b>" not in render("{% carry url %}", url='/councils/?q="><b>', as_at=TODAY)


class TestCited:
    """The places that say so, as the last line of a fact."""

    REPORT = Source(slug="lincolnshire-2023", short_title="Lincolnshire report")

    def cited(self, *places: Citation, as_at: AsAt = PAST) -> str:
        return render("{% cited places %}", places=places, as_at=as_at)

    def test_place_of_a_source(self):
        html = self.cited(Citation(source=self.REPORT, locator="Pillar 4 bullet 2", number=41))

        assert 'href="/sources/lincolnshire-2023/?as_at=2023-04-21#place-41"' in html
        assert ">Lincolnshire report, Pillar 4 bullet 2</a>" in html

    def test_source_is_named_once(self):
        html = self.cited(*(Citation(source=self.REPORT, locator=f"Page {number}", number=number) for number in (1, 2)))

        assert html.count("Lincolnshire report") == 1
        assert "#place-2" in html

    def test_two_sources_are_named_both(self):
        other = Source(slug="briefing", short_title="Briefing")
        places = [Citation(source=source, locator="Page 1", number=1) for source in (self.REPORT, other)]
        html = self.cited(*places)

        assert "Lincolnshire report, Page 1" in html
        assert "Briefing, Page 1" in html

    def test_source_cited_whole(self):
        assert ">Lincolnshire report</a>" in self.cited(Citation(source=self.REPORT, locator="", number=0))

    def test_no_places_is_nothing(self):
        assert self.cited() == ""
        assert render("{% cited places %}", places=None, as_at=PAST) == ""

    def test_today_stands_in_no_address(self):
        assert "as_at" not in self.cited(Citation(source=self.REPORT, locator="", number=0), as_at=TODAY)

    def test_names_are_escaped(self):
        html = self.cited(Citation(source=Source(slug="s", short_title="<b>A</b>"), locator="<i>1</i>", number=1))

        assert "<b>" not in html
        assert "<i>" not in html


class TestWords:
    def test_a_paragraph_each(self):
        html = render("{% words paragraphs %}", paragraphs=["First.", "Second."])

        assert html == '<p class="app-voice__words">First.</p><p class="app-voice__words">Second.</p>'

    def test_words_are_escaped(self):
        assert "<b>" not in render("{% words paragraphs %}", paragraphs=["<b>Bold</b>"])

    def test_nothing(self):
        assert render("{% words paragraphs %}", paragraphs=[]) == ""


class TestAttributes:
    def test_a_name_alone_and_none_for_what_is_off(self):
        attrs = {"id": "id_q", "class": "left-to-the-template", "required": True, "disabled": False}

        assert render("{% attributes attrs %}", attrs=attrs) == ' id="id_q" required'

    def test_values_are_escaped(self):
        assert '"><b>' not in render("{% attributes attrs %}", attrs={"id": '"><b>'})

    @pytest.mark.parametrize(
        "attrs",
        [
            pytest.param({"min": 0, "max": 12, "step": None}, id="numbers"),
            pytest.param({"title": 'a & "b"', "hidden": True, "autofocus": True, "id": "x"}, id="names-last"),
            pytest.param({}, id="none"),
        ],
    )
    def test_as_django_writes_them(self, attrs: dict[str, object]):
        assert render("{% attributes attrs %}", attrs=attrs) == flatatt(attrs)


class TestNavSection:
    def section(self, **context) -> str:
        return render("{% nav_section 'plan' 'programmes' words %}", words="Plan & all", **context)

    def test_elsewhere(self):
        assert self.section(nav="today", as_at=TODAY) == (
            '<li class="govuk-service-navigation__item">'
            '<a class="govuk-service-navigation__link" href="/programmes/">Plan &amp; all</a></li>'
        )

    def test_here(self):
        html = self.section(nav="plan", as_at=PAST)
        assert 'class="govuk-service-navigation__item govuk-service-navigation__item--active"' in html
        assert 'href="/programmes/?as_at=2023-04-21" aria-current="true"' in html
        assert "<strong" in html


class TestGroupHead:
    @pytest.mark.parametrize(
        ("tag", "html"),
        [
            pytest.param("title", '<h3 class="app-group"><span>A &amp; B</span></h3>', id="least"),
            pytest.param(
                "title 0", '<span>A &amp; B</span><span class="app-group__n">0</span></h3>', id="none-of-them"
            ),
            pytest.param("title absent", "<span>A &amp; B</span></h3>", id="not-counted"),
            pytest.param("title None None 'here' 2", '<h2 class="app-group" id="here"><span>', id="place-and-level"),
            pytest.param("title 1 'met'", '<span class="app-state app-state--met"><svg', id="state"),
        ],
    )
    def test_head(self, tag: str, html: str):
        assert html in render("{% group_head " + tag + " %}", title="A & B")


class TestOptions:
    def options(self, *choices, value: list[str]) -> str:
        widget = forms.Select(choices=choices)
        return render("{% options groups %}", groups=widget.optgroups("council", value))

    def test_the_chosen_one_is_marked(self):
        assert self.options(("a", "Alton"), ("b", "Barton"), value=["b"]) == (
            '<option value="a">Alton</option><option value="b" selected>Barton</option>'
        )

    def test_groups(self):
        assert self.options(("North", [("a", "Alton")]), value=[]) == (
            '<optgroup label="North"><option value="a">Alton</option></optgroup>'
        )

    def test_names_are_escaped(self):
        html = self.options(('"><b>', "<i>A</i>"), ("<u>", [("c", "C")]), value=[])

        assert not {"<b>", "<i>", "<u>"} & set(re.findall(r"<\w>", html))


FILTERS = [
    pytest.param("{{ value|day }}", date(2023, 5, 11), "11 May 2023", id="day"),
    pytest.param(
        "{{ value|moment }}", datetime(2023, 5, 11, 22, 59, tzinfo=UTC), "11 May 2023 at 11:59pm", id="moment"
    ),
    pytest.param("{{ value|money }}", Decimal(45_000_000), "£45 million", id="money"),
    pytest.param("{{ value|money_short }}", Decimal(45_000_000), "£45m", id="money-short"),
    pytest.param("{{ value|days }}", 1, "1 day", id="one-day"),
    pytest.param("{{ value|days }}", 20, "20 days", id="days"),
]


@pytest.mark.parametrize(("template", "value", "words"), FILTERS)
def test_filter(template: str, value: object, words: str):
    assert render(template, value=value) == words


class TestLongSelect:
    def test_it_reads_as_any_drop_down_list(self):
        choices = [("a", "Alton"), ("b", "<i>B</i>")]
        plain, long = forms.Select(choices=choices), LongSelect(choices=choices)
        for value in ("b", None, "c"):
            assert long.render("council", value) == plain.render("council", value)


class TestCheckboxes:
    def boxes(self, *choices, value: list[str]) -> str:
        widget = forms.CheckboxSelectMultiple(attrs={"id": "id_of"}, choices=choices)
        return render("{% checkboxes groups %}", groups=widget.optgroups("of", value))

    def test_one_that_is_chosen_with_its_label(self):
        assert self.boxes(("a", "Alton"), value=["a"]) == (
            '<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" name="of"'
            ' value="a" id="id_of_0" checked><label class="govuk-label govuk-checkboxes__label" for="id_of_0">Alton'
            "</label></div>\n"
        )

    def test_a_label_that_counts_shows_its_tally(self):
        html = self.boxes(("a", Counted("Open", 0)), ("b", Counted("Met", 19)), value=[])
        assert 'Open <span class="app-tally">(0)</span></label>' in html
        assert 'Met <span class="app-tally">(19)</span></label>' in html

    def test_nothing_written_by_people_becomes_markup(self):
        html = self.boxes(('"><b>', "<i>A</i>"), value=[])
        assert not {"<b>", "<i>"} & set(re.findall(r"<\w>", html))
