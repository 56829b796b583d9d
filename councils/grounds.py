"""What positions would change and what they rest on: their impacts, and the answers to the recommendations behind them.

Both in one statement, and none where the positions name no impact and speak of no recommendation: a committee's page
has queries to spare for no more. Written out, since one statement for two kinds of rows cannot be built from models.
SQLite and PostgreSQL read it alike.
"""

# Every piece of it is a constant of this module; days come as parameters, keys as numbers.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from councils.models import Impact
from councils.resting import Unanswered
from councils.standing import ImpactRow, Standing
from pillars.answers import Answered, main_answers
from pillars.models import Commitment, Programme, Verdict
from reforms.base.sharing import written

IMPACT = ("id", "version_id", "number", "area", "summary", "unit", "words")
VERDICT = ("id", "recommendation_id", "programme_id", "verdict", "basis", "words", "reason")
PROGRAMME = ("id", "number", "kind", "title")
RECOMMENDATION = ("id", "reference", "parent_id")
"""What a page prints of each. The columns of impacts and verdicts stand in the same places, and are of like types."""

IMPACTS = """
    SELECT 'impact', i.id, i.version_id, i.number, i.area, i.summary, i.unit, i.words, i.amount, i.count,
        c.id, c.reference, c.parent_id, '', ''
    FROM councils_impact i
    LEFT JOIN councils_impact_rests_on r ON r.impact_id = i.id
    LEFT JOIN pillars_commitment c ON c.id = r.commitment_id AND c.known_on <= %s AND c.merged_into_id IS NULL
    WHERE i.known_on <= %s AND i.version_id IN ({keys})"""
VERDICTS = """
    SELECT 'verdict', v.id, p.id, p.number, v.verdict, v.basis, v.words, v.reason, NULL, NULL,
        c.id, c.reference, c.parent_id, p.kind, p.title
    FROM pillars_verdict v
    JOIN pillars_programme p ON p.id = v.programme_id AND p.known_on <= %s
    JOIN pillars_commitment c ON c.id = v.recommendation_id AND c.known_on <= %s
    WHERE v.known_on <= %s AND v.recommendation_id IN ({keys})"""


def give_grounds(standings: Iterable[Standing], *, on: date, asked: Iterable[int] = ()) -> dict[int, Answered]:
    """Give the positions their impacts and what of their grounds came to nothing, as known on the day.

    Gives the main answers, by recommendation: to those that the positions cover, and to those asked for by their keys.
    At most one query.
    """
    resting = [each for each in standings if each.asked or each.has_impacts]
    covered = {key for each in resting for key in each.asked}
    impacts, answers = _load([each for each in resting if each.has_impacts], covered.union(asked), on=on)
    for each in resting:
        each.impacts = impacts[each.version.pk]
        each.answers = answers
        each.unanswered = [_unanswered(answers[key]) for key in each.asked if _came_to_nothing(answers.get(key))]
    return answers


def impacts_of(standings: Iterable[Standing]) -> list[Impact]:
    """The impacts that were given, to ask for their places."""
    return [row.impact for each in standings for row in each.impacts]


def _came_to_nothing(answered: Answered | None) -> bool:
    return answered is not None and answered.is_unanswered


def _unanswered(answered: Answered) -> Unanswered:
    verdict, recommendation = answered.verdict, answered.verdict.recommendation
    is_inferred = verdict.basis == Verdict.Basis.INFERRED
    whole, by = recommendation.parent_id, verdict.programme.title
    return Unanswered(recommendation.pk, whole, recommendation.reference, answered.kind, by, is_inferred)


def _load(
    naming: Sequence[Standing], asked: Iterable[int], *, on: date
) -> tuple[defaultdict[int, list[ImpactRow]], dict[int, Answered]]:
    """The impacts by version, and the main answers by recommendation."""
    rows = _rows([each.version.pk for each in naming], sorted(asked), on)
    impacts = _impacts([row[1:] for row in rows if row[0] == "impact"], {each.version.pk: each for each in naming})
    return impacts, main_answers(_answers([row[1:] for row in rows if row[0] == "verdict"]))


def _rows(versions: Sequence[int], recommendations: Sequence[int], on: date) -> list[tuple[Any, ...]]:
    day = connection.ops.adapt_datefield_value(on)
    parts = [(IMPACTS, 2, versions), (VERDICTS, 3, recommendations)]
    asked = [(text, [day] * days, keys) for text, days, keys in parts if keys]
    if not asked:
        return []
    statements = [text.format(keys=written(keys)) for text, _days, keys in asked]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), [value for _, days, _keys in asked for value in days])
        return cursor.fetchall()


def _impacts(rows: Iterable[Sequence[Any]], standings: Mapping[int, Standing]) -> defaultdict[int, list[ImpactRow]]:
    """One for each impact, in the order of the document; a row came for each commitment that it rests on."""
    known: dict[int, ImpactRow] = {}
    found: defaultdict[int, list[ImpactRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row[1], row[2], row[10] or "")):
        if row[0] not in known:
            known[row[0]] = ImpactRow(_impact(row, standings))
            found[row[1]].append(known[row[0]])
        if row[9]:
            known[row[0]].grounds.append(Commitment.from_db(None, RECOMMENDATION, row[9:12]))
    return found


def _impact(row: Sequence[Any], standings: Mapping[int, Standing]) -> Impact:
    impact = Impact.from_db(None, IMPACT, row[:7])
    impact.amount, impact.count = (None if value is None else Decimal(str(value)) for value in row[7:9])
    impact.version = standings[row[1]].version
    return impact


def _answers(rows: Iterable[Sequence[Any]]) -> defaultdict[int, list[Answered]]:
    """The answers to each recommendation, in the order of the programmes that give them."""
    found: defaultdict[int, list[Answered]] = defaultdict(list)
    for key, programme, number, verdict, basis, words, reason, _amount, _count, *asked, kind, title in sorted(
        rows, key=lambda row: (row[2], row[0])
    ):
        made = Verdict.from_db(None, VERDICT, (key, asked[0], programme, verdict, basis, words, reason))
        made.programme = Programme.from_db(None, PROGRAMME, (programme, number, kind, title))
        made.recommendation = Commitment.from_db(None, RECOMMENDATION, asked)
        found[asked[0]].append(Answered(made))
    return found
