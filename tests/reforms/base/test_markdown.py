"""The small Markdown of the people who write. The tables of cases are the specification."""

import re
import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from reforms.base.markdown import CLEANER, is_safe, to_html, to_plain
from tests.reforms.base.attacks import SCHEMES, TEXTS

TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "h3", "h4", "h5"}
ATTRIBUTES = {
    "a": {"href": None, "class": {"govuk-link"}, "rel": {"nofollow noopener"}},
    "ul": {"class": {"govuk-list govuk-list--bullet"}},
    "ol": {"class": {"govuk-list govuk-list--number"}, "start": None},
} | {heading: {"class": {"govuk-heading-s"}} for heading in ("h3", "h4", "h5")}
"""All that may be there, with the only values; None where a value is looked at by itself."""
SECONDS = 5
"""What a reader would still wait for. A second is meant; a busy machine may take longer."""


class Page(HTMLParser):
    """Everything in a page that is not as it should be, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()
        self.faults += [f"open: {tag}" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(f"tag: {tag}")
        if tag != "br":
            self.open.append(tag)
        for name, value in attrs:
            self.check(tag, name, value or "")

    def check(self, tag: str, name: str, value: str) -> None:
        allowed = ATTRIBUTES.get(tag, {})
        if name not in allowed:
            self.faults.append(f"attribute: {tag} {name}")
        elif (values := allowed[name]) and value not in values:
            self.faults.append(f"value: {tag} {name} {value}")
        if name == "href" and not re.fullmatch(r"https?://[\x21-\x7e]+|mailto:[\x21-\x7e]+@[\x21-\x7e]+", value):
            self.faults.append(f"address: {value}")
        if name == "start" and not value.isdigit():
            self.faults.append(f"start: {value}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"closed: {tag}")

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment: {data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"declaration: {decl}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"declaration: {data}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction: {data}")


def plainer(html: str) -> str:
    """The HTML without the classes and line breaks that every such tag has."""
    return re.sub(r' (class|rel)="[^"]*"|\n', "", html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("One.\n\nTwo.", "<p>One.</p><p>Two.</p>", id="paragraphs"),
        pytest.param("One\ntwo", "<p>One<br>two</p>", id="a line break"),
        pytest.param("One\r\ntwo", "<p>One<br>two</p>", id="a line break from a form"),
        pytest.param("**a** *b* __c__ _d_", "<p><strong>a</strong> <em>b</em> <strong>c</strong> <em>d</em></p>",
                     id="strong and emphasis"),
        pytest.param("snake_case_word and 2 * 3 * 4", "<p>snake_case_word and 2 * 3 * 4</p>", id="no emphasis"),
        pytest.param("- a\n- b", "<ul><li>a</li><li>b</li></ul>", id="bullets"),
        pytest.param("* a\n\n  more", "<ul><li><p>a</p><p>more</p></li></ul>", id="an item of two paragraphs"),
        pytest.param("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>", id="numbers"),
        pytest.param("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>', id="numbers go on"),
        pytest.param("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>", id="a list in a list"),
        pytest.param("Text\n- a", "<p>Text</p><ul><li>a</li></ul>", id="a list right after its words"),
        pytest.param("[a](https://gov.uk/x?y=1&z=2#w)", '<p><a href="https://gov.uk/x?y=1&amp;z=2#w">a</a></p>',
                     id="a link"),
        pytest.param('[a](http://gov.uk "A title")', '<p><a href="http://gov.uk">a</a> (A title)</p>', id="a title"),
        pytest.param("[](https://gov.uk)", '<p><a href="https://gov.uk">https://gov.uk</a></p>',
                     id="a link without words"),
        pytest.param("[us](mailto:a@example.org)", '<p><a href="mailto:a@example.org">us</a></p>', id="a mailbox"),
        pytest.param("<https://gov.uk>", '<p><a href="https://gov.uk">https://gov.uk</a></p>',
                     id="an address by itself"),
        pytest.param("<a@example.org>", '<p><a href="mailto:a@example.org">a@example.org</a></p>',
                     id="a mailbox by itself"),
        pytest.param("[a](/councils/)", "<p>[a](/councils/)</p>", id="an address without a host stays text"),
        pytest.param("[a](javascript:x)", "<p>[a](javascript:x)</p>", id="another scheme stays text"),
        pytest.param("![a](https://gov.uk/a.png)", '<p>!<a href="https://gov.uk/a.png">a</a></p>',
                     id="a picture is a link"),
        pytest.param("<b>a</b> & b", "<p>&lt;b&gt;a&lt;/b&gt; &amp; b</p>", id="HTML stays text"),
        pytest.param("> a", "<p>&gt; a</p>", id="a quotation stays text"),
        pytest.param("`a`", "<p>`a`</p>", id="code stays text"),
        pytest.param("    a", "<p>a</p>", id="an indented line is a paragraph"),
        pytest.param("a\n---\nb", "<p>a<br>---<br>b</p>", id="a rule stays text"),
        pytest.param("|a|\n|-|\n|b|", "<p>|a|<br>|-|<br>|b|</p>", id="a table stays text"),
        pytest.param("\\*a\\*", "<p>*a*</p>", id="a mark that is meant"),
        pytest.param("# ", "<p>#</p>", id="a heading without words"),
        pytest.param("a\x00b\u202ec\u202cd", "<p>a\ufffdbcd</p>", id="characters that do not show"),
    ],
)  # fmt: skip
def test_what_is_written_is_shown(text, html):
    assert plainer(to_html(text)) == html
    assert Page(to_html(text)).faults == []


@pytest.mark.parametrize(
    ("marks", "levels"),
    [
        pytest.param("1", "3", id="the highest"),
        pytest.param("3", "3", id="the lowest alone"),
        pytest.param("1 2 3", "3 4 5", id="one under the other"),
        pytest.param("2 3 2", "3 4 3", id="back again"),
        pytest.param("1 3 3", "3 4 4", id="a skipped level"),
        pytest.param("1 3 2", "3 4 4", id="between"),
        pytest.param("3 2 1", "3 3 3", id="from below"),
        pytest.param("2 1 2 3", "3 3 4 5", id="a higher one later"),
        pytest.param("1 2 3 4 5 6", "3 4 5 5 5 5", id="deeper than there are levels"),
    ],
)
def test_headings_skip_no_level(marks, levels):
    html = to_html("\n\n".join("#" * int(mark) + " Heading" for mark in marks.split()))
    assert re.findall(r'<h(\d) class="govuk-heading-s">Heading</h\1>', html) == levels.split()


@pytest.mark.parametrize(("level", "expected"), [(2, ["2", "3", "4"]), (4, ["4", "5", "6"]), (6, ["6", "6", "6"])])
def test_headings_begin_at_the_level_of_the_page(level, expected):
    assert re.findall(r"<h(\d)", to_html("# a\n## b\n### c", level=level)) == expected


def test_the_classes_are_those_of_the_design_system():
    html = to_html("# a\n- b\n\n1. [c](https://gov.uk)")
    assert '<h3 class="govuk-heading-s">' in html
    assert '<ul class="govuk-list govuk-list--bullet">' in html
    assert '<ol class="govuk-list govuk-list--number">' in html
    assert '<a href="https://gov.uk" class="govuk-link" rel="nofollow noopener">' in html
    assert isinstance(html, SafeString)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("# A *b*\n\nc **d**", "A b\nc d", id="a heading"),
        pytest.param("- a\n- b\n  more", "a\nb more", id="a list"),
        pytest.param("See [the plan](https://gov.uk).", "See the plan.", id="a link"),
        pytest.param("<b>a</b> & b", "<b>a</b> & b", id="HTML stays text, for the page to escape"),
    ],
)
def test_plain_words(text, plain):
    assert to_plain(text) == plain
    assert not isinstance(to_plain(text), SafeString)


MARKS = '# |### |#|- |* |  - |      - |1. |\n|\n\n|*|**|_|[|](|)|](https://gov.uk)|<|>|`|    |\t|---|\\|&|"|!['
MARKUP = st.sampled_from([*MARKS.split("|"), "|"])


@given(st.lists(MARKUP, max_size=40))
def test_no_word_is_lost(marks):
    words = [f"word{number}x" for number in range(len(marks))]
    text = "".join(f"{mark}{word}" for mark, word in zip(marks, words, strict=True))
    page = Page(to_html(text))
    assert page.faults == []
    assert set(words) <= set(re.findall(r"word\d+x", page.words + " ".join(addresses(text))))


def addresses(text: str) -> list[str]:
    """Where the links lead: an address need not be among the words."""
    return re.findall(r'href="([^"]*)"', to_html(text))


def test_lists_within_lists_lose_nothing_at_any_depth():
    depth = 60
    text = "".join(f"{'  ' * level}- item {level}\n" for level in range(depth))
    page = Page(to_html(text + "\n\nThe end"))
    assert page.faults == []
    assert all(re.search(rf"item {level}\b", page.words) for level in range(depth))
    assert page.words.rstrip().endswith("The end")


def test_there_are_enough_attacks():
    assert len(set(TEXTS)) >= 250


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_attacks_come_to_nothing(text):
    assert Page(to_html(text)).faults == []


@pytest.mark.parametrize("address", SCHEMES, ids=range(len(SCHEMES)))
def test_a_dangerous_address_is_no_link(address):
    assert not is_safe(address)
    found = addresses(f"[a]({address})")
    assert all(urlsplit(href).hostname == "example.org" for href in found if href.startswith("http"))
    assert not [href for href in found if href.startswith("mailto") or "@" in href]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_the_second_gate_would_do_alone(text):
    """As if the first had let everything through: no other tags, attributes and schemes come out."""
    cleaned = CLEANER.clean(text)
    harmless = ("open:", "closed:", "value: ul class")
    assert [fault for fault in Page(cleaned).faults if not fault.startswith(harmless)] == []


HOSTILE = {
    "brackets": "[" * 50_000,
    "brackets in brackets": "[" * 50_000 + "]" * 50_000,
    "links that never end": "[a](" * 25_000,
    "links in links": "[a](http://b.c " * 6_000,
    "round brackets": "[a](http://b.c/" + "(" * 90_000,
    "pictures": "![" * 50_000,
    "stars": "*" * 50_000,
    "stars and words": "*a*b" * 25_000,
    "stars in stars": "*a **b " * 7_000 + " c** d*" * 7_000,
    "underscores": "_" * 50_000,
    "lists in a line": "- " * 50_000,
    "numbers in a line": "1. " * 33_000,
    "lists under lists": "".join(" " * (2 * depth) + "- a\n" for depth in range(310)),
    "items": "- a\n" * 25_000,
    "empty items": "-\n" * 50_000,
    "headings": "# a\n" * 25_000,
    "marks of headings": "# " + "#" * 99_990,
    "opening signs": "<" * 100_000,
    "addresses that never end": "<http:" * 16_000,
    "backslashes": "\\[" * 50_000,
    "entities": "[a](&#106;" * 10_000,
    "titles": '[a](http://b.c "' * 6_000,
    "line breaks": "a\n" * 50_000,
    "spaces": "a  " * 33_000,
    "NUL": "\0" * 100_000,
    "an ordinary text": "The *homes* of [the council](https://gov.uk) are **good**. " * 10 + "\n\n",
}


EVERYDAY = ("brackets in brackets", "items", "backslashes", "an ordinary text")


def hostile():
    """The worst and the most ordinary every day, the others with the long tests."""
    for name, text in HOSTILE.items():
        yield pytest.param(text, id=name, marks=() if name in EVERYDAY else pytest.mark.long)


@pytest.mark.parametrize("text", list(hostile()))
def test_100_kb_are_read_in_time(text):
    text = (text * (100_000 // len(text) or 1))[:100_000]
    began = time.process_time()
    html = to_html(text)
    to_plain(text)
    assert time.process_time() - began < SECONDS
    assert Page(html).faults == []


@pytest.mark.parametrize("deepest", ["    1. c", "    - c"])
def test_an_item_after_the_deepest_list_is_no_part_of_its_last_one(deepest: str):
    html = to_html(f"- a\n  - b\n{deepest}\n- d")

    assert "<li>d</li>" in html
    assert html.count("<li>") == 4
