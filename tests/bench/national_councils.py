"""The made-up part of what councils say: a position on every commitment and every pillar, in versions, with claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

from councils.models import Claim, Council, Position, PositionVersion, Region
from pillars.models import Citation, Commitment, Organisation, Pillar, Source
from tests.bench.bulk import Row, Table, link_table, reset_sequences
from tests.bench.history import add_history
from tests.bench.words import Words

LEADER = "lincolnshire"
REVIEW_DAYS = 182
PUBLISHED_WITHIN = 270
"""Days before the day the data is made for: a third of what was published then is due for review."""
DRAFTS = 0.06
RECORDED = 0.6
"""The share that we recorded from a document of the council; the others were written here, and cite nothing."""
PILLAR_CLAIMS = 8
FIGURES = 0.3
EXPIRING = 0.08
PLACES = 9
"""Places in each council's made-up report."""
BATCH = 17
"""Councils written at a time."""
READINESS = (
    *("not_stated",) * 5, *("partly",) * 6, *("well_placed",) * 4, *("in_place",) * 2, *("not_yet",) * 2,
    "needs_national_action",
)  # fmt: skip
CLAIM_KINDS = ("fact", "fact", "fact", "plan", "plan", "welcome", "concern", "ask")
TABLES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "positions": (Position, ("id", "organisation", "programme", "pillar", "commitment")),
    "versions": (
        PositionVersion,
        (
            *("id", "position", "number", "state", "origin", "readiness"),
            *("text", "published_on", "review_on", "known_on"),
        ),
    ),
    "claims": (
        Claim,
        (
            *("id", "version", "number", "kind", "text", "readiness", "figure", "figure_words"),
            *("unit", "as_at", "as_at_end", "stale_on", "known_on"),
        ),
    ),
}
LINKS: dict[str, tuple[Any, str]] = {
    "covers": (PositionVersion, "covers"),
    "version_places": (PositionVersion, "citations"),
    "about": (Claim, "about"),
    "claim_places": (Claim, "citations"),
}
NO_FIGURE = (None, "", "", "", None)


@dataclass(frozen=True)
class Subject:
    """What a position is on: a commitment, or a pillar with its commitments. Keys of the database."""

    programme: int
    pillar: int | None
    commitment: int | None
    within: tuple[int, ...]

    @property
    def key(self) -> tuple[int | None, int | None]:
        return (self.pillar, self.commitment)


class Batch:
    """Rows for every table, with their keys counted on from what the database holds."""

    def __init__(self) -> None:
        self.tables = {name: Table(model, *columns) for name, (model, columns) in TABLES.items()}
        self.tables |= {name: link_table(model, field) for name, (model, field) in LINKS.items()}
        self.free = {name: table.next_key for name, table in self.tables.items()}
        self.rows: dict[str, list[Row]] = defaultdict(list)

    def add(self, name: str, *values: Any) -> int:
        """Add a row and give its key."""
        key = self.free[name]
        self.free[name] = key + 1
        self.rows[name].append((key, *values))
        return key

    def write(self) -> None:
        for name, table in self.tables.items():
            table.insert(self.rows.pop(name, []))


