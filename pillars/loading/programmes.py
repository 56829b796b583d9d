"""Read programmes, their pillars, phases and milestones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pillars.loading.citing import read_fact, top_cite
from pillars.loading.kinds import MILESTONE, MISSION, PHASE, PILLAR, PROGRAMME
from pillars.loading.windows import note_reading
from reforms.base.loading.codecs import Plain
from reforms.base.loading.problems import Place
from reforms.base.loading.reading import Document, Item, Record
from reforms.base.loading.yaml_files import MapNode

PILLAR_IN_REFERENCE = re.compile(r"[A-Z]+-([1-9][0-9]*)-.+")


@dataclass(frozen=True)
class Home:
    """The programme, and the pillar if any, that a file is about, and the line that says so."""

    programme: str | None
    pillar: str | None
    place: Place


def home_of(document: Document) -> Home:
    """A programme file begins with `programme:`, a pillar's file with `pillar:`."""
    programme = document.top("programme", "slug") or document.top("pillar", "programme")
    number = document.top("pillar", "number")
    section = document.root.node.entries.get("programme") or document.root.node.entries.get("pillar")
    places = section.key_places if isinstance(section, MapNode) else {}
    place = places.get("programme") or places.get("slug") or document.root.place
    return Home(programme or None, f"{programme}/{number}" if programme and number else None, place)


def require_home(document: Document, section: str) -> Home:
    """The home of a section's records; a file with none cannot have the section."""
    home = home_of(document)
    if not document.root.node.entries.keys() & {"programme", "pillar"}:
        document.root.refuse(section, f"{section} need a programme or a pillar in the same file.")
    return home


def at_home(record: Record, home: Home) -> Record:
    """A wrong programme or pillar is one mistake of the file, not one of each record."""
    record.places |= {"programme": home.place, "pillar": home.place if home.pillar else record.place}
    return record


def read_programme(document: Document) -> None:
    if item := document.root.one("programme"):
        read_fact(document, PROGRAMME, item, top_cite(document))
        item.finish()


def read_pillar(document: Document) -> None:
    """The pillar of a file of its own, which names its programme."""
    if item := document.root.one("pillar"):
        programme = item.text("programme")
        if not programme:
            item.problems.add(item.place, "programme is missing.")
        pillar = read_fact(document, PILLAR, item, top_cite(document), programme=programme or None)
        pillar.places["programme"] = item.place_of("programme")
        item.finish()


def read_pillars(document: Document) -> None:
    """The pillars of a programme's own file."""
    home = require_home(document, "pillars") if document.root.each("pillars") else home_of(document)
    for item in document.root.each("pillars"):
        at_home(read_fact(document, PILLAR, item, top_cite(document), programme=home.programme), home)
        item.finish()


def read_missions(document: Document) -> None:
    """The missions of a pillar in its own file; elsewhere the reference tells the pillar, if there is one."""
    home = require_home(document, "missions")
    for item in document.root.each("missions"):
        pillar = home.pillar or pillar_of(item, home)
        mission = read_fact(document, MISSION, item, top_cite(document), programme=home.programme, pillar=pillar)
        note_reading(item, at_home(mission, home))
        item.finish()


def pillar_of(item: Item, home: Home) -> str | None:
    """In a programme's own file the reference tells the pillar: IR-2-04 stands in the second."""
    found = PILLAR_IN_REFERENCE.fullmatch(item.text("reference"))
    return f"{home.programme}/{found[1]}" if found and home.programme else None


def read_phases(document: Document) -> None:
    home = require_home(document, "phases")
    for item in document.root.each("phases"):
        phase = at_home(read_fact(document, PHASE, item, top_cite(document), programme=home.programme), home)
        note_reading(item, phase)
        item.finish()


def read_milestones(document: Document) -> None:
    home = require_home(document, "milestones")
    for item in document.root.each("milestones"):
        phase = _phase_key(item, home)
        milestone = read_fact(document, MILESTONE, item, top_cite(document), programme=home.programme, phase=phase)
        at_home(milestone, home).places["phase"] = item.place_of("phase")
        note_reading(item, milestone)
        item.finish()


def _phase_key(item: Item, home: Home) -> Plain:
    number = item.text("phase")
    return f"{home.programme}/{number}" if number else None
