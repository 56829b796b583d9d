"""Rules of the plan that one record alone cannot show to be broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from decimal import Decimal

from pillars.loading.kinds import (
    ANCHOR,
    COMMITMENT,
    COMMITMENT_LINK,
    DEADLINE,
    FUNDING_LINE,
    MILESTONE,
    MISSION,
    PROGRAMME,
    VERDICT,
    WORDING,
)
from pillars.models import Commitment, CommitmentLink, FundingLine, Verdict
from pillars.money import Line, add_errors
from reforms.base.loading.codecs import Plain
from reforms.base.loading.reading import Record
from reforms.base.loading.world import World

FINANCIAL_YEAR = re.compile(r"(20[0-9]{2})-([0-9]{2})")
FIGURES = {
    FundingLine.Shape.SUM.value: ("amount",),
    FundingLine.Shape.RATE.value: ("amount",),
    FundingLine.Shape.PERCENTAGE.value: ("percent",),
    FundingLine.Shape.UNSPECIFIED.value: (),
}
"""The figures that a line of each shape has, of amount and percent."""


def check_plan(world: World) -> None:
    for anchor in world.batch.of(ANCHOR).values():
        _check_order(world, anchor, "earliest", "latest")
        _check_order(world, anchor, "valid_from", "valid_to")
    for commitment in world.batch.of(COMMITMENT).values():
        _check_reference(world, commitment)
        _check_merge(world, commitment)
    _check_missions(world)
    _check_milestones(world)
    _check_wordings(world)
    for verdict in world.batch.of(VERDICT).values():
        _check_verdict(world, verdict)
        _check_ground(world, verdict)
    for link in world.batch.of(COMMITMENT_LINK).values():
        _check_tie(world, link)
    for line in world.batch.of(FUNDING_LINE).values():
        _check_funding_line(world, line)
    without_figures = {key for key, line in world.batch.of(FUNDING_LINE).items() if not _check_figures(world, line)}
    _check_money(world, without_figures)


def _check_order(world: World, record: Record, first: str, last: str) -> None:
    """A window cannot end before it begins."""
    if record.text(first) and record.text(last) and record.text(first) > record.text(last):
        world.refuse(record, last, f"{last} {record.text(last)} is before {first} {record.text(first)}.")


# References


def _check_reference(world: World, commitment: Record) -> None:
    """A reference begins with its programme and pillar, and a part adds a letter to its parent's."""
    reference, prefix = str(commitment.key), _prefix(world, commitment)
    if parent := commitment.text("parent"):
        if not re.fullmatch(re.escape(parent) + "[a-z]", reference):
            world.refuse(commitment, "reference", f"A part of {parent} is {parent} and one small letter.")
    elif prefix and not re.fullmatch(_pattern(prefix, commitment), reference):
        example = _example(prefix, commitment)
        world.refuse(commitment, "reference", f"“{reference}” does not fit its file: write it like {example}.")


def _prefix(world: World, commitment: Record) -> str:
    return world.text(PROGRAMME, commitment.values["programme"], "prefix")


def _pattern(prefix: str, commitment: Record) -> str:
    """Within a pillar SH-4-07; else cross-cutting SH-0-01 or, with no pillar at all, AR-3 and NF-O1."""
    if number := commitment.text("pillar").rpartition("/")[2]:
        return f"{prefix}-{number}-[0-9]{{2}}"
    return f"{prefix}-(0-[0-9]{{2}}|[A-Z]?[1-9][0-9]?)"


def _example(prefix: str, commitment: Record) -> str:
    number = commitment.text("pillar").rpartition("/")[2]
    return f"{prefix}-{number}-01" if number else f"{prefix}-0-01 or {prefix}-1"


