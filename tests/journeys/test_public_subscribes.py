"""A reporter asks for updates about pillar 4, confirms, chooses another frequency, and stops by her mail program."""

from __future__ import annotations

import re

from django.test import Client

from reforms.alerts.models import Letter, Recipient
from reforms.alerts.subscribing.links import manage_url, unsubscribe_url
from tests.reforms.pages.reading import links_of, main_of, source_of

PAGE = "/programmes/stable-homes/pillars/4/"
REPORTER = "reporter@example.org"


def path_of(url: str) -> str:
    return re.sub(r"^https?://[^/]+", "", url)


def field_of(page) -> str:
    [name] = re.findall(r'name="(follow-\d+)"', source_of(page))
    return name


def test_from_asking_to_stopping(db):
    reporter = Client()
    [form] = [link for link in links_of(reporter.get(PAGE)) if link.startswith("/updates/")]
    sent = reporter.post(form, {"email": REPORTER, "frequency": "weekly"}, follow=True)
    assert "a letter is on its way" in main_of(sent)
    assert not Recipient.objects.told().filter(address=REPORTER).exists()

    letter = Letter.objects.get(recipient__address=REPORTER)
    found = re.search(r"https?://\S+", letter.text)
    assert found
    elsewhere = Client()  # she reads mail on her telephone
    assert "Confirm" in main_of(elsewhere.get(path_of(found[0])))
    assert "You will get updates" in main_of(elsewhere.post(path_of(found[0])))
    recipient = Recipient.objects.told().get(address=REPORTER)

    manage = path_of(manage_url(recipient))
    choice = {field_of(elsewhere.get(manage)): "daily", "is_told_at_once": "on"}
    assert "Your choices are saved" in main_of(elsewhere.post(manage, choice, follow=True))
    assert recipient.subscriptions.get().frequency == "daily"

    stopped = Client(enforce_csrf_checks=True).post(
        path_of(unsubscribe_url(recipient)), {"List-Unsubscribe": "One-Click"}
    )
    assert stopped.status_code == 200
    assert not Recipient.objects.filter(address=REPORTER).exists()
    assert not Letter.objects.filter(pk=letter.pk).exists()
    assert elsewhere.get(manage).status_code == 404
