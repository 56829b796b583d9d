"""What needs me, first steps, the board, and the way in from a council's page: each by what one's role allows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import Edit, PositionVersion
from councils.writing.actions import save_draft
from councils.writing.contents import Content
from councils.writing.moves import return_position, submit_position
from councils.writing.rows import content_of
from councils.writing.subjects import Subject
from pillars.models import Pillar, Programme
from reforms.base.models import User
from tests.builders import make_commitment
from tests.councils.writing.cast import NOW, Cast, make_cast, newest, published, start, submitted, write
from tests.councils.writing.typing import fields_of
from tests.queries import count_queries
from tests.reforms.base.accounts.people import with_second_factor
from tests.reforms.pages.reading import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CANARY = "Quinquereme"
LATER = datetime(2027, 8, 1, 9, tzinfo=UTC)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(with_second_factor(person))
    return client


def page_of(person: User) -> str:
    return main_of(client_of(person).get(reverse("my-work")))


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def subject(db) -> Subject:
    """A pillar of the strategy, which is a plan that the page shows."""
    pillar = Pillar.objects.get(programme__slug="stable-homes", number=4)
    return Subject(pillar.programme, pillar)


class TestMyWork:
    def test_somebody_without_an_organisation_is_told_who_can_help(self, db):
        page = page_of(User.objects.create_user("nobody@example.org"))
        assert "belong to no organisation here yet" in page

    def test_an_administrator_is_led_to_the_board_and_to_people(self, cast: Cast):
        links = client_of(cast.administrator).get(reverse("my-work")).content.decode()
        assert f'href="{reverse("progress")}"' in links
        assert f'href="{reverse("people")}"' in links

    def test_a_draft_says_who_saved_it_last(self, cast: Cast, subject: Subject):
        write(start(cast, subject), "Words.", by=cast.second_officer)
        page = page_of(cast.officer)
        assert "Drafts" in page
        assert f"by {cast.second_officer}" in page

    def test_what_was_returned_comes_with_its_reason(self, cast: Cast, subject: Subject):
        version = submitted(cast, subject)
        return_position(
            version=version, revision=version.revision, reason="Say when.", by=cast.approver, now=version.submitted_at
        )
        assert "Say when." in page_of(cast.officer)

    def test_an_approver_sees_what_to_approve_and_their_own_words_apart(self, cast: Cast, subject: Subject):
        version = start(cast, subject)
        write(version, "Mine.", by=cast.approver)
        other = Pillar.objects.get(programme__slug="stable-homes", number=5)
        submitted(cast, Subject(other.programme, other))
        submit_position(version=version, revision=newest(version).revision, by=cast.officer, now=LATER)
        page = page_of(cast.approver)
        assert page.index("To approve") < page.index("Waiting for approval")
        assert "somebody else has to approve them" in page

    def test_words_set_aside_wait_for_whose_they_are_alone(self, cast: Cast, subject: Subject):
        version = start(cast, subject)
        write(version, "Theirs.", by=cast.second_officer)
        save_draft(version=version, revision=1, content=Content(text="Mine."), by=cast.officer, now=LATER)
        assert "Your words that are not in a draft" in page_of(cast.officer)
        assert "Your words that are not in a draft" not in page_of(cast.second_officer)

    def test_still_correct_takes_a_stale_position_off_the_page(self, cast: Cast, subject: Subject, time_machine):
        published(cast, subject)
        time_machine.move_to(LATER)
        client = client_of(cast.officer)
        assert "review was due by" in main_of(client.get(reverse("my-work"))).lower()
        desk = reverse("position-desk", args=[cast.council.slug, subject.reference])
        response = client.post(desk, {"move": "renew", "next": "my-work"})
        assert response["Location"] == reverse("my-work")
        assert "review was due by" not in main_of(client.get(reverse("my-work"))).lower()

    def test_what_went_stale_stands_by_pillar_whenever_it_did(self, cast: Cast, time_machine):
        for number, now in ((6, NOW), (2, NOW + timedelta(days=1)), (4, NOW)):
            pillar = Pillar.objects.get(programme__slug="stable-homes", number=number)
            published(cast, Subject(pillar.programme, pillar), now=now)
        time_machine.move_to(LATER)

        heap = page_of(cast.officer).partition("Published, and overtaken since")[2]

        assert heap.index("SH-2 ") < heap.index("SH-4 ") < heap.index("SH-6 ")

    def test_a_scrutiny_member_sees_what_is_published_and_nothing_of_drafts(self, cast: Cast, subject: Subject):
        published(cast, subject, "Public words.")
        write(start(cast, subject), CANARY, by=cast.officer)
        page = page_of(cast.scrutiny_member)
        assert "New in the last three months" in page
        assert "Draft" not in page
        assert CANARY not in page

    def test_another_councils_work_is_not_on_it(self, cast: Cast, subject: Subject):
        submitted(cast, subject, CANARY)
        page = page_of(cast.stranger)
        assert "To approve" not in page
        assert cast.council.name not in page

    def test_many_ask_no_more_than_few(self, cast: Cast, subject: Subject):
        client = client_of(cast.approver)
        write(start(cast, subject), "One.", by=cast.officer)
        client.get(reverse("my-work"))
        few = count_queries(lambda: client.get(reverse("my-work")))
        for _ in range(12):
            single = Subject(subject.programme, subject.pillar, make_commitment(pillar=subject.pillar))
            submitted(cast, single)
        assert count_queries(lambda: client.get(reverse("my-work"))) == few
        page = main_of(client.get(reverse("my-work")))
        assert "the other 2" in page

    def test_the_link_is_for_those_who_have_signed_in(self, cast: Cast):
        link = f'href="{reverse("my-work")}"'
        assert link in client_of(cast.officer).get("/").content.decode()
        assert link not in Client().get("/").content.decode()


class TestFirstSteps:
    def url(self, cast: Cast) -> str:
        return reverse("first-steps", args=[cast.council.slug])

    def post(self, cast: Cast, client: Client, **fields: Any) -> Any:
        return client.post(self.url(cast), {"programme": "stable-homes"} | fields)

    def draft(self, cast: Cast, reference: str = "SH-4") -> PositionVersion:
        versions = PositionVersion.objects.open().filter(position__organisation=cast.council)
        return next(each for each in versions if each.position.reference.endswith(f"/{reference}"))

    def test_from_the_plan_a_draft_names_every_commitment(self, cast: Cast, subject: Subject):
        response = self.post(cast, client_of(cast.officer), do="plan", pillar="SH-4")
        text = content_of(self.draft(cast)).text
        assert response["Location"].endswith("/SH-4/edit/")
        assert all(each.reference in text for each in subject.commitments(on=LATER.date()))

    def test_a_document_is_shown_apart_before_anything_is_made(self, cast: Cast):
        client = client_of(cast.officer)
        titles = {each.number: each.title for each in Pillar.objects.filter(programme__slug="stable-homes")}
        document = f"Report\n\n1. {titles[1]}\nHelp.\n\nPillar 4: {titles[4]}\nHomes."
        shown = self.post(cast, client, do="split", document=document)
        assert not PositionVersion.objects.filter(position__organisation=cast.council).exists()
        made = fields_of(shown, mark="method") | {"do": "make", "pillars": ["SH-1", "SH-4"]}
        made |= {"text-SH-1": "Help.", "text-SH-4": "Homes."}
        client.post(self.url(cast), made)
        assert content_of(self.draft(cast, "SH-1")).text == "Help."
        assert content_of(self.draft(cast, "SH-4")).text == "Homes."

    def test_a_text_that_may_name_a_child_is_warned_of_before_it_is_saved(self, cast: Cast):
        client, typed = client_of(cast.officer), {"pillars": ["SH-4"], "text-SH-4": "Her date of birth is 12/03/2015."}
        warned = self.post(cast, client, do="make", **typed)
        assert "Could this name a child?" in warned.content.decode()
        assert not PositionVersion.objects.filter(position__organisation=cast.council).exists()
        heeded = warned.context["mark"]
        self.post(cast, client, do="make", heeded=heeded, **typed)
        assert content_of(self.draft(cast)).text == typed["text-SH-4"]

    def test_an_open_draft_is_never_written_over(self, cast: Cast, subject: Subject):
        version = start(cast, subject)
        write(version, "Mine.", by=cast.officer)
        self.post(cast, client_of(cast.second_officer), do="plan", pillar="SH-4")
        assert newest(version).text == "Mine."
        assert Edit.objects.waiting().get().by == cast.second_officer

    @pytest.mark.parametrize(
        "wrong",
        [
            {"do": "split", "document": " "},
            {"do": "split", "document": "No title."},
            {"do": "plan", "pillar": "SH-9"},
            {},
        ],
        ids=["nothing", "no-title", "no-such-pillar", "no-choice"],
    )
    def test_what_cannot_be_done_is_said(self, cast: Cast, wrong: dict[str, str]):
        assert self.post(cast, client_of(cast.officer), **wrong).status_code == 400
        assert not PositionVersion.objects.filter(position__organisation=cast.council).exists()

    def test_a_programme_that_is_not_there(self, cast: Cast):
        assert client_of(cast.officer).get(f"{self.url(cast)}?programme=nothing").status_code == 404


class TestBoard:
    def test_states_and_days_and_no_words(self, cast: Cast, subject: Subject):
        published(cast, subject, "Public.")
        write(start(cast, subject), CANARY, by=cast.officer)
        page = client_of(cast.administrator).get(reverse("progress")).content.decode()
        assert cast.council.name in page
        assert CANARY not in page
        assert cast.officer.email not in page

    @pytest.mark.parametrize("state", ["draft", "published", "submitted"])
    def test_filtered_by_state(self, cast: Cast, subject: Subject, state: str):
        write(start(cast, subject), "Words.", by=cast.officer)
        page = main_of(client_of(cast.administrator).get(f"{reverse('progress')}?state={state}"))
        assert (cast.council.name in page) is (state == "draft")

    @pytest.mark.parametrize("query", ["region=narnia", "state=splendid"])
    def test_an_unknown_filter_is_an_error_on_the_page(self, cast: Cast, query: str):
        response = client_of(cast.administrator).get(f"{reverse('progress')}?{query}")
        assert response.status_code == 400
        assert "There is a problem" in response.content.decode()

    def test_asks_as_much_for_many_as_for_few(self, cast: Cast, subject: Subject):
        client = client_of(cast.administrator)
        client.get(reverse("progress"))
        few = count_queries(lambda: client.get(reverse("progress")))
        for pillar in Pillar.objects.filter(programme=Programme.objects.get(slug="stable-homes"))[:3]:
            write(start(cast, Subject(pillar.programme, pillar)), "Words.", by=cast.officer)
        assert count_queries(lambda: client.get(reverse("progress"))) == few


class TestCouncilPage:
    def url(self, cast: Cast) -> str:
        return reverse("council", args=[cast.council.slug])

    def test_two_clicks_to_a_draft_for_those_who_write(self, cast: Cast):
        client = client_of(cast.contributor)
        page = client.get(self.url(cast)).content.decode()
        way = reverse("position-start", args=[cast.council.slug, "SH-4"])
        assert f'action="{way}"' in page
        assert client.post(way, follow=True).redirect_chain[-1][0].endswith("/SH-4/edit/")

    @pytest.mark.parametrize("who", ["scrutiny_member", "stranger", "administrator"])
    def test_for_nobody_else(self, cast: Cast, who: str):
        assert "Write for" not in main_of(client_of(getattr(cast, who)).get(self.url(cast)))

    def test_not_on_a_past_day(self, cast: Cast):
        assert "Write for" not in main_of(client_of(cast.officer).get(f"{self.url(cast)}?as_at=2026-01-01"))
