"""From the first form to a published report, as people do it: start, desk, a section, publish, read."""

from __future__ import annotations

from typing import Any

import pytest

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
