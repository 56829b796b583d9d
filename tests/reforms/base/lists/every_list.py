"""The lists of the site, for tests that go through all of them."""

from __future__ import annotations

LISTS = ("commitments", "funding", "sources", "councils", "organisations", "views", "consultations")
KINDS = ("html", "csv", "json")


def address(name: str, kind: str = "html") -> str:
    """The path of a list or of its twin."""
    return f"/{name}/" if kind == "html" else f"/{name}.{kind}"
