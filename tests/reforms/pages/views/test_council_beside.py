"""A council's page besides its own words: region, answers, pilots, what the nation promises, and what followed it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from councils.models import PositionVersion
from tests.builders import (
    make_consultation,
    make_council,
    make_organisation,
    make_position,
    make_region,
    make_response,
    make_version,
)
from tests.reforms.pages.reading import links_of, main_of, table_rows
from tests.reforms.pages.views.test_council import PILLARS, ask

pytestmark = [pytest.mark.django_db, pytest.mark.once]

State = PositionVersion.State


class TestAbolished:
    """Cumbria and Northamptonshire were each followed by two councils, Bournemouth and Poole by one."""

    @pytest.mark.parametrize(
        ("slug", "day", "last_day", "after"),
        [
            ("cumbria", "", "31 March 2023", ["cumberland", "westmorland-and-furness"]),
            ("cumbria", "2023-04-01", "31 March 2023", ["cumberland", "westmorland-and-furness"]),
            ("northamptonshire", "", "31 March 2021", ["north-northamptonshire", "west-northamptonshire"]),
            ("north-yorkshire-county-council", "", "31 March 2023", ["north-yorkshire"]),
            ("poole", "2020-01-01", "31 March 2019", ["bournemouth-christchurch-and-poole"]),
            ("dorset-county-council", "", "31 March 2019", ["bournemouth-christchurch-and-poole", "dorset"]),
        ],
    )
    def test_says_so_and_what_followed(self, public: Client, slug: str, day: str, last_day: str, after: list[str]):
        response = ask(public, slug, day)
        links = [url.partition("?")[0] for url in links_of(response)]

        assert response.status_code == 200
        assert f"This council was abolished. Its last day was {last_day}." in main_of(response)
        own = f"/councils/{slug}/"
        assert [url for url in links if url.startswith("/councils/") and url.count("/") == 3 and url != own] == [
            f"/councils/{each}/" for each in after
        ]

    def test_its_own_last_day_is_a_link_away(self, public: Client):
        assert "/councils/cumbria/?as_at=2023-03-31" in links_of(ask(public, "cumbria", ""))
        assert "This council was abolished" not in main_of(ask(public, "cumbria", "2023-03-31"))

    def test_no_page_answers_for_a_day_before_2020(self, public: Client):
        assert "Its page as it stood on its last day" not in main_of(ask(public, "poole", ""))

    def test_it_names_its_source(self, public: Client):
        assert "/sources/ons-authority-codes/#place-" in ask(public, "cumbria", "").content.decode()

    def test_it_is_in_no_list_of_the_day(self, public: Client):
        assert "/councils/cumbria/" not in links_of(public.get("/councils/"))
        assert "/councils/cumbria/?as_at=2023-03-31" in links_of(public.get("/councils/?as_at=2023-03-31"))

    def test_nothing_of_it_is_compared(self, public: Client):
        assert public.get("/councils/cumbria/compare/stable-homes/").status_code == 404

    def test_what_followed_leads_back(self, public: Client):
        assert "/councils/cumbria/?as_at=2023-04-21" in links_of(ask(public, "cumberland"))


class TestRegion:
    def test_its_alliance_and_how_we_know(self, public: Client):
        words = main_of(ask(public, "kent")).partition("Its region")[2]

        assert "South East Sector Led Improvement Programme (inferred by us). Seen: its name" in words
        assert "/organisations/south-east-improvement-alliance/?as_at=2023-04-21" in links_of(ask(public, "kent"))
        assert "/councils/?region=south-east&as_at=2023-04-21" in links_of(ask(public, "kent"))

    def test_an_alliance_that_was_not_known_yet_is_not_named(self, public: Client):
        allies = make_organisation(name="Later allies")
        region = make_region(alliance=allies, alliance_basis="stated", known_on=date(2023, 6, 1))
        council = make_council(region=region)

        assert "Later allies" not in main_of(ask(public, council.slug))
        assert "Later allies" in main_of(ask(public, council.slug, "2023-06-01"))

    def test_others_there_that_have_been_heard(self, public: Client):
        assert "/councils/lincolnshire/?as_at=2023-04-21" in links_of(ask(public, "derbyshire"))
        assert "/councils/lincolnshire/?as_at=2023-04-20" not in links_of(ask(public, "derbyshire", "2023-04-20"))
        assert "No other council there has a position recorded here by this day." in main_of(ask(public))

    def test_a_draft_is_not_heard(self, public: Client):
        region = make_region()
        council, other = make_council(region=region), make_council(region=region, name="Telmar")
        make_version(make_position(other.organisation), state=State.DRAFT, published_on=None, known_on=date(2023, 2, 2))

        assert "Telmar" not in main_of(ask(public, council.slug))

    def test_one_that_is_no_more_is_not_there(self, public: Client):
        region = make_region()
        council, other = make_council(region=region), make_council(region=region, ends_on=date(2023, 4, 21))
        make_version(make_position(other.organisation))
        address = f"/councils/{other.slug}/"

        assert f"{address}?as_at=2023-04-21" in links_of(ask(public, council.slug))
        assert f"{address}?as_at=2023-04-22" not in links_of(ask(public, council.slug, "2023-04-22"))

    def test_nothing_is_said_of_statistical_neighbours(self, public: Client):
        """None are imported."""
        assert "neighbour" not in main_of(ask(public, "kent")).lower()


class TestPromised:
    """What the nation promises, for a council that has said nothing of it."""

    def test_every_pillar_with_its_counts(self, public: Client):
        response = ask(public, "kent")
        rows = [row for row in table_rows(response) if row[0][:2] in {f"{number}." for number in range(1, 7)}]

        assert [row[0] for row in rows] == PILLARS
        assert all(int(row[1]) == sum(map(int, row[2:])) > 0 for row in rows)
        assert "/programmes/stable-homes/pillars/4/?as_at=2023-04-21" in links_of(response)

    @pytest.mark.parametrize("day", ["2023-02-02", "2023-04-21", ""])
    def test_the_counts_are_those_of_the_programme(self, public: Client, day: str):
        glance = public.get("/programmes/stable-homes/", {"as_at": day} if day else {}).context["glance"]
        promised = ask(public, "kent", day).context["promised"]

        assert [counts for _pillar, counts in promised.pillars] == [each.counts for each in glance.pillars]

    def test_next_dates(self, public: Client):
        words = main_of(ask(public, "kent")).partition("Its next dates")[2]

        assert "Window open, 40 days left “in Spring 2023”" in words.partition("All its dates")[0]

    def test_every_date_has_passed(self, public: Client, monkeypatch):
        monkeypatch.setattr("reforms.pages.for_council.COMING", ())

        assert "Every window it gives has passed by this day." in main_of(ask(public, "kent"))

    def test_not_before_it_was_published(self, public: Client):
        assert "What the nation promises" not in main_of(ask(public, "kent", "2023-02-01"))

    @pytest.mark.parametrize(("slug", "is_told"), [("lincolnshire", False), ("blackpool", True), ("kent", True)])
    def test_only_where_the_council_has_said_nothing_of_it(self, public: Client, slug: str, is_told: bool):
        """Blackpool's report is on the review."""
        words = main_of(ask(public, slug))

        assert ("What the nation promises" in words) == is_told
        assert ("then tell the people who run this site which document says so." in words) == is_told


