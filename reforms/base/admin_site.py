"""The administrators' site: signs in through the site's own page, deletes nothing, and records each correction."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from reforms.base import clock
from reforms.base.audit import record_event


class TrackerAdminSite(admin.AdminSite):
    site_header = "Reform Tracker administration"
    site_title = "Reform Tracker administration"
    index_title = "What is recorded"

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The site's own sign-in; somebody who has signed in already and may not come in is told so."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        """The site's own page, which limits how often somebody may try."""
        return redirect("account_change_password")


class CorrectedAdmin(ModelAdmin):
    """Records that an administrator may correct. A correction is an Event; nothing is deleted.

    A record corrected here is left alone by the next load of fixtures.
    """

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record_event(
            "correct" if change else "add",
            f"{obj._meta.model_name}:{getattr(obj, 'reference', None) or getattr(obj, 'slug', obj.pk)}",
            by=request.user,  # type: ignore[arg-type]
            now=clock.now(),
            fields=form.changed_data,
        )


class ReadOnlyAdmin(ModelAdmin):
    """Workflow records and the audit trail: to be looked at, never changed by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
