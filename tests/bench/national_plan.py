"""The made-up part of the plan: commitments in every pillar, with their dates, money, progress and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from django.db.models import Max

from pillars.fuzzy_dates import read_phrase
from pillars.models import (
    Citation,
    Commitment,
    Deadline,
    FundingLine,
    Organisation,
    Pillar,
    ProgressUpdate,
    Source,
)
from tests.bench.bulk import Table, link_table, reset_sequences
from tests.bench.words import DATES, Words

SOURCE = "made-up-plan"
KNOWN_ON = date(2023, 4, 21)
LONG_PILLAR = 4
"""The pillar that most is promised in; the bench looks at its page."""
LONG_ROWS = 4
"""How many commitments it gets before the others are brought up to one another."""
PLACES = 60
"""Places in the made-up plan that facts cite."""
STRENGTHS = ("firm", "firm", "firm", "ambition", "subject_to", "test_first", "consult_on", "explore")
STATUSES = ("not_yet", "under_way", "under_way", "met", "changed", "slipped")


def make_plan(random: Random, *, commitments: int, on: date) -> None:
    """Add commitments until there are so many, and something to happen to each since."""
    PlanMaker(random, on).make(commitments)


class PlanMaker:
    """Writes the plan. Every random choice comes from one generator, in one order."""

    def __init__(self, random: Random, on: date) -> None:
        self.random, self.on, self.words = random, on, Words(random)
        self.citations: list[int] = []
        self.leads = list(
            Organisation.objects.filter(kind=Organisation.Kind.DEPARTMENT).order_by("slug").values_list("pk", flat=True)
        )

    def make(self, commitments: int) -> None:
        self.make_source()
        made = self.make_commitments(commitments - Commitment.objects.count())
        self.make_deadlines(made)
        self.make_funding(made)
        self.make_progress()
        reset_sequences([Table(model) for model in (Commitment, Deadline, FundingLine, ProgressUpdate)])

    def make_source(self) -> None:
        publisher = Organisation.objects.filter(kind=Organisation.Kind.DEPARTMENT).order_by("slug").first()
        source = Source.objects.create(
            slug=SOURCE,
            kind=Source.Kind.STRATEGY,
            title="A made-up plan for trying the tracker at the size of the country",
            short_title="Made-up plan",
            publisher=publisher or Organisation.objects.order_by("slug")[0],
            published_on=KNOWN_ON,
            known_on=KNOWN_ON,
        )
        numbers = range(1, PLACES + 1)
        places = [Citation(source=source, locator=f"Paragraph {number}", number=number) for number in numbers]
        self.citations = [place.pk for place in Citation.objects.bulk_create(places)]

    # Commitments

    def make_commitments(self, wanted: int) -> list[Commitment]:
        """Whole ones and their parts, spread so that the shortest pillars are filled first."""
        made: list[Commitment] = []
        open_wholes: dict[int, Commitment] = {}
        for pillar in _pillars_to_fill(max(0, wanted)):
            whole = open_wholes.get(pillar.pk)
            if whole is None or self.random.random() < 0.4:
                new = open_wholes[pillar.pk] = self.a_commitment(pillar, _next_reference(pillar))
            else:
                parts = sum(other.parent_id == whole.pk for other in made)
                new = self.a_commitment(pillar, f"{whole.reference}{chr(ord('a') + parts)}", whole)
            new.save()
            made.append(new)
        self.cite(Commitment, [new.pk for new in made])
        return made

    def a_commitment(self, pillar: Pillar, reference: str, whole: Commitment | None = None) -> Commitment:
        return Commitment(
            reference=reference,
            programme=pillar.programme,
            pillar=pillar,
            parent=whole,
            strength=self.words.one_of(STRENGTHS),
            title=self.words.title(),
            summary=self.words.text(60, 120, 300),
            lead_id=self.words.one_of(self.leads) if self.leads and self.random.random() < 0.5 else None,
            known_on=KNOWN_ON,
        )

    # What is due, paid and reported

    def make_deadlines(self, commitments: list[Commitment]) -> None:
        """Three in five have a date; one in five of those was moved since."""
        table = Table(Deadline, *DEADLINE)
        rows: list[tuple] = []
        for commitment in commitments:
            if self.random.random() < 0.6:
                rows.append(self.a_deadline(table.next_key + len(rows), commitment.pk, 1, None))
                if self.random.random() < 0.2:
                    rows.append(self.a_deadline(table.next_key + len(rows), commitment.pk, 2, rows[-1][0]))
        table.insert(rows)
        self.cite(Deadline, [row[0] for row in rows])

    def a_deadline(self, key: int, commitment: int, number: int, replaces: int | None) -> tuple:
        words = self.words.one_of(DATES)
        window = read_phrase(words, said_on=KNOWN_ON).window
        known_on = KNOWN_ON if replaces is None else self.a_day_since(730)
        return (key, commitment, number, words, window.earliest, window.latest, window.edtf, replaces, known_on)

    def make_funding(self, commitments: list[Commitment]) -> None:
        """One in four has a sum."""
        paid = [commitment for commitment in commitments if self.random.random() < 0.25]
        table = Table(FundingLine, *FUNDING)
        rows = [self.a_sum(table.next_key + place, commitment) for place, commitment in enumerate(paid)]
        table.insert(rows)
        self.cite(FundingLine, [row[0] for row in rows])

    def a_sum(self, key: int, commitment: Commitment) -> tuple:
        millions = self.random.randint(1, 90)
        words, years = f"£{millions} million over two years", ["2023-24", "2024-25"]
        named = (key, f"{commitment.reference}-F1", commitment.programme_id, commitment.pk, commitment.title)
        return (*named, "itemised", "sum", millions * 1_000_000, years, words, KNOWN_ON)

    def make_progress(self) -> None:
        """Three in ten of all commitments have one report or two, from any time since the plan came out."""
        table = Table(ProgressUpdate, *PROGRESS)
        rows = list(self.reports(table.next_key))
        table.insert(rows)
        self.cite(ProgressUpdate, [row[0] for row in rows])

    def reports(self, key: int) -> Iterator[tuple]:
        reported = ProgressUpdate.objects.order_by().values_list("commitment")
        highest = dict(reported.annotate(highest=Max("number")))
        for commitment in Commitment.objects.order_by("reference").values_list("pk", flat=True):
            if self.random.random() >= 0.3:
                continue
            for number in range(1, self.random.randint(1, 2) + 1):
                day = self.a_day_since((self.on - KNOWN_ON).days)
                number += highest.get(commitment, 0)
                yield key, commitment, number, self.words.one_of(STATUSES), day, self.words.sentence(), day
                key += 1

    def a_day_since(self, days: int) -> date:
        """One of so many days before the day the data is made for."""
        return self.on - timedelta(days=self.random.randrange(max(1, days)))

    def cite(self, model: type, keys: list[int]) -> None:
        """One place for each fact, two for one in four."""
        table = link_table(model, "citations")
        links = []
        for key in keys:
            for place in self.random.sample(self.citations, 2 if self.random.random() < 0.25 else 1):
                links.append((table.next_key + len(links), key, place))
        table.insert(links)
        reset_sequences([table])


DEADLINE = ("id", "commitment", "number", "words", "earliest", "latest", "edtf", "replaces", "known_on")
FUNDING = (
    *("id", "reference", "programme", "commitment", "title"),
    *("role", "shape", "amount", "years", "words", "known_on"),
)
PROGRESS = ("id", "commitment", "number", "status", "happened_on", "summary", "known_on")


def _pillars_to_fill(wanted: int) -> Iterator[Pillar]:
    """The pillar of each new commitment: the long one first, then always the one with the fewest.

    Those of the first programme alone: a review that is over recommends nothing more.
    """
    first = Pillar.objects.order_by("programme__number").values("programme")[:1]
    pillars = list(Pillar.objects.filter(programme__in=first).select_related("programme").order_by("number"))
    held = Counter(Commitment.objects.exclude(pillar=None).values_list("pillar", flat=True))
    longest = next((pillar for pillar in pillars if pillar.number == LONG_PILLAR), pillars[0])
    for count in range(wanted):
        pillar = longest if count < LONG_ROWS else min(pillars, key=lambda each: (held[each.pk], each.number))
        held[pillar.pk] += 1
        yield pillar


def _next_reference(pillar: Pillar) -> str:
    """The next free number in the pillar: SH-3-05."""
    stem = f"{pillar.reference}-"
    stored = Commitment.objects.filter(reference__startswith=stem, parent=None).values_list("reference", flat=True)
    numbers = [int(reference.removeprefix(stem)) for reference in stored]
    return f"{stem}{max(numbers, default=0) + 1:02}"
