"""Everything drawn from one source, in the document's own order.

One row per citation: a record that rests on two places appears at both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, Model, OuterRef
from django.utils.text import capfirst

from consultations.models import Answer, Consultation, Question, Response, Section, Step
from councils.models import Claim, Council, Impact, Participation, PositionVersion, Region, View
from pillars import models as plan
from pillars.models import Source
from reforms.base.formatting import moment_in_words, window_in_words

SHOWN = 240
"""Characters of a text that the page shows; the data holds all of it."""


@dataclass(frozen=True)
class Drawn:
    """One record at one place. `line` is the place's first line, or nothing for a source cited whole."""

    number: int
    locator: str
    line: int | None
    kind: str
    kind_label: str
    reference: str
    text: str
    url: str

    @property
    def short(self) -> str:
        """The text, or its first words where it is long."""
        return self.text if len(self.text) <= SHOWN else f"{self.text[:SHOWN].rsplit(' ', 1)[0]}…"


@dataclass(frozen=True)
class Kind:
    """How records of one model are shown on a source's page.

    `related` is joined to each row; `shared` is what many rows have in common, so it is loaded once; `columns` is
    what is shown, where a model with many rows has much more.
    """

    model: type[Any]
    text: Callable[[Any], str]
    related: tuple[str, ...] = ()
    reference: Callable[[Any], str] = lambda fact: fact.reference
    url: Callable[[Any], str] = lambda fact: ""
    shared: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The model's name in snake case."""
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in self.model.__name__).lstrip("_")

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").capitalize()


def _slug(fact: Any) -> str:
    return fact.slug


def _own_url(fact: Any) -> str:
    return fact.get_absolute_url()


def _commitment_url(fact: Any) -> str:
    return fact.commitment.get_absolute_url()


def _window(fact: Any) -> str:
    return f"“{fact.words}”: {window_in_words(fact.earliest, fact.latest, role=fact.role)}" if fact.words else ""


def _titled_window(fact: Any) -> str:
    return f"{fact.title} {_window(fact)}".strip()


def _council_url(fact: Any) -> str:
    return fact.organisation.get_absolute_url()


def _position_url(fact: Any) -> str:
    return fact.position.organisation.get_absolute_url()


def _version_url(fact: Any) -> str:
    return fact.version.position.organisation.get_absolute_url()


def _name(fact: Any) -> str:
    return fact.name


def _title(fact: Any) -> str:
    return fact.title


def _verdict(fact: Any) -> str:
    """ "Accepted (inferred by us), Stable Homes: “the words”"; the reason where there are no words."""
    basis = " (inferred by us)" if fact.basis == plan.Verdict.Basis.INFERRED else ""
    ground = f"“{fact.words}”" if fact.words else fact.reason
    return f"{fact.get_verdict_display()}{basis}, {fact.programme.title}: {ground}"


def _response(fact: Any) -> str:
    """ "Association, on behalf of another, 11 May 2023 at 4:28pm"."""
    behalf = f", on behalf of {fact.on_behalf_of.name}" if fact.on_behalf_of else ""
    return f"{fact.organisation.name}{behalf}, {moment_in_words(fact.submitted_at)}"


def _answer(fact: Any) -> str:
    """What was chosen and what was said; else how the question was left."""
    said = " ".join([*(f"Chosen: {choice}." for choice in fact.choices), fact.text]).strip()
    return said or fact.get_state_display()


def _link(fact: Any) -> str:
    """ "Delivers NF-O1 (inferred by us)"."""
    basis = " (inferred by us)" if fact.basis == plan.CommitmentLink.Basis.INFERRED else ""
    return f"{fact.get_relation_display()} {fact.to_commitment.reference}{basis}"


