"""What became of a recommendation, as a row of a list shows it."""

from __future__ import annotations

from dataclasses import dataclass

from pillars.answers import Answered
from pillars.models import Commitment, Verdict
from pillars.outcomes import Reported, outcome_of
from pillars.timing import Timing

NONE_KNOWN = "No answer was known by this day"


@dataclass(frozen=True)
class Carried:
    """A commitment in which an answer lives on; `timing` and `state` where the page says where it stands."""

    reference: str
    url: str
    timing: str = ""
    state: str = ""


@dataclass(frozen=True)
class Reply:
    """An answer in words. `kind` is the name of its glyph, and empty where no answer was known.

    `because` are the words it stands on, in quotes, and why we read it so; `by` says whose it is where a list has the
    answers of several programmes.
    """

    kind: str = ""
    words: str = NONE_KNOWN
    because: str = ""
    by: str = ""
    carried_by: tuple[Carried, ...] = ()
    is_carried_nowhere: bool = False


def reply_of(answered: Answered | None, *, by: str = "", names_carried: bool = True) -> Reply:
    """The answer as a row shows it; where the commitments that carry it have a `timing`, with where they stand."""
    if answered is None:
        return Reply()
    carried = tuple(_carried(each) for each in answered.carried_by)
    return Reply(
        kind=answered.kind,
        words=answered.words,
        because=because(answered.verdict),
        by=by,
        carried_by=carried,
        is_carried_nowhere=names_carried and not carried and not answered.is_unanswered,
    )


def because(verdict: Verdict) -> str:
    """The published words, and the reason where the answer is our own reading."""
    quoted = f"“{verdict.words}”" if verdict.words else ""
    reason = verdict.reason if verdict.basis == Verdict.Basis.INFERRED else ""
    return " ".join(text for text in (quoted, reason) if text)


def _carried(commitment: Commitment) -> Carried:
    timing, reported = (getattr(commitment, name, "") for name in ("timing", "reported"))
    if not timing:
        return Carried(commitment.reference, commitment.get_absolute_url())
    outcome = outcome_of(Timing(timing), is_reported=reported == Reported.SOMETHING)
    return Carried(commitment.reference, commitment.get_absolute_url(), outcome, outcome.label)
