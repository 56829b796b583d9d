"""Rows that pages print by the hundred, made as strings: as templates they cost most of a page's time.

What a row has is said at the component that prints it: ledger.html, window.html, said.html, plan.html.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from reforms.base.escaping import escaped, text
from reforms.base.templatetags.tracker import cited, state, words

register = template.Library()
Carry = Callable[[str], str]
Cite = Callable[[Any], str]
TICK = (
    '<use class="app-window__done" href="#glyph-met" x="{}%" y="3" width="14" height="14" transform="translate(-7 0)"/>'
)
AXES_KEPT = 64
CROWDED = 7
"""With more years than this only every other one is named on a phone."""
NEAR_THE_EDGE = 70
GAP, NOT_ANSWERED = ' class="app-list__gap"', ' <span class="app-gaptext">Not answered</span>'
NOT_SPOKEN_OF = ' <span class="app-gaptext">Not spoken of</span>'
"""By the council: a recommendation has an answer, or none, of government's."""
DIAMOND = (
    '<use class="app-window__diamond" href="#glyph-conditional" x="{}%" y="3" width="14" height="14"'
    ' transform="translate(-7 0)"/>'
)


# Windows


@register.simple_tag
def window(
    drawings: Sequence[Any], was: Any = None, scale_id: str = "", height: object = "", top: object = ""
) -> SafeString:
    """Drawings of dates on one track; `was` is a date that moved. Nothing where there are none."""
    if not drawings:
        return SafeString()
    moved = f' transform="translate(0 {text(top)})"' if top else ""
    last = drawings[-1]
    today = _upright("app-window__today", last.today, "0", "100%") if last.today else ""
    # Every field of a drawing is a number or a word of our own, so none of them has anything to escape.
    return SafeString(
        f'<svg class="app-window" width="100%" height="{text(height or 20)}" aria-hidden="true" focusable="false">'
        f'<use href="#{text(scale_id or "scale")}"/><g{moved}>'
        '<line class="app-window__base" x1="0" x2="100%" y1="10" y2="10"/>'
        f"{''.join(_moved(was, each) + _drawn(each) for each in drawings)}</g>{today}</svg>"
    )


@register.simple_tag
def axis(scale: Any, today: str | None, day: Any) -> SafeString:
    """The years over a list of windows, and the day the page answers for. A page has one over each of its lists."""
    return _axis(scale, today, day.day if today else None)


@lru_cache(AXES_KEPT)
def _axis(scale: Any, today: str | None, day: date | None) -> SafeString:
    lines = scale.year_lines()
    many = " app-axis--many" if len(lines) > CROWDED else ""
    years = "".join(_year(line, "" if number % 2 == 0 else " app-axis__t--even") for number, line in enumerate(lines))
    return SafeString(
        f'<svg class="app-axis{many}" width="100%" height="34" aria-hidden="true" focusable="false">{years}'
        f"{_today(today, date_format(day, 'j M Y')) if today and day else ''}</svg>"
    )


def _year(line: Any, css: str) -> str:
    return (
        f'<line class="app-window__year" x1="{line.x}%" x2="{line.x}%" y1="20" y2="34"/>'
        f'<text class="app-axis__t{css}" x="{line.x}%" y="31" dx="4">{line.label}</text>'
    )


def _today(today: str, words: str) -> str:
    """Words near the right edge end at their day, so that they stay on the page."""
    css = " app-axis__t--end" if round(float(today)) > NEAR_THE_EDGE else ""
    said = f'<text class="app-axis__t app-axis__t--today{css}" x="{today}%" y="11">{words}</text>'
    return said + _upright("app-window__today", today, "15", "20")


def _upright(css: str, x: str, top: str, bottom: str) -> str:
    return f'<line class="{css}" x1="{x}%" x2="{x}%" y1="{top}" y2="{bottom}"/>'


