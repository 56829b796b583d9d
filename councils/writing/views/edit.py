"""The form of a draft, saved by hand or by itself; and the draft as readers would see it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from councils.access import Acting, for_members
from councils.models import PositionVersion
from councils.writing.actions import Saved, save_draft
from councils.writing.finding import Place, find_place, writers_of
from councils.writing.forms import WholeForm
from councils.writing.moves import submit_position
from councils.writing.plan_since import changed_since
from councils.writing.rows import content_of
from councils.writing.workflow import MoveError
from pillars.models import Commitment
from reforms.base.formatting import moment_in_words
from reforms.base.kept import forget_kept_form, keeps_posts, kept_form
from reforms.base.markdown import to_html
from reforms.base.requests import Request


@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
@for_members("position.write")
def edit(request: Request, acting: Acting, reference: str) -> HttpResponse:
    """The open draft in a form. What is posted is saved, by a script too: then the answer is JSON."""
    place = find_place(acting, reference, on=request.as_at.today)
    kept = None if request.method == "POST" else kept_form(request)
    typed = request.POST if request.method == "POST" else kept
    version = _asked_for(place, typed)
    if request.method == "POST" and version is not None:
        return _save(request, place, version)
    if version is None or (kept is None and version.state not in PositionVersion.WRITABLE_STATES):
        return redirect(place.desk_url)
    form = _form(place, version, typed, on=request.as_at.today)
    return _form_page(request, place, version, form, is_kept=kept is not None)


@require_safe
@for_members("position.read_draft")
def preview(request: Request, acting: Acting, reference: str) -> HttpResponse:
    """What is being written, as readers would see it."""
    place = find_place(acting, reference, on=request.as_at.today)
    version = place.open_version()
    if version is None:
        return redirect(place.desk_url)
    content = content_of(version)
    context = {"nav": "work", "crumbs": place.crumbs, "place": place, "version": version, "content": content}
    return render(request, "writing/preview.html", context | {"html": to_html(content.text)})


def _asked_for(place: Place, typed: QueryDict | None) -> PositionVersion | None:
    """The version on the person's screen, which may have been published since; else the open one."""
    number = typed.get("version", "") if typed else ""
    return place.version(int(number)) if number.isdecimal() and len(number) < 6 else place.open_version()


def _form(place: Place, version: PositionVersion, typed: QueryDict | None, *, on: date) -> WholeForm:
    content = content_of(version)
    within = place.commitments
    here = {each.reference for each in within}
    elsewhere = [reference for reference in content.covers if reference not in here]
    covered = Commitment.objects.filter(reference__in=elsewhere).order_by("reference")
    known = set(Commitment.objects.known(on=on).values_list("reference", flat=True))
    return WholeForm(content, version.revision, coverable=[*within, *covered], known=known, data=typed)


def _save(request: Request, place: Place, version: PositionVersion) -> HttpResponse:
    form = _form(place, version, request.POST, on=request.as_at.today)
    is_script = "application/json" in request.headers.get("Accept", "")
    if not form.is_valid():
        return _refused(form) if is_script else _form_page(request, place, version, form, status=400)
    warnings, mark = form.unheeded()
    if warnings:
        return (
            _warned_script() if is_script else _form_page(request, place, version, form, warnings=warnings, mark=mark)
        )
    saved = save_draft(
        version=version,
        revision=form.revision,
        content=form.content(),
        by=place.acting.user,
        now=request.as_at.now,
        is_automatic=is_script,
    )
    forget_kept_form(request)
    if not isinstance(saved, Saved):
        return _conflict(place, saved.edit.pk, is_script=is_script)
    if is_script:
        return _json({"revision": saved.revision, "saved": f"Saved at {_clock(saved)}"})
    return _after_saving(request, place, version, saved)


def _after_saving(request: Request, place: Place, version: PositionVersion, saved: Saved) -> HttpResponse:
    """Where the button leads."""
    do = request.POST.get("do")
    if do == "preview":
        return redirect(place.address("position-preview"))
    if do != "submit":
        messages.success(request, f"Saved at {_clock(saved)}.")
        return redirect(place.address("position-edit"))
    try:
        submit_position(version=version, revision=saved.revision, by=place.acting.user, now=request.as_at.now)
    except MoveError as error:
        messages.error(request, str(error))
        return redirect(place.address("position-edit"))
    messages.success(request, "Submitted. Somebody else approves it; until then it is not public.")
    return redirect(place.desk_url)


def _clock(saved: Saved) -> str:
    return moment_in_words(saved.at).rpartition(" at ")[2]


def _conflict(place: Place, key: int, *, is_script: bool) -> HttpResponse:
    """Somebody else saved first: the words are kept, and the way leads to both texts."""
    address = place.address("position-set-aside", key)
    if not is_script:
        return redirect(address)
    message = "Somebody else saved before you. Your words are kept."
    return _json({"conflict": address, "message": message, "kept": True}, status=409)


def _refused(form: WholeForm) -> JsonResponse:
    mistakes = form.mistakes()
    words = mistakes[0][1] if mistakes else "Something in the form cannot be read"
    return _json({"errors": dict(mistakes), "message": f"Not saved: {words}"}, status=400)


def _warned_script() -> JsonResponse:
    message = "Not saved: this looks as if it could name a child. Select “Save draft” to see why."
    return _json({"errors": {}, "message": message}, status=400)


def _json(values: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(values, status=status)
    patch_vary_headers(response, ("Accept",))
    return response


def _form_page(
    request: Request, place: Place, version: PositionVersion, form: WholeForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    today = request.as_at.today
    based_on = version.based_on
    since = based_on.published_on if based_on and based_on.published_on else None
    changed = changed_since(place.commitments, after=since, on=today) if since else []
    context = {
        "nav": "work",
        "crumbs": place.crumbs,
        "place": place,
        "version": version,
        "form": form,
        "based_on": based_on,
        "changed": changed,
        "writers": writers_of(version),
        "waiting": version.edits.waiting().filter(by=place.acting.user),
        "may_submit": place.acting.may("position.submit"),
    }
    return render(request, "writing/edit.html", context | more, status=status)
