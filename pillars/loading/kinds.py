"""The kinds of record of the plan, in the order in which they are written."""

from __future__ import annotations

from pillars import models
from reforms.base.loading.kinds import Kind
from reforms.base.loading.world import World, nearest

WINDOW_GIVEN = ("role", "words")
WINDOW_DERIVED = ("earliest", "latest", "edtf", "basis", "basis_note", "anchor")
"""What `windows.derive_windows` works out from the words."""

ORGANISATION = Kind("organisation", models.Organisation, ("slug",), ("slug", "name", "short_name", "kind"))

SOURCE = Kind(
    "source",
    models.Source,
    ("slug",),
    (
        *("slug", "file", "kind", "title", "short_title", "official_title"),
        *("publisher", "published_on", "published_basis", "url"),
    ),
    optional=("known_on",),
    derived=("citations",),
)


def _no_such_place(key: str, world: World) -> str:
    """A citation that is nowhere: either its source is unknown, or the source has no such place."""
    source, _, locator = key.partition("/")
    if not world.has(SOURCE, source):
        return f"There is no source “{source}”{nearest(source, world.every(SOURCE))}."
    if not locator:
        return f"{source} is held in full: name the places in it."
    places = [str(values["locator"]) for values in world.every(CITATION).values() if values["source"] == source]
    return f"{source} has no place called “{locator}”{nearest(locator, places)}."


CITATION = Kind(
    "citation",
    models.Citation,
    ("source", "locator"),
    ("locator", "context"),
    derived=("source", "number", "first_line", "last_line"),
    aliases={"locator": "at"},
    say_missing=_no_such_place,
)

ANCHOR = Kind(
    "anchor",
    models.Anchor,
    ("slug",),
    ("slug", "phrase", "title", "earliest", "latest", "valid_from", "valid_to", "note", "basis", "url", "url_title"),
    optional=("known_on",),
    derived=("citations",),
)

PROGRAMME = Kind(
    "programme",
    models.Programme,
    ("slug",),
    (
        *("slug", "prefix", "number", "kind", "title", "official_title", "owner", "published_on", "summary"),
        *("pillar_noun", "pillar_noun_plural", "commitment_noun", "commitment_noun_plural"),
    ),
    optional=("known_on",),
    derived=("citations",),
)


def _no_such_pillar(key: str, world: World) -> str:
    programme, _, number = key.rpartition("/")
    return f"{programme} has no pillar {number}."


PILLAR = Kind(
    "pillar",
    models.Pillar,
    ("programme", "number"),
    ("number", "title", "official_title", "summary"),
    optional=("known_on",),
    derived=("programme", "citations"),
    say_missing=_no_such_pillar,
)

MISSION = Kind(
    "mission",
    models.Mission,
    ("reference",),
    ("reference", "number", "title", "official_title", "summary", "target", *WINDOW_GIVEN),
    optional=("known_on",),
    derived=("programme", "pillar", "citations", *WINDOW_DERIVED),
)

COMMITMENT = Kind(
    "commitment",
    models.Commitment,
    ("reference",),
    (
        *("reference", "kind", "strength", "condition", "title", "official_title", "summary", "lead"),
        *("mission", "merged_into"),
    ),
    optional=("known_on",),
    derived=("programme", "pillar", "parent", "citations"),
)

WORDING = Kind(
    "wording",
    models.Wording,
    ("commitment", "number"),
    ("field", "topic", "is_used", "reason", *WINDOW_GIVEN),
    optional=("known_on", "number"),
    derived=("commitment", "citations", *WINDOW_DERIVED),
)

VERDICT = Kind(
    "verdict",
    models.Verdict,
    ("recommendation", "programme"),
    ("programme", "verdict", "basis", "words", "reason", "carried_by"),
    optional=("known_on",),
    derived=("recommendation", "citations"),
    aliases={"programme": "by"},
)

COMMITMENT_LINK = Kind(
    "commitment_link",
    models.CommitmentLink,
    ("from_commitment", "relation", "to_commitment"),
    ("from_commitment", "relation", "to_commitment", "basis", "reason"),
    optional=("known_on",),
    derived=("citations",),
    aliases={"from_commitment": "from", "to_commitment": "to"},
)

DEADLINE = Kind(
    "deadline",
    models.Deadline,
    ("commitment", "number"),
    WINDOW_GIVEN,
    optional=("known_on", "number"),
    derived=("commitment", "replaces", "citations", *WINDOW_DERIVED),
)

PHASE = Kind(
    "phase",
    models.Phase,
    ("programme", "number"),
    ("number", "title", "summary", *WINDOW_GIVEN),
    optional=("known_on",),
    derived=("programme", "citations", *WINDOW_DERIVED),
)

MILESTONE = Kind(
    "milestone",
    models.Milestone,
    ("slug",),
    ("slug", "title", "summary", "commitment", *WINDOW_GIVEN),
    optional=("known_on",),
    derived=("programme", "phase", "citations", *WINDOW_DERIVED),
)

PILOT = Kind(
    "pilot",
    models.Pilot,
    ("slug",),
    ("slug", "kind", "title", "official_title", "summary", "places"),
    optional=("known_on",),
    derived=("commitment", "citations"),
)

WAVE = Kind(
    "wave",
    models.Wave,
    ("pilot", "number"),
    ("number", "title", "places", *WINDOW_GIVEN),
    optional=("known_on",),
    derived=("pilot", "citations", *WINDOW_DERIVED),
)

FUNDING_LINE = Kind(
    "funding_line",
    models.FundingLine,
    ("reference",),
    (
        *("reference", "title", "role", "shape", "amount", "amount_from", "percent", "per", "years", "words"),
        *("part_of", "inside_headline", "also_funds"),
    ),
    optional=("known_on",),
    derived=("programme", "commitment", "citations"),
)

PROGRESS_UPDATE = Kind(
    "progress_update",
    models.ProgressUpdate,
    ("commitment", "number"),
    ("status", "happened_on", "date_basis", "summary"),
    optional=("known_on", "number"),
    derived=("commitment", "deadline", "citations"),
)

KINDS = (
    ORGANISATION,
    SOURCE,
    CITATION,
    ANCHOR,
    PROGRAMME,
    PILLAR,
    MISSION,
    COMMITMENT,
    WORDING,
    VERDICT,
    COMMITMENT_LINK,
    DEADLINE,
    PHASE,
    MILESTONE,
    PILOT,
    WAVE,
    FUNDING_LINE,
    PROGRESS_UPDATE,
)
