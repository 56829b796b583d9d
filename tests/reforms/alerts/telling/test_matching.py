"""Who hears of what: every case a row, on plain values."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import pytest

from reforms.alerts.telling.about import About
from reforms.alerts.telling.matching import ReaderRow, Readers, RoleRow, Wanted, WishRow
from reforms.alerts.topics import Frequency, Topic

DAILY, WEEKLY, NEVER = Frequency.DAILY, Frequency.WEEKLY, Frequency.NEVER
ANN, BEN = 1, 2
"""Recipients; their persons are 10 times that."""

NATIONAL = About(
    Topic.CONSULTATIONS, title="T", reason="R", url="/", pillar=4, consultation=7, is_public=True, is_urgent=False
)
STALE = About(Topic.POSITIONS, title="T", reason="R", url="/", organisation="north", is_public=True)
PUBLISHED = About(Topic.WORK, title="T", reason="R", url="/", organisation="north", pillar=4, is_public=True)
STEP = replace(STALE, is_public=False)
SUBMITTED = replace(PUBLISHED, is_public=False, pillar=None, roles=frozenset({"approver"}))
URGENT = replace(NATIONAL, is_urgent=True)


def roles(*pairs: str, person: int = 10) -> list[RoleRow]:
    """ "north/officer" is the role of an officer in the north."""
    return [RoleRow(person, *pair.split("/")) for pair in pairs]


def wish(to: str, frequency: Frequency, *, topic: str = "", is_confirmed: bool = True, recipient: int = ANN) -> WishRow:
    """ "pillar/4", "organisation/north", "consultation/7"."""
    kind, key = to.split("/")
    number = {kind: int(key)} if key.isdigit() else {}
    slug = key if kind == "organisation" else None
    return WishRow(
        recipient, topic, number.get("pillar"), slug, number.get("consultation"), frequency.value, is_confirmed
    )


CASES = [
    # A member
    pytest.param(roles("north/officer"), [], NATIONAL, WEEKLY, id="a member hears of the country as usual"),
    pytest.param(roles("north/officer"), [], STALE, WEEKLY, id="and of their organisation"),
    pytest.param(roles("north/officer"), [], PUBLISHED, DAILY, id="each topic as is usual for it"),
    pytest.param(roles("south/officer"), [], STALE, None, id="and of no other organisation"),
    pytest.param(roles("north/officer"), [], STEP, WEEKLY, id="what is not public is for members"),
    pytest.param(
        roles("north/officer"),
        [wish("organisation/north", DAILY, topic="positions")],
        STALE,
        DAILY,
        id="a choice counts more than what is usual",
    ),
    pytest.param(
        roles("north/officer"),
        [wish("organisation/north", DAILY, topic="dates")],
        STALE,
        WEEKLY,
        id="a choice is for its topic",
    ),
    pytest.param(
        roles("north/officer"),
        [wish("organisation/north", NEVER, topic="positions")],
        STALE,
        None,
        id="never is never",
    ),
    pytest.param(
        roles("north/officer"),
        [wish("organisation/north", DAILY)],
        STALE,
        DAILY,
        id="a member who follows their own organisation too",
    ),
    pytest.param(
        roles("north/officer"),
        [wish("organisation/north", DAILY)],
        STEP,
        WEEKLY,
        id="which is about what is public",
    ),
    pytest.param(
        roles("north/officer"),
        [wish("organisation/north", DAILY, topic="positions", is_confirmed=False)],
        STALE,
        DAILY,
        id="a member's choice needs no confirmation",
    ),
    pytest.param(
        roles("north/officer", "south/officer"),
        [wish("organisation/south", DAILY, topic="consultations")],
        NATIONAL,
        DAILY,
        id="of the country: the most frequent of their organisations' choices",
    ),
    pytest.param(
        roles("north/officer", "south/officer"),
        [wish("organisation/south", NEVER, topic="consultations")],
        NATIONAL,
        WEEKLY,
        id="one organisation's never is not the other's",
    ),
    # Roles and persons
    pytest.param(roles("north/approver"), [], SUBMITTED, DAILY, id="for a role: whoever has it"),
    pytest.param(roles("north/officer"), [], SUBMITTED, None, id="for a role: nobody else"),
    pytest.param(roles("south/approver"), [], SUBMITTED, None, id="for a role: not that of another organisation"),
    pytest.param(
        roles("north/approver"), [], replace(SUBMITTED, not_people=frozenset({10})), None, id="never whoever wrote it"
    ),
    pytest.param(
        roles("north/officer"), [], replace(STEP, people=frozenset({10})), WEEKLY, id="for persons: whoever is named"
    ),
    pytest.param(roles("north/officer"), [], replace(STEP, people=frozenset({11})), None, id="for persons: no other"),
    # Followers
    pytest.param([], [], NATIONAL, None, id="somebody who is nothing and follows nothing"),
    pytest.param([], [wish("consultation/7", DAILY)], NATIONAL, DAILY, id="follows the consultation"),
    pytest.param([], [wish("consultation/8", DAILY)], NATIONAL, None, id="follows another consultation"),
    pytest.param([], [wish("pillar/4", WEEKLY)], NATIONAL, WEEKLY, id="follows the pillar"),
    pytest.param([], [wish("pillar/7", WEEKLY)], NATIONAL, None, id="follows a pillar of the consultation's number"),
    pytest.param([], [wish("organisation/north", DAILY)], STALE, DAILY, id="follows the organisation"),
    pytest.param([], [wish("organisation/north", DAILY)], NATIONAL, None, id="who follows a council follows that"),
    pytest.param([], [wish("organisation/north", DAILY)], STEP, None, id="what is not public is not for followers"),
    pytest.param([], [wish("organisation/north", DAILY)], SUBMITTED, None, id="nor is what becomes of a draft"),
    pytest.param([], [wish("pillar/4", DAILY, is_confirmed=False)], NATIONAL, None, id="who has not confirmed"),
    pytest.param([], [wish("pillar/4", NEVER)], NATIONAL, None, id="follows, never to hear"),
    pytest.param(
        [], [wish("pillar/4", WEEKLY), wish("consultation/7", DAILY)], NATIONAL, DAILY, id="two ways: the most frequent"
    ),
    pytest.param(
        [],
        [wish("organisation/north", DAILY, topic="positions")],
        STALE,
        None,
        id="who has left: what they chose as a member is for nothing",
    ),
    pytest.param(
        roles("south/officer"), [wish("organisation/north", DAILY)], STALE, DAILY, id="a member follows another council"
    ),
    pytest.param(
        roles("north/officer"),
        [wish("organisation/north", NEVER, topic="consultations"), wish("consultation/7", WEEKLY)],
        NATIONAL,
        WEEKLY,
        id="a member who wants to hear of one consultation alone",
    ),
]


@pytest.mark.parametrize(("held", "wishes", "about", "frequency"), CASES)
def test_how_often(held, wishes, about, frequency):
    readers = Readers([ReaderRow(ANN, 10, False)], held, wishes)

    assert readers.frequency(ANN, about) is frequency
    # The index finds whom the rule names, and nobody else.
    assert list(readers.wanting(about)) == ([Wanted(ANN, frequency, False)] if frequency else [])


@pytest.mark.parametrize(
    ("person", "about", "is_told"),
    [
        pytest.param(None, PUBLISHED, True, id="an address that is nobody's"),
        pytest.param(None, replace(PUBLISHED, people=frozenset({10})), False, id="it is none of the persons named"),
        pytest.param(None, replace(PUBLISHED, not_people=frozenset({10})), True, id="nor one of those left out"),
        pytest.param(10, replace(PUBLISHED, not_people=frozenset({10})), False, id="a follower who did it themselves"),
    ],
)
def test_address_of_nobody(person, about, is_told):
    readers = Readers([ReaderRow(ANN, person, False)], [], [wish("organisation/north", DAILY)])

    assert (readers.frequency(ANN, about) is not None) is is_told


def test_somebody_who_may_not_be_told_is_not_there():
    readers = Readers([ReaderRow(BEN, 20, False)], roles("north/officer"), [wish("pillar/4", DAILY)])

    assert readers.frequency(ANN, NATIONAL) is None
    assert list(readers.wanting(NATIONAL)) == []
    assert (ANN in readers, BEN in readers) == (False, True)


BOTH = roles("north/officer", "south/officer")


@pytest.mark.parametrize(
    ("held", "wishes", "pauses", "quiet", "is_urgent"),
    [
        pytest.param(roles("north/officer"), [], False, set(), True, id="whoever hears of it at all"),
        pytest.param(roles("north/officer"), [], True, set(), False, id="who has paused that"),
        pytest.param(roles("north/officer"), [], False, {"north"}, False, id="their organisation has acknowledged it"),
        pytest.param(roles("north/officer"), [], False, {"south"}, True, id="another organisation has"),
        pytest.param(BOTH, [], False, {"south"}, True, id="one of their organisations has not"),
        pytest.param(BOTH, [], False, {"north", "south"}, False, id="both have"),
        pytest.param(
            roles("north/officer"),
            [wish("consultation/7", WEEKLY)],
            False,
            {"north"},
            True,
            id="but they follow it too",
        ),
        pytest.param([], [wish("consultation/7", WEEKLY)], False, {"north"}, True, id="a follower"),
    ],
)
def test_what_is_urgent(held, wishes, pauses, quiet, is_urgent):
    readers = Readers([ReaderRow(ANN, 10, pauses)], held, wishes)

    [wanted] = readers.wanting(URGENT, quiet=quiet)
    assert wanted.is_urgent is is_urgent


@pytest.mark.parametrize(
    ("held", "wishes", "about", "quiet", "frequency"),
    [
        pytest.param(roles("north/officer"), [], STALE, {"north"}, None, id="a quiet organisation's own flag"),
        pytest.param(roles("north/officer"), [], NATIONAL, {"north"}, None, id="a national flag"),
        pytest.param(BOTH, [], NATIONAL, {"north"}, WEEKLY, id="heard of through the other"),
        pytest.param(
            [], [wish("organisation/north", DAILY)], STALE, {"north"}, DAILY, id="followers are not concerned"
        ),
    ],
)
def test_quiet_organisations(held, wishes, about, quiet, frequency):
    assert Readers([ReaderRow(ANN, 10, False)], held, wishes).frequency(ANN, about, quiet=quiet) is frequency


def test_everybody_is_told_once():
    everybody = Readers(
        [ReaderRow(ANN, 10, False), ReaderRow(BEN, 20, False)],
        [*roles("north/officer", "north/approver", "south/approver"), *roles("south/officer", person=20)],
        [wish("pillar/4", DAILY), wish("consultation/7", WEEKLY)],
    )

    assert list(everybody.wanting(NATIONAL)) == [Wanted(ANN, DAILY, False), Wanted(BEN, WEEKLY, False)]


def test_thousands_of_readers():
    """1,500 members of 153 councils and 600 followers take little room, and a flag finds its own among them."""
    people = [ReaderRow(number, 10 * number, False) for number in range(1, 2_101)]
    held = [RoleRow(10 * number, f"council-{number % 153}", "officer") for number in range(1, 1_501)]
    wishes = [wish(f"pillar/{number % 6 + 1}", WEEKLY, recipient=number) for number in range(1_501, 2_101)]

    tracemalloc.start()
    readers = Readers(people, held, wishes)
    in_memory, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert in_memory < 6_000_000
    assert sum(1 for _ in readers.wanting(NATIONAL)) == 1_500 + 600 // 6
    told = list(readers.wanting(replace(STALE, organisation="council-7")))
    assert [wanted.recipient for wanted in told] == list(range(7, 1_501, 153))