def _check_merge(world: World, commitment: Record) -> None:
    """A record is merged into one that stands, never into itself or into one that is merged as well."""
    target = commitment.text("merged_into")
    if target and target == commitment.key:
        world.refuse(commitment, "merged_into", f"{target} cannot be merged into itself.")
    elif onward := world.text(COMMITMENT, target, "merged_into"):
        message = f"{target} is itself merged into {onward}: name that one."
        world.refuse(commitment, "merged_into", message)


def _check_missions(world: World) -> None:
    """A number is given to one mission of a programme, whatever the pillar."""
    known: dict[tuple[str, str], str] = {}
    for mission in world.batch.of(MISSION).values():
        _check_mission(world, mission)
        other = known.setdefault((mission.text("programme"), mission.text("number")), str(mission.key))
        if mission.text("number") and other != mission.key:
            world.refuse(mission, "number", f"The programme has a mission {mission.text('number')} already: {other}.")


def _check_mission(world: World, mission: Record) -> None:
    """SH-4-M2 is the second mission of the programme and stands in its fourth pillar; IR-M1 stands in none."""
    prefix, number = _prefix(world, mission), mission.text("number")
    pillar = mission.text("pillar").rpartition("/")[2]
    expected = f"{prefix}-{pillar}-M{number}" if pillar else f"{prefix}-M{number}"
    if prefix and number and mission.key != expected:
        world.refuse(mission, "reference", f"“{mission.key}” does not fit its place: write it as {expected}.")


# Wordings


def _check_wordings(world: World) -> None:
    """Of several readings of one thing at most one is used, and one reading alone is no difference."""
    topics: dict[tuple[str, ...], list[Record]] = {}
    for wording in world.batch.of(WORDING).values():
        key = tuple(wording.text(name) for name in ("commitment", "field", "topic"))
        topics.setdefault(key, []).append(wording)
    for readings in topics.values():
        used = [reading for reading in readings if reading.values["is_used"]]
        if len(used) > 1:
            world.refuse(used[1], "is_used", "Another reading of the same thing is used already.")
        if len(readings) == 1:
            world.refuse(readings[0], "topic", "Documents differ only where there are two readings or more.")


# Verdicts


def _check_verdict(world: World, verdict: Record) -> None:
    """A verdict is what another programme makes of a recommendation."""
    reference = verdict.text("recommendation")
    kind = world.text(COMMITMENT, reference, "kind")
    if kind and kind != Commitment.Kind.RECOMMENDATION:
        message = f"A verdict is on a recommendation, and {reference} is of kind {kind}."
        world.refuse(verdict, "recommendation", message)
    if verdict.text("programme") == world.text(COMMITMENT, reference, "programme"):
        world.refuse(verdict, "programme", f"{verdict.text('programme')} cannot answer its own recommendation.")


def _check_ground(world: World, verdict: Record) -> None:
    """What a document states has its words, what we inferred a reason; silence is carried by nothing."""
    basis = verdict.text("basis")
    if basis == Verdict.Basis.STATED and not verdict.text("words"):
        world.refuse(verdict, "words", "A stated verdict needs the words that state it.")
    if basis == Verdict.Basis.INFERRED and not verdict.text("reason"):
        world.refuse(verdict, "reason", "An inferred verdict needs the reason we read it so.")
    if verdict.text("verdict") == Verdict.Answer.NOT_MENTIONED and verdict.texts("carried_by"):
        world.refuse(verdict, "carried_by", "What was not mentioned is carried by nothing.")


# Links


def _check_tie(world: World, link: Record) -> None:
    """What no document joins, we join for a reason."""
    if link.text("basis") == CommitmentLink.Basis.INFERRED and not link.text("reason"):
        world.refuse(link, "reason", "An inferred link needs the reason we join the two.")


# Milestones


