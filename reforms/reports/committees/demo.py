"""The committees of the demo, one of which has a scrutiny member of the demo cast as its chair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from councils.models import Membership
from pillars.models import Organisation
from reforms.base.audit import record_event
from reforms.base.loading.engine import read_root
from reforms.base.loading.problems import Problems
from reforms.base.loading.reading import Item
from reforms.base.models import User
from reforms.reports.models import Committee


@dataclass(frozen=True)
class Given:
    """A committee as the file has it."""

    organisation: int
    slug: str
    name: str
    chair: int | None


@transaction.atomic
def load_committees(path: Path, *, by: User | None = None, now: datetime) -> int:
    """Make the committees that are not here yet, and say how many. Twice changes nothing. After the cast.

    Raises LoadError with every mistake; then nothing is written.
    """
    problems = Problems()
    root = read_root(path, problems)
    given = [_read(item) for item in root.each("committees")] if root else []
    if root:
        root.finish()
    problems.stop_if_any()
    made = sum(_make(each) for each in given if each)
    if made:
        record_event("load", "demo", by=by, now=now, committees=made)
    return made


def _read(item: Item) -> Given | None:
    slug, email, own, name = (item.text(each) for each in ("organisation", "chair", "slug", "name"))
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        item.refuse("organisation", f"There is no organisation “{slug}”.")
    chair = _chair(organisation, email) if organisation and email else None
    if organisation and email and chair is None:
        item.refuse("chair", f"{email} is no scrutiny member of {slug}.")
    item.finish()
    return Given(organisation.pk, own, name, chair) if organisation else None


def _chair(organisation: Organisation, email: str) -> int | None:
    held = Membership.objects.filter(organisation=organisation, role=Membership.Role.SCRUTINY_MEMBER)
    return held.filter(user__email=email).values_list("user", flat=True).first()


def _make(given: Given) -> bool:
    """Whether there was none at its address."""
    values = {"name": given.name, "chair_id": given.chair}
    _, is_new = Committee.objects.get_or_create(organisation_id=given.organisation, slug=given.slug, defaults=values)
    return is_new
