"""What the plan says of commitments, pillars, programmes, money, marked points and pilots: set-wise, by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch, Q

from pillars.answers import Answered, answers_to, carried_unasked
from pillars.ledger import Entry, entries, every
from pillars.models import Commitment, FundingLine, Milestone, Mission, Pillar, Pilot, Programme, Wave
from reforms.base.addresses import address
from reforms.reports.filling.saying import Said, Saying, money_facts, window_facts


def commitments(names: Collection[str], saying: Saying) -> dict[str, Said]:
    """Each with its parts: words, dates, money, progress and the answers to it."""
    rows, answers = _loaded(Q(reference__in=names) | Q(parent__reference__in=names), saying)
    named = (row for row in every(rows) if row.reference in names)
    return {row.reference: Said(_whole(row, answers), str(row.commitment), row.url) for row in named}


def plans(names: Collection[str], saying: Saying) -> dict[str, Said]:
    """All commitments of a programme (stable-homes), or of some of its pillars (stable-homes/1+4)."""
    parts = {name: _split(name) for name in names}
    rows, answers = _loaded(Q(programme__slug__in={slug for slug, _numbers in parts.values()}), saying)
    found = {}
    for name, (slug, numbers) in parts.items():
        own = [row for row in rows if _is_in(row, slug, numbers)]
        if own:
            facts = [_whole(row, answers) for row in own]
            found[name] = Said(facts, *_called(own[0].commitment, numbers))
    return found


def _split(name: str) -> tuple[str, frozenset[str]]:
    """The programme, and the numbers of its pillars; none for all of it."""
    slug, _, numbers = name.partition("/")
    return slug, frozenset(filter(None, numbers.split("+")))


def _is_in(row: Entry, slug: str, numbers: Collection[str]) -> bool:
    """Whether it is of the programme, and of one of the pillars where they are given."""
    pillar = row.commitment.pillar
    is_chosen = not numbers or (pillar is not None and str(pillar.number) in numbers)
    return row.commitment.programme.slug == slug and is_chosen


def _called(commitment: Commitment, numbers: Collection[str]) -> tuple[str, str]:
    programme, pillar = commitment.programme, commitment.pillar
    nouns = programme.commitment_noun_plural
    if pillar and len(numbers) == 1:
        return f"{programme.title}, {pillar}: {nouns}", address("pillar", programme.slug, pillar.number)
    return f"{programme.title}: {nouns}", programme.get_absolute_url()


Answers = Mapping[int, Sequence[Answered]]


def _loaded(own: Q, saying: Saying) -> tuple[list[Entry], Answers]:
    """Commitments with their parts, and the answers to all of them: a fixed number of queries."""
    rows = entries(Commitment.objects.filter(own), on=saying.day, is_cited=False)
    keys = [row.commitment.pk for row in every(rows)]
    return rows, answers_to(keys, on=saying.day, carried=carried_unasked)


def _whole(row: Entry, answers: Answers) -> list[Any]:
    """All that is recorded of a commitment and of its parts."""
    return [_facts(each, answers) for each in every([row])]


def _facts(row: Entry, answers: Answers) -> list[Any]:
    commitment = row.commitment
    return [
        [row.reference, commitment.title, commitment.official_title, commitment.summary, commitment.condition],
        [commitment.kind, commitment.strength, commitment.lead.slug if commitment.lead else None],
        window_facts(row.deadlines),
        money_facts(row.funding),
        [[each.status, each.happened_on, each.summary] for each in row.updates],
        [[each.verdict.programme_id, each.kind, each.verdict.basis] for each in answers.get(commitment.pk, ())],
    ]


def pillars(names: Collection[str], saying: Saying) -> dict[str, Said]:
    """Each with its missions."""
    found = {f"{each.programme.slug}/{each.number}": each for each in _pillars(names, saying)}
    missions = _missions([each.pk for each in found.values()], saying)
    return {
        name: Said([*_title(each), missions[each.pk]], str(each), each.get_absolute_url())
        for name, each in found.items()
    }


def _pillars(names: Collection[str], saying: Saying) -> list[Pillar]:
    slugs = {name.partition("/")[0] for name in names}
    known = Pillar.objects.known(on=saying.day).filter(programme__slug__in=slugs).select_related("programme")
    return [each for each in known if f"{each.programme.slug}/{each.number}" in names]


def _title(fact: Pillar | Programme) -> list[str]:
    return [fact.title, fact.official_title, fact.summary]


def _missions(keys: Collection[int], saying: Saying) -> dict[int | None, list[Any]]:
    found: defaultdict[int | None, list[Any]] = defaultdict(list)
    for each in Mission.objects.known(on=saying.day).filter(pillar__in=keys).order_by("number"):
        found[each.pillar_id].append([each.title, each.summary, each.target, *window_facts([each])])
    return found


def programmes(names: Collection[str], saying: Saying) -> dict[str, Said]:
    found = Programme.objects.known(on=saying.day).filter(slug__in=names)
    return {each.slug: Said([*_title(each), each.published_on], each.title, each.get_absolute_url()) for each in found}


def money(names: Collection[str], saying: Saying) -> dict[str, Said]:
    """The lines of a programme (stable-homes), or of it as a whole and of some of its pillars (stable-homes/1+4)."""
    slugs = {name.partition("/")[0] for name in names}
    known = FundingLine.objects.known(on=saying.day).filter(programme__slug__in=slugs).order_by("reference")
    lines = list(known.select_related("programme", "commitment__pillar"))
    titles = {each.programme.slug: each.programme.title for each in lines}
    return {name: _money(name, lines, titles) for name in names if name.partition("/")[0] in titles}


def _money(name: str, lines: Iterable[FundingLine], titles: dict[str, str]) -> Said:
    slug, numbers = _split(name)
    own = [each for each in lines if each.programme.slug == slug and _is_chosen(each, numbers)]
    return Said(money_facts(own), f"{titles[slug]}: money", address("funding"))


def _is_chosen(line: FundingLine, numbers: Collection[str]) -> bool:
    """Whether it is of one of the pillars, or of the programme as a whole."""
    if not numbers or line.commitment is None:
        return True
    return line.commitment.pillar is not None and str(line.commitment.pillar.number) in numbers


def milestones(names: Collection[str], saying: Saying) -> dict[str, Said]:
    found = Milestone.objects.known(on=saying.day).filter(slug__in=names).select_related("programme", "commitment")
    return {
        each.slug: Said(
            [each.title, each.summary, window_facts([each])],
            each.title,
            (each.commitment or each.programme).get_absolute_url(),
        )
        for each in found
    }


def pilots(names: Collection[str], saying: Saying) -> dict[str, Said]:
    """Each with its waves."""
    waves = Prefetch("waves", Wave.objects.known(on=saying.day).order_by("number"), to_attr="known_waves")
    found: Any = Pilot.objects.known(on=saying.day).filter(slug__in=names).prefetch_related(waves)
    return {each.slug: Said(_pilot(each), each.title, f"{address('pilots')}#{each.slug}") for each in found}


def _pilot(pilot: Any) -> list[Any]:
    waves = [[each.number, each.title, each.places, *window_facts([each])] for each in pilot.known_waves]
    return [pilot.title, pilot.summary, pilot.kind, pilot.places, waves]
