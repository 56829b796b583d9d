"""What the fast scan is compared with finds what pages show as stale."""

import pytest

from councils import standing
from councils.models import Position, PositionVersion
from tests.bench.naive import stale_row_by_row
from tests.bench.national import COMMITMENTS, DAY, make_national


@pytest.mark.once
def test_row_by_row_finds_what_pages_show_as_stale(db):
    make_national(councils=3, commitments=COMMITMENTS)
    keys = list(Position.objects.values_list("pk", flat=True))
    shown = standing.standings(PositionVersion.objects.public(on=DAY), on=DAY)
    stale = {each.version.position.reference: each.reasons for each in shown if each.is_stale}
    assert stale_row_by_row(keys, on=DAY) == stale
    assert any("changed since" in reason for reasons in stale.values() for reason in reasons)
    assert any("overtaken" in reason for reasons in stale.values() for reason in reasons)
