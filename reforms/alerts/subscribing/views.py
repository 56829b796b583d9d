"""Pages on which people say what they want to hear about: anybody, the readers of a letter, and those who sign in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reforms.alerts.digests.making import make_digest_now, preview
from reforms.alerts.models import Recipient, Subscription
from reforms.alerts.subscribing import actions
from reforms.alerts.subscribing.choices import (
    Target,
    chosen,
    consultations_to_come,
    councils,
    followed,
    organisations_of,
    pillars,
    target_of,
)
from reforms.alerts.subscribing.forms import AskForm, ChoicesForm, FollowedForm, FrequencyForm, TargetForm
from reforms.alerts.subscribing.links import asked_by, recipient_with
from reforms.alerts.telling.recipients import recipient_of
from reforms.base.access import probe
from reforms.base.accounts.access import own_account
from reforms.base.filters import name_mistakes
from reforms.base.models import User
from reforms.base.requests import Request

View = Callable[..., HttpResponse]
LIMIT = "updates"
"""The name of the limit on letters that are asked for, in ACCOUNT_RATE_LIMITS."""
ACCOUNT = [("Your account", "/accounts/")]
UPDATES = [*ACCOUNT, ("Your updates", "/accounts/updates/")]


def form_page(view: View) -> View:
    """A page with a form that anybody may open who knows its address."""
    return login_not_required(require_http_methods(["GET", "HEAD", "POST"])(view))


def unlisted(view: View) -> View:
    """A page whose address is a secret: no search engine lists it, and it is passed on to no other site."""

    @wraps(view)
    def answer(request: Request, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Not no-referrer: browsers would then send no origin with a form, and it would be refused.
        response["Referrer-Policy"] = "same-origin"
        return response

    return answer


# Anybody


@form_page
def updates(request: Request) -> HttpResponse:
    """Ask to hear about a pillar, a council or a consultation."""
    wanted = TargetForm(request.GET, on=request.as_at.today)
    name_mistakes(wanted, wanted.mistakes)
    if wanted.target is None or wanted.errors:
        return _what_about(request, wanted)
    if isinstance(request.user, User):
        return _follow(request, wanted.target, request.user)
    return _ask(request, wanted.target)


def _what_about(request: Request, wanted: TargetForm) -> HttpResponse:
    """The address names nothing, or nothing that there is: offer what there is."""
    day, now = request.as_at.today, request.as_at.now
    context = {
        "form": wanted,
        "councils": councils(on=day),
        "pillars": pillars(on=day),
        "consultations": consultations_to_come(on=day, now=now),
    }
    is_wrong = wanted.errors or request.method == "POST"
    return render(request, "alerts/subscribing/what_about.html", context, status=400 if is_wrong else 200)


def _ask(request: Request, target: Target) -> HttpResponse:
    """What is said afterwards is the same for every address."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        address = form.cleaned_data["email"]
        if not ratelimit.consume(request, app="allauth.account", action=LIMIT, key=address):
            return render(request, "429.html", {"wait": "an hour"}, status=429)
        actions.ask_for_updates(
            address=address, target=target, frequency=form.cleaned_data["frequency"], now=request.as_at.now
        )
        return redirect("updates-sent")
    return _page(request, "alerts/subscribing/ask.html", form, target=target)


def _follow(request: Request, target: Target, person: User) -> HttpResponse:
    """Somebody who has signed in need not confirm."""
    standing = Subscription.objects.filter(recipient__person=person, topic="", **target.column)
    there = standing.exclude(confirmed_at=None).first()
    initial = {"frequency": there.frequency} if there else None
    form = FrequencyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        frequency = form.cleaned_data["frequency"]
        actions.follow(person=person, target=target, frequency=frequency, by=person, now=request.as_at.now)
        messages.success(request, f"You get updates about {target.title}, {frequency.label.lower()}.")
        return redirect("my-updates")
    return _page(request, "alerts/subscribing/follow.html", form, target=target, there=there)


@probe
def updates_sent(request: Request) -> HttpResponse:
    """What everybody is told who asked, whatever address they gave."""
    return render(request, "alerts/subscribing/sent.html")


# Readers of a letter


@form_page
@unlisted
def confirm(request: Request, token: str) -> HttpResponse:
    """The page that the link of a first letter opens. Only its button confirms: programs open links too."""
    asked = asked_by(token)
    try:
        if asked is None:
            raise actions.NotOpenError
        if request.method == "POST":
            by = request.user if isinstance(request.user, User) else None
            subscription = actions.confirm_updates(asked=asked, by=by, now=request.as_at.now)
        else:
            subscription = actions.subscription_asked_for(asked)
    except actions.NotOpenError:
        return _over(request)
    context = {"target": target_of(subscription), "frequency": asked.frequency, "recipient": subscription.recipient}
    template = "confirmed" if request.method == "POST" else "confirm"
    return render(request, f"alerts/subscribing/{template}.html", context)


