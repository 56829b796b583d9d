"""The tiles of a map, made as strings."""

from __future__ import annotations

from types import SimpleNamespace as Sample
from typing import Any

from django.template import Context, Template

NASTY, ESCAPED = "<b>&", "&lt;b&gt;&amp;"


def drawn(*tiles: Sample) -> str:
    return Template("{% load tiles %}{% map_tiles tiles %}").render(Context({"tiles": tiles}))


def tile(**values: Any) -> Sample:
    return Sample(**{"x": 1, "y": 38, "code": "ABC", "state": "a", "mark": "met", "has_more": False} | values)


def test_tile_with_a_mark():
    html = drawn(tile())

    assert '<path class="app-map__tile app-map__tile--a" d="M1 38h35v35h-35z"/>' in html
    assert '<text class="app-map__t app-map__t--a" x="18.5" y="52">ABC</text>' in html
    assert 'class="app-map__mark app-map__mark--a" href="#glyph-met"' in html


def test_bare_tiles_are_one_path():
    html = drawn(*(tile(state="out", code="", mark="", x=x) for x in (1, 38)))

    assert html == '<path class="app-map__tile app-map__tile--out" d="M1 38h35v35h-35zM38 38h35v35h-35z"/>'


def test_a_code_without_a_mark_stands_in_the_middle():
    assert 'y="59">ABC</text>' in drawn(tile(state="", mark=""))


def test_a_plus_stands_for_more_than_one():
    assert ">ABC+</text>" in drawn(tile(has_more=True))


def test_nothing_that_a_file_has_written_becomes_markup():
    html = drawn(tile(code=NASTY, state=NASTY, mark=NASTY))

    assert NASTY not in html
    assert html.count(ESCAPED) == 5


def test_swatch_of_the_key():
    html = Template('{% load tiles %}{% map_swatch "e" "rejected" %}').render(Context())

    assert 'class="app-map__tile app-map__tile--e" d="M1 1h35v35h-35z"' in html
    assert "#glyph-rejected" in html
