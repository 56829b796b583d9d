"""Everything that a report is filled from, as anybody could know it on the day: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q

from consultations.listed import Listed, listed
from consultations.models import Consultation, Response, Step
from consultations.rows import without_later_moments
from consultations.status import Status
from councils import grounds, standing
from councils.models import PositionVersion
from councils.standing import ClaimRow, Standing
from councils.taking_part import last_said
from councils.writing.contents import Content
from pillars.ledger import Entry, entries, every, give_answers
from pillars.models import (
    Citation,
    Commitment,
    FundingLine,
    Milestone,
    Mission,
    Pillar,
    Pilot,
    Programme,
    Source,
    Wave,
)
from pillars.places import places_of
from reforms.reports.filling.asking import Asked

Kind = Programme.Kind
AROUND = (Kind.FRAMEWORK, Kind.RULES)
"""Programmes that have a section of their own in every report."""
OPEN = (Status.CLOSING, Status.OPEN)
ANYBODY = AnonymousUser()


@dataclass(frozen=True)
class Draft:
    """What is being written of a position and nobody has published."""

    version: PositionVersion
    content: Content

    @property
    def reference(self) -> str:
        return self.version.position.reference


@dataclass
class Material:
    """What is known. `pillars` are those of the chosen ones that were known on the day, `rows` what they hold."""

    asked: Asked
    pillars: Sequence[Pillar] = ()
    rows: Sequence[Entry] = ()
    missions: Sequence[Mission] = ()
    standings: Sequence[Standing] = ()
    drafts: Sequence[Draft] = ()
    pilots: Sequence[Pilot] = ()
    taking_part: dict[int, object] = field(default_factory=dict)
    """What was last said of the organisation, by the key of the pilot."""
    consultations: Sequence[Listed] = ()
    responses: dict[int, Response] = field(default_factory=dict)
    """The organisation's own published answers, by the key of the consultation."""
    around: Sequence[tuple[Programme, Sequence[Entry]]] = ()
    """Frameworks and rules, with what they expect."""
    about_around: dict[int, dict[int, list[ClaimRow]]] = field(default_factory=dict)
    """Points of the organisation's positions that speak of that, by the programme and then by the version."""
    lines: Sequence[FundingLine] = ()
    """Money of the programme as a whole."""
    milestones: Sequence[Milestone] = ()
    steps: Sequence[Step] = ()
    papers: Sequence[Source] = ()

    @property
    def is_known(self) -> bool:
        """Whether anything of the programme was public on the day."""
        return self.asked.programme.known_on <= self.asked.day

    @property
    def is_review(self) -> bool:
        return self.asked.programme.kind == Kind.REVIEW

    @property
    def chosen(self) -> str:
        """What the report is about, as sources name it: stable-homes/1+4."""
        numbers = "+".join(str(each.number) for each in self.pillars)
        return f"{self.asked.programme.slug}/{numbers}" if numbers else self.asked.programme.slug

    def rows_of(self, pillar: Pillar) -> list[Entry]:
        return [row for row in self.rows if row.commitment.pillar_id == pillar.pk]

    def said_of(self, pillar: Pillar) -> Standing | None:
        """The organisation's position on the pillar."""
        return next((each for each in self.standings if each.version.position.pillar_id == pillar.pk), None)

    def said_of_whole(self, programme: Programme) -> Standing | None:
        """Its position on a programme as a whole."""
        for each in self.standings:
            position = each.version.position
            if position.programme_id == programme.pk and not (position.pillar_id or position.commitment_id):
                return each
        return None

    def singles_of(self, keys: Iterable[int]) -> list[Standing]:
        """Its positions on single commitments, by their keys."""
        wanted = set(keys)
        return [each for each in self.standings if each.version.position.commitment_id in wanted]

    @property
    def open(self) -> list[Listed]:
        """Consultations that can still be answered on the day, the first to close first."""
        return [row for row in self.consultations if row.status in OPEN]


def load(asked: Asked) -> Material:
    """What the report is about, in as many queries for one pillar as for six."""
    on, programme = asked.day, asked.programme
    pillars = [each for each in asked.pillars if each.known_on <= on] if programme.known_on <= on else []
    made = Material(asked, pillars)
    around = list(Programme.objects.known(on=on).filter(kind__in=AROUND))
    _give_rows(made, around)
    made.standings = _standings(made)
    made.drafts = _drafts(made)
    _give_pilots(made)
    _give_consultations(made)
    made.about_around = {each.pk: _points_on(made, rows) for each, rows in made.around}
    if made.is_known:
        made.missions = _missions(made)
        made.lines = list(FundingLine.objects.known(on=on).filter(programme=programme, commitment=None))
        milestones = Milestone.objects.known(on=on).filter(programme=programme, commitment=None)
        made.milestones = list(milestones)
    made.papers = _papers(made)
    return made


def _give_rows(made: Material, around: Sequence[Programme]) -> None:
    """What the pillars hold, and what frameworks and rules expect: told apart after one set of questions."""
    asked = made.asked
    chosen = Q(pillar__in=[each.pk for each in made.pillars])
    if made.is_known and not asked.pillars:
        chosen = Q(programme=asked.programme)
    rows = entries(Commitment.objects.filter(chosen | Q(programme__in=around)), on=asked.day, is_cited=False)
    give_answers(rows, on=asked.day)
    by_programme = {each.pk: [row for row in rows if row.commitment.programme_id == each.pk] for each in around}
    made.around = [(each, by_programme[each.pk]) for each in around]
    made.rows = [row for row in rows if row.commitment.programme_id == asked.programme.pk]


