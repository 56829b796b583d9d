"""The small Markdown in which people write: headings, lists, links, bold and italic words. Anything else stays text.

Two gates, each of which would do alone: the reader knows no HTML and no other kinds of links, and what it made is
cleaned of all but the few tags below. No word is lost: what is no Markdown here is shown as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.token import Token

KEPT = 256
"""A page shows the same few texts to everybody who reads it."""
HEADING_DEPTHS = 3
DEEPEST_LIST = 6
"""A list within a list within a list: each takes two levels of the reader's count. Deeper ones stay text."""
DEEPEST = 10
"""More than blocks can need, since at its limit the reader leaves blocks out. For brackets in brackets it is enough."""

SCHEMES = {"http", "https", "mailto"}
MAIL = re.compile(r"mailto:[^\s@?&,;:/\\%]+@[^\s@?&,;:/\\%]+")
HEADINGS = {f"h{number}" for number in range(2, 7)}
CLASSES = {
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
} | dict.fromkeys(HEADINGS, "govuk-heading-s")
TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")

CLEANER = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "a", "ul", "ol", "li"} | HEADINGS,
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    allowed_classes={tag: set(classes.split()) for tag, classes in CLASSES.items()},
    url_schemes=SCHEMES,
    url_relative="deny",
    link_rel="nofollow noopener",
)


class Reader(MarkdownIt):
    """Reads the Markdown that is described above."""

    def __init__(self) -> None:
        super().__init__("zero", {"breaks": True, "maxNesting": DEEPEST})
        self.enable(["heading", "list", "newline", "escape", "emphasis", "link", "autolink"])
        self.block.ruler.at("list", _list, {"alt": ["paragraph"]})

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Whether an address may be a link. It comes decoded; where it may not, all of it stays text."""
        return is_safe(url)


def _list(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """The library's rule, which else leaves out what is nested too deeply. Whether one ends a paragraph (`silent`) is
    asked at every depth, or an item after the deepest list would become a part of its last one."""
    return (silent or state.level < DEEPEST_LIST) and list_block(state, first, end, silent)


def is_safe(address: str) -> bool:
    """Whether it leads to a page or a mailbox, and shows where: no name and password before the host."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return MAIL.fullmatch(address) is not None
    return parts.scheme in SCHEMES and bool(host) and "@" not in parts.netloc and "\\" not in address


READER = Reader()
RENDERER = RendererHTML(READER)


def without_turns(text: str) -> str:
    """Without the characters that turn the direction of writing, by which a page shows other words than it has."""
    return TURNS.sub("", text)


@lru_cache(KEPT)
def to_html(text: str, level: int = 3) -> SafeString:
    """The text as HTML that is safe to show. Its highest headings are of the level given, and no level is skipped."""
    tokens = READER.parse(without_turns(text))
    _fit_headings(tokens, level)
    for token in _all(tokens):
        if token.nesting == 1 and token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])
    html = RENDERER.render(tokens, READER.options, {})
    return SafeString(CLEANER.clean(html))


def to_plain(text: str) -> str:
    """The words alone, a line for each heading, paragraph and item: for summaries and for searching."""
    inline = (token for token in READER.parse(without_turns(text)) if token.type == "inline")
    lines = (RENDERER.renderInlineAsText(named(token), READER.options, {}) for token in inline)
    return "\n".join(joined for line in lines if (joined := " ".join(line.split())))


def _fit_headings(tokens: Sequence[Token], level: int) -> None:
    """Give each heading the level it has by those above it, and make those without words paragraphs."""
    above: list[int] = []
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "heading_open":
            continue
        if not inline.content:
            opening.tag = closing.tag = "p"
            inline.children = [_text(opening.markup)]
            continue
        written = int(opening.tag[1])
        above = [*(each for each in above if each < written), written]
        depth = min(len(above), HEADING_DEPTHS) - 1
        opening.tag = closing.tag = f"h{min(level + depth, 6)}"


def _all(tokens: Iterable[Token]) -> Iterator[Token]:
    """Blocks, and what stands inside them."""
    for token in tokens:
        yield token
        if token.type == "inline":
            token.children = named(token)
            yield from token.children


def named(inline: Token) -> list[Token]:
    """What stands inside a block. A link without words has its address for them, and its title stands behind it."""
    named: list[Token] = []
    link = Token("link_open", "a", 1)
    for token in inline.children or []:
        if token.type == "link_open":
            link = token
        if token.type == "link_close" and named[-1] is link:
            named.append(_text(str(link.attrs["href"])))
        named.append(token)
        if token.type == "link_close" and (title := link.attrs.pop("title", "")):
            named.append(_text(f" ({title})"))
    return named


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)
