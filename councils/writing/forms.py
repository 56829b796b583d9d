"""The form of a draft: its text, and the points, impacts and commitments beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from councils.models import Claim, Impact, PositionVersion
from councils.writing.cautions import Caution, cautions, mark_of
from councils.writing.contents import Consequence, Content, Point
from pillars.models import Commitment
from pillars.periods import Asked, read_day, split_words

LONGEST_TEXT = 60_000
"""Characters: some twenty printed pages."""
LONGEST_POINT = 2_000
MOST_ROWS = 100
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


class TypedDayField(forms.CharField):
    """A civil day in words or figures: 31 December 2023, 31/12/2023. Cleans to a date, or None where it is empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> date | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = _read_day(typed)
        if found is None or not FIRST_DAY <= found <= LAST_DAY:
            raise forms.ValidationError(f"“{typed}” is not a day. Write it like 31 December 2023 or 31/12/2023")
        return found

    def prepare_value(self, value: Any) -> Any:
        return f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else value


def _read_day(typed: str) -> date | None:
    numbers = typed.replace(".", "/").replace("-", "/").split("/")
    if len(numbers) == 3 and all(each.strip().isdecimal() for each in numbers):
        day, month, year = map(int, numbers)
        try:
            return date(year, month, day)
        except (ValueError, OverflowError):
            return None
    period = read_day(split_words(typed), Asked(said_on=FIRST_DAY))
    return period.first if period else None


class ReferencesField(forms.CharField):
    """References of commitments with commas between them. Cleans to those it names, in order, each once."""

    known: Collection[str] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=400, **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        typed = super().clean(value).replace(",", " ").replace(";", " ").split()
        if unknown := [each for each in typed if each not in self.known]:
            raise forms.ValidationError(f"There is no commitment {unknown[0]} in the plan. Write it like SH-4-07")
        return tuple(sorted(set(typed)))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value


def _line(label: str, most: int, *, required: bool = False, hint: str = "", **kwargs: Any) -> forms.CharField:
    too_long = f"{label} has to be {most} characters or fewer"
    messages = {"max_length": too_long, "required": f"Enter {label.lower()}"}
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint, error_messages=messages, **kwargs
    )


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RowForm(forms.Form):
    """A row of a list in the form. One with nothing in its words is no row: that is how one is taken out."""

    words = ""
    """The field without which there is nothing."""

    def __init__(self, *args: Any, known: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ReferencesField):
                field.known = known

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get(self.words) and self.words not in self.errors and self._says_something(cleaned):
            self.add_error(self.words, "Say what this is about, or empty the other boxes too")
        return cleaned

    def _says_something(self, cleaned: dict[str, Any]) -> bool:
        return any(value for name, value in cleaned.items() if not isinstance(self.fields[name], forms.ChoiceField))


class PointForm(RowForm):
    words = "text"

    kind = forms.ChoiceField(label="Kind", choices=Claim.Kind.choices, initial=Claim.Kind.FACT)
    text = _line("What it says", LONGEST_POINT, widget=_area(2))
    figure = _line("Figure", 80, hint="For example 71, or £1.2 million")
    as_at = _line("As at", 60, hint="For example 2022/23, or April 2023")
    stale_on = TypedDayField(label="Goes stale on", required=False, help_text="For example 31/12/2023")
    evidence = _line("Evidence", 300, hint="A report or an address")
    about = ReferencesField(label="Commitments", help_text="For example SH-4-07, SH-4-08")

    def point(self) -> Point:
        said = self.cleaned_data
        return Point(
            kind=said["kind"],
            text=said["text"],
            readiness=self.initial.get("readiness", "not_stated"),
            figure=said["figure"],
            as_at=said["as_at"],
            evidence=said["evidence"],
            stale_on=said["stale_on"].isoformat() if said["stale_on"] else "",
            about=said["about"],
        )


class ImpactForm(RowForm):
    words = "summary"

    area = forms.ChoiceField(label="For", choices=Impact.Area.choices, initial=Impact.Area.STAFF)
    summary = _line("What would change", LONGEST_POINT, widget=_area(2))
    amount = _line("Cost in pounds", 20, hint="A number, for example 70000")
    unit = _line("Of or for what", 120, hint="For example a year, or 2 posts")
    rests_on = ReferencesField(label="Commitments", help_text="For example SH-4-07")

    def clean_amount(self) -> str:
        typed = self.cleaned_data["amount"].replace("£", "").replace(",", "").strip()
        try:
            amount = Decimal(typed or 0)
        except InvalidOperation:
            amount = Decimal(-1)
        if not (amount.is_finite() and 0 <= amount < 10**12):
            raise forms.ValidationError("Cost in pounds has to be a number, like 70000")
        return f"{amount:.2f}".removesuffix(".00") if typed else ""

    def consequence(self) -> Consequence:
        said = self.cleaned_data
        return Consequence(said["area"], said["summary"], said["amount"], said["unit"], said["rests_on"])