def _moved(was: Any, drawing: Any) -> str:
    """Where the date stood before, and a line from there."""
    if not was:
        return ""
    css = "app-window__line app-window__line--was"
    before = (
        f'<rect class="app-window__bar app-window__bar--was" x="{was.x}%" width="{was.width}%" y="0" height="4"/>'
        if was.kind == "bar"
        else f'<line class="{css}" x1="{was.line_from}%" x2="{was.line_to}%" y1="2" y2="2"/>'
    )
    ends = f'x1="{was.x or was.line_to}%" x2="{drawing.x or drawing.line_to}%"'
    return f'{before}<line class="{css}" {ends} y1="2" y2="5"/>'


def _drawn(drawing: Any) -> str:
    done = TICK.format(drawing.done) if drawing.done else ""
    if drawing.width:
        return f"{_bar(drawing)}{done}"
    return f"{_line(drawing) if drawing.line_to else ''}{done}"


def _bar(drawing: Any) -> str:
    halo = _upright("app-window__halo", drawing.today, "4", "16") if drawing.is_crossed else ""
    css = f"app-window__bar app-window__bar--{drawing.state}"
    return f'<rect class="{css}" x="{drawing.x}%" width="{drawing.width}%" y="5" height="10"/>{halo}'


def _line(drawing: Any) -> str:
    css = f"app-window__line app-window__line--{drawing.state}"
    line = f'<line class="{css}" x1="{drawing.line_from}%" x2="{drawing.line_to}%" y1="10" y2="10"/>'
    if not drawing.x:
        return line
    if drawing.kind == "diamond":
        return line + DIAMOND.format(drawing.x)
    return line + _upright(f"app-window__stop app-window__stop--{drawing.state}", drawing.x, "4", "16")


# Commitments


@register.simple_tag(takes_context=True)
def ledger_rows(
    context: Context, rows: Iterable[Any], has_money: object = False, level: object = 3, scale_id: str = ""
) -> SafeString:
    """A list item for each commitment."""
    carried, cite = carrier(context), citer(context)
    made = [_ledger_row(row, carried, cite, has_money=has_money, level=level or 3, scale_id=scale_id) for row in rows]
    return SafeString("".join(made))


def _ledger_row(row: Any, carried: Carry, cite: Cite, *, has_money: object, level: object, scale_id: str) -> str:
    reference, meta = f'<span class="app-ledger__ref">{text(row.reference)}</span>', row.meta
    before, inside = ("", f"{reference} ") if has_money else (reference, "")
    return (
        f'<li class="app-ledger__row">{before}<div><h{level} class="app-ledger__title">{inside}'
        f"{_link(row, carried)}</h{level}>"
        f"{_line_of('meta', meta)}{_differing(row, carried)}{_parts(row.parts, carried)}{cite(row.citations)}</div>"
        f"<div>{_line_of('when', row.words)}{_line_of('means', row.means)}{_standing(row, carried, scale_id)}</div>"
        f"{_money(row.money) if has_money else ''}</li>\n"
    )


def _mark(row: Any) -> object:
    """The glyph of a row: that of its timing, where it has no other."""
    return getattr(row, "mark", None) or row.timing


def _standing(row: Any, carried: Carry, scale_id: str) -> str:
    """Its window and its state; and what became of it, on a page that says so of recommendations.

    There one without a window says nothing of it.
    """
    reply, drawings = row.reply, row.drawings
    own = window(drawings, row.was, scale_id) + state(_mark(row), row.state) if drawings or reply is None else ""
    return own if reply is None else own + _answered(own, reply, carried)


def _answered(own: str, reply: Any, carried: Carry) -> str:
    """The answer, on a line of its own under a state."""
    return f"<div>{_reply(reply, carried)}</div>" if own else _reply(reply, carried)


