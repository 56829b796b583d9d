"""Forms in which a report is started, and what stands before its sections is worded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from councils.writing.forms import TypedDayField
from pillars.models import Pillar, Programme
from reforms.base.as_at import FIRST_DAY
from reforms.reports.layouts import Depth, Layout
from reforms.reports.models import Committee, CommitteeReport
from reforms.reports.writing.actions import FrontValues

WRITE_DAY = "For example 21 April 2023, or 21/4/2023."


def _line(label: str, *, required: bool = False, hint: str = "") -> forms.CharField:
    messages = {
        "max_length": f"{label} has to be 200 characters or fewer",
        "required": f"Enter {label.lower()}",
    }
    return forms.CharField(label=label, max_length=200, required=required, help_text=hint, error_messages=messages)


def _choose(what: str) -> dict[str, str]:
    """The messages of a choice."""
    return dict.fromkeys(("required", "invalid_choice"), f"Choose {what}")


class FrontForm(forms.Form):
    """What stands before the sections. `revision` is the one of the report on the screen."""

    subject = _line("Subject", required=True, hint="The title of the report.")
    meeting_on = TypedDayField(
        label="Day of the meeting", help_text=WRITE_DAY, error_messages={"required": "Enter the day of the meeting"}
    )
    as_at = TypedDayField(
        label="As at",
        help_text="The day for which the plan and the positions are given.",
        error_messages={"required": "Enter the day that the report answers for"},
    )
    on_behalf_of = _line("On behalf of", hint="For example Director of Children’s Services.")
    author = _line("Author", hint="A post or a name. It is public once the report is.")
    contact = _line("Contact", hint="A telephone number or an e-mail address of the office. It is public too.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_as_at(self) -> date:
        day = self.cleaned_data["as_at"]
        if not FIRST_DAY <= day <= self.today:
            raise forms.ValidationError("Enter a day from 1 January 2020 to today")
        return day

    def values(self) -> FrontValues:
        return FrontValues(**{name: self.cleaned_data[name] for name in FRONT})


FRONT = ("subject", "on_behalf_of", "author", "contact", "meeting_on", "as_at")


class ChangeFrontForm(FrontForm):
    revision = forms.IntegerField(min_value=1, max_value=10**6, widget=forms.HiddenInput)


def front_of(report: CommitteeReport) -> dict[str, Any]:
    """What the form begins with."""
    return {name: getattr(report, name) for name in (*FRONT, "revision")}


class StartForm(FrontForm):
    """Everything that a report is filled from."""

    committee = forms.ChoiceField(label="Report to", error_messages=_choose("a committee"))
    since = TypedDayField(
        label="Meeting before",
        required=False,
        help_text="The report opens with what has changed since that day. Left empty, the last one on record is taken.",
    )
    programme = forms.CharField(
        widget=forms.HiddenInput, max_length=100, error_messages=_choose("what the report is about")
    )
    pillars = forms.MultipleChoiceField(
        label="About", required=False, widget=forms.CheckboxSelectMultiple, help_text="Nothing else is taken in."
    )
    layout = forms.ChoiceField(
        label="Layout",
        choices=Layout.choices,
        widget=forms.RadioSelect,
        initial=Layout.SCRUTINY,
        error_messages=_choose("a layout"),
    )
    depth = forms.ChoiceField(
        label="How much of each",
        choices=Depth.choices,
        widget=forms.RadioSelect,
        initial=Depth.HEADLINE,
        error_messages=_choose("how much it says of each"),
    )
    with_drafts = forms.BooleanField(
        required=False, label="Take in our drafts too. They are marked, and the report cannot be published with them"
    )
    field_order = (
        "committee",
        "subject",
        "meeting_on",
        "since",
        "as_at",
        "pillars",
        "depth",
        "layout",
        "with_drafts",
        "on_behalf_of",
        "author",
        "contact",
        "programme",
    )

    def __init__(
        self,
        *args: Any,
        committees: Sequence[Committee],
        programme: Programme,
        pillars: Sequence[Pillar],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.about = programme
        self.found = {each.slug: each for each in committees}
        self.offered = {str(each.number): each for each in pillars}
        self.fields["committee"].choices = [(each.slug, each.name) for each in committees]  # type: ignore[attr-defined]
        field: Any = self.fields["pillars"]
        field.choices = [(number, str(each)) for number, each in self.offered.items()]
        field.required = bool(pillars)
        field.label = f"{(programme.pillar_noun_plural or 'pillars').capitalize()} of {programme.title}"
        field.error_messages |= _choose(f"at least one {programme.pillar_noun or 'pillar'}")
        if not pillars:
            del self.fields["pillars"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, meeting = cleaned.get("since"), cleaned.get("meeting_on")
        if since and meeting and since >= meeting:
            self.add_error("since", "The meeting before has to be earlier than the meeting")
        return cleaned

    @property
    def chosen_committee(self) -> Committee:
        return self.found[self.cleaned_data["committee"]]

    @property
    def chosen_pillars(self) -> list[Pillar]:
        return [self.offered[number] for number in self.cleaned_data.get("pillars", [])]
