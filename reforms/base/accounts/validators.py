"""Passwords that somebody who knows the person, or this site, would try first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError

from reforms.base.accounts.asking import answers_to

OF_THIS_SITE = (
    "reform",
    "tracker",
    "council",
    "children",
    "childrens",
    "family",
    "families",
    "social care",
    "social work",
    "safeguarding",
    "stable homes",
    "officer",
    "approver",
    "committee",
    "scrutiny",
    "administrator",
)
EVERYBODY_S = ("password", "passphrase", "letmein", "welcome", "qwerty", "123456")
NOBODY_S = frozenset(("city", "county", "borough", "london", "royal", "north", "south", "east", "west", "with", "upon"))
"""Words of many names, of which a password may be made. “London” alone tells nobody whose it is."""
SHORTEST = 4
"""Letters of a word that is looked for: “Ann” is in too many words that have nothing to do with her."""
_DRESSED = str.maketrans("0134578@$!€", "oieastbasie")


class ContextWordsValidator:
    """Refuses a password that holds a word of its context, also where figures stand for letters."""

    def validate(self, password: str, user: Any = None) -> None:
        found = word_in(password, (*EVERYBODY_S, *OF_THIS_SITE, *words_of(user)))
        if found:
            raise ValidationError(
                "The password holds “%(word)s”, which somebody who knows you or this site would try first. "
                "Choose one without it.",
                code="context_word",
                params={"word": found},
            )

    def get_help_text(self) -> str:
        return "Your password can’t hold your name, your organisation’s or a word of this site."


def word_in(password: str, words: Iterable[str]) -> str:
    """The longest of the words that the password holds, capitals, figures for letters and marks between aside."""
    plain = password.casefold()
    forms = {_letters(plain), _letters(plain.translate(_DRESSED))}
    found = [word for word in words if any(_letters(word.casefold()) in form for form in forms)]
    return max(found, key=len, default="")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def words_of(user: Any) -> Iterator[str]:
    """What a person is called, writes to and belongs to, in words long enough to look for."""
    if user is None:
        return
    mailbox, _, domain = str(getattr(user, "email", "")).partition("@")
    texts = [str(getattr(user, "name", "")), mailbox, domain.rpartition(".")[0]]
    if getattr(user, "pk", None):
        texts += [name for answer in answers_to("password_words_for") for name in answer(user)]
    for text in texts:
        yield from (word for word in re.split(r"[\W\d_]+", text) if _is_telling(word))


def _is_telling(word: str) -> bool:
    return len(word) >= SHORTEST and word.casefold() not in NOBODY_S
