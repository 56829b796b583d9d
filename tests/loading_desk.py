"""A desk for trying the loader: an emptied database, and a folder of small fixtures that are right as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from councils.models import Membership
from reforms.base.loading import LoadError, Result, load
from reforms.base.loading.kinds import kinds, rooms
from reforms.base.models import LoadedRecord

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

SOURCES = """\
organisations:
  - {slug: ministry, name: Ministry of Homes, short_name: MoH, kind: department}
sources:
  - slug: report
    file: "900"
    kind: council_report
    title: Ambridge's report
    short_title: Ambridge report
    publisher: ambridge
    published_on: "2023-04-21"
    locators:
      - {at: Page 1, lines: 1-4}
      - {at: Page 2, lines: 5-5, context: Says who wrote it.}
      - {at: "Page 3: the table", lines: 6-9}
  - slug: paper
    kind: strategy
    title: The paper
    short_title: Paper
    publisher: ministry
    published_on: "2023-02-02"
    url: https://example.org/paper
    cite: {report: [Page 1]}
anchors:
  - slug: this-parliament
    phrase: this Parliament
    title: The Parliament of 2019
    earliest: "2019-12-17"
    latest: "2024-12-17"
    valid_from: "2019-12-17"
    valid_to: "2024-05-30"
    basis: inferred
    known_on: "2019-12-17"
"""

PROGRAMME = """\
programme:
  slug: warm-homes
  prefix: WH
  kind: strategy
  title: Warm homes
  owner: ministry
  published_on: "2023-02-02"
  pillar_noun: pillar
  pillar_noun_plural: pillars
  commitment_noun: promise
  commitment_noun_plural: promises
  cite: {paper: [""]}
phases:
  - {number: 1, title: Phase one, words: over the next two years, cite: {paper: []}}
milestones:
  - {slug: first-homes, title: First homes are warm, phase: 1, commitment: WH-1-01, cite: {report: [Page 1]}}
  - {slug: the-end, title: All is done, words: by 2027, cite: {report: [Page 1]}}
funding:
  - {reference: WH-0-F1, title: All of it, role: headline, shape: sum, amount: "200000000", cite: {paper: [""]}}
commitments:
  - reference: WH-0-01
    title: Go on with it
    kind: commitment
    strength: ambition
    cite: {paper: [""]}
links:
  - {from: WH-1-01, relation: delivers, to: WH-0-01, cite: {report: [Page 1]}}
"""

PILLAR = """\
pillar:
  programme: warm-homes
  number: 1
  title: Heat
  cite: {report: [Page 1]}
commitments:
  - reference: WH-1-01
    title: Heat every home
    summary: Every home is heated.
    kind: commitment
    strength: firm
    lead: ministry
    cite: {report: [Page 1]}
    deadlines:
      - {role: due, words: by the end of 2023}
      - {role: due, words: by the end of this Parliament}
    funding:
      - reference: WH-1-01-F1
        title: Boilers
        role: itemised
        shape: sum
        amount: "45000000"
        years: ["2023-24"]
        also_funds: [WH-1-02]
      - {reference: WH-1-01-F2, title: Pipes, role: itemised, shape: sum, amount: "5000000", part_of: WH-1-01-F1}
    progress:
      - {status: not_yet, happened_on: "2023-04-21", summary: Nothing yet.}
    parts:
      - reference: WH-1-01a
        title: Heat the first homes
        strength: firm
        deadlines:
          - {role: start, words: in Spring 2023}
    pilots:
      - slug: first-streets
        title: First streets
        kind: pilot
        waves:
          - {number: 1, title: First wave, words: in 2023}
  - reference: WH-1-02
    title: Seal every window
    strength: subject_to
    condition: subject to glass
    cite: {report: [Page 1, "Page 3: the table"]}
"""

PLACES = """\
cite: {paper: [""]}
regions:
  - {slug: midlands, name: Midlands, gss_code: E12000001}
councils:
  - slug: ambridge
    gss_code: E10000001
    name: Ambridge
    full_name: Ambridge County Council
    type: county
    region: midlands
    tile: [3, 8]
    starts_on: "2009-04-01"
    other_names: [Ambridge and villages]
  - slug: borchester
    gss_code: E10000002
    name: Borchester
    full_name: Borchester Borough Council
    type: unitary
    region: midlands
    ends_on: "2023-03-31"
    successors: [ambridge]
