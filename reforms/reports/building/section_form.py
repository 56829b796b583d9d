"""The form of one section: its heading, and a box for each of its pieces.

A long section is edited in parts, since no browser and no server likes a thousand boxes. What stands before and after
the part travels with it, signed, as does where each piece came from: so what is sent is always the whole section as
it was on the person's screen, and no form takes the mark of a draft off a piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.core import signing
from django.forms.formsets import BaseFormSet, formset_factory

from councils.writing.cautions import Caution, cautions, mark_of
from reforms.reports.building.tables import as_lines, as_rows
from reforms.reports.building.words import words_of
from reforms.reports.document.notes import SourceNote
from reforms.reports.document.values import Block, Section, blocks_of

LONGEST_BLOCK = 60_000
"""Characters of one piece: some twenty printed pages."""
LONGEST_SECTION = 600_000
IN_A_PART = 30
"""Pieces that stand on one page of the form."""
MOST_ROWS = 100
SALT = "reforms.reports.building"
UNREADABLE = "Something in the form cannot be read. Open the section again and copy your words into it"


class Origin(NamedTuple):
    """What travels with a piece, and is none of the person's to change."""

    source: str = ""
    stamp: str = ""
    is_draft: bool = False
    is_table: bool = False


def _too_long(what: str) -> dict[str, str]:
    return {"max_length": f"Shorten {what} to %(limit_value)d characters: it has %(show_value)d"}


