"""Words as HTML."""

from __future__ import annotations

import pytest
from django.utils.safestring import mark_safe

from pillars.timing import Timing
from reforms.base.escaping import escaped, text


@pytest.mark.parametrize(
    ("value", "html"),
    [
        pytest.param("a & b", "a &amp; b", id="words"),
        pytest.param("<b>\"'", "&lt;b&gt;&quot;&#x27;", id="marks"),
        pytest.param(mark_safe("<b>a & b</b>"), "<b>a & b</b>", id="html-already"),
        pytest.param(12, "12", id="number"),
        pytest.param(Timing.MET_LATE, "met_late", id="choice"),
    ],
)
def test_as_html(value: object, html: str):
    assert text(value) == html


def test_words_that_were_html_once_are_escaped_where_they_are_not():
    assert text(mark_safe("<i>x</i>")) == "<i>x</i>"
    assert text("<i>x</i>") == escaped("<i>x</i>") == "&lt;i&gt;x&lt;/i&gt;"
