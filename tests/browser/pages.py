"""Every page of the site, by name: the table that the browser tests, the bench and the pictures go through.

A route that is in the URLconf and neither here nor in NOT_PAGES fails a test (test_pages.py).
"""

from dataclasses import dataclass
from datetime import date

from reforms.base.as_at import with_day

COMMITTEE_DAY = date(2023, 4, 21)
Days = tuple[date | None, ...]
BOTH_DAYS: Days = (None, COMMITTEE_DAY)
TODAY: Days = (None,)
COMMITTEE: Days = (COMMITTEE_DAY,)


@dataclass(frozen=True)
class Page:
    """One page. `is_main`: the best example of its kind, looked at closely when narrow, and measured.

    `days` are the days it is opened for; None is today. A refusal looks alike on any day: one is enough.
    """

    id: str
    address: str
    status: int = 200
    is_main: bool = False
    only: Days = ()

    @property
    def days(self) -> Days:
        return self.only or (BOTH_DAYS if self.status == 200 else COMMITTEE)

    def on(self, day: date | None) -> str:
        """Its address for a day."""
        return with_day(self.address, day) if day else self.address


LINCOLNSHIRE = "/councils/lincolnshire/"
LONGEST = "/councils/bournemouth-christchurch-and-poole/"
BLACKPOOL = "/councils/blackpool/"
UNHEARD = "/councils/kent/"
"""A council of which nothing is recorded."""
RESPONSE = "/consultations/stable-homes-strategy/responses/london-innovation-and-improvement-alliance/"

BOARD = "/committees/lincolnshire/children-and-young-people-scrutiny/"
"""A committee of the demo."""

