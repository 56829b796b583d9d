"""The pages of writing, as people use them: the form, two texts, approval. What goes wrong loses nobody a word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.models import Edit, Membership, Position, PositionVersion
from councils.writing.contents import Content
from councils.writing.rows import content_of
from councils.writing.subjects import Subject
from reforms.base.models import User
from tests.builders import make_commitment
from tests.councils.writing.cast import Cast, newest, published, start, submitted, write
from tests.councils.writing.typing import fields_of
from tests.queries import count_queries
from tests.reforms.base.accounts.people import with_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.once]

JSON = {"HTTP_ACCEPT": "application/json"}


class Desk:
    """One person in a browser, at the pages of one position."""

    def __init__(self, person: User, cast: Cast, subject: Subject) -> None:
        self.client = Client()
        self.client.force_login(with_second_factor(person))
        self.parts = [cast.council.slug, subject.reference]

    def url(self, name: str, *more: Any) -> str:
        return reverse(f"position-{name}", args=[*self.parts, *more])

    def get(self, name: str, *more: Any) -> Any:
        return self.client.get(self.url(name, *more))

    def post(self, name: str, fields: dict[str, Any], *more: Any, **headers: Any) -> Any:
        return self.client.post(self.url(name, *more), fields, **headers)

    def typed(self, **changes: Any) -> dict[str, Any]:
        """The form as it opens, with some fields changed."""
        return fields_of(self.get("edit")) | changes


@pytest.fixture
def officer(cast, subject) -> Desk:
    return Desk(cast.officer, cast, subject)


@pytest.fixture
def colleague(cast, subject) -> Desk:
    return Desk(cast.second_officer, cast, subject)


@pytest.fixture
def approver(cast, subject) -> Desk:
    return Desk(cast.approver, cast, subject)


def the_draft() -> PositionVersion:
    return PositionVersion.objects.filter(origin="written").latest("pk")


class TestOpening:
    def test_two_clicks_from_the_council_to_a_form_with_what_is_published(self, officer, cast, subject):
        published(cast, subject, "What we published.")
        response = officer.client.post(officer.url("start"), follow=True)
        assert response.redirect_chain == [(officer.url("edit"), 302)]
        assert fields_of(response)["text"] == "What we published."

    def test_the_form_is_sent_back_as_it_came_and_nothing_changes(self, officer, cast, subject):
        start(cast, subject)
        officer.post("edit", officer.typed(text="First."))
        before = content_of(the_draft())
        officer.post("edit", officer.typed())
        assert content_of(the_draft()) == before

    def test_it_asks_as_much_for_many_commitments_as_for_few(self, officer, cast, subject):
        published(cast, subject, "What we published.")
        start(cast, subject)
        officer.get("edit")
        few = count_queries(lambda: officer.get("edit"))
        for _ in range(12):
            make_commitment(pillar=subject.pillar)
        assert count_queries(lambda: officer.get("edit")) == few


class TestSaving:
    def test_everything_that_the_form_holds(self, officer, cast, subject):
        start(cast, subject)
        one, other = (each.reference for each in subject.commitments(on=newest(the_draft()).known_on))
        typed = officer.typed(
            text="# Fostering\r\n\r\nWe recruit.",
            readiness="partly",
            review_on="31 March 2027",
            covers=[one],
            **{
                "points-0-text": "71 carers",
                "points-0-figure": "71",
                "points-0-as_at": "2025/26",
                "points-0-stale_on": "31/12/2027",
                "points-0-evidence": "Report",
                "points-0-about": f"{other}, {one}",
                "impacts-0-summary": "Two more posts",
                "impacts-0-amount": "£70,000",
                "impacts-0-area": "staff",
            },
        )
        response = officer.post("edit", typed)
        saved = content_of(the_draft())
        assert response.status_code == 302
        assert saved.text == "# Fostering\n\nWe recruit."
        assert (saved.readiness, str(saved.review_on), saved.covers) == ("partly", "2027-03-31", (one,))
        assert saved.points[0].about == tuple(sorted([one, other]))
        assert (saved.points[0].figure, saved.points[0].stale_on) == ("71", "2027-12-31")
        assert (saved.impacts[0].amount, saved.impacts[0].area) == ("70000", "staff")

    def test_a_point_is_taken_out_by_emptying_it(self, officer, cast, subject):
        start(cast, subject)
        officer.post("edit", officer.typed(**{"points-0-text": "Gone soon."}))
        officer.post("edit", officer.typed(**{"points-0-text": ""}))
        assert content_of(the_draft()).points == ()

    def test_by_a_script_it_is_told_the_next_revision(self, officer, cast, subject):
        start(cast, subject)
        response = officer.post("edit", officer.typed(text="By itself."), **JSON)
        assert response.json()["revision"] == 2
        assert response.json()["saved"].startswith("Saved at ")
        assert Edit.objects.get().is_automatic

    def test_the_same_sent_twice_is_one_save(self, officer, cast, subject):
        start(cast, subject)
        typed = officer.typed(text="Twice.")
        for _ in range(2):
            assert officer.post("edit", typed)["Location"] == officer.url("edit")
        assert newest(the_draft()).revision == 2
        assert Edit.objects.count() == 1

    EXTRA = {"state": "published", "organisation": "1", "approved_by": "1", "published_by": "1", "origin": "recorded"}

    def test_fields_that_the_form_does_not_have_do_nothing(self, officer, cast, subject):
        start(cast, subject)
        officer.post("edit", officer.typed(text="Mine.") | self.EXTRA)
        draft = newest(the_draft())
        assert (draft.state, draft.text, draft.origin, draft.published_by) == ("draft", "Mine.", "written", None)
        assert draft.position.organisation == cast.council


MISTAKES = [
    pytest.param({"review_on": "soon"}, "“soon” is not a day", id="no-day"),
    pytest.param({"review_on": "31/2/2027"}, "“31/2/2027” is not a day", id="no-such-day"),
    pytest.param({"review_on": "1/1/9999"}, "“1/1/9999” is not a day", id="a-day-at-the-end-of-time"),
    pytest.param({"review_on": "٣/١/٢٠٢٧x"}, "is not a day", id="other-digits"),
    pytest.param({"text": "x" * 100_000}, "it has 100000", id="100-kB"),
    pytest.param({"text": "a\x00b"}, "Null characters are not allowed", id="nul"),
    pytest.param({"readiness": "splendid"}, "Select a valid choice", id="no-such-readiness"),
    pytest.param({"covers": ["SH-99-99"]}, "Select a valid choice", id="covers-nothing-there-is"),
    pytest.param({"points-0-text": "A", "points-0-about": "SH-99-99"}, "There is no commitment SH-99-99", id="about"),
    pytest.param({"points-0-figure": "71"}, "Say what this is about", id="a-figure-of-nothing"),
    pytest.param({"impacts-0-summary": "A", "impacts-0-amount": "lots"}, "has to be a number", id="no-sum"),
    pytest.param({"impacts-0-summary": "A", "impacts-0-amount": "-1"}, "has to be a number", id="less-than-nothing"),
    pytest.param({"impacts-0-summary": "A", "impacts-0-amount": "NaN"}, "has to be a number", id="not-a-number"),
    pytest.param({"points-0-text": "x" * 2001}, "has to be 2000 characters or fewer", id="a-point-too-long"),
]


@pytest.mark.parametrize(("wrong", "words"), MISTAKES)
def test_a_mistake_is_named_and_nothing_is_lost_or_saved(officer, cast, subject, wrong, words):
    start(cast, subject)
    kept = {"text": "Words that stay."} | wrong
    response = officer.post("edit", officer.typed(**kept))
    page = response.content.decode()
    assert response.status_code == 400
    assert words in page
    assert fields_of(response)["text"].replace("\x00", "") == kept["text"].replace("\x00", "")
    assert newest(the_draft()).revision == 1
    answer = officer.post("edit", officer.typed(**kept), **JSON)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


@pytest.mark.parametrize("broken", ["points-TOTAL_FORMS", "revision", "version"])
@pytest.mark.parametrize("value", [None, "", "x", "-1", "9" * 30])
def test_a_broken_form_is_refused_not_failed(officer, cast, subject, broken, value):
    start(cast, subject)
    typed = officer.typed(text="Mine.")
    typed |= {broken: value} if value is not None else {}
    if value is None:
        typed.pop(broken)
    assert officer.post("edit", typed).status_code in (302, 400, 404)


class TestChildren:
    SECRET = "Her date of birth is 12/03/2015."

    def test_a_birth_date_is_warned_of_before_it_is_saved(self, officer, cast, subject):
        start(cast, subject)
        response = officer.post("edit", officer.typed(text=self.SECRET))
        assert "Could this name a child?" in response.content.decode()
        assert newest(the_draft()).text == ""
        assert fields_of(response)["text"] == self.SECRET

    def test_it_is_saved_when_the_person_has_seen_the_warning(self, officer, cast, subject):
        start(cast, subject)
        seen = fields_of(officer.post("edit", officer.typed(text=self.SECRET)))
        assert officer.post("edit", seen).status_code == 302
        assert newest(the_draft()).text == self.SECRET

    def test_another_birth_date_is_warned_of_again(self, officer, cast, subject):
        start(cast, subject)
        seen = fields_of(officer.post("edit", officer.typed(text=self.SECRET)))
        seen["text"] += " His date of birth is 13/04/2016."
        assert "Could this name a child?" in officer.post("edit", seen).content.decode()

    def test_a_script_does_not_save_it(self, officer, cast, subject):
        start(cast, subject)
        response = officer.post("edit", officer.typed(text=self.SECRET), **JSON)
        assert response.status_code == 400
        assert newest(the_draft()).text == ""


class TestTwoPeople:
    def test_the_second_sees_both_texts_and_keeps_theirs(self, officer, colleague, cast, subject):
        start(cast, subject)
        mine = officer.typed(text="Mine.")
        colleague.post("edit", colleague.typed(text="Theirs."))
        response = officer.client.post(officer.url("edit"), mine, follow=True)
        page = response.content.decode()
        assert newest(the_draft()).text == "Theirs."
        assert Edit.objects.waiting().get().text == "Mine."
        assert "Mine." in page
        assert "Theirs." in page

    def test_a_script_is_told_where_both_texts_are(self, officer, colleague, cast, subject):
        start(cast, subject)
        mine = officer.typed(text="Mine.")
        colleague.post("edit", colleague.typed(text="Theirs."))
        response = officer.post("edit", mine, **JSON)
        assert response.status_code == 409
        assert officer.client.get(response.json()["conflict"]).status_code == 200

    def test_changes_of_different_sentences_are_put_together(self, officer, colleague, cast, subject):
        start(cast, subject)
        officer.post("edit", officer.typed(text="One. Two. Three."))
        mine = officer.typed(text="One. Two. Drei.")
        colleague.post("edit", colleague.typed(text="Eins. Two. Three."))
        response = officer.client.post(officer.url("edit"), mine, follow=True)
        aside = Edit.objects.waiting().get()
        together = fields_of(response, mark="method")
        assert together["text"].strip() == "Eins. Two. Drei."
        officer.post("set-aside", together | {"do": "save"}, aside.pk)
        assert newest(the_draft()).text == "Eins. Two. Drei."
        assert not Edit.objects.waiting().exists()

    def test_who_chooses_theirs_loses_nothing_from_the_history(self, officer, colleague, cast, subject):
        start(cast, subject)
        mine = officer.typed(text="Mine.")
        colleague.post("edit", colleague.typed(text="Theirs."))
        officer.post("edit", mine)
        aside = Edit.objects.waiting().get()
        officer.post("set-aside", {"do": "theirs"}, aside.pk)
        assert newest(the_draft()).text == "Theirs."
        assert Edit.objects.get(pk=aside.pk).settled_at
        assert "Mine." in officer.get("version", the_draft().number).content.decode()

    def test_a_third_save_meanwhile_is_not_written_over(self, officer, colleague, cast, subject):
        start(cast, subject)
        mine = officer.typed(text="Mine.")
        colleague.post("edit", colleague.typed(text="Theirs."))
        response = officer.client.post(officer.url("edit"), mine, follow=True)
        aside = Edit.objects.waiting().get()
        colleague.post("edit", colleague.typed(text="Theirs again."))
        officer.post("set-aside", fields_of(response, mark="method") | {"text": "Both.", "do": "save"}, aside.pk)
        assert newest(the_draft()).text == "Theirs again."
        assert Edit.objects.waiting().get().text == "Both."

    def test_words_for_a_version_that_was_published_meanwhile(self, officer, approver, cast, subject):
        version = start(cast, subject)
        write(version, "Theirs.", by=cast.second_officer)
        mine = officer.typed(text="Mine.")
        draft = newest(version)
        submit = {"move": "submit", "revision": draft.revision}
        officer.post("desk", submit)
        approver.post("check", {"version": 1, "revision": draft.revision + 1, "decision": "publish"})
        response = officer.client.post(officer.url("edit"), mine, follow=True)
        assert Edit.objects.waiting().get().text == "Mine."
        officer.post("set-aside", fields_of(response, mark="method") | {"do": "save"}, Edit.objects.waiting().get().pk)
        first, second = PositionVersion.objects.filter(position=version.position).order_by("number")
        assert (first.state, first.text) == ("published", "Theirs.")
        assert (second.state, second.text) == ("draft", "Mine.")

    def test_a_form_of_an_older_version_never_goes_into_a_newer_one(self, officer, cast, subject):
        version = start(cast, subject)
        old = officer.typed(text="Old.")
        officer.post("desk", {"move": "discard", "revision": newest(version).revision})
        second = start(cast, subject)
        write(second, "New.", by=cast.officer)
        officer.post("edit", old)
        assert newest(second).text == "New."
        assert Edit.objects.waiting().get().text == "Old."


class TestApproval:
    def test_publishes_exactly_what_was_read(self, approver, cast, subject):
        version = submitted(cast, subject, "To be read.")
        response = approver.post("check", fields_of(approver.get("check"), mark="method") | {"decision": "publish"})
        assert response.status_code == 302
        assert newest(version).state == "published"
        assert newest(version).published_by == cast.approver

    def test_what_changed_since_is_shown_and_not_published(self, approver, officer, cast, subject):
        version = submitted(cast, subject, "To be read.")
        read = fields_of(approver.get("check"), mark="method")
        officer.post("desk", {"move": "take_back", "revision": newest(version).revision})
        officer.post("edit", officer.typed(text="Something else.", do="submit"))
        response = approver.post("check", read | {"decision": "publish"})
        page = response.content.decode()
        assert response.status_code == 409
        assert newest(version).state == "submitted"
        assert "Changed since you read it" in page
        assert "Something else." in page

    def test_says_until_when_it_would_hold(self, approver, cast, subject):
        submitted(cast, subject, Content(text="To be read.", review_on=date(2027, 3, 31)))
        assert "Review by 31 March 2027." in approver.get("check").content.decode()

    def test_nobody_publishes_their_own_words(self, approver, cast, subject):
        version = start(cast, subject)
        write(version, "Mine.", by=cast.approver)
        officer = Desk(cast.officer, cast, subject)
        officer.post("desk", {"move": "submit", "revision": newest(version).revision})
        page = approver.get("check").content.decode()
        fields = {"version": 1, "revision": newest(version).revision, "decision": "publish"}
        response = approver.post("check", fields)
        assert "Publish exactly this" not in page
        assert "You have written in this" in response.content.decode()
        assert newest(version).state == "submitted"

    def test_a_return_needs_a_reason_and_shows_it(self, approver, officer, cast, subject):
        version = submitted(cast, subject)
        fields = fields_of(approver.get("check"), mark="method") | {"decision": "return"}
        assert approver.post("check", fields | {"reason": " "}).status_code == 400
        approver.post("check", fields | {"reason": "Name the home & cite."})
        assert newest(version).state == "returned"
        assert "Name the home &amp; cite." in officer.get("edit").content.decode()

    def test_a_pillar_is_approved_from_one_page(self, approver, cast, subject):
        submitted(cast, subject, "On the pillar.")
        single = subject.commitments(on=newest(the_draft()).known_on)[0]
        submitted(cast, Subject(subject.programme, subject.pillar, single), "On one commitment.")
        page = approver.get("check").content.decode()
        assert "On the pillar." in page
        assert "On one commitment." in page


class TestRights:
    def test_a_role_removed_in_mid_edit_bites_on_the_next_request(self, officer, cast, subject):
        start(cast, subject)
        typed = officer.typed(text="Too late.")
        Membership.objects.filter(user=cast.officer).delete()
        assert officer.post("edit", typed).status_code == 404
        assert newest(the_draft()).text == ""

    def test_a_role_changed_in_mid_edit_too(self, officer, cast, subject):
        start(cast, subject)
        typed = officer.typed(text="Too late.")
        Membership.objects.filter(user=cast.officer).update(role=Membership.Role.SCRUTINY_MEMBER)
        assert officer.post("edit", typed).status_code == 403
        assert newest(the_draft()).text == ""

    def test_a_contributor_writes_and_does_not_submit(self, cast, subject):
        start(cast, subject)
        contributor = Desk(cast.contributor, cast, subject)
        assert "Send to the approver" not in contributor.get("desk").content.decode()
        response = contributor.post("edit", contributor.typed(text="Mine.", do="submit"))
        assert response.status_code == 403
        draft = newest(the_draft())
        assert (draft.state, draft.text) == ("draft", "Mine.")


@pytest.mark.parametrize("name", ["desk", "edit", "preview", "check", "history"])
@pytest.mark.parametrize("reference", ["SH-99", "ZZ", "SH-4-99", "ZZ-1-01"])
def test_a_reference_that_the_plan_does_not_have(cast, subject, name, reference):
    desk = Desk(cast.approver, cast, subject)
    desk.parts[1] = reference
    assert desk.get(name).status_code == 404


def test_nothing_is_written_before_anybody_saves(officer, cast, subject):
    for name in ("desk", "edit", "preview", "history"):
        officer.get(name)
    assert not Position.objects.filter(organisation=cast.council).exists()


def test_the_published_words_carry_no_script(officer, approver, cast, subject):
    attack = "<script>alert(1)</script> [a](javascript:alert(1)) <img src=x onerror=alert(1)>"
    submitted(cast, subject, Content(text=attack))
    approver.post("check", fields_of(approver.get("check"), mark="method") | {"decision": "publish"})
    public = Client().get(f"/councils/{cast.council.slug}/").content.decode()
    for page in (public, officer.get("desk").content.decode(), officer.get("history").content.decode()):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page
