"""YAML without its surprises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reforms.base.loading.problems import Problems
from reforms.base.loading.yaml_files import DEEPEST, ListNode, MapNode, Node, TextNode, read_yaml


def read(data: str | bytes) -> tuple[MapNode | None, list[str]]:
    problems = Problems()
    root = read_yaml(data.encode() if isinstance(data, str) else data, file="a.yaml", problems=problems)
    return root, [str(problem) for problem in problems.in_order()]


def as_plain(node: Node | None) -> object:
    if isinstance(node, MapNode):
        return {key: as_plain(value) for key, value in node.entries.items()}
    if isinstance(node, ListNode):
        return [as_plain(item) for item in node.items]
    return node.text if node else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("3.10", "3.10", id="a-number-keeps-its-nought"),
        pytest.param("010", "010", id="leading-nought"),
        pytest.param("1_000", "1_000", id="not-a-thousand"),
        pytest.param("1:30", "1:30", id="not-ninety"),
        pytest.param("no", "no", id="no-is-a-word"),
        pytest.param("NO", "NO", id="norway"),
        pytest.param("~", "~", id="not-null"),
        pytest.param("null", "null", id="null-is-a-word"),
        pytest.param("2023-04-21", "2023-04-21", id="a-day-is-text"),
        pytest.param("0x1F", "0x1F", id="not-hexadecimal"),
        pytest.param(".inf", ".inf", id="not-infinity"),
        pytest.param("=", "=", id="not-a-default-value"),
        pytest.param("", "", id="nothing"),
        pytest.param("'it''s'", "it's", id="quoted"),
        pytest.param('"£45m – “ok”"', "£45m – “ok”", id="signs"),
        pytest.param("|\n  one\n\n  two\n", "one\n\ntwo", id="paragraphs"),
        pytest.param(">-\n  one\n  two\n", "one two", id="folded"),
    ],
)
def test_every_scalar_is_text(text: str, value: str) -> None:
    root, problems = read(f"key: {text}\n")
    assert (as_plain(root), problems) == ({"key": value}, [])


def test_nodes_know_their_lines() -> None:
    root, _ = read("# a note\none:\n  - {two: 2}\n  -\n    three:\n      - 3\n")
    assert root is not None
    items = root.entries["one"]
    assert isinstance(items, ListNode)
    assert root.key_places["one"].line == 2
    assert [item.place.line for item in items.items] == [3, 5]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    root, problems = read(b"\xef\xbb\xbfone: 1\r\ntwo: 2\r\n")
    assert (as_plain(root), problems) == ({"one": "1", "two": "2"}, [])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param("", ["a.yaml: The file is empty."], id="empty"),
        pytest.param("# only a note\n\n", ["a.yaml: The file is empty."], id="only-a-comment"),
        pytest.param("---\n", ["a.yaml: The file is empty."], id="only-a-marker"),
        pytest.param("- one\n", ["a.yaml:1: A file is a mapping: keys, each with a colon."], id="a-list"),
        pytest.param("\njust words\n", ["a.yaml:2: A file is a mapping: keys, each with a colon."], id="words"),
        pytest.param(
            b"one: 1\ntwo: caf\xe9\n", ["a.yaml:2: Not UTF-8: save the file in the UTF-8 encoding."], id="latin-1"
        ),
        pytest.param(
            "one: 1".encode("utf-16"), ["a.yaml:1: Not UTF-8: save the file in the UTF-8 encoding."], id="utf-16"
        ),
        pytest.param(b"one: 1\ntwo: \x00\n", ["a.yaml:2: The character U+0000 cannot stand in a text."], id="nul"),
        pytest.param(
            'one: 1\ntwo: "\\0"\n', ["a.yaml:2: The character U+0000 cannot stand in a text."], id="nul-escape"
        ),
        pytest.param(
            "one: a\u2028b\n", ["a.yaml:1: The character U+2028 cannot stand in a text."], id="odd-line-break"
        ),
        pytest.param(
            "one:\n\ttwo: 2\nthree:\t3\n", ["a.yaml:2: A tab: use spaces.", "a.yaml:3: A tab: use spaces."], id="tabs"
        ),
        pytest.param(
            "one: 1\ntwo: 2\none: 3\n", ["a.yaml:3: “one” stands twice: it is already on line 1."], id="twice"
        ),
        pytest.param(
            "one: &x 1\ntwo: *x\n",
            [
                "a.yaml:1: YAML anchors and aliases are not read: x.",
                "a.yaml:2: YAML anchors and aliases are not read: x.",
            ],
            id="anchor-and-alias",
        ),
        pytest.param(
            "one: !!python/object/apply:os.system [ls]\n",
            ["a.yaml:1: YAML tags are not read: tag:yaml.org,2002:python/object/apply:os.system."],
            id="tag",
        ),
        pytest.param("one: !!str 1\n", ["a.yaml:1: YAML tags are not read: tag:yaml.org,2002:str."], id="own-tag"),
        pytest.param("one: 1\n---\ntwo: 2\n", ["a.yaml:2: A second document: a file holds one."], id="two-documents"),
        pytest.param("? [a, b]\n: 1\n", ["a.yaml:1: A key has to be text."], id="a-list-for-a-key"),
    ],
)
def test_what_is_refused(data: str | bytes, expected: list[str]) -> None:
    assert read(data)[1] == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("one: [1, 2\ntwo: 3\n", 2, id="open-bracket"),
        pytest.param('one: 1\ntwo: "3\n', 3, id="open-quote"),
        pytest.param("one: 1\n two: 2\n", 2, id="indentation"),
        pytest.param("one: a: b\n", 1, id="two-colons"),
        pytest.param("one: %a\ntwo: `b`\n", 1, id="reserved-sign"),
    ],
)
def test_broken_yaml_names_the_line(text: str, line: int) -> None:
    root, problems = read(text)
    assert root is None
    assert problems[0].startswith(f"a.yaml:{line}: Not YAML: ")


def test_a_billion_laughs_is_a_short_list_of_mistakes() -> None:
    lines = ["a0: &a0 lol"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    root, problems = read("\n".join(lines))
    assert len(problems) == 19
    assert root is not None


def test_deep_nesting_is_refused_at_its_line() -> None:
    _, problems = read("one: 1\ntwo: " + "[" * 100_000)
    assert problems == [f"a.yaml:2: Nested more than {DEEPEST} levels deep."]


@settings(deadline=None)
@given(st.text(max_size=60) | st.binary(max_size=60))
def test_no_input_is_an_exception(data: str | bytes) -> None:
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    root, problems = read(raw)
    assert root is not None or problems


@settings(deadline=None)
@given(st.text(alphabet="abc{}[]:,-&*!?|>'\"#%@` \n019.", max_size=40))
def test_no_yaml_signs_are_an_exception(text: str) -> None:
    root, problems = read(text)
    assert root is not None or problems


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=30))
def test_quoted_text_is_read_as_it_stands(text: str) -> None:
    root, problems = read("key: '" + text.replace("'", "''") + "'\n")
    assert isinstance(root, MapNode), problems
    assert isinstance(root.entries["key"], TextNode)
    assert root.entries["key"].text == text