@form_page
@unlisted
def manage(request: Request, key: str) -> HttpResponse:
    """What an address hears about; somebody with an account is led to their own page."""
    recipient = recipient_with(key)
    if recipient is None:
        return _over(request)
    if recipient.person:
        return redirect("my-updates")
    if request.method == "POST" and request.POST.get("do") == "stop":
        actions.stop_everything(recipient=recipient, by=None, now=request.as_at.now)
        return render(request, "alerts/subscribing/stopped.html", {"person": None})
    initial = {"is_told_at_once": not recipient.pauses_urgent}
    data = request.POST if request.method == "POST" else None
    form = FollowedForm(data, initial=initial, subscriptions=followed(recipient))
    if form.is_valid():
        return _saved_for_address(request, recipient, form)
    return _page(request, "alerts/subscribing/manage.html", form, recipient=recipient)


def _saved_for_address(request: Request, recipient: Recipient, form: FollowedForm) -> HttpResponse:
    _save(recipient, form, by=None, request=request)
    if not Recipient.objects.filter(pk=recipient.pk).exists():
        return render(request, "alerts/subscribing/stopped.html", {"person": None})
    messages.success(request, "Your choices are saved.")
    return redirect("updates-manage", recipient.key)


@csrf_exempt
@form_page
@unlisted
def unsubscribe(request: Request, token: str) -> HttpResponse:
    """Ends all letters by one POST, as mail programs send it (RFC 8058). A second one is answered like the first."""
    recipient = recipient_with(token)
    if request.method == "POST":
        if recipient:
            actions.stop_everything(recipient=recipient, by=None, now=request.as_at.now)
        person = recipient.person if recipient else None
        return render(request, "alerts/subscribing/stopped.html", {"person": person})
    if recipient is None:
        return _over(request)
    return render(request, "alerts/subscribing/unsubscribe.html", {"recipient": recipient})


def _over(request: Request) -> HttpResponse:
    return render(request, "alerts/subscribing/over.html", status=404)


# Somebody who has signed in


@require_http_methods(["GET", "HEAD", "POST"])
def _my_updates(request: Request) -> HttpResponse:
    """What the person hears about, for each organisation and topic, and what else they follow."""
    person = _by(request)
    recipient = Recipient.objects.filter(person=person).first()
    organisations = organisations_of(person)
    form = ChoicesForm(
        request.POST if request.method == "POST" else None,
        initial={"is_told_at_once": not (recipient and recipient.pauses_urgent)},
        subscriptions=followed(recipient),
        organisations=organisations,
        choices=chosen(recipient, organisations),
    )
    if form.is_valid():
        actions.choose_topics(person=person, choices=form.chosen(), by=person, now=request.as_at.now)
        _save(recipient_of(person, now=request.as_at.now), form, by=person, request=request)
        messages.success(request, "Your choices are saved.")
        return redirect("my-updates")
    return _page(request, "alerts/subscribing/my_updates.html", form, person=person, crumbs=ACCOUNT)


@require_safe
def _my_preview(request: Request) -> HttpResponse:
    """What the next letter would say, as text."""
    recipient = Recipient.objects.filter(person=_by(request)).select_related("person").first()
    written = preview(recipient, now=request.as_at.now) if recipient else None
    context = {"written": written, "person": request.user, "crumbs": UPDATES}
    return render(request, "alerts/subscribing/preview.html", context)


@require_POST
def _my_letter_now(request: Request) -> HttpResponse:
    """Put what there is to tell into a letter now."""
    person, now = _by(request), request.as_at.now
    letter = make_digest_now(recipient=recipient_of(person, now=now), by=person, now=now)
    words = f"A letter is on its way to {person.email}." if letter else "There is nothing new to tell you."
    messages.success(request, words)
    return redirect("my-updates")


my_updates = own_account(_my_updates)
my_preview = own_account(_my_preview)
my_letter_now = own_account(_my_letter_now)


# All of them


def _save(recipient: Recipient, form: FollowedForm, *, by: User | None, request: Request) -> None:
    """Put what was chosen into place. Urgent first: an address that follows nothing more is gone after the rest."""
    now = request.as_at.now
    actions.choose_urgent(recipient=recipient, pauses=not form.cleaned_data["is_told_at_once"], by=by, now=now)
    for subscription, frequency in form.changes():
        if frequency is None:
            actions.unfollow(subscription=subscription, by=by, now=now)
        else:
            actions.choose_frequency(subscription=subscription, frequency=frequency, by=by, now=now)


def _page(request: Request, template: str, form: object, **context: object) -> HttpResponse:
    """The page with its form; 400 where something is wrong with what was sent."""
    status = 400 if getattr(form, "errors", None) else 200
    return render(request, template, {"form": form, **context}, status=status)


def _by(request: Request) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - these pages are for people who have signed in
    return request.user
