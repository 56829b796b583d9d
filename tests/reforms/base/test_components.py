"""Components render with the least and with everything, fit the style sheet, and keep the rules of the look."""

from __future__ import annotations

import copy
import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace as Sample

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string

from pillars.drawing import Drawing
from pillars.timing import Timing
from reforms.base.as_at import AsAt
from reforms.base.rendering import Counted
from reforms.pages.catalogue import SampleFilter, SampleForm, samples

TEMPLATES = settings.BASE_DIR / "templates"
STYLES = settings.BASE_DIR / "static" / "scss"
NOW = datetime(2023, 4, 21, 12, tzinfo=UTC)
TODAY = AsAt(now=NOW, day=date(2023, 4, 21))
PAST = AsAt(now=NOW, day=date(2023, 2, 3))
LETTERS = TEMPLATES / "alerts" / "letters"
EVERY_TEMPLATE = sorted(TEMPLATES.rglob("*.html"))
COMPONENTS = sorted(path.name for path in (TEMPLATES / "components").glob("*.html") if path.name != "index.html")
WORDS = {"title": "A title", "text": "Some words", "summary": "A summary"}
LEAST = {
    "age.html": {"voice": Sample(published_on=date(2023, 4, 21))},
    "as_at.html": {"as_at": PAST},
    "axis.html": {"scale": samples()["scale"]},
    "filter.html": {"form": SampleFilter(), "action": "/commitments/"},
    "nav_item.html": {"key": "today", "name": "home", "words": "Today"},
    "scale.html": {"scale": samples()["scale"]},
    "state.html": {"timing": Timing.AHEAD},
    "voice.html": {"voice": Sample(title="A council", published_on=date(2023, 4, 21), paragraphs=["Words."])},
    "pair.html": {"pair": Sample(title="1. Family help", council="Lincolnshire", none_text="None recorded here.")},
}


def render(template: str, **context) -> str:
    return render_to_string(template, {"as_at": TODAY, **context})


def catalogue(**context) -> str:
    return render("components/index.html", **{**samples(), **context})


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]*)"', html)


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_renders_with_the_least(name: str):
    html = render(f"components/{name}", **{**WORDS, **LEAST.get(name, {})})

    assert "{{" not in html
    assert "{%" not in html


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_says_what_it_is_for(name: str):
    assert (TEMPLATES / "components" / name).read_text().startswith("{# ")


def test_catalogue_shows_every_component():
    shown, waiting = set(), ["base.html", "forms/form.html", "components/index.html"]
    while waiting:
        text = (TEMPLATES / waiting.pop()).read_text()
        found = set(re.findall(r'"(components/[a-z_]+\.html)"', text)) - shown
        shown |= found
        waiting += found

    assert {f"components/{name}" for name in COMPONENTS} - shown == set()


def test_catalogue_renders_everything_once():
    html = catalogue()

    assert html.count("<h1") == 1
    assert "Bournemouth, Christchurch and Poole" in html


def test_catalogue_ids_are_unique_and_its_references_lead_somewhere():
    html = catalogue(filter_form=SampleFilter(auto_id="filter_%s"))
    known = set(ids(html))

    assert [each for each in known if ids(html).count(each) > 1] == []
    assert set(re.findall(r'href="#([^"]+)"', html)) <= known
    assert set(re.findall(r"\burl\(#(\w+)\)", " ".join(path.read_text() for path in STYLES.iterdir()))) <= known


@pytest.mark.parametrize("path", EVERY_TEMPLATE, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_has_no_inline_style_or_script(path: Path):
    text = path.read_text()

    # A letter has no style sheet to lead to: programs that read mail fetch nothing.
    assert path.parent == LETTERS or not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.sub(r'<script src="\{% static \'js/[a-z]+\.js\' %\}" defer></script>', "", text).count("<script")
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)


