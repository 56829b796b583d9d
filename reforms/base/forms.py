"""Forms of the foundation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme

from reforms.base.as_at import FIRST_DAY

LONGEST_ADDRESS = 2000
"""Characters of an address that a form leads back to."""


class DayWidget(forms.MultiWidget):
    """Day, month and year in three boxes, the GOV.UK pattern."""

    template_name = "forms/widgets/date_input.html"

    def __init__(self) -> None:
        super().__init__(
            widgets={part: forms.TextInput(attrs={"inputmode": "numeric"}) for part in ("day", "month", "year")}
        )

    def decompress(self, value: date | None) -> list:
        return [value.day, value.month, value.year] if value else [None, None, None]


class LongSelect(forms.Select):
    """A drop-down list of many plain choices, of which no option has an attribute of its own."""

    choices: Sequence[tuple[str, str]] = ()

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list:
        """The choices in one group, as `Select` gives them to a template, without making each option apart."""
        chosen = set(map(str, value))
        options = [{"value": key, "label": label, "selected": str(key) in chosen} for key, label in self.choices]
        return [(None, options, 0)]


class DayField(forms.MultiValueField):
    """A civil day typed as three numbers."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            fields=[forms.CharField(max_length=4) for _ in range(3)],
            widget=DayWidget(),
            require_all_fields=True,
            **kwargs,
        )

    def compress(self, data_list: list[str]) -> date | None:
        if not data_list:
            return None
        try:
            day, month, year = (_whole_number(part) for part in data_list)
            return date(year, month, day)
        except ValueError as error:
            raise forms.ValidationError("Enter a real day, like 21 4 2023") from error


def _whole_number(text: str) -> int:
    """Digits alone: `int` would read 2_1 too. Raises ValueError."""
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


class AsAtForm(forms.Form):
    """Choose the day that pages answer for."""

    day = DayField(
        label="Show the tracker as it stood on",
        help_text="For example, 21 4 2023. From 1 January 2020 to today.",
        error_messages={"required": "Enter a day"},
    )
    to = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, today: date | None = None, **kwargs) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day < FIRST_DAY or (self.today and day > self.today):
            raise forms.ValidationError("Enter a day from 1 January 2020 to today")
        return day

    def clean_to(self) -> str:
        """Only an address of this site, and not a very long one; anything else leads home."""
        to = self.cleaned_data["to"]
        is_ours = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
        return to if is_ours and len(to) <= LONGEST_ADDRESS else "/"