_ANSWERING = ("programme__slug", "programme__title")
_POSITION = ("position__organisation", "position__programme", "position__pillar__programme", "position__commitment")
KINDS = (
    Kind(plan.Source, _title, (), _slug, _own_url),
    Kind(plan.Programme, _title, (), _slug, _own_url),
    Kind(plan.Pillar, _title, ("programme",), url=_own_url),
    Kind(plan.Mission, lambda fact: f"{fact.title}. {_window(fact)}".strip(), ("programme", "pillar"), url=_own_url),
    Kind(plan.Phase, _titled_window, ("programme",), url=lambda fact: fact.programme.get_absolute_url()),
    Kind(plan.Milestone, _titled_window, ("programme",), url=lambda fact: fact.programme.get_absolute_url()),
    Kind(plan.Anchor, _title, (), _slug),
    Kind(plan.Commitment, _title, url=_own_url, columns=("reference", "title")),
    Kind(
        plan.Deadline,
        _window,
        ("commitment",),
        url=_commitment_url,
        columns=("words", "earliest", "latest", "role", "commitment__reference"),
    ),
    Kind(
        plan.Wording,
        lambda fact: f"{capfirst(fact.topic)}: “{fact.words}”{' (used)' if fact.is_used else ''}",
        ("commitment",),
        url=_commitment_url,
    ),
    Kind(
        plan.Verdict,
        _verdict,
        ("recommendation", "programme"),
        url=_own_url,
        columns=("verdict", "basis", "words", "reason", "recommendation__reference", *_ANSWERING),
    ),
    Kind(
        plan.FundingLine,
        _title,
        ("commitment", "programme"),
        url=lambda fact: (fact.commitment or fact.programme).get_absolute_url(),
    ),
    Kind(
        plan.CommitmentLink,
        _link,
        ("from_commitment", "to_commitment"),
        lambda fact: fact.from_commitment.reference,
        lambda fact: fact.from_commitment.get_absolute_url(),
        columns=("relation", "basis", "from_commitment__reference", "to_commitment__reference"),
    ),
    Kind(plan.ProgressUpdate, lambda fact: fact.summary, ("commitment",), url=_commitment_url),
    Kind(plan.Pilot, _title, ("commitment",), url=_commitment_url),
    Kind(plan.Wave, _titled_window, ("pilot__commitment",), url=lambda fact: fact.pilot.commitment.get_absolute_url()),
    Kind(Region, _name, (), _slug),
    Kind(Council, _name, ("organisation",), _slug, _own_url),
    Kind(Consultation, _title, url=_own_url),
    Kind(Section, _title, ("consultation",), url=lambda fact: fact.consultation.get_absolute_url()),
    Kind(
        Question,
        lambda fact: fact.text,
        ("section__consultation",),
        url=lambda fact: fact.section.consultation.get_absolute_url(),
    ),
    Kind(Response, _response, ("consultation", "organisation", "on_behalf_of"), url=_own_url),
    Kind(
        Answer,
        _answer,
        ("question__section", "response__consultation", "response__organisation"),
        url=_own_url,
    ),
    Kind(Step, _titled_window, ("organisation",), url=_council_url),
    Kind(PositionVersion, lambda fact: fact.text, _POSITION, url=_position_url),
    Kind(
        Claim,
        lambda fact: fact.text,
        shared=tuple(f"version__{path}" for path in _POSITION),
        url=_version_url,
    ),
    Kind(
        Impact,
        lambda fact: f"{fact.get_area_display()}: {fact.summary}",
        shared=tuple(f"version__{path}" for path in _POSITION),
        url=_version_url,
    ),
    Kind(
        Participation,
        lambda fact: f"{fact.get_status_display()}: {fact.pilot.title}",
        ("organisation", "pilot"),
        url=_council_url,
    ),
    Kind(
        View,
        lambda fact: f"{fact.get_stance_display()}: {fact.text}",
        ("organisation",),
        url=_own_url,
        columns=("number", "stance", "text", "organisation__slug"),
    ),
)


def drawn_from(source: Source, *, on: date) -> list[Drawn]:
    """What the public could know on the day to rest on the source: one query for each kind."""
    rows = [row for kind in KINDS for row in _rows(kind, source, on=on)]
    return sorted(rows, key=lambda row: row.number)


def _rows(kind: Kind, source: Source, *, on: date) -> list[Drawn]:
    place = {"place_number": F("citations__number"), "place": F("citations__locator")}
    facts = (
        _public(kind.model, on=on)
        .filter(citations__source=source)
        .select_related(*kind.related)
        .prefetch_related(*kind.shared)
        .only(*kind.columns)
        .annotate(**place, place_line=F("citations__first_line"))
        .order_by("citations__number", "pk")
    )
    name, label = kind.name, kind.label
    return [_row(kind, fact, name, label) for fact in facts]


def _public(model: type[Model], *, on: date) -> Any:
    """The rows of the model that anybody may see; drafts and private steps are left out."""
    if model is PositionVersion:
        return PositionVersion.objects.public(on=on)
    known = model._default_manager.known(on=on)  # type: ignore[attr-defined]
    if model in (Claim, Impact):
        # Asked of each that is drawn from the source, and not of the country's 34,000 positions.
        return known.filter(Exists(PositionVersion.objects.public(on=on).filter(pk=OuterRef("version"))))
    if model is Answer:
        return known.filter(response__origin=PositionVersion.Origin.RECORDED)
    return known.filter(origin=PositionVersion.Origin.RECORDED) if model in (Step, Response) else known


def _row(kind: Kind, fact: Any, name: str, label: str) -> Drawn:
    return Drawn(
        number=fact.place_number,
        locator=fact.place,
        line=fact.place_line,
        kind=name,
        kind_label=label,
        reference=kind.reference(fact),
        text=kind.text(fact),
        url=kind.url(fact),
    )
