"""The parts of a document that a reader of its page can jump to."""

from __future__ import annotations

import pytest

from pillars.models import Citation
from pillars.templatetags.plan import document_parts


def parts(*locators: str) -> list[tuple[str, int]]:
    places = [Citation(locator=locator, number=number) for number, locator in enumerate(locators, start=1)]
    return document_parts([(place, []) for place in places])


@pytest.mark.parametrize(
    ("locator", "part"),
    [
        ("Cover report para 3", "Cover report"),
        ("Appendix A section 3 heading", "Appendix A 3"),
        ("Appendix A 3.12", "Appendix A 3"),
        ("Appendix A 13.5.12", "Appendix A 13"),
        ("Appendix A date line", "Appendix A"),
        ("2.4 para 1", "Section 2"),
        ("3 members bullet 1", "Section 3"),
        ("National Framework includes bullet 4", "National Framework"),
        ("Pillar 4 bullet 16", "Pillar 4"),
        ("Pillar 2 current position para 1", "Pillar 2"),
        ("Early career framework section para 1", "Early career framework"),
        ("Header (date and committee)", "Header"),
        ("Author line", "Author line"),
        ("", ""),
    ],
)
def test_a_place_is_in_a_part(locator: str, part: str):
    assert parts(locator) == [(part, 1)]


def test_each_part_is_named_once_at_its_first_place():
    found = parts("1 Background para 1", "1 Background aims bullet 1", "1 Background para 2", "Pillar 1 heading")
    assert found == [("1 Background", 1), ("Pillar 1", 4)]
