"""Pages are made as Django makes them, and what they were made of goes with them."""

from __future__ import annotations

import gc
import weakref

import pytest
from django import shortcuts
from django.test import RequestFactory

from reforms.base.rendering import render


class Row:
    """Something that a page is made of."""

    title = "A <b>title</b>"


@pytest.fixture
def request_(rf: RequestFactory):
    return rf.get("/")


@pytest.mark.parametrize("status", [200, 400])
def test_a_page_is_as_django_makes_it(request_, status: int):
    context = {"title": Row.title}
    made = render(request_, "components/title.html", context, status=status)
    theirs = shortcuts.render(request_, "components/title.html", context, status=status)
    assert (made.content, made.status_code, made["Content-Type"]) == (
        theirs.content,
        theirs.status_code,
        theirs["Content-Type"],
    )
    assert context == {"title": Row.title}


def test_what_it_was_made_of_is_let_go(request_):
    row = Row()
    left = weakref.ref(row)
    gc.disable()
    try:
        render(request_, "components/title.html", {"title": "A title", "row": row})
        del row
        assert left() is None
    finally:
        gc.enable()
