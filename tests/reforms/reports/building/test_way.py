"""From the first form to a published report, as people do it: start, desk, a section, publish, read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from reforms.reports.models import CommitteeReport
from tests.councils.writing.typing import fields_of
from tests.reforms.reports.building.cast import make_committee, newest, texts_of, words_on

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def typed(officer, **changes: Any) -> dict[str, Any]:
    """The form of a new report as it opens, with a subject and a day."""
    form = fields_of(officer.get("report-new"), "novalidate")
    return form | {"subject": "Reform", "meeting_on": "3 December 2026"} | changes


def test_from_nothing_to_a_published_report(cast, officer, approver, public):
    make_committee(cast.council, slug="children")
    started = officer.post("report-new", fields=typed(officer, committee="children"), follow=True)
    report = CommitteeReport.objects.get()
    assert started.redirect_chain == [(officer.url("report-edit", 1), 302)]
    assert "Nobody has changed it" in words_on(officer.get("report-section", 1, "summary"))

    section = fields_of(officer.get("report-section", 1, "summary"), "data-section")
    officer.post("report-section", 1, "summary", fields=section | {"blocks-0-text": "In short: <we> & ours."})
    assert texts_of(report)[0] == "In short: <we> & ours."
    assert public.get("report", 1).status_code == 404

    check = approver.get("report-publish", 1)
    assert "In short: &lt;we&gt; &amp; ours." in words_on(check)
    done = approver.post("report-publish", 1, fields=fields_of(check, "data-publish"))
    assert done["Location"] == approver.url("report", 1)
    assert newest(report).state == "published"

    page = public.get("report", 1)
    assert "In short: &lt;we&gt; &amp; ours." in words_on(page)
    assert newest(report).digest in words_on(page)
    assert newest(report).subject in words_on(public.get("organisation-reports"))


@pytest.mark.parametrize("how", ["get", "post"])
@time_machine.travel(datetime(2020, 6, 1, 12, tzinfo=UTC), tick=False)
def test_before_any_plan_is_recorded_it_says_so(officer, how):
    page = getattr(officer, how)("report-new")

    assert page.status_code == 200
    assert "No plan is recorded yet" in words_on(page)


def test_what_is_missing_is_named(cast, officer):
    make_committee(cast.council, slug="children")

    page = officer.post("report-new")

    assert page.status_code == 400
    assert "This field is required" not in words_on(page)
    for words in ("Choose a layout", "Choose how much it says", "Choose what the report is about"):
        assert words in words_on(page)
