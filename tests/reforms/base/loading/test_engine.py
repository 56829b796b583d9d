"""Loading, loading again, and loading over what people have changed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pillars.models import Commitment, FundingLine, Organisation
from reforms.base.loading import Result, engine, snapshot
from reforms.base.loading.kinds import kinds
from reforms.base.loading.plan import Outcome
from reforms.base.models import Event, LoadedRecord, User
from tests.loading_desk import (
    AMBRIDGE_FILE,
    LATER,
    NOW,
    PILLAR_FILE,
    PLACES_FILE,
    PROGRAMME_FILE,
    SOURCES_FILE,
    Desk,
    contents,
)
from tests.queries import count_queries

TITLE = "title: Seal every window"


def outcomes(result: Result, *wanted: Outcome) -> list[tuple[str, str, tuple[str, ...]]]:
    """Kind, key and fields of every decision with one of these outcomes."""
    return [(d.record.kind.name, d.key, d.fields) for d in result.plan.having(*wanted)]


def window() -> Commitment:
    return Commitment.objects.get(reference="WH-1-02")


# Twice


def test_the_first_load_creates_every_record_and_remembers_it(desk: Desk) -> None:
    result = desk.load()
    assert (result.created, result.changed) == (40, 0)
    assert LoadedRecord.objects.count() == 40
    assert result.lines()[-1] == "Wrote 40: created 40, changed 0."


def test_the_second_load_changes_nothing_and_says_so(desk: Desk) -> None:
    desk.load()
    before = contents()
    result = desk.load(now=LATER)
    assert result.is_quiet
    assert result.lines()[-1] == "Nothing to write."
    assert contents() == before


def test_the_order_of_files_does_not_matter(desk: Desk) -> None:
    assert desk.load("consultations", "councils", "plan").created == 40


def test_the_same_file_named_twice_is_read_once(desk: Desk) -> None:
    assert desk.load("plan", PILLAR_FILE, f"./{PILLAR_FILE}", "councils", "consultations").created == 40


def test_one_file_may_refer_to_what_is_in_the_database(desk: Desk) -> None:
    desk.load("plan", PLACES_FILE)
    assert desk.load(AMBRIDGE_FILE).created == 5


# The file changed


def test_a_change_of_the_file_is_written(desk: Desk) -> None:
    desk.load()
    desk.change(PILLAR_FILE, TITLE, "title: Seal all windows")
    result = desk.load(now=LATER)
    assert outcomes(result, Outcome.CHANGE) == [("commitment", "WH-1-02", ("title",))]
    assert window().title == "Seal all windows"
    assert desk.load().is_quiet


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        pytest.param("also_funds: [WH-1-02]", "also_funds: [WH-1-02, WH-1-01a]", ("also_funds",), id="a-list-longer"),
        pytest.param("also_funds: [WH-1-02]", "also_funds: []", ("also_funds",), id="a-list-emptied"),
        pytest.param("also_funds: [WH-1-02]", "also_funds: [WH-1-01a]", ("also_funds",), id="a-list-changed"),
        pytest.param('years: ["2023-24"]', 'years: ["2023-24", "2024-25"]', ("years",), id="texts"),
        pytest.param('amount: "45000000"', 'amount: "46000000"', ("amount",), id="an-amount"),
        pytest.param('amount: "45000000"', 'amount: "45000000.00"', (), id="the-same-amount"),
        pytest.param("also_funds: [WH-1-02]", "also_funds: [WH-1-02, WH-1-02]", (), id="the-same-list"),
    ],
)
def test_each_sort_of_value_is_compared_and_written(desk: Desk, old: str, new: str, fields: tuple[str, ...]) -> None:
    desk.load()
    desk.change(PILLAR_FILE, old, new)
    changed = outcomes(desk.load(), Outcome.CHANGE)
    assert changed == ([("funding_line", "WH-1-01-F1", fields)] if fields else [])
    assert desk.load().is_quiet


def test_a_reference_within_a_kind_is_changed(desk: Desk) -> None:
    desk.load()
    desk.change(PILLAR_FILE, ", part_of: WH-1-01-F1", "")
    assert outcomes(desk.load(), Outcome.CHANGE) == [("funding_line", "WH-1-01-F2", ("part_of",))]
    assert FundingLine.objects.get(reference="WH-1-01-F2").part_of is None


def test_what_follows_from_a_change_elsewhere_is_changed_too(desk: Desk) -> None:
    desk.load()
    desk.change(PROGRAMME_FILE, 'published_on: "2023-02-02"', 'published_on: "2024-02-02"')
    changed = outcomes(desk.load(), Outcome.CHANGE)
    assert ("phase", "warm-homes/1", ("earliest", "edtf", "latest")) in changed


def test_a_record_missing_from_the_files_stays(desk: Desk) -> None:
    desk.load()
    text = desk.read(PROGRAMME_FILE)
    desk.put(PROGRAMME_FILE, text[: text.index("links:")])
    before = contents()
    assert desk.load().is_quiet
    assert contents() == before


def test_a_record_found_to_be_part_of_another_is_merged_into_it(desk: Desk) -> None:
    desk.load()
    desk.change(PILLAR_FILE, TITLE, f"merged_into: WH-1-03\n    {TITLE}")
    new = "  - {reference: WH-1-03, title: Seal the house, strength: firm, cite: {report: [Page 1]}}\n"
    desk.put(PILLAR_FILE, desk.read(PILLAR_FILE) + new)
    result = desk.load()
    assert outcomes(result, Outcome.CHANGE) == [("commitment", "WH-1-02", ("merged_into",))]
    assert window().merged_into == Commitment.objects.get(reference="WH-1-03")
    assert desk.load().is_quiet


def test_a_merge_is_into_a_record_that_stands(desk: Desk) -> None:
    desk.change(PILLAR_FILE, TITLE, f"merged_into: WH-1-01\n    {TITLE}")
    new = "  - {reference: WH-1-03, title: x, strength: firm, merged_into: WH-1-02, cite: {report: [Page 1]}}\n"
    desk.put(PILLAR_FILE, desk.read(PILLAR_FILE) + new)
    line = desk.line_of(PILLAR_FILE, "WH-1-03")
    assert desk.mistakes() == [f"{PILLAR_FILE}:{line}: WH-1-02 is itself merged into WH-1-01: name that one."]


# A person changed something


def change_here(**values: Any) -> None:
    Commitment.objects.filter(reference="WH-1-02").update(**values)


def test_what_only_a_person_changed_is_left_and_listed(desk: Desk) -> None:
    desk.load()
    change_here(title="Shut the windows")
    before = contents()
    result = desk.load()
    assert outcomes(result, Outcome.LEFT) == [("commitment", "WH-1-02", ("title",))]
    line = desk.line_of(PILLAR_FILE, "- reference: WH-1-02")
    assert f"  commitment WH-1-02: changed here; title ({PILLAR_FILE}:{line})" in result.lines()
    assert contents() == before


def test_what_person_and_file_both_changed_is_a_conflict_and_neither_is_written(desk: Desk) -> None:
    desk.load()
    change_here(title="Shut the windows")
    desk.change(PILLAR_FILE, "condition: subject to glass", "condition: subject to putty")
    for _ in range(2):
        result = desk.load()
        assert outcomes(result, Outcome.CONFLICT) == [("commitment", "WH-1-02", ("condition", "title"))]
        assert (window().title, window().condition) == ("Shut the windows", "subject to glass")


def test_a_list_that_a_person_changed_is_a_person_s_change(desk: Desk) -> None:
    desk.load()
    line = FundingLine.objects.get(reference="WH-1-01-F1")
    line.also_funds.clear()
    assert outcomes(desk.load(), Outcome.LEFT) == [("funding_line", "WH-1-01-F1", ("also_funds",))]
    desk.change(PILLAR_FILE, "title: Boilers", "title: Heat pumps")
    assert outcomes(desk.load(), Outcome.CONFLICT) == [("funding_line", "WH-1-01-F1", ("also_funds", "title"))]


def test_a_conflict_ends_when_the_file_says_what_the_person_said(desk: Desk) -> None:
    desk.load()
    change_here(title="Shut the windows")
    desk.change(PILLAR_FILE, TITLE, "title: Shut the windows")
    assert desk.load().is_quiet
    desk.change(PILLAR_FILE, "title: Shut the windows", "title: Shut them")
    assert outcomes(desk.load(), Outcome.CHANGE) == [("commitment", "WH-1-02", ("title",))]


def test_what_a_person_removed_is_not_made_again(desk: Desk) -> None:
    desk.load()
    FundingLine.objects.filter(reference="WH-1-01-F2").delete()
    assert outcomes(desk.load(), Outcome.LEFT) == [("funding_line", "WH-1-01-F2", ())]
    desk.change(PILLAR_FILE, "title: Pipes", "title: Tubes")
    assert outcomes(desk.load(), Outcome.CONFLICT) == [("funding_line", "WH-1-01-F2", ("title",))]
    assert not FundingLine.objects.filter(reference="WH-1-01-F2").exists()


def test_nothing_new_can_point_to_what_a_person_removed(desk: Desk) -> None:
    desk.load()
    FundingLine.objects.filter(reference="WH-1-01-F2").delete()
    new = "{reference: WH-1-01-F3, title: Taps, role: itemised, shape: sum, amount: 5, part_of: WH-1-01-F2}"
    desk.change(PILLAR_FILE, "    progress:", f"      - {new}\n    progress:")
    line = desk.line_of(PILLAR_FILE, "title: Taps")
    assert desk.mistakes() == [
        f"{PILLAR_FILE}:{line}: Funding line “WH-1-01-F2” was removed here by a person, so nothing new can point to it."
    ]


def test_a_record_that_a_person_made_is_adopted_when_the_file_says_the_same(desk: Desk) -> None:
    Organisation.objects.create(slug="ministry", name="Ministry of Homes", short_name="MoH", kind="department")
    assert outcomes(desk.load(), Outcome.CONFLICT) == []
    desk.change(SOURCES_FILE, "name: Ministry of Homes", "name: Ministry of Houses")
    assert outcomes(desk.load(), Outcome.CHANGE) == [("organisation", "ministry", ("name",))]


def test_a_record_that_a_person_made_otherwise_is_a_conflict(desk: Desk) -> None:
    Organisation.objects.create(slug="ministry", name="Their ministry", kind="department")
    assert outcomes(desk.load(), Outcome.CONFLICT) == [("organisation", "ministry", ("name", "short_name"))]
    assert Organisation.objects.get(slug="ministry").name == "Their ministry"


# Rehearsal, failure, record


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(desk: Desk) -> None:
    desk.load("plan", PLACES_FILE)
    desk.change(PILLAR_FILE, TITLE, "title: Seal all windows")
    before = contents()
    result = desk.load(dry_run=True)
    assert contents() == before
    assert result.lines()[-1] == "A dry run: nothing was written. It would create 8 and change 1."
    line = desk.line_of(PILLAR_FILE, "- reference: WH-1-02")
    assert f"  commitment WH-1-02: title ({PILLAR_FILE}:{line})" in result.lines()
    assert "commitment               0         1         3         0         0" in result.lines()


def test_a_failure_in_the_last_statement_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(Event.objects, "create", fail)
    before = contents()
    with pytest.raises(RuntimeError, match="the lights went out"):
        desk.load()
    assert contents() == before


def test_what_only_the_database_refuses_is_a_load_error(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "check_unique", lambda world: None)
    desk.change(PLACES_FILE, "E10000002", "E10000001")
    [mistake] = desk.mistakes()
    assert mistake.startswith("The database: refused the load: ")


def test_a_load_that_wrote_is_one_event(desk: Desk) -> None:
    person = User.objects.create(email="ada@example.org")
    desk.load(by=person)
    event = Event.objects.order_by("pk").last()
    assert event is not None
    assert (event.verb, event.subject, event.at, event.by) == ("load", "fixtures", NOW, person)
    assert event.details["counts"] == {"create": 40, "change": 0, "same": 0, "left": 0, "conflict": 0}
    assert len(event.details["sha256"]) == 64


def test_the_hash_of_a_load_is_that_of_the_records_it_wrote(desk: Desk) -> None:
    """As one list in JSON, although no more than one record is held as text."""
    plan = desk.load().plan
    written = [[d.record.kind.name, d.key, d.record.values] for d in plan.to_write]
    event = Event.objects.order_by("pk").last()
    assert event is not None
    assert event.details["sha256"] == hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()


def test_a_load_that_wrote_nothing_is_no_event(desk: Desk) -> None:
    desk.load()
    count = Event.objects.count()
    desk.load()
    desk.load(dry_run=True)
    assert Event.objects.count() == count


# Size


def with_councils(desk: Desk, count: int) -> None:
    """A file of this many more councils."""
    lines = [
        f"  - {{slug: town-{n}, gss_code: E0600{n:04}, name: Town {n}, full_name: Town {n} Council, type: unitary, "
        f"region: midlands, successors: [ambridge]}}"
        for n in range(count)
    ]
    desk.put("councils/towns.yaml", 'cite: {paper: [""]}\ncouncils:\n' + "\n".join(lines) + "\n")


def statements(desk: Desk, size: int) -> int:
    """How many statements a load of this many more councils takes."""
    with_councils(desk, size)
    with CaptureQueriesContext(connection) as queries:
        desk.load("councils")
    return len(queries)


def test_the_number_of_statements_does_not_grow_with_the_records(desk: Desk) -> None:
    desk.load()
    creating_few, few_again = statements(desk, 5), statements(desk, 5)
    creating_many, many_again = statements(desk, 45), statements(desk, 45)
    assert few_again == many_again
    assert creating_few == creating_many


def test_memory_is_read_in_batches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many records, no statement has more values than a database takes."""
    monkeypatch.setattr(snapshot, "RECORDS_AT_A_TIME", 3)
    desk.load()
    assert desk.load(now=LATER).is_quiet
    desk.change(PILLAR_FILE, TITLE, "title: Seal all windows")
    assert outcomes(desk.load(), Outcome.CHANGE) == [("commitment", "WH-1-02", ("title",))]


