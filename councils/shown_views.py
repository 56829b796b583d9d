"""Views of national and regional bodies as pages show them, and how they are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from councils.models import View
from pillars.models import Citation, Commitment

STANCES = [View.Stance(value) for value in View.Stance.values]


@dataclass(frozen=True)
class ShownView:
    """One view. `wholes` and `about` are what it speaks of: words, and a plain address.

    `url` is its place on the page of the body, and `anchor` that place alone. `words` are published, `text` is ours.
    """

    body: str
    number: int
    url: str
    anchor: str
    stance: str
    text: str
    words: str
    wholes: list[tuple[str, str]]
    about: list[tuple[str, str, str]]
    asked: str
    citations: Sequence[Citation]


def known_views(*, on: date) -> QuerySet[View]:
    """The views known by the day with what a row of them needs: four queries for any number."""
    about = Commitment.objects.known(on=on).standing().only("reference", "title", "programme", "pillar")
    related = ("organisation", "programme", "pillar__programme", "mission__programme", "mission__pillar")
    found = View.objects.known(on=on).select_related(*related).with_citations(on=on).order_by("number")
    return found.prefetch_related(Prefetch("about", about.order_by("reference"), to_attr="known_about"), "addressed_to")


def shown(view: View, *, on: date) -> ShownView:
    """One of `known_views`."""
    about = view.known_about  # type: ignore[attr-defined]
    return ShownView(
        body=view.organisation.name,
        number=view.number,
        url=view.get_absolute_url(),
        anchor=view.anchor_name,
        stance=view.get_stance_display(),
        text=view.text,
        words=view.words,
        wholes=_wholes(view, on=on),
        about=[(each.reference, each.title, each.get_absolute_url()) for each in about],
        asked=asked_words((body.name for body in view.addressed_to.all()), view.for_place),
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


def asked_words(bodies: Iterable[str], place: str) -> str:
    """Who should act, and where: "Addressed to Ofsted, NHS England. For London alone."."""
    names = ", ".join(bodies)
    parts = [f"Addressed to {names}." if names else "", f"For {place} alone." if place else ""]
    return " ".join(filter(None, parts))


def count_stances(views: Iterable[View]) -> str:
    """ "1 welcome, 3 concerns, 12 asks": by stance, in the order of the stances; each view once."""
    return stances_in_words({view.pk: view.stance for view in views}.values())


def stances_in_words(stances: Iterable[str]) -> str:
    """The same of stances alone."""
    return ", ".join(each_stance(stances))


def each_stance(stances: Iterable[str]) -> list[str]:
    """ "1 welcome", "3 concerns" and so on, one by one."""
    counts = Counter(stances)
    return [counted(counts[stance], stance) for stance in STANCES if counts[stance]]


def counted(count: int, stance: str) -> str:
    """ "1 concern", "3 concerns"."""
    noun = View.Stance(stance).label.lower()
    return f"{count} {noun}{'' if count == 1 else 's'}"