"""

AMBRIDGE = """\
positions:
  - programme: warm-homes
    pillar: 1
    versions:
      - number: 1
        state: published
        origin: recorded
        published_on: "2023-04-21"
        text: |
          Our homes are warm.

          We would like more pipes.
        cite: {report: [Page 1]}
        claims:
          - {number: 1, kind: fact, text: Our homes are warm., figure: "63", about: [WH-1-01]}
          - {number: 2, kind: ask, text: We would like more pipes., about: [WH-1-02, WH-1-01a]}
participation:
  - {pilot: first-streets, status: interested, said_on: "2023-04-21", cite: {report: [Page 1]}}
"""

ASKS = """\
consultations:
  - slug: heat-paper
    title: The heat paper
    owner: ministry
    programme: warm-homes
    opens_on: "2023-02-02"
    closes_on: "2023-05-11"
    about: [WH-1-01]
    cite: {report: [Page 1]}
  - slug: glass-paper
    title: The glass paper
    owner: ministry
    promised_by: WH-1-02
    opens: {words: in Autumn 2023}
    cite: {report: [Page 1]}
steps:
  - organisation: ambridge
    number: 1
    origin: recorded
    consultations: [heat-paper]
    title: Ask everybody
    words: throughout April
    read_as: throughout April 2023
    reason: No year is given.
    cite: {report: [Page 1]}
"""

FILES = {
    "plan/sources.yaml": SOURCES,
    "plan/programme.yaml": PROGRAMME,
    "plan/pillar-1.yaml": PILLAR,
    "councils/places.yaml": PLACES,
    "councils/ambridge.yaml": AMBRIDGE,
    "consultations/asks.yaml": ASKS,
}


SOURCES_FILE, PROGRAMME_FILE, PILLAR_FILE, PLACES_FILE, AMBRIDGE_FILE, ASKS_FILE = FILES


def mistake(case_id: str, file: str, old: str, new: str, message: str, *, at: str = "") -> Any:
    """A case: change `old` into `new`. The mistake stands on the first line that says `at`, or `new`'s first line."""
    return pytest.param(file, old, new, at or new.splitlines()[0], message, id=case_id)


class Desk:
    """The files in the working folder, and loads of all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in FILES.items():
            self.put(name, text)

    def put(self, name: str, content: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, name: str) -> str:
        return (self.folder / name).read_text()

    def change(self, name: str, old: str, new: str) -> None:
        """Change the first place where a file says something; it has to say it."""
        text = self.read(name)
        assert old in text, f"{name} does not say {old!r}"
        self.put(name, text.replace(old, new, 1))

    def line_of(self, name: str, text: str) -> int:
        """The line, from 1, on which a file first says something."""
        return next(number for number, line in enumerate(self.read(name).splitlines(), 1) if text in line)

    def load(self, *names: str, **options: Any) -> Result:
        """Load these files or folders, or all of them."""
        return load(names or self.folders(), **{"now": NOW, **options})

    def folders(self) -> list[str]:
        """The folders that are there."""
        names = [name for room in rooms() for name in room.folders]
        return [name for name in names if (self.folder / name).is_dir()]

    def assert_mistake(self, file: str, old: str, new: str, at: str, message: str) -> None:
        """Make the change, and find exactly this mistake on that line."""
        self.change(file, old, new)
        assert self.mistakes() == [f"{file}:{self.line_of(file, at)}: {message}"]

    def mistakes(self, *names: str) -> list[str]:
        """What a load refuses, a line each; the database has to be as it was."""
        before = contents()
        with pytest.raises(LoadError) as refused:
            self.load(*names)
        assert contents() == before
        return str(refused.value).splitlines()


def contents() -> dict[str, list[tuple]]:
    """Every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def empty_database() -> None:
    """Delete everything that was loaded. Events stay: they are only ever added to."""
    loaded = [kind.model for kind in reversed(list(kinds()))]
    tied = [codec.through for kind in kinds() for codec in kind.many.values()]
    with unwatched():
        for model in (Membership, *tied, *loaded, LoadedRecord):
            model._base_manager.all()._raw_delete("default")


@contextmanager
def unwatched() -> Iterator[None]:
    """PostgreSQL does not look for what refers to a row that goes, where we may tell it: a second for every test."""
    with connection.cursor() as cursor:
        is_ours = connection.vendor == "postgresql" and _may_tell(cursor)
        if is_ours:
            cursor.execute("SET session_replication_role = replica")
        yield
        if is_ours:
            cursor.execute("SET session_replication_role = origin")


def _may_tell(cursor: Any) -> bool:
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    return cursor.fetchone()[0]


@pytest.fixture
def desk(db, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An emptied database, and the small fixtures in the working folder."""
    empty_database()
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)