# Others' records

IMPACTS = """\
        impacts:
          - {area: staff, summary: Two more people., rests_on: [WH-1-01]}
"""
BORCHESTER = f"""\
positions:
  - programme: warm-homes
    versions:
      - number: 1
        state: published
        origin: recorded
        published_on: "2023-04-21"
        text: We are warm too.
        cite: {{report: [Page 1]}}
        claims:
          - {{number: 1, kind: fact, text: We are warm too., about: [WH-1-01]}}
{IMPACTS}participation:
  - {{pilot: first-streets, status: interested, said_on: "2023-04-21", cite: {{report: [Page 1]}}}}
"""


def with_another_council(desk: Desk) -> None:
    desk.put("councils/borchester.yaml", BORCHESTER)
    desk.load()


def test_of_councils_only_those_in_the_files_are_read(desk: Desk) -> None:
    """What 152 other councils hold is neither read nor locked."""
    desk.change(AMBRIDGE_FILE, "participation:", f"{IMPACTS}participation:")
    with_another_council(desk)
    owners = engine.read_files([desk.folder / AMBRIDGE_FILE]).owners()
    read = snapshot.Snapshot(owners=owners)
    assert owners == {"ambridge"}
    owned = [kind for kind in kinds() if kind.owner]
    assert [kind.name for kind in owned] == ["position", "position_version", "claim", "impact", "participation"]
    for kind in owned:
        assert {key.partition("/")[0] for key in read.rows(kind)} == {"ambridge"}
        assert kind.model._base_manager.count() > len(read.rows(kind))
        for name, codec in kind.many.items():
            assert read.links(kind, name).keys() <= read.keys(kind).keys()
            assert codec.through._base_manager.count() > sum(map(len, read.links(kind, name).values()))


def test_a_load_of_one_council_leaves_the_others_as_they_are(desk: Desk) -> None:
    with_another_council(desk)
    before = contents()
    assert desk.load(AMBRIDGE_FILE).is_quiet
    assert desk.load("councils/borchester.yaml").is_quiet
    assert contents() == before
    desk.change(AMBRIDGE_FILE, "text: Our homes are warm.", "text: Our homes are hot.")
    assert outcomes(desk.load(AMBRIDGE_FILE), Outcome.CHANGE) == [
        ("claim", "ambridge/warm-homes/1/1/1", ("text",)),
    ]


def test_a_load_of_one_council_takes_no_more_statements_for_the_others(desk: Desk) -> None:
    desk.load()
    few = count_queries(lambda: desk.load(AMBRIDGE_FILE))
    with_another_council(desk)
    assert count_queries(lambda: desk.load(AMBRIDGE_FILE)) == few
