"""The pages of committees, as people use them; what goes wrong loses nobody a word."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from functools import partial
from html import escape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import Membership
from reforms.base.models import User
from reforms.reports.committees import actions
from reforms.reports.committees.actions import IN_PRINCIPLE
from reforms.reports.models import Committee, CommitteeAction
from tests.councils.writing.typing import fields_of as fields_of_form
from tests.queries import count_queries
from tests.reforms.base.accounts.people import with_second_factor
from tests.reforms.base.settling import settle
from tests.reforms.reports.committees.making import (
    MEETING,
    NOW,
    Scene,
    at,
    make_action,
    make_committee,
    make_reply,
    make_report,
    make_scene,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORDS = "That it be told how placements are found."


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(NOW)


class Desk:
    """One person in a browser, at the pages of one committee."""

    def __init__(self, person: User, scene: Scene) -> None:
        self.client = Client()
        self.client.force_login(with_second_factor(person))
        self.parts = [scene.organisation.slug, scene.committee.slug]

    def url(self, name: str, *more: Any) -> str:
        return reverse(name, args=[*self.parts, *more])

    def get(self, name: str, *more: Any) -> Any:
        return self.client.get(self.url(name, *more))

    def post(self, name: str, fields: dict[str, Any], *more: Any) -> Any:
        return self.client.post(self.url(name, *more), fields)

    def typed(self, name: str, /, *more: Any, **changes: Any) -> dict[str, Any]:
        """The form as it opens, with some fields changed."""
        return fields_of(self.get(name, *more)) | changes


@pytest.fixture
def officer(scene) -> Desk:
    return Desk(scene.officer, scene)


@pytest.fixture
def chair(scene) -> Desk:
    return Desk(scene.chair, scene)


@pytest.fixture
def member(scene) -> Desk:
    return Desk(scene.member, scene)


def fields_of(response: Any) -> dict[str, Any]:
    """What a browser would send of the page's own form."""
    return fields_of_form(response, "novalidate")


