"""First drafts for a council that has none: from the plan, from a document of its own, or from nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from councils.access import Acting, for_members
from councils.first_steps import split_by_pillar, text_from_plan
from councils.models import PositionVersion
from councils.progress import STANDING
from councils.writing.actions import start_draft
from councils.writing.cautions import Caution, cautions, mark_of
from councils.writing.contents import Content
from councils.writing.forms import LONGEST_TEXT
from councils.writing.subjects import Subject
from pillars.models import Pillar, Programme
from reforms.base.requests import Request

LONGEST_DOCUMENT = 400_000
"""Characters of a whole document: some hundred and fifty pages."""


@dataclass
class Step:
    """A pillar, and how far it has got: the state of an open draft, or whether something is published."""

    pillar: Pillar
    state: str = ""
    part: str = ""
    """What was found of it in the document."""

    @property
    def reference(self) -> str:
        return self.pillar.reference


@require_http_methods(["GET", "HEAD", "POST"])
@for_members("position.write")
def first_steps(request: Request, acting: Acting) -> HttpResponse:
    """Choose how to begin. A document is taken apart first and shown; drafts are made of it when that is confirmed."""
    slug = request.POST.get("programme") or request.GET.get("programme") or "stable-homes"
    programme = get_object_or_404(Programme.objects.known(on=request.as_at.today), slug=slug)
    steps = _steps(acting, programme, request)
    if request.method == "POST":
        return _begin(request, acting, programme, steps)
    return _page(request, acting, programme, steps)


def _steps(acting: Acting, programme: Programme, request: Request) -> list[Step]:
    pillars = Pillar.objects.known(on=request.as_at.today).filter(programme=programme).select_related("programme")
    versions = PositionVersion.objects.filter(position__organisation=acting.organisation, state__in=STANDING)
    rows = versions.filter(position__pillar__isnull=False).order_by("number").values_list("position__pillar", "state")
    states = dict(rows)
    return [Step(pillar, states.get(pillar.pk, "")) for pillar in pillars]


def _begin(request: Request, acting: Acting, programme: Programme, steps: Sequence[Step]) -> HttpResponse:
    do, chosen = request.POST.get("do", ""), request.POST.get("pillar", "")
    by_reference = {each.reference: each for each in steps}
    if do == "plan" and chosen in by_reference:
        return _from_plan(request, acting, by_reference[chosen])
    if do == "split":
        return _split(request, acting, programme, steps)
    if do == "make":
        return _make(request, acting, programme, steps)
    return _page(request, acting, programme, steps, error="Choose a pillar and a way to begin.")


def _from_plan(request: Request, acting: Acting, step: Step) -> HttpResponse:
    subject = Subject(step.pillar.programme, step.pillar)
    commitments = subject.commitments(on=request.as_at.today)
    text = text_from_plan((each.reference, each.title) for each in commitments)
    _start(request, acting, step, text)
    return redirect("position-edit", acting.organisation.slug, step.reference)


def _split(request: Request, acting: Acting, programme: Programme, steps: Sequence[Step]) -> HttpResponse:
    """Show which part of the document belongs to which pillar; nothing is made yet."""
    document = request.POST.get("document", "").replace("\x00", "")
    if not document.strip() or len(document) > LONGEST_DOCUMENT:
        error = "Paste the text of a document" if not document.strip() else "That is too long: paste a part of it"
        return _page(request, acting, programme, steps, error=error, document=document)
    parts = split_by_pillar(document, {each.reference: each.pillar.title for each in steps})
    for step in steps:
        step.part = parts.get(step.reference, "")[:LONGEST_TEXT]
    error = (
        "" if parts else "No line of it is the title of a pillar. Put the titles above the parts, or begin one by one."
    )
    return _page(request, acting, programme, steps, error=error, document=document, is_split=bool(parts))


def _make(request: Request, acting: Acting, programme: Programme, steps: Sequence[Step]) -> HttpResponse:
    """Make the drafts; where a text may name a child, the person is asked first, and nothing is saved."""
    chosen = request.POST.getlist("pillars")
    made = [step for step in steps if step.reference in chosen]
    for step in made:
        text = request.POST.get(f"text-{step.reference}", "").replace("\r\n", "\n").replace("\x00", "")
        step.part = text[:LONGEST_TEXT]
    warnings = [each for step in made for each in cautions(step.part)]
    if warnings and request.POST.get("heeded") != mark_of(warnings):
        return _page(request, acting, programme, steps, is_split=True, warnings=warnings, mark=mark_of(warnings))
    for step in made:
        _start(request, acting, step, step.part)
    if not made:
        messages.error(request, "No pillar was chosen, so nothing was made.")
    return redirect("my-work")


def _start(request: Request, acting: Acting, step: Step, text: str) -> None:
    """A draft with the text. Where one is open already it stays as it is, and the text is set aside beside it."""
    start_draft(
        organisation=acting.organisation,
        subject=Subject(step.pillar.programme, step.pillar),
        content=Content(text=text),
        by=acting.user,
        now=request.as_at.now,
    )
    if step.state in PositionVersion.OPEN_STATES:
        messages.error(request, f"{step.pillar}: a draft is open already. Your text is kept beside it.")
    else:
        messages.success(request, f"{step.pillar}: a draft has been begun.")


def _page(
    request: Request,
    acting: Acting,
    programme: Programme,
    steps: Sequence[Step],
    *,
    error: str = "",
    document: str = "",
    is_split: bool = False,
    warnings: Sequence[Caution] = (),
    mark: str = "",
) -> HttpResponse:
    context = {
        "nav": "work",
        "crumbs": [("My work", reverse("my-work"))],
        "acting": acting,
        "programme": programme,
        "steps": steps,
        "error": error,
        "document": document,
        "is_split": is_split,
        "warnings": warnings,
        "mark": mark,
    }
    return render(request, "pages/first_steps.html", context, status=400 if error else 200)
