"""Loads what calendars are made of, in a number of queries that does not grow with the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from operator import attrgetter

from django.contrib.auth.models import AnonymousUser
from django.db.models import DateField, OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse

from consultations.models import Consultation, Step
from councils.access import organisations_of
from councils.models import PositionVersion, Renewal
from pillars.dating import first_date
from pillars.models import Deadline, Milestone, Organisation, Phase
from pillars.places import Places, places_of
from reforms.alerts.calendars.entries import (
    CLOSING_ALARMS,
    Entry,
    Kind,
    Placed,
    lines,
    placed,
    read_as,
    sources_in_words,
)
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Acknowledgement
from reforms.base.clock import civil_day
from reforms.base.formatting import date_in_words, moment_in_words
from reforms.base.models import User

END_OF_DAY = "No time is published, so we take the end of the day."

# Whole calendars


def of_the_nation(*, on: date) -> list[Entry]:
    """What concerns every council: seven queries."""
    consultations = list(Consultation.objects.known(on=on))
    phases = list(Phase.objects.known(on=on).select_related("programme"))
    milestones = _dated_milestones(on=on)
    deadlines = list(_promised(on=on))
    dating = [deadline for _milestone, deadline in milestones if deadline]
    own = [milestone for milestone, _deadline in milestones]
    places = places_of(consultations, phases, own, [*deadlines, *dating], on=on)
    found = [
        *_consultation_entries(consultations, places),
        *_phase_entries(phases, places),
        *_milestone_entries(milestones, places),
        *_deadline_entries(deadlines, {each.pk for each in dating}, places),
    ]
    return in_order(found)


def of_a_council(organisation: Organisation, *, on: date) -> list[Entry]:
    """What anybody may read of one council: the nation's dates, its public timetable, reviews of its positions."""
    steps = Step.objects.visible_to(AnonymousUser()).filter(organisation=organisation)
    return in_order([*of_the_nation(on=on), *_steps(steps, on=on), *_reviews([organisation.pk], on=on)])


def of_a_person(person: User, *, on: date) -> list[Entry]:
    """The nation's dates, and what concerns the organisations in which the person has a role at this moment."""
    own = [acting.organisation.pk for acting in organisations_of(person)]
    steps = Step.objects.visible_to(person).filter(organisation__in=own)
    snoozed = Acknowledgement.objects.visible_to(person)
    found = [*of_the_nation(on=on), *_steps(steps, on=on), *_reviews(own, on=on), *_snoozed(snoozed, on=on)]
    return in_order(found)


def of_everybody(*, on: date) -> list[Entry]:
    """Every entry that stands in anybody's calendar: for the job that counts changes, and for no reader."""
    steps, snoozed = Step.objects.all(), Acknowledgement.objects.all()
    found = [*of_the_nation(on=on), *_steps(steps, on=on), *_reviews(None, on=on), *_snoozed(snoozed, on=on)]
    return in_order(found)


def in_order(found: Iterable[Entry]) -> list[Entry]:
    """In order of time, each once."""
    return sorted({each.name: each for each in found}.values(), key=lambda each: each.order)


# Consultations


def _consultation_entries(consultations: Iterable[Consultation], places: Places) -> Iterator[Entry]:
    for found in consultations:
        sources = sources_in_words(places.of(found))
        if found.closes_at:
            yield _closing(found, sources)
        if entry := _opening(found, sources):
            yield entry


def _closing(found: Consultation, sources: str) -> Entry:
    assert found.closes_at  # noqa: S101 - asked by the caller
    said = f"Closes {moment_in_words(found.closes_at)}."
    return Entry(
        kind=Kind.CONSULTATION_CLOSES,
        reference=found.slug,
        title=f"Consultation closes: {found.title}",
        starts=found.closes_at,
        last=None,
        path=found.get_absolute_url(),
        about=lines(said, "" if found.is_closing_time_stated else END_OF_DAY, sources),
        known_on=found.known_on,
        alarms=CLOSING_ALARMS,
    )


