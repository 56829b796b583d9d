from __future__ import annotations

import pytest

from councils.writing.subjects import Subject
from tests.councils.writing.cast import Cast, make_cast, make_subject


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def subject(db) -> Subject:
    return make_subject()
