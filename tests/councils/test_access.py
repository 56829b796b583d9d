"""Pages of one organisation: who gets in, who is told that they may not, and to whom there is no such page."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from councils.access import Acting, acting_for, for_members, organisations_of
from councils.models import Membership
from councils.permissions import NotAllowedError
from reforms.base.accounts.access import for_administrators
from reforms.base.models import User
from reforms.base.requests import Request
from tests.builders import make_organisation
from tests.councils.writing.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
OUTSIDERS = ("stranger", "administrator", "deactivated")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def asked_by(person: User | AnonymousUser) -> Request:
    request: Request = RequestFactory().get("/")  # type: ignore[assignment]
    request.user = person
    return request


@for_members("position.publish")
def page_of_approvers(request: Request, acting: Acting, **kwargs: object) -> HttpResponse:
    return HttpResponse(f"{acting.organisation.slug} {sorted(acting.roles)} {acting.user == request.user} {kwargs}")


@for_members("position.read_draft")
def page_that_asks_more(request: Request, acting: Acting) -> HttpResponse:
    """The page is for all writers, and what it is asked to do is not."""
    raise NotAllowedError("position.publish")


@for_administrators("progress.see_all")
def page_of_administrators(request: Request, number: int = 0) -> HttpResponse:
    return HttpResponse(f"all {number}")


@for_administrators("position.publish")
def page_that_administrators_may_not_see(request: Request) -> HttpResponse:
    return HttpResponse("none")


class TestMembers:
    def test_view_is_told_who_is_acting(self, cast: Cast):
        answer = page_of_approvers(asked_by(cast.approver), organisation=cast.council.slug, subject="SH-4")

        assert answer.content.decode() == f"{cast.council.slug} ['approver'] True {{'subject': 'SH-4'}}"

    @pytest.mark.parametrize("name", ["contributor", "officer", "scrutiny_member"])
    def test_member_whose_role_is_not_enough_is_told_so(self, cast: Cast, name: str):
        with pytest.raises(PermissionDenied):
            page_of_approvers(asked_by(getattr(cast, name)), organisation=cast.council.slug)

    @pytest.mark.parametrize("name", OUTSIDERS)
    def test_to_others_there_is_no_such_page(self, cast: Cast, name: str):
        with pytest.raises(Http404):
            page_of_approvers(asked_by(getattr(cast, name)), organisation=cast.council.slug)

    def test_organisation_that_is_not_there_answers_like_one_of_others(self, cast: Cast):
        answers = []
        for slug in (cast.other_council.slug, "no-such-council"):
            with pytest.raises(Http404) as missing:
                page_of_approvers(asked_by(cast.approver), organisation=slug)
            answers.append(str(missing.value))

        assert answers[0] == answers[1]

    def test_what_an_action_refuses_is_refused_by_the_page(self, cast: Cast):
        with pytest.raises(PermissionDenied):
            page_that_asks_more(asked_by(cast.officer), organisation=cast.council.slug)

    def test_somebody_unknown_is_refused(self, cast: Cast):
        with pytest.raises(PermissionDenied):
            page_of_approvers(asked_by(AnonymousUser()), organisation=cast.council.slug)

    def test_role_that_was_removed_bites_at_once(self, cast: Cast):
        page_of_approvers(asked_by(cast.approver), organisation=cast.council.slug)
        Membership.objects.filter(user=cast.approver).delete()
        with pytest.raises(Http404):
            page_of_approvers(asked_by(cast.approver), organisation=cast.council.slug)

    def test_says_what_it_is_for(self):
        assert (page_of_approvers.permission, page_of_approvers.__name__) == ("position.publish", "page_of_approvers")


class TestAdministrators:
    def test_get_in(self, cast: Cast):
        answer = page_of_administrators(asked_by(cast.administrator), number=3)

        assert answer.content == b"all 3"

    @pytest.mark.parametrize("name", ["approver", "officer", "scrutiny_member", "stranger"])
    def test_to_others_there_is_no_such_page(self, cast: Cast, name: str):
        with pytest.raises(Http404):
            page_of_administrators(asked_by(getattr(cast, name)))

    def test_do_not_get_into_what_the_table_does_not_give_them(self, cast: Cast):
        with pytest.raises(Http404):
            page_that_administrators_may_not_see(asked_by(cast.administrator))

    def test_somebody_unknown_is_refused(self):
        with pytest.raises(Http404):
            page_of_administrators(asked_by(AnonymousUser()))

    def test_says_what_it_is_for(self):
        assert page_of_administrators.permission == "progress.see_all"


class TestActing:
    def test_has_every_role_of_the_person_there_and_none_of_elsewhere(self, cast: Cast):
        Membership.objects.create(user=cast.stranger, organisation=cast.council, role="contributor")
        acting = acting_for(cast.stranger, cast.council.slug)

        assert (acting.user, acting.organisation, acting.roles) == (cast.stranger, cast.council, {"contributor"})
        assert acting.may("position.write")
        assert not acting.may("position.publish")


class TestOrganisations:
    def test_each_with_its_roles_by_name_in_one_query(self, django_assert_num_queries):
        person = User.objects.create_user("maya@example.org")
        second, first = (make_organisation(name=name) for name in ("Borchester", "Ambridge"))
        for organisation, role in ((second, "officer"), (first, "approver"), (first, "contributor")):
            Membership.objects.create(user=person, organisation=organisation, role=role)
        with django_assert_num_queries(1):
            found = organisations_of(person)

        assert [(acting.user, acting.organisation, acting.roles) for acting in found] == [
            (person, first, {"approver", "contributor"}),
            (person, second, {"officer"}),
        ]

    def test_of_somebody_without_a_role_are_none(self, cast: Cast):
        assert organisations_of(cast.administrator) == []
