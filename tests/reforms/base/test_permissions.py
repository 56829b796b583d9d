"""The table of who may do what: how rows come into it, what it answers, and that the page shows just that."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from councils.models import Membership
from reforms.base import permissions
from reforms.base.management.commands.permissions import roles, table
from reforms.base.permissions import ADMINISTRATOR, PERSON, PUBLIC, allows, register, rule, rules

PAGE = settings.BASE_DIR / "docs" / "permissions.md"
EVERYBODY = {PUBLIC, PERSON, ADMINISTRATOR}


@pytest.fixture
def own_rules(monkeypatch) -> None:
    """A table to write to, with what there is."""
    rules()
    monkeypatch.setattr(permissions, "_RULES", dict(permissions._RULES))


class TestTable:
    def test_rows_of_every_floor_are_in_it(self):
        assert {"position.publish", "progress.see_all"} <= {each.permission for each in rules()}

    def test_row(self, own_rules):
        register([rule("kite.fly", "fly a kite", "officer", Membership.Role.APPROVER)])
        [added] = [each for each in rules() if each.permission == "kite.fly"]

        assert (added.object, added.action, added.words) == ("kite", "fly", "fly a kite")
        assert added.roles == {"officer", "approver"}

    @pytest.mark.parametrize(
        ("held", "is_allowed"),
        [
            pytest.param(["officer"], True, id="the-role"),
            pytest.param([Membership.Role.OFFICER], True, id="the-role-as-the-model-has-it"),
            pytest.param(["contributor", "officer"], True, id="one-of-several"),
            pytest.param(["contributor"], False, id="another-role"),
            pytest.param([], False, id="no-role"),
            pytest.param([ADMINISTRATOR], False, id="administrators-are-no-exception"),
        ],
    )
    def test_allows(self, own_rules, held: list[str], is_allowed: bool):
        register([rule("kite.fly", "fly a kite", "officer")])

        assert allows("kite.fly", held) == is_allowed

    def test_of_the_same_permission_is_replaced(self, own_rules):
        register([rule("kite.fly", "fly a kite", "officer")])
        register([rule("kite.fly", "fly a kite", "approver")])

        assert not allows("kite.fly", ["officer"])
        assert allows("kite.fly", ["approver"])

    def test_without_a_row_nothing_is_allowed(self):
        with pytest.raises(KeyError):
            allows("kite.sell", [ADMINISTRATOR])

    def test_every_row_is_whole(self):
        for each in rules():
            assert each.object, each
            assert each.action, each
            assert len(each.words.split()) > 3, each
            assert each.roles, each

    def test_every_role_is_one_that_somebody_can_hold(self):
        assert {role for each in rules() for role in each.roles} <= EVERYBODY | set(Membership.Role.values)


class TestPage:
    def test_is_what_the_command_prints(self):
        printed = StringIO()
        call_command("permissions", stdout=printed)

        assert PAGE.read_text(encoding="utf-8").strip() == printed.getvalue().strip()

    def test_has_a_column_for_every_role(self):
        assert set(roles()) == EVERYBODY | set(Membership.Role.values)
        assert next(table()).count("|") == len(roles()) + 3

    def test_says_yes_for_just_those_who_may(self):
        lines = [line.strip("|").split("|") for line in list(table())[2:]]
        said = [
            {role for role, cell in zip(roles(), cells[2:], strict=True) if cell.strip() == "yes"} for cells in lines
        ]

        assert said == [each.roles for each in rules()]
        assert [cells[1].strip() for cells in lines] == [each.words for each in rules()]

    def test_a_new_row_makes_it_stale(self, own_rules):
        register([rule("kite.fly", "fly a kite", "officer")])

        assert "fly a kite" in "\n".join(table())
        with pytest.raises(AssertionError):
            self.test_is_what_the_command_prints()
