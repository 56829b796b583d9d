"""The same site with several times the commitments, councils and positions, made by a seeded random generator.

Every copy is as heavy as what it was made from: its parts, deadlines, money, claims and citations come with it.
Records are written in bulk and leave no event behind: this is for databases that are thrown away.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from random import Random
from typing import TypeVar

from django.db.models import Model

from councils.models import Claim, Council, Position, PositionVersion
from pillars.models import Commitment, Deadline, FundingLine, Organisation, ProgressUpdate

SEED = 20230421
VERBS = ("Publish", "Test", "Review", "Extend", "Fund", "Set out", "Strengthen", "Consult on", "Agree", "Open")
THINGS = (
    "the plan for kinship carers", "homes for children near their families", "support for young carers",
    "the rules on information sharing", "training for supervisors", "family group decision making",
    "the offer to care leavers", "joint inspections", "places for children with complex needs", "advocacy",
)  # fmt: skip
WHERE = ("in every region", "with health partners", "in ten areas first", "with young people", "across agencies")
FIRST = ("North", "South", "East", "West", "Upper", "Lower", "Great", "Little")
PLACES = ("Ashbourne", "Calder", "Dunmere", "Ellersby", "Fenwick", "Harrowdene", "Marlow", "Thornbury", "Wexcombe")
ENDINGS = ("", " and the Vale", " Forest", "-on-Sea", ", Stoke and Marsh", " Riverside")

M = TypeVar("M", bound=Model)
Copies = list[dict[int, Model]]
"""For each time round, the copy of each original by the original's key."""


def grow(times: int) -> None:
    """Make everything `times` as many as it is now."""
    random = Random(SEED)
    Grower(random, times - 1).grow()


class Grower:
    """Copies what the fixtures loaded, `rounds` times over."""

    def __init__(self, random: Random, rounds: int) -> None:
        self.random = random
        self.rounds = range(rounds)
        self.commitments: Copies = [{} for _ in self.rounds]
        self.councils: Copies = [{} for _ in self.rounds]
        self.highest: dict[str, int] = {}

    def grow(self) -> None:
        """Councils first, since positions are theirs; commitments before what they are due, paid and answered by."""
        self.grow_councils()
        self.grow_commitments()
        self.grow_deadlines()
        self.grow_funding()
        self.grow_positions()

    def grow_councils(self) -> None:
        organisations = list(Organisation.objects.filter(kind=Organisation.Kind.COUNCIL).order_by("pk"))
        self.councils = self.copies(organisations, self.rename_organisation)
        self.copies(Council.objects.order_by("pk"), self.move_council)

    def rename_organisation(self, new: Organisation, number: int) -> None:
        new.name = f"{self.random.choice(FIRST)} {self.random.choice(PLACES)}{self.random.choice(ENDINGS)}"
        new.slug = f"{new.slug}-{number + 2}"

    def move_council(self, new: Council, number: int) -> None:
        new.organisation = self.councils[number][new.organisation_id]
        new.gss_code = f"{new.gss_code[:3]}{int(new.gss_code[3:]) + 100_000 * (number + 1):06}"
        new.tile_row = new.tile_column = None

    def grow_commitments(self) -> None:
        whole = Commitment.objects.filter(parent=None).order_by("pk")
        parts = Commitment.objects.exclude(parent=None).order_by("pk")
        for commitment in whole:
            stem, number = _split(commitment.reference)
            self.highest[stem] = max(self.highest.get(stem, 0), number)
        self.commitments = self.copies(whole, self.rename_commitment)
        for copied, found in zip(self.commitments, self.copies(parts, self.rename_part), strict=True):
            copied |= found

    def rename_commitment(self, new: Commitment, number: int) -> None:
        stem, _ = _split(new.reference)
        self.highest[stem] += 1
        new.reference = f"{stem}{self.highest[stem]:02}"
        new.title = self.a_title()

    def rename_part(self, new: Commitment, number: int) -> None:
        new.parent = self.commitments[number][new.parent_id]
        new.reference = f"{new.parent.reference}{new.reference[-1]}"
        new.title = self.a_title()

    def a_title(self) -> str:
        return f"{self.random.choice(VERBS)} {self.random.choice(THINGS)} {self.random.choice(WHERE)}"

    def grow_deadlines(self) -> None:
        self.copies(Deadline.objects.filter(replaces=None), self.hand_over)
        self.copies(ProgressUpdate.objects.filter(deadline=None), self.hand_over)

    def hand_over(self, new: Deadline | ProgressUpdate, number: int) -> None:
        new.commitment = self.commitments[number][new.commitment_id]

    def grow_funding(self) -> None:
        self.copies(FundingLine.objects.filter(part_of=None, commitment__isnull=False), self.move_funding)

    def move_funding(self, new: FundingLine, number: int) -> None:
        new.commitment = self.commitments[number][new.commitment_id]
        new.reference = f"{new.reference[:20]}-X{number}"

    def grow_positions(self) -> None:
        positions = self.copies(Position.objects.all(), self.give_position)
        versions = self.copies(PositionVersion.objects.all(), lambda new, n: _follow(new, "position", positions[n]))
        self.copies(Claim.objects.all(), lambda new, n: _follow(new, "version", versions[n]))

    def give_position(self, new: Position, number: int) -> None:
        new.organisation = self.councils[number][new.organisation_id]

    def copies(self, originals: Iterable[M], change: Callable[[M, int], None]) -> Copies:
        """Copy everything once for each round, with its citations and other many-to-many links."""
        found = list(originals)
        made: Copies = []
        for number in self.rounds:
            batch = [_copied(original, change, number) for original in found]
            made.append({original.pk: new for original, new in zip(found, batch, strict=True)})
        if found:
            type(found[0])._default_manager.bulk_create([new for batch in made for new in batch.values()])
            self.link(type(found[0]), made)
        return made

    def link(self, model: type[Model], made: Copies) -> None:
        """Give each copy what its original is linked to, or the copies of it where commitments were copied too."""
        for many in model._meta.local_many_to_many:
            through, here, there = many.remote_field.through, many.m2m_column_name(), many.m2m_reverse_name()
            rows = list(through._default_manager.values_list(here, there))
            links = [
                through(**{here: batch[one].pk, there: self.counterpart(many.related_model, number, other)})
                for number, batch in enumerate(made)
                for one, other in rows
                if one in batch
            ]
            through._default_manager.bulk_create(links)

    def counterpart(self, model: type[Model], number: int, key: int) -> int:
        """The copy of a commitment made in the same round; anything else is shared."""
        is_copied = model is Commitment and key in self.commitments[number]
        return self.commitments[number][key].pk if is_copied else key


def _copied(original: M, change: Callable[[M, int], None], number: int) -> M:
    new = copy(original)
    new._state = copy(original._state)
    new._state.adding, new.pk = True, None
    change(new, number)
    return new


def _follow(new: Model, name: str, made: dict[int, Model]) -> None:
    setattr(new, name, made[getattr(new, f"{name}_id")])


def _split(reference: str) -> tuple[str, int]:
    """ "SH-4-07" into "SH-4-" and 7; "NF-O1" into "NF-O" and 1."""
    stem = reference.rstrip("0123456789")
    return stem, int(reference.removeprefix(stem))


def counts() -> dict[str, int]:
    """How many there are of what grows."""
    models: Sequence[type[Model]] = (Commitment, Deadline, FundingLine, Council, PositionVersion, Claim)
    return {str(model._meta.verbose_name_plural): model._default_manager.count() for model in models}
