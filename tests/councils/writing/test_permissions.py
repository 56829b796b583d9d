"""Each row of the table against each person: what the table says is what the actions do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from councils.models import Membership, PositionVersion
from councils.permissions import NotAllowedError, require, roles_of
from councils.writing.actions import save_draft, settle_edit, start_draft
from councils.writing.contents import Content
from councils.writing.moves import (
    discard_draft,
    erase_version,
    publish_position,
    renew_position,
    return_position,
    submit_position,
    take_back_position,
    withdraw_position,
)
from reforms.base.models import User
from reforms.base.permissions import rules
from tests.councils.writing.cast import NOW, Cast, make_subject, newest, published, start, submitted, write

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PEOPLE = (
    "contributor", "officer", "second_officer", "approver", "second_approver", "scrutiny_member", "stranger",
    "administrator", "deactivated",
)  # fmt: skip
WRITERS = {"contributor", "officer", "second_officer", "approver", "second_approver"}
OFFICERS = WRITERS - {"contributor"}
APPROVERS = {"approver", "second_approver"}
TABLE: dict[str, set[str]] = {
    "position.read_draft": WRITERS,
    "position.write": WRITERS,
    "position.submit": OFFICERS,
    "position.renew": OFFICERS,
    "position.return": APPROVERS,
    "position.publish": APPROVERS,
    "position.withdraw": APPROVERS,
    "position.erase": APPROVERS,
    "progress.see_all": set(),  # no role in an organisation allows it
}
each_person = pytest.mark.parametrize("name", PEOPLE)


def test_every_row_for_positions_is_here():
    ours = {each.permission for each in rules() if each.object in ("position", "progress")}

    assert ours == TABLE.keys()


@each_person
@pytest.mark.parametrize("permission", TABLE)
def test_table(cast: Cast, permission: str, name: str):
    person = getattr(cast, name)
    if name in TABLE[permission]:
        require(person, permission, cast.council.pk)
    else:
        with pytest.raises(NotAllowedError, match=permission):
            require(person, permission, cast.council.pk)


@each_person
def test_nothing_is_allowed_in_another_organisation(cast: Cast, name: str):
    """But for the one who belongs to it."""
    person = getattr(cast, name)
    allowed = {each for each in TABLE if name == "stranger" and each.startswith("position.")}
    for permission in TABLE.keys() - allowed:
        with pytest.raises(NotAllowedError):
            require(person, permission, cast.other_council.pk)
    for permission in allowed:
        require(person, permission, cast.other_council.pk)


class TestRoles:
    def test_several_count_together(self, cast: Cast):
        Membership.objects.create(user=cast.contributor, organisation=cast.council, role="scrutiny_member")

        assert roles_of(cast.contributor, cast.council.pk) == {"contributor", "scrutiny_member"}

    def test_removed_counts_no_more(self, cast: Cast):
        """Not even for somebody who has a draft open: it is asked at every action."""
        draft = start(cast)
        Membership.objects.filter(user=cast.officer).delete()
        with pytest.raises(NotAllowedError):
            save_draft(version=draft, revision=1, content=Content(text="Mine."), by=cast.officer, now=NOW)

    def test_deactivated_person_has_none(self, cast: Cast):
        cast.approver.is_active = False

        assert roles_of(cast.approver, cast.council.pk) == frozenset()


def in_place(make: Callable[[Cast], PositionVersion], action: Callable[..., Any], **values: Any) -> Callable:
    """How the action is taken by somebody, on something made for it."""

    def take(cast: Cast) -> Callable[[User], Any]:
        version = make(cast)
        return lambda by: action(version=version, revision=version.revision, by=by, now=NOW, **values)

    return take


def written(cast: Cast) -> PositionVersion:
    version = start(cast, by=cast.second_officer)
    write(version, by=cast.second_officer)
    return newest(version)


def starting(cast: Cast) -> Callable[[User], Any]:
    subject = make_subject()
    return lambda by: start_draft(organisation=cast.council, subject=subject, by=by, now=NOW)


def settling(cast: Cast) -> Callable[[User], Any]:
    draft = written(cast)
    aside = save_draft(version=draft, revision=1, content=Content(text="Late."), by=cast.officer, now=NOW).edit

    def settle(by: User) -> None:
        """One's own words: those of others are not for anybody to settle."""
        aside.by = by
        settle_edit(edit=aside, by=by, now=NOW)

    return settle


def renewing(cast: Cast) -> Callable[[User], Any]:
    version = published(cast)
    return lambda by: renew_position(version=version, by=by, now=NOW)


def erasing(cast: Cast) -> Callable[[User], Any]:
    version = published(cast)
    return lambda by: erase_version(version=version, reason="It named a child.", by=by, now=NOW)


ACTIONS = [
    pytest.param(starting, "position.write", id="start"),
    pytest.param(in_place(written, save_draft, content=Content(text="New.")), "position.write", id="save"),
    pytest.param(settling, "position.write", id="settle"),
    pytest.param(in_place(written, discard_draft), "position.write", id="discard"),
    pytest.param(in_place(written, submit_position), "position.submit", id="submit"),
    pytest.param(in_place(submitted, take_back_position), "position.submit", id="take-back"),
    pytest.param(in_place(submitted, return_position, reason="More."), "position.return", id="return"),
    pytest.param(in_place(submitted, publish_position), "position.publish", id="publish"),
    pytest.param(in_place(published, withdraw_position, reason="Wrong."), "position.withdraw", id="withdraw"),
    pytest.param(renewing, "position.renew", id="renew"),
    pytest.param(erasing, "position.erase", id="erase"),
]


def contents() -> list[dict[str, Any]]:
    return list(PositionVersion.objects.filter(origin="written").order_by("pk").values())


@pytest.mark.parametrize(("prepare", "permission"), ACTIONS)
def test_action_is_for_just_those_whom_the_table_names(cast: Cast, prepare: Callable, permission: str):
    act = prepare(cast)
    before = contents()
    for name in PEOPLE:
        if name not in TABLE[permission]:
            with pytest.raises(NotAllowedError), transaction.atomic():
                act(getattr(cast, name))
            assert contents() == before
    for name in sorted(TABLE[permission]):
        with transaction.atomic():
            act(getattr(cast, name))
            transaction.set_rollback(True)
