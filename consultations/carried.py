"""The views that an answer carries, as its page shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from councils.models import View
from pillars.models import Citation, Commitment

STANCES = [View.Stance(value) for value in View.Stance.values]


@dataclass(frozen=True)
class Carried:
    """One view. `wholes` and `about` are what it speaks of: words, and a plain address."""

    stance: str
    text: str
    wholes: list[tuple[str, str]]
    about: list[tuple[str, str, str]]
    asked: str
    citations: list[Citation]


def known_views(*, on: date) -> QuerySet[View]:
    """The views known by the day with what a row of them needs: four queries for any number."""
    about = Commitment.objects.known(on=on).standing().only("reference", "title", "programme", "pillar")
    related = ("programme", "pillar__programme", "mission__programme", "mission__pillar")
    found = View.objects.known(on=on).select_related(*related).with_citations(on=on).order_by("number")
    return found.prefetch_related(Prefetch("about", about.order_by("reference"), to_attr="known_about"), "addressed_to")


def carried(view: View, *, on: date) -> Carried:
    about = view.known_about  # type: ignore[attr-defined]
    return Carried(
        stance=view.get_stance_display(),
        text=view.text,
        wholes=_wholes(view, on=on),
        about=[(each.reference, each.title, each.get_absolute_url()) for each in about],
        asked=_asked(view),
        citations=list(view.citations.all()),
    )


def _wholes(view: View, *, on: date) -> list[tuple[str, str]]:
    """The programme, pillar or mission that it speaks of, where that was known by the day."""
    found: list[tuple[str, str]] = []
    if view.programme and view.programme.known_on <= on:
        found.append((view.programme.title, view.programme.get_absolute_url()))
    if view.pillar and view.pillar.known_on <= on:
        found.append((str(view.pillar), view.pillar.get_absolute_url()))
    if view.mission and view.mission.known_on <= on:
        found.append((f"{view.mission.reference} {view.mission.title}", view.mission.get_absolute_url()))
    return found


def _asked(view: View) -> str:
    """Who should act, and where: "To the Department for Education. For London."."""
    bodies = ", ".join(body.name for body in view.addressed_to.all())
    parts = [f"Addressed to {bodies}." if bodies else "", f"For {view.for_place} alone." if view.for_place else ""]
    return " ".join(filter(None, parts))


def count_stances(views: Iterable[View]) -> str:
    """ "12 asks, 3 concerns, 1 welcome": by stance, in the order of the stances; each view once."""
    counts = Counter(view.stance for view in {view.pk: view for view in views}.values())
    return ", ".join(_counted(counts[stance], stance.label.lower()) for stance in STANCES if counts[stance])


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
