"""Records for tests: each with sensible defaults, each made by one plain function.

Their names run on from one another, so that any number can be made. Everything is known from DAY unless a test says
otherwise. Nothing here touches what the fixtures loaded.
"""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import count
from typing import Any

from consultations.models import Answer, Consultation, Question, Response, Section
from councils.models import Council, Impact, Position, PositionVersion, Region, Renewal, View
from pillars.models import (
    Citation,
    Commitment,
    Deadline,
    FundingLine,
    Mission,
    Organisation,
    Pillar,
    Programme,
    ProgressUpdate,
    Source,
    Verdict,
    Wording,
)
from reforms.base.clock import CIVIL, civil_moment
from reforms.base.models import User

DAY = date(2023, 2, 2)
_numbers = count(1)


def next_number() -> int:
    """A number that no other record of this run has."""
    return next(_numbers)


def make_organisation(**values: Any) -> Organisation:
    number = next_number()
    defaults = {"slug": f"body-{number}", "name": f"Body {number}", "kind": Organisation.Kind.DEPARTMENT}
    return Organisation.objects.create(**defaults | values)


def make_source(**values: Any) -> Source:
    number = next_number()
    defaults: dict[str, Any] = {
        "slug": f"source-{number}",
        "kind": Source.Kind.STRATEGY,
        "title": f"Source {number}",
        "short_title": f"Source {number}",
        "published_on": values.get("known_on", DAY),
        "known_on": values.get("published_on", DAY),
    }
    if "publisher" not in values:
        defaults["publisher"] = make_organisation()
    return Source.objects.create(**defaults | values)


def make_citation(source: Source | None = None, **values: Any) -> Citation:
    number = next_number()
    return Citation.objects.create(
        **{"source": source or make_source(), "locator": f"p {number}", "number": number} | values
    )


def make_programme(**values: Any) -> Programme:
    number = next_number()
    defaults: dict[str, Any] = {
        "slug": f"programme-{number}",
        "prefix": _letters(number),
        "number": 100 + number % 1000,
        "kind": Programme.Kind.STRATEGY,
        "title": f"Programme {number}",
        "published_on": DAY,
        "known_on": DAY,
        "pillar_noun": "pillar",
        "pillar_noun_plural": "pillars",
        "commitment_noun": "commitment",
        "commitment_noun_plural": "commitments",
    }
    if "owner" not in values:
        defaults["owner"] = make_organisation()
    return Programme.objects.create(**defaults | values)


