"""For administrators: whether scheduled work gets done, what failed, and letters to try again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from reforms.alerts.models import Letter
from reforms.alerts.outbox.actions import retry_all_failed, retry_letter
from reforms.alerts.watching.letters import failed_letters, letters_kept, sent_on
from reforms.alerts.watching.rows import FAULT_DAYS, faults_lately, scheduled
from reforms.alerts.watching.words import lasting
from reforms.base.accounts.access import for_administrators
from reforms.base.lists.paging import Paging, read_page
from reforms.base.lists.panel import pagination
from reforms.base.lists.sorting import BadParameterError
from reforms.base.models import User
from reforms.base.requests import Request

WATCH = "service.watch"
PAGE = 50


@dataclass(frozen=True)
class Addresses:
    """The pages of letters that could not be sent."""

    def page(self, number: int) -> str:
        return f"{reverse('watching')}{f'?page={number}' if number > 1 else ''}#failed"


@for_administrators(WATCH)
@require_safe
def watching(request: Request) -> HttpResponse:
    now, today = request.as_at.now, request.as_at.today
    letters = letters_kept(now=now)
    paging, mistakes = _paging(request, letters.failed)
    age = letters.oldest_age_seconds
    context: dict[str, Any] = {
        "nav": "work",
        "scheduled": scheduled(now=now),
        "faults": faults_lately(on=today),
        "fault_days": FAULT_DAYS,
        "today": today,
        "letters": letters,
        "oldest": None if age is None else lasting(age),
        "sent_today": sent_on(today),
        "failed": failed_letters(paging.slice),
        "paging": paging,
        "pagination": pagination(paging, Addresses()),
        "mistakes": mistakes,
    }
    return render(request, "alerts/watching.html", context, status=400 if mistakes else 200)


def _paging(request: Request, count: int) -> tuple[Paging, list[str]]:
    """The page of failed letters that was asked for, and what is wrong with the address."""
    mistakes = [f"{name}: there is no such parameter here" for name in request.GET if name not in ("page", "as_at")]
    try:
        return read_page(request.GET.getlist("page"), size=PAGE, count=count), mistakes
    except BadParameterError as error:
        return Paging(1, PAGE, count), [*mistakes, f"page: {error}"]


@for_administrators(WATCH)
@require_POST
def retry(request: Request, pk: int) -> HttpResponse:
    """Try one letter again. Somebody may have done so a moment ago, and letters are forgotten after a while."""
    failed = Letter.objects.filter(pk=pk, state=Letter.State.FAILED)
    letter = failed.defer("subject", "text", "html").first()
    if letter:
        retry_letter(letter=letter, by=_by(request), now=request.as_at.now)
        messages.success(request, f"Letter {pk} will be tried again within a minute.")
    else:
        messages.info(request, f"Letter {pk} is not among those that failed any more.")
    return redirect("watching")


@for_administrators(WATCH)
@require_POST
def retry_all(request: Request) -> HttpResponse:
    retry_all_failed(by=_by(request), now=request.as_at.now)
    messages.success(request, "All letters that failed will be tried again within a minute.")
    return redirect("watching")


def _by(request: Request) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - every view here is for people who have signed in
    return request.user
