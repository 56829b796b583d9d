"""Small Markdown as runs of words: what bold, italic and links come to in a format that is not HTML.

It is read by the site's own reader (reforms.base.markdown), so every format makes the same of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from reforms.base.markdown import named


@dataclass(frozen=True)
class Run:
    """Words that look alike. A line break is a "\\n" of its own in the text."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    link: str = ""


def runs_of(inline: Token) -> tuple[Run, ...]:
    """The runs of one paragraph, heading or item, in order; neighbours that look alike are one."""
    return tuple(_joined(_read(named(inline))))


def _read(tokens: Sequence[Token]) -> Iterator[Run]:
    bold = italic = 0
    link = ""
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            yield Run(token.content, bold > 0, italic > 0, link)
        elif token.type in ("softbreak", "hardbreak"):
            yield Run("\n", bold > 0, italic > 0, link)
        elif token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type in ("em_open", "em_close"):
            italic += token.nesting
        elif token.type == "link_open":
            link = str(token.attrs["href"])
        elif token.type == "link_close":
            link = ""


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    last: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if last is not None and replace(last, text="") == replace(run, text=""):
            last = replace(last, text=last.text + run.text)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def words_of(runs: Sequence[Run]) -> str:
    """The words alone, on one line."""
    return " ".join("".join(run.text for run in runs).split())
