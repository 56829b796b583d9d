"""Read the steps of an organisation's own timetable for answering."""

from __future__ import annotations

from consultations.loading.kinds import STEP
from councils.models import PositionVersion
from pillars.loading.citing import earliest_source_day, read_fact, top_cite
from pillars.loading.windows import derive_windows, note_reading
from reforms.base.loading.reading import Document
from reforms.base.loading.world import World


def read_steps(document: Document) -> None:
    for item in document.root.each("steps"):
        step = read_fact(document, STEP, item, top_cite(document))
        note_reading(item, step)
        if not item.text("words"):
            item.refuse("words", "words is missing.")
        item.finish()


def derive_steps(world: World) -> None:
    """The words of a step were said when the document that tells it came out."""
    derive_windows(world, STEP, earliest_source_day)


def check_steps(world: World) -> None:
    for step in world.batch.of(STEP).values():
        if step.text("origin") not in ("", PositionVersion.Origin.RECORDED.value):
            world.refuse(step, "origin", "A file records a public document: origin has to be recorded.")
