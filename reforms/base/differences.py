"""What changed between two texts, word by word, so that it can be judged without colour and without sight.

Lines are aligned first, so that a changed word is looked for in its own paragraph; then words inside changed lines.
Nothing of either text is left out: without the added pieces it is the text before, without the removed ones the text
after, to the last space. A line ending counts as a character like any other, so texts from a form and from a file are
given the same line endings first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from enum import StrEnum
from itertools import accumulate, groupby
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

from reforms.base.markdown import without_turns

LINE = re.compile(r"[^\r\n]+[\r\n]*|[\r\n]+")
"""A line with the empty ones that follow it: as an own unit, empty lines would be what all texts have in common."""
TOKEN = re.compile(r"[£$€]?\w+(?:[-’'.,:/]\w+)*%?|\s+|.")
"""A word (£45.5, SH-4-07, 12/03/2015 and council’s are one), a run of spaces, or a mark."""
WORD = re.compile(r"\w")
EFFORT = 10_000_000
"""How much is compared before what is left counts as changed: a second or so. Texts that people wrote need far less."""
COST_OF_A_PAIR = 20
"""What it costs to look at two lines, besides their words: one step is a word beside a word."""
ALIKE = 0.4
"""The share of words in common from which a line counts as the same one, reworded. Below it was replaced."""


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


TAGS = {Kind.ADDED: "ins", Kind.REMOVED: "del"}
LEAST_FOLDED = 2
"""One paragraph takes no more room than the words that would stand for it."""


class Piece(NamedTuple):
    """A stretch of text with one fate. Its text is never empty."""

    kind: Kind
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order. What was removed stands before what was added in its place.

    Takes two seconds at most for texts of 100 kB: where they have too little in common, whole lines are changed.
    """
    effort = Effort(EFFORT)
    return _joined(_of_lines(LINE.findall(before), LINE.findall(after), effort))


class Effort:
    """What may still be spent on comparing. Spent from many places, so that all of them together end in time."""

    def __init__(self, limit: int) -> None:
        self._left = limit

    def spend(self, cost: int) -> bool:
        """Whether this much was left; it is spent then."""
        if cost > self._left:
            return False
        self._left -= cost
        return True


class Matcher(SequenceMatcher[str]):
    """Python's own matcher, which stops looking for what two sequences share when the effort is spent.

    Spaces are matched only beside words that match.
    """

    def __init__(self, before: Sequence[str], after: Sequence[str], effort: Effort) -> None:
        super().__init__(str.isspace, before, after, autojunk=False)
        self._effort = effort
        twins = Counter(each for each in after if not each.isspace())
        self._costs = [0, *accumulate(1 + twins[each] for each in before)]

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """The longest run that both have there; none when looking would cost more than is left."""
        last = len(self._costs) - 1 if ahi is None else ahi
        if not self._effort.spend(self._costs[last] - self._costs[alo]):
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)


def _of_lines(before: Sequence[str], after: Sequence[str], effort: Effort) -> Iterator[Piece]:
    """Lines that stayed, and between them blocks of lines that did not."""
    old, new = [line.rstrip() for line in before], [line.rstrip() for line in after]
    for tag, i, j, k, m in _steps(old, new, effort):
        if tag == "equal":
            for was, now in zip(before[i:j], after[k:m], strict=True):
                yield from _of_words(was, now, effort)
        else:
            yield from _of_block(before[i:j], after[k:m], effort)


