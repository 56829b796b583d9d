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
    "flags": "/flags/",
    "about-dates": "/about/dates/",
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
    "flags-csv": "/flags.csv",
    "flags-json": "/flags.json",
}
"""Twins of pages, as CSV or JSON."""

WITHOUT_A_DAY = {"livez": "/livez", "readyz": "/readyz", "as-at": "/as-at/", "sign-in": "/accounts/sign-in/"}
"""Anybody may open these, and they say nothing that depends on a day."""

PRIVATE = {"sign-out": "/accounts/sign-out/"}
"""For people who have signed in. Everything under /admin/ is private too."""

READABLE = {**PAGES, **LATER_PAGES, **DATA}
PUBLIC = {**READABLE, **WITHOUT_A_DAY}


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str | None]]:
    """Every route there is: its pattern and its name."""
    for each in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield pattern, each.name
        else:
            yield from routes(each, pattern)