def _reply(reply: Any, carried: Carry) -> str:
    if not reply.kind:
        return _line_of("means", reply.words)
    carrying = "".join(_carrying(each, carried) for each in reply.carried_by)
    listed = f'Carried by<ul class="app-ledger__parts">{carrying}</ul>' if carrying else ""
    nowhere = _line_of("means", "Carried by no commitment recorded here") if reply.is_carried_nowhere else ""
    return (
        f"{state(reply.kind, reply.words)}{_line_of('means', reply.by)}{_line_of('because', reply.because)}"
        f"{listed}{nowhere}"
    )


def _carrying(each: Any, carried: Carry) -> str:
    said = f" {state(each.timing, each.state)}" if each.timing else ""
    return f'<li><a href="{escaped(carried(each.url))}">{text(each.reference)}</a>{said}</li>'


def _line_of(name: str, said: object) -> str:
    return f'<p class="app-ledger__{name}">{text(said)}</p>' if said else ""


def _link(row: Any, carried: Carry) -> str:
    return f'<a href="{escaped(carried(row.url))}">{text(row.title)}</a>'


def _parts(parts: Sequence[Any], carried: Carry) -> str:
    made = "".join(_part(part, part.note, carried) for part in parts)
    return f'<ul class="app-ledger__parts">{made}</ul>' if made else ""


def _part(part: Any, note: object, carried: Carry) -> str:
    noted = f", <strong>{text(note)}</strong>" if note else ""
    replied = f" {_short_reply(part.reply)}" if part.reply else ""
    reference = f'<span class="app-ledger__ref">{text(part.reference)}</span>'
    return f"<li>{reference} {_link(part, carried)}{noted}{replied}{_differing(part, carried)}</li>"


def _differing(row: Any, carried: Carry) -> str:
    """A small mark where documents put something about it differently, that leads to how."""
    if not row.differs:
        return ""
    hidden = f'<span class="govuk-visually-hidden"> on {text(row.reference)}</span>'
    return f' <a class="app-differ" href="{escaped(carried(row.url))}#wordings">Documents differ{hidden}</a>'


@register.simple_tag
def reply(found: Any) -> SafeString:
    """What became of a recommendation, in short."""
    return SafeString(_short_reply(found))


def _short_reply(reply: Any) -> str:
    return state(reply.kind, reply.words) if reply.kind else text(reply.words)


def _money(said: object) -> str:
    return _line_of("money", said) or '<p class="app-ledger__money app-ledger__money--none">Not stated</p>'


@register.simple_tag(takes_context=True)
def plan_rows(context: Context, shown: Iterable[tuple[Any, bool]]) -> SafeString:
    """A list item for each commitment of a comparison, with whether nothing answers it."""
    carried, cite = carrier(context), citer(context)
    return SafeString("".join(_plan_row(row, is_gap, carried, cite) for row, is_gap in shown))


def _plan_row(row: Any, is_gap: bool, carried: Carry, cite: Cite) -> str:
    money, said = row.money, row.words
    css, unanswered = (GAP, NOT_ANSWERED) if is_gap else ("", "")
    stands = state(_mark(row), row.state) if row.reply is None else _short_reply(row.reply)
    if is_gap and row.reply is not None:
        unanswered = NOT_SPOKEN_OF
    return (
        f"<li{css}>"
        f'<span class="app-ledger__ref">{text(row.reference)}</span> {_link(row, carried)}'
        f"{f', {text(money)}' if money else ''}"
        f"<div>{f'{text(said)} ' if said else ''}{stands}{unanswered}{_differing(row, carried)}</div>"
        f"{cite(row.citations)}</li>\n"
    )


# A council's own words


@register.simple_tag(takes_context=True)
def said_rows(context: Context, said: Iterable[Any], is_open: object = False) -> SafeString:
    """A list item for each position on a single commitment, folded unless all are open."""
    carried, cite = carrier(context), citer(context)
    opened = " open" if is_open else ""
    return SafeString("".join(_said_row(each, opened, carried, cite) for each in said))


