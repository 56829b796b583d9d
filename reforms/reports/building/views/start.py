"""Starting a report: a new one, or the next version of one that is published."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from councils.access import Acting, for_members
from pillars.models import Pillar, Programme
from reforms.base.kept import forget_kept_form, keeps_posts, kept_form
from reforms.base.rendering import render
from reforms.base.requests import Request
from reforms.reports.building.finding import find_desk
from reforms.reports.building.forms import StartForm
from reforms.reports.changes.meetings import meeting_before
from reforms.reports.models import Committee, CommitteeReport
from reforms.reports.writing.actions import ReportError, start_next, start_report


@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
@for_members("report.write")
def start(request: Request, acting: Acting) -> HttpResponse:
    """What the report is about and for whom; then every section is filled, and the desk opens."""
    known = list(Programme.objects.known(on=request.as_at.today).order_by("-published_on", "pk"))
    if not known:
        return render(request, "reports/start.html", _around(acting))
    kept = None if request.method == "POST" else kept_form(request)
    typed = request.POST if request.method == "POST" else kept
    form = _form(request, acting, typed, known)
    if request.method == "POST" and form.is_valid():
        made = _start(request, acting, form)
        if made is not None:
            forget_kept_form(request)
            return redirect(reverse("report-edit", args=[acting.organisation.slug, made.number]))
    context = _around(acting) | {
        "form": form,
        "programme": form.about,
        "programmes": known,
        "is_kept": kept is not None,
        "may_manage": acting.may("committee.manage"),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "reports/start.html", context, status=status)


def _around(acting: Acting) -> dict[str, Any]:
    organisation = acting.organisation
    crumbs = [
        ("My work", reverse("my-work")),
        (organisation.name, reverse("organisation-reports", args=[organisation.slug])),
    ]
    return {"nav": "work", "crumbs": crumbs, "organisation": organisation}


def _form(request: Request, acting: Acting, typed: QueryDict | None, known: list[Programme]) -> StartForm:
    """The form about the programme that is named, else about the newest strategy."""
    today = request.as_at.today
    slug = (typed or request.GET).get("programme", "")
    strategies = [each for each in known if each.kind == Programme.Kind.STRATEGY]
    programme = next((each for each in known if each.slug == slug), (strategies or known)[0])
    pillars = list(Pillar.objects.known(on=today).filter(programme=programme).select_related("programme"))
    committees = list(Committee.objects.filter(organisation=acting.organisation).order_by("name"))
    initial = {
        "programme": programme.slug,
        "pillars": [str(each.number) for each in pillars],
        "as_at": today,
        "committee": request.GET.get("committee", ""),
    }
    return StartForm(typed, initial=initial, committees=committees, programme=programme, pillars=pillars, today=today)


def _start(request: Request, acting: Acting, form: StartForm) -> CommitteeReport | None:
    """The draft; none where it cannot be started, and then the form says why."""
    given: dict[str, Any] = {
        name: form.cleaned_data[name]
        for name in ("layout", "depth", "meeting_on", "subject", "on_behalf_of", "author", "contact")
    }
    before = meeting_before(form.chosen_committee, given["meeting_on"], on=request.as_at.today)
    try:
        return start_report(
            organisation=acting.organisation,
            committee=form.chosen_committee,
            programme=form.about,
            pillars=form.chosen_pillars,
            as_at_on=form.cleaned_data["as_at"],
            since=form.cleaned_data["since"] or before,
            with_drafts=form.cleaned_data["with_drafts"],
            by=acting.user,
            now=request.as_at.now,
            **given,
        )
    except ReportError as error:
        form.add_error(None, str(error))
        return None


@require_POST
@for_members("report.write")
def start_following(request: Request, acting: Acting, number: int) -> HttpResponse:
    """A new report that is to take the place of a published one; or the one that somebody has begun already."""
    desk = find_desk(acting, number, as_at=request.as_at)
    try:
        made = start_next(report=desk.report, by=acting.user, now=request.as_at.now)
    except ReportError as error:
        messages.error(request, str(error))
        return redirect(desk.report.get_absolute_url())
    return redirect(reverse("report-edit", args=[acting.organisation.slug, made.number]))