def _letters(number: int) -> str:
    """Four capitals that stand for a number: no prefix of the fixtures has four."""
    return "".join(chr(ord("A") + number // 26**place % 26) for place in (3, 2, 1, 0))


def make_pillar(programme: Programme | None = None, **values: Any) -> Pillar:
    programme = programme or make_programme()
    number = values.pop("number", None) or programme.pillars.count() + 1
    defaults = {"programme": programme, "number": number, "title": f"Pillar {number}", "known_on": DAY}
    return Pillar.objects.create(**defaults | values)


def make_mission(programme: Programme | None = None, **values: Any) -> Mission:
    programme = programme or (values.get("pillar") or _nothing).programme or make_programme()
    number = values.pop("number", None) or programme.missions.count() + 1
    defaults = {
        "reference": f"{programme.prefix}-M{number}",
        "programme": programme,
        "number": number,
        "title": f"Mission {number}",
        "known_on": DAY,
    }
    return Mission.objects.create(**defaults | values)


def make_commitment(programme: Programme | None = None, **values: Any) -> Commitment:
    """A commitment of the programme, or of that of its pillar or of what it is part of."""
    parent, pillar = values.get("parent"), values.get("pillar")
    programme = programme or (parent or pillar or _nothing).programme or make_programme()
    number = programme.commitments.count() + 1
    defaults = {
        "reference": f"{programme.prefix}-{number:03}",
        "programme": programme,
        "strength": Commitment.Strength.FIRM,
        "title": f"Commitment {number}",
        "known_on": DAY,
    }
    return Commitment.objects.create(**defaults | values)


class _Nothing:
    programme = None


_nothing: Any = _Nothing()


def make_deadline(commitment: Commitment | None = None, **values: Any) -> Deadline:
    """A deadline; without `earliest` or `latest` its words carry no date."""
    commitment = commitment or make_commitment()
    defaults = {
        "commitment": commitment,
        "number": commitment.deadlines.count() + 1,
        "words": "in good time",
        "known_on": DAY,
    }
    return Deadline.objects.create(**defaults | values)


def make_update(commitment: Commitment, **values: Any) -> ProgressUpdate:
    """Something a source reports: met, unless a test says otherwise."""
    defaults = {
        "commitment": commitment,
        "number": commitment.progress_updates.count() + 1,
        "status": ProgressUpdate.Status.MET,
        "happened_on": values.get("known_on", DAY),
        "known_on": values.get("happened_on", DAY),
        "summary": "It happened.",
    }
    return ProgressUpdate.objects.create(**defaults | values)


def make_verdict(recommendation: Commitment | None = None, **values: Any) -> Verdict:
    """A programme of its own accepts a recommendation in so many words, unless a test says otherwise."""
    defaults: dict[str, Any] = {
        "recommendation": recommendation or make_commitment(kind=Commitment.Kind.RECOMMENDATION),
        "verdict": Verdict.Answer.ACCEPTED,
        "basis": Verdict.Basis.STATED,
        "words": "we accept it",
        "known_on": DAY,
    }
    if "programme" not in values:
        defaults["programme"] = make_programme()
    return Verdict.objects.create(**defaults | values)


def make_wording(commitment: Commitment | None = None, place: Citation | None = None, **values: Any) -> Wording:
    """A reading of how wide something is, in a document of its own unless a place is given."""
    commitment, place = commitment or make_commitment(), place or make_citation()
    number = commitment.wordings.count() + 1
    defaults = {
        "commitment": commitment,
        "number": number,
        "field": Wording.Field.SCOPE,
        "topic": "how wide",
        "words": f"so {number}",
        "known_on": place.source.known_on,
    }
    wording = Wording.objects.create(**defaults | values)
    wording.citations.add(place)
    return wording


def make_funding(commitment: Commitment | None = None, **values: Any) -> FundingLine:
    """A million pounds, itemised."""
    commitment = commitment or make_commitment()
    number = next_number()
    defaults = {
        "reference": f"{commitment.reference}-F{number}",
        "programme": commitment.programme,
        "commitment": commitment,
        "title": f"Line {number}",
        "role": FundingLine.Role.ITEMISED,
        "shape": FundingLine.Shape.SUM,
        "amount": 1_000_000,
        "known_on": DAY,
    }
    return FundingLine.objects.create(**defaults | values)


def make_region(**values: Any) -> Region:
    number = next_number()
    defaults = {"slug": f"region-{number}", "name": f"Region {number}", "gss_code": f"R{number:08}", "known_on": DAY}
    return Region.objects.create(**defaults | values)


def make_council(**values: Any) -> Council:
    number = next_number()
    kind = Organisation.Kind.COUNCIL
    name = values.pop("name", f"Council {number}")
    defaults: dict[str, Any] = {
        "gss_code": f"C{number:08}",
        "full_name": f"{name} Council",
        "type": Council.Type.COUNTY,
        "known_on": DAY,
    }
    if "organisation" not in values:
        defaults["organisation"] = make_organisation(kind=kind, name=name, slug=f"council-{number}")
    if "region" not in values:
        defaults["region"] = make_region()
    return Council.objects.create(**defaults | values)


def make_position(organisation: Organisation | None = None, pillar: Pillar | None = None, **values: Any) -> Position:
    """A position on the pillar; on the whole of the programme when that is given instead."""
    if pillar is None and "programme" not in values:
        pillar = make_pillar()
    defaults = {
        "organisation": organisation or make_council().organisation,
        "programme": pillar.programme if pillar else None,
        "pillar": pillar,
    }
    return Position.objects.create(**defaults | values)


def make_version(position: Position | None = None, **values: Any) -> PositionVersion:
    """A published version, recorded from a public document, unless a test says otherwise."""
    position = position or make_position()
    day = values.get("published_on", DAY)
    defaults = {
        "position": position,
        "number": position.versions.count() + 1,
        "state": PositionVersion.State.PUBLISHED,
        "origin": PositionVersion.Origin.RECORDED,
        "text": "Where we stand.",
        "published_on": day,
        "known_on": day,
    }
    return PositionVersion.objects.create(**defaults | values)


def make_impact(version: PositionVersion | None = None, *rests_on: Commitment, **values: Any) -> Impact:
    """Something a version says would change for its staff; the version covers what it rests on."""
    version = version or make_version()
    number = version.impacts.count() + 1
    defaults = {"version": version, "number": number, "area": Impact.Area.STAFF, "summary": f"Change {number}."}
    impact = Impact.objects.create(**defaults | {"known_on": version.known_on} | values)
    impact.rests_on.set(rests_on)
    version.covers.add(*rests_on)
    return impact


def make_renewal(version: PositionVersion | None = None, **values: Any) -> Renewal:
    """That a version was still correct half a year after DAY, for another half."""
    person = values.pop("by", None) or User.objects.create_user(f"renewer-{next_number()}@example.org")
    days = {"renewed_on": date(2023, 8, 2), "review_on": date(2024, 2, 2)}
    defaults = {"version": version or make_version(), "by": person, "at": civil_moment(date(2023, 8, 2), time(9))}
    return Renewal.objects.create(**defaults | days | values)


def make_view(organisation: Organisation | None = None, *about: Commitment, **values: Any) -> View:
    """A body welcomes a commitment of its own, unless a test says otherwise."""
    organisation = organisation or make_organisation(kind=Organisation.Kind.NATIONAL_BODY)
    number = organisation.views.count() + 1
    defaults = {"organisation": organisation, "number": number, "stance": View.Stance.WELCOME, "known_on": DAY}
    view = View.objects.create(**defaults | {"text": f"Likes it, {number}."} | values)
    view.about.set(about or [make_commitment()])
    return view


def make_consultation(**values: Any) -> Consultation:
    """One that is open from DAY to 11:59pm on `closes_on`, or only promised when `is_promised`."""
    number = next_number()
    is_promised = values.pop("is_promised", False)
    closes_on = values.pop("closes_on", date(2023, 5, 11))
    defaults: dict[str, Any] = {"slug": f"consultation-{number}", "title": f"Consultation {number}", "known_on": DAY}
    if not is_promised:
        defaults |= {"opens_at": civil_moment(DAY, time.min), "closes_at": civil_moment(closes_on)}
    if "owner" not in values:
        defaults["owner"] = make_organisation()
    return Consultation.objects.create(**defaults | values)


def make_section(consultation: Consultation | None = None, **values: Any) -> Section:
    consultation = consultation or make_consultation()
    number = consultation.sections.count() + 1
    defaults = {"consultation": consultation, "number": number, "title": f"Section {number}", "known_on": DAY}
    return Section.objects.create(**defaults | values)


def make_question(section: Section | None = None, **values: Any) -> Question:
    """A question with a box to write in, unless a test says otherwise."""
    section = section or make_section()
    position = section.questions.count() + 1
    defaults = {
        "section": section,
        "number": str(position),
        "position": position,
        "text": f"Question {position}?",
        "kind": Question.Kind.TEXT,
        "known_on": DAY,
    }
    return Question.objects.create(**defaults | values)


def make_response(consultation: Consultation | None = None, **values: Any) -> Response:
    """A response that a public document holds, unless a test says otherwise."""
    defaults: dict[str, Any] = {
        "consultation": consultation or make_consultation(),
        "submitted_at": datetime.combine(values.get("known_on", DAY), time(9, 30), tzinfo=CIVIL),
        "origin": PositionVersion.Origin.RECORDED,
        "known_on": DAY,
    }
    if "organisation" not in values:
        defaults["organisation"] = make_organisation()
    return Response.objects.create(**defaults | values)


def make_answer(response: Response, question: Question, *views: View, **values: Any) -> Answer:
    """Some words in answer to a question, and the views that they carry."""
    state = values.get("state", Answer.State.ANSWERED)
    text = "What we think." if state == Answer.State.ANSWERED else ""
    defaults = {"response": response, "question": question, "state": state, "text": text}
    answer = Answer.objects.create(**defaults | {"known_on": response.known_on} | values)
    answer.views.set(views)
    return answer
