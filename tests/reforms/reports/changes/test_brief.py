"""What changed since a meeting: the sheet that fits on two sides, and the first section of a report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pillars.models import Organisation, Pillar, Programme
from reforms.alerts.feeds.told import Asked, ChangeKind
from reforms.base.as_at import AsAt
from reforms.base.markdown import to_plain
from reforms.reports.changes.brief import (
    HEADING_LINES,
    LINES,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    MOST_OF_A_KIND,
    NO_MEETING,
    Brief,
    since_blocks,
    since_brief,
)
from reforms.reports.document.values import Block
from tests.builders import (
    make_commitment,
    make_consultation,
    make_council,
    make_deadline,
    make_pillar,
    make_position,
    make_response,
    make_update,
    make_version,
)
from tests.queries import count_queries
from tests.reforms.reports.changes.making import DURING, LONG_AGO, NOW, SINCE, TODAY, fill

pytestmark = pytest.mark.django_db
CANARY = "KNOWN-ONLY-TO-US"


def brief(asked: Asked | None = None) -> Brief:
    return since_brief(as_at=AsAt(NOW, TODAY), asked=asked or Asked(), since=SINCE)


@pytest.fixture
def pillar() -> Pillar:
    first = make_pillar(known_on=LONG_AGO)
    make_pillar(first.programme, known_on=LONG_AGO)
    return first


@pytest.fixture
def council() -> Organisation:
    return make_council().organisation


def blocks(council: Organisation, pillar: Pillar, *pillars: Pillar, **values) -> tuple[Block, ...]:
    defaults: dict[str, Any] = {"since": SINCE, "as_at": AsAt(NOW, TODAY)}
    return since_blocks(
        organisation=council, programme=pillar.programme, pillars=[pillar, *pillars], **defaults | values
    )


class TestBrief:
    def test_where_nothing_changed(self):
        found = brief()

        assert found.groups == ()
        assert set(found.quiet) == set(ChangeKind) - {ChangeKind.SOURCE, ChangeKind.STALE}
        assert found.nothing.startswith("Commitments met, windows passed, dates moved")
        assert found.nothing.endswith(" and views published")

    def test_the_plan_is_told_to_everybody_and_of_organisations_the_one_asked_about(self, council, pillar):
        make_update(make_commitment(pillar=pillar), known_on=DURING)
        own = make_version(make_position(council, pillar), published_on=DURING)
        make_version(make_position(pillar=pillar), published_on=DURING)
        make_response(organisation=council, known_on=DURING)
        make_response(known_on=DURING)
        found = {group.kind: group for group in brief(Asked(council=council.slug)).groups}

        assert list(found) == [ChangeKind.MET, ChangeKind.ANSWERED, ChangeKind.POSITION]
        assert [change.reference for change in found[ChangeKind.POSITION].changes] == [f"{own.reference}/1"]
        assert found[ChangeKind.ANSWERED].count == 1

    def test_what_there_is_no_room_for_is_counted_with_its_address(self):
        for _ in range(MOST_OF_A_KIND + 5):
            make_update(make_commitment(), known_on=DURING)
        [group] = brief().groups

        assert (group.count, len(group.changes), group.more) == (13, 8, 5)
        assert group.url == f"/changes/?since={SINCE}&kind=met"

    @pytest.mark.parametrize("length", [40, 5000])
    def test_it_never_has_more_lines_than_there_is_paper(self, council, length):
        fill(council, "word " * (length // 5))
        found = brief(Asked(council=council.slug))
        lines = sum(
            HEADING_LINES + sum(-(-len(each.title) // 88) - (-len(each.summary) // 88) for each in group.changes)
            for group in found.groups
        )

        assert len(found.groups) >= 12
        assert lines <= LINES
        assert all(group.changes or group.more == group.count for group in found.groups)
        assert max(len(each.title) for group in found.groups for each in group.changes) <= LONGEST_TITLE
        assert max(len(each.summary) for group in found.groups for each in group.changes) <= LONGEST_SUMMARY

    def test_ten_times_the_facts_cost_no_more_queries(self, council):
        fill(council, "word")
        before = count_queries(lambda: brief(Asked(council=council.slug)))
        for _ in range(3):
            fill(council, "word")

        assert count_queries(lambda: brief(Asked(council=council.slug))) == before <= 35


class TestBlocks:
    def test_without_a_meeting_before_it_says_so(self, council, pillar):
        assert blocks(council, pillar, since=None) == (Block(NO_MEETING),)

    def test_where_nothing_changed_it_says_so(self, council, pillar):
        [block] = blocks(council, pillar)

        assert block.text == (
            "This is what changed after 14 April 2041, up to and including 12 May 2041. "
            "Nothing that is recorded here changed."
        )
        assert block.source == f"changes:{council.slug}/{pillar.programme.slug}/2041-04-14"

    def test_each_change_says_what_it_comes_from(self, council, pillar):
        commitment = make_commitment(pillar=pillar, title="A *promise* [of <ours>]_#`")
        deadline = make_deadline(commitment, latest=TODAY, known_on=LONG_AGO)
        make_deadline(commitment, latest=TODAY, replaces=deadline, known_on=DURING)
        make_version(make_position(council, pillar), published_on=DURING, text=CANARY)
        consultation = make_consultation(programme=pillar.programme, known_on=DURING, closes_on=TODAY)
        consultation.about.add(commitment)
        found = blocks(council, pillar)
        sources = {block.source.partition(":")[0]: block for block in found}

        assert sources["commitment"].source == f"commitment:{commitment.reference}"
        assert commitment.title in to_plain(sources["commitment"].text)
        assert sources["position"].source == f"position:{council.slug}/{pillar.programme.prefix}-1"
        assert sources["consultation"].source == f"consultation:{consultation.slug}"
        assert "# Dates moved" in [block.text for block in found]
        assert all(block.source for block in found)
        assert not any(block.is_draft for block in found)
        assert CANARY not in str(found)

    def test_only_the_pillars_of_the_report(self, council, pillar):
        other = pillar.programme.pillars.get(number=2)
        crossing = make_update(make_commitment(pillar.programme), known_on=DURING)
        for each in (pillar, other):
            make_update(make_commitment(pillar=each), known_on=DURING)
        one, both = blocks(council, pillar), blocks(council, pillar, other)

        assert [block.text for block in one].count("# Commitments met") == 1
        assert len(both) == len(one) + 2
        assert f"commitment:{crossing.commitment.reference}" in [block.source for block in both]

    def test_a_day_before_anything_was_published(self):
        lincolnshire = Organisation.objects.get(slug="lincolnshire")
        strategy = Programme.objects.get(slug="stable-homes")
        day = LONG_AGO.replace(year=2020)
        [block] = since_blocks(
            organisation=lincolnshire, programme=strategy, pillars=list(strategy.pillars.all()),
            since=day - timedelta(days=90), as_at=AsAt(NOW, day),
        )  # fmt: skip

        assert block.text.endswith("Nothing that is recorded here changed.")