class DraftForm(forms.Form):
    """Everything that a draft says. `revision` is the one on the screen; `heeded` names warnings that were seen."""

    text = forms.CharField(
        label="Our current position",
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=_area(18),
        help_text="Plain words, as a member would read them. A line that begins with # is a heading, with - a point.",
        error_messages={"max_length": "Shorten the text to %(limit_value)d characters: it has %(show_value)d"},
    )
    readiness = forms.ChoiceField(
        label="In a word", choices=PositionVersion.Readiness.choices, widget=forms.RadioSelect, initial="not_stated"
    )
    review_on = TypedDayField(
        label="Review by", required=False, help_text="It goes stale the day after. Six months unless you say. 21/7/2023"
    )
    covers = forms.MultipleChoiceField(
        label="Commitments this answers", required=False, widget=forms.CheckboxSelectMultiple
    )
    revision = forms.IntegerField(min_value=1, max_value=10**6, widget=forms.HiddenInput)
    heeded = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, coverable: Sequence[Commitment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["covers"].choices = [(each.reference, str(each)) for each in coverable]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Line endings as one kind, no characters that no text has, no spaces at the end."""
        text = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        return text.rstrip()


PointFormSet = formset_factory(PointForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 1, validate_max=True)
ImpactFormSet = formset_factory(ImpactForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 1, validate_max=True)


class WholeForm:
    """The three parts of the form together: what was typed, whether it can be saved, and what it says."""

    def __init__(
        self,
        content: Content,
        revision: int,
        *,
        coverable: Sequence[Commitment],
        known: Collection[str],
        data: Any = None,
    ) -> None:
        rest = content.rest
        # What it covers already stays a choice, also where the plan has put it elsewhere since.
        self.draft = DraftForm(
            data,
            initial=rest | {"text": content.text, "review_on": content.review_on, "revision": revision},
            coverable=coverable,
        )
        named: Any = {"form_kwargs": {"known": known}}
        self.points: BaseFormSet = PointFormSet(data, prefix="points", initial=rest["points"], **named)
        self.impacts: BaseFormSet = ImpactFormSet(data, prefix="impacts", initial=rest["impacts"], **named)
        for row in self.points.forms:
            row.initial["stale_on"] = _day_or_none(row.initial.get("stale_on"))

    def is_valid(self) -> bool:
        parts = [self.draft.is_valid(), self.points.is_valid(), self.impacts.is_valid()]
        return all(parts)

    @property
    def revision(self) -> int:
        return self.draft.cleaned_data["revision"]

    def content(self) -> Content:
        said = self.draft.cleaned_data
        return Content(
            text=said["text"],
            readiness=said["readiness"],
            review_on=said["review_on"],
            covers=tuple(sorted(said["covers"])),
            points=tuple(row.point() for row in _filled(self.points)),
            impacts=tuple(row.consequence() for row in _filled(self.impacts)),
        )

    def unheeded(self) -> tuple[list[Caution], str]:
        """What the person has to be warned of before it is saved, and the mark that says they have seen it."""
        found = cautions(self.content().in_words())
        mark = mark_of(found)
        return ([], mark) if self.draft.cleaned_data["heeded"] == mark else (found, mark)

    def mistakes(self) -> list[tuple[str, str]]:
        """Every mistake with the id of its field, for the summary at the top."""
        found = [
            (str(form[name].auto_id), text) for form in self.forms for name, texts in _errors(form) for text in texts
        ]
        return found + [("", str(text)) for rows in (self.points, self.impacts) for text in rows.non_form_errors()]

    @property
    def forms(self) -> Iterable[Any]:
        return [self.draft, *self.points.forms, *self.impacts.forms]


def _errors(form: forms.Form) -> Iterable[tuple[str, list[str]]]:
    return [(name, list(map(str, texts))) for name, texts in form.errors.items() if name in form.fields]


def _filled(rows: BaseFormSet) -> list[Any]:
    return [row for row in rows.forms if row.cleaned_data.get(row.words)]


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
