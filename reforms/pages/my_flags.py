"""The flags on an organisation's desk: those that wait, and those it has acknowledged or put off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count, groupby

from councils.access import Acting
from reforms.alerts.acknowledging.actions import PERMISSION, plain_key, said_key
from reforms.alerts.acknowledging.forms import FlagForm, name_of
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.for_pages import TONES
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Acknowledgement
from reforms.base.formatting import date_in_words, moment_in_words
from reforms.base.models import User

SHOWN = 3
"""Flags of one kind that stand open; the others are folded."""


@dataclass
class MyFlag:
    """A flag that waits. `form` is for those who may acknowledge it; `note` says who had put it off until now."""

    flag: FlagDue
    form: FlagForm | None = None
    note: str = ""


@dataclass
class MyGroup:
    """The flags of one kind."""

    kind: FlagKind
    items: list[MyFlag]

    @property
    def tone(self) -> str:
        return TONES[self.kind]

    @property
    def shown(self) -> list[MyFlag]:
        return self.items[:SHOWN]

    @property
    def folded(self) -> list[MyFlag]:
        return self.items[SHOWN:]

    @property
    def is_open(self) -> bool:
        """Whether one of those folded has a mistake to be shown."""
        return any(each.form and each.form.is_bound for each in self.folded)


@dataclass
class Aside:
    """A flag that the organisation has acknowledged or put off: which, and who said what."""

    flag: FlagDue
    said: Acknowledgement

    @property
    def words(self) -> str:
        what = f"Put off until {date_in_words(self.said.snoozed_until)}" if self.said.snoozed_until else "Acknowledged"
        return f"{what} by {self.said.by}, {moment_in_words(self.said.at)}"


@dataclass
class MyFlags:
    groups: list[MyGroup] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    may_say: bool = False
    """Whether the person may acknowledge, put off and show again."""

    @property
    def count(self) -> int:
        """How many wait."""
        return sum(len(group.items) for group in self.groups)


def said_of_flags(user: User, organisations: Collection[int]) -> Iterable[Acknowledgement]:
    """What these organisations of the person have said of flags. One query."""
    return Acknowledgement.objects.visible_to(user).filter(organisation__in=organisations).select_related("by")


def flags_on_desk(
    acting: Acting, flags: Sequence[FlagDue], said: Iterable[Acknowledgement], *, on: date, bound: FlagForm | None
) -> MyFlags:
    """Those that wait, by kind, and those put aside. `bound` is a form that was sent with a mistake in it."""
    by_key = {said_key(each): each for each in said}
    found = MyFlags(may_say=acting.may(PERMISSION))
    places, waiting = count(1), []
    for flag in flags:
        last = by_key.get(plain_key(flag))
        if last and (last.snoozed_until is None or last.snoozed_until > on):
            found.asides.append(Aside(flag, last))
        else:
            form = _form(flag, f"flag-{acting.organisation.slug}-{next(places)}", bound) if found.may_say else None
            waiting.append(MyFlag(flag, form, Aside(flag, last).words if last else ""))
    found.groups = [MyGroup(kind, list(items)) for kind, items in groupby(waiting, key=lambda item: item.flag.kind)]
    return found


def _form(flag: FlagDue, place: str, bound: FlagForm | None) -> FlagForm:
    """The form of the flag; the one that was sent, where it is about this."""
    if bound is not None and bound["flag"].value() == name_of(flag):
        bound.auto_id = f"{place}-%s"
        return bound
    return FlagForm(initial={"flag": name_of(flag)}, auto_id=f"{place}-%s")
