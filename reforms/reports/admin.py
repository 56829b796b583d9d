from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin

from councils.models import Membership
from reforms.base.admin_site import CorrectedAdmin, ReadOnlyAdmin
from reforms.reports import models


class CommitteeForm(forms.ModelForm):
    """Its chair is one of the organisation's scrutiny members."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chair, organisation = given.get("chair"), given.get("organisation")
        if chair and organisation:
            members = Membership.objects.filter(organisation=organisation, role=Membership.Role.SCRUTINY_MEMBER)
            if not members.filter(user=chair).exists():
                self.add_error("chair", "Choose one of the organisation’s scrutiny members.")
        return given


@admin.register(models.Committee)
class CommitteeAdmin(CorrectedAdmin):
    form = CommitteeForm
    list_display = ["name", "organisation", "chair"]
    list_select_related = ["organisation", "chair"]
    search_fields = ["name", "organisation__name"]
    autocomplete_fields = ["organisation", "chair"]


@admin.register(models.CommitteeReport)
class CommitteeReportAdmin(ReadOnlyAdmin):
    """States and days only: an administrator does not read a council's drafts."""

    fields = ["organisation", "number", "committee", "layout", "meeting_on", "as_at", "state", "published_on", "digest"]
    list_display = ["__str__", "committee", "layout", "meeting_on", "state", "published_on"]
    list_filter = ["state", "layout"]
    list_select_related = ["organisation", "committee"]


@admin.register(models.CommitteeAction)
class CommitteeActionAdmin(ReadOnlyAdmin):
    fields = ["committee", "number", "report", "meeting_on", "wording", "owner", "due_on", "due_rule", "closed_at"]
    list_display = ["__str__", "owner", "meeting_on", "due_on", "closed_at"]
    list_select_related = ["committee__organisation"]
