"""The form beside each flag of a desk: why, and on which day it is to come back."""

from __future__ import annotations

from typing import Any

from django import forms

from councils.writing.cautions import cautions, mark_of
from councils.writing.forms import TypedDayField
from reforms.alerts.acknowledging.actions import LONGEST_REASON, RefusedError
from reforms.alerts.flag_due import FlagDue

NOT_SURE = "If it does not, send it again."


class FlagForm(forms.Form):
    """`flag` names which; `heeded` the warnings about the reason that were seen. One button acknowledges, one puts off.

    The day is asked for by the second alone: `is_snooze` says that it was pressed.
    """

    flag = forms.CharField(max_length=400, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Your colleagues read it, nobody else.",
        error_messages={
            "required": "Say why, so that your colleagues know",
            "max_length": "Shorten the reason to %(limit_value)d characters: it has %(show_value)d",
        },
    )
    until = TypedDayField(
        label="Day to be reminded on", required=False, help_text="Only to be reminded, for example 21/7/2027"
    )
    heeded = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_snooze: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_snooze = is_snooze

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.is_snooze and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", "Enter the day to be reminded on")
        self._warn(cleaned)
        return cleaned

    def _warn(self, cleaned: dict[str, Any]) -> None:
        """Ask once where the reason may tell which child it is about. Saying it again is enough."""
        found = cautions(cleaned.get("reason", ""))
        if mark_of(found) == cleaned.get("heeded", ""):
            return
        self.data = {name: self.data.get(name) for name in self.fields} | {"heeded": mark_of(found)}
        for caution in found:
            self.add_error("reason", f"{caution.sentence} {NOT_SURE}")

    def refuse(self, error: RefusedError) -> None:
        """Say what the action said, at the field that it named."""
        self.add_error(error.field or None, str(error))


def name_of(flag: FlagDue) -> str:
    """What the form carries to say which flag it is."""
    return f"{flag.kind} {flag.subject} {flag.due_on.isoformat()} {flag.threshold}"
