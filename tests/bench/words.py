"""Plausible words from a seeded generator: titles, summaries, what a council might write of itself. None is real."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

VERBS = ("Publish", "Test", "Review", "Extend", "Fund", "Set out", "Strengthen", "Consult on", "Agree", "Open")
THINGS = (
    "the plan for kinship carers", "homes for children near their families", "support for young carers",
    "the rules on information sharing", "training for supervisors", "family group decision making",
    "the offer to care leavers", "joint inspections", "places for children with complex needs", "advocacy",
    "early help for families", "the fostering recruitment programme", "multi-agency child protection teams",
    "the knowledge and skills statement", "short breaks for disabled children", "family hubs",
)  # fmt: skip
WHERE = (
    "in every region", "with health partners", "in ten areas first", "with young people", "across agencies",
    "before the next spending review", "with the regional care cooperative", "alongside schools", "for every council",
)  # fmt: skip
WHO = (
    "Our early help service", "The fostering team", "Our principal social worker", "The safeguarding partnership",
    "Our commissioning team", "The virtual school", "The corporate parenting board", "Our family hubs",
    "The leaving care team", "Health and police partners", "Our practice leads", "The regional partnership",
)  # fmt: skip
DOES = (
    "has reviewed", "is testing", "now leads on", "has agreed the budget for", "is waiting for national guidance on",
    "reports every quarter to scrutiny on", "has trained its managers in", "is recruiting for",
    "has shared what it learned about", "has not yet begun work on", "shares one plan with health on",
)  # fmt: skip
HOW = (
    "with young people at the table", "within the existing budget", "in two of our four localities",
    "and the first results are encouraging", "although the caseload has grown since last year",
    "and a business case goes to the executive in spring", "with the help of a neighbouring council",
    "subject to the settlement for next year", "so that families tell their story only once",
    "and the workforce plan has been changed to match", "while two posts remain hard to fill",
)  # fmt: skip
FIRST = ("North", "South", "East", "West", "Upper", "Lower", "Great", "Little")
PLACES = ("Ashbourne", "Calder", "Dunmere", "Ellersby", "Fenwick", "Harrowdene", "Marlow", "Thornbury", "Wexcombe")
ENDINGS = ("", " and the Vale", " Forest", "-on-Sea", ", Stoke and Marsh", " Riverside")
DATES = (
    "by March 2024", "by September 2024", "by the end of 2024", "by spring 2025", "in 2025", "autumn 2025",
    "by March 2026", "summer 2026", "by the end of 2026", "winter 2026/27", "by March 2027", "in 2027",
    "by the end of 2028",
)  # fmt: skip
SENTENCES = 600
"""As many are made once; texts are put together from them."""
LONGEST_TEXT = 1500


class Words:
    """The same words for the same seed."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.sentences = [self._sentence() for _ in range(SENTENCES)]

    def one_of(self, things: Sequence[T]) -> T:
        return things[int(self.random.random() * len(things))]

    def _sentence(self) -> str:
        return f"{self.one_of(WHO)} {self.one_of(DOES)} {self.one_of(THINGS)} {self.one_of(HOW)}."

    def title(self) -> str:
        """A promise in a line."""
        return f"{self.one_of(VERBS)} {self.one_of(THINGS)} {self.one_of(WHERE)}"

    def sentence(self) -> str:
        return self.one_of(self.sentences)

    def text(self, shortest: int, usual: int, longest: int = LONGEST_TEXT) -> str:
        """Sentences in paragraphs of four, with so many characters or a few less."""
        aim = self.random.triangular(shortest + 150, longest, usual)
        found, length = [self.sentence()], 0
        while (length := length + len(found[-1]) + 2) < aim - 150:
            found.append(self.sentence())
        paragraphs = (" ".join(found[start : start + 4]) for start in range(0, len(found), 4))
        return "\n\n".join(paragraphs)[:longest]

    def place(self) -> str:
        """The name of a council that does not exist."""
        return f"{self.one_of(FIRST)} {self.one_of(PLACES)}{self.one_of(ENDINGS)}"
