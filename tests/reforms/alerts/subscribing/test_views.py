"""The pages on which people say what they want to hear about."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pillars.models import Organisation
from reforms.alerts.models import Letter, Recipient, Subscription
from reforms.alerts.subscribing import actions
from reforms.alerts.subscribing.choices import Target, find_pillar, followed
from reforms.alerts.telling.making import make_notices
from reforms.alerts.telling.recipients import recipient_of
from reforms.alerts.topics import Frequency
from reforms.base.models import Event, User
from tests.reforms.alerts.subscribing.conftest import NOW
from tests.reforms.alerts.telling.scene import begin, raise_closing
from tests.reforms.pages.making import make_member
from tests.reforms.pages.reading import links_of, main_of, source_of

pytestmark = pytest.mark.django_db

PILLAR = "/updates/?pillar=stable-homes/4"
MINE = "/accounts/updates/"
ANNA = "anna@example.org"
DAILY, WEEKLY = Frequency.DAILY, Frequency.WEEKLY


@pytest.fixture(autouse=True)
def moment(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def signed_in(maya: User) -> Client:
    return client_of(maya)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def ask(client: Client, email: str = ANNA, frequency: str = "weekly", url: str = PILLAR, **more):
    return client.post(url, {"email": email, "frequency": frequency}, **more)


def link_in_letter() -> str:
    found = re.search(r"https?://[^/\s]+(/updates/confirm/\S+)", Letter.objects.latest("pk").text)
    assert found
    return found[1]


def confirmed(client: Client, email: str = ANNA) -> Recipient:
    ask(client, email)
    client.post(link_in_letter())
    return Recipient.objects.get(address=email)


class TestAsking:
    @pytest.mark.parametrize(
        ("url", "words"),
        [
            pytest.param(PILLAR, "pillar 4", id="pillar"),
            pytest.param("/updates/?pillar=independent-review/4", "area 4", id="area"),
            pytest.param("/updates/?council=lincolnshire", "Lincolnshire", id="council"),
            pytest.param("/updates/?consultation=agency-social-work", "agency", id="consultation"),
        ],
    )
    def test_page_says_what_it_is_about(self, public: Client, url, words):
        page = main_of(public.get(url))

        assert words in page
        assert "erased" in page

    @pytest.mark.parametrize(
        ("path", "link"),
        [
            ("/programmes/stable-homes/pillars/4/", PILLAR),
            ("/councils/lincolnshire/", "/updates/?council=lincolnshire"),
            ("/consultations/agency-social-work/", "/updates/?consultation=agency-social-work"),
        ],
    )
    @pytest.mark.parametrize("day", ["", "?as_at=2023-04-21"])
    def test_pages_lead_there(self, public: Client, path, link, day):
        assert link in links_of(public.get(path + day))

    def test_every_address_is_answered_alike(self, public: Client, maya, time_machine):
        confirmed(Client(), "known@example.org")
        time_machine.shift(timedelta(minutes=1))
        left = make_member(Organisation.objects.get(slug="kent"))
        User.objects.filter(pk=left.pk).update(is_active=False)
        pages = set()
        for email in (ANNA, "known@example.org", "KNOWN@example.org", maya.email, left.email):
            response = ask(Client(), email)
            pages.add((response.status_code, response["Location"], tuple(response.cookies)))

        assert len(pages) == 1
        assert "If the address is right, a letter is on its way" in main_of(public.get("/updates/sent/"))
        assert Letter.objects.count() == 5

    @pytest.mark.parametrize(
        ("email", "address"),
        [
            pytest.param("  Anna@Example.ORG ", ANNA, id="capitals-and-blanks"),
            pytest.param("a.b+c_d'e@example.org", "a.b+c_d'e@example.org", id="odd-characters"),
            pytest.param("anna@bücher.example", "anna@xn--bcher-kva.example", id="foreign-host"),
            pytest.param(f"{'a' * 60}@{'b' * 60}.example.org", f"{'a' * 60}@{'b' * 60}.example.org", id="long"),
        ],
    )
    def test_address_is_taken(self, public: Client, email, address):
        assert ask(public, email).status_code == 302
        assert Recipient.objects.get().address == address

    @pytest.mark.parametrize(
        "email",
        [
            pytest.param("", id="none"),
            pytest.param("anna", id="no-host"),
            pytest.param("anna@example.org\0", id="nul"),
            pytest.param("anna@example.org\nBcc: b@example.org", id="two-lines"),
            pytest.param("anna@example.org, bert@example.org", id="two"),
            pytest.param("Anna <anna@example.org>", id="name"),
            pytest.param(f"{'a' * 60}@{'b.' * 120}org", id="too-long"),
            pytest.param(f"a@{'ü.' * 70}example", id="too-long-for-machines"),
            pytest.param("änna@example.org", id="foreign-name"),
            pytest.param("anna@exa mple.org", id="blank"),
            pytest.param("anna@[127.0.0.1", id="bracket"),
        ],
    )
    def test_address_is_refused(self, public: Client, email):
        response = ask(public, email)

        assert response.status_code == 400
        assert "There is a problem" in main_of(response)
        assert not Recipient.objects.exists()

    @pytest.mark.parametrize("frequency", ["", "never", "hourly", "daily\0"])
    def test_frequency_is_daily_or_weekly(self, public: Client, frequency):
        assert ask(public, frequency=frequency).status_code == 400

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            pytest.param("pillar=stable-homes/9", "no such pillar", id="pillar"),
            pytest.param("pillar=stable-homes", "no such pillar", id="no-number"),
            pytest.param(f"pillar=stable-homes/{'9' * 100}", "no such pillar", id="many-digits"),
            pytest.param("pillar=stable-homes/%D9%A4", "no such pillar", id="foreign-digits"),
            pytest.param("council=narnia", "no such council", id="council"),
            pytest.param("council=cumbria", "no such council", id="abolished"),
            pytest.param("council=department-for-education", "no such council", id="department"),
            pytest.param("consultation=everything", "no such consultation", id="consultation"),
            pytest.param("council=lincolnshire&consultation=agency-social-work", "Choose one", id="two"),
            pytest.param("council=lincolnshire&council=kent", "one value only", id="twice"),
            pytest.param("council=a%00b", "null character", id="nul"),
            pytest.param(f"council={'a' * 5000}", "characters or fewer", id="long"),
            pytest.param("colour=red", "no such parameter", id="unknown"),
        ],
    )
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_what_there_is_not_is_said_with_what_there_is(self, public: Client, query, words, method):
        response = getattr(public, method)(f"/updates/?{query}")

        assert response.status_code == 400
        assert words in main_of(response)
        assert PILLAR in links_of(response)

    def test_nothing_named_offers_what_there_is(self, public: Client):
        response = public.get("/updates/")

        assert response.status_code == 200
        assert {PILLAR, "/updates/?consultation=early-career-framework"} <= set(links_of(response))
        assert public.post("/updates/", {"email": ANNA, "frequency": "daily"}).status_code == 400

    def test_form_from_another_site_is_refused(self):
        client = Client(enforce_csrf_checks=True)

        assert ask(client).status_code == 403
        assert not Recipient.objects.exists()

    def test_head_answers_like_get(self, public: Client):
        assert (public.head(PILLAR).status_code, public.head(PILLAR).content) == (200, b"")

    def test_no_cache_keeps_it(self, public: Client):
        assert "no-store" in public.get(PILLAR)["Cache-Control"]


class TestLimits:
    def test_fourth_letter_to_an_address_within_an_hour_is_not_sent(self, time_machine):
        found = []
        for number in range(5):
            time_machine.shift(timedelta(minutes=2))
            found.append(ask(Client(REMOTE_ADDR=f"192.0.2.{number}"), [ANNA, "ANNA@example.org"][number % 2]))

        assert [each.status_code for each in found] == [302] * 3 + [429] * 2
        assert "Wait an hour" in main_of(found[-1])
        assert Letter.objects.count() == 3

    def test_one_client_may_not_ask_for_many(self):
        found = [ask(Client(), f"person{number}@example.org").status_code for number in range(22)]

        assert found == [302] * 20 + [429] * 2

    def test_after_an_hour_one_may_ask_again(self, time_machine):
        for _ in range(4):
            ask(Client())
        time_machine.shift(timedelta(hours=1, seconds=1))

        assert ask(Client()).status_code == 302

    def test_mistakes_are_not_counted(self):
        for _ in range(30):
            ask(Client(), frequency="hourly")

        assert ask(Client()).status_code == 302

    def test_without_the_limit_all_are_sent(self, settings):
        settings.ACCOUNT_RATE_LIMITS = False

        assert [ask(Client()).status_code for _ in range(5)] == [302] * 5


class TestConfirming:
    def test_opening_the_link_confirms_nothing(self, public: Client):
        ask(public)
        response = public.get(link_in_letter())

        assert "Confirm" in main_of(response)
        assert Subscription.objects.get().confirmed_at is None
        assert public.head(link_in_letter()).status_code == 200
        assert Subscription.objects.get().confirmed_at is None

    def test_button_confirms_as_often_as_it_is_pressed(self, public: Client):
        ask(public, frequency="daily")
        pages = [public.post(link_in_letter()) for _ in range(2)]

        assert [each.status_code for each in pages] == [200, 200]
        assert "Daily" in main_of(pages[0])
        [subscription] = followed(Recipient.objects.get())
        assert subscription.frequency == "daily"

    def test_link_is_over_after_a_week(self, public: Client, time_machine):
        ask(public)
        time_machine.shift(timedelta(days=7, seconds=1))

        assert public.get(link_in_letter()).status_code == 404
        assert public.post(link_in_letter()).status_code == 404
        assert Subscription.objects.get().confirmed_at is None

    def test_form_of_another_site_confirms_nothing(self, public: Client):
        ask(public)

        assert Client(enforce_csrf_checks=True).post(link_in_letter()).status_code == 403

    def test_letter_to_an_account_leads_to_the_account(self, public: Client, maya):
        ask(public, maya.email)
        response = public.post(link_in_letter())

        assert MINE in links_of(response)
        assert recipient_of(maya, now=NOW).key not in source_of(response)


SECRET_PAGES = ["confirm", "manage", "unsubscribe"]


@pytest.mark.parametrize("page", SECRET_PAGES)
def test_page_behind_a_secret_is_in_no_index_and_no_cache(public: Client, page):
    recipient = confirmed(public)
    url = link_in_letter() if page == "confirm" else f"/updates/{page}/{recipient.key}/"
    response = public.get(url)

    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in source_of(response)


@pytest.mark.parametrize("page", SECRET_PAGES)
@pytest.mark.parametrize("secret", ["abc", "%00", "%ff", "%2e%2e", "'", "a" * 5000, "a" * 43])
def test_wrong_secret_is_said_to_be_over(public: Client, page, secret):
    response = public.get(f"/updates/{page}/{secret}/")

    assert response.status_code == 404
    assert public.post(f"/updates/{page}/{secret}/").status_code == (200 if page == "unsubscribe" else 404)


class TestManaging:
    def test_shows_what_is_followed_and_where_letters_go(self, public: Client):
        page = main_of(public.get(f"/updates/manage/{confirmed(public).key}/"))

        assert ANNA in page
        assert "pillar 4" in page

    def test_changes_how_often(self, public: Client):
        recipient = confirmed(public)
        [subscription] = followed(recipient)
        page = public.post(f"/updates/manage/{recipient.key}/", {f"follow-{subscription.pk}": "daily"}, follow=True)

        assert "saved" in main_of(page)
        assert [each.frequency for each in followed(recipient)] == ["daily"]
        assert Recipient.objects.get().pauses_urgent

    def test_one_can_be_stopped_and_the_last_erases_the_address(self, public: Client, council: Target):
        recipient = confirmed(public)
        ask(public, url="/updates/?council=lincolnshire")
        public.post(link_in_letter())
        first, second = followed(recipient)
        url = f"/updates/manage/{recipient.key}/"
        public.post(url, {f"follow-{first.pk}": "stop", f"follow-{second.pk}": "weekly", "is_told_at_once": "on"})
        assert followed(recipient) == [second]

        response = public.post(url, {f"follow-{second.pk}": "stop"})
        assert "You get no more updates" in main_of(response)
        assert not Recipient.objects.exists()

    @pytest.mark.parametrize("value", ["", "hourly", "never", "\0"])
    def test_wrong_choice_is_said(self, public: Client, value):
        recipient = confirmed(public)
        [subscription] = followed(recipient)
        response = public.post(f"/updates/manage/{recipient.key}/", {f"follow-{subscription.pk}": value})

        assert response.status_code == 400
        assert "Choose how often" in main_of(response)

    def test_stop_everything_erases(self, public: Client):
        recipient = confirmed(public)
        response = public.post(f"/updates/manage/{recipient.key}/", {"do": "stop"})

        assert "You get no more updates" in main_of(response)
        assert not Recipient.objects.exists()
        assert not Letter.objects.exists()

    def test_another_s_subscription_is_not_theirs(self, public: Client):
        anna, bert = confirmed(public), confirmed(public, "bert@example.org")
        [own], [other] = followed(anna), followed(bert)
        public.post(f"/updates/manage/{anna.key}/", {f"follow-{own.pk}": "daily", f"follow-{other.pk}": "stop"})

        assert followed(bert) == [other]

    def test_account_is_managed_by_whoever_signs_in(self, public: Client, maya):
        response = public.get(f"/updates/manage/{recipient_of(maya, now=NOW).key}/")

        assert (response.status_code, response["Location"]) == (302, MINE)


class TestUnsubscribing:
    ONE_CLICK = {"List-Unsubscribe": "One-Click"}

    def test_one_click_of_a_mail_program(self, public: Client):
        recipient = confirmed(public)
        machine = Client(enforce_csrf_checks=True)
        url = f"/updates/unsubscribe/{recipient.key}/"
        first, second = (machine.post(url, self.ONE_CLICK) for _ in range(2))

        assert [first.status_code, second.status_code] == [200, 200]
        assert not first.cookies
        assert not first.has_header("Location")
        assert not Recipient.objects.exists()

    def test_opening_the_link_stops_nothing(self, public: Client):
        recipient = confirmed(public)
        response = public.get(f"/updates/unsubscribe/{recipient.key}/")

        assert "Stop all updates" in main_of(response)
        assert followed(recipient)

    def test_account_hears_of_nothing_more(self, public: Client, maya, pillar: Target):
        actions.follow(person=maya, target=pillar, frequency=DAILY, by=maya, now=NOW)
        recipient = recipient_of(maya, now=NOW)
        url = f"/updates/unsubscribe/{recipient.key}/"
        assert "Your account stays" in main_of(public.get(url))
        assert public.post(url, self.ONE_CLICK).status_code == 200

        page = client_of(maya).get(MINE)
        assert len(re.findall(r'<option value="never" selected>', source_of(page))) == 4
        assert "checked" not in source_of(page)
        assert followed(recipient) == []


class TestSignedIn:
    def choices(self, client: Client, **more: str) -> dict[str, str]:
        """What the form holds, with something else chosen."""
        html = source_of(client.get(MINE))
        held = dict(re.findall(r'(?s)<select[^>]*name="([^"]+)".*?value="([^"]+)" selected', html))
        return held | more

    def test_usual_choices_are_shown(self, signed_in: Client):
        page = source_of(signed_in.get(MINE))

        assert "Lincolnshire" in main_of(signed_in.get(MINE))
        assert page.count("(usual)") == 4
        assert re.search(r'<option value="daily" selected>Daily \(usual\)', page)

    def test_choice_is_kept(self, signed_in: Client, maya):
        lincolnshire = Organisation.objects.get(slug="lincolnshire")
        name = f"topic-{lincolnshire.pk}-dates"
        data = self.choices(signed_in, **{name: "never"})
        assert len(data) == 4
        page = signed_in.post(MINE, data, follow=True)

        assert "saved" in main_of(page)
        assert self.choices(signed_in)[name] == "never"
        assert Recipient.objects.get(person=maya).pauses_urgent
        [event] = Event.objects.filter(verb="choose", subject__startswith="recipient:")
        assert (event.by, event.details["topic"]) == (maya, "dates")

    def test_looking_writes_nothing(self, signed_in: Client):
        for url in (MINE, f"{MINE}preview/", PILLAR):
            assert signed_in.get(url).status_code == 200

        assert not Recipient.objects.exists()

    def test_following_more_asks_no_more_of_the_database(self, signed_in: Client, maya):
        signed_in.get(MINE)  # after which the browser has its cookie
        asked = []
        for number in (1, 6):
            for area in range(number):
                target = find_pillar(f"independent-review/{area + 1}", on=NOW.date())
                assert target
                actions.follow(person=maya, target=target, frequency=DAILY, by=maya, now=NOW)
            with CaptureQueriesContext(connection) as queries:
                signed_in.get(MINE)
            asked.append(len(queries))

        assert asked[0] == asked[1]

    @pytest.mark.parametrize("value", ["", "hourly", "stop", "\0"])
    def test_wrong_choice_is_said(self, signed_in: Client, value):
        lincolnshire = Organisation.objects.get(slug="lincolnshire")
        data = self.choices(signed_in, **{f"topic-{lincolnshire.pk}-work": value})

        assert signed_in.post(MINE, data).status_code == 400

    def test_following_needs_no_letter(self, signed_in: Client, maya):
        page = signed_in.post(PILLAR, {"frequency": "daily"}, follow=True)

        assert "pillar 4" in main_of(page)
        assert not Letter.objects.exists()
        assert "You get these already, daily" in main_of(signed_in.get(PILLAR))
        [subscription] = followed(recipient_of(maya, now=NOW))
        signed_in.post(MINE, self.choices(signed_in, **{f"follow-{subscription.pk}": "stop"}))
        assert followed(recipient_of(maya, now=NOW)) == []

    def test_nobody_s_organisation_is_said(self):
        person = User.objects.create_user("sole@example.org")

        assert "You have no role in an organisation" in main_of(client_of(person).get(MINE))
        assert client_of(person).post(MINE, {"is_told_at_once": "on"}).status_code == 302

    def test_account_page_leads_there(self, signed_in: Client):
        assert MINE in links_of(signed_in.get("/accounts/"))

    def test_nothing_to_tell_is_said(self, signed_in: Client):
        assert "nothing new" in main_of(signed_in.get(f"{MINE}preview/"))
        assert "nothing new" in main_of(signed_in.post(f"{MINE}send/", follow=True))
        assert not Letter.objects.exists()

    def test_letter_is_shown_and_sent(self, signed_in: Client, maya):
        begin(now=NOW)
        raise_closing(title="<b>What to ask</b>", on=NOW.date())
        make_notices(now=NOW)

        assert "&lt;b&gt;What to ask&lt;/b&gt;" in source_of(signed_in.get(f"{MINE}preview/"))
        assert not Letter.objects.exists()
        page = main_of(signed_in.post(f"{MINE}send/", follow=True))
        assert f"A letter is on its way to {maya.email}" in page
        assert Letter.objects.get().recipient.person == maya

    def test_sending_takes_a_button(self, signed_in: Client):
        assert signed_in.get(f"{MINE}send/").status_code == 405
