"""The kinds of record about councils, in the order in which they are written."""

from __future__ import annotations

from councils import models
from reforms.base.loading.kinds import Kind, Values

REGION = Kind(
    "region",
    models.Region,
    ("slug",),
    ("slug", "name", "gss_code", "alliance", "alliance_basis", "alliance_note"),
    optional=("known_on",),
    derived=("citations",),
)

COUNCIL = Kind(
    "council",
    models.Council,
    ("organisation",),
    (
        *("gss_code", "later_gss_code", "full_name", "type", "region", "dfe_number", "short_code"),
        *("starts_on", "ends_on", "successors", "other_names", "note"),
    ),
    optional=("known_on",),
    derived=("organisation", "tile_row", "tile_column", "citations"),
)


def _position_key(values: Values) -> str:
    """lincolnshire/SH-1-01, lincolnshire/stable-homes/4 or lincolnshire/stable-homes."""
    subject = values["commitment"] or values["pillar"] or values["programme"]
    return f"{values['organisation']}/{subject}"


POSITION = Kind(
    "position",
    models.Position,
    ("organisation", "programme"),
    ("programme", "commitment"),
    derived=("organisation", "pillar"),
    make_key=_position_key,
    owner="organisation__slug",
)

POSITION_VERSION = Kind(
    "position_version",
    models.PositionVersion,
    ("position", "number"),
    ("number", "state", "origin", "readiness", "text", "published_on"),
    optional=("review_on", "known_on"),
    derived=("position", "covers", "citations"),
    owner="position__organisation__slug",
)

CLAIM = Kind(
    "claim",
    models.Claim,
    ("version", "number"),
    (
        *("number", "kind", "text", "readiness", "figure", "figure_words", "unit", "as_at", "as_at_end"),
        *("evidence", "stale_on", "about"),
    ),
    optional=("known_on",),
    derived=("version", "citations"),
    owner="version__position__organisation__slug",
)

IMPACT = Kind(
    "impact",
    models.Impact,
    ("version", "number"),
    ("area", "summary", "amount", "count", "unit", "words", "rests_on"),
    optional=("known_on", "number"),
    derived=("version", "citations"),
    owner="version__position__organisation__slug",
)

PARTICIPATION = Kind(
    "participation",
    models.Participation,
    ("organisation", "pilot", "status"),
    ("pilot", "status", "said_on", "note"),
    optional=("known_on",),
    derived=("organisation", "wave", "citations"),
    owner="organisation__slug",
)

VIEW = Kind(
    "view",
    models.View,
    ("organisation", "number"),
    ("number", "stance", "text", "words", "programme", "mission", "about", "addressed_to", "for_place"),
    optional=("known_on",),
    derived=("organisation", "pillar", "citations"),
)

KINDS = (REGION, COUNCIL, POSITION, POSITION_VERSION, CLAIM, IMPACT, PARTICIPATION, VIEW)
CITED_KINDS = (REGION, COUNCIL, POSITION_VERSION, CLAIM, IMPACT, PARTICIPATION, VIEW)
