"""What the loader works out about councils and positions, and which positions it leaves alone."""

from __future__ import annotations

from datetime import date

import pytest

from councils.models import Claim, Council, Impact, Position, PositionVersion
from pillars.models import Organisation
from reforms.base.loading.plan import Outcome
from tests.loading_desk import AMBRIDGE_FILE, PILLAR_FILE, Desk


def version() -> PositionVersion:
    return PositionVersion.objects.get(number=1)


def test_a_council_is_an_organisation_too(desk: Desk) -> None:
    desk.load()
    council = Council.objects.get(organisation__slug="ambridge")
    assert council.organisation == Organisation.objects.get(name="Ambridge", kind="council")
    assert (council.tile_row, council.tile_column) == (3, 8)
    assert council.other_names == ["Ambridge and villages"]
    assert [str(before) for before in council.predecessors.all()] == ["Borchester"]


def test_a_version_covers_what_its_claims_are_about(desk: Desk) -> None:
    desk.load()
    assert sorted(version().covers.values_list("reference", flat=True)) == ["WH-1-01", "WH-1-01a", "WH-1-02"]
    desk.change(AMBRIDGE_FILE, "[WH-1-02, WH-1-01a]", "[WH-1-02]")
    desk.load()
    assert sorted(version().covers.values_list("reference", flat=True)) == ["WH-1-01", "WH-1-02"]


IMPACTS = """\
        impacts:
          - {area: staff, summary: Two more fitters., count: "2.5", unit: posts, words: two, rests_on: [WH-1-02]}
          - area: money
            summary: Pipes would cost more.
            amount: "70000"
            unit: pounds
            rests_on: [WH-0-01]
            cite: {paper: []}
participation:
"""


def test_an_impact_keeps_its_figure_and_what_it_rests_on(desk: Desk) -> None:
    desk.change(AMBRIDGE_FILE, "participation:\n", IMPACTS)
    desk.load()
    staff, money = Impact.objects.order_by("number")
    assert (staff.number, staff.area, staff.count, staff.unit, staff.words) == (
        1,
        "staff",
        2.5,
        "posts",
        "two",
    )
    assert (money.number, money.amount, money.count, money.known_on) == (2, 70_000, None, date(2023, 2, 2))
    assert [str(place) for place in staff.citations.all()] == ["Ambridge report, Page 1"]
    assert [str(place) for place in money.citations.all()] == ["Paper"]
    assert [each.reference for each in (staff, money)] == ["ambridge/WH-1!1", "ambridge/WH-1!2"]
    assert desk.load().is_quiet


def test_a_version_covers_what_its_impacts_rest_on_too(desk: Desk) -> None:
    desk.change(AMBRIDGE_FILE, "participation:\n", IMPACTS)
    desk.change(AMBRIDGE_FILE, "[WH-1-02, WH-1-01a]", "[WH-1-02]")
    desk.load()
    assert sorted(version().covers.values_list("reference", flat=True)) == ["WH-0-01", "WH-1-01", "WH-1-02"]


@pytest.mark.parametrize(
    ("published", "review"),
    [
        pytest.param("2023-04-21", date(2023, 10, 21), id="the-same-day-of-the-month"),
        pytest.param("2023-08-31", date(2024, 2, 29), id="the-last-day-of-a-shorter-month"),
    ],
)
def test_a_version_is_looked_at_again_after_six_months(desk: Desk, published: str, review: date) -> None:
    desk.change(AMBRIDGE_FILE, 'published_on: "2023-04-21"', f'published_on: "{published}"')
    desk.load()
    assert version().review_on == review


def test_the_months_are_a_setting_and_the_file_comes_first(desk: Desk, settings) -> None:
    settings.POSITION_REVIEW_MONTHS = 1
    desk.load()
    assert version().review_on == date(2023, 5, 21)
    desk.change(AMBRIDGE_FILE, "origin: recorded", 'origin: recorded\n        review_on: "2023-09-01"')
    desk.load()
    assert version().review_on == date(2023, 9, 1)


def test_text_keeps_its_paragraphs_and_figures_are_numbers(desk: Desk) -> None:
    desk.load()
    assert version().text == "Our homes are warm.\n\nWe would like more pipes."
    assert Claim.objects.get(number=1).figure == 63


def test_a_position_may_be_on_a_programme_or_on_one_commitment(desk: Desk) -> None:
    whole = "  - programme: warm-homes\n    versions: []\n"
    one = "  - {programme: warm-homes, commitment: WH-1-02}\n"
    desk.change(AMBRIDGE_FILE, "positions:\n", f"positions:\n{whole}{one}")
    desk.load()
    assert sorted(map(str, Position.objects.all())) == ["ambridge/WH", "ambridge/WH-1", "ambridge/WH-1-02"]


def test_a_file_may_say_whose_it_is(desk: Desk) -> None:
    desk.change(AMBRIDGE_FILE, "positions:", "organisation: borchester\npositions:")
    desk.load()
    assert version().position.organisation.slug == "borchester"


def test_the_next_version_supersedes_the_one_before(desk: Desk) -> None:
    desk.load()
    text = desk.read(AMBRIDGE_FILE)
    second = text[text.index("      - number: 1\n") : text.index("        claims:")].replace("number: 1", "number: 2")
    text = text.replace("state: published", "state: superseded").replace("participation:", second + "participation:")
    desk.put(AMBRIDGE_FILE, text)
    desk.load()
    states = PositionVersion.objects.order_by("number").values_list("number", "state")
    assert list(states) == [(1, "superseded"), (2, "published")]


def test_only_one_version_is_published(desk: Desk) -> None:
    desk.load()
    desk.change(AMBRIDGE_FILE, "- number: 1\n", "- number: 2\n")
    line = desk.line_of(AMBRIDGE_FILE, "state: published")
    assert desk.mistakes() == [
        f"{AMBRIDGE_FILE}:{line}: Another version of this position is published too: mark the earlier one superseded."
    ]


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_a_position_written_here_is_never_touched_again(desk: Desk, state: str) -> None:
    desk.change(AMBRIDGE_FILE, "participation:\n", IMPACTS)
    desk.load()
    PositionVersion.objects.create(
        position=Position.objects.get(),
        number=2,
        state=state,
        origin="written",
        text="Ours.",
        known_on=date(2023, 5, 1),
        published_on=date(2023, 5, 1) if state == "withdrawn" else None,
    )
    desk.change(AMBRIDGE_FILE, "Our homes are warm.", "Our homes are hot.")
    desk.change(AMBRIDGE_FILE, "text: Our homes are warm.", "text: Our homes are hot.")
    desk.change(AMBRIDGE_FILE, "Two more fitters.", "Three more fitters.")
    result = desk.load()
    assert result.is_quiet
    assert {decision.record.kind.name for decision in result.plan.having(Outcome.LEFT)} == {
        "position",
        "position_version",
        "claim",
        "impact",
    }
    line = desk.line_of(AMBRIDGE_FILE, "programme: warm-homes")
    assert f"  position ambridge/warm-homes/1: its position was written here ({AMBRIDGE_FILE}:{line})" in result.lines()
    assert version().text.startswith("Our homes are warm.")


def test_other_records_are_loaded_beside_a_position_written_here(desk: Desk) -> None:
    desk.load()
    PositionVersion.objects.update(origin="written")
    desk.change(PILLAR_FILE, "title: Seal every window", "title: Seal all windows")
    assert desk.load().changed == 1
