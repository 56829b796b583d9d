"""A fixture of which one flag is due, whatever the day: a consultation that closes in ten days."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from reforms.base import clock

TEXT = """\
organisations:
  - {{slug: ministry, name: Ministry of Homes, short_name: MoH, kind: department}}
sources:
  - slug: report
    file: "900"
    kind: council_report
    title: A report
    short_title: A report
    publisher: ministry
    published_on: "{published_on}"
    published_basis: stated
    url: ""
    locators:
      - {{at: Page 1, lines: 1-4}}
consultations:
  - slug: warm-homes
    title: Warm homes
    owner: ministry
    opens_on: "{published_on}"
    opens_basis: stated
    closes_on: "{closes_on}"
    known_on: "{published_on}"
    summary: Asks how homes may be kept warm.
    about: []
    cite: {{report: [Page 1]}}
"""


def closing_soon(folder: Path, *, days: int = 10) -> Path:
    """The file, as of today, with another number of days if one is given."""
    today = clock.civil_day(clock.now())
    path = folder / "closing.yaml"
    path.write_text(TEXT.format(published_on=today - timedelta(days=30), closes_on=today + timedelta(days)))
    return path
