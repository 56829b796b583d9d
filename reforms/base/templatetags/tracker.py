"""Tags and filters every template has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

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
        name = str(place) if place.source != source else place.locator
        source = place.source
        url = f"{carry(context, address('source', source.slug))}#place-{place.number}"
        links.append(format_html('<a href="{}">{}</a>', url, name))
    return format_html('<p class="app-src">{}</p>', mark_safe(" · ".join(links))) if links else SafeString()  # noqa: S308
