"""Pages about people: for administrators alone, but for one's own."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from councils.models import Council, Membership
from pillars.models import Organisation
from reforms.base.models import Event, User
from tests.reforms.base.accounts.people import is_signed_in, make_person, sign_in, with_second_factor
from tests.reforms.pages.reading import main_of, source_of, table_rows, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PEOPLE = "/accounts/people/"
INVITE = "/accounts/people/invite/"
VERBS = (
    "give-role",
    "remove-role",
    "make-administrator",
    "remove-administrator",
    "invite-again",
    "deactivate",
    "reactivate",
    "reset-second-factor",
)


@pytest.fixture
def lincolnshire() -> Organisation:
    return Council.objects.get(organisation__slug="lincolnshire").organisation


@pytest.fixture
def nell() -> User:
    return with_second_factor(make_person("nell@example.org", name="Nell Ashdown", is_staff=True, is_superuser=True))


@pytest.fixture
def owen(lincolnshire: Organisation) -> User:
    person = make_person("owen@example.org", name="Owen Castleford")
    Membership.objects.create(user=person, organisation=lincolnshire, role="officer")
    return person


@pytest.fixture
def administrator(public: Client, nell: User) -> Client:
    public.force_login(nell)
    return public


def addresses(person: User) -> list[str]:
    return [PEOPLE, INVITE, f"{PEOPLE}{person.pk}/", *(f"{PEOPLE}{person.pk}/{verb}/" for verb in VERBS)]


def act(client: Client, person: User, verb: str, **given):
    return client.post(f"{PEOPLE}{person.pk}/{verb}/", given)


class TestAccess:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_to_others_there_is_no_such_address(self, public: Client, owen: User, nell: User, method: str):
        public.force_login(owen)
        unknown = getattr(public, method)("/accounts/nothing/")
        for address in addresses(nell):
            response = getattr(public, method)(address)
            assert response.status_code == 404, address
            assert main_of(response) == main_of(unknown)
        assert User.objects.get(pk=nell.pk).is_active

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_visitors_are_sent_to_sign_in(self, public: Client, nell: User, method: str):
        for address in addresses(nell):
            assert getattr(public, method)(address)["Location"] == f"/accounts/sign-in/?next={address}"

    def test_right_removed_bites_at_the_next_request(self, administrator: Client, nell: User):
        assert administrator.get(PEOPLE).status_code == 200
        User.objects.filter(pk=nell.pk).update(is_staff=False)

        assert administrator.get(PEOPLE).status_code == 404

    def test_administrator_without_a_second_factor_sets_one_up_first(self, public: Client):
        public.force_login(make_person("new@example.org", is_staff=True))

        assert public.get(PEOPLE)["Location"] == "/accounts/second-factor/set-up/"

    def test_what_is_done_is_done_by_post(self, administrator: Client, owen: User):
        assert {administrator.get(f"{PEOPLE}{owen.pk}/{verb}/").status_code for verb in VERBS} == {405}

    @pytest.mark.parametrize("address", [f"{PEOPLE}999999/", f"{PEOPLE}{'9' * 40}/", f"{PEOPLE}x/"])
    def test_nobody_of_this_number(self, administrator: Client, address: str):
        assert administrator.get(address).status_code == 404

    def test_nothing_of_this_name_can_be_done(self, administrator: Client, owen: User):
        assert act(administrator, owen, "promote").status_code == 404

    @pytest.mark.parametrize(
        ("name", "permission"),
        [
            ("people", "people.manage"),
            ("invite", "people.manage"),
            ("person-action", "people.manage"),
            ("account", "own account"),
        ],
    )
    def test_views_say_what_they_are_for(self, name: str, permission: str):
        from councils.people.urls import urlpatterns

        [view] = [each.callback for each in urlpatterns if each.name == name]
        assert view.permission == permission


class TestList:
    def test_everybody_with_roles_second_factor_and_state(self, administrator: Client, owen: User):
        make_person("zoe@example.org", name="Zoe", is_active=False)
        rows = table_rows(administrator.get(PEOPLE))[1:]

        assert rows == [
            ["Nell Ashdown nell@example.org", "Administrator", "Yes", "Active"],
            ["Owen Castleford owen@example.org", "Officer, Lincolnshire", "No", "Active"],
            ["Zoe zoe@example.org", "None", "No", "Deactivated"],
        ]

    def test_missing_second_factor_is_said(self, administrator: Client, owen: User):
        Membership.objects.update(role="approver")

        assert table_rows(administrator.get(PEOPLE))[2][2] == "No, and needed"

    def test_more_people_cost_no_more_queries(self, administrator: Client, owen: User, django_assert_num_queries):
        administrator.get(PEOPLE)
        with django_assert_num_queries(7) as first:
            administrator.get(PEOPLE)
        for number in range(5):
            with_second_factor(make_person(f"person{number}@example.org"))
        with django_assert_num_queries(len(first)):
            administrator.get(PEOPLE)


class TestInvite:
    GIVEN = {
        "name": "Sami Waterhouse",
        "email": "sami@example.org",
        "organisation": "lincolnshire",
        "roles": ["officer"],
    }

    def test_letter_lets_the_person_in(self, administrator: Client, settings, mailoutbox):
        settings.SENDS_MAIL = True
        response = administrator.post(INVITE, self.GIVEN, follow=True)
        [letter] = mailoutbox
        [link] = re.findall(r"http://testserver(/\S+)", letter.body)

        assert "An invitation has gone to sami@example.org." in words_of(response)
        assert (letter.to, letter.subject) == (["sami@example.org"], "An invitation to Reform Tracker")
        assert link not in source_of(response)
        sami = Client()
        sami.post(link, {"password1": "seven tall silver birches", "password2": "seven tall silver birches"})
        assert "Officer, Lincolnshire" in words_of(sami.get("/accounts/"))

    def test_without_a_server_of_mail_the_link_is_shown_once(self, administrator: Client):
        response = administrator.post(INVITE, self.GIVEN)

        assert "/accounts/invitation/" in source_of(response)
        assert "no-store" in response["Cache-Control"]
        person = User.objects.get(email="sami@example.org")
        assert "/accounts/invitation/" not in source_of(administrator.get(f"{PEOPLE}{person.pk}/"))

    def test_letter_that_cannot_be_sent_is_told_and_the_link_shown(self, administrator: Client, settings):
        settings.SENDS_MAIL = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

        assert "No letter went out" in words_of(administrator.post(INVITE, self.GIVEN))

    @pytest.mark.parametrize(
        ("changed", "says"),
        [
            pytest.param({"name": ""}, "Enter the person’s name", id="no-name"),
            pytest.param({"name": "x" * 151}, "at most 150 characters", id="long-name"),
            pytest.param({"name": "x\0"}, "Null characters", id="nul"),
            pytest.param({"email": "sami"}, "Enter an e-mail address like", id="no-address"),
            pytest.param({"email": "NELL@example.org"}, "somebody with this e-mail address already", id="taken"),
            pytest.param({"organisation": ""}, "Choose an organisation", id="role-of-nothing"),
            pytest.param({"organisation": "nowhere"}, "organisation of the list", id="unknown-organisation"),
            pytest.param({"roles": []}, "Choose at least one role there", id="no-role"),
            pytest.param({"roles": ["king"]}, "Choose roles of the list", id="unknown-role"),
            pytest.param({"organisation": "", "roles": []}, "or make the person an administrator", id="nothing"),
        ],
    )
    def test_what_is_wrong_is_said_and_nobody_is_made(self, administrator: Client, changed, says: str):
        response = administrator.post(INVITE, self.GIVEN | changed)

        assert response.status_code == 400
        assert says in words_of(response)
        assert "<title>Error: " in source_of(response)
        assert User.objects.count() == 1

    def test_fields_of_the_model_cannot_be_slipped_in(self, administrator: Client):
        administrator.post(INVITE, self.GIVEN | {"is_superuser": "on", "is_staff": "on", "is_demo": "on"})
        person = User.objects.get(email="sami@example.org")

        assert (person.is_superuser, person.is_staff, person.is_demo) == (False, False, False)

    def test_double_submit_makes_one_person(self, administrator: Client):
        found = [administrator.post(INVITE, self.GIVEN).status_code for _ in range(2)]

        assert found == [200, 400]
        assert Event.objects.filter(verb="invite").count() == 1


class TestPerson:
    def test_roles_are_given_and_removed(self, administrator: Client, owen: User):
        given = {"organisation": "lincolnshire", "role": "approver"}

        assert act(administrator, owen, "give-role", **given)["Location"] == f"{PEOPLE}{owen.pk}/"
        assert "Approver, Lincolnshire" in words_of(administrator.get(f"{PEOPLE}{owen.pk}/"))
        act(administrator, owen, "remove-role", **given)
        assert not Membership.objects.filter(user=owen, role="approver").exists()

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            pytest.param({}, "Choose a role", id="nothing"),
            pytest.param({"organisation": "nowhere", "role": "officer"}, "organisation of the list", id="organisation"),
            pytest.param({"organisation": "lincolnshire", "role": "king"}, "role of the list", id="role"),
        ],
    )
    def test_wrong_role_is_a_form_error(self, administrator: Client, owen: User, given, says: str):
        response = act(administrator, owen, "give-role", **given)

        assert (response.status_code, says in words_of(response)) == (400, True)

    def test_deactivated_person_is_out_at_once_and_stays_out_of_old_sessions(self, administrator: Client, owen: User):
        theirs = Client()
        sign_in(theirs, owen.email)
        kept = theirs.cookies["sessionid"].value
        act(administrator, owen, "deactivate")
        assert not is_signed_in(theirs)

        act(administrator, owen, "reactivate")
        theirs.cookies["sessionid"] = kept
        assert not is_signed_in(theirs)
        sign_in(theirs, owen.email)
        assert is_signed_in(theirs)

    def test_what_is_refused_is_said_on_the_page(self, administrator: Client, nell: User):
        response = act(administrator, nell, "deactivate")

        assert response.status_code == 400
        assert "This is the only administrator" in words_of(response)
        assert is_signed_in(administrator)

    def test_second_factor_is_reset(self, administrator: Client, owen: User):
        with_second_factor(owen)
        assert "Reset the second factor" in words_of(administrator.get(f"{PEOPLE}{owen.pk}/"))
        act(administrator, owen, "reset-second-factor")

        assert "Has no second factor." in words_of(administrator.get(f"{PEOPLE}{owen.pk}/"))

    def test_name_is_escaped(self, administrator: Client, owen: User):
        User.objects.filter(pk=owen.pk).update(name="<script>alert(1)</script>")

        for address in (PEOPLE, f"{PEOPLE}{owen.pk}/"):
            assert "<script>alert" not in source_of(administrator.get(address))


class TestAccount:
    def test_says_who_one_is_and_what_one_may_do(self, public: Client, owen: User):
        public.force_login(owen)
        words = words_of(public.get("/accounts/"))

        assert "You sign in as owen@example.org" in words
        assert "Officer, Lincolnshire" in words
        assert "Set up a second factor" in words
        assert "People" not in main_of(public.get("/accounts/"))

    def test_header_leads_there(self, public: Client, owen: User):
        public.force_login(owen)

        assert '<a class="app-who__link" href="/accounts/">Owen Castleford</a>' in source_of(public.get("/"))

    def test_administrator_is_led_to_people(self, administrator: Client):
        assert PEOPLE in source_of(administrator.get("/accounts/"))

    def test_role_removed_is_gone_at_the_next_request(self, public: Client, owen: User):
        public.force_login(owen)
        Membership.objects.all().delete()

        assert "Lincolnshire" not in main_of(public.get("/accounts/"))


class TestAdministratorsSite:
    def test_address_changed_there_takes_back_what_was_sent(self, administrator: Client):
        administrator.post(INVITE, TestInvite.GIVEN)
        person = User.objects.get(email="sami@example.org")
        administrator.post(f"/admin/base/user/{person.pk}/change/", {"email": "New@Example.org", "name": "Sami"})

        person.refresh_from_db()
        assert person.email == "new@example.org"
        assert not person.invitations.filter(withdrawn_at=None).exists()

    def test_nobody_is_made_or_raised_there(self, administrator: Client, owen: User):
        assert administrator.get("/admin/base/user/add/").status_code == 403
        administrator.post(
            f"/admin/base/user/{owen.pk}/change/",
            {"email": owen.email, "name": "Owen", "is_staff": "on", "is_superuser": "on"},
        )

        owen.refresh_from_db()
        assert (owen.name, owen.is_staff, owen.is_superuser) == ("Owen", False, False)

    def test_password_is_changed_on_the_site_s_own_page(self, administrator: Client):
        assert administrator.get("/admin/password_change/")["Location"] == "/accounts/password/"
