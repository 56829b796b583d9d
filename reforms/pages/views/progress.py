"""For administrators: how far every council has come, in states and days. Never a word of a draft, nor a name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.models import PositionVersion, Region
from councils.overview import overview
from reforms.base.accounts.access import for_administrators
from reforms.base.requests import Request

STATES = [(state.value, state.label) for state in (*PositionVersion.OPEN_STATES, PositionVersion.State.PUBLISHED)]


class ProgressForm(forms.Form):
    """Which councils to show. What is not known is said, never ignored."""

    region = forms.ChoiceField(label="Region", required=False)
    state = forms.ChoiceField(label="With something", required=False, choices=[("", "in any state"), *STATES])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Region.objects.order_by("name").values_list("slug", "name")
        self.fields["region"].choices = [("", "All regions"), *regions]  # type: ignore[attr-defined]


@for_administrators("progress.see_all")
@require_safe
def progress(request: Request) -> HttpResponse:
    form = ProgressForm(request.GET or None)
    is_wrong = bool(request.GET) and not form.is_valid()
    chosen = form.cleaned_data if request.GET and not is_wrong else {}
    found = overview(on=request.as_at.today, region=chosen.get("region", ""), state=chosen.get("state", ""))
    context = {"nav": "work", "form": form, "found": None if is_wrong else found}
    return render(request, "pages/progress.html", context, status=400 if is_wrong else 200)
