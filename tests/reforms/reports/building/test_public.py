"""What anybody reads of reports: only what is published, on and after its day, and it never changes."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from reforms.reports.document.notes import SourceNote
from reforms.reports.document.values import Document, digest_of
from reforms.reports.models import CommitteeReport
from tests.queries import count_queries
from tests.reforms.reports.building.cast import (
    DAY,
    Browser,
    make_committee,
    make_published,
    make_report,
    newest,
    words_on,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BEFORE = "2026-11-19"
MOVED = "has changed since it was written here"
MOVED_ON = re.compile(r'<p class="govuk-body-s app-report__moved">.*?</p>')
FORMS = ["docx", "pdf", "json"]


@pytest.fixture
def published(cast) -> CommitteeReport:
    return make_published(cast.council, subject="What <we> do & why")


def bare(response: Any, *names: str) -> str:
    """The page without what is different in the address, and without the key of a form."""
    text = re.sub('name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    for name in names:
        text = text.replace(name, "")
    return text


class TestReport:
    def test_says_what_was_frozen_and_its_digest(self, public, published):
        page = words_on(public.get("report", 1))
        assert "What &lt;we&gt; do &amp; why" in page
        assert published.digest in page
        assert public.url("report", 1) in page

    def test_its_words_stay_and_beside_them_stands_which_source_has_moved_on(self, cast, public, monkeypatch):
        make_published(cast.council, pieces=1)
        before = words_on(public.get("report", 1))
        notes = {"commitment:SH-4-01": SourceNote("SH-4-01", "/moved/", has_moved=True)}
        monkeypatch.setattr("reforms.reports.building.views.public.notes_of", lambda *_, **__: notes)
        after = words_on(public.get("report", 1))
        assert after.count(MOVED) == 1
        assert " ".join(MOVED_ON.sub(" ", after).split()) == " ".join(before.split())

    def test_not_before_its_day(self, public, published):
        assert public.get("report", 1, as_at=BEFORE).status_code == 404
        assert public.get("report", 1, as_at=DAY.isoformat()).status_code == 200

    def test_its_later_version(self, cast, public, published):
        later = make_published(cast.council, replaces=published, subject="The later one")
        page = words_on(public.get("report", 1))
        assert "A later report has taken the place of this one" in page
        assert later.get_absolute_url() in page
        assert "It takes the place of" in words_on(public.get("report", 2))

    def test_not_on_a_day_before_the_later_version(self, cast, public):
        earlier = make_published(cast.council, published_on=date(2026, 11, 1))
        make_published(cast.council, replaces=earlier, subject="The later one")
        assert "The later one" not in words_on(public.get("report", 1, as_at=BEFORE))

    def test_what_changed_stands_on_the_later_one(self, cast, public, published):
        make_published(cast.council, replaces=published, subject="Another subject")
        assert "Another subject" in words_on(public.get("report", 2))
        assert "What is different" in words_on(public.get("report", 2))

    def test_asks_as_much_for_a_long_one(self, cast, public):
        short, long = make_published(cast.council), make_published(cast.council, pieces=60)
        counted = [count_queries(lambda each=each: public.get("report", each.number)) for each in (short, short, long)]
        assert counted[1] == counted[2]


class TestDraft:
    @pytest.mark.parametrize("who", ["contributor", "officer", "approver"])
    def test_its_own_people_read_it(self, cast, report, who):
        page = words_on(Browser(getattr(cast, who), cast.council).get("report", 1))
        assert "Draft, not published." in page
        assert "We have begun. Summary." in page

    @pytest.mark.parametrize("who", ["scrutiny_member", "stranger", "administrator", None])
    @pytest.mark.parametrize("name", ["report", "report-file"])
    def test_for_others_it_is_like_one_there_is_not(self, cast, report, who, name):
        browser = Browser(getattr(cast, who) if who else None, cast.council)
        more = ["json"] if name == "report-file" else []
        there, nowhere = browser.get(name, 1, *more), browser.get(name, 9, *more)
        assert there.status_code == nowhere.status_code == 404
        assert bare(there, "/1/", "/1.", "%2F1%2F", "%2F1.") == bare(nowhere, "/9/", "/9.", "%2F9%2F", "%2F9.")

    def test_nor_on_an_earlier_day(self, officer, report):
        assert officer.get("report", 1, as_at=BEFORE).status_code == 404

    def test_a_discarded_one_is_there_for_nobody(self, officer, report):
        officer.post("report-discard", 1)
        assert officer.get("report", 1).status_code == 404

    @pytest.mark.parametrize("form", FORMS)
    def test_its_files_say_that_it_is_one(self, officer, report, form):
        response = officer.get("report-file", 1, form)
        assert response.status_code == 200
        assert f"-1-draft.{form}" in response["Content-Disposition"]


class TestFiles:
    @pytest.mark.parametrize("form", FORMS)
    def test_each_is_there(self, public, published, form):
        response = public.get("report-file", 1, form)
        assert response.status_code == 200
        assert response["Content-Disposition"].endswith(f'-1.{form}"')
        assert response.content

    def test_the_data_can_be_checked_against_the_digest(self, public, published):
        found = json.loads(public.get("report-file", 1, "json").content)
        assert digest_of(found["document"]) == found["digest"] == published.digest
        assert Document.of(found["document"]).subject == "What <we> do & why"

    def test_not_before_its_day(self, public, published):
        assert public.get("report-file", 1, "json", as_at=BEFORE).status_code == 404


class TestOfOrganisation:
    def test_nothing_yet(self, public):
        assert "No report of" in words_on(public.get("organisation-reports"))

    def test_nobody(self, public):
        public.organisation = "nobody"
        assert public.get("organisation-reports").status_code == 404

    def test_published_ones_for_all_and_drafts_for_its_own(self, cast, public, officer, published):
        make_report(cast.council, subject="Not out yet")
        assert "Not out yet" not in words_on(public.get("organisation-reports"))
        page = words_on(officer.get("organisation-reports"))
        assert "Not out yet" in page
        assert officer.url("report-new") in page

    @pytest.mark.parametrize("who", ["scrutiny_member", "stranger", "administrator"])
    def test_no_drafts_for_others_who_have_signed_in(self, cast, who):
        make_report(cast.council, subject="Not out yet")
        page = words_on(Browser(getattr(cast, who), cast.council).get("organisation-reports"))
        assert "Not out yet" not in page
        assert "Start a report" not in page

    def test_a_contributor_reads_drafts_and_starts_none(self, cast, report):
        page = words_on(Browser(cast.contributor, cast.council).get("organisation-reports"))
        assert report.subject in page
        assert "Start a report" not in page

    def test_on_an_earlier_day_neither_reports_nor_drafts(self, officer, published, report):
        page = words_on(officer.get("organisation-reports", as_at=BEFORE))
        assert report.subject not in page
        assert "What &lt;we&gt;" not in page

    def test_asks_as_much_for_many(self, cast, public):
        for _ in range(2):
            make_published(cast.council)
        public.get("organisation-reports")
        few = count_queries(lambda: public.get("organisation-reports"))
        for _ in range(6):
            make_published(cast.council)
        public.get("organisation-reports")
        assert count_queries(lambda: public.get("organisation-reports")) == few


class TestList:
    def rows(self, public, **asked: str) -> list[dict[str, Any]]:
        return public.client.get("/reports.json", asked).json()["results"]

    def test_only_what_is_published(self, cast, public, report, published):
        [row] = self.rows(public)
        assert row["subject"] == "What <we> do & why"
        assert (row["number"], row["digest"]) == (published.number, published.digest)
        assert report.subject not in public.client.get("/reports/").content.decode()

    def test_by_the_day_of_the_page(self, public, published):
        assert self.rows(public, as_at=BEFORE) == []

    @pytest.mark.parametrize(
        ("asked", "count"),
        [({"q": "why"}, 1), ({"q": "zebra"}, 0), ({"layout": "scrutiny"}, 1), ({"layout": "board"}, 0)],
        ids=["words", "no-such-words", "layout", "another-layout"],
    )
    def test_filters(self, public, published, asked, count):
        assert len(self.rows(public, **asked)) == count

    def test_of_one_organisation(self, cast, public, published):
        make_published(cast.other_council)
        assert len(self.rows(public, organisation=cast.council.slug)) == 1

    @pytest.mark.parametrize("asked", ["layout=poem", "organisation=nobody", "colour=red", "sort=size", "page=0"])
    def test_what_it_does_not_know_it_refuses(self, public, asked):
        assert public.client.get(f"/reports.json?{asked}").status_code == 400
        assert public.client.get(f"/reports/?{asked}").status_code == 400

    def test_the_page_and_the_file_hold_them_too(self, public, published):
        assert "What &lt;we&gt; do &amp; why" in public.client.get("/reports/").content.decode()
        assert "What <we> do & why" in public.client.get("/reports.csv").content.decode("utf-8-sig")

    def test_asks_as_much_for_many(self, cast, public):
        committee = make_committee(cast.council)
        make_published(cast.council, committee=committee)
        ask = lambda: public.client.get("/reports/")  # noqa: E731
        ask()
        few = count_queries(ask)
        for _ in range(6):
            make_published(cast.council, committee=committee)
        ask()
        assert count_queries(ask) == few


def test_a_frozen_report_that_is_not_as_it_was_is_never_shown(cast, public):
    """What the digest does not fit answers with a failure, not with other words."""
    report = make_report(cast.council)
    CommitteeReport.objects.filter(pk=report.pk).update(
        state="published", published_at=report.started_at, published_on=DAY, frozen={"subject": "No"}, digest="0" * 64
    )
    public.client.raise_request_exception = False
    assert public.get("report", newest(report).number).status_code == 500
