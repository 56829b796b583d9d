"""Tags and filters every template has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.template.context import Context
from django.utils.safestring import SafeString

from reforms.base import formatting
from reforms.base.addresses import address
from reforms.base.as_at import AsAt

register = template.Library()

register.filter("day", formatting.date_in_words)
register.filter("moment", formatting.moment_in_words)
register.filter("money", formatting.money)
register.filter("money_short", formatting.money_short)
register.filter("days", formatting.days_in_words)


@register.simple_tag(takes_context=True)
def page(context: Context, name: str, *args: str | int) -> str:
    """The address of a page, asking for the day this page answers for."""
    return carry(context, address(name, *args))


@register.simple_tag(takes_context=True)
def carry(context: Context, url: str) -> str:
    """The same address, asking for the day this page answers for."""
    as_at: AsAt | None = context.get("as_at")
    return as_at.carry(url) if as_at else url


@register.simple_tag(takes_context=True)
def cited(context: Context, places: Iterable[Any] | None) -> SafeString:
    """The places that say so, as the last line of a fact. The source is named once, before its first place.

    Made here and not in a template because a list prints hundreds of them.
    """
    links = []
    source = None
    for place in places or ():
        slug = place.source.slug
        name = place.locator if slug == source else str(place)
        source = slug
        links.append(f'<a href="{_source_page(context, slug)}#place-{place.number}">{escape(name)}</a>')
    return SafeString(f'<p class="app-src">{" · ".join(links)}</p>' if links else "")


def _source_page(context: Context, slug: str) -> str:
    """The address of a source's page as HTML, worked out once for a page that cites it hundreds of times."""
    known: Any = context.render_context.setdefault("sources", {})  # type: ignore[arg-type]
    if slug not in known:
        known[slug] = escape(carry(context, address("source", slug)))
    return known[slug]


@register.simple_tag
def words(paragraphs: Iterable[str]) -> SafeString:
    """A council's own words. Made here because a comparison prints 200 positions, and a loop for each costs most."""
    return SafeString("".join(f'<p class="app-voice__words">{escape(paragraph)}</p>' for paragraph in paragraphs))


@register.simple_tag
def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """The attributes of a form's control but its class, which each template joins to its own."""
    return flatatt({name: value for name, value in attrs.items() if name != "class"})


@register.simple_tag
def options(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """The choices of a drop-down list, as its widget groups them. Made here because a list of councils has 153."""
    made = [(name, "".join(map(_option, choices))) for name, choices, _place in groups]
    grouped = (f'<optgroup label="{escape(name)}">{each}</optgroup>' if name else each for name, each in made)
    return SafeString("".join(grouped))


def _option(choice: dict[str, Any]) -> str:
    selected = " selected" if choice["selected"] else ""
    return f'<option value="{escape(str(choice["value"]))}"{selected}>{escape(str(choice["label"]))}</option>'


@register.simple_tag
def checkboxes(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """The choices of a list of boxes, a line each, with the tally of a label that counts its rows.

    Made here because a panel of filters has a hundred.
    """
    return SafeString("".join(_checkbox(choice) for _name, choices, _place in groups for choice in choices))


def _checkbox(choice: dict[str, Any]) -> str:
    label, tally = choice["label"], getattr(choice["label"], "tally", None)
    counted = "" if tally is None else f' <span class="app-tally">({tally})</span>'
    return (
        '<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox"'
        f' name="{escape(choice["name"])}" value="{escape(str(choice["value"]))}"{attributes(choice["attrs"])}>'
        f'<label class="govuk-label govuk-checkboxes__label" for="{escape(str(choice["attrs"].get("id", "")))}">'
        f"{escape(str(label))}{counted}</label></div>\n"
    )
