"""More records for tests of pages, beside those of tests/builders.py."""

from __future__ import annotations

from datetime import date
from typing import Any

from consultations.models import Consultation, Step
from councils.models import Claim, Membership, Participation, PositionVersion
from pillars.models import (
    Anchor,
    Commitment,
    CommitmentLink,
    Milestone,
    Organisation,
    Phase,
    Pilot,
    Programme,
    Wave,
)
from reforms.base.models import User
from tests.builders import DAY, make_commitment, next_number

COMMITTEE_DAY = date(2023, 4, 21)
SPRING = {"words": "Spring 2023", "earliest": date(2023, 3, 1), "latest": date(2023, 5, 31)}
END_OF_2023 = {"words": "by the end of 2023", "latest": date(2023, 12, 31)}


def make_claim(version: PositionVersion, *about: Commitment, **values: Any) -> Claim:
    """A claim of the version about some commitments, which the version then covers."""
    number = version.claims.count() + 1
    defaults = {"version": version, "number": number, "kind": Claim.Kind.FACT, "text": f"Point {number}."}
    claim = Claim.objects.create(**defaults | {"known_on": version.known_on} | values)
    claim.about.set(about)
    version.covers.add(*about)
    return claim


def make_phase(programme: Programme, **values: Any) -> Phase:
    number = programme.phases.count() + 1
    defaults = {"programme": programme, "number": number, "title": f"Phase {number}", "known_on": DAY, **SPRING}
    return Phase.objects.create(**defaults | values)


def make_milestone(programme: Programme, **values: Any) -> Milestone:
    """Dated by words, unless a commitment is given."""
    number = next_number()
    dated = {} if "commitment" in values else SPRING
    defaults = {"slug": f"mark-{number}", "programme": programme, "title": f"Mark {number}", "known_on": DAY, **dated}
    return Milestone.objects.create(**defaults | values)


def make_link(start: Commitment, end: Commitment, **values: Any) -> CommitmentLink:
    defaults = {"from_commitment": start, "to_commitment": end, "relation": "delivers", "known_on": DAY}
    return CommitmentLink.objects.create(**defaults | values)


def make_pilot(commitment: Commitment | None = None, **values: Any) -> Pilot:
    number = next_number()
    defaults = {"slug": f"pilot-{number}", "title": f"Pilot {number}", "kind": Pilot.Kind.PILOT, "known_on": DAY}
    return Pilot.objects.create(**{"commitment": commitment or make_commitment()} | defaults | values)


def make_wave(pilot: Pilot, **values: Any) -> Wave:
    number = pilot.waves.count() + 1
    return Wave.objects.create(
        **{"pilot": pilot, "number": number, "title": f"Wave {number}", "known_on": DAY} | values
    )


def make_participation(organisation: Organisation, pilot: Pilot | None = None, **values: Any) -> Participation:
    day = values.get("known_on", DAY)
    defaults = {"organisation": organisation, "status": "interested", "said_on": day, "known_on": day}
    return Participation.objects.create(**{"pilot": pilot or make_pilot()} | defaults | values)


def make_step(organisation: Organisation, *consultations: Consultation, **values: Any) -> Step:
    """A step told by a public document, unless a test says otherwise."""
    number = Step.objects.filter(organisation=organisation).count() + 1
    defaults = {"organisation": organisation, "number": number, "title": f"Step {number}", "known_on": DAY, **SPRING}
    step = Step.objects.create(**{"origin": "recorded"} | defaults | values)
    step.consultations.set(consultations)
    return step


def make_anchor(**values: Any) -> Anchor:
    number = next_number()
    defaults = {"slug": f"span-{number}", "phrase": f"this span {number}", "title": f"Span {number}", "basis": "stated"}
    days = {"earliest": DAY, "latest": date(2024, 1, 1), "valid_from": DAY, "known_on": DAY}
    return Anchor.objects.create(**defaults | days | values)


def make_member(organisation: Organisation, role: str = Membership.Role.OFFICER) -> User:
    """Somebody who works for the organisation."""
    person = User.objects.create_user(f"person-{next_number()}@example.org", name="Somebody")
    Membership.objects.create(user=person, organisation=organisation, role=role)
    return person
