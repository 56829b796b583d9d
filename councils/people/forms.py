"""Forms of the pages about people."""

from __future__ import annotations

from typing import Any

from django import forms

from councils.models import Membership
from councils.people.actions import TAKEN
from pillars.models import Organisation
from reforms.base.forms import LongSelect
from reforms.base.models import User

CHOOSE = "Choose an organisation"


def organisation_field(**options: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        queryset=Organisation.objects.order_by("name"),
        to_field_name="slug",
        empty_label=CHOOSE,
        widget=LongSelect,
        error_messages={"required": CHOOSE, "invalid_choice": "Choose an organisation of the list"},
        **options,
    )


class InviteForm(forms.Form):
    """A new person."""

    name = forms.CharField(label="Name", max_length=150, error_messages={"required": "Enter the person’s name"})
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The invitation goes there, and they sign in with it.",
        error_messages={
            "required": "Enter the person’s e-mail address",
            "invalid": "Enter an e-mail address like name@example.org",
        },
    )
    organisation = organisation_field(label="Organisation", required=False)
    roles = forms.MultipleChoiceField(
        label="Roles there",
        choices=Membership.Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Choose roles of the list"},
    )
    is_administrator = forms.BooleanField(label="Administrator of this installation", required=False)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(TAKEN)
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        organisation, roles = cleaned.get("organisation"), cleaned.get("roles")
        if self.errors:
            return cleaned
        if organisation and not roles:
            self.add_error("roles", "Choose at least one role there")
        elif roles and not organisation:
            self.add_error("organisation", CHOOSE)
        elif not organisation and not cleaned["is_administrator"]:
            self.add_error("organisation", "Choose an organisation, or make the person an administrator")
        return cleaned


class RoleForm(forms.Form):
    """One role at one organisation, to be given or removed."""

    organisation = organisation_field(label="Organisation")
    role = forms.ChoiceField(
        label="Role",
        choices=Membership.Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role", "invalid_choice": "Choose a role of the list"},
    )
