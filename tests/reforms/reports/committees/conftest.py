import pytest

from tests.reforms.reports.committees.making import Scene, make_scene


@pytest.fixture
def scene(db) -> Scene:
    return make_scene()
