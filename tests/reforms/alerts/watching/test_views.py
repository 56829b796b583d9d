"""The page for administrators, from empty to full, and its buttons."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from reforms.alerts import jobs
from reforms.alerts.models import JobRun, Letter
from reforms.base.clock import civil_day
from reforms.base.faults import count_fault
from reforms.base.heartbeats import beat
from reforms.base.models import Event, User
from tests.queries import count_queries
from tests.reforms.alerts.watching.letters import WORDS, make_failed, make_letter, make_recipient
from tests.reforms.base.accounts.people import make_person, with_second_factor
from tests.reforms.pages.reading import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = civil_day(NOW)
WATCHING = "/watching/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def nell() -> User:
    return with_second_factor(make_person("nell@example.org", name="Nell Ashdown", is_staff=True, is_superuser=True))


@pytest.fixture
def client(nell: User) -> Client:
    client = Client()
    client.force_login(nell)
    return client


@pytest.fixture
def rosa() -> User:
    return make_person("rosa.hall@example.org", name="Rosa Hall")


def page(client: Client, query: str = "") -> str:
    return main_of(client.get(WATCHING + query))


class TestEmpty:
    def test_nothing_was_ever_done(self, client: Client):
        words = page(client)

        assert "Some of it is late. Last sign of life: never." in words
        assert words.count("Never Late") == len(jobs.JOBS)
        assert "Waiting 0 Sent today 0 Failed 0" in words
        assert "Try" not in words

    def test_others_find_nothing_here(self, rosa: User):
        client = Client()
        client.force_login(with_second_factor(rosa))

        assert [client.get(WATCHING).status_code, client.post(f"{WATCHING}retry/").status_code] == [404, 404]


class TestJobs:
    def test_all_is_well(self, client: Client):
        for part in (jobs.BEAT, *jobs.JOBS):
            beat(part, now=NOW - timedelta(minutes=3))
        words = page(client)

        assert "None of it is late. Last sign of life: 3 minutes ago." in words
        assert words.count("3 minutes ago 22 November 2026 at 8:57am In time") == len(jobs.JOBS)

    def test_runs_of_the_last_days_and_missed_ones(self, client: Client):
        for days in range(20):
            is_missed = days in (2, 3, 15)
            JobRun.objects.create(
                job="raise_flags",
                for_day=TODAY - timedelta(days=days),
                finished_at=NOW,
                outcome="missed" if is_missed else "done",
                details={"missed": days} if is_missed else {"raised": 3, "cleared": 1},
            )
        words = page(client)

        assert "Raises the flags of the day: the last 14 days, 2 missed" in words
        assert "22 November 2026 3 raised, 1 cleared" in words
        assert "20 November 2026 Missed: 2 due only then" in words
        assert "8 November 2026" not in words.replace("18 November 2026", "")

    def test_faults(self, client: Client):
        count_fault("broker", TimeoutError(), now=NOW)
        count_fault("broker", TimeoutError(), now=NOW - timedelta(days=6))
        count_fault("mail", ConnectionRefusedError("smtp.example.org"), now=NOW - timedelta(days=7))
        words = page(client)

        assert "Today broker 1 TimeoutError, 22 November 2026 at 9am" in words
        assert "16 November 2026 broker" in words
        assert "mail" not in words.replace("mail server", "")


class TestLetters:
    def test_who_and_why(self, client: Client, rosa: User):
        failed = make_failed(make_recipient(rosa, at=NOW), at=NOW - timedelta(days=3))
        reader = make_failed(make_recipient(at=NOW, address="reader@example.com"), at=NOW - timedelta(days=4))
        make_letter(make_recipient(at=NOW), at=NOW - timedelta(minutes=30))
        response = client.get(WATCHING)
        words = main_of(response)

        assert "Waiting 1, the oldest for 30 minutes. Late Sent today 0 Failed 2" in words
        assert f"Digest Number {failed.pk} Rosa Hall Recipient {failed.recipient_id}" in words
        assert "21 November 2026 at 9am, after 8 attempts SMTPRecipientsRefused" in words
        assert f'href="{reverse("person", args=[rosa.pk])}"' in response.content.decode()
        assert f"r…@example.com Recipient {reader.recipient_id}" in words

    def test_no_words_of_letters_and_no_whole_address(self, client: Client, rosa: User):
        make_failed(make_recipient(rosa, at=NOW), at=NOW, subject=WORDS)
        make_failed(make_recipient(at=NOW, address="reader@example.com"), at=NOW)
        html = client.get(WATCHING).content.decode()

        assert "Rosa Hall" in html
        assert [word for word in (WORDS, "rosa.hall@", "reader@") if word in html] == []

    def test_fifty_at_a_time_and_as_many_queries_for_many_as_for_few(self, client: Client):
        recipient = make_recipient(at=NOW)
        make_failed(recipient, at=NOW)
        page(client)
        few = count_queries(lambda: page(client))
        oldest = make_failed(recipient, at=NOW - timedelta(days=9))
        for _number in range(59):
            make_failed(recipient, at=NOW)

        assert count_queries(lambda: page(client)) == few
        first, second = page(client), page(client, "?page=2")
        assert ("1 to 50 of 61, the latest first." in first, "51 to 61 of 61" in second) == (True, True)
        assert [bool(re.search(rf"Number {oldest.pk}\b", shown)) for shown in (first, second)] == [False, True]

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            pytest.param("?page=2", "page: There is no such page: the last one is 1", id="no such page"),
            pytest.param("?page=x", "page: Enter the number of a page, from 1", id="no number"),
            pytest.param("?colour=red", "colour: there is no such parameter here", id="unknown parameter"),
        ],
    )
    def test_what_is_not_understood_is_said(self, client: Client, query: str, said: str):
        response = client.get(WATCHING + query)

        assert response.status_code == 400
        assert f"There is a problem {said}" in main_of(response)


class TestAgain:
    def test_one(self, client: Client, nell: User):
        recipient = make_recipient(at=NOW)
        one, other = (make_failed(recipient, at=NOW - timedelta(days=3)) for _number in range(2))
        response = client.post(reverse("watching-retry", args=[one.pk]), follow=True)

        assert f"Letter {one.pk} will be tried again within a minute." in main_of(response)
        assert states() == {one.pk: "waiting", other.pk: "failed"}
        assert list(Event.objects.filter(subject=f"letter:{one.pk}").values_list("by", flat=True)) == [nell.pk]

    def test_twice_is_said(self, client: Client):
        one = make_failed(make_recipient(at=NOW), at=NOW)
        for _number in range(2):
            response = client.post(reverse("watching-retry", args=[one.pk]), follow=True)

        assert f"Letter {one.pk} is not among those that failed any more." in main_of(response)
        assert Event.objects.filter(subject=f"letter:{one.pk}").count() == 1

    @pytest.mark.parametrize("state", ["sent", "dropped"])
    def test_one_that_did_not_fail_is_left_alone(self, client: Client, state: str):
        one = make_letter(make_recipient(at=NOW), at=NOW, state=state, ended_at=NOW)
        client.post(reverse("watching-retry", args=[one.pk]))

        assert states() == {one.pk: state}

    def test_all(self, client: Client):
        recipient = make_recipient(at=NOW)
        for _number in range(3):
            make_failed(recipient, at=NOW)
        sent = make_letter(recipient, at=NOW, state="sent", ended_at=NOW)
        response = client.post(reverse("watching-retry-all"), follow=True)

        assert "All letters that failed will be tried again within a minute." in main_of(response)
        assert sorted(states().values()) == ["sent", "waiting", "waiting", "waiting"]
        assert states()[sent.pk] == "sent"

    def test_only_by_a_button(self, client: Client):
        one = make_failed(make_recipient(at=NOW), at=NOW)
        addresses = [reverse("watching-retry", args=[one.pk]), reverse("watching-retry-all")]

        assert [client.get(address).status_code for address in addresses] == [405, 405]
        assert re.findall(r'action="(/watching/[^"]*)" method="post"', client.get(WATCHING).content.decode()) == [
            reverse("watching-retry-all"),
            reverse("watching-retry", args=[one.pk]),
        ]


def states() -> dict[int, str]:
    return dict(Letter.objects.values_list("pk", "state"))
