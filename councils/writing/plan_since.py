"""What became known about a subject's commitments after a day: what whoever writes has to look at again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pillars.models import Commitment, Deadline, FundingLine, ProgressUpdate, Verdict

KINDS: tuple[tuple[Any, str, str], ...] = (
    (Deadline, "commitment", "a date"),
    (FundingLine, "commitment", "money"),
    (ProgressUpdate, "commitment", "progress reported"),
    (Verdict, "recommendation", "an answer"),
)


@dataclass
class Changed:
    """A commitment and what about it is new, in words."""

    commitment: Commitment
    what: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return ", ".join(self.what).capitalize()


def changed_since(commitments: Sequence[Commitment], *, after: date, on: date) -> list[Changed]:
    """The commitments of which something became known after a day, by another: one question for each kind of fact."""
    found = {each.pk: Changed(each) for each in commitments}
    for each in commitments:
        if each.known_on > after:
            found[each.pk].what.append("new in the plan")
    for model, name, words in KINDS:
        for key in _touched(model, name, found, after, on):
            found[key].what.append(words)
    return [each for each in found.values() if each.what]


def _touched(model: Any, name: str, keys: Iterable[int], after: date, on: date) -> set[int]:
    rows = model.objects.filter(**{f"{name}__in": list(keys)}, known_on__gt=after, known_on__lte=on)
    return set(rows.values_list(name, flat=True))