PAGES = (
    Page("home", "/", is_main=True),
    Page("programmes", "/programmes/", is_main=True),
    Page("strategy", "/programmes/stable-homes/", is_main=True),
    Page("review", "/programmes/independent-review/", is_main=True),
    Page("framework", "/programmes/national-framework/"),
    Page("rules", "/programmes/agency-rules/"),
    Page("programme-unknown", "/programmes/unstable-homes/", 404),
    Page("outcome", "/programmes/stable-homes/outcome/", is_main=True),
    Page("outcome-without-pillars", "/programmes/agency-rules/outcome/"),
    Page("outcome-undated", "/programmes/national-framework/outcome/", only=TODAY),
    Page("outcome-unknown", "/programmes/unstable-homes/outcome/", 404),
    Page("pillar", "/programmes/stable-homes/pillars/4/", is_main=True),
    Page("pillar-beside", "/programmes/stable-homes/pillars/4/?council=lincolnshire"),
    Page("pillar-beside-nobody", "/programmes/stable-homes/pillars/4/?council=nobody", 400),
    Page("area", "/programmes/independent-review/pillars/4/", is_main=True),
    Page("area-beside-nobody", "/programmes/independent-review/pillars/7/"),
    Page("area-before-any-answer", "/programmes/independent-review/pillars/4/?as_at=2022-12-01", only=TODAY),
    Page("pillar-unknown", "/programmes/stable-homes/pillars/7/", 404),
    Page("commitments", "/commitments/", is_main=True),
    Page("commitments-filtered", "/commitments/?programme=stable-homes&pillar=4&pillar=5&timing=passed&timing=open"),
    Page("commitments-second", "/commitments/?page=2"),
    Page("commitments-by-date", "/commitments/?programme=stable-homes&sort=due"),
    Page("commitments-none", "/commitments/?q=zebra"),
    Page("commitments-wrong", "/commitments/?timing=soon&due_from=2023-02-30&colour=red&page=0", 400),
    Page("commitments-asked", "/commitments/?programme=independent-review"),
    Page("verdicts", "/verdicts/", is_main=True),
    Page("verdicts-filtered", "/verdicts/?pillar=4&carried=4&verdict=adapted&parts=on"),
    Page("verdicts-none", "/verdicts/?q=zebra"),
    Page("verdicts-before-any", "/verdicts/?as_at=2022-12-01", only=TODAY),
    Page("verdicts-wrong", "/verdicts/?verdict=maybe&carried=9&parts=all&colour=red", 400),
    Page("commitment", "/commitments/SH-1-01/", is_main=True),
    Page("commitment-gap", "/commitments/SH-4-01/"),
    Page("commitment-part", "/commitments/SH-1-01a/"),
    Page("commitment-wordings", "/commitments/SH-4-13a/"),
    Page("commitment-rule", "/commitments/AR-8/"),
    Page("commitment-outcome", "/commitments/NF-O1/"),
    Page("commitment-unasked", "/commitments/SH-4-16/"),
    Page("commitment-unknown", "/commitments/SH-9-99/", 404),
    Page("recommendation", "/commitments/IR-4-10/", is_main=True),
    Page("recommendation-silent", "/commitments/IR-2-02/"),
    Page("recommendation-answered-twice", "/commitments/IR-7-01/"),
    Page("recommendation-part", "/commitments/IR-1-01a/"),
    Page("recommendation-before-any-answer", "/commitments/IR-4-10/?as_at=2022-12-01", only=TODAY),
    Page("funding", "/funding/", is_main=True),
    Page("funding-filtered", "/funding/?role=itemised&shape=rate&shape=percentage"),
    Page("funding-none", "/funding/?q=zebra"),
    Page("funding-wrong", "/funding/?role=promised&shape=round", 400),
    Page("timeline", "/timeline/", is_main=True),
    Page("timeline-filtered", "/timeline/?programme=stable-homes&pillar=4"),
    Page("timeline-undated", "/timeline/?programme=national-framework"),
    Page("timeline-wrong", "/timeline/?pillar=9", 400),
    Page("pilots", "/pilots/", is_main=True),
    Page("pilots-none", "/pilots/?as_at=2020-06-01", only=TODAY),
    Page("councils", "/councils/", is_main=True),
    Page("councils-filtered", "/councils/?region=east-midlands&type=county"),
    Page("councils-of-pilots", "/councils/?pilot=early-career-framework&pilot=family-network-pilot", only=TODAY),
    Page("councils-of-a-pilot", "/councils/?pilot=early-career-framework&region=london&region=north-east"),
    Page("councils-before-mergers", "/councils/?as_at=2020-01-01", only=TODAY),
    Page("councils-none", "/councils/?q=zebra"),
    Page("councils-wrong", "/councils/?region=narnia", 400),
    Page("council", LINCOLNSHIRE, is_main=True),
    Page("council-of-the-review", BLACKPOOL, is_main=True),
    Page("council-empty", UNHEARD),
    Page("council-longest", LONGEST),
    Page("council-of-pilots", "/councils/sunderland/", only=TODAY),
    Page("council-abolished", "/councils/cumbria/"),
    Page("council-unknown", "/councils/narnia/", 404),
    Page("compare", f"{LINCOLNSHIRE}compare/stable-homes/", is_main=True),
    Page("compare-gaps", f"{LINCOLNSHIRE}compare/stable-homes/?show=gaps"),
    Page("compare-wrong", f"{LINCOLNSHIRE}compare/stable-homes/?show=everything", 400),
    Page("compare-review", f"{BLACKPOOL}compare/independent-review/", is_main=True),
    Page("compare-review-gaps", f"{BLACKPOOL}compare/independent-review/?show=gaps"),
    Page("compare-review-before-any-answer", f"{BLACKPOOL}compare/independent-review/?as_at=2022-12-01", only=TODAY),
    Page("compare-without-pillars", f"{LINCOLNSHIRE}compare/national-framework/"),
    Page("compare-rules", f"{LINCOLNSHIRE}compare/agency-rules/"),
    Page("compare-empty", f"{UNHEARD}compare/stable-homes/"),
    Page("compare-longest", f"{LONGEST}compare/stable-homes/"),
    Page("organisations", "/organisations/", is_main=True),
    Page("organisations-none", "/organisations/?q=zebra"),
    Page("organisations-wrong", "/organisations/?kind=choir", 400),
    Page("organisations-before-any", "/organisations/?as_at=2021-01-01", only=TODAY),
    Page("views", "/views/", is_main=True),
    Page("views-filtered", "/views/?pillar=4&stance=concern&organisation=local-government-association&sort=stance"),
    Page("views-of-a-commitment", "/views/?commitment=SH-4-04&sort=-known", only=TODAY),
    Page("views-for-a-place", "/views/?for_place=London&stance=ask", only=TODAY),
    Page("views-none", "/views/?q=zebra"),
    Page("views-wrong", "/views/?stance=praise&commitment=SH-9-99&pillar=9&colour=red&page=0", 400),
    Page("organisation", "/organisations/local-government-association/", is_main=True),
    Page("organisation-longest", "/organisations/association-of-london-directors-of-childrens-services/"),
    Page("organisation-that-leads", "/organisations/department-for-education/"),
    Page("organisation-alliance", "/organisations/london-innovation-and-improvement-alliance/"),
    Page("organisation-unknown", "/organisations/nobody/", 404),
    Page("consultations", "/consultations/", is_main=True),
    Page("consultations-closing", "/consultations/?closes_within=28"),
    Page("consultations-wrong", "/consultations/?closes_within=soon", 400),
    Page("consultation", "/consultations/stable-homes-strategy/", is_main=True),
    Page("consultation-promised", "/consultations/child-in-need-case-holding/"),
    Page("response", RESPONSE, is_main=True, only=TODAY),
    Page("response-on-its-day", f"{RESPONSE}?as_at=2023-05-11", only=TODAY),
    Page("response-before-it-came", RESPONSE, 404, only=COMMITTEE),
    Page("consultation-unknown", "/consultations/everything/", 404),
    Page("flags", "/flags/", is_main=True),
    Page("flags-filtered", "/flags/?kind=consultation_closing"),
    Page("flags-of-positions", "/flags/?kind=position_stale"),
    Page("flags-wrong", "/flags/?kind=red", 400),
    Page("committees", "/committees/", is_main=True, only=TODAY),
    Page("committees-none", "/committees/?q=zebra", only=TODAY),
    Page("committees-wrong", "/committees/?organisation=narnia", 400),
    Page("committee", BOARD, only=TODAY),
    Page("committee-since", f"{BOARD}since/?since=2023-02-01", only=TODAY),
    Page("committee-unknown", "/committees/lincolnshire/narnia/", 404),
    Page("actions", f"{BOARD}actions/", only=TODAY),
    Page("actions-wrong", f"{BOARD}actions/?state=late&meeting_from=soon", 400, only=TODAY),
    Page("action-unknown", f"{BOARD}actions/1/", 404),
    Page("changes", "/changes/?since=2023-02-01", is_main=True),
    Page("changes-filtered", "/changes/?since=2023-02-01&pillar=4&kind=progress&kind=passed"),
    Page("changes-none", "/changes/?since=2020-01-01&as_at=2020-02-01", only=TODAY),
    Page("changes-wrong", "/changes/?since=2999-01-01&council=nobody&colour=red", 400),
    Page("reports", "/reports/", is_main=True),
    Page("reports-none", "/reports/?q=zebra"),
    Page("reports-wrong", "/reports/?layout=poem&organisation=nobody", 400),
    Page("reports-of-an-organisation", "/reports/lincolnshire/", is_main=True),
    Page("reports-of-nobody", "/reports/nobody/", 404),
    Page("report-unknown", "/reports/lincolnshire/1/", 404),
    Page("sources", "/sources/", is_main=True),
    Page("sources-none", "/sources/?q=zebra"),
    Page("conflicts", "/sources/conflicts/", is_main=True),
    Page("conflicts-filtered", "/sources/conflicts/?field=date&field=money&document=lga-2023&pillar=4"),
    Page("conflicts-by-field", "/sources/conflicts/?sort=field&page=2", only=TODAY),
    Page("conflicts-none", "/sources/conflicts/?q=zebra"),
    Page("conflicts-before-any", "/sources/conflicts/?as_at=2021-01-01", only=TODAY),
    Page("conflicts-wrong", "/sources/conflicts/?field=colour&document=rumour&pillar=9&page=0", 400),
    Page("sources-wrong", "/sources/?kind=rumour", 400),
    Page("source", "/sources/lincolnshire-2023/", is_main=True),
    Page("source-longest", "/sources/lga-2023/"),
    Page("source-article", "/sources/community-care-2023/"),
    Page("source-without-text", "/sources/stable-homes-strategy/"),
    Page("source-unknown", "/sources/rumour/", 404),
    Page("about-dates", "/about/dates/", is_main=True),
    Page("good-positions", "/about/good-positions/", is_main=True),
    Page("as-at", "/as-at/?to=%2Fflags%2F", is_main=True),
    Page("as-at-wrong", "/as-at/?day_day=31&day_month=2&day_year=2023", 400),
    Page("as-at-impossible", "/flags/?as_at=2023-02-30", 400, only=TODAY),
    Page("sign-in", "/accounts/sign-in/", is_main=True),
    Page("password-reset", "/accounts/password/reset/", is_main=True, only=TODAY),
    Page("password-reset-sent", "/accounts/password/reset/sent/", only=TODAY),
    Page("password-reset-over", "/accounts/password/reset/key/1-abc/", only=TODAY),
    Page("password-reset-done", "/accounts/password/reset/done/", only=TODAY),
    Page("invitation-over", "/accounts/invitation/1-abc/", 404, only=TODAY),
    Page("single-sign-on-cancelled", "/accounts/single-sign-on/cancelled/", only=TODAY),
    Page("updates", "/updates/", only=TODAY),
    Page("updates-of-a-pillar", "/updates/?pillar=stable-homes/4", is_main=True, only=TODAY),
    Page("updates-of-a-council", "/updates/?council=bournemouth-christchurch-and-poole", only=TODAY),
    Page("updates-wrong", "/updates/?council=narnia", 400, only=TODAY),
    Page("updates-sent", "/updates/sent/", only=TODAY),
    Page("updates-over", "/updates/confirm/abc/", 404, only=TODAY),
    Page("not-found", "/no-such-page/", 404, is_main=True, only=BOTH_DAYS),
)
BY_ID = {page.id: page for page in PAGES}
Opening = tuple[Page, date | None]
OPENINGS: tuple[Opening, ...] = tuple((page, day) for page in PAGES for day in page.days)
"""Each page with each day it is opened for."""

