"""What a browser would send of a form on a page: every field with what stands in it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Reader(HTMLParser):
    """Reads the fields of the form that has a given attribute."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark = mark
        self.fields: dict[str, Any] = {}
        self.is_inside = False
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.is_inside = self.mark in given
        elif not self.is_inside:
            return
        elif tag == "input" and given.get("name"):
            self._input(given)
        elif tag == "textarea":
            self.area = given["name"] or ""
            self.fields[self.area] = ""
        elif tag == "select":
            self.select = given["name"] or ""
        elif tag == "option" and "selected" in given:
            self.fields[self.select] = given["value"]

    def _input(self, given: dict[str, str | None]) -> None:
        name = given["name"] or ""
        if given.get("type") not in ("radio", "checkbox"):
            self.fields[name] = given.get("value") or ""
        elif "checked" in given:
            self.fields.setdefault(name, []).append(given["value"])

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser leaves out the line ending that follows the tag.
            self.fields[self.area] = self.fields[self.area].removeprefix("\n")
            self.area = ""
        elif tag == "form":
            self.is_inside = False


def fields_of(response: Any, mark: str = "data-autosave") -> dict[str, Any]:
    """The fields of the page's form that has the attribute, as they would be sent without a change."""
    reader = _Reader(mark)
    reader.feed(response.content.decode())
    return reader.fields
