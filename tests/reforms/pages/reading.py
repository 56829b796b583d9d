"""A page as a reader meets it: its words in order, its links, the rows of its tables."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.http import HttpResponse


def source_of(response: HttpResponse | Any) -> str:
    return response.content.decode()


def words_of(response: HttpResponse | Any) -> str:
    """The page's words in one line, without tags and runs of white space."""
    html = re.sub(r"(?s)<(svg|style|script|head)\b.*?</\1>", " ", source_of(response))
    return words_of_html(html)


def main_of(response: HttpResponse | Any) -> str:
    """The words of the page's own part, without header, navigation and footer."""
    found = re.search(r"(?s)<main.*?</main>", source_of(response))
    assert found, "The page has no main part."
    return words_of_html(found[0])


def words_of_html(html: str) -> str:
    text = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<svg\b.*?</svg>", " ", html))
    return re.sub(r"\s+([.,;:)])", r"\1", re.sub(r"\s+", " ", unescape(text))).strip()


def links_of(response: HttpResponse | Any) -> list[str]:
    """The addresses of every link on the page, each once, in order."""
    found = re.findall(r'<a\b[^>]*?\shref="([^"]*)"', source_of(response))
    return list(dict.fromkeys(unescape(each) for each in found))


def own_links(response: HttpResponse | Any) -> list[str]:
    """Links to pages of the site, without their fragments."""
    plain = (each.partition("#")[0] for each in links_of(response))
    return list(dict.fromkeys(each for each in plain if each.startswith("/")))


def items_of(response: HttpResponse | Any, pattern: str) -> list[str]:
    """The words of every list item whose words match."""
    found = (words_of_html(each) for each in re.findall(r"(?s)<li\b.*?</li>", source_of(response)))
    return [each for each in found if re.search(pattern, each)]


def table_rows(response: HttpResponse | Any) -> list[list[str]]:
    """The cells of every row of every table, in words."""
    rows = re.findall(r"(?s)<tr\b.*?</tr>", source_of(response))
    return [[words_of_html(cell) for cell in re.findall(r"(?s)<t[hd]\b.*?</t[hd]>", row)] for row in rows]
