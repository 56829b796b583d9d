"""Orders have names; a minus turns one round."""

from __future__ import annotations

import pytest

from pillars.models import Source
from reforms.base.lists.sorting import BadParameterError, Sort, read_sort

SORTS = (Sort("title", ("title",), "title", "title, last first"), Sort("file", ("file",), "file"))


@pytest.mark.parametrize(
    ("value", "label"),
    [("title", "title"), ("-title", "title, last first"), ("file", "file"), ("-file", "file")],
)
def test_the_order_asked_for(value, label):
    chosen = read_sort([value], SORTS)
    assert (chosen.value, chosen.label) == (value, label)


@pytest.mark.parametrize("values", [["height"], [""], ["--title"], ["title", "title"], ["Title"]], ids=str)
def test_another_order_is_refused(values):
    with pytest.raises(BadParameterError):
        read_sort(values, SORTS)


def test_what_is_not_known_comes_last_both_ways():
    for value in ("title", "-title"):
        ordering = read_sort([value], SORTS).apply(Source.objects.all(), ["slug"]).query.order_by
        assert ordering[0].nulls_last
        assert ordering[-1] == "slug"
