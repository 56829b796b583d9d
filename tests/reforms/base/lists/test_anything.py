"""No query string brings a list down: it is answered, or refused with the parameter's name."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reforms.base.lists.every_list import KINDS, LISTS, address

FILTERS = ("programme", "pillar", "mission", "kind", "strength", "timing", "progress", "lead", "source", "q")
OTHERS = ("role", "shape", "region", "type", "status", "closes_within", "stance", "commitment", "for_place")
NAMES = (*FILTERS, *OTHERS, "due_from", "due_to", "sort", "page", "as_at")
WORDS = ("", "1", "0", "-1", "28", "open", "passed", "stable-homes", "agency-rules", "reference", "-money")
DAYS = ("2023-04-21", "2023-02-30", "0001-01-01", "9999-12-31")
ODD = ("'", '"', "\0", "%", "' OR 1=1 --", "🐎" * 50, "x" * 10_000, "\ud7ff", "=1+1", "²", "NaN")
LIKELY = st.sampled_from([*WORDS, *DAYS, *ODD])
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), LIKELY | st.text(max_size=30)), max_size=6)


@pytest.mark.parametrize("name", LISTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=PAIRS, kind=st.sampled_from(KINDS))
def test_anything_is_answered_or_refused(public, name, pairs, kind):
    response = public.get(f"{address(name, kind)}?{urlencode(pairs)}")
    assert response.status_code in (200, 400)
    if response.status_code == 400 and kind != "html":
        assert response.json()["errors"]


@pytest.mark.parametrize("name", LISTS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#"), max_size=60))
def test_no_raw_query_string_is_an_error(public, name, query):
    assert public.get(f"{address(name, 'json')}?{query}").status_code in (200, 400)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", LISTS)
def test_too_many_parameters_are_refused(public, name, kind):
    assert public.get(f"{address(name, kind)}?{'q=1&' * 1001}").status_code == 400
