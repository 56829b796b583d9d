"""Pages about people: one's own account, and for administrators everybody's."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.people import actions
from councils.people.forms import InviteForm, RoleForm
from councils.people.rows import roles_of, rows_of
from reforms.base.accounts import second_factor
from reforms.base.accounts.access import MANAGE_PEOPLE, for_administrators, own_account
from reforms.base.accounts.letters import send_letter
from reforms.base.models import User
from reforms.base.requests import Request

PEOPLE = [("People", "/accounts/people/")]


@require_safe
def _account(request: Request) -> HttpResponse:
    """What the person who asks may do, and how they sign in."""
    person = request.user
    context = {
        "person": person,
        "roles": roles_of(person),  # type: ignore[arg-type]
        "has_second_factor": second_factor.has(person),  # type: ignore[arg-type]
        "must_have_second_factor": second_factor.must_have(person),  # type: ignore[arg-type]
    }
    return render(request, "accounts/account.html", context)


account = own_account(_account)


@for_administrators(MANAGE_PEOPLE)
@require_safe
def people(request: Request) -> HttpResponse:
    """Everybody, by name."""
    everybody = User.objects.order_by("name", "email")
    return render(request, "accounts/people.html", {"rows": rows_of(everybody, now=request.as_at.now)})


@for_administrators(MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request) -> HttpResponse:
    """Let somebody in. Where no letter can be sent the link is shown, once."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            person, token = actions.invite_person(**form.cleaned_data, by=_by(request), now=request.as_at.now)
            return _sent(request, person, token)
        except actions.RefusedError as error:
            form.add_error("email", str(error))
    return render(request, "accounts/invite.html", {"form": form, "crumbs": PEOPLE}, status=400 if form.errors else 200)


@for_administrators(MANAGE_PEOPLE)
@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """One person, and what an administrator can do about them."""
    return _person_page(request, get_object_or_404(User, pk=pk), RoleForm())


@for_administrators(MANAGE_PEOPLE)
@require_POST
def person_action(request: Request, pk: int, verb: str) -> HttpResponse:
    """Do it, and go back to the person; what is refused is said there."""
    person = get_object_or_404(User, pk=pk)
    if verb in ("give-role", "remove-role"):
        return _change_role(request, person, verb)
    if verb not in ACTIONS:
        raise Http404
    try:
        answer = ACTIONS[verb](request, person)
    except actions.RefusedError as error:
        return _person_page(request, person, RoleForm(), refusal=str(error))
    return answer or redirect("person", person.pk)


def _change_role(request: Request, person: User, verb: str) -> HttpResponse:
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _person_page(request, person, form)
    change = actions.give_role if verb == "give-role" else actions.remove_role
    change(person=person, **form.cleaned_data, by=_by(request), now=request.as_at.now)
    return redirect("person", person.pk)


def _person_page(request: Request, person: User, form: RoleForm, *, refusal: str = "") -> HttpResponse:
    [row] = rows_of([person], now=request.as_at.now)
    context = {"row": row, "person": person, "form": form, "refusal": refusal, "crumbs": PEOPLE}
    return render(request, "accounts/person.html", context, status=400 if form.errors or refusal else 200)


def _invite_again(request: Request, person: User) -> HttpResponse:
    token = actions.invite_again(person=person, by=_by(request), now=request.as_at.now)
    return _sent(request, person, token)


def _sent(request: Request, person: User, token: str) -> HttpResponse:
    """Send the link to the person, or show it to the administrator."""
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    context = {"person": person, "link": link, "by": request.user}
    if send_letter("accounts/letters/invitation.txt", to=person.email, context=context, now=request.as_at.now):
        messages.success(request, f"An invitation has gone to {person.email}.")
        return redirect("person", person.pk)
    return render(request, "accounts/invited.html", {**context, "crumbs": PEOPLE})


def _done(action: Callable[..., None]) -> Callable[[Request, User], None]:
    """An action of which there is nothing to say but that the page shows it."""
    return lambda request, person: action(person=person, by=_by(request), now=request.as_at.now)


def _by(request: Request) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - every view here is for people who have signed in
    return request.user


ACTIONS: dict[str, Callable[[Request, User], HttpResponse | None]] = {
    "invite-again": _invite_again,
    "make-administrator": _done(actions.make_administrator),
    "remove-administrator": _done(actions.remove_administrator),
    "deactivate": _done(actions.deactivate),
    "reactivate": _done(actions.reactivate),
    "reset-second-factor": _done(actions.reset_second_factor),
}
