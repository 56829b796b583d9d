"""The kinds of record about consultations, in the order in which they are written."""

from __future__ import annotations

from consultations import models
from pillars.loading.kinds import WINDOW_DERIVED, WINDOW_GIVEN
from reforms.base.loading.kinds import Kind

CONSULTATION = Kind(
    "consultation",
    models.Consultation,
    ("slug",),
    (
        *("slug", "title", "official_title", "owner", "programme", "promised_by", "summary", "outcome"),
        "about",
    ),
    optional=("known_on", "opens_basis"),
    derived=(
        *("opens_words", "opens_earliest", "opens_latest", "opens_edtf", "opens_at", "closes_at"),
        *("is_closing_time_stated", "citations"),
    ),
    aliases={"opens_words": "words"},
)

STEP = Kind(
    "step",
    models.Step,
    ("organisation", "number"),
    ("organisation", "number", "title", "note", "origin", "consultations", *WINDOW_GIVEN),
    optional=("known_on",),
    derived=("citations", *WINDOW_DERIVED),
)

KINDS = (CONSULTATION, STEP)
