"""Several at the same moment: one recipient, one subscription, and no error."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from pillars.models import Pillar
from reforms.alerts.models import Letter, Recipient, Subscription
from reforms.alerts.subscribing import actions
from reforms.alerts.subscribing.choices import Target, pillar_target
from reforms.alerts.subscribing.links import Asked
from reforms.alerts.topics import Frequency
from tests.builders import make_pillar
from tests.councils.writing.at_once import Office
from tests.reforms.alerts.subscribing.conftest import NOW

pytestmark = pytest.mark.long

WEEKLY = Frequency.WEEKLY
ANNA = "anna@example.org"


@pytest.fixture
def target(office: Office) -> Target:
    return office.alone(lambda: pillar_target(Pillar.objects.select_related("programme").get(pk=make_pillar().pk)))


def ask(target: Target, address: str = ANNA) -> Subscription:
    return actions.ask_for_updates(address=address, target=target, frequency=WEEKLY, now=NOW)


def counts() -> tuple[int, int, int]:
    return Recipient.objects.count(), Subscription.objects.count(), Letter.objects.count()


def test_same_address_asks_from_many_windows(office: Office, target: Target):
    found = office.at_once(*(partial(ask, target, each) for each in (ANNA, "Anna@example.org", ANNA.upper(), ANNA)))

    assert len({each.pk for each in found}) == 1
    assert office.alone(counts)[:2] == (1, 1)


def test_confirmed_twice_and_stopped_at_the_same_moment(office: Office, target: Target):
    asked = Asked(office.alone(partial(ask, target)).pk, WEEKLY)
    recipient = office.alone(Recipient.objects.get)

    def confirm() -> bool:
        try:
            actions.confirm_updates(asked=asked, by=None, now=NOW)
        except actions.NotOpenError:
            return False
        return True

    stop = partial(actions.stop_everything, recipient=recipient, by=None, now=NOW)
    office.at_once(confirm, confirm, stop, stop)

    assert office.alone(counts) == (0, 0, 0)
    assert office.alone(confirm) is False


def test_asked_for_again_while_it_is_forgotten(office: Office, target: Target):
    """Nobody waits for ever, nothing fails, and what was asked for is there afterwards."""
    later = NOW + timedelta(days=8)
    office.alone(partial(ask, target))
    again = partial(actions.ask_for_updates, address=ANNA, target=target, frequency=WEEKLY, now=later)
    office.at_once(again, partial(actions.forget_unconfirmed, now=later), again)

    assert office.alone(counts)[:2] == (1, 1)
