"""People: the e-mail address is the name they use, once, in capitals or not."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from reforms.base.models import User

pytestmark = pytest.mark.django_db


class TestCreate:
    @pytest.mark.parametrize(
        "email", ["maya@example.org", "Maya@Example.ORG", " maya@example.org ", "MAYA@EXAMPLE.ORG"]
    )
    def test_address_is_kept_in_small_letters(self, email: str):
        assert User.objects.create_user(email).email == "maya@example.org"

    def test_without_a_password_nobody_signs_in_by_one(self):
        person = User.objects.create_user("maya@example.org")

        assert not person.has_usable_password()
        assert authenticate(username="maya@example.org", password="") is None

    def test_person_is_no_administrator(self):
        person = User.objects.create_user("maya@example.org", "a long password")

        assert (person.is_staff, person.is_superuser, person.is_active) == (False, False, True)

    def test_administrator(self):
        person = User.objects.create_superuser("nell@example.org", "a long password")

        assert (person.is_staff, person.is_superuser, person.is_active) == (True, True, True)

    def test_password_is_never_stored(self):
        assert "a long password" not in User.objects.create_user("maya@example.org", "a long password").password

    @pytest.mark.parametrize("email", ["maya@example.org", "MAYA@example.org"])
    def test_one_person_for_each_address(self, email: str):
        User.objects.create_user("maya@example.org")

        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create_user(email)

    def test_database_refuses_the_same_address_in_capitals(self):
        User.objects.create_user("maya@example.org")

        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.bulk_create([User(email="Maya@example.org")])


@pytest.mark.parametrize("email", ["maya@example.org", "Maya@Example.org"])
def test_person_is_found_in_capitals_or_not(email: str):
    person = User.objects.create_user("maya@example.org")

    assert User.objects.get_by_natural_key(email) == person


def test_nobody_is_found_by_nothing():
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key(None)


@pytest.mark.parametrize(("name", "shown"), [("Maya Thornbury", "Maya Thornbury"), ("", "maya@example.org")])
def test_shown_by_name_or_else_by_address(name: str, shown: str):
    assert str(User(email="maya@example.org", name=name)) == shown
