"""Ties between commitments: what the database itself refuses, how files give them, and from when they are known."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from pillars.models import Commitment, CommitmentLink
from tests.builders import DAY, make_commitment
from tests.loading_desk import PILLAR_FILE, PROGRAMME_FILE, Desk, mistake

pytestmark = pytest.mark.django_db

LINK = "{from: WH-1-01, relation: delivers, to: WH-0-01, cite: {report: [Page 1]}}"
OURS = LINK.replace("cite", "basis: inferred, reason: Both are about warmth., cite")


@pytest.fixture
def commitments():
    one = make_commitment()
    return one, make_commitment(one.programme)


def make_link(start: Commitment, end: Commitment, **values: str) -> CommitmentLink:
    return start.links_out.create(**{"to_commitment": end, "relation": "delivers", "known_on": DAY} | values)


# What the database refuses


def test_a_link_is_stated_unless_it_says_otherwise(commitments):
    link = make_link(*commitments)
    assert (link.basis, link.reason, link.get_basis_display()) == ("stated", "", "Stated")


def test_an_inferred_link_has_a_reason(commitments):
    with pytest.raises(IntegrityError, match="an_inferred_link_has_a_reason"), transaction.atomic():
        make_link(*commitments, basis=CommitmentLink.Basis.INFERRED)

    link = make_link(*commitments, basis=CommitmentLink.Basis.INFERRED, reason="Both are about warmth.")
    assert link.get_basis_display() == "Inferred by us"


def test_an_older_release_may_still_write_links(commitments):
    """It knows nothing of a basis or of a reason."""
    start, end = commitments
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pillars_commitmentlink (known_on, relation, from_commitment_id, to_commitment_id)"
            " VALUES ('2023-04-21', 'delivers', %s, %s)",
            [start.pk, end.pk],
        )
    link = start.links_out.get()
    assert (link.basis, link.reason) == ("stated", "")


# Files


def loaded(desk: Desk) -> CommitmentLink:
    desk.load()
    return CommitmentLink.objects.get()


def test_a_file_that_says_no_more_states_it(desk: Desk):
    link = loaded(desk)
    assert (str(link), link.basis, link.reason) == ("WH-1-01 delivers WH-0-01", "stated", "")


def test_what_we_join_ourselves_has_its_reason(desk: Desk):
    desk.change(PROGRAMME_FILE, LINK, OURS)
    link = loaded(desk)
    assert (link.basis, link.reason) == ("inferred", "Both are about warmth.")
    assert desk.load().is_quiet


def test_a_link_of_an_older_load_changes_its_basis(desk: Desk):
    desk.load()
    desk.change(PROGRAMME_FILE, LINK, OURS)
    assert loaded(desk).basis == "inferred"


@pytest.mark.parametrize(
    ("link", "promise", "expected"),
    [
        pytest.param("{paper: []}", "{report: [Page 1]}", date(2023, 4, 21), id="not-before-both-its-ends"),
        pytest.param("{report: [Page 1]}", "{paper: []}", date(2023, 4, 21), id="with-its-source"),
        pytest.param("{report: [Page 1], paper: []}", "{paper: []}", date(2023, 2, 2), id="with-its-earliest-source"),
        pytest.param('{paper: []}, known_on: "2023-05-01"', "{paper: []}", date(2023, 5, 1), id="as-given"),
    ],
)
def test_known_from(desk: Desk, link: str, promise: str, expected: date):
    """The other end is known from 2 February 2023."""
    desk.change(PROGRAMME_FILE, LINK, LINK.replace("{report: [Page 1]}", link))
    desk.change(
        PILLAR_FILE, "    lead: ministry\n    cite: {report: [Page 1]}", f"    lead: ministry\n    cite: {promise}"
    )
    assert loaded(desk).known_on == expected


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        mistake(
            "inferred-without-reason",
            PROGRAMME_FILE,
            LINK,
            LINK.replace("cite", "basis: inferred, cite"),
            "An inferred link needs the reason we join the two.",
        ),
        mistake(
            "unknown-basis",
            PROGRAMME_FILE,
            LINK,
            LINK.replace("cite", "basis: guessed, cite"),
            "basis is “guessed”; it has to be one of stated, inferred.",
        ),
        mistake(
            "reason-too-long",
            PROGRAMME_FILE,
            LINK,
            LINK.replace("cite", f"reason: {'a' * 301}, cite"),
            "reason has 301 characters, which is more than 300.",
        ),
        mistake(
            "unknown-key",
            PROGRAMME_FILE,
            LINK,
            LINK.replace("cite", "because: Warmth., cite"),
            "Unknown key “because”. Allowed here: basis, cite, from, known_on, reason, relation, to.",
        ),
        mistake(
            "one-commitment-twice",
            PROGRAMME_FILE,
            LINK,
            OURS.replace("WH-0-01", "WH-1-01"),
            "A link joins two commitments, and this names one twice.",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(desk: Desk, file: str, old: str, new: str, at: str, message: str):
    desk.assert_mistake(file, old, new, at, message)
