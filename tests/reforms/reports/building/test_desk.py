"""The desk, the front, and publishing: who may, what is refused, and that nobody publishes what they have not read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reforms.reports.document.notes import SourceNote
from reforms.reports.document.values import Block
from reforms.reports.models import Committee, CommitteeReport
from tests.councils.writing.typing import fields_of
from tests.queries import count_queries
from tests.reforms.reports.building.cast import (
    Browser,
    make_committee,
    make_published,
    newest,
    put,
    texts_of,
    words_on,
)
from tests.reforms.reports.making import make_action

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SUMMARY = (1, "summary")
START = {"subject": "Reform", "meeting_on": "3 December 2026"}


def keys(report: CommitteeReport) -> list[str]:
    return list(report.sections.values_list("key", flat=True))


class TestStarting:
    @pytest.fixture(autouse=True)
    def committee(self, cast) -> None:
        make_committee(cast.council, slug="children")

    def start(self, browser: Browser, **changes: Any) -> Any:
        form = fields_of(browser.get("report-new"), "novalidate")
        return browser.post("report-new", fields=form | {"committee": "children"} | START | changes)

    def test_everything_that_is_chosen(self, officer):
        self.start(
            officer, layout="board", depth="every", pillars=["4"], since="1/9/2026", as_at="1/11/2026", author="Us"
        )
        report = CommitteeReport.objects.get()
        assert (report.layout, report.depth, report.author) == ("board", "every", "Us")
        assert (str(report.since), str(report.as_at)) == ("2026-09-01", "2026-11-01")
        assert [str(each.number) for each in report.pillars.all()] == ["4"]

    def test_meeting_before_is_the_last_on_record_unless_one_is_typed(self, cast, officer):
        committee = Committee.objects.get(organisation=cast.council)
        make_action(committee, meeting_on=date(2026, 10, 2), due_on=date(2026, 12, 2))
        self.start(officer)
        assert CommitteeReport.objects.get().since == date(2026, 10, 2)

    def test_where_none_is_on_record_there_is_none(self, officer):
        self.start(officer)
        assert CommitteeReport.objects.get().since is None

    MISTAKES = [
        pytest.param({"subject": ""}, "Enter subject", id="no-subject"),
        pytest.param({"subject": "x" * 201}, "has to be 200 characters or fewer", id="a-subject-too-long"),
        pytest.param({"meeting_on": ""}, "Enter the day of the meeting", id="no-day"),
        pytest.param({"meeting_on": "31/2/2026"}, "is not a day", id="no-such-day"),
        pytest.param({"as_at": "1/1/2019"}, "Enter a day from 1 January 2020 to today", id="before-the-first-day"),
        pytest.param({"as_at": "1/1/2090"}, "Enter a day from 1 January 2020 to today", id="tomorrow-and-later"),
        pytest.param({"since": "4/12/2026"}, "has to be earlier than the meeting", id="the-meeting-before-after-it"),
        pytest.param({"pillars": []}, "Choose at least one pillar", id="no-pillar"),
        pytest.param({"pillars": ["99"]}, "Choose at least one pillar", id="no-such-pillar"),
        pytest.param({"committee": "narnia"}, "Choose a committee", id="no-such-committee"),
        pytest.param({"layout": "poem"}, "Choose a layout", id="no-such-layout"),
        pytest.param({"depth": ""}, "Choose how much it says of each", id="no-depth"),
    ]

    @pytest.mark.parametrize(("changes", "words"), MISTAKES)
    def test_refused_with_words_and_what_was_typed_stays(self, officer, changes, words):
        response = self.start(officer, contact="01522", **changes)
        assert response.status_code == 400
        assert words in words_on(response)
        assert fields_of(response, "novalidate")["contact"] == "01522"
        assert not CommitteeReport.objects.exists()

    def test_another_councils_committee_is_no_choice(self, cast, officer):
        make_committee(cast.other_council, slug="theirs")
        assert self.start(officer, committee="theirs").status_code == 400

    @pytest.mark.parametrize("programme", ["agency-rules", "independent-review", "narnia"])
    def test_about_another_programme(self, officer, programme):
        assert officer.get("report-new", programme=programme).status_code == 200

    def test_about_a_programme_without_pillars(self, officer):
        form = fields_of(officer.get("report-new", programme="agency-rules"), "novalidate")
        officer.post("report-new", fields=form | {"committee": "children"} | START)
        report = CommitteeReport.objects.get()
        assert (report.programme.slug, report.pillars.count()) == ("agency-rules", 0)

    def test_the_newest_strategy_unless_another_is_asked_for(self, officer):
        assert fields_of(officer.get("report-new"), "novalidate")["programme"] == "stable-homes"


def test_without_a_committee_there_is_none_to_report_to(cast, officer):
    assert "No committee is recorded for" in words_on(officer.get("report-new"))
    assert officer.post("report-new", fields=START).status_code == 400


class TestSections:
    def test_each_stands_there_in_its_order(self, officer, report):
        page = words_on(officer.get("report-edit", 1))
        places = [page.index(f'id="section-{key}"') for key in keys(report)]
        assert places == sorted(places)

    def test_moved_up_and_down(self, officer, report):
        officer.post("report-move", *SUMMARY, fields={"to": "up"})
        assert keys(report)[:2] == ["summary", "since"]
        officer.post("report-move", *SUMMARY, fields={"to": "down"})
        assert keys(report)[:2] == ["since", "summary"]

    def test_at_the_end_it_stays(self, officer, report):
        before = keys(report)
        officer.post("report-move", 1, before[0], fields={"to": "up"})
        officer.post("report-move", 1, before[-1], fields={"to": "down"})
        assert keys(report) == before

    def test_left_out_and_taken_in(self, officer, report):
        officer.post("report-leave-out", *SUMMARY, fields={"leave": "out"})
        assert "We have begun. Summary." not in words_on(officer.get("report", 1))
        officer.post("report-leave-out", *SUMMARY, fields={"leave": "in"})
        assert "We have begun. Summary." in words_on(officer.get("report", 1))

    def test_filled_anew_only_on_what_was_read(self, officer, report):
        assert "changed by somebody else first" in words_on(
            officer.post("report-refill", *SUMMARY, fields={"revision": "9"}, follow=True)
        )
        assert texts_of(report) == ["We have begun. Summary."]
        officer.post("report-refill", *SUMMARY, fields={"revision": "1"})
        assert texts_of(report) != ["We have begun. Summary."]

    def test_what_moved_on_is_counted(self, officer, report, monkeypatch):
        put(report, "summary", Block("One", source="pillar:a/1"), Block("Two", source="pillar:a/2"))
        notes = {f"pillar:a/{n}": SourceNote(f"Pillar {n}", "/", has_moved=True) for n in (1, 2)}
        monkeypatch.setattr("reforms.reports.building.finding.notes_of", lambda *_, **__: notes)
        assert "2 sources have changed since" in words_on(officer.get("report-edit", 1))
        assert words_on(officer.get("report-section", *SUMMARY)).count("Its source has changed since") == 2

    def test_a_contributor_reads_and_has_no_buttons(self, cast, report):
        page = words_on(Browser(cast.contributor, cast.council).get("report-edit", 1))
        assert "Leave out" not in page
        assert "Discard" not in page

    def test_it_asks_as_much_for_long_sections(self, officer, report):
        officer.get("report-edit", 1)
        few = count_queries(lambda: officer.get("report-edit", 1))
        for row in report.sections.all():
            put(report, row.key, *(Block(f"Piece {number}") for number in range(20)))
        assert count_queries(lambda: officer.get("report-edit", 1)) == few

    @pytest.mark.parametrize("name", ["report-move", "report-leave-out", "report-refill"])
    def test_a_button_is_no_page(self, officer, report, name):
        assert officer.get(name, *SUMMARY).status_code == 405


class TestFront:
    def test_changed(self, officer, report):
        form = fields_of(officer.get("report-front", 1), "novalidate")
        officer.post("report-front", 1, fields=form | {"subject": "Another", "as_at": "1/2/2023"})
        assert (newest(report).subject, str(newest(report).as_at)) == ("Another", "2023-02-01")

    def test_the_second_is_shown_both(self, officer, colleague, report):
        first, second = (fields_of(each.get("report-front", 1), "novalidate") for each in (officer, colleague))
        colleague.post("report-front", 1, fields=second | {"subject": "Theirs"})
        response = officer.post("report-front", 1, fields=first | {"subject": "Mine"})
        assert response.status_code == 409
        assert "Subject: Theirs" in words_on(response)
        assert newest(report).subject == "Theirs"
        officer.post("report-front", 1, fields=fields_of(response, "novalidate"))
        assert newest(report).subject == "Mine"

    def test_refused_with_words(self, officer, report):
        form = fields_of(officer.get("report-front", 1), "novalidate")
        response = officer.post("report-front", 1, fields=form | {"subject": "", "author": "Kept"})
        assert (response.status_code, "Enter subject" in words_on(response)) == (400, True)
        assert fields_of(response, "novalidate")["author"] == "Kept"


class TestPublishing:
    def test_all_of_it_stands_on_the_page(self, approver, report):
        page = words_on(approver.get("report-publish", 1))
        for row in report.sections.all():
            assert f"We have begun. {row.heading}." in page

    def test_what_was_changed_since_is_shown_and_nothing_is_published(self, approver, officer, report):
        fields = fields_of(approver.get("report-publish", 1), "data-publish")
        section = fields_of(officer.get("report-section", *SUMMARY), "data-section")
        officer.post("report-section", *SUMMARY, fields=section | {"blocks-0-text": "Slipped in"})
        response = approver.post("report-publish", 1, fields=fields)
        assert response.status_code == 409
        assert "Summary: changed since you read it" in words_on(response)
        assert "Slipped in" in words_on(response)
        assert newest(report).state == "draft"
        approver.post("report-publish", 1, fields=fields_of(response, "data-publish"))
        assert newest(report).state == "published"

    @pytest.mark.parametrize("fields", [{}, {"revision": "x"}, {"revision": "1", "read-summary": "1"}])
    def test_what_was_read_has_to_be_said(self, approver, report, fields):
        assert approver.post("report-publish", 1, fields=fields).status_code == 409
        assert newest(report).state == "draft"

    def test_drafts_keep_it_from_being_published(self, approver, officer, report):
        put(report, "summary", Block("Secret", is_draft=True))
        CommitteeReport.objects.filter(pk=report.pk).update(has_drafts=True)
        page = approver.get("report-publish", 1)
        assert "It cannot be published yet" in words_on(page)
        assert "Publish exactly this" not in words_on(page)
        read = {f"read-{key}": "1" for key in keys(report)} | {"revision": "1"}
        assert approver.post("report-publish", 1, fields=read).status_code == 400
        assert newest(report).state == "draft"

    def test_what_is_published_leads_to_its_page_and_has_no_desk(self, cast, officer, approver):
        report = make_published(cast.council)
        for browser, name, parts in [
            (approver, "report-publish", (1,)),
            (officer, "report-edit", (1,)),
            (officer, "report-front", (1,)),
        ]:
            assert browser.get(name, *parts)["Location"] == report.get_absolute_url()

    def test_nothing_that_is_posted_changes_it(self, cast, officer):
        report = make_published(cast.council)
        for name, fields in [
            ("report-move", {"to": "up"}),
            ("report-leave-out", {"leave": "out"}),
            ("report-refill", {"revision": "1"}),
        ]:
            assert "It has been published" in words_on(officer.post(name, *SUMMARY, fields=fields, follow=True))
        officer.post("report-discard", 1)
        assert newest(report).state == "published"


class TestNext:
    def test_it_begins_with_the_words_of_the_one_before(self, cast, officer):
        earlier = make_published(cast.council)
        response = officer.post("report-next", 1)
        later = CommitteeReport.objects.get(replaces=earlier)
        assert response["Location"] == officer.url("report-edit", later.number)
        assert texts_of(later) == texts_of(earlier)

    def test_twice_is_one(self, cast, officer, colleague):
        make_published(cast.council)
        assert officer.post("report-next", 1)["Location"] == colleague.post("report-next", 1)["Location"]

    def test_of_a_draft_there_is_none(self, officer, report):
        assert "It is a draft" in words_on(officer.post("report-next", 1, follow=True))


class TestDiscarding:
    def test_it_is_gone_from_the_list_and_its_number_stays(self, officer, report):
        officer.post("report-discard", 1)
        assert report.subject not in words_on(officer.get("organisation-reports")).partition("is discarded")[2]
        assert newest(report).state == "discarded"
        assert officer.get("report-edit", 1)["Location"] == officer.url("organisation-reports")
