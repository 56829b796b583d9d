"""The feed of changes, of all or of what is asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse

from consultations.models import Consultation
from councils.models import Council
from pillars.filters import USUAL_PROGRAMME
from pillars.models import Pillar, Programme
from reforms.alerts.feeds.atom import ChangesFeed, feed_of
from reforms.alerts.feeds.changes import Asked, changes, start_of
from reforms.base.access import public_page
from reforms.base.as_at import FIRST_DAY
from reforms.base.filters import StrictForm, WholeNumberField
from reforms.base.requests import Request
from reforms.base.responses import refused_data

MOST = 100
"""Entries of one feed."""
LAST_PILLAR = 99
UNKNOWN = "‘{}’ is not one of the choices. Choose from the list"


class FeedForm(StrictForm):
    """What the feed is to be about. A pillar alone is one of the strategy, as everywhere."""

    besides = ("as_at",)

    programme = forms.CharField(required=False)
    pillar = WholeNumberField(required=False, most=LAST_PILLAR)
    council = forms.CharField(required=False)
    consultation = forms.CharField(required=False)

    def __init__(self, request: Request) -> None:
        super().__init__(request.GET)
        self.day = request.as_at.day

    def clean(self) -> dict[str, Any]:
        """Look up what was asked for: one query for each."""
        super().clean()
        given = self.cleaned_data
        if given.get("pillar") is not None and not given.get("programme"):
            given["programme"] = USUAL_PROGRAMME
        known = Pillar.objects.known(on=self.day).filter(programme__slug=given.get("programme"))
        self._must_be("programme", Programme.objects.known(on=self.day).filter(slug=given.get("programme")))
        self._must_be("pillar", known.filter(number=given.get("pillar") or 0))
        councils = Council.objects.known(on=self.day)
        self._must_be("council", councils.filter(organisation__slug=given.get("council")))
        consultations = Consultation.objects.known(on=self.day)
        self._must_be("consultation", consultations.filter(slug=given.get("consultation")))
        return given

    def _must_be(self, name: str, found: Any) -> None:
        value = self.cleaned_data.get(name)
        if value not in (None, "") and name in self.data and not found.exists():
            self.add_error(name, UNKNOWN.format(value))

    @property
    def asked(self) -> Asked:
        given = self.cleaned_data
        pillars = () if given["pillar"] is None else (given["pillar"],)
        return Asked(given["programme"], pillars, given["council"], given["consultation"])


@public_page
def changes_feed(request: Request) -> HttpResponse:
    form = FeedForm(request)
    if not form.is_valid():
        return refused_data(form.mistakes)
    as_at = request.as_at
    found = changes(as_at=as_at, asked=form.asked, most=MOST)
    written = feed_of(found, path=request.get_full_path(), as_at=as_at, since=start_of(FIRST_DAY))
    return HttpResponse(written, content_type=ChangesFeed.content_type)