def _opening(found: Consultation, sources: str) -> Entry | None:
    """The day on which it opens; before that is known the window promised, unless a commitment has it already."""
    if found.opens_at:
        day = civil_day(found.opens_at)
        where, said = placed(day, day), f"Opens on {date_in_words(day)}."
    elif found.closes_at or found.promised_by_id:
        return None
    else:
        where = placed(found.opens_earliest, found.opens_latest, words=found.opens_words)
        said = read_as(found.opens_earliest, found.opens_latest, words=found.opens_words)
    if where is None:
        return None
    return Entry(
        kind=Kind.CONSULTATION_OPENS,
        reference=found.slug,
        title=f"Consultation opens: {found.title}{where.note}",
        starts=where.first,
        last=where.last,
        path=found.get_absolute_url(),
        about=lines(said, sources),
        known_on=found.known_on,
    )


# The plan


def _phase_entries(phases: Iterable[Phase], places: Places) -> Iterator[Entry]:
    """Its first day and its last; one entry where they are the same."""
    for found in phases:
        marks = {found.latest: (Kind.PHASE_ENDS, "Ends"), found.earliest: (Kind.PHASE_BEGINS, "Begins")}
        said = read_as(found.earliest, found.latest, words=found.words)
        for day, (kind, verb) in marks.items():
            if day:
                yield Entry(
                    kind=kind,
                    reference=found.reference,
                    title=f"{verb}: {found.title}",
                    starts=day,
                    last=day,
                    path=found.programme.get_absolute_url(),
                    about=lines(f"{found.programme.title}.", said, sources_in_words(places.of(found))),
                    known_on=found.known_on,
                )


def _dated_milestones(*, on: date) -> list[tuple[Milestone, Deadline | None]]:
    """Each milestone with the deadline that dates it, and none for one with words of its own: two queries."""
    promised = Prefetch("commitment__deadlines", Deadline.objects.known(on=on).filter(commitment__known_on__lte=on))
    milestones = Milestone.objects.known(on=on).select_related("commitment", "programme").prefetch_related(promised)
    found: list[tuple[Milestone, Deadline | None]] = []
    for milestone in milestones:
        if milestone.commitment is None:
            found.append((milestone, None))
        elif dating := first_date(milestone.commitment.deadlines.all(), on=on, keys=attrgetter("pk", "replaces_id")):
            found.append((milestone, dating))
    return found


def _milestone_entries(found: Iterable[tuple[Milestone, Deadline | None]], places: Places) -> Iterator[Entry]:
    for milestone, deadline in found:
        window = deadline or milestone
        where = placed(window.earliest, window.latest, words=window.words, role=window.role)
        owner = milestone.commitment or milestone.programme
        if where is not None:
            yield Entry(
                kind=Kind.MILESTONE,
                reference=milestone.slug,
                title=f"Milestone: {milestone.title}{where.note}",
                starts=where.first,
                last=where.last,
                path=owner.get_absolute_url(),
                about=lines(
                    f"{owner}.",
                    read_as(window.earliest, window.latest, words=window.words, role=window.role),
                    sources_in_words([*places.of(milestone), *(places.of(deadline) if deadline else ())]),
                ),
                known_on=max(milestone.known_on, window.known_on),
            )


def _promised(*, on: date) -> QuerySet[Deadline]:
    """Every deadline of what is promised, those since replaced included: they say where an entry comes from."""
    known = Deadline.objects.known(on=on).filter(commitment__known_on__lte=on, commitment__merged_into=None)
    return known.select_related("commitment").order_by("commitment__reference", "number")


def _deadline_entries(deadlines: Collection[Deadline], marked: Collection[int], places: Places) -> Iterator[Entry]:
    """Those in use; what a milestone marks stands as the milestone."""
    numbers = first_numbers(deadlines)
    for found in deadlines:
        where = placed(found.earliest, found.latest, words=found.words, role=found.role)
        if found.pk in numbers and found.pk not in marked and where is not None:
            yield _deadline(found, f"{found.reference}-{numbers[found.pk]}", where, places)


def _deadline(found: Deadline, reference: str, where: Placed, places: Places) -> Entry:
    verb = " starts" if found.role == Deadline.Role.START else ""
    said = read_as(found.earliest, found.latest, words=found.words, role=found.role)
    return Entry(
        kind=Kind.DEADLINE,
        reference=reference,
        title=f"{found.reference}{verb}: {found.commitment.title}{where.note}",
        starts=where.first,
        last=where.last,
        path=found.commitment.get_absolute_url(),
        about=lines(said, sources_in_words(places.of(found))),
        known_on=found.known_on,
    )


