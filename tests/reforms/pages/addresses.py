"""Every address of the site that anybody may read, with an example of each.

A new route has to be added here, or to PRIVATE, before the tests pass: see tests/reforms/base/test_access.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

PAGES = {
    "home": "/",
    "programmes": "/programmes/",
    "programme": "/programmes/stable-homes/",
    "outcome": "/programmes/stable-homes/outcome/",
    "pillar": "/programmes/stable-homes/pillars/4/",
    "commitments": "/commitments/",
    "commitment": "/commitments/SH-4-01/",
    "funding": "/funding/",
    "timeline": "/timeline/",
    "pilots": "/pilots/",
    "consultations": "/consultations/",
    "consultation": "/consultations/agency-social-work/",
    "councils": "/councils/",
    "council": "/councils/lincolnshire/",
    "compare": "/councils/lincolnshire/compare/stable-homes/",
    "organisations": "/organisations/",
    "organisation": "/organisations/local-government-association/",
    "views": "/views/",
    "verdicts": "/verdicts/",
    "sources": "/sources/",
    "conflicts": "/sources/conflicts/",
    "source": "/sources/lincolnshire-2023/",
    "reports": "/reports/",
    "organisation-reports": "/reports/lincolnshire/",
    "flags": "/flags/",
    "committees": "/committees/",
    "changes": "/changes/",
    "about-dates": "/about/dates/",
    "good-positions": "/about/good-positions/",
}
"""Pages that answer for a day, by the name of their route."""

LATER_PAGES = {
    "response": "/consultations/stable-homes-strategy/responses/london-innovation-and-improvement-alliance/",
}
"""Pages that answer for a day after the committee's: what they show came then."""

DATA = {
    "commitments-csv": "/commitments.csv",
    "commitments-json": "/commitments.json",
    "funding-csv": "/funding.csv",
    "funding-json": "/funding.json",
    "consultations-csv": "/consultations.csv",
    "consultations-json": "/consultations.json",
    "councils-csv": "/councils.csv",
    "councils-json": "/councils.json",
    "organisations-csv": "/organisations.csv",
    "organisations-json": "/organisations.json",
    "views-csv": "/views.csv",
    "views-json": "/views.json",
    "verdicts-csv": "/verdicts.csv",
    "verdicts-json": "/verdicts.json",
    "conflicts-csv": "/sources/conflicts.csv",
    "conflicts-json": "/sources/conflicts.json",
    "sources-csv": "/sources.csv",
    "sources-json": "/sources.json",
    "source-data": "/sources/lincolnshire-2023.json",
    "reports-csv": "/reports.csv",
    "reports-json": "/reports.json",
    "flags-csv": "/flags.csv",
    "flags-json": "/flags.json",
    "changes-csv": "/changes.csv",
    "changes-json": "/changes.json",
    "changes-feed": "/changes.atom",
    "committees-csv": "/committees.csv",
    "committees-json": "/committees.json",
}
"""Twins of pages, as CSV or JSON, and the feed."""

CALENDARS = {"calendar": "/calendar.ics", "council-calendar": "/councils/lincolnshire/calendar.ics"}
"""What other programs subscribe to: of today alone."""

WITHOUT_A_DAY = {
    "livez": "/livez",
    "readyz": "/readyz",
    "as-at": "/as-at/",
    "sign-in": "/accounts/sign-in/",
    "account_login": "/accounts/sign-in/",
    "account_reset_password": "/accounts/password/reset/",
    "account_reset_password_done": "/accounts/password/reset/sent/",
    "account_reset_password_from_key_done": "/accounts/password/reset/done/",
    "account_reset_password_from_key": "/accounts/password/reset/key/1-abc/",
    "socialaccount_login_cancelled": "/accounts/single-sign-on/cancelled/",
    "updates": "/updates/",
    "updates-sent": "/updates/sent/",
}
"""Anybody may open these, and they say nothing that depends on a day."""

DOORS = {
    "sign-in-again": ("/accounts/sign-in/again/", 405),
    "mfa_authenticate": ("/accounts/sign-in/code/", 302),
    "invitation": ("/accounts/invitation/1-abc/", 404),
    "calendar-private": ("/calendars/abc.ics", 404),
    "updates-confirm": ("/updates/confirm/abc/", 404),
    "updates-manage": ("/updates/manage/abc/", 404),
    "updates-unsubscribe": ("/updates/unsubscribe/abc/", 404),
    "report": ("/reports/lincolnshire/1/", 404),
    "report-file": ("/reports/lincolnshire/1.pdf", 404),
    "openid_connect_login": ("/accounts/single-sign-on/sign-in/", 404),
    "openid_connect_callback": ("/accounts/single-sign-on/back/", 404),
}
"""Steps on the way in, and what they answer to somebody who is on no way: no code asked for, no link, no provider.
A report is there only once one is published: the fixtures have none."""