def _steps(old: list[str], new: list[str], effort: Effort) -> Iterator[tuple[str, int, int, int, int]]:
    """How to come from one sequence to the other. What both begin and end with is set aside: that costs nothing."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    last, end = len(old) - tail, len(new) - tail
    if head:
        yield "equal", 0, head, 0, head
    if head < last or head < end:
        middle = Matcher(old[head:last], new[head:end], effort)
        for tag, i, j, k, m in middle.get_opcodes():
            yield tag, i + head, j + head, k + head, m + head
    if tail:
        yield "equal", last, len(old), end, len(new)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many both begin with."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _of_block(before: Sequence[str], after: Sequence[str], effort: Effort) -> Iterator[Piece]:
    """A block of changed lines: those reworded by their words, those removed or added as a whole."""
    done, ended = 0, 0
    for i, k in _reworded(before, after, effort):
        yield from _replaced(before[done:i], after[ended:k])
        yield from _of_words(before[i], after[k], effort)
        done, ended = i + 1, k + 1
    yield from _replaced(before[done:], after[ended:])


def _replaced(before: Iterable[str], after: Iterable[str]) -> Iterator[Piece]:
    yield Piece(Kind.REMOVED, "".join(before))
    yield Piece(Kind.ADDED, "".join(after))


def _reworded(before: Sequence[str], after: Sequence[str], effort: Effort) -> list[tuple[int, int]]:
    """Which line became which, in the order of both: the pairs with most in common. None where it costs too much."""
    old, new = [_words(line) for line in before], [_words(line) for line in after]
    if not old or not new or not effort.spend(len(new) * sum(len(words) + COST_OF_A_PAIR for words in old)):
        return []
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_likeness(a, b) for b in new] for a in old]
    for i in reversed(range(len(old))):
        for k in reversed(range(len(new))):
            best[i][k] = max(alike[i][k] + best[i + 1][k + 1], best[i + 1][k], best[i][k + 1])
    return list(_walk(best, alike))


def _walk(best: list[list[float]], alike: list[list[float]]) -> Iterator[tuple[int, int]]:
    """The pairs along the best way through the table."""
    i = k = 0
    while i < len(alike) and k < len(alike[0]):
        if alike[i][k] and best[i][k] == alike[i][k] + best[i + 1][k + 1]:
            yield i, k
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            i += 1
        else:
            k += 1


def _words(line: str) -> Counter[str]:
    return Counter(token for token in TOKEN.findall(line) if WORD.search(token))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common, from 0 to 1; 0 also below what makes two lines one."""
    small, large = sorted((one, other), key=len)
    common = sum(min(count, large[word]) for word, count in small.items())
    share = 2 * common / ((one.total() + other.total()) or 1)
    return share if share >= ALIKE else 0.0


