"""What needs me: what waits for whoever has signed in, by organisation and by pillar; and what they say of flags."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from councils.access import Acting, for_members, organisations_of
from pillars.models import Organisation
from reforms.alerts.acknowledging.actions import PERMISSION, RefusedError, acknowledge_flag, snooze_flag, take_back
from reforms.alerts.acknowledging.forms import FlagForm, name_of
from reforms.alerts.due import flags_due
from reforms.alerts.flag_due import FlagDue
from reforms.base.accounts.access import own_account
from reforms.base.formatting import date_in_words
from reforms.base.models import User
from reforms.base.requests import Request
from reforms.pages.my_work import work_of

OVER = "That flag is no longer due, so nothing was kept."


@require_safe
def _my_work(request: Request) -> HttpResponse:
    return _page(request)


my_work = own_account(_my_work)


@require_POST
@for_members(PERMISSION)
def my_work_flags(request: Request, acting: Acting) -> HttpResponse:
    """Acknowledge a flag for the organisation, put it off to a day, or show it again; then back to the list."""
    move = request.POST.get("move", "")
    if move == "show":
        return _show_again(request, acting)
    form = FlagForm(request.POST, is_snooze=move == "snooze")
    flag = _flag(request, acting)
    if flag is None:
        messages.error(request, OVER)
        return _back(acting)
    if form.is_valid():
        try:
            messages.success(request, _say(request, acting, flag, form))
            return _back(acting)
        except RefusedError as error:
            form.refuse(error)
    return _page(request, sent=(acting.organisation, form))


def _page(request: Request, *, sent: tuple[Organisation, FlagForm] | None = None) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - a page for people who have signed in
    roles = organisations_of(user)
    works = work_of(user, roles, on=request.as_at.today, sent=sent) if roles else []
    context = {"nav": "work", "works": works, "is_administrator": user.is_staff, "form": sent[1] if sent else None}
    return render(request, "pages/my_work.html", context, status=400 if sent else 200)


def _flag(request: Request, acting: Acting) -> FlagDue | None:
    """The flag that the form is about, while it is due."""
    name, slug = request.POST.get("flag", ""), acting.organisation.slug
    due = flags_due(on=request.as_at.today, organisations=[slug], are_private=True)
    return next((flag for flag in due if name_of(flag) == name), None)


def _say(request: Request, acting: Acting, flag: FlagDue, form: FlagForm) -> str:
    """Do it. Answers what was done, in words."""
    said, now = form.cleaned_data, request.as_at.now
    organisation, reason = acting.organisation, said["reason"]
    if form.is_snooze:
        until = said["until"]
        snooze_flag(organisation=organisation, flag_key=flag.key, reason=reason, until=until, by=acting.user, now=now)
        return f"Put off until {date_in_words(until)}: {flag.title}."
    acknowledge_flag(organisation=organisation, flag_key=flag.key, reason=reason, by=acting.user, now=now)
    return f"Acknowledged: {flag.title}."


def _show_again(request: Request, acting: Acting) -> HttpResponse:
    typed = request.POST.get("said", "")
    key = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else 0
    try:
        take_back(organisation=acting.organisation, key=key, by=acting.user, now=request.as_at.now)
        messages.success(request, "It is shown again.")
    except RefusedError as error:
        messages.error(request, str(error))
    return _back(acting)


def _back(acting: Acting) -> HttpResponse:
    return redirect(f"{reverse('my-work')}#{acting.organisation.slug}")