UNFILLED = {
    "committee": "/committees/lincolnshire/board/",
    "committee-since": "/committees/lincolnshire/board/since/",
    "actions": "/committees/lincolnshire/board/actions/",
    "actions-csv": "/committees/lincolnshire/board/actions.csv",
    "actions-json": "/committees/lincolnshire/board/actions.json",
    "action": "/committees/lincolnshire/board/actions/1/",
}
"""Public pages of what people put on record: with the fixtures alone there is nothing to show, and they answer 404."""

PRIVATE = {
    "my-work": "/my-work/",
    "progress": "/my-work/progress/",
    "my-work-flags": "/my-work/lincolnshire/flags/",
    "first-steps": "/my-work/lincolnshire/first-steps/",
    "position-desk": "/my-work/lincolnshire/SH-4/",
    "position-start": "/my-work/lincolnshire/SH-4/start/",
    "position-edit": "/my-work/lincolnshire/SH-4/edit/",
    "position-preview": "/my-work/lincolnshire/SH-4/preview/",
    "position-check": "/my-work/lincolnshire/SH-4/check/",
    "position-history": "/my-work/lincolnshire/SH-4/history/",
    "position-version": "/my-work/lincolnshire/SH-4/history/1/",
    "position-set-aside": "/my-work/lincolnshire/SH-4/set-aside/1/",
    "committee-new": "/my-work/lincolnshire/committees/new/",
    "committee-edit": "/my-work/lincolnshire/committees/board/edit/",
    "action-new": "/my-work/lincolnshire/committees/board/actions/new/",
    "action-reply": "/my-work/lincolnshire/committees/board/actions/1/reply/",
    "action-close": "/my-work/lincolnshire/committees/board/actions/1/close/",
    "report-new": "/my-work/lincolnshire/reports/new/",
    "report-edit": "/my-work/lincolnshire/reports/1/",
    "report-front": "/my-work/lincolnshire/reports/1/front/",
    "report-section": "/my-work/lincolnshire/reports/1/sections/summary/",
    "report-move": "/my-work/lincolnshire/reports/1/sections/summary/move/",
    "report-leave-out": "/my-work/lincolnshire/reports/1/sections/summary/leave-out/",
    "report-refill": "/my-work/lincolnshire/reports/1/sections/summary/refill/",
    "report-set-aside": "/my-work/lincolnshire/reports/1/sections/summary/set-aside/1/",
    "report-publish": "/my-work/lincolnshire/reports/1/publish/",
    "report-discard": "/my-work/lincolnshire/reports/1/discard/",
    "report-next": "/my-work/lincolnshire/reports/1/next/",
    "sign-out": "/accounts/sign-out/",
    "account": "/accounts/",
    "account_change_password": "/accounts/password/",
    "calendar-link": "/accounts/calendar/",
    "account_reauthenticate": "/accounts/confirm/",
    "mfa_reauthenticate": "/accounts/confirm/code/",
    "mfa_index": "/accounts/second-factor/",
    "mfa_activate_totp": "/accounts/second-factor/set-up/",
    "mfa_deactivate_totp": "/accounts/second-factor/turn-off/",
    "mfa_view_recovery_codes": "/accounts/second-factor/codes/",
    "mfa_generate_recovery_codes": "/accounts/second-factor/codes/new/",
    "mfa_download_recovery_codes": "/accounts/second-factor/codes.txt",
    "my-updates": "/accounts/updates/",
    "my-updates-preview": "/accounts/updates/preview/",
    "my-updates-send": "/accounts/updates/send/",
    "people": "/accounts/people/",
    "invite": "/accounts/people/invite/",
    "person": "/accounts/people/1/",
    "person-action": "/accounts/people/1/deactivate/",
    "watching": "/watching/",
    "watching-retry-all": "/watching/retry/",
    "watching-retry": "/watching/retry/1/",
}
"""For people who have signed in. Everything under /admin/ is private too."""

READABLE = {**PAGES, **LATER_PAGES, **DATA}
PUBLIC = {**READABLE, **CALENDARS, **WITHOUT_A_DAY}


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str | None]]:
    """Every route there is: its pattern and its name."""
    for each in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield pattern, each.name
        else:
            yield from routes(each, pattern)