def words(response: Any) -> str:
    """What it says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# --- Anybody reads ------------------------------------------------------------------------------------------------


class TestReading:
    def test_the_committees_page_has_everything_and_says_the_rule(self, public, scene):
        late = make_action(scene.committee, meeting_on=date(2026, 8, 1))
        report = make_report(scene.committee, subject="Our position on the plan")
        closed = make_action(scene.committee, closed_at=at(date(2026, 11, 1)))
        page = public.get(scene.committee.get_absolute_url())
        said = words(page)
        assert "1 overdue, 1 closed." in said
        assert "two calendar months after the meeting" in said
        for address in (late.get_absolute_url(), closed.get_absolute_url(), report.get_absolute_url()):
            assert f'href="{address}"' in page.content.decode()
        assert f"{scene.committee.get_absolute_url()}since/" in page.content.decode()

    def test_a_draft_of_a_report_is_not_on_it(self, public, scene):
        values = {"state": "draft", "published_on": None, "published_at": None, "subject": "Quinquereme"}
        make_report(scene.committee, **values)
        assert "Quinquereme" not in words(public.get(scene.committee.get_absolute_url()))

    def test_nobodys_name_is_on_a_public_page(self, public, scene):
        User.objects.filter(pk__in=[scene.chair.pk, scene.officer.pk]).update(name="Quinquereme")
        action = make_action(scene.committee, recorded_by=scene.officer, closed_by=scene.chair, closed_at=at(MEETING))
        make_reply(action, MEETING, by=scene.officer)
        addresses = [action.get_absolute_url(), scene.committee.get_absolute_url(), "/committees.json"]
        addresses += [reverse(f"actions{twin}", args=action.reference.split("/")[:2]) for twin in ("", "-csv", "-json")]
        assert [each for each in addresses if "Quinquereme" in public.get(each).content.decode()] == []

    def test_an_action_with_every_answer_the_newest_first(self, public, scene):
        action = make_action(scene.committee, closed_at=at(date(2026, 11, 10)), closing_words="It is done.")
        make_reply(action, date(2026, 11, 2), text="At first.", by_when=date(2027, 1, 1))
        make_reply(action, date(2026, 11, 5), "rejected", text="In the end.")
        said = words(public.get(action.get_absolute_url()))
        assert said.index("In the end.") < said.index("a later answer takes its place") < said.index("At first.")
        assert "Closed 10 November 2026, by the chair" in said
        assert "It is done." in said

    def test_another_day_knows_nothing_of_what_came_after(self, public, scene):
        action = make_action(scene.committee, closed_at=at(date(2026, 11, 10)), closing_words="Quinquereme")
        make_reply(action, date(2026, 11, 5), text="Trireme")
        address = action.get_absolute_url()
        before = words(public.get(f"{address}?as_at=2026-11-04"))
        assert "Trireme" not in before
        assert "Quinquereme" not in before
        assert "Open" in before
        assert "Quinquereme" not in words(public.get(f"{address}?as_at=2026-11-09"))
        assert public.get(f"{address}?as_at=2026-10-11").status_code == 404

    @pytest.mark.parametrize(
        "address",
        [
            "/committees/narnia/board/",
            "/committees/{slug}/board/",
            "/committees/{slug}/board/actions/",
            "/committees/{slug}/board/actions.json",
            "/committees/{slug}/{committee}/actions/1/",
            "/committees/{slug}/{committee}/actions/99999999999999999999/",
        ],
    )
    def test_what_there_is_not(self, public, scene, address):
        found = address.format(slug=scene.organisation.slug, committee=scene.committee.slug)
        assert public.get(found).status_code == 404

    def test_queries_do_not_grow(self, public):
        def ask(number: int) -> list[int]:
            scene = make_scene()
            make_report(scene.committee)
            for _ in range(number):
                make_reply(make_action(scene.committee, report=make_report(scene.committee)), date(2026, 11, 2))
            address = scene.committee.get_absolute_url()
            addresses = [address, f"{address}actions/", f"{address}actions.json", "/committees/", "/committees.csv"]
            settle()
            public.get("/committees/")  # what is asked once for each state of the data
            return [count_queries(partial(public.get, each)) for each in addresses]

        assert ask(1) == ask(8)


class TestLists:
    def test_committees_with_counts(self, public, scene):
        make_action(scene.committee)
        make_reply(make_action(scene.committee), date(2026, 11, 2))
        [row] = public.get(f"/committees.json?organisation={scene.organisation.slug}").json()["results"]
        assert row == {
            "organisation": scene.organisation.slug,
            "slug": scene.committee.slug,
            "name": scene.committee.name,
            "overdue": 0,
            "open": 1,
            "answered": 1,
            "closed": 0,
        }
        [line] = csv.DictReader(io.StringIO(public.get(f"/committees.csv?q={scene.committee.name}").content.decode()))
        assert line["answered"] == "1"

    def test_actions_and_their_twins(self, public, scene):
        address = f"{scene.committee.get_absolute_url()}actions"
        action = make_action(scene.committee, wording=WORDS)
        make_reply(action, date(2026, 11, 2), text="=1+1", by_when=date(2027, 1, 1))
        make_action(scene.committee, meeting_on=date(2026, 8, 1))
        data = public.get(f"{address}.json?state=answered").json()
        assert data["count"] == 1
        assert data["results"][0] == {
            "reference": action.reference,
            "number": 1,
            "meeting_on": "2026-10-12",
            "wording": WORDS,
            "owner": action.owner,
            "due_on": "2026-12-12",
            "due_rule": "two_months",
            "state": "answered",
            "awaited_on": "2027-01-01",
            "report": None,
            "replies": [{"on": "2026-11-02", "verdict": "accepted", "text": "=1+1", "by_when": "2027-01-01"}],
            "closed_on": None,
            "closing_words": "",
        }
        assert [row["state"] for row in public.get(f"{address}.json").json()["results"]] == ["answered", "overdue"]
        assert len(public.get(f"{address}.csv").content.decode().strip().splitlines()) == 3
        page = words(public.get(f"{address}/?state=overdue"))
        assert "1 action of 2" in page
        assert WORDS not in page

    def test_its_links_stay_at_the_committee(self, public, scene):
        for _ in range(60):
            make_action(scene.committee)
        address = f"{scene.committee.get_absolute_url()}actions"
        page = public.get(f"{address}/?state=open").content.decode()
        assert f'action="{address}/"' in page
        assert f'href="{address}/?state=open&amp;page=2"' in page
        assert f'href="{address}.csv?state=open"' in page
        assert public.get(f"{address}.json").json()["next"] == f"http://testserver{address}.json?page=2"

    @pytest.mark.parametrize("asked", ["state=late", "colour=red", "meeting_from=soon", "page=9", "sort=size"])
    def test_what_they_do_not_understand_they_refuse(self, public, scene, asked):
        address = f"{scene.committee.get_absolute_url()}actions"
        assert public.get(f"{address}/?{asked}").status_code == 400
        assert public.get(f"{address}.json?{asked}").status_code == 400

    def test_who_may_add_a_committee_is_led_to_it(self, public, scene):
        address = reverse("committee-new", args=[scene.organisation.slug])
        assert address in Desk(scene.officer, scene).client.get("/committees/").content.decode()
        for client in (public, Desk(scene.chair, scene).client, Desk(scene.stranger, scene).client):
            assert address not in client.get("/committees/").content.decode()


# --- Committees are looked after ----------------------------------------------------------------------------------


class TestCommittee:
    def test_added_with_its_chair(self, officer, scene):
        address = reverse("committee-new", args=[scene.organisation.slug])
        response = officer.client.post(address, {"name": "Care Board", "chair": scene.member.pk}, follow=True)
        assert "Care Board" in words(response)
        assert Committee.objects.get(organisation=scene.organisation, slug="care-board").chair == scene.member

    @pytest.mark.parametrize("fields", [{}, {"name": " "}, {"name": "A" * 201}], ids=["empty", "a space", "long"])
    def test_without_a_name(self, officer, scene, fields):
        address = reverse("committee-new", args=[scene.organisation.slug])
        assert officer.client.post(address, fields).status_code == 400

    def test_only_scrutiny_members_are_offered_as_chair(self, officer, scene):
        page = officer.get("committee-edit").content.decode()
        offered = {int(found) for found in re.findall(r'<option value="(\d+)"', page)}
        assert offered == {scene.chair.pk, scene.member.pk}
        response = officer.post("committee-edit", officer.typed("committee-edit", chair=scene.officer.pk))
        assert response.status_code == 400

    def test_who_comes_second_sees_both_and_may_save_again(self, officer, scene):
        typed = officer.typed("committee-edit", name="Mine")
        Desk(scene.colleague, scene).post("committee-edit", officer.typed("committee-edit", name="Theirs"))
        response = officer.post("committee-edit", typed)
        assert response.status_code == 409
        assert "Now it is called “Theirs”" in words(response)
        assert fields_of(response)["name"] == "Mine"
        assert officer.post("committee-edit", fields_of(response)).status_code == 302
        assert Committee.objects.get(pk=scene.committee.pk).name == "Mine"


# --- What it asks for ---------------------------------------------------------------------------------------------


class TestRecording:
    def test_at_a_meeting_with_the_rule(self, member, scene):
        fields = {"wording": WORDS, "owner": "The director", "meeting_on": "31/12/2025"}
        response = member.client.post(member.url("action-new"), fields, follow=True)
        assert "An answer is due by 28 February 2026." in words(response)
        assert WORDS in words(response)
        assert CommitteeAction.objects.get(committee=scene.committee).recorded_by == scene.member

    def test_from_a_report(self, officer, scene):
        report = make_report(scene.committee)
        page = officer.client.get(f"{officer.url('action-new')}?report={report.number}")
        fields = fields_of(page)
        assert (fields["report"], fields["meeting_on"]) == (str(report.number), "12/10/2026")
        officer.post("action-new", fields | {"wording": WORDS, "owner": "The director"})
        assert CommitteeAction.objects.get(committee=scene.committee).report == report

    @pytest.mark.parametrize("number", ["9", "x", "-1", "99999999999999999999", "1%00"])
    def test_from_a_report_that_there_is_not(self, officer, number):
        response = officer.client.get(f"{officer.url('action-new')}?report={number}")
        assert response.status_code == 400
        assert "There is no such published report of this committee" in words(response)

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            pytest.param({"wording": ""}, "Enter what the committee asked for", id="no words"),
            pytest.param({"wording": "x" * 200_000}, "Shorten this to 4000 characters: it has 200000", id="200 kB"),
            pytest.param({"owner": ""}, "Enter who is to do it", id="nobody"),
            pytest.param({"meeting_on": ""}, "Enter the day of the meeting", id="no day"),
            pytest.param({"meeting_on": "31/2/2026"}, "is not a day", id="no such day"),
            pytest.param({"meeting_on": "22/11/2026"}, "The meeting has not been held yet", id="tomorrow"),
            pytest.param({"due_on": "1/1/2026"}, "cannot be due before the meeting", id="due before"),
            pytest.param({"report": "7"}, "Choose a published report of this committee", id="no such report"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_lost(self, officer, scene, changes, expected):
        fields = {"wording": WORDS, "owner": "The director", "meeting_on": "12/10/2026", **changes}
        response = officer.post("action-new", fields)
        assert response.status_code == 400
        assert expected in words(response)
        assert fields_of(response)["wording"] == fields["wording"]
        assert not scene.committee.actions.exists()

    def test_what_may_name_a_child_is_asked_about_once(self, officer, scene):
        fields = {"wording": "About Tom, born on 3 May 2015.", "owner": "Director", "meeting_on": "12/10/2026"}
        response = officer.post("action-new", fields)
        assert "Could this name a child?" in words(response)
        assert not scene.committee.actions.exists()
        officer.post("action-new", fields_of(response))
        assert scene.committee.actions.exists()

    def test_more_fields_than_there_are_change_nothing_else(self, officer, scene):
        fields = {"wording": WORDS, "owner": "Director", "meeting_on": "12/10/2026"}
        officer.post("action-new", fields | {"number": "77", "closed_at": "2026-11-20", "due_rule": "committee"})
        made = scene.committee.actions.get()
        assert (made.number, made.closed_at, made.due_rule) == (1, None, "two_months")


# --- It is answered and closed ------------------------------------------------------------------------------------


class TestAnswering:
    @pytest.fixture
    def action(self, scene) -> CommitteeAction:
        return make_action(scene.committee, wording=WORDS)

    def test_answered_and_public_at_once(self, officer, action, public):
        fields = officer.typed("action-reply", 1) | {"verdict": "in_part", "text": "Half of it.", "by_when": "1/2/2027"}
        assert officer.post("action-reply", fields, 1).status_code == 302
        said = words(public.get(action.get_absolute_url()))
        assert "Accepted in part , to happen by 1 February 2027" in said
        assert "Half of it." in said

    def test_in_principle_is_not_offered(self, officer, action):
        assert "In principle</label>" not in officer.get("action-reply", 1).content.decode()

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            pytest.param({"verdict": "in principle"}, IN_PRINCIPLE, id="in principle"),
            pytest.param({"verdict": ""}, "Choose Accepted, Accepted in part or Rejected", id="none"),
            pytest.param({"text": ""}, "Say what will happen, or why nothing will", id="no words"),
            pytest.param({"text": "x" * 200_000}, "Shorten this to 4000 characters", id="200 kB"),
            pytest.param({"by_when": ""}, "Enter the day by which it will have happened", id="no day"),
            pytest.param({"by_when": "soon"}, "is not a day", id="not a day"),
            pytest.param({"by_when": "1/1/2026"}, "cannot have happened before the meeting", id="before"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_lost(self, officer, action, changes, expected):
        fields = {"verdict": "accepted", "text": "It will be done.", "by_when": "1/2/2027", **changes}
        response = officer.post("action-reply", fields, 1)
        assert response.status_code == 400
        assert expected in words(response)
        assert fields_of(response)["text"] == fields["text"]
        assert not action.replies.exists()

    def test_closed_meanwhile_the_words_are_still_there(self, officer, action, scene):
        actions.close_action(action=action, revision=1, words="", by=scene.chair, now=NOW)
        response = officer.post("action-reply", {"verdict": "rejected", "text": "Too late."}, 1)
        assert response.status_code == 409
        assert "The chair has closed this" in words(response)
        assert fields_of(response)["text"] == "Too late."

    def test_session_ended_meanwhile_the_words_are_kept(self, officer, action):
        fields = officer.typed("action-reply", 1) | {"verdict": "rejected", "text": "We cannot."}
        del officer.client.cookies["sessionid"]
        assert "/accounts/sign-in/" in officer.post("action-reply", fields, 1)["Location"]
        assert not action.replies.exists()
        officer.client.force_login(User.objects.get(pk=officer_of(action)))
        response = officer.get("action-reply", 1)
        assert "This is what you had typed when your session ended" in words(response)
        assert fields_of(response)["text"] == "We cannot."

    def test_closed_by_the_chair(self, chair, action, public):
        assert chair.post("action-close", chair.typed("action-close", 1, words="It is done."), 1).status_code == 302
        assert "It is done." in words(public.get(action.get_absolute_url()))

    def test_answered_meanwhile_the_chair_reads_it_first(self, chair, action, scene):
        typed = chair.typed("action-close", 1, words="Nobody answers.")
        make_reply_now(action, scene, "We do.")
        response = chair.post("action-close", typed, 1)
        assert response.status_code == 409
        assert "We do." in words(response)
        assert fields_of(response)["words"] == "Nobody answers."
        assert CommitteeAction.objects.get(pk=action.pk).closed_at is None
        assert chair.post("action-close", fields_of(response), 1).status_code == 302

    def test_another_scrutiny_member_is_told_who_closes(self, member, action):
        for response in (member.get("action-close", 1), member.post("action-close", {"revision": "1"}, 1)):
            assert "Only the chair of the committee closes what it asked for." in words(response)
        assert CommitteeAction.objects.get(pk=action.pk).closed_at is None

    @pytest.mark.parametrize("revision", ["", "x", "0", "99999999999"])
    def test_a_revision_that_cannot_be(self, chair, action, revision):
        assert chair.post("action-close", {"revision": revision}, 1).status_code == 400
        assert CommitteeAction.objects.get(pk=action.pk).closed_at is None

    @pytest.mark.parametrize("text", ["<script>alert(1)</script>", "& < > \" '", "Ἀθῆναι 東京 \u202eמבחן"])
    def test_any_characters_are_shown_as_they_are(self, public, scene, text):
        action = make_action(scene.committee, wording=text, owner=text)
        make_reply(action, MEETING, text=text)
        for address in (action.get_absolute_url(), scene.committee.get_absolute_url()):
            page = public.get(address).content.decode()
            assert escape(text) in page
            assert "<script>alert" not in page


def make_reply_now(action: CommitteeAction, scene: Scene, text: str) -> None:
    by_when = NOW.date() + timedelta(days=90)
    actions.reply_to_action(action=action, verdict="accepted", text=text, by_when=by_when, by=scene.officer, now=NOW)


def officer_of(action: CommitteeAction) -> int:
    """The officer who was at the desk: the first of the organisation."""
    held = Membership.objects.filter(organisation=action.committee.organisation, role=Membership.Role.OFFICER)
    return held.order_by("pk").values_list("user", flat=True)[0]


def test_of_another_organisation_nothing_is_there(scene):
    make_action(scene.committee)
    stranger = Desk(scene.stranger, scene)
    for name, more in (("committee-edit", ()), ("action-new", ()), ("action-reply", (1,)), ("action-close", (1,))):
        assert stranger.get(name, *more).status_code == 404
        assert stranger.post(name, {}, *more).status_code == 404


def test_a_committee_of_another_organisation_is_not_reached_through_ones_own(scene):
    """The address names one's own organisation, and a committee that is another's."""
    foreign = make_committee()
    make_action(foreign)
    desk = Desk(scene.officer, scene)
    desk.parts = [scene.organisation.slug, foreign.slug]
    assert desk.get("action-reply", 1).status_code == 404
    assert desk.post("action-new", {}).status_code == 404


def test_a_page_that_somebody_has_is_another_once_it_is_answered(public, scene):
    action = make_action(scene.committee)
    for address in (action.get_absolute_url(), scene.committee.get_absolute_url(), "/committees.json"):
        settle()
        tag = public.get(address)["ETag"]
        assert public.get(address, headers={"If-None-Match": tag}).status_code == 304
        make_reply(action, MEETING)
        settle()
        assert public.get(address, headers={"If-None-Match": tag}).status_code == 200
