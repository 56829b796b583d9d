"""One council: where it says it stands, its pilots and its timetable, and what is asked of every council."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from councils.models import Council, Position, PositionVersion
from pillars.models import Commitment, Pilot
from tests.builders import make_commitment, make_council, make_position, make_programme, make_version
from tests.reforms.pages.making import make_claim, make_participation
from tests.reforms.pages.reading import links_of, main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

State = PositionVersion.State
PILLARS = [
    "1. Family help", "2. Child protection", "3. Family networks", "4. Children in care and care leavers",
    "5. Social workers", "6. Learning, evidence and data",
]  # fmt: skip


def ask(client: Client, slug: str = "lincolnshire", day: str = "2023-04-21"):
    return client.get(f"/councils/{slug}/", {"as_at": day} if day else {})


class TestPositions:
    def test_every_pillar_in_order(self, public: Client):
        words = main_of(ask(public)).partition("Where it stands on Stable Homes")[2]
        places = [words.find(title) for title in PILLARS]

        assert -1 not in places
        assert places == sorted(places)

    @pytest.mark.parametrize(
        "words",
        [
            "In 2020/21 there were 63 special guardianship orders",
            "Over 8% of our children in care",
            "Robin House will open in 2023.",
            "Riverhead will open in 2024.",
            "15 supernumerary roles",
            "Mosaic",
        ],
    )
    def test_every_claim_is_there(self, public: Client, words: str):
        assert words in main_of(ask(public))

    def test_what_a_claim_says_of_readiness_stands_before_it(self, public: Client):
        assert "Well placed: Our virtual school is well placed" in main_of(ask(public))

    def test_claim_overtaken_by_time(self, public: Client):
        assert "Overtaken" not in main_of(ask(public, day="2023-12-31"))
        assert "Robin House will open in 2023. Overtaken by 1 January 2024" in main_of(ask(public, day="2024-01-01"))

    @pytest.mark.parametrize(
        ("day", "reason"),
        [
            ("2023-10-22", "Stale: review was due by 21 October 2023"),
            ("2024-01-01", "review was due by 21 October 2023; 1 point overtaken by 1 January 2024"),
            ("2025-01-01", "review was due by 21 October 2023; 2 points overtaken by 1 January 2025"),
        ],
    )
    def test_stale(self, public: Client, day: str, reason: str):
        assert reason in main_of(ask(public, day=day))

    @pytest.mark.parametrize("day", ["2023-04-21", "2023-06-28"])
    def test_current(self, public: Client, day: str):
        """On 29 June it was told that a consultation on what one of them covers had opened."""
        assert "Stale:" not in main_of(ask(public, day=day))

    def test_nothing_recorded(self, public: Client):
        words = main_of(ask(public, "kent"))

        assert "None recorded here No position of this council is recorded here by this day." in words
        assert "That says nothing about its services." in words

    def test_before_the_report(self, public: Client):
        assert "None recorded here" in main_of(ask(public, day="2023-04-20"))

    def test_position_on_one_commitment_and_on_the_whole(self, public: Client):
        council = Council.objects.get(organisation__slug="kent")
        commitment = Commitment.objects.get(reference="SH-4-02")
        one = Position.objects.create(
            organisation=council.organisation, programme=commitment.programme, commitment=commitment
        )
        whole = make_position(council.organisation, programme=make_programme(title="Another plan"))
        make_version(one, text="On one commitment.")
        make_version(whole, text="On the whole.")
        words = main_of(ask(public, "kent"))

        assert "On one commitment." in words
        assert "On the whole." in words
        assert "Where it stands on Another plan" in words

    @pytest.mark.parametrize(("number", "is_folded"), [(6, False), (7, True)])
    def test_many_positions_on_single_commitments_are_folded_by_pillar(
        self, public: Client, number: int, is_folded: bool
    ):
        council = Council.objects.get(organisation__slug="kent")
        references = [*(f"SH-1-0{place}" for place in range(1, 7)), "SH-4-01"][:number]
        for commitment in Commitment.objects.filter(reference__in=references).order_by("reference"):
            position = make_position(council.organisation, programme=commitment.programme, commitment=commitment)
            version = make_version(position, text=f"Kent on {commitment.reference}.")
        html = ask(public, "kent").content.decode()

        assert f"Kent on {commitment.reference}." in html
        assert f'id="position-{version.position_id}"' in html
        assert ('<details class="govuk-details" open>' in html) != is_folded
        assert "1. Family help (6)" in html

    def test_position_on_a_commitment_that_was_not_known_yet_is_not_there(self, public: Client):
        council = Council.objects.get(organisation__slug="kent")
        commitment = make_commitment(known_on=date(2023, 6, 1), title="A secret of June")
        make_version(make_position(council.organisation, programme=commitment.programme, commitment=commitment))

        assert "A secret of June" not in main_of(ask(public, "kent"))
        assert "A secret of June" in main_of(ask(public, "kent", "2023-06-01"))

    def test_words_written_here_are_not_called_recorded(self, public: Client):
        version = make_version(origin="written")

        words = main_of(ask(public, version.position.organisation.slug))

        assert "Where we stand." in words
        assert "Recorded by us" not in words


class TestVersions:
    @pytest.fixture
    def moved_on(self) -> PositionVersion:
        """A first version of April 2023, and the next of September."""
        position = make_position()
        make_version(position, state=State.SUPERSEDED, published_on=date(2023, 4, 1), text="What we said first.")
        return make_version(position, published_on=date(2023, 9, 1), text="What we say now.")

    def test_first_stands_until_the_next(self, public: Client, moved_on):
        slug = moved_on.position.organisation.slug

        assert "What we said first." in main_of(ask(public, slug, "2023-08-31"))
        assert "What we say now." not in main_of(ask(public, slug, "2023-08-31"))
        assert "What we say now." in main_of(ask(public, slug, "2023-09-01"))
        assert "What we said first." not in main_of(ask(public, slug, "2023-09-01"))

    def test_withdrawn_version_is_gone(self, public: Client):
        version = make_version(state=State.WITHDRAWN, text="Taken back.")
        words = main_of(ask(public, version.position.organisation.slug))

        assert "Taken back." not in words
        assert "None recorded here" in words


class TestBlackpool:
    """What the Independent Review would mean there, and what became of what that rests on."""

    def part(self, client: Client, number: int, day: str = "2023-04-21") -> str:
        titles = ["1. Family help", "2. Child protection", "3. Family networks", "4. Homes and voice", "5. Care-exp"]
        words = main_of(ask(client, "blackpool", day)).partition("Where it stands on Independent Review")[2]
        return words.partition(titles[number - 1])[2].partition(titles[number])[0]

    def test_what_would_change_about_conference_chairs_and_at_what_size(self, public: Client):
        words = self.part(public, 2)

        assert "What it would change: staff (3): 4.8 full-time equivalent posts at grade H4, 1 manager at" in words
        assert "4.8 full-time equivalent posts at grade H4 The chairs of child protection conferences" in words
        assert "1 manager at grade H5 The manager of the child protection chairs" in words
        assert "£70,000 The council has already put £70,000 into advocacy" in words
        assert "Rests on IR-2-02 Not mentioned Blackpool report, 2.2 para 5" in words

    def test_what_it_rests_on_can_be_followed(self, public: Client):
        assert "/commitments/IR-2-02/?as_at=2023-04-21" in links_of(ask(public, "blackpool"))

    def test_no_change_needed_stands_open(self, public: Client):
        assert "What it would change Systems No change needed in the council's own service" in self.part(public, 3)

    def test_warning_where_the_reviewing_officers_would_go(self, public: Client):
        warning = (
            "Rests on IR-4-10, which Stable Homes rejected; and on IR-2-05 and IR-4-12, which it does not mention "
            "(inferred by us)"
        )

        assert warning in self.part(public, 4)
        assert "Rests on IR-3" not in self.part(public, 3).partition("What it would change")[0]

    @pytest.mark.parametrize("day", ["2022-12-01", "2023-02-01"])
    def test_no_warning_before_the_answer(self, public: Client, day: str):
        words = self.part(public, 4, day)

        assert "The role and function of the Independent Reviewing Officer (IRO) service would end." in words
        assert "Stable Homes" not in words
        assert "Rejected" not in words
        assert "Rests on IR-4-10 Blackpool report, 2.4 para 8" in words

    def test_day_of_our_own_reading_is_called_so(self, public: Client):
        assert "Published 30 November 2022 (day inferred by us)" in self.part(public, 1)
        assert "(day inferred by us)" not in main_of(ask(public))


class TestBeside:
    def test_what_is_asked_of_every_council(self, public: Client):
        words = main_of(ask(public, "kent"))

        assert "Asked of every council" in words
        assert words.count("Closes in 20 days, on 11 May 2023 at 11:59pm") == 3

    def test_nothing_closes(self, public: Client):
        assert "No consultation closes in the next 28 days." in main_of(ask(public, day="2023-06-01"))

    def test_comparison_is_a_link_away(self, public: Client):
        assert "/councils/kent/compare/stable-homes/?as_at=2023-04-21" in links_of(ask(public, "kent"))

    def test_comparison_with_every_programme_is_offered(self, public: Client):
        links = [url for url in links_of(ask(public)) if "/compare/" in url]

        assert {url.split("/compare/")[1].split("/")[0] for url in links} == {
            "stable-homes", "independent-review", "national-framework", "agency-rules",
        }  # fmt: skip

    def test_pilots(self, public: Client):
        words = main_of(ask(public)).partition("Pathfinders and pilots")[2]

        assert "Early career framework early adopters Expressed an interest, said 21 April 2023" in words
        assert "Additional social work apprentices Expressed an interest, said 21 April 2023" in words

    def test_selected(self, public: Client):
        council = Council.objects.get(organisation__slug="kent")
        pilot = Pilot.objects.get(slug="regional-care-cooperatives")
        make_participation(council.organisation, pilot, status="selected", known_on=date(2023, 4, 1))

        assert "Selected, said 1 April 2023" in main_of(ask(public, "kent"))

    def test_timetable(self, public: Client):
        words = main_of(ask(public)).partition("Its timetable for answering")[2]

        assert "“on 3 May”" in words
        assert "In 12 days" in words

    def test_council_without_a_timetable(self, public: Client):
        assert "Its timetable for answering" not in main_of(ask(public, "kent"))


class TestCouncil:
    @pytest.mark.parametrize(
        ("slug", "words"),
        [
            ("lincolnshire", "Council, East Midlands Lincolnshire County."),
            ("westmorland-and-furness", "Unitary. Formed 1 April 2023. Before: Cumbria."),
            ("city-of-london", "City of London"),
            ("isles-of-scilly", "Isles of Scilly"),
            ("bournemouth-christchurch-and-poole", "Bournemouth, Christchurch and Poole"),
        ],
    )
    def test_says_what_it_is(self, public: Client, slug: str, words: str):
        assert words in main_of(ask(public, slug))

    @pytest.mark.parametrize(
        ("slug", "day", "status"),
        [
            ("cumbria", "2023-03-31", 200),
            ("cumbria", "2023-04-01", 200),
            ("cumberland", "2023-03-31", 404),
            ("cumberland", "2023-04-01", 200),
            ("northamptonshire", "2021-03-31", 200),
            ("north-northamptonshire", "2021-03-31", 404),
            ("west-northamptonshire", "2021-04-01", 200),
        ],
    )
    def test_page_is_there_from_the_first_day_of_the_council(self, public: Client, slug: str, day: str, status: int):
        assert ask(public, slug, day).status_code == status

    def test_note(self, public: Client):
        council = make_council(note="Shares its services with another council.")

        assert "Shares its services with another council." in main_of(ask(public, council.slug))

    def test_longest_name(self, public: Client):
        council = make_council(name="W" * 150, full_name="W" * 150)

        assert "W" * 150 in main_of(ask(public, council.slug))


def test_every_figure_of_it_can_be_followed_to_its_place(public: Client):
    version = make_version()
    make_claim(version, text="A claim.", figure=3)

    assert ask(public, version.position.organisation.slug).status_code == 200
    assert any("#place-" in url for url in links_of(ask(public)))


def test_what_kind_of_council_it_is_names_its_source(public: Client):
    """Its type and region are facts like any other; before the source came out there is none to name."""
    assert "/sources/ons-authority-codes/#place-" in public.get("/councils/kent/").content.decode()
    assert "ons-authority-codes" not in public.get("/councils/kent/", {"as_at": "2023-03-31"}).content.decode()


class TestFlags:
    """Its own stale positions, a few of them, and the way to all."""

    def test_not_while_they_are_current(self, public: Client):
        assert "Position stale" not in main_of(ask(public, day="2023-06-28"))

    def test_a_few_and_the_way_to_all(self, public: Client):
        response = ask(public, day="2023-10-22")

        assert "Position stale 6" in main_of(response)
        assert "Lincolnshire: 1. Family help Review was due by 21 October 2023" in main_of(response)
        assert "Position stale: all 6" in main_of(response)
        assert "/flags/?kind=position_stale&organisation=lincolnshire&as_at=2023-10-22" in links_of(response)

    def test_not_those_of_another(self, public: Client):
        assert "Position stale" not in main_of(ask(public, "devon", day="2023-10-22"))
