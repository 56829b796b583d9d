"""The pages that are measured, and what a page may cost."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.pages import BY_ID, PAGES

BARE = "/bare/"
QUERIES = 12
"""What a page with a target may ask of the database."""
LISTS = ("commitments", "councils", "sources", "flags")
TARGETS = {"pillar": 25, "pillar-beside": 25, "compare": 40, "compare-gaps": 40} | dict.fromkeys(LISTS, 40)
"""Milliseconds of our processor time with the national data set."""
BESIDE_MAIN = ("pillar-beside", "compare-gaps", "commitment-rule")
DATA = (
    "commitments.json",
    "commitments.csv",
    "councils.json",
    "councils.csv",
    "sources.csv",
    "flags.json",
    "views.json",
)


@dataclass(frozen=True)
class Measured:
    """A page, or a list as data."""

    id: str
    address: str


def measured_pages() -> list[Measured]:
    """The best example of each kind of page, a few that weigh more, and lists as data."""
    main = [page for page in PAGES if page.is_main and page.status == 200]
    pages = [*main, *(BY_ID[name] for name in BESIDE_MAIN)]
    return [Measured(page.id, page.address) for page in pages] + [Measured(name, f"/{name}") for name in DATA]


def page_of(name: str) -> Measured:
    """The page of that name. Raises KeyError."""
    return {page.id: page for page in measured_pages()}[name]
