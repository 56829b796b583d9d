"""Rules about councils and positions, and which positions a file may no longer touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from councils.loading.kinds import CLAIM, COUNCIL, IMPACT, POSITION, POSITION_VERSION, REGION
from councils.models import PositionVersion
from reforms.base.loading.kinds import Kind
from reforms.base.loading.reading import Record
from reforms.base.loading.world import World

PUBLISHED = PositionVersion.State.PUBLISHED.value
NEEDS_A_DAY = (PUBLISHED, PositionVersion.State.SUPERSEDED.value, PositionVersion.State.WITHDRAWN.value)


def check_councils(world: World) -> None:
    for region in world.batch.of(REGION).values():
        _check_alliance(world, region)
    for council in world.batch.of(COUNCIL).values():
        if council.text("ends_on") and council.text("ends_on") < council.text("starts_on"):
            world.refuse(council, "ends_on", "ends_on is before starts_on.")
    for version in world.batch.of(POSITION_VERSION).values():
        _check_version(world, version)
    _check_published_once(world)


def _check_alliance(world: World, region: Record) -> None:
    """Where a region has an alliance, we say how we know it."""
    if bool(region.text("alliance")) != bool(region.text("alliance_basis")):
        world.refuse(region, "alliance_basis", "alliance and alliance_basis stand together, or neither does.")


def _check_version(world: World, version: Record) -> None:
    """A file records what was published elsewhere; nobody writes a position in one."""
    if version.text("origin") not in ("", PositionVersion.Origin.RECORDED.value):
        world.refuse(version, "origin", "A file records a public document: origin has to be recorded.")
    if version.text("state") and version.text("state") not in NEEDS_A_DAY:
        world.refuse(version, "state", f"A file records what was published: {', '.join(NEEDS_A_DAY)}.")
    elif version.text("state") and not version.text("published_on"):
        world.refuse(version, "published_on", "published_on is missing.")


def _check_published_once(world: World) -> None:
    """Of a position's versions one is published; the earlier ones are superseded.

    Where a position was written here, what a file says of it is not read: it was published when the file was made.
    """
    if not world.batch.of(POSITION_VERSION):
        return
    every = world.every(POSITION_VERSION).values()
    published = Counter(values["position"] for values in every if values["state"] == PUBLISHED)
    written = _written_here(world)
    for version in world.batch.of(POSITION_VERSION).values():
        position = version.values["position"]
        if version.values["state"] == PUBLISHED and published[position] > 1 and position not in written:
            message = "Another version of this position is published too: mark the earlier one superseded."
            world.refuse(version, "state", message)


def hold_positions(world: World) -> Mapping[tuple[Kind, str], str]:
    """Positions that were touched here: their records, whatever the file says, are left as they are."""
    if not world.batch.of(POSITION):
        return {}
    touched = _written_here(world)
    return {
        (record.kind, str(record.key)): "its position was written here"
        for kind in (POSITION, POSITION_VERSION, CLAIM, IMPACT)
        for record in world.batch.of(kind).values()
        if _position_of(world, record) in touched
    }


def _written_here(world: World) -> set[str]:
    """The keys of the positions of the files' organisations that have a version from here, a draft included."""
    written = PositionVersion.objects.exclude(origin=PositionVersion.Origin.RECORDED)
    rows = written.filter(position__organisation__slug__in=world.batch.owners()).values_list("position_id", flat=True)
    return {str(world.snapshot.keys(POSITION)[row]) for row in rows.distinct()}


def _position_of(world: World, record: Record) -> str:
    if record.kind in (CLAIM, IMPACT):
        return world.text(POSITION_VERSION, record.values["version"], "position")
    return str(record.key) if record.kind is POSITION else record.text("position")