class SignedField(forms.CharField):
    """A list of values that only this site can have written, for one section."""

    widget = forms.HiddenInput

    def __init__(self, *, salt: str) -> None:
        super().__init__(required=False)
        self.salt = salt

    def clean(self, value: Any) -> list[Any]:
        given = super().clean(value)
        try:
            return signing.loads(given, salt=self.salt) if given else []
        except signing.BadSignature as error:
            raise forms.ValidationError(UNREADABLE) from error

    def prepare_value(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        return signing.dumps(value, salt=self.salt, compress=True) if value else ""


class BlockForm(forms.Form):
    """One piece: words, or a table with its caption. Emptied, it is taken out."""

    text = forms.CharField(
        label="Words", required=False, strip=False, max_length=LONGEST_BLOCK, error_messages=_too_long("this piece")
    )
    table = forms.CharField(
        label="Rows",
        required=False,
        strip=False,
        max_length=LONGEST_BLOCK,
        help_text="A row a line, with | between cells. The first row holds the headings.",
        error_messages=_too_long("this table"),
    )
    place = forms.IntegerField(
        label="Place",
        required=False,
        min_value=1,
        max_value=9999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={"invalid": "Place has to be a whole number"},
    )

    def __init__(self, *args: Any, salt: str, notes: dict[str, SourceNote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed"] = SignedField(salt=salt)
        self.notes = notes
        high = 1 if self.origin.is_table else rows_for(self._standing("text"))
        self.fields["text"].widget = forms.Textarea(attrs={"rows": high})
        self.fields["table"].widget = forms.Textarea(attrs={"rows": rows_for(self._standing("table"))})

    def _standing(self, name: str) -> Any:
        """What stands in a box now."""
        return (self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)) or ""

    def call(self, number: int) -> None:
        """Say in the labels which piece of the section it is, counted from 1."""
        text, table, place = (self.fields[name] for name in ("text", "table", "place"))
        if self.is_new:
            text.label, place.label = "A new piece", "Its place"
        elif self.origin.is_table:
            text.label, table.label = f"Table {number}: its caption", f"Table {number}: its rows"
        else:
            text.label = f"Piece {number}"

    @cached_property
    def origin(self) -> Origin:
        """Where the piece on the screen came from; nothing is known of what cannot be read."""
        given = self._standing("signed")
        try:
            found = self.fields["signed"].clean(given) if isinstance(given, str) else given
        except forms.ValidationError:
            found = None
        return Origin(*found) if found else Origin()

    @property
    def is_new(self) -> bool:
        return not self._standing("signed")

    @property
    def note(self) -> SourceNote | None:
        return self.notes.get(self.origin.source)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.origin.is_table and cleaned.get("text", "").strip() and not cleaned.get("table", "").strip():
            self.add_error("table", "Give the table its rows, or empty the caption too")
        return cleaned

    def said(self) -> Block:
        """What the person made of the piece. Where it came from stays; an emptied one has neither words nor rows."""
        given = self.cleaned_data
        rows = as_rows(_plain(given.get("table", "")))
        source, stamp, is_draft, _ = self.origin
        return Block(_plain(given.get("text", "")), rows, source, stamp, is_draft)


BlockFormSet = formset_factory(BlockForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 1, validate_max=True)


class HeadForm(forms.Form):
    """What stands around the pieces. `revision` is the one on the screen; `heeded` names warnings that were seen."""

    heading = forms.CharField(
        label="Heading", max_length=200, error_messages={"required": "Enter a heading"} | _too_long("the heading")
    )
    revision = forms.IntegerField(min_value=1, max_value=10**6, widget=forms.HiddenInput)
    part = forms.IntegerField(min_value=1, max_value=9999, widget=forms.HiddenInput)
    heeded = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, salt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["before"] = SignedField(salt=salt)
        self.fields["after"] = SignedField(salt=salt)


class SectionForm:
    """The whole form: what was typed, whether it can be saved, and what the section then says."""

    def __init__(
        self,
        section: Section,
        revision: int,
        *,
        name: str,
        part: int = 1,
        notes: dict[str, SourceNote] | None = None,
        data: Any = None,
    ) -> None:
        """`name` is the section's own, so that nothing signed for one is taken for another."""
        self.key, salt = section.key, f"{SALT}:{name}"
        self.parts = parts_of(section.blocks)
        self.part = min(max(part, 1), len(self.parts))
        before, after = self.parts[: self.part - 1], self.parts[self.part :]
        around = {"before": _values(before), "after": _values(after)}
        first = {"heading": section.heading, "revision": revision, "part": self.part}
        self.head = HeadForm(data, initial=first | around, salt=salt)
        here = list(_initial(self.parts[self.part - 1], start=sum(map(len, before))))
        given: Any = {"salt": salt, "notes": notes or {}}
        self.blocks: BaseFormSet = BlockFormSet(data, prefix="blocks", initial=here, form_kwargs=given)
        for number, row in enumerate(self.blocks.forms, start=1 + sum(map(len, before))):
            row.call(number)

    def is_valid(self) -> bool:
        parts = [self.head.is_valid(), self.blocks.is_valid()]
        return all(parts) and self._is_short_enough()

    def _is_short_enough(self) -> bool:
        size = len(words_of(self.section))
        if size > LONGEST_SECTION:
            self.head.add_error(None, f"Shorten the section to {LONGEST_SECTION:,} characters: it has {size:,}")
        return size <= LONGEST_SECTION

    @property
    def revision(self) -> int:
        return self.head.cleaned_data["revision"]

    @property
    def section(self) -> Section:
        """The whole of it as the person wants it: what they saw of other parts is as it was."""
        said = self.head.cleaned_data
        before, after = blocks_of(said["before"]), blocks_of(said["after"])
        here = [row.said() for row in self.blocks.forms]
        places = [row.cleaned_data.get("place") for row in self.blocks.forms]
        ordered = in_places(here, places, start=len(before))
        kept = tuple(block for block in ordered if block.text.strip() or block.rows)
        return Section(self.key, said["heading"], (*before, *kept, *after))

    def unheeded(self) -> tuple[list[Caution], str]:
        """What the person has to be warned of before it is saved, and the mark that says they have seen it."""
        found = cautions(words_of(self.section))
        mark = mark_of(found)
        return ([], mark) if self.head.cleaned_data["heeded"] == mark else (found, mark)

    def mistakes(self) -> list[tuple[str, str]]:
        """Every mistake with the id of its field, for the summary at the top."""
        forms_here: Iterable[Any] = [self.head, *self.blocks.forms]
        found = [(_box(form, name), str(text)) for form in forms_here for name, text in _errors(form)]
        return found + [("", str(text)) for text in self.blocks.non_form_errors()]


def parts_of(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    """The pieces of a section as the pages of its form; an empty section has one."""
    starts = range(0, max(len(blocks), 1), IN_A_PART)
    return [tuple(blocks[start : start + IN_A_PART]) for start in starts]


def in_places(blocks: Sequence[Block], places: Sequence[int | None], *, start: int) -> list[Block]:
    """The pieces with those that were given another place there. They are counted from 1, `start` of them before."""
    moved = [(place, n) for n, place in enumerate(places) if place and place != start + n + 1]
    order = [n for n in range(len(blocks)) if n not in {number for _, number in moved}]
    for place, number in sorted(moved):
        order.insert(max(place - start - 1, 0), number)
    return [blocks[n] for n in order]


def rows_for(text: str) -> int:
    """How high a box is, so that most texts stand in it whole."""
    return min(max(3, sum(1 + len(line) // 80 for line in text.split("\n"))), 24)


def _initial(blocks: Iterable[Block], *, start: int) -> Iterator[dict[str, Any]]:
    for place, block in enumerate(blocks, start=start + 1):
        origin = Origin(block.source, block.stamp, block.is_draft, block.is_table)
        # A piece that somebody wrote is one that stood there too: its origin is not empty.
        yield {"text": block.text, "table": as_lines(block.rows), "place": place, "signed": list(origin)}


def _values(parts: Iterable[Sequence[Block]]) -> list[dict[str, Any]]:
    return [block.as_values() for part in parts for block in part]


def _errors(form: forms.Form) -> Iterator[tuple[str, str]]:
    for name, texts in form.errors.items():
        yield from ((name, str(text)) for text in texts)


def _box(form: forms.Form, name: str) -> str:
    """The id of a box that can be seen; a hidden one has none to go to."""
    return "" if name not in form.fields or form[name].is_hidden else str(form[name].auto_id)


def _plain(text: str) -> str:
    """Line endings as one kind, and no spaces at the end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip()
