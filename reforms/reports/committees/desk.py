"""The private pages: a committee is added or changed, it asks for something, is answered, and its chair closes it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from councils.access import Acting, for_members
from reforms.base.formatting import date_in_words
from reforms.base.kept import forget_kept_form, keeps_posts, kept_form
from reforms.base.requests import Request
from reforms.reports.committees import actions
from reforms.reports.committees.due import RULE
from reforms.reports.committees.forms import (
    ActionForm,
    CloseForm,
    CommitteeForm,
    PublicForm,
    ReplyForm,
    published_reports,
)
from reforms.reports.committees.lists import crumbs_of
from reforms.reports.committees.standing import Asked, as_it_stood, asked
from reforms.reports.committees.views import find_committee
from reforms.reports.models import Committee, CommitteeReport

ONLY_THE_CHAIR = "Only the chair of the committee closes what it asked for."
NO_CHAIR = "Nobody is recorded as the chair of this committee. An officer can say who it is."

methods = require_http_methods(["GET", "HEAD", "POST"])


@methods
@for_members("committee.manage")
def committee_new(request: Request, acting: Acting) -> HttpResponse:
    """Add a committee to one's organisation."""
    form = CommitteeForm(_posted(request), organisation=acting.organisation)
    context = {"form": form, "organisation": acting.organisation, "title": "Add a committee", "button": "Add"}
    if not _is_sent(request, form, context):
        return _page(request, "committee_form", context)
    try:
        made = actions.add_committee(
            organisation=acting.organisation,
            name=form.cleaned_data["name"],
            chair=form.cleaned_data["chair"],
            by=acting.user,
            now=request.as_at.now,
        )
    except actions.RefusedError as error:
        return _refused(request, "committee_form", context, error)
    return redirect(made)


@methods
@for_members("committee.manage")
def committee_edit(request: Request, acting: Acting, committee: str) -> HttpResponse:
    """Its name and its chair. Its address stays as it is."""
    found = find_committee(acting.organisation.slug, committee)
    given = {"name": found.name, "chair": found.chair_id, "read": actions.mark_of(found)}
    form = CommitteeForm(_posted(request), initial=given, organisation=acting.organisation, committee=found)
    context = {"form": form, "organisation": acting.organisation, "title": "Change the committee", "button": "Save"}
    context |= {"committee": found, "crumbs": crumbs_of(found)}
    if not _is_sent(request, form, context):
        return _page(request, "committee_form", context)
    said = {name: form.cleaned_data[name] for name in ("read", "name", "chair")}
    try:
        actions.change_committee(committee=found, **said, by=acting.user, now=request.as_at.now)
    except actions.ChangedError as error:
        newest = find_committee(acting.organisation.slug, committee)
        form.put("read", actions.mark_of(newest))
        return _refused(request, "committee_form", context | {"now": newest}, error, status=409)
    except actions.RefusedError as error:
        return _refused(request, "committee_form", context, error)
    messages.success(request, "Saved.")
    return redirect(found)


@keeps_posts
@methods
@for_members("action.record")
def action_new(request: Request, acting: Acting, committee: str) -> HttpResponse:
    """Put on record what the committee asked for: at a meeting, or about a report, named by `report`."""
    found = find_committee(acting.organisation.slug, committee)
    asked_for, mistake = _asked_about(request, found)
    given = {"report": asked_for.number, "meeting_on": asked_for.meeting_on} if asked_for else {}
    form = ActionForm(_typed(request), initial=given, reports=published_reports(found), today=request.as_at.today)
    context = {"form": form, "committee": found, "crumbs": crumbs_of(found), "rule": RULE, "mistake": mistake}
    if not _is_sent(request, form, context):
        return _page(request, "action_new", context, status=400 if mistake else None)
    said = {name: form.cleaned_data[name] for name in ("meeting_on", "wording", "owner", "due_on", "report")}
    try:
        made = actions.record_action(committee=found, **said, by=acting.user, now=request.as_at.now)
    except actions.RefusedError as error:
        return _refused(request, "action_new", context, error)
    forget_kept_form(request)
    messages.success(request, f"On record. An answer is due by {date_in_words(made.due_on)}.")
    return redirect(made)


def _asked_about(request: Request, committee: Committee) -> tuple[CommitteeReport | None, str]:
    """The report that the address names, and what is wrong with the address."""
    if request.method == "POST" or not (named := request.GET.get("report", "")):
        return None, ""
    found = published_reports(committee).filter(number=int(named)) if named.isdecimal() and len(named) < 6 else None
    report = found.first() if found is not None else None
    return report, "" if report else "There is no such published report of this committee. Choose one, or none."