class TestAsked:
    """Consultations that have opened, with an answer of its own or not."""

    def test_none_recorded(self, public: Client):
        words = main_of(ask(public, "kent")).partition("Its answers to consultations")[2]

        assert words.count("No answer of its own is recorded here") == 3

    def test_one_that_has_not_opened_is_not_there(self, public: Client):
        title = "Updates to Working Together to Safeguard Children"

        assert title not in main_of(ask(public, "kent"))
        assert title in main_of(ask(public, "kent", "2023-06-21"))

    def test_its_own(self, public: Client):
        council = make_council()
        consultation = make_consultation(title="How is Narnia?")
        make_response(consultation, organisation=council.organisation, known_on=date(2023, 4, 1))
        response = ask(public, council.slug)

        assert "Its answer" in main_of(response).partition("How is Narnia?")[2]
        own = f"/consultations/{consultation.slug}/responses/{council.slug}/?as_at=2023-04-21"
        assert own in links_of(response)

    def test_that_of_its_alliance(self, public: Client):
        name = "Answer of London Innovation and Improvement Alliance"

        assert name in main_of(ask(public, "sutton", "2023-06-01"))
        assert name not in main_of(ask(public, "sutton"))
        assert name not in main_of(ask(public, "kent", "2023-06-01"))


class TestPilots:
    def test_selected_and_what_it_tests(self, public: Client):
        words = main_of(ask(public, day="2023-07-26")).partition("Pathfinders and pilots")[2]

        assert "Families First for Children pathfinders Selected, said 26 July 2023 What it tests:" in words

    def test_one_that_was_not_known_yet_is_not_there(self, public: Client):
        assert "Kinship Zones" not in main_of(ask(public, "wiltshire", "2026-02-26"))
        assert "Kinship Zones" in main_of(ask(public, "wiltshire", "2026-02-27"))
