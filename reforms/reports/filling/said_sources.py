"""What organisations say and do: consultations and answers, places in pilots, positions and drafts. By their names."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from consultations.models import Consultation, Response
from consultations.rows import without_later_moments
from councils.models import Membership, Participation, PositionVersion
from councils.standing import JOINED
from pillars.models import Organisation
from reforms.base.addresses import address
from reforms.base.formatting import date_in_words
from reforms.reports.filling.saying import Said, Saying

ANYBODY = AnonymousUser()
CHANGES_OF = ("council", "programme", "since")
"""What the name of a source of changes consists of, and the page of changes is asked by."""


def consultations(names: Collection[str], saying: Saying) -> dict[str, Said]:
    """Words, days and moments, and what came of it, as they were known on the day."""
    found = Consultation.objects.known(on=saying.day).filter(slug__in=names)
    rows = [without_later_moments(each, as_at=saying.as_at) for each in found]
    return {each.slug: Said(_consultation(each), each.title, each.get_absolute_url()) for each in rows}


def _consultation(found: Consultation) -> list[Any]:
    moments = [each.isoformat() if each else None for each in (found.opens_at, found.closes_at)]
    promised = [found.opens_words, found.opens_earliest, found.opens_latest]
    return [found.title, found.official_title, found.summary, moments, promised, found.outcome, found.outcome_on]


def responses(names: Collection[str], saying: Saying) -> dict[str, Said]:
    """The public answer of a body to a consultation: consultation/organisation. Also that there is none."""
    given = Response.objects.visible_to(ANYBODY).known(on=saying.day)
    own = given.filter(consultation__slug__in=_firsts(names)).select_related(
        "consultation", "organisation", "on_behalf_of"
    )
    found: dict[str, Said] = {}
    for each in own:
        words = f"{each.speaker.name}’s answer on {each.consultation.title}"
        said = Said([each.submitted_at.isoformat(), each.state], words, each.get_absolute_url())
        bodies = [body.slug for body in (each.organisation, each.on_behalf_of) if body]
        found |= {name: said for body in bodies if (name := f"{each.consultation.slug}/{body}") in names}
    return found | _unanswered(set(names) - found.keys())


def _firsts(names: Collection[str]) -> set[str]:
    return {name.partition("/")[0] for name in names}


def _unanswered(names: Collection[str]) -> dict[str, Said]:
    """The page of a consultation, where an answer would be found."""
    titles = dict(Consultation.objects.filter(slug__in=_firsts(names)).values_list("slug", "title")) if names else {}
    pairs = ((name, name.partition("/")[0]) for name in names)
    return {name: Said(None, titles[slug], address("consultation", slug)) for name, slug in pairs if slug in titles}


def participation(names: Collection[str], saying: Saying) -> dict[str, Said]:
    """What is known of a body in a pilot: lincolnshire/families-first-for-children."""
    known = Participation.objects.known(on=saying.day).filter(organisation__slug__in=_firsts(names))
    found: dict[str, list[Any]] = {}
    called: dict[str, tuple[str, str]] = {}
    for each in known.select_related("organisation", "pilot", "wave").order_by("said_on", "known_on", "pk"):
        facts = [each.status, each.said_on.isoformat(), each.wave.title if each.wave else None, each.note]
        found.setdefault(each.reference, []).append(facts)
        called[each.reference] = (each.organisation.name, each.pilot.title)
    return {name: _place(name, called[name], found[name]) for name in names if name in found}


def _place(name: str, called: tuple[str, str], facts: list[Any]) -> Said:
    body, pilot = called
    return Said(facts, f"{body} in {pilot}", f"{address('pilots')}#{name.partition('/')[2]}")


# Positions


def positions(names: Collection[str], saying: Saying) -> dict[str, Said]:
    """The version that anybody could read on the day: lincolnshire/SH-4. Also that there is none."""
    public = PositionVersion.objects.public(on=saying.day)
    found = {each.reference: _version(each) for each in _of(names, public)}
    return found | _silent(set(names) - found.keys())


def _of(names: Collection[str], versions: Any) -> list[PositionVersion]:
    """Those whose positions have these names: one query, of no more positions than these organisations have."""
    references = {name.partition("/")[2] for name in names}
    on = Q(position__commitment__reference__in=references) | Q(position__commitment=None)
    own = versions.filter(on, position__organisation__slug__in=_firsts(names)).select_related(*JOINED)
    return [each for each in own if each.reference in names]


def _version(version: PositionVersion) -> Said:
    position = version.position
    subject = position.commitment or position.pillar or position.programme
    day = f", published {date_in_words(version.published_on)}" if version.published_on else ""
    facts = [version.number, version.readiness, version.text, bool(version.erased_at)]
    home = position.organisation.get_absolute_url()
    url = f"{home}#position-{position.pk}" if position.organisation.kind == Organisation.Kind.COUNCIL else home
    return Said(facts, f"{position.organisation.name} on {subject}{day}", url)


def _silent(names: Collection[str]) -> dict[str, Said]:
    """The page of the organisation, where a position would be found."""
    bodies = {each.slug: each for each in Organisation.objects.filter(slug__in=_firsts(names))} if names else {}
    pairs = ((name, name.partition("/")[0]) for name in names)
    return {
        name: Said(None, f"{bodies[slug].name}: positions", bodies[slug].get_absolute_url())
        for name, slug in pairs
        if slug in bodies
    }


def drafts(names: Collection[str], saying: Saying) -> dict[str, Said]:
    """What is being written, for a person who may read it; nothing for anybody else."""
    if saying.reader is None:
        return {}
    own = set(Membership.objects.writing(saying.reader).values_list("organisation__slug", flat=True))
    readable = PositionVersion.objects.visible_to(saying.reader).open()
    found = {each.reference: _draft(each) for each in _of(names, readable)}
    gone = {name for name in names if name.partition("/")[0] in own} - found.keys()
    return found | _silent(gone)


def _draft(version: PositionVersion) -> Said:
    position = version.position
    subject = position.commitment or position.pillar or position.programme
    words = f"{position.organisation.name} on {subject}, not published"
    return Said([version.number, version.revision], words, position.organisation.get_absolute_url())


def changes(names: Collection[str], saying: Saying) -> dict[str, Said]:
    """What changed since a day: lincolnshire/stable-homes/2023-03-01. It moves daily, so nothing of it is a fact."""
    return {name: Said(None, "What has changed", f"{address('changes')}{_asking(name)}") for name in names}


def _asking(name: str) -> str:
    """What the page of all changes is asked; nothing where the name is of another form."""
    parts = name.split("/")
    if len(parts) != len(CHANGES_OF):
        return ""
    return f"?{urlencode(list(zip(CHANGES_OF, parts, strict=True)))}"