NOT_PAGES = {
    "livez": "plain text for machines",
    "readyz": "data for machines",
    "sign-out": "answers to a button alone",
    "sign-in-again": "answers to a button alone",
    "account_login": "the sign-in page by another name",
    "openid_connect_login": "leads to a provider",
    "openid_connect_callback": "leads back from one",
    "person-action": "answers to buttons alone",
    "my-work-flags": "answers to a button; its mistakes are looked at by tests of the page it is on",
    "watching-retry": "answers to a button alone",
    "watching-retry-all": "answers to a button alone",
    "mfa_download_recovery_codes": "plain text",
    **dict.fromkeys(
        (
            "account",
            "account_change_password",
            "account_reauthenticate",
            "calendar-link",
            "invite",
            "mfa_activate_totp",
            "mfa_authenticate",
            "mfa_deactivate_totp",
            "mfa_generate_recovery_codes",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_view_recovery_codes",
            "people",
            "person",
            "watching",
        ),
        "of people who sign in: test_accounts.py opens it",
    ),
    **dict.fromkeys(
        ("updates-manage", "updates-unsubscribe", "my-updates", "my-updates-preview"),
        "of those who get updates: test_subscribing.py opens it",
    ),
    "my-updates-send": "answers to a button alone",
    "commitments-csv": "data",
    "commitments-json": "data",
    "funding-csv": "data",
    "funding-json": "data",
    "councils-csv": "data",
    "councils-json": "data",
    "consultations-csv": "data",
    "consultations-json": "data",
    "changes-csv": "data",
    "changes-json": "data",
    "flags-csv": "data",
    "flags-json": "data",
    "reports-csv": "data",
    "reports-json": "data",
    "report-file": "a file",
    "organisations-csv": "data",
    "organisations-json": "data",
    "views-csv": "data",
    "views-json": "data",
    "verdicts-csv": "data",
    "verdicts-json": "data",
    "conflicts-csv": "data",
    "conflicts-json": "data",
    "sources-csv": "data",
    "sources-json": "data",
    "source-data": "data",
    "changes-feed": "data",
    "committees-csv": "data",
    "committees-json": "data",
    "actions-csv": "data",
    "actions-json": "data",
    "action": "of what people put on record: test_committees.py opens it",
    **dict.fromkeys(
        ("committee-new", "committee-edit", "action-new", "action-reply", "action-close"),
        "private: test_committees.py",
    ),
    "calendar": "data",
    "council-calendar": "data",
    "calendar-private": "data, for whoever brings the link",
    "my-work": "private: test_writing.py",
    "progress": "private: test_writing.py",
    "first-steps": "private: test_writing.py",
    **dict.fromkeys(
        ("report-move", "report-leave-out", "report-refill", "report-discard", "report-next"),
        "answers to a button alone",
    ),
    **dict.fromkeys(
        ("report-new", "report-edit", "report-front", "report-section", "report-set-aside", "report-publish"),
        "private: test_reports.py",
    ),
    "position-start": "answers to a button alone",
    "position-desk": "private: test_writing.py",
    "position-edit": "private: test_writing.py",
    "position-preview": "private: test_writing.py",
    "position-check": "private: test_writing.py",
    "position-history": "private: test_writing.py",
    "position-version": "private: test_writing.py",
    "position-set-aside": "private: test_writing.py",
}


def opening_id(opening: tuple[Page, date | None]) -> str:
    """How a test of a page on a day is called."""
    page, day = opening
    return f"{page.id}-{day.isoformat()}" if day else page.id
