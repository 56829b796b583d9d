"""How often somebody may try, whichever worker they come to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from reforms.base import clock
from reforms.base.accounts.client_address import address_of
from reforms.base.accounts.shared_cache import SharedCache, sweep
from reforms.base.models import SharedValue, User
from tests.engines.databases import Databases, one_of
from tests.engines.tables import template
from tests.reforms.base.accounts import trying
from tests.reforms.base.accounts.people import (
    CODE,
    code_of,
    is_signed_in,
    make_person,
    sign_in,
    with_second_factor,
)
from tests.reforms.pages.reading import source_of, words_of
from tests.tooling.shell import ROOT

WRONG = "another wrong one"


@pytest.fixture
def maya(db) -> User:
    return make_person()


def statuses(times: int, *, email: str = "maya@example.org", **more) -> list[int]:
    """What so many wrong tries are answered, each in a browser of its own."""
    return [sign_in(Client(), email, WRONG, **more).status_code for _ in range(times)]


class TestSignIn:
    def test_sixth_wrong_password_within_five_minutes_is_not_looked_at(self, maya: User):
        assert statuses(7) == [200] * 5 + [429] * 2

    def test_right_password_is_not_looked_at_either(self, maya: User):
        statuses(5)
        client = Client()

        assert sign_in(client).status_code == 429
        assert not is_signed_in(client)

    def test_answer_is_the_same_where_there_is_no_such_account(self, maya: User):
        pages = []
        for email in ("maya@example.org", "nobody@example.org"):
            statuses(5, email=email)
            pages.append(source_of(sign_in(Client(), email, WRONG)))

        assert pages[0] == pages[1]
        assert "Too many tries" in words_of(sign_in(Client(), password=WRONG))

    def test_after_five_minutes_one_may_try_again(self, maya: User, time_machine):
        time_machine.move_to("2026-11-21 09:00 +0000", tick=False)
        statuses(6)
        time_machine.shift(timedelta(minutes=5, seconds=1))

        assert sign_in(Client()).status_code == 302

    def test_right_passwords_are_not_counted(self, maya: User):
        assert [sign_in(Client()).status_code for _ in range(8)] == [302] * 8

    def test_right_password_between_wrong_ones_forgives_none(self, maya: User):
        found = []
        for _ in range(6):
            sign_in(Client())
            found += statuses(1)

        assert found == [200] * 5 + [429]

    def test_capitals_and_blanks_are_the_same_person(self, maya: User):
        emails = ["maya@example.org", "MAYA@example.org", " maya@example.org", "Maya@Example.org ", "maya@EXAMPLE.org"]
        for email in emails:
            statuses(1, email=email)

        assert statuses(1) == [429]

    def test_somebody_elsewhere_may_still_try(self, maya: User):
        statuses(6)

        assert sign_in(Client(REMOTE_ADDR="192.0.2.9")).status_code == 302

    def test_one_who_tries_on_and_on_stands_in_nobody_else_s_way(self, maya: User):
        make_person("owen@example.org")
        statuses(24)

        assert sign_in(Client(), "owen@example.org").status_code == 302

    def test_one_address_may_not_try_many_people(self, maya: User):
        found = Counter(statuses(1, email=f"person{number}@example.org")[0] for number in range(25))

        assert found == {200: 20, 429: 5}

    def test_one_person_is_not_tried_from_everywhere(self, maya: User, settings):
        settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_anywhere": "8/h/key"}
        found = [statuses(1, REMOTE_ADDR=f"192.0.2.{number}")[0] for number in range(10)]

        assert found == [200] * 8 + [429] * 2

    def test_without_the_limit_all_are_looked_at(self, maya: User, settings):
        settings.ACCOUNT_RATE_LIMITS = False

        assert statuses(7) == [200] * 7


def test_sixth_wrong_code_is_not_looked_at(maya: User):
    with_second_factor(maya)
    client = Client()
    sign_in(client)
    found = [client.post(CODE, {"code": "abcdef"}).status_code for _ in range(6)]

    assert found == [200] * 5 + [429]
    assert client.post(CODE, {"code": code_of(maya)}).status_code == 429
    assert not is_signed_in(client)


def test_letters_for_new_passwords_are_few(maya: User, mailoutbox):
    found = [Client().post("/accounts/password/reset/", {"email": maya.email}).status_code for _ in range(5)]

    assert found == [302] * 3 + [429] * 2
    assert len(mailoutbox) == 3


@pytest.mark.parametrize(
    ("is_trusted", "forwarded", "expected"),
    [
        pytest.param(False, None, "192.0.2.1", id="no-proxy"),
        pytest.param(False, "198.51.100.7", "192.0.2.1", id="header-that-nobody-trusts"),
        pytest.param(True, "198.51.100.7", "198.51.100.7", id="proxy"),
        pytest.param(True, "203.0.113.5, 198.51.100.7", "198.51.100.7", id="last-is-the-proxy-s-word"),
        pytest.param(True, "", "192.0.2.1", id="proxy-that-says-nothing"),
        pytest.param(True, "2001:db8::1", "2001:db8::1", id="ipv6"),
    ],
)
def test_address_of(settings, is_trusted: bool, forwarded: str | None, expected: str):
    settings.TRUST_PROXY = is_trusted
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}

    assert address_of(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers=headers)) == expected


def test_request_over_a_socket_has_no_address(settings):
    settings.TRUST_PROXY = False

    assert address_of(RequestFactory().get("/", REMOTE_ADDR="")) == "unknown"


@pytest.mark.django_db
class TestSharedCache:
    @pytest.fixture
    def other(self) -> SharedCache:
        """The cache as another worker has it."""
        return SharedCache("", {})

    def test_what_one_worker_keeps_another_sees(self, other: SharedCache):
        cache.set("a", [1.5, "b", None, True], 60)

        assert other.get("a") == [1.5, "b", None, True]

    @pytest.mark.parametrize("key", ["with blanks", "é" * 500, "\n", ""])
    def test_any_key_will_do(self, other: SharedCache, key: str):
        cache.set(key, 1, 60)

        assert other.get(key) == 1

    def test_key_is_not_to_be_read(self):
        cache.set("ip:192.0.2.1", 1, 60)

        assert not SharedValue.objects.filter(pk__contains="192").exists()

    def test_value_expires(self, other: SharedCache, time_machine):
        time_machine.move_to("2026-11-21 09:00 +0000", tick=False)
        cache.set("a", 1, 60)
        time_machine.shift(60)

        assert other.get("a", "none") == "none"
        assert not other.touch("a")

    def test_one_of_two_adds(self, other: SharedCache):
        assert (cache.add("a", 1, 60), other.add("a", 2, 60), other.get("a")) == (True, False, 1)

    def test_what_has_expired_is_added_again_by_one_of_two(self, other: SharedCache, time_machine):
        time_machine.move_to("2026-11-21 09:00 +0000", tick=False)
        cache.add("a", 1, 60)
        time_machine.shift(61)

        assert (cache.add("a", 2, 60), other.add("a", 3, 60), other.get("a")) == (True, False, 2)

    def test_what_is_deleted_is_gone(self, other: SharedCache):
        cache.set("a", 1, 60)

        assert (other.delete("a"), cache.get("a"), other.delete("a")) == (True, None, False)

    def test_expired_values_are_swept_and_others_stay(self, time_machine):
        time_machine.move_to("2026-11-21 09:00 +0000", tick=False)
        cache.set("old", 1, 60)
        cache.set("new", 1, 600)
        cache.set("for ever", 1, None)
        time_machine.shift(120)

        assert sweep(now=clock.now()) == 1
        assert SharedValue.objects.count() == 2


@pytest.mark.long
@pytest.mark.parametrize("machines", [4])
def test_twenty_tries_at_once_on_several_machines_are_let_through_no_oftener(databases: Databases, machines: int):
    with template(databases) as tables, one_of(databases, copy_of=tables) as url:
        processes = [start(url, 20 // machines) for _ in range(machines)]
        try:
            for each in processes:
                assert each.stdout.readline() == "ready\n"
            for each in processes:
                each.stdin.write("go\n")
                each.stdin.flush()
            said = [each.communicate(timeout=120)[0].split() for each in processes]
        finally:
            for each in processes:
                each.kill()
                each.communicate()
    found = Counter(status for words in said for status in words)

    assert sum(found.values()) == 20
    assert found.keys() <= {"200", "429"}
    assert 1 <= found["200"] <= 5


def start(database: str, times: int) -> subprocess.Popen[str]:
    """A worker that has this database."""
    return subprocess.Popen(
        [sys.executable, "-m", trying.__name__, str(times)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