def _check_milestones(world: World) -> None:
    """A milestone is dated by words, or by a commitment that has a deadline."""
    with_deadline = {values["commitment"] for values in world.every(DEADLINE).values()}
    for milestone in world.batch.of(MILESTONE).values():
        commitment, words = milestone.text("commitment"), milestone.text("words")
        if bool(commitment) == bool(words):
            message = "A milestone is dated by words or by a commitment: give one of the two."
            world.problems.add(milestone.place, message)
        elif commitment and commitment not in with_deadline and world.has(COMMITMENT, commitment):
            world.refuse(milestone, "commitment", f"{commitment} has no deadline to date this by: give words.")


# Money


def _check_funding_line(world: World, line: Record) -> None:
    owner = line.text("commitment") or f"{world.text(PROGRAMME, line.values['programme'], 'prefix')}-0"
    if not re.fullmatch(re.escape(owner) + "-F[1-9][0-9]?", str(line.key)):
        world.refuse(line, "reference", f"Money of {owner} is numbered {owner}-F1, {owner}-F2.")
    for year in line.texts("years"):
        if not _is_financial_year(year):
            world.refuse(line, "years", f"“{year}” is not a financial year; write it as 2023-24.")


def _is_financial_year(text: str) -> bool:
    found = FINANCIAL_YEAR.fullmatch(text)
    return found is not None and (int(found[1]) + 1) % 100 == int(found[2])


def _check_figures(world: World, line: Record) -> bool:
    """A sum has an amount, a percentage a percent, and neither has the other's. Answers whether all is right."""
    shape, faults = line.text("shape"), 0
    for figure in ("amount", "percent") if shape else ():
        has, needs = bool(line.text(figure)), figure in FIGURES[shape]
        faults += has != needs
        if needs and not has and figure not in line.places:
            world.refuse(line, "shape", f"A line of shape {shape} needs {figure}.")
        if has and not needs:
            world.refuse(line, figure, f"A line of shape {shape} has no {figure}.")
    return bool(shape) and not faults


def _check_money(world: World, without_figures: Set[str]) -> None:
    """Lines that are parts of one another have to add up. Each fault stands at the line it is about."""
    in_files = world.batch.of(FUNDING_LINE)
    for family in _families(world.every(FUNDING_LINE)):
        if not in_files.keys() & family.keys() or without_figures & family.keys():
            continue
        for error in add_errors([_line(key, family) for key in family]):
            record = _about(error, in_files, family)
            world.refuse(record, "part_of" if record.text("part_of") else "amount", error)


def _families(lines: Mapping[str, Mapping[str, Plain]]) -> Iterator[dict[str, Mapping[str, Plain]]]:
    """Lines that hang together, by the line all the others are part of."""
    families: dict[str, dict[str, Mapping[str, Plain]]] = {}
    for key, values in lines.items():
        families.setdefault(_root(key, lines), {})[key] = values
    return (family for family in families.values() if len(family) > 1 or _is_part(family))


def _is_part(family: Mapping[str, Mapping[str, Plain]]) -> bool:
    return any(values["part_of"] for values in family.values())


def _root(key: str, lines: Mapping[str, Mapping[str, Plain]]) -> str:
    """The line at the top, or any one of a ring of lines that are parts of each other."""
    seen = {key}
    while (above := lines[key]["part_of"]) in lines and above not in seen:
        key = str(above)
        seen.add(key)
    return min(seen) if above in seen else key


def _line(key: str, family: Mapping[str, Mapping[str, Plain]]) -> Line:
    values = family[key]
    amount, part_of = values["amount"], values["part_of"] if values["part_of"] in family else None
    return Line(
        reference=key,
        title=str(values["title"]),
        role=str(values["role"]),
        shape=str(values["shape"]),
        amount=Decimal(str(amount)) if amount else None,
        part_of=str(part_of) if part_of else None,
    )


def _about(error: str, in_files: Mapping[str, Record], family: Mapping[str, object]) -> Record:
    """The record an error speaks of first, or any of the family that stands in a file."""
    named = [key for key in re.findall(r"[A-Z]+-[A-Za-z0-9-]+", error) if key in in_files]
    return in_files[named[0] if named else next(key for key in family if key in in_files)]
