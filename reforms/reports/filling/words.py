"""How what is recorded becomes the small Markdown of a report: our words stay words, and lists stay lists.

A heading of one mark stands right below the section's own heading, one of two marks below that. What an organisation
wrote itself may have headings of its own: they stand below these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pillars.models import FuzzyWindow
from reforms.base.markdown import READER

MARKS = re.compile(r"[\\*_\[\]<]")
"""What the reader of Markdown takes for more than itself, wherever it stands."""
BEGINNING = re.compile(r"(\d{1,9}(?=[.)])|(?=[#+-]))")
"""What it takes for a heading or a list where a line begins."""
OWN_HEADING = re.compile(r"(#{1,6})(?=\s|$)")
ENDS = (".", "!", "?", ".”", "!”", "?”")
BELOW = "##"
"""How many levels of headings a report has above those that an organisation wrote itself."""
DEEPEST = 6


def plain(text: object) -> str:
    """Words of one line, so that Markdown reads them as they are. Where they begin a line, see `begun`."""
    return MARKS.sub(r"\\\g<0>", " ".join(str(text).split()))


def begun(line: str) -> str:
    """Markdown of one line that is neither a heading nor a list, whatever it begins with."""
    return BEGINNING.sub(r"\1\\", line, count=1) if BEGINNING.match(line) else line


def paragraphs(text: str) -> list[str]:
    """Plain text of paragraphs, each ready to stand in Markdown."""
    return [begun(plain(each)) for each in text.split("\n\n") if each.strip()]


def heading(words: object, level: int = 1) -> str:
    """Words as a heading; marks at their end would be taken off, so each is kept apart."""
    kept = plain(words).replace("#", r"\#")
    return f"{'#' * level} {kept}"


def bullets(lines: Iterable[str]) -> str:
    """A list; the lines are Markdown already."""
    return "\n".join(f"- {begun(line)}" for line in lines)


def joined(*pieces: str) -> str:
    """Pieces of Markdown one below the other, those without words left out."""
    return "\n\n".join(piece for piece in pieces if piece)


def sentence(text: str) -> str:
    """With a capital at its beginning and a full stop at its end."""
    words = text.strip()
    ended = words if words.endswith(ENDS) else f"{words}."
    return f"{ended[:1].upper()}{ended[1:]}"


def lowered(text: str) -> str:
    """To go on within a sentence."""
    return f"{text[:1].lower()}{text[1:]}"


def listed(words: Sequence[str]) -> str:
    """one, two and three."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def counted(number: int, noun: str, several: str = "") -> str:
    """1 pillar, 6 pillars."""
    return f"{number:,} {noun if number == 1 else several or f'{noun}s'}"


def dated(window: FuzzyWindow) -> str:
    """The published words of a date and what they mean: “by the end of 2023”, that is by 31 December 2023."""
    means = window.means if window.earliest or window.latest else ""
    said = f"“{plain(window.words)}”" if window.words else ""
    return said if means == window.words else ", that is ".join(filter(None, (said, means)))


def written(text: str) -> Iterator[str]:
    """What somebody wrote here, piece by piece: each paragraph, list or heading that stands by itself."""
    lines = text.split("\n")
    for token in READER.parse(text):
        if token.level == 0 and token.nesting >= 0 and token.map:
            first, last = token.map
            piece = "\n".join(lines[first:last]).strip("\n")
            yield OWN_HEADING.sub(_lower, piece, count=1) if token.type == "heading_open" else piece


def _lower(marks: re.Match[str]) -> str:
    return f"{BELOW}{marks[1]}"[:DEEPEST]
