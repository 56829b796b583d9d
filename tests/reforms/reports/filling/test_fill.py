"""What reports are filled with: every section says something true, and nothing that the public could not know."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from councils.models import Membership, PositionVersion
from councils.writing.contents import Consequence, Content, Point
from councils.writing.subjects import Subject
from pillars.models import Commitment, FundingLine, Pillar, Programme
from reforms.reports.filling.fill import WRITERS
from reforms.reports.layouts import LAYOUTS, Depth, Layout, SectionKey
from tests.builders import (
    make_commitment,
    make_consultation,
    make_council,
    make_deadline,
    make_funding,
    make_impact,
    make_mission,
    make_pillar,
    make_position,
    make_programme,
    make_response,
    make_update,
    make_version,
)
from tests.councils.writing.cast import Cast, make_cast, start, write
from tests.queries import count_queries
from tests.reforms.pages.making import make_claim, make_member, make_participation, make_pilot, make_wave
from tests.reforms.reports.filling.making import COMMITTEE, NOW, blocks, filled, section, words

COMMITTEE_DAY = date(2023, 4, 21)
TODAY = NOW.date()
BEFORE = date(2020, 1, 1)
CANARY = "canary-7f31"
pytestmark = pytest.mark.django_db


def test_every_section_has_somebody_who_writes_it():
    assert set(WRITERS) == set(SectionKey)


@pytest.mark.parametrize(
    ("organisation", "programme", "day"),
    [
        pytest.param("lincolnshire", "stable-homes", COMMITTEE_DAY, id="a council with positions"),
        pytest.param("blackpool", "independent-review", TODAY, id="positions on a review"),
        pytest.param("dorset", "stable-homes", TODAY, id="a council without positions"),
        pytest.param("local-government-association", "stable-homes", TODAY, id="a national body"),
        pytest.param("lincolnshire", "national-framework", TODAY, id="a programme without pillars"),
        pytest.param("lincolnshire", "stable-homes", BEFORE, id="before anything was published"),
    ],
)
def test_every_section_of_every_layout_says_something(organisation: str, programme: str, day: date):
    for layout, depth in product(Layout, Depth):
        report = filled(organisation, programme, day=day, layout=layout, depth=depth)
        assert [(each.key, each.heading) for each in report.sections] == [
            (plan.key, plan.heading) for plan in LAYOUTS[layout]
        ]
        assert [each.key for each in report.sections if not words(each).strip()] == []
        assert all(block.text or block.rows for block in blocks(report))
        assert not report.has_drafts


class TestLincolnshire:
    """Its report to its committee of 21 April 2023, at headlines."""

    @pytest.fixture
    def report(self):
        return filled("lincolnshire", day=COMMITTEE_DAY)

    @pytest.mark.parametrize(
        ("key", "said"),
        [
            ("summary", "Lincolnshire has a published position on 6 of 6 pillars."),
            ("summary", "3 consultations can be answered on 21 April 2023"),
            ("actions-required", f"{COMMITTEE} is invited to:"),
            ("actions-required", "“The strategy for children's social care”, which closes on 11 May 2023"),
            ("background", "Pillar 4: Children in care and care leavers"),
            ("background", "What is proposed"),
            ("background", "Lincolnshire’s current position"),
            ("background", "As published on 21 April 2023, recorded from a public document:"),
            ("background", "Our fostering service is well established"),
            ("background", "Money that sources name for it comes to £81m (£30m + £24m + £24m + £3m)."),
            ("background", "Mission 2. Homes for children in care"),
            ("pilots", "Families First for Children pathfinders"),
            ("pilots", "Lincolnshire: expressed an interest, said on 21 April 2023."),
            ("consultations", "Closes 11 May 2023 at 11:59pm."),
            ("consultations", "Promised for “in Autumn 2023”, that is starting 1 September to 30 November 2023."),
            ("framework", "As at 21 April 2023 it has 4 outcomes, 2 enablers and 5 principles."),
            ("rules", "We welcome action on the difference in salary between agency workers and social workers"),
            ("conclusion", "The consultation “The strategy for children's social care” closes on 11 May 2023."),
            ("consulted", "Hold several virtual sessions where staff can answer each question"),
            ("financial", "The headline is £200m"),
            ("financial", "SH-4-01 | Itemised | £27m"),
            ("appendices", "SH-4-07 | Introduce opt-out independent advocacy"),
            ("appendices", "over 8%"),
            ("papers", "Lincolnshire's report to its scrutiny committee, Lincolnshire, 21 April 2023"),
        ],
    )
    def test_says_what_is_recorded(self, report, key: str, said: str):
        assert said in words(section(report, key))

    @pytest.mark.parametrize(
        ("key", "honestly"),
        [
            ("risks", "No risk or impact is recorded here for Lincolnshire as at 21 April 2023."),
            ("equalities", "Nothing is recorded here about the effect of this on people who share"),
            ("financial", "Nothing is recorded here about what this would cost Lincolnshire"),
            ("framework", "No position of Lincolnshire on this is recorded here"),
            ("consultations", "No answer of Lincolnshire is recorded here."),
        ],
    )
    def test_says_what_is_not(self, report, key: str, honestly: str):
        assert honestly in words(section(report, key))

    def test_each_paragraph_of_a_position_names_the_position(self, report):
        said = [block for block in section(report, "background").blocks if "fostering service" in block.text]
        assert [block.source for block in said] == ["position:lincolnshire/SH-4"]
        assert all(block.stamp for block in blocks(report) if block.source)

    def test_knows_nothing_of_later_days(self, report):
        later = words(filled("lincolnshire"))
        for told in ("Outcome (", "15 December 2023", "whose window has passed, with something reported"):
            assert told in later
            assert told not in words(report)

    def test_holds_only_the_pillars_that_were_chosen(self):
        chosen = Pillar.objects.filter(programme__slug="stable-homes", number__in=[1, 4])
        background = words(section(filled("lincolnshire", pillars=list(chosen), day=COMMITTEE_DAY), "background"))
        assert "Pillar 1: Family help" in background
        assert "Pillar 4: Children in care" in background
        assert "Pillar 2" not in background
        assert "Early Help" in background


def test_every_commitment_is_set_out_at_full_depth():
    report = filled("lincolnshire", depth=Depth.EVERY)
    found = Commitment.objects.filter(programme__slug="stable-homes", pillar__isnull=False, merged_into=None)
    background = words(section(report, "background"))
    assert [each.reference for each in found if f"{each.reference} " not in background] == []
    assert "“by the end of 2023”, that is by 31 December 2023" in background
    sources = {block.source for block in section(report, "background").blocks}
    assert {f"commitment:{each.reference}" for each in found.filter(parent=None)} <= sources


def test_headlines_set_out_none():
    background = section(filled("lincolnshire"), "background")
    assert not [block for block in background.blocks if block.source.startswith("commitment:")]


def test_a_review_says_what_became_of_what_it_asked():
    report = filled("blackpool", "independent-review", layout=Layout.REFLECTION)
    assert "58 of 75 taken up in some form, 4 rejected, 13 not mentioned" in words(section(report, "summary"))
    assert "It rests on IR-4-10, which Stable Homes rejected" in words(section(report, "background"))
    risks = words(section(report, "risks"))
    assert "would lose their present role. (rests on IR-2-02)" in risks
    assert "£70,000" in words(section(report, "financial"))
    assert "What is asked for comes to £" in words(section(report, "financial"))
    assert "IR-4-10 | " in words(section(report, "appendices"))


def test_a_figure_that_the_words_have_is_not_said_twice():
    risks = words(section(filled("blackpool", "independent-review"), "risks"))
    assert risks.count("4.8 full-time") == 1


class TestADayBeforeAnythingWasPublished:
    @pytest.fixture(params=[Depth.HEADLINE, Depth.EVERY])
    def report(self, request):
        return filled("lincolnshire", day=BEFORE, depth=request.param)

    @pytest.mark.parametrize(
        ("key", "honestly"),
        [
            ("summary", "On that day nothing of Stable Homes was public, as far as is recorded here."),
            ("actions-required", f"Nothing is asked of {COMMITTEE}: nothing of Stable Homes was public on"),
            ("background", "Nothing of Stable Homes that was public on 1 January 2020 is recorded here."),
            ("pilots", "No pathfinder or pilot is recorded here for this, as at 1 January 2020."),
            ("consultations", "No consultation is recorded here about this, as at 1 January 2020."),
            ("framework", "Nothing is recorded here about the national framework as at 1 January 2020."),
            ("rules", "Nothing is recorded here about the national rules as at 1 January 2020."),
            ("conclusion", "No date ahead is recorded here as at 1 January 2020."),
            ("financial", "No money is recorded here"),
            ("appendices", "There are no appendices."),
            ("papers", "No document that was public on the day is cited."),
        ],
    )
    def test_it_says_so(self, report, key: str, honestly: str):
        assert honestly in words(section(report, key))

    def test_no_pillar_commitment_or_position_is_named(self, report):
        said = words(report)
        titles = Pillar.objects.filter(programme__slug="stable-homes").values_list("title", flat=True)
        assert [title for title in titles if title in said] == []
        assert "SH-" not in said
        assert "Early Help" not in said


# Made up


def make_asked(*, pillars: int = 1) -> tuple[Programme, list[Pillar]]:
    """A strategy in so many pillars, each with a whole commitment and a part."""
    programme = make_programme(kind=Programme.Kind.STRATEGY)
    return programme, [_with_commitments(make_pillar(programme)) for _ in range(pillars)]


def _with_commitments(pillar: Pillar) -> Pillar:
    whole = make_commitment(pillar=pillar, programme=pillar.programme)
    make_commitment(pillar=pillar, programme=pillar.programme, parent=whole)
    return pillar


def whole_of(pillar: Pillar) -> Commitment:
    return pillar.commitments.get(parent=None)


def test_a_single_commitment_has_its_own_words():
    programme, (pillar,) = make_asked()
    council = make_council().organisation
    position = make_position(council, None, programme=programme, commitment=whole_of(pillar))
    make_version(position, text="We have *begun* it.\n\n- Not a list.")
    for depth in Depth:
        report = filled(council, programme, [pillar], depth=depth)
        background = words(section(report, "background"))
        assert "We have *begun* it." in background
        assert ("- Not a list." in background) != ("1 further paragraph can be read" in background)
        assert f"position:{position.reference}" in {block.source for block in blocks(report)}
        assert "No position is recorded here" not in words(section(report, "background"))


def test_what_was_written_here_keeps_its_lists_and_recorded_words_their_marks():
    programme, (pillar,) = make_asked()
    written, recorded = make_council().organisation, make_council().organisation
    text = "# Begun\n\n- One\n- Two"
    make_version(make_position(written, pillar), text=text, origin=PositionVersion.Origin.WRITTEN)
    make_version(make_position(recorded, pillar), text=text)
    texts = [block.text for block in section(filled(written, programme, [pillar]), "background").blocks]
    assert "### Begun" in texts
    assert "- One\n- Two" in texts
    assert r"\# Begun" in [block.text for block in section(filled(recorded, programme, [pillar]), "background").blocks]


def test_a_position_on_a_framework_stands_with_the_framework_and_in_a_report_of_its_own():
    programme, (pillar,) = make_asked()
    framework = make_programme(kind=Programme.Kind.FRAMEWORK)
    outcome = make_commitment(framework)
    council = make_council().organisation
    make_version(make_position(council, None, programme=framework), text="We wrote to it.")
    make_version(make_position(council, None, programme=framework, commitment=outcome), text="We do it.")
    around = words(section(filled(council, programme, [pillar]), "framework"))
    own = words(section(filled(council, framework, []), "background"))
    for told in (around, own):
        assert "We wrote to it." in told
        assert "We do it." in told
        assert told.count("We do it.") == 1


def test_a_position_on_the_whole_stands_before_the_pillars():
    programme, (pillar,) = make_asked()
    council = make_council().organisation
    assert "as a whole" not in words(section(filled(council, programme, [pillar]), "background"))
    make_version(make_position(council, None, programme=programme), text="All of it is welcome.")
    background = words(section(filled(council, programme, [pillar]), "background"))
    assert background.index("All of it is welcome.") < background.index(pillar.title)


def test_a_programme_without_pillars_is_set_out_in_one_piece():
    report = filled("lincolnshire", "national-framework", depth=Depth.EVERY)
    background = words(section(report, "background"))
    assert "NF-O1 Help families to stay together" in background
    assert "Lincolnshire’s current position\nNo position is recorded here" in background


def test_erased_words_are_not_given():
    programme, (pillar,) = make_asked()
    council = make_council().organisation
    make_version(make_position(council, pillar), text="", erased_at=NOW, reason="It named a child.")
    assert "The words of this version were erased. It named a child." in words(filled(council, programme, [pillar]))


def test_what_was_promised_together_with_what_was_reported():
    programme, (pillar,) = make_asked()
    commitment = whole_of(pillar)
    make_deadline(commitment, words="by the end of 2023", latest=date(2023, 12, 31))
    make_update(commitment, status="under_way", happened_on=date(2024, 6, 20), summary="Half is done.")
    make_mission(programme, pillar=pillar, title="Homes for all")
    background = words(
        section(filled(make_council().organisation, programme, [pillar], depth=Depth.EVERY), "background")
    )
    assert "When: “by the end of 2023”, that is by 31 December 2023." in background
    assert "window passed, last reported under way on 20 June 2024" in background
    assert "Last reported, 20 June 2024: Half is done." in background
    assert "Homes for all" in background


def test_money_is_added_once_and_in_pounds_of_one_kind():
    programme, (pillar,) = make_asked()
    commitment = whole_of(pillar)
    whole = make_funding(commitment, amount=27_000_000)
    make_funding(commitment, amount=3_000_000, part_of=whole)
    make_funding(commitment, amount=9_000_000)
    make_funding(commitment, amount=500, shape=FundingLine.Shape.RATE, per="child")
    make_funding(commitment, amount=800_000_000, role=FundingLine.Role.CONTEXT)
    financial = words(section(filled(make_council().organisation, programme, [pillar]), "financial"))
    assert "comes to £36m (£27m + £9m). 1 line of money cannot be added" in financial
    assert "Lines marked “Context” are figures that a body quotes" in financial


def test_risks_come_from_positions_area_by_area():
    programme, (pillar,) = make_asked()
    council = make_council().organisation
    version = make_version(make_position(council, pillar))
    make_impact(version, whole_of(pillar), area="staff", summary="Two more posts")
    make_claim(version, kind="concern", text="It comes too soon")
    told = section(filled(council, programme, [pillar]), "risks")
    assert words(told).split("\n") == [
        "Staff",
        f"Two more posts. (rests on {whole_of(pillar).reference})",
        "Concerns",
        "It comes too soon.",
    ]


@pytest.mark.parametrize(
    ("meeting_on", "said"),
    [
        (date(2023, 5, 11), "give its views for the consultation “Ours”, which closes on 11 May 2023"),
        (date(2023, 5, 12), "note that the consultation “Ours” closes on 11 May 2023, before this meeting"),
    ],
)
def test_a_consultation_may_close_before_the_meeting(meeting_on: date, said: str):
    programme, pillars = make_asked()
    make_consultation(title="Ours", programme=programme, closes_on=date(2023, 5, 11))
    report = filled(make_council().organisation, programme, pillars, day=COMMITTEE_DAY, meeting_on=meeting_on)
    assert said in words(section(report, "actions-required"))


def test_an_answer_is_told_once_it_is_public():
    programme, pillars = make_asked()
    council = make_council().organisation
    consultation = make_consultation(programme=programme)
    make_response(consultation, organisation=council)
    other = make_consultation(programme=programme)
    make_response(other, organisation=council, origin=PositionVersion.Origin.WRITTEN)
    told = section(filled(council, programme, pillars, day=COMMITTEE_DAY), "consultations")
    by_source = {block.source: block.text for block in told.blocks}
    assert f"{council.name} answered on" in by_source[f"response:{consultation.slug}/{council.slug}"]
    assert by_source[f"response:{other.slug}/{council.slug}"] == f"No answer of {council.name} is recorded here."


def test_marks_in_names_do_no_harm():
    programme, (pillar,) = make_asked()
    Pillar.objects.filter(pk=pillar.pk).update(title="*Homes* & <love> [x](https://example.org) #")
    pillar.refresh_from_db()
    council = make_council(name="Ł'ódź & <b>東京</b>").organisation
    report = filled(council, programme, [pillar], committee_name="1. Board _of_ #1")
    assert "Ł'ódź & <b>東京</b>’s current position" in words(report)
    assert (
        f"{programme.pillar_noun.capitalize()} {pillar.number}: *Homes* & <love> [x](https://example.org) #"
        in words(report)
    )
    assert "1. Board _of_ #1 is invited to:" in words(report)


# Drafts


class TestDrafts:
    """The council's officer writes about a pillar; nothing is published."""

    @pytest.fixture
    def cast(self) -> Cast:
        return make_cast()

    @pytest.fixture
    def asked(self, cast: Cast) -> tuple[Programme, list[Pillar]]:
        programme, pillars = make_asked()
        subject = Subject(programme, pillars[0])
        points = (Point("concern", f"Point {CANARY}"), Point("fact", f"Fact {CANARY}"))
        impacts = (Consequence("money", f"Cost {CANARY}", "70000"), Consequence("staff", f"Posts {CANARY}"))
        content = Content(f"# Draft {CANARY}\n\nWords {CANARY}.", points=points, impacts=impacts)
        write(start(cast, subject), content, by=cast.officer)
        single = start(cast, Subject(programme, None, whole_of(pillars[0])))
        write(single, Content(f"Single {CANARY}."), by=cast.officer)
        return programme, pillars

    @pytest.mark.parametrize("layout", Layout)
    @pytest.mark.parametrize("depth", Depth)
    def test_never_unasked(self, cast: Cast, asked, layout: str, depth: str):
        report = filled(cast.council, *asked, layout=layout, depth=depth)
        assert CANARY not in repr(report)
        assert not report.has_drafts
        assert not any(block.is_draft or block.source.startswith("draft:") for block in blocks(report))

    @pytest.mark.parametrize("who", ["scrutiny_member", "stranger", "administrator"])
    def test_never_for_those_who_may_not_read_them(self, cast: Cast, asked, who: str):
        report = filled(cast.council, *asked, drafts_of=getattr(cast, who))
        assert CANARY not in repr(report)
        assert not report.has_drafts

    @pytest.mark.parametrize("who", ["contributor", "officer", "approver"])
    @pytest.mark.parametrize("layout", Layout)
    def test_marked_as_such_for_those_who_may(self, cast: Cast, asked, who: str, layout: str):
        report = filled(cast.council, *asked, drafts_of=getattr(cast, who), layout=layout)
        assert report.has_drafts
        drafted = [block for block in blocks(report) if CANARY in repr(block)]
        assert len(drafted) >= 6
        assert all(block.is_draft for block in drafted)
        assert {block.source.partition(":")[0] for block in drafted} == {"draft"}
        kept = {each.key for each in report.sections if CANARY in repr(each)}
        assert kept == {"background", "risks", "financial"}

    def test_what_is_published_stands_beside_them_unmarked(self, cast: Cast, asked):
        position = PositionVersion.objects.get(position__organisation=cast.council, position__commitment=None).position
        make_version(position, text="Published words.", number=7)
        report = filled(cast.council, *asked, drafts_of=cast.officer)
        (said,) = [block for block in blocks(report) if "Published words." in block.text]
        assert not said.is_draft
        assert said.source == f"position:{position.reference}"

    def test_those_of_another_council_stay_with_it(self, cast: Cast, asked):
        both = make_member(cast.other_council, Membership.Role.OFFICER)
        Membership.objects.create(user=both, organisation=cast.council, role=Membership.Role.OFFICER)
        assert CANARY not in repr(filled(cast.other_council, *asked, drafts_of=both))

    def test_an_empty_one_is_none(self, cast: Cast):
        programme, pillars = make_asked()
        start(cast, Subject(programme, pillars[0]))
        assert not filled(cast.council, programme, pillars, drafts_of=cast.officer).has_drafts


# How much it asks


def make_much(council, pillar: Pillar) -> None:
    """All that a report tells of, on one pillar."""
    commitment = whole_of(pillar)
    make_deadline(commitment)
    make_funding(commitment)
    make_update(commitment)
    make_mission(pillar.programme, pillar=pillar)
    version = make_version(make_position(council, pillar))
    make_claim(version, commitment)
    make_impact(version, commitment)
    make_version(make_position(council, None, programme=pillar.programme, commitment=commitment))
    pilot = make_pilot(commitment)
    make_wave(pilot)
    make_participation(council, pilot)
    make_response(make_consultation(programme=pillar.programme, promised_by=commitment), organisation=council)
    make_consultation(programme=pillar.programme, is_promised=True, promised_by=commitment)


@pytest.mark.parametrize("depth", Depth)
def test_the_queries_do_not_grow_with_the_report(depth: str):
    programme, pillars = make_asked(pillars=6)
    council = make_council().organisation
    for pillar in pillars:
        make_much(council, pillar)
    filled(council, programme, pillars, depth=depth)
    one = count_queries(lambda: filled(council, programme, pillars[:1], depth=depth))
    six = count_queries(lambda: filled(council, programme, pillars, depth=depth))
    assert one == six
    assert six <= 70
