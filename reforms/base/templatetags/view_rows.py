"""Views of national and regional bodies, made as strings like the rows of rows.py: a body's page prints 200.

What a view has is said where it is made: councils/shown_views.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from reforms.base.escaping import escaped, text
from reforms.base.templatetags.rows import Carry, Cite, carrier, citer

register = template.Library()


@register.simple_tag(takes_context=True)
def carried_rows(context: Context, views: Iterable[Any]) -> SafeString:
    """A list item for each view that an answer carries: its stance, what it says, whom it asks, what it speaks of."""
    carry, cite = carrier(context), citer(context)
    made = (f"{_stance(each)}{text(each.text)}{_asked(each)}{_end(each, carry, cite)}" for each in views)
    return _items(made)


@register.simple_tag(takes_context=True)
def view_rows(context: Context, views: Iterable[Any]) -> SafeString:
    """A list item for each view on the page of its body: each has a place of its own there."""
    carry, cite = carrier(context), citer(context)
    rows = ((each, f"{text(each.text)}{_words(each)}{_asked(each)}{_end(each, carry, cite)}") for each in views)
    return SafeString("".join(f'<li id="{text(each.anchor)}">{row}</li>\n' for each, row in rows))


@register.simple_tag(takes_context=True)
def listed_views(context: Context, views: Iterable[Any], is_one_body: object = False) -> SafeString:
    """A list item for each view, which says its stance; and whose it is, unless all are of one body."""
    carry, cite = carrier(context), citer(context)
    return _items(f"{_stance(each)}{_said_by(each, carry, cite, is_one_body)}" for each in views)


@register.simple_tag(takes_context=True)
def others_rows(context: Context, views: Iterable[Any]) -> SafeString:
    """A list item for each view under the head of its stance: whose it is."""
    carry, cite = carrier(context), citer(context)
    return _items(_said_by(each, carry, cite) for each in views)


@register.simple_tag(takes_context=True)
def speaking_bodies(context: Context, voices: Iterable[Any]) -> SafeString:
    """A list item for each body: how many views it has, in all and by stance, each with the list of them."""
    carry = carrier(context)
    return _items(
        f"<strong>{_link(each.name, each.url, carry)}</strong> {_link(each.count, each.listed, carry)}: "
        f"{', '.join(_link(words, url, carry) for words, url in each.stances)}"
        for each in voices
    )


def _link(words: object, url: str, carry: Carry) -> str:
    return f'<a href="{escaped(carry(url))}">{text(words)}</a>'


def _items(rows: Iterable[str]) -> SafeString:
    return SafeString("".join(f"<li>{row}</li>\n" for row in rows))


def _said_by(each: Any, carry: Carry, cite: Cite, is_one_body: object = False) -> str:
    """What it says, whose it is with a link to its place there, and the rest."""
    name = f"View {text(each.number)}" if is_one_body else f"{text(each.body)}, view {text(each.number)}"
    words = f", in its words: “{text(each.words)}”" if each.words else ""
    said = f'<span class="app-list__note"><a href="{escaped(carry(each.url))}">{name}</a>{words}</span>'
    return f"{text(each.text)}{said}{_asked(each)}{_end(each, carry, cite)}"


def _stance(each: Any) -> str:
    return f"<strong>{text(each.stance)}.</strong> "


def _words(each: Any) -> str:
    return f'<span class="app-list__note">In its words: “{text(each.words)}”</span>' if each.words else ""


def _asked(each: Any) -> str:
    return f'<span class="app-list__note">{text(each.asked)}</span>' if each.asked else ""


def _end(each: Any, carry: Carry, cite: Cite) -> str:
    """What it speaks of, each with its link, and where it says so."""
    named = [(text(words), url) for words, url in each.wholes]
    named += [(f"{text(reference)} {text(title)}", url) for reference, title, url in each.about]
    subjects = "; ".join(f'<a href="{escaped(carry(url))}">{words}</a>' for words, url in named)
    speaks = f'<span class="app-list__note">Speaks of {subjects}</span>' if subjects else ""
    return f"{speaks}{cite(each.citations)}"