def first_numbers(deadlines: Collection[Deadline]) -> dict[int, int]:
    """For each deadline in use, the number of the first that it goes back to: a date that moves stays one entry.

    Where two replace the same one, the first of them is it, and the other is known by its own number.
    """
    by_key = {each.pk: each for each in deadlines}
    replaced = {each.replaces_id for each in deadlines}
    found: dict[int, int] = {}
    taken: defaultdict[int, set[int]] = defaultdict(set)
    for each in deadlines:
        if each.pk not in replaced:
            root, seen = each, {each.pk}
            while root.replaces_id in by_key and root.replaces_id not in seen:
                root = by_key[root.replaces_id]
                seen.add(root.pk)
            number = each.number if root.number in taken[each.commitment_id] else root.number
            taken[each.commitment_id].add(number)
            found[each.pk] = number
    return found


# What organisations have of their own


def _steps(steps: QuerySet[Step], *, on: date) -> Iterator[Entry]:
    known = list(steps.known(on=on).select_related("organisation"))  # type: ignore[attr-defined]
    places = places_of(known, on=on)
    for found in known:
        where = placed(found.earliest, found.latest, words=found.words, role=found.role)
        if where is not None:
            yield Entry(
                kind=Kind.STEP,
                reference=found.reference,
                title=f"{found.organisation.name}: {found.title}{where.note}",
                starts=where.first,
                last=where.last,
                path=found.organisation.get_absolute_url(),
                about=lines(
                    read_as(found.earliest, found.latest, words=found.words, role=found.role),
                    sources_in_words(places.of(found)),
                ),
                known_on=found.known_on,
            )


def _reviews(organisations: Collection[int] | None, *, on: date) -> Iterator[Entry]:
    """The day by which each published position is to be looked at again; of all organisations where none are named."""
    renewals = Renewal.objects.filter(version=OuterRef("pk"), renewed_on__lte=on).order_by("-renewed_on")
    versions = PositionVersion.objects.public(on=on)
    if organisations is not None:
        versions = versions.filter(position__organisation__in=organisations)
    joined = ("position__organisation", "position__programme", "position__pillar__programme", "position__commitment")
    versions = versions.select_related(*joined).defer("text", "draft").annotate(
        renewed_on=Subquery(renewals.values("renewed_on")[:1], output_field=DateField()),
        next_review_on=Subquery(renewals.values("review_on")[:1], output_field=DateField()),
    )  # fmt: skip
    for found in versions:
        if day := found.next_review_on or found.review_on:
            yield _review(found, day, max(filter(None, (found.known_on, found.renewed_on))))


def _review(found: PositionVersion, day: date, known_on: date) -> Entry:
    position = found.position
    subject = position.commitment or position.pillar or position.programme
    organisation = position.organisation
    anchor = f"#position-{position.pk}" if organisation.kind == Organisation.Kind.COUNCIL else ""
    return Entry(
        kind=Kind.REVIEW,
        reference=position.reference,
        title=f"{organisation.name}: look again at its position on {subject}",
        starts=day,
        last=day,
        path=f"{organisation.get_absolute_url()}{anchor}",
        about=f"Published on {date_in_words(found.published_on)}." if found.published_on else "",
        known_on=known_on,
    )


def _snoozed(acknowledgements: QuerySet[Acknowledgement], *, on: date) -> Iterator[Entry]:
    """The days on which flags come back. What somebody wrote about one stays where it is."""
    ahead = acknowledgements.filter(snoozed_until__gte=on).select_related("organisation")
    for found in ahead.defer("reason"):
        kind = FlagKind(found.kind)
        key = (found.organisation.slug, found.kind, found.subject, found.due_on.isoformat(), str(found.threshold))
        assert found.snoozed_until  # noqa: S101 - asked for above
        yield Entry(
            kind=Kind.SNOOZED,
            reference="/".join(key),
            title=f"{found.organisation.name}: flag to look at again, {kind.label.lower()}",
            starts=found.snoozed_until,
            last=found.snoozed_until,
            path=reverse("my-work"),
            about=f"Snoozed until this day: {found.subject}, {date_in_words(found.due_on)}.",
            known_on=civil_day(found.at),
        )