def _of_words(before: str, after: str, effort: Effort) -> Iterator[Piece]:
    """A line by its words. Spaces and marks between two changes of words belong to the change: it is read as one."""
    if before == after:
        yield Piece(Kind.SAME, before)
        return
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    steps = [(tag, "".join(old[i:j]), "".join(new[k:m])) for tag, i, j, k, m in _steps(old, new, effort)]
    for number, (tag, was, now) in enumerate(steps):
        beside = [was + now for _, was, now in (*steps[number - 1 : number], *steps[number + 1 : number + 2])]
        if tag == "equal" and (WORD.search(was) or len(beside) < 2 or not all(map(WORD.search, beside))):
            yield Piece(Kind.SAME, was)
        else:
            yield from _replaced([was], [now])


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Every change in one go: all that was removed, then all that was added."""
    told = (piece for piece in pieces if piece.text)
    changes: list[Piece] = []
    for is_same, run in groupby(told, key=lambda piece: piece.kind == Kind.SAME):
        parts = list(run)
        changes += parts if is_same else _one_change(parts)
    runs = groupby((piece for piece in changes if piece.text), key=lambda piece: piece.kind)
    return [Piece(kind, "".join(piece.text for piece in run)) for kind, run in runs]


def _one_change(pieces: Sequence[Piece]) -> list[Piece]:
    """What was removed, then what was added. Beside a new line, a line break on both sides was neither."""
    removed, added = ("".join(p.text for p in pieces if p.kind == kind) for kind in (Kind.REMOVED, Kind.ADDED))
    if removed.strip() and added.strip():
        return [Piece(Kind.REMOVED, removed), Piece(Kind.ADDED, added)]
    head = min(len(text) - len(text.lstrip("\n")) for text in (removed, added))
    rest = [text[head:] for text in (removed, added)]
    tail = min(len(text) - len(text.rstrip("\n")) for text in rest)
    removed, added = (text[: len(text) - tail] for text in rest)
    breaks = [Piece(Kind.SAME, "\n" * count) for count in (head, tail)]
    return [breaks[0], Piece(Kind.REMOVED, removed), Piece(Kind.ADDED, added), breaks[1]]


def counts(pieces: Iterable[Piece]) -> str:
    """How much changed: 4 words added, 12 removed."""
    changes = [piece for piece in pieces if piece.kind != Kind.SAME]
    if not changes:
        return "No words changed"
    totals = [(sum(_words_in(each) for each in changes if each.kind == kind), kind) for kind in TAGS]
    parts = [(count, fate) for count, fate in totals if count]
    if not parts:
        return "No words changed, only spaces or punctuation"
    (first, fate), *others = parts
    return f"{_counted(first, 'word')} {fate}" + "".join(f", {count:,} {fate}" for count, fate in others)


def _words_in(piece: Piece) -> int:
    return _words(piece.text).total()


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


class Paragraph(NamedTuple):
    """A line as it is drawn, and whether anything in it changed."""

    html: str
    is_changed: bool


def as_html(pieces: Iterable[Piece], *, around: int | None = None) -> SafeString:
    """The text with its changes marked as `<ins>` and `<del>`, each named once to those who hear the page.

    With `around`, only so many unchanged paragraphs stand beside each change; others are folded, and can be opened.
    """
    paragraphs = list(_paragraphs(pieces))
    made = _open(paragraphs) if around is None else "".join(_folded(paragraphs, around))
    return SafeString(f'<div class="app-diff">{made}</div>')


def _paragraphs(pieces: Iterable[Piece]) -> Iterator[Paragraph]:
    """The lines of the text. A change that runs over several is marked in each and named at its two ends."""
    parts: list[str] = []
    is_changed = False
    for piece in pieces:
        for html, is_end in _fragments(piece):
            parts.append(html)
            is_changed |= bool(html) and piece.kind != Kind.SAME
            if is_end and any(parts):
                yield Paragraph("".join(parts), is_changed)
                parts, is_changed = [], False
    if any(parts):
        yield Paragraph("".join(parts), is_changed)


def _fragments(piece: Piece) -> Iterator[tuple[str, bool]]:
    """The piece line by line, drawn, and whether the line ends there."""
    lines = LINE.findall(piece.text)
    shown = [number for number, line in enumerate(lines) if _shown(line)]
    if piece.kind != Kind.SAME and not shown:
        yield _marked(piece.kind, _spoken(piece), _drawn(piece.text)), lines[-1].endswith(("\n", "\r"))
        return
    for number, line in enumerate(lines):
        first, last = number == shown[0] if shown else False, number == shown[-1] if shown else False
        yield _drawn_line(piece.kind, line, is_first=first, is_last=last), line.endswith(("\n", "\r"))


def _drawn_line(kind: Kind, line: str, *, is_first: bool, is_last: bool) -> str:
    """One line of a piece. What begins a change says so, and what ends it."""
    text = escape(without_turns(line.rstrip("\r\n")))
    if kind == Kind.SAME or not _shown(line):
        return text
    return _marked(kind, f"{kind}: " if is_first else "", text, f" end of {kind}" if is_last else "")


def _marked(kind: Kind, begins: str, html: str, ends: str = "") -> str:
    tag = TAGS[kind]
    return f"<{tag}>{_heard(begins)}{html}{_heard(ends)}</{tag}>"


def _heard(words: str) -> str:
    """Words for those who hear the page."""
    return f'<span class="govuk-visually-hidden">{words}</span>' if words else ""


def _shown(text: str) -> str:
    """What can be seen of a text."""
    return without_turns(text).strip()


def _spoken(piece: Piece) -> str:
    """What a change of nothing but spaces is called: added: 2 line breaks."""
    lines = len(re.findall(r"\r\n|\r|\n", piece.text))
    spaces = len(re.sub(r"[\r\n]", "", piece.text))
    parts = [_counted(count, noun) for count, noun in ((lines, "line break"), (spaces, "space")) if count]
    return f"{piece.kind}: {' and '.join(parts)}"


def _drawn(spaces: str) -> str:
    """Marks that stand for spaces and line breaks, where these are all that changed."""
    marks = re.sub(r"[^¶]", "␣", re.sub(r"\r\n|\r|\n", "¶", spaces))
    return f'<span aria-hidden="true">{marks}</span>'


def _folded(paragraphs: Sequence[Paragraph], around: int) -> Iterator[str]:
    """The paragraphs near a change, and between them how many are folded away."""
    changed = [number for number, each in enumerate(paragraphs) if each.is_changed]
    near = {n for number in changed for n in range(number - around, number + around + 1)}
    for is_near, run in groupby(enumerate(paragraphs), key=lambda pair: pair[0] in near):
        some = [paragraph for _, paragraph in run]
        yield _open(some) if is_near or len(some) < LEAST_FOLDED else _fold(some)


def _open(paragraphs: Iterable[Paragraph]) -> str:
    return "".join(f'<p class="app-diff__line">{each.html}</p>' for each in paragraphs)


def _fold(paragraphs: Sequence[Paragraph]) -> str:
    words = f"… {_counted(len(paragraphs), 'paragraph')} unchanged …"
    return f'<details class="app-fold"><summary class="app-fold__head">{words}</summary>{_open(paragraphs)}</details>'
