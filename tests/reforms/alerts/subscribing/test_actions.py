"""Who hears of what, as it is asked for, confirmed, changed and stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import serializers
from django.db import IntegrityError

from pillars.models import Organisation
from reforms.alerts.models import Letter, Notice, Recipient, Subscription
from reforms.alerts.subscribing import actions
from reforms.alerts.subscribing.choices import chosen, followed, organisations_of
from reforms.alerts.subscribing.links import Asked
from reforms.alerts.telling.recipients import recipient_of
from reforms.alerts.topics import USUAL, Frequency, Topic
from reforms.base.models import Event
from tests.reforms.alerts.subscribing.conftest import NOW
from tests.reforms.pages.making import make_member

pytestmark = pytest.mark.django_db

ANNA = "anna@example.org"
DAILY, WEEKLY, NEVER = Frequency.DAILY, Frequency.WEEKLY, Frequency.NEVER
LATER = NOW + timedelta(hours=1)


def ask(target, address: str = ANNA, frequency: Frequency = WEEKLY, now=NOW) -> Subscription:
    return actions.ask_for_updates(address=address, target=target, frequency=frequency, now=now)


def confirm(subscription: Subscription, frequency: Frequency = WEEKLY, now=NOW) -> Subscription:
    return actions.confirm_updates(asked=Asked(subscription.pk, frequency), by=None, now=now)


def verbs() -> list[str]:
    return list(Event.objects.filter(subject__startswith="recipient:").order_by("pk").values_list("verb", flat=True))


class TestAsking:
    def test_nobody_is_told_before_confirming(self, pillar):
        subscription = ask(pillar)

        assert subscription.confirmed_at is None
        assert not Recipient.objects.told().filter(address=ANNA).exists()

    def test_letter_says_what_for_how_often_and_how_to_confirm(self, pillar):
        ask(pillar, frequency=DAILY)

        [letter] = Letter.objects.all()
        assert (letter.kind, letter.recipient.email) == ("confirmation", ANNA)
        for words in (pillar.title, "Daily", "/updates/confirm/", "7 days"):
            assert words in letter.text
            assert words in letter.html
        assert letter.subject == f"Confirm that you want updates: {pillar.title}"

    def test_subject_is_one_line_that_fits(self):
        assert actions.shortened("a\r\nBcc: b") == "a Bcc: b"
        assert len(actions.shortened("long " * 100)) <= 200

    def test_pressing_twice_makes_one_letter(self, pillar):
        ask(pillar)
        ask(pillar, now=NOW + timedelta(seconds=5))

        assert Letter.objects.count() == 1

    def test_asking_again_later_makes_another(self, pillar):
        assert ask(pillar) == ask(pillar, now=LATER)
        assert Letter.objects.count() == 2

    def test_capitals_are_the_same_recipient(self, pillar, council):
        Recipient.objects.create(address="Anna@Example.org", made_at=NOW)

        assert ask(pillar).recipient == ask(council, "ANNA@example.ORG").recipient

    def test_who_comes_second_at_the_same_moment_joins_the_first(self, pillar, monkeypatch):
        monkeypatch.setattr(actions, "_made", after_somebody_else(actions._made))

        assert ask(pillar, "anna@example.org").recipient == Recipient.objects.get()

    def test_who_does_not_look_again_fails(self, pillar, monkeypatch):
        monkeypatch.setattr(actions, "_made", after_somebody_else(make_blindly))

        with pytest.raises(IntegrityError):
            ask(pillar)

    def test_address_of_somebody_with_an_account_is_their_account(self, pillar, maya):
        subscription = ask(pillar, maya.email.upper())

        assert subscription.recipient.person == maya
        assert Letter.objects.get().recipient.email == maya.email

    def test_address_of_somebody_who_has_left_is_an_address(self, pillar, maya):
        maya.is_active = False
        maya.save()

        assert ask(pillar, maya.email).recipient.person is None

    def test_a_stranger_changes_nothing_of_what_was_confirmed(self, pillar):
        before = confirm(ask(pillar))
        ask(pillar, frequency=DAILY, now=LATER)

        after = Subscription.objects.get(pk=before.pk)
        assert (after.frequency, after.confirmed_at) == (WEEKLY, NOW)


class TestConfirming:
    def test_from_then_on_they_are_told(self, pillar):
        subscription = confirm(ask(pillar), DAILY)

        assert (subscription.frequency, subscription.confirmed_at) == (DAILY, NOW)
        assert Recipient.objects.told().get(address=ANNA).confirmed_at == NOW

    def test_twice_changes_nothing(self, pillar):
        subscription = confirm(ask(pillar))
        events = verbs()
        again = confirm(subscription, now=LATER)

        assert again.confirmed_at == NOW
        assert verbs() == events == ["ask", "confirm"]

    def test_after_stopping_an_old_link_starts_nothing(self, pillar):
        subscription = ask(pillar)
        actions.stop_everything(recipient=confirm(subscription).recipient, by=None, now=NOW)

        with pytest.raises(actions.NotOpenError):
            confirm(subscription)

    def test_after_it_was_stopped_by_itself_an_old_link_starts_nothing(self, pillar, council):
        confirm(ask(council))
        subscription = ask(pillar)
        actions.unfollow(subscription=confirm(subscription), by=None, now=NOW)

        with pytest.raises(actions.NotOpenError):
            confirm(subscription)

    def test_only_what_was_asked_for_is_confirmed(self, pillar, council):
        other = ask(council)
        confirm(ask(pillar))

        assert Subscription.objects.get(pk=other.pk).confirmed_at is None


class TestFollowing:
    def test_somebody_who_signed_in_need_not_confirm(self, pillar, maya):
        subscription = actions.follow(person=maya, target=pillar, frequency=DAILY, by=maya, now=NOW)

        assert subscription.confirmed_at == NOW
        assert not Letter.objects.exists()

    def test_again_changes_how_often(self, pillar, maya):
        for frequency in (DAILY, WEEKLY, WEEKLY):
            actions.follow(person=maya, target=pillar, frequency=frequency, by=maya, now=NOW)

        assert [each.frequency for each in followed(recipient_of(maya, now=NOW))] == [WEEKLY]
        assert verbs() == ["follow", "follow"]

    def test_what_was_only_asked_for_is_not_followed(self, pillar, maya):
        ask(pillar, maya.email)

        assert followed(recipient_of(maya, now=NOW)) == []

    def test_no_more_of_one_leaves_the_other(self, pillar, council):
        first, second = confirm(ask(pillar)), confirm(ask(council))
        actions.unfollow(subscription=first, by=None, now=NOW)

        assert followed(second.recipient) == [second]

    def test_address_that_follows_nothing_more_is_erased(self, pillar):
        actions.unfollow(subscription=confirm(ask(pillar)), by=None, now=NOW)

        assert not Recipient.objects.exists()

    def test_person_who_follows_nothing_more_stays(self, pillar, maya):
        subscription = actions.follow(person=maya, target=pillar, frequency=DAILY, by=maya, now=NOW)
        actions.unfollow(subscription=subscription, by=maya, now=NOW)

        assert Recipient.objects.filter(person=maya).exists()


class TestTopics:
    def test_usual_until_somebody_chooses(self, maya):
        choices = chosen(None, organisations_of(maya))

        assert {topic: frequency for (_, topic), frequency in choices.items()} == USUAL

    def test_only_what_differs_is_kept(self, maya):
        [lincolnshire] = organisations_of(maya)
        wanted = {(lincolnshire.pk, topic): WEEKLY for topic in Topic}

        assert actions.choose_topics(person=maya, choices=wanted, by=maya, now=NOW) == 1
        assert actions.choose_topics(person=maya, choices=wanted, by=maya, now=LATER) == 0
        assert chosen(recipient_of(maya, now=NOW), [lincolnshire]) == wanted
        assert list(Subscription.objects.values_list("topic", "frequency", "confirmed_at")) == [("work", WEEKLY, NOW)]

    def test_another_organisation_s_topics_are_not_theirs_to_choose(self, maya):
        kent = Organisation.objects.get(slug="kent")
        actions.choose_topics(person=maya, choices={(kent.pk, Topic.WORK): WEEKLY}, by=maya, now=NOW)

        assert not Subscription.objects.exists()

    def test_urgent_ones_are_paused_and_taken_up(self, maya):
        recipient = recipient_of(maya, now=NOW)
        for pauses in (True, True, False):
            actions.choose_urgent(recipient=recipient, pauses=pauses, by=maya, now=NOW)

        assert not Recipient.objects.get(pk=recipient.pk).pauses_urgent
        assert verbs() == ["pause_urgent", "resume_urgent"]


class TestStopping:
    def test_address_is_erased_with_its_letters_and_notices(self, pillar, council):
        recipient = confirm(ask(pillar)).recipient
        ask(council)
        event = Event.objects.earliest("pk")
        Notice.objects.create(recipient=recipient, event=event, topic="work", frequency="daily", made_at=NOW)
        actions.stop_everything(recipient=recipient, by=None, now=NOW)

        assert not any(model.objects.exists() for model in (Recipient, Subscription, Letter, Notice))

    def test_again_is_harmless(self, pillar):
        recipient = confirm(ask(pillar)).recipient
        for _ in range(2):
            actions.stop_everything(recipient=recipient, by=None, now=NOW)

        assert verbs().count("stop") == 1

    def test_person_hears_of_nothing_and_keeps_the_account(self, pillar, maya):
        actions.follow(person=maya, target=pillar, frequency=DAILY, by=maya, now=NOW)
        recipient = recipient_of(maya, now=NOW)
        waiting = letter_to(recipient, key="waiting")
        sent = letter_to(recipient, key="sent", state="sent", ended_at=NOW)
        actions.stop_everything(recipient=recipient, by=None, now=LATER)

        recipient.refresh_from_db()
        assert recipient.pauses_urgent
        assert followed(recipient) == []
        assert set(chosen(recipient, organisations_of(maya)).values()) == {NEVER}
        states = dict(Letter.objects.filter(pk__in=[waiting.pk, sent.pk]).values_list("key", "state"))
        assert states == {"waiting": "dropped", "sent": "sent"}

    def test_one_who_stops_leaves_the_others_theirs(self, pillar, maya):
        owen = make_member(Organisation.objects.get(slug="lincolnshire"))
        for person in (maya, owen):
            actions.follow(person=person, target=pillar, frequency=DAILY, by=person, now=NOW)
        actions.stop_everything(recipient=recipient_of(maya, now=NOW), by=None, now=NOW)

        assert [each.recipient.person for each in Subscription.objects.filter(topic="")] == [owen]


class TestForgetting:
    @pytest.mark.parametrize(
        ("days", "forgotten"), [pytest.param(6.99, 0, id="in-time"), pytest.param(7, 1, id="too-late")]
    )
    def test_address_is_erased_after_a_week(self, pillar, days, forgotten):
        ask(pillar)

        assert actions.forget_unconfirmed(now=NOW + timedelta(days=days)) == forgotten
        assert Recipient.objects.count() == Letter.objects.count() == 1 - forgotten

    def test_week_begins_with_the_newest_letter(self, pillar):
        ask(pillar)
        ask(pillar, now=NOW + timedelta(days=5))

        assert actions.forget_unconfirmed(now=NOW + timedelta(days=8)) == 0
        assert Subscription.objects.exists()

    def test_what_is_confirmed_stays(self, pillar, council):
        confirm(ask(pillar))
        ask(council)

        assert actions.forget_unconfirmed(now=NOW + timedelta(days=30)) == 0
        assert [each.pillar_id for each in Subscription.objects.all()] == [pillar.key]

    def test_people_stay(self, pillar, maya):
        ask(pillar, maya.email)

        assert actions.forget_unconfirmed(now=NOW + timedelta(days=30)) == 0
        assert Recipient.objects.filter(person=maya).exists()


def test_events_hold_no_address_and_no_link(pillar, council, maya):
    recipient = confirm(ask(pillar)).recipient
    actions.choose_frequency(subscription=recipient.subscriptions.get(), frequency=DAILY, by=None, now=NOW)
    actions.unfollow(subscription=confirm(ask(council)), by=None, now=NOW)
    actions.stop_everything(recipient=recipient, by=None, now=NOW)
    ask(council, maya.email)
    ask(council, "bert@example.org")
    actions.forget_unconfirmed(now=NOW + timedelta(days=30))

    events = Event.objects.filter(subject__startswith="recipient:")
    assert set(verbs()) == {"ask", "confirm", "choose", "unfollow", "stop", "forget"}
    written = serializers.serialize("json", events)
    assert "example.org" not in written
    assert recipient.key not in written


def make_blindly(address: str, *, now: datetime) -> Recipient:
    return Recipient.objects.create(address=address, made_at=now)


def after_somebody_else(make: Callable[..., Recipient | None]) -> Callable[..., Recipient | None]:
    """Makes a recipient right after somebody else has made the same."""

    def late(address: str, *, now: datetime) -> Recipient | None:
        make_blindly(address.title(), now=now)
        return make(address, now=now)

    return late


def letter_to(recipient: Recipient, *, key: str, **values) -> Letter:
    fields = {"key": key, "message_id": key, "kind": "digest", "subject": "x", "text": "x"}
    return Letter.objects.create(recipient=recipient, made_at=NOW, not_before=NOW, **fields | values)