def _standings(made: Material) -> list[Standing]:
    """Where the organisation stood on the programme, and on frameworks and rules."""
    asked = made.asked
    programmes = [asked.programme.pk, *(each.pk for each, _rows in made.around)]
    own = PositionVersion.objects.public(on=asked.day).filter(position__organisation=asked.organisation)
    found = standing.standings(own.filter(position__programme__in=programmes), on=asked.day, is_cited=False)
    kept = [each for each in found if _is_chosen(made, each.version)]
    grounds.give_grounds(kept, on=asked.day)
    return kept


def _is_chosen(made: Material, version: PositionVersion) -> bool:
    """Whether it is on something that the report is about, and that was known on the day."""
    position = version.position
    if position.pillar_id:
        return position.pillar_id in {each.pk for each in made.pillars}
    if position.commitment_id:
        rows = [*made.rows, *(row for _programme, rows in made.around for row in rows)]
        return position.commitment_id in {row.commitment.pk for row in every(rows)}
    return made.is_known or position.programme_id != made.asked.programme.pk


def _points_on(made: Material, rows: Sequence[Entry]) -> dict[int, list[ClaimRow]]:
    """What the organisation's positions say of one framework or set of rules: one query."""
    return dict(standing.claims_about(made.standings, [row.commitment.pk for row in every(rows)]))


def _drafts(made: Material) -> list[Draft]:
    """What is being written of what the report is about, for somebody who may read it; else nothing is asked."""
    asked = made.asked
    if asked.drafts_of is None:
        return []
    readable = PositionVersion.objects.visible_to(asked.drafts_of).open()
    own = readable.filter(position__organisation=asked.organisation).select_related(*standing.JOINED)
    chosen = [each for each in own.order_by(*standing.ORDER) if _is_chosen(made, each)]
    drafts = [Draft(each, Content.of(each.text, each.draft or {})) for each in chosen]
    return [each for each in drafts if not each.content.is_empty]


def _give_pilots(made: Material) -> None:
    """What is tested in the pillars, and what is known of the organisation in it."""
    on, keys = made.asked.day, [row.commitment.pk for row in every(made.rows)]
    waves = Prefetch("waves", Wave.objects.known(on=on).order_by("number"), to_attr="known_waves")
    found = Pilot.objects.known(on=on).filter(commitment__in=keys).select_related("commitment")
    made.pilots = list(found.order_by("commitment__reference", "slug").prefetch_related(waves))
    said = last_said([made.asked.organisation.pk], on=on) if made.pilots else []
    made.taking_part = {each.pilot_id: each for each in said}


def _give_consultations(made: Material) -> None:
    """Those that are open, and of the others those about what the report is about; with the organisation's answers."""
    as_at, organisation = made.asked.as_at, made.asked.organisation
    known = Consultation.objects.known(on=as_at.day).select_related("promised_by", "programme")
    rows = [listed(without_later_moments(each, as_at=as_at), as_at=as_at) for each in known]
    made.consultations = [row for row in rows if _is_of_interest(made, row)]
    keys = [row.consultation.pk for row in made.consultations]
    given = Response.objects.visible_to(ANYBODY).known(on=as_at.day).filter(consultation__in=keys)
    speaking = given.filter(Q(organisation=organisation) | Q(on_behalf_of=organisation))
    made.responses = {each.consultation_id: each for each in speaking.select_related("consultation", "organisation")}
    steps = Step.objects.visible_to(ANYBODY).known(on=as_at.day).filter(organisation=organisation)
    made.steps = list(steps.filter(consultations__in=keys).distinct())


def _is_of_interest(made: Material, row: Listed) -> bool:
    found = row.consultation
    if row.status in OPEN:
        return True
    if found.promised_by and found.promised_by.pillar_id and row.status is not Status.CLOSED:
        return found.promised_by.pillar_id in {each.pk for each in made.pillars}
    programmes = {made.asked.programme.pk, *(each.pk for each, _rows in made.around)}
    return found.programme_id in programmes


def _missions(made: Material) -> list[Mission]:
    known = Mission.objects.known(on=made.asked.day).select_related("programme")
    return list(known.filter(pillar__in=[each.pk for each in made.pillars]))


def _papers(made: Material) -> list[Source]:
    """The documents that all of this rests on, the oldest first: two queries."""
    keys = {place.source_id for place in _places(made)}
    return list(Source.objects.filter(pk__in=keys).select_related("publisher").order_by("published_on", "slug"))


def _places(made: Material) -> list[Citation]:
    programmes = [each for each, _rows in made.around]
    rows = [*made.rows, *(row for _programme, found in made.around for row in found)]
    groups = [
        [*([made.asked.programme] if made.is_known else []), *programmes],
        made.pillars,
        [row.commitment for row in every(rows)],
        [each.version for each in made.standings],
        grounds.impacts_of(made.standings),
        [row.consultation for row in made.consultations],
        made.pilots,
        list(made.responses.values()),
    ]
    places = places_of(*groups, on=made.asked.day)
    return [place for group in groups for fact in group for place in places.of(fact)]