@pytest.mark.parametrize("path", EVERY_TEMPLATE, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_classes_of_our_own_are_in_the_style_sheet(path: Path):
    styles = " ".join(each.read_text() for each in STYLES.iterdir())
    used = set(re.findall(r"(?<![\w-])(app-[\w-]*\w)(?![\w-]|\{)", path.read_text()))

    assert {name for name in used if f".{name}" not in styles} == set()


class TestState:
    @pytest.mark.parametrize("timing", [*Timing, "stale"])
    def test_every_state_has_a_glyph(self, timing: str):
        assert f'id="glyph-{timing}"' in render("components/sprite.html")
        assert f'href="#glyph-{timing}"' in render("components/state.html", timing=timing)

    @pytest.mark.parametrize("timing", [*Timing])
    def test_every_state_has_words(self, timing: Timing):
        assert timing.label in render("components/state.html", timing=timing)
        assert "Other words" in render("components/state.html", timing=timing, text="Other words")


class TestWindow:
    def test_no_drawing_is_nothing(self):
        assert render("components/window.html", drawings=[]).strip() == ""

    def test_is_hidden_and_stretches(self):
        html = render("components/window.html", drawings=[Drawing("bar", "open", x="10.0", width="5.0")])

        assert 'aria-hidden="true"' in html
        assert "viewBox" not in html
        assert 'x="10.0%" width="5.0%"' in html

    def test_by_is_a_line_up_to_a_stop(self):
        drawn = Drawing("by", "ahead", x="20.0", line_from="2.0", line_to="20.0")
        html = render("components/window.html", drawings=[drawn])

        assert 'x1="2.0%" x2="20.0%"' in html
        assert "app-window__stop--ahead" in html

    def test_a_stop_off_the_scale_is_not_drawn(self):
        drawn = Drawing("from", "open", x="", line_from="0.0", line_to="100.0")

        assert "app-window__stop" not in render("components/window.html", drawings=[drawn])

    def test_today_crosses_once_however_many_windows_share_the_track(self):
        drawn = [Drawing("bar", "open", x="1.0", width="9.0", today="5.0", is_crossed=True)] * 2
        html = render("components/window.html", drawings=drawn)

        assert html.count("<svg") == html.count("</svg>") == 1
        assert html.count("app-window__today") == 1
        assert html.count("app-window__halo") == 2

    @pytest.mark.parametrize(
        "was", [Drawing("bar", "passed", x="1.0", width="2.0"), Drawing("by", "ahead", line_to="3.0")]
    )
    def test_a_date_that_moved_keeps_its_old_window(self, was: Drawing):
        drawn = [Drawing("bar", "ahead", x="10.0", width="5.0")]

        assert "--was" in render("components/window.html", drawings=drawn, was=was)


class TestForms:
    @pytest.mark.parametrize("form", [SampleForm({}), SampleForm(), SampleFilter({"timing": ["nonsense"]})])
    def test_described_by_and_labels_lead_to_elements(self, form: forms.Form):
        html = str(form)
        described = " ".join(re.findall(r'aria-describedby="([^"]*)"', html)).split()

        assert set(described) <= set(ids(html))
        assert set(re.findall(r'for="([^"]*)"', html)) <= set(ids(html))

    def test_error_ids_are_those_that_django_points_at(self):
        html = str(SampleForm({}))

        for name in SampleForm.base_fields:
            if name != "kind":
                assert f'id="id_{name}_error"' in html
        assert 'aria-describedby="id_words_helptext id_words_error"' in html

    def test_summary_links_lead_to_fields(self):
        html = render("components/error_summary.html", form=SampleForm({})) + str(SampleForm({}))
        links = re.findall(r'<a href="#([^"]+)"', html)

        assert links
        assert set(links) <= set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', html))

    def test_summary_of_a_sound_form_is_nothing(self):
        assert render("components/error_summary.html", form=SampleForm()).strip() == ""

    def test_errors_are_escaped(self):
        html = str(SampleForm({"kind": "<b>x"}))

        assert "<b>" not in html

    def test_groups_in_use_are_open_and_say_how_many_are_chosen(self):
        html = render("components/filter.html", form=SampleFilter({"timing": ["open", "met"]}), action="/")

        assert html.count(" open>") == 1
        assert "(2 chosen)" in html

    def test_a_filter_carries_the_day(self):
        html = render("components/filter.html", form=SampleFilter({}), action="/", as_at=PAST)

        assert '<input type="hidden" name="as_at" value="2023-02-03">' in html

    def test_a_counted_label_shows_its_tally_and_survives_copying(self):
        label = copy.deepcopy(Counted("Window open", 19))

        assert (label, label.tally) == ("Window open", 19)
        assert "(12)</span>" in str(SampleFilter())


class TestBase:
    def test_today_has_no_strip_and_may_be_indexed(self):
        html = render("404.html", as_at=TODAY, canonical_url="http://localhost/")

        assert "app-asat" not in html
        assert "noindex" not in html
        assert '<link rel="canonical" href="http://localhost/">' in html

    def test_another_day_says_so_and_is_not_indexed(self):
        html = render("404.html", as_at=PAST, as_at_change_url="/as-at/", as_at_today_url="/")

        assert "As it stood on <strong>3 February 2023</strong>" in html
        assert '<meta name="robots" content="noindex">' in html

    def test_one_section_at_most_is_current(self):
        html = render("404.html", nav="councils")

        assert html.count("aria-current") == 1
        assert "aria-current" not in render("404.html")

    def test_sections_carry_the_day(self):
        assert 'href="/commitments/?as_at=2023-02-03"' in render("404.html", as_at=PAST)

    @pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
    def test_errors_need_nothing_from_the_page(self, name: str):
        html = render_to_string(name)

        assert html.count("<h1") == 1
        assert 'lang="en"' in html

    def test_sign_out_is_a_form(self):
        html = render("404.html", user=Sample(is_authenticated=True))

        assert re.search(r'<form[^>]*action="/accounts/sign-out/" method="post"', html)