@keeps_posts
@methods
@for_members("action.reply")
def action_reply(request: Request, acting: Acting, committee: str, number: int) -> HttpResponse:
    """Answer it. Earlier answers stay; this one counts from now on."""
    shown = _find_action(request, acting, committee, number)
    form = ReplyForm(_typed(request), meeting_on=shown.action.meeting_on)
    context = _about(shown) | {"form": form}
    if not _is_sent(request, form, context):
        return _page(request, "action_reply", context)
    said = {name: form.cleaned_data[name] for name in ("verdict", "text", "by_when")}
    try:
        actions.reply_to_action(action=shown.action, **said, by=acting.user, now=request.as_at.now)
    except actions.RefusedError as error:
        context |= {"asked": _find_action(request, acting, committee, number)}
        return _refused(request, "action_reply", context, error, status=400 if error.field else 409)
    forget_kept_form(request)
    messages.success(request, "Your answer is on record, and public.")
    return redirect(shown.action)


@methods
@for_members("action.close")
def action_close(request: Request, acting: Acting, committee: str, number: int) -> HttpResponse:
    """The chair closes exactly what they read. Other scrutiny members are told that they cannot."""
    shown = _find_action(request, acting, committee, number)
    form = CloseForm(_posted(request), initial={"revision": shown.action.revision})
    refusal = _not_chair(shown, acting)
    context = _about(shown) | {"form": form, "refusal": refusal}
    if refusal or not _is_sent(request, form, context):
        return _page(request, "action_close", context, status=400 if refusal and request.method == "POST" else None)
    said = {name: form.cleaned_data[name] for name in ("words", "revision")}
    try:
        actions.close_action(action=shown.action, **said, by=acting.user, now=request.as_at.now)
    except actions.RefusedError as error:
        return _read_again(request, acting, context, error)
    messages.success(request, "Closed.")
    return redirect(shown.action)


def _not_chair(shown: Asked, acting: Acting) -> str:
    if shown.action.committee.chair_id == acting.user.pk:
        return ""
    return ONLY_THE_CHAIR if shown.action.committee.chair_id else NO_CHAIR


def _read_again(request: Request, acting: Acting, context: dict[str, Any], error: actions.RefusedError) -> HttpResponse:
    """What it says now, with the words of the chair in the form, to be decided anew."""
    before: Asked = context["asked"]
    newest = _find_action(request, acting, before.action.committee.slug, before.action.number)
    context["form"].put("revision", str(newest.action.revision))
    return _refused(request, "action_close", context | {"asked": newest}, error, status=409)


# What they have in common


def _find_action(request: Request, acting: Acting, committee: str, number: int) -> Asked:
    found = find_committee(acting.organisation.slug, committee)
    one = as_it_stood(on=request.as_at.today).filter(committee=found)
    [shown] = asked(one.filter(pk=get_object_or_404(one, number=number).pk), on=request.as_at.today)
    return shown


def _about(shown: Asked) -> dict[str, Any]:
    committee = shown.action.committee
    crumbs = [*crumbs_of(committee), (f"Action {shown.action.number}", shown.action.get_absolute_url())]
    return {"asked": shown, "committee": committee, "crumbs": crumbs}


def _posted(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _typed(request: Request) -> QueryDict | None:
    """What was sent, or what was kept when the session had ended."""
    return request.POST if request.method == "POST" else kept_form(request)


def _is_sent(request: Request, form: PublicForm, context: dict[str, Any]) -> bool:
    """Whether there is something to do: what was sent is right, and its warnings were heeded."""
    if request.method != "POST" or not form.is_valid():
        return False
    warnings, mark = form.unheeded()
    if warnings:
        form.put("heeded", mark)
        context["warnings"] = warnings
    return not warnings


def _refused(
    request: Request, template: str, context: dict[str, Any], error: actions.RefusedError, *, status: int = 400
) -> HttpResponse:
    context["form"].refuse(error)
    return _page(request, template, context, status=status)


def _page(request: Request, template: str, context: dict[str, Any], *, status: int | None = None) -> HttpResponse:
    is_wrong = request.method == "POST" and bool(context["form"].errors)
    is_kept = request.method != "POST" and context["form"].is_bound
    found = {"nav": "work", "crumbs": crumbs_of(), "is_kept": is_kept, **context}
    return render(request, f"reports/committees/{template}.html", found, status=status or (400 if is_wrong else 200))