class CouncilMaker:
    """Writes councils' positions. Every random choice comes from one generator, in one order."""

    def __init__(self, random: Random, *, versions: int, on: date, is_lean: bool, claimed: float) -> None:
        self.random, self.versions, self.on, self.is_lean = random, versions, on, is_lean
        self.claimed = claimed / 3 if is_lean else claimed
        self.words = Words(random)
        self.batch = Batch()
        self.subjects = list(subjects())
        self.taken = _taken()
        self.places: dict[int, list[int]] = {}

    def make(self, councils: int) -> None:
        """Positions of so many councils, some of them new where there are not enough."""
        names = [*_existing(councils), *self.new_councils(councils)][:councils]
        for some in _batches(names, BATCH):
            if not self.is_lean:
                self.make_reports(some)
            for organisation in some:
                self.make_positions(organisation)
            self.batch.write()
        if self.is_lean:
            add_history(self.versions)
        reset_sequences(list(self.batch.tables.values()))

    def new_councils(self, wanted: int) -> list[int]:
        """Invented councils, in every region in turn."""
        existing = Council.objects.filter(ends_on=None).count()
        kind = Organisation.Kind.COUNCIL
        numbers = range(existing + 1, wanted + 1)
        bodies = [Organisation(slug=f"council-{n}", name=f"{self.words.place()} {n}", kind=kind) for n in numbers]
        Organisation.objects.bulk_create(bodies)
        regions = list(Region.objects.order_by("slug"))
        Council.objects.bulk_create(
            Council(
                organisation=body,
                gss_code=f"X{n:08}",
                full_name=f"{body.name} Council",
                type=Council.Type.UNITARY,
                region=regions[n % len(regions)],
                known_on=date(2023, 4, 1),
            )
            for n, body in zip(numbers, bodies, strict=True)
        )
        return [body.pk for body in bodies]

    def make_reports(self, organisations: Sequence[int]) -> None:
        """A document of each council, older than anything it published, with places to cite."""
        day = self.on - timedelta(days=1000)
        bodies = Organisation.objects.in_bulk(organisations)
        sources = [_report(bodies[key], day) for key in organisations]
        Source.objects.bulk_create(sources)
        places = [
            Citation(source=source, locator=f"Section {number}", number=number)
            for source in sources
            for number in range(1, PLACES + 1)
        ]
        Citation.objects.bulk_create(places)
        self.places = defaultdict(list)
        for place in places:
            self.places[place.source.publisher_id].append(place.pk)

    def make_positions(self, organisation: int) -> None:
        """On every commitment and pillar that the council does not speak of yet."""
        for subject in self.subjects:
            if (organisation, *subject.key) not in self.taken:
                values = (organisation, subject.programme, subject.pillar, subject.commitment)
                self.make_versions(organisation, subject, self.batch.add("positions", *values))

    def make_versions(self, organisation: int, subject: Subject, position: int) -> None:
        """The versions that were published, oldest first, and perhaps a draft.

        Of lean ones only the last is made here, with the number it has: see history.py.
        """
        chance = self.random.random
        days = [self.on - timedelta(days=int(chance() * PUBLISHED_WITHIN))]
        for _ in range(self.versions - 1 if not self.is_lean else 0):
            days.append(days[-1] - timedelta(days=100 + int(chance() * 150)))
        for number, day in enumerate(reversed(days), start=self.versions - len(days) + 1):
            is_last = number == self.versions
            state = "published" if is_last else "superseded"
            self.make_version(organisation, subject, (position, number, state), day)
        if chance() < DRAFTS:
            self.make_version(organisation, subject, (position, self.versions + 1, "draft"), None)

    def make_version(self, organisation: int, subject: Subject, named: tuple, day: date | None) -> None:
        """One version. A draft has no day, and the council is writing it here."""
        is_recorded = not self.is_lean and day is not None and self.random.random() < RECORDED
        place = self.words.one_of(self.places[organisation]) if is_recorded else None
        review_on = day + timedelta(days=REVIEW_DAYS) if day else None
        values = ("recorded" if is_recorded else "written", self.words.one_of(READINESS), self.text())
        version = self.batch.add("versions", *named, *values, day, review_on, day or self.on)
        covered = self.make_claims(subject, version, day or self.on, place)
        for commitment in sorted(covered | ({subject.commitment} if subject.commitment else set())):
            self.batch.add("covers", version, commitment)
        if place:
            self.batch.add("version_places", version, place)

    def text(self) -> str:
        return self.words.sentence() if self.is_lean else self.words.text(200, 450)

    def make_claims(self, subject: Subject, version: int, day: date, place: int | None) -> set[int]:
        """The commitments its claims are about."""
        about = set()
        for number in range(1, self.how_many_claims(subject) + 1):
            claim = self.batch.add("claims", version, number, *self.a_claim(day))
            commitment = self.words.one_of(subject.within)
            about.add(commitment)
            self.batch.add("about", claim, commitment)
            if place:
                self.batch.add("claim_places", claim, place)
        return about

    def how_many_claims(self, subject: Subject) -> int:
        if subject.pillar:
            return 1 if self.is_lean else PILLAR_CLAIMS
        draw = self.random.random()
        return 0 if draw >= self.claimed else 1 + (draw < self.claimed / 3)

    def a_claim(self, day: date) -> tuple:
        """What stands in a claim after its version and number."""
        chance = self.random.random
        figure = self.a_figure() if chance() < FIGURES else NO_FIGURE
        stale_on = self.on + timedelta(days=int(chance() * 360) - 180) if chance() < EXPIRING else None
        said = (self.words.one_of(CLAIM_KINDS), self.words.sentence(), self.words.one_of(READINESS))
        return (*said, *figure, stale_on, day)

    def a_figure(self) -> tuple:
        number = 1 + int(self.random.random() * 400)
        year = 2021 + int(self.random.random() * 5)
        return number, str(number), "families", f"{year}/{year - 1999}", date(year + 1, 3, 31)


def subjects() -> Iterator[Subject]:
    """Every commitment, then every pillar that something is promised in; what a review recommended is left out.

    Councils take a position on what was promised to them: few ever wrote one on each recommendation.
    """
    within: dict[int, list[int]] = defaultdict(list)
    for commitment in Commitment.objects.exclude(kind=Commitment.Kind.RECOMMENDATION).order_by("reference"):
        yield Subject(commitment.programme_id, None, commitment.pk, (commitment.pk,))
        if commitment.pillar_id:
            within[commitment.pillar_id].append(commitment.pk)
    for pillar in Pillar.objects.order_by("programme__number", "number"):
        if pillar.pk in within:
            yield Subject(pillar.programme_id, pillar.pk, None, tuple(within[pillar.pk]))


def _taken() -> set[tuple]:
    """What is spoken of already."""
    return set(Position.objects.order_by().values_list("organisation", "pillar", "commitment"))


def _existing(wanted: int) -> list[int]:
    """Councils that there are, Lincolnshire first, by their organisations' keys."""
    councils = Council.objects.filter(ends_on=None).order_by("gss_code")
    keys = dict(councils.values_list("organisation__slug", "organisation"))
    first = [keys.pop(LEADER)] if LEADER in keys else []
    return [*first, *keys.values()][:wanted]


def _report(body: Organisation, day: date) -> Source:
    return Source(
        slug=f"{body.slug}-made-up",
        kind=Source.Kind.COUNCIL_REPORT,
        title=f"A made-up report of {body.name}",
        short_title=f"{body.name} report"[:80],
        publisher=body,
        published_on=day,
        known_on=day,
    )


def _batches(keys: Iterable[int], size: int) -> Iterator[list[int]]:
    rest = iter(keys)
    while some := list(islice(rest, size)):
        yield some
