from __future__ import annotations

import pytest
from django.db import IntegrityError

from reforms.logs.tracebacks import CAUSED, MEANWHILE, in_words


def caught(raiser) -> BaseException:
    with pytest.raises(Exception) as found:  # noqa: PT011 - any will do
        raiser()
    return found.value


def test_where_and_what():
    def fails():
        raise LookupError("no such thing")

    told = in_words(caught(fails)).splitlines()

    assert told[0] == "Traceback (most recent call last):"
    assert any("test_tracebacks.py" in line and "in fails" in line for line in told)
    assert told[-1] == "LookupError: no such thing"


def test_the_row_at_fault_is_left_out():
    error = IntegrityError('violates check "x"\nDETAIL:  Failing row contains (1, text of a draft,\nin two lines).')

    assert in_words(error) == 'django.db.utils.IntegrityError: violates check "x"'


def test_causes_come_first():
    def fails():
        try:
            raise KeyError("cause")
        except KeyError as error:
            raise ValueError("effect") from error

    told = in_words(caught(fails))

    assert told.index("KeyError: 'cause'") < told.index(CAUSED) < told.index("ValueError: effect")


def test_what_was_being_handled_comes_first():
    def fails():
        try:
            raise KeyError("first")
        except KeyError:
            raise ValueError("second")  # noqa: B904

    assert MEANWHILE in in_words(caught(fails))


def test_what_was_put_aside_is_left_out():
    def fails():
        try:
            raise KeyError("first")
        except KeyError:
            raise ValueError("second") from None

    assert "KeyError" not in in_words(caught(fails))


def test_errors_that_cause_each_other_end():
    one, other = ValueError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one

    assert in_words(one).splitlines()[-1] == "ValueError: one"
