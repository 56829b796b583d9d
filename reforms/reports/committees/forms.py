"""The forms about committees. What is typed here can be read by anybody, so each asks once before it names a child."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from councils.models import Membership
from councils.writing.cautions import Caution, cautions, mark_of
from councils.writing.forms import TypedDayField
from pillars.models import Organisation
from reforms.base.forms import LongSelect
from reforms.base.models import User
from reforms.reports.committees.actions import IN_PRINCIPLE, RefusedError, is_in_principle
from reforms.reports.committees.due import REJECTED, RULE
from reforms.reports.models import Committee, CommitteeReply, CommitteeReport

LONGEST_WORDS = 4_000
"""Characters of a request or an answer: well over a page."""


class PublicForm(forms.Form):
    """`heeded` names the warnings that were seen; `public` the fields that anybody will read."""

    public: tuple[str, ...] = ()

    heeded = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def unheeded(self) -> tuple[list[Caution], str]:
        """What the person has to be warned of before it is saved, and the mark that says they have seen it."""
        found = cautions("\n\n".join(str(self.cleaned_data.get(name, "")) for name in self.public))
        mark = mark_of(found)
        return ([], mark) if self.cleaned_data["heeded"] == mark else (found, mark)

    def put(self, name: str, value: str) -> None:
        """Have the form carry something else in a hidden field when it is shown again."""
        sent: Any = self.data
        changed = sent.copy()
        changed[name] = value
        self.data = changed

    def refuse(self, error: RefusedError) -> None:
        """Say what the action said, at the field that it named."""
        self.add_error(error.field if error.field in self.fields else None, str(error))


def _words(label: str, empty: str, *, rows: int = 4, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=hint,
        error_messages={
            "required": empty,
            "max_length": "Shorten this to %(limit_value)d characters: it has %(show_value)d",
        },
    )


class CommitteeForm(PublicForm):
    """A committee's name and chair. `read` says which were on the screen."""

    public = ("name",)

    name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="As it is published, for example Children and Young People Scrutiny Committee.",
        error_messages={"required": "Enter the committee’s name", "max_length": "Use 200 characters or fewer"},
    )
    chair = forms.ModelChoiceField(
        label="Chair",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody yet",
        widget=LongSelect,
        help_text="One of the scrutiny members. Only the chair closes what the committee asked for.",
        error_messages={"invalid_choice": "Choose a scrutiny member of the list"},
    )
    read = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, organisation: Organisation, committee: Committee | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        role = Membership.Role.SCRUTINY_MEMBER
        held = Membership.objects.filter(organisation=organisation, role=role, user__is_active=True)
        offered = User.objects.filter(pk__in=held.values("user"))
        if committee and committee.chair_id:  # who is the chair stays a choice, also without the role
            offered |= User.objects.filter(pk=committee.chair_id)
        self.fields["chair"].queryset = offered.order_by("name", "email")  # type: ignore[attr-defined]


class ActionForm(PublicForm):
    """What a committee asked for at a meeting."""

    public = ("wording", "owner")

    wording = _words("What the committee asked for", "Enter what the committee asked for", hint="In its own words.")
    owner = forms.CharField(
        label="Who is to do it",
        max_length=200,
        help_text="A post or a team, not a person’s name. For example Assistant Director, Children’s Safeguarding.",
        error_messages={"required": "Enter who is to do it", "max_length": "Use 200 characters or fewer"},
    )
    report = forms.ModelChoiceField(
        label="Report it is about",
        queryset=CommitteeReport.objects.none(),
        to_field_name="number",
        required=False,
        empty_label="None, or none that is published here",
        widget=LongSelect,
        error_messages={"invalid_choice": "Choose a published report of this committee"},
    )
    meeting_on = TypedDayField(
        label="Day of the meeting",
        help_text="For example 21/4/2023",
        error_messages={"required": "Enter the day of the meeting"},
    )
    due_on = TypedDayField(label="Answer due, if the committee set a day", required=False, help_text=f"{RULE}")

    def __init__(self, *args: Any, reports: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        chosen: Any = self.fields["report"]
        chosen.queryset = reports
        chosen.label_from_instance = _report_label

    def clean_meeting_on(self) -> date:
        day: date = self.cleaned_data["meeting_on"]
        if day > self.today:
            raise forms.ValidationError("The meeting has not been held yet")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        meeting, due = cleaned.get("meeting_on"), cleaned.get("due_on")
        if meeting and due and due < meeting:
            self.add_error("due_on", "The answer cannot be due before the meeting")
        return cleaned


def _report_label(report: CommitteeReport) -> str:
    return f"{report.number}. {report.subject}, {report.meeting_on:%d/%m/%Y}"


class VerdictField(forms.ChoiceField):
    """One of the three answers. “In principle” is none, and is told so."""

    def validate(self, value: str) -> None:
        if value and is_in_principle(value):
            raise forms.ValidationError(IN_PRINCIPLE)
        super().validate(value)


class ReplyForm(PublicForm):
    """What the organisation answers."""

    public = ("text",)

    verdict = VerdictField(
        label="Your answer",
        choices=CommitteeReply.Verdict.choices,
        widget=forms.RadioSelect,
        help_text="“In principle” is not offered: say what will happen, and by when.",
        error_messages={
            "required": "Choose Accepted, Accepted in part or Rejected",
            "invalid_choice": "Choose Accepted, Accepted in part or Rejected",
        },
    )
    text = _words(
        "What will happen",
        "Say what will happen, or why nothing will",
        rows=6,
        hint="What is rejected, or not wholly accepted, needs a reason.",
    )
    by_when = TypedDayField(
        label="By when", required=False, help_text="For example 31/7/2023. Not for what is rejected."
    )

    def __init__(self, *args: Any, meeting_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting_on = meeting_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("by_when")
        if not cleaned.get("verdict") or cleaned["verdict"] == REJECTED or "by_when" in self.errors:
            return cleaned
        if day is None:
            self.add_error("by_when", "Enter the day by which it will have happened")
        elif day < self.meeting_on:
            self.add_error("by_when", "It cannot have happened before the meeting")
        return cleaned


class CloseForm(PublicForm):
    """The chair's decision. `revision` is what was read."""

    public = ("words",)

    words = _words("Why it is closed", "", rows=3, required=False, hint="Anybody can read it. You may leave it empty.")
    revision = forms.IntegerField(min_value=1, max_value=10**6, widget=forms.HiddenInput)


def published_reports(committee: Committee) -> QuerySet[CommitteeReport]:
    """What an action may be about."""
    return CommitteeReport.objects.published().filter(committee=committee).order_by("-meeting_on", "-number")
