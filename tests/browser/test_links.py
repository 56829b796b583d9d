"""The whole site walked once, for two days: nothing it leads to is missing, and its links keep to the day."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest

from reforms.base.as_at import PARAMETER
from tests.browser.links import Answer, Walk
from tests.browser.pages import COMMITTEE_DAY

pytestmark = [pytest.mark.browser, pytest.mark.long]

DAY = COMMITTEE_DAY.isoformat()
STARTS = ("/", f"/?{PARAMETER}={DAY}")
TIMELESS = ("/accounts/", "/as-at/", "/static/", "/updates/")
"""Where no day is asked for: signing in, asking for updates, the page on which a day is chosen, and files."""
GO_TO_TODAY = "Go to today"


def test_walk(site):
    answers = Walk(site).follow(STARTS)
    assert len(answers) > 400
    assert {address: answer.status for address, answer in answers.items() if answer.status >= 400} == {}
    assert lost_fragments(answers) == []
    past = [answer for answer in answers.values() if asks_for_the_day(answer.address) and answer.document]
    assert len(past) > 200
    assert links_that_lose_the_day(past) == []
    assert forms_that_lose_the_day(past) == []
    assert [answer.address for answer in past if not answer.document.is_kept_from_indexes] == []


def lost_fragments(answers: dict[str, Answer]) -> list[str]:
    """Links to a place on a page that has no such place."""
    lost = set()
    for answer in answers.values():
        for link in answer.links():
            address, fragment = urldefrag(link)
            target = answers.get(address)
            if fragment and target and target.document and fragment not in target.document.ids:
                lost.add(f"{answer.address} → {link}")
    return sorted(lost)


def links_that_lose_the_day(past: Iterable[Answer]) -> list[str]:
    """Links of a page on an earlier day that would silently lead to another day."""
    lost = []
    for answer in past:
        for link, words in answer.document.words.items():
            if words != GO_TO_TODAY and is_ours(link) and not asks_for_the_day(urljoin(answer.address, link)):
                lost.append(f"{answer.address} → {link} ({words})")
    return lost


def forms_that_lose_the_day(past: Iterable[Answer]) -> list[str]:
    """Forms that ask for a page and would forget the day: they send only what stands in their boxes."""
    return [
        f"{answer.address}: form of {action or 'the same page'}"
        for answer in past
        for action, names in answer.document.asking
        if not action.startswith(TIMELESS) and PARAMETER not in names
    ]


def is_ours(link: str) -> bool:
    """Whether it leads to another page of the site that answers for a day."""
    parts = urlsplit(link)
    return not parts.scheme and bool(parts.path or parts.query) and not parts.path.startswith(TIMELESS)


def asks_for_the_day(address: str) -> bool:
    return (PARAMETER, DAY) in parse_qsl(urlsplit(address).query)
