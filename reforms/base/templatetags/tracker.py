"""Tags and filters every template has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from reforms.base import formatting
from reforms.base.addresses import address
from reforms.base.as_at import AsAt
from reforms.base.escaping import escaped, text

register = template.Library()
GLYPH = '<svg class="app-glyph" aria-hidden="true" focusable="false"><use href="#glyph-{}"/></svg>'

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


@register.simple_block_tag
def remembered(content: SafeString) -> SafeString:
    """What a page says in one place, to be said again in another: `{% remembered as name %}…{% endremembered %}`."""
    return content


# Small pieces that a page prints again and again: as templates each took as long as a row of a list.


@register.simple_tag(takes_context=True)
def nav_section(context: Context, key: str, name: str, words: str) -> SafeString:
    """One section of the navigation, marked where the page is in it."""
    item, link, said = "govuk-service-navigation__item", "", text(words)
    if context.get("nav") == key:
        item += f" {item}--active"
        link = ' aria-current="true"'
        said = f'<strong class="govuk-service-navigation__active-fallback">{said}</strong>'
    url = text(page(context, name))
    return SafeString(
        f'<li class="{item}"><a class="govuk-service-navigation__link" href="{url}"{link}>{said}</a></li>'
    )


@register.simple_tag
def group_head(
    title: object, count: object = None, timing: object = None, anchor: object = "", level: object = 3
) -> SafeString:
    """The head of a group: its title, under the glyph of a state where all of it is in one, and its count."""
    heading = f"h{text(level or 3)}"
    place = f' id="{text(anchor)}"' if anchor else ""
    said = state(timing, title) if timing else f"<span>{text(title)}</span>"
    counted = "" if count in (None, "") else f'<span class="app-group__n">{text(count)}</span>'
    return SafeString(f'<{heading} class="app-group"{place}>{said}{counted}</{heading}>')


def state(timing: object, said: object) -> str:
    """A glyph, and the words that carry the meaning."""
    kind = text(timing)
    return f'<span class="app-state app-state--{kind}">{_glyph(kind)}{text(said)}</span>'


@cache
def _glyph(kind: str) -> str:
    return GLYPH.format(kind)


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
        links.append(f'<a href="{_source_page(context, slug)}#place-{place.number}">{escaped(name)}</a>')
    return SafeString(f'<p class="app-src">{" · ".join(links)}</p>' if links else "")


def _source_page(context: Context, slug: str) -> str:
    """The address of a source's page as HTML, worked out once for a page that cites it hundreds of times."""
    known: Any = context.render_context.setdefault("sources", {})  # type: ignore[arg-type]
    if slug not in known:
        known[slug] = escaped(carry(context, address("source", slug)))
    return known[slug]


@register.simple_tag
def words(paragraphs: Iterable[str]) -> SafeString:
    """A council's own words. Made here because a comparison prints 200 positions, and a loop for each costs most."""
    return SafeString("".join(map(_said, paragraphs)))


def _said(paragraph: str) -> str:
    """A paragraph of plain words; or words that were written here, which are HTML already."""
    if isinstance(paragraph, SafeString):
        return f'<div class="app-voice__words">{paragraph}</div>'
    return f'<p class="app-voice__words">{escape(paragraph)}</p>'


@register.simple_tag
def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """The attributes of a form's control but its class, which each template joins to its own.

    Written as Django's `flatatt` would: those with a value before those without, and none that is false or missing.
    """
    given = (each for each in attrs.items() if each[0] != "class")
    said = sorted((name, value) for name, value in given if value is not None and value is not False)
    valued = "".join(f' {name}="{escaped(str(value))}"' for name, value in said if value is not True)
    return SafeString(valued + "".join(f" {name}" for name, value in said if value is True))


@register.simple_tag
def options(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """The choices of a drop-down list, as its widget groups them. Made here because a list of councils has 153."""
    made = [(name, "".join(map(_option, choices))) for name, choices, _place in groups]
    grouped = (f'<optgroup label="{escaped(name)}">{each}</optgroup>' if name else each for name, each in made)
    return SafeString("".join(grouped))


def _option(choice: dict[str, Any]) -> str:
    selected = " selected" if choice["selected"] else ""
    return f'<option value="{escaped(str(choice["value"]))}"{selected}>{escaped(str(choice["label"]))}</option>'


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
        f' name="{escaped(choice["name"])}" value="{escaped(str(choice["value"]))}"{attributes(choice["attrs"])}>'
        f'<label class="govuk-label govuk-checkboxes__label" for="{escaped(str(choice["attrs"].get("id", "")))}">'
        f"{escaped(str(label))}{counted}</label></div>\n"
    )
