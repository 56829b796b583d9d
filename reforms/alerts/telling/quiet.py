"""Which organisations have acknowledged a flag, or put it off: their members are not told of it through them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from reforms.alerts.models import Acknowledgement, Flag

What = tuple[str, str, date, int]
"""What makes it the same flag for an organisation."""


def quiet_for(flags: Collection[Flag], *, on: date) -> Mapping[What, set[str]]:
    """By flag, the slugs of the organisations that are quiet about it on the day. One query, or none."""
    found: defaultdict[What, set[str]] = defaultdict(set)
    if subjects := {flag.subject for flag in flags}:
        said = Acknowledgement.objects.quiet(on=on).filter(subject__in=subjects).order_by()
        rows = said.values_list("kind", "subject", "due_on", "threshold", "organisation__slug")
        for kind, subject, due_on, threshold, slug in rows:
            found[kind, subject, due_on, threshold].add(slug)
    return found


def what(flag: Flag) -> What:
    return (flag.kind, flag.subject, flag.due_on, flag.threshold)