def _said_row(each: Any, opened: str, carried: Carry, cite: Cite) -> str:
    reference = text(each.reference)
    stale = f" {state('stale', f'Stale: {each.stale}')}" if each.stale else ""
    warned = f'<p class="app-warning">{state("stale", each.warning)}</p>' if each.warning else ""
    return (
        f'<li id="{text(each.id)}"><details class="app-said"{opened}><summary class="app-said__head">'
        f'<span class="app-ledger__ref">{reference}</span> <span class="app-said__title">{text(each.title)}</span> '
        f'<span class="app-said__age"><strong>{text(each.readiness)}.</strong> {text(each.published)}.{stale}</span>'
        f"</summary>{words(each.paragraphs)}{warned}{cite(each.citations)}"
        f'<p class="app-small"><a href="{escaped(carried(each.url))}#councils">{reference}, point by point</a></p>'
        "</details></li>\n"
    )


@register.simple_tag(takes_context=True)
def change_rows(context: Context, areas: Iterable[Any], level: int = 4) -> SafeString:
    """What a position would change: a list for each area, with what each change rests on and what became of that."""
    carried, cite = carrier(context), citer(context)
    return SafeString("".join(_area(each, carried, cite, level) for each in areas))


def _area(each: Any, carried: Carry, cite: Cite, level: int) -> str:
    made = "".join(_change(impact, carried, cite) for impact in each.impacts)
    head = f'<h{level} class="app-changes__area">{text(each.area)}</h{level}>'
    return f'{head}\n<ul class="app-list">\n{made}</ul>\n'


def _change(impact: Any, carried: Carry, cite: Cite) -> str:
    figure = f'<strong class="app-changes__figure">{text(impact.figure)}</strong> ' if impact.figure else ""
    grounds = "; ".join(_grounds(each, carried) for each in impact.grounds)
    rests = f'<span class="app-list__note">Rests on {grounds}</span>' if grounds else ""
    return f"<li>{figure}{text(impact.summary)}{rests}{cite(impact.citations)}</li>\n"


def _grounds(each: Any, carried: Carry) -> str:
    links = ", ".join(f'<a href="{escaped(carried(url))}">{text(reference)}</a>' for reference, url in each.links)
    return f"{links} {state(each.kind, each.words)}" if each.kind else links


# Where documents differ


@register.simple_tag(takes_context=True)
def conflict_rows(context: Context, topics: Iterable[Any], level: int = 3) -> SafeString:
    """A list item for each thing that documents put differently: its readings side by side, the one in use first."""
    carried, cite = carrier(context), citer(context)
    return SafeString("".join(_conflict_row(each, carried, cite, level) for each in topics))


def _conflict_row(each: Any, carried: Carry, cite: Cite, level: int) -> str:
    promise = each.commitment
    link = f'<a href="{escaped(carried(promise.get_absolute_url()))}#wordings">{text(promise.title)}</a>'
    readings = "".join(_reading(reading, cite) for reading in each.readings)
    reason = f'<p class="app-small">Used because: {text(each.reason)}</p>' if each.reason else ""
    title = text(each.title[:1].upper() + each.title[1:])
    return (
        f'<li class="app-differing"><h{level} class="app-ledger__title">{title}</h{level}>'
        f'<p class="app-ledger__meta">{text(each.field)} · {text(promise.reference)} {link}</p>'
        f'<ul class="app-differing__readings">{readings}</ul>{reason}</li>\n'
    )


def _reading(reading: Any, cite: Cite) -> str:
    is_used = reading.wording.is_used
    css, used = (" app-differing__one--used", "<strong>Used here</strong> ") if is_used else ("", "")
    return f'<li class="app-differing__one{css}">{used}“{text(reading.wording.words)}”{cite(reading.citations)}</li>'


# What every row needs of its page


def carrier(context: Context) -> Carry:
    as_at = context.get("as_at")
    return as_at.carry if as_at else str


def citer(context: Context) -> Cite:
    return lambda places: cited(context, places)
