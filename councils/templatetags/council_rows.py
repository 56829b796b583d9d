"""The rows of the list of councils, made as strings like those of other long lists: the page prints 150."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from reforms.base.escaping import text
from reforms.base.templatetags.rows import Carry, Cite, carrier, citer
from reforms.base.templatetags.tracker import state

register = template.Library()


@register.simple_tag(takes_context=True)
def heard_councils(context: Context, rows: Iterable[Any], level: int = 3) -> SafeString:
    """A list item for each council of which more is said than what it is."""
    carry, cite = carrier(context), citer(context)
    return SafeString("".join(_heard(row, carry, cite, level) for row in rows))


@register.simple_tag(takes_context=True)
def unheard_councils(context: Context, rows: Iterable[Any]) -> SafeString:
    """A list item for each of the others."""
    carry = carrier(context)
    made = (f'<li>{_link(row, carry)} <span class="app-muted">{text(row.note)}</span></li>\n' for row in rows)
    return SafeString("".join(made))


def _heard(row: Any, carry: Carry, cite: Cite, level: int) -> str:
    said = "".join(_taken(each, carry, cite) for each in row.taken) or _published(row)
    return (
        f'<li class="app-ledger__row"><div><h{level} class="app-ledger__title">{_link(row, carry)}</h{level}>'
        f'<p class="app-ledger__meta">{text(row.note)}</p></div><div>{said}</div></li>\n'
    )


def _link(row: Any, carry: Carry) -> str:
    return f'<a href="{text(carry(row.council.get_absolute_url()))}">{text(row.council.name)}</a>'


def _published(row: Any) -> str:
    """Whether it is current, and how much there is on each programme."""
    stale = state("stale", "Some of it stale") if row.is_stale else state("met", "Current")
    lines = (f'<p>{text(each.words)}. <span class="app-muted">{text(each.age)}</span></p>' for each in row.published)
    return f"{stale}{''.join(lines)}"


def _taken(each: Any, carry: Carry, cite: Cite) -> str:
    """How it stands in one pilot, with the mark of the map."""
    pilot = f'<p><a href="{text(carry(each.url))}">{text(each.pilot)}</a></p>'
    return f"<div>{state(each.state.mark, each.words)}{pilot}{cite(each.citations)}</div>"
