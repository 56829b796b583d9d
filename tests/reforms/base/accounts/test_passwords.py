"""Passwords: which are refused and in what words, and how people change them."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from councils.models import Council, Membership
from reforms.base.accounts.validators import word_in, words_of
from reforms.base.models import User
from tests.reforms.base.accounts.people import PASSWORD, is_signed_in, make_person, sign_in
from tests.reforms.pages.reading import source_of
from tests.reforms.pages.reading import words_of as read

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CHANGE = "/accounts/password/"
RESET = "/accounts/password/reset/"
NEW = "seven tall silver birches"


@pytest.fixture
def maya() -> User:
    person = make_person("maya.thornbury@wetherdale.gov.uk")
    lincolnshire = Council.objects.get(organisation__slug="lincolnshire").organisation
    Membership.objects.create(user=person, organisation=lincolnshire, role="officer")
    return person


@pytest.mark.parametrize(
    ("password", "says"),
    [
        pytest.param("", "too short", id="empty"),
        pytest.param("short1", "too short", id="6-characters"),
        pytest.param("elevenchars", "too short", id="11-characters"),
        pytest.param("telechargement", "too common", id="common"),
        pytest.param("we want reform now", "“reform”", id="name-of-the-site"),
        pytest.param("TRACKERtracker99", "“tracker”", id="capitals"),
        pytest.param("my own c0unc1l now", "“council”", id="figures-for-letters"),
        pytest.param("ch1ldr3n and all", "“children”", id="more-figures-for-letters"),
        pytest.param("s-o-c-i-a-l care!", "“social care”", id="marks-between"),
        pytest.param("p@$$word and more", "“password”", id="everybody-s"),
        pytest.param("abc123456789xyz", "“123456”", id="row-of-figures"),
        pytest.param("here comes maya again", "“Maya”", id="first-name"),
        pytest.param("4 Thornburys in a row", "“Thornbury”", id="last-name"),
        pytest.param("over the wetherdale", "“wetherdale”", id="part-of-the-address"),
        pytest.param("lincolnshire sausages", "“Lincolnshire”", id="own-organisation"),
    ],
)
def test_password_is_refused_and_the_word_is_named(maya: User, password: str, says: str):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, maya)

    assert says in " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "password",
    [
        pytest.param(NEW, id="words"),
        pytest.param("twelve chars", id="12-characters"),
        pytest.param("kent is a garden", id="another-council"),
        pytest.param("x7$kQ!92mPz@vw", id="random"),
        pytest.param("sept hérissons dorés", id="accents"),
    ],
)
def test_password_is_taken(maya: User, password: str):
    validate_password(password, maya)


@pytest.mark.parametrize(
    ("password", "words", "found"),
    [
        pytest.param("abc", (), "", id="no-words"),
        pytest.param("families and family", ("family", "families"), "families", id="the-longest-is-named"),
        pytest.param("anne", ("Ann",), "Ann", id="any-place"),
    ],
)
def test_word_in(password: str, words: tuple[str, ...], found: str):
    assert word_in(password, words) == found


def test_short_and_common_words_of_a_name_are_not_looked_for():
    person = User(email="ann.lee@north.example.org", name="Ann Lee of London City")

    assert list(words_of(person)) == ["example"]


class TestChange:
    def change(self, client: Client, old: str = PASSWORD, new: str = NEW, again: str = NEW):
        return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again})

    def test_new_password_is_in_force_and_other_sessions_are_over(self, public: Client, maya: User):
        elsewhere = Client()
        for each in (public, elsewhere):
            sign_in(each, maya.email)
        response = self.change(public)

        assert (response.status_code, response["Location"]) == (302, "/accounts/")
        assert "Your password is changed." in read(public.get("/accounts/"))
        assert [is_signed_in(each) for each in (public, elsewhere)] == [True, False]
        maya.refresh_from_db()
        assert maya.check_password(NEW)

    def test_who_has_none_because_they_sign_in_elsewhere_is_led_to_getting_one(self, public: Client, maya: User):
        maya.set_unusable_password()
        maya.save()
        public.force_login(maya)

        assert public.get(CHANGE)["Location"] == "/accounts/password/reset/"

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            pytest.param({"old": "wrong"}, "Enter the password that you use now", id="old-is-wrong"),
            pytest.param({"again": "another one again"}, "same password each time", id="not-the-same"),
            pytest.param({"new": "council tax", "again": "council tax"}, "“council”", id="refused"),
            pytest.param({"new": "", "again": ""}, "Enter a new password", id="empty"),
            pytest.param({"new": f"{NEW}\0", "again": f"{NEW}\0"}, "Null characters", id="nul"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_changed(self, public: Client, maya: User, given, says: str):
        sign_in(public, maya.email)
        response = self.change(public, **given)

        assert response.status_code == 200
        assert "There is a problem" in read(response)
        assert says in read(response)
        assert "<title>Error: " in source_of(response)
        maya.refresh_from_db()
        assert maya.check_password(PASSWORD)


class TestReset:
    def link(self, client: Client, email: str) -> str:
        client.post(RESET, {"email": email})
        [found] = re.findall(r"http://testserver(/\S+)", mail.outbox[-1].body)
        return found

    def test_letter_leads_to_a_new_password_once(self, public: Client, maya: User):
        link = self.link(public, maya.email)
        page = public.get(link, follow=True)
        address = page.redirect_chain[-1][0]
        response = public.post(address, {"password1": NEW, "password2": NEW})

        assert "set-password" in address
        assert response["Location"] == "/accounts/password/reset/done/"
        assert not is_signed_in(public)
        maya.refresh_from_db()
        assert maya.check_password(NEW)
        assert "This link no longer works" in read(public.get(link))

    def test_sessions_are_over(self, public: Client, maya: User):
        elsewhere = Client()
        sign_in(elsewhere, maya.email)
        address = public.get(self.link(public, maya.email), follow=True).redirect_chain[-1][0]
        public.post(address, {"password1": NEW, "password2": NEW})

        assert not is_signed_in(elsewhere)

    def test_words_of_the_person_are_refused(self, public: Client, maya: User):
        address = public.get(self.link(public, maya.email), follow=True).redirect_chain[-1][0]

        assert "“Thornbury”" in read(public.post(address, {"password1": "Thornbury 1999", "password2": "x"}))

    def test_page_is_the_same_for_everybody_and_each_gets_a_letter(self, public: Client, maya: User):
        User.objects.create_user("invited@example.org")
        make_person("left@example.org", is_active=False)
        emails = [maya.email, "nobody@example.org", "invited@example.org", "left@example.org"]
        pages = {source_of(public.post(RESET, {"email": email}, follow=True)) for email in emails}

        assert len(pages) == 1
        assert [letter.to for letter in mail.outbox] == [[email] for email in emails]
        assert ["/reset/key/" in letter.body for letter in mail.outbox] == [True, False, False, False]

    def test_letter_that_cannot_be_sent_changes_nothing_on_the_page(self, public: Client, maya: User, settings):
        from reforms.base import clock
        from reforms.base.faults import faults_on

        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        response = public.post(RESET, {"email": maya.email}, follow=True)

        assert response.status_code == 200
        assert "Look at your e-mail" in read(response)
        assert faults_on(clock.civil_day(clock.now())) == {"mail": 1}

    def test_link_is_too_old_after_an_hour(self, public: Client, maya: User, time_machine):
        time_machine.move_to("2026-11-21 09:00 +0000", tick=False)
        link = self.link(public, maya.email)
        time_machine.shift(60 * 60 + 5)

        assert "This link no longer works" in read(public.get(link))

    def test_link_opens_nothing_once_the_address_has_changed(self, public: Client, maya: User):
        link = self.link(public, maya.email)
        maya.email = "maya@example.org"
        maya.save()

        assert "This link no longer works" in read(public.get(link))


def test_old_address_signs_nobody_in_once_it_has_changed(public: Client, maya: User):
    TestReset().link(public, maya.email)
    old, maya.email = maya.email, "maya@example.org"
    maya.save()

    sign_in(public, old)
    assert not is_signed_in(public)
    sign_in(public, "maya@example.org")
    assert is_signed_in(public)
