"""The steps that a report may take, apart from who may take them. Pure rules.

A draft is published, which freezes it for ever, or discarded. What is published is followed by a new report.
"""

from __future__ import annotations

from enum import StrEnum

DRAFT, PUBLISHED, DISCARDED = "draft", "published", "discarded"


class Step(StrEnum):
    START = "start"
    PUBLISH = "publish"
    DISCARD = "discard"


class ReportError(Exception):
    """It cannot be done. The text is for the person who tried."""


class ChangedError(ReportError):
    """The report is no longer the one that the person read."""


class HoldsDraftsError(ReportError):
    """It holds words that nobody has published, which others must not read."""


CHANGED = "It has changed since you read it."
HOLDS_DRAFTS = "It holds drafts that nobody has published. Fill those sections anew, change them or leave them out."
DONE = {
    DRAFT: "It is a draft.",
    PUBLISHED: "It has been published, and does not change any more.",
    DISCARDED: "It has been discarded.",
}


def check_draft(state: str) -> None:
    """Raises ReportError, in words, for what is not being written any more."""
    if state != DRAFT:
        raise ReportError(DONE[state])


def check_published(state: str) -> None:
    """Raises ReportError, in words, for what is not published."""
    if state != PUBLISHED:
        raise ReportError(DONE[state])
