"""The demo cast."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from councils.demo import load_cast
from councils.models import Membership
from reforms.base.loading import LoadError
from reforms.base.models import Event, User
from tests.loading_desk import LATER, NOW, contents

CAST = Path(settings.FIXTURES_DIR) / "demo" / "cast.yaml"
MAYA = "maya.thornbury@example.org"


@pytest.mark.django_db
def test_the_cast_can_sign_in_and_has_its_roles() -> None:
    people = load_cast(CAST, password="correct horse battery", now=NOW)
    maya = User.objects.get(email=MAYA)
    assert maya.check_password("correct horse battery")
    assert list(Membership.objects.filter(user=maya).values_list("organisation__slug", "role")) == [
        ("lincolnshire", "officer")
    ]
    assert [person.email for person in people if person.is_administrator] == list(
        User.objects.filter(is_staff=True).values_list("email", flat=True)
    )
    event = Event.objects.latest("pk")
    assert (event.verb, event.subject, event.details) == ("load", "demo", {"people": 5, "memberships": 4})


@pytest.mark.django_db
def test_the_cast_loaded_twice_changes_nothing() -> None:
    load_cast(CAST, now=NOW)
    before = contents()
    load_cast(CAST, password="another one", now=LATER)
    assert contents() == before


@pytest.mark.django_db
def test_the_cast_is_marked_as_made_up_and_nobody_else_is() -> None:
    User.objects.create_user("nobody.of.the.cast@example.org")
    load_cast(CAST, now=NOW)
    User.objects.filter(email=MAYA).update(is_demo=False)
    load_cast(CAST, now=LATER)
    assert list(User.objects.filter(is_demo=False).values_list("email", flat=True)) == [
        "nobody.of.the.cast@example.org"
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("people:\n  - {name: Ada}", "2: email is “”, which is not an e-mail address.", id="no-email"),
        pytest.param(
            "people:\n  - {email: a@example.org, is_administrator: maybe}",
            "2: is_administrator is “maybe”; it has to be yes or no.",
            id="neither-yes-nor-no",
        ),
        pytest.param(
            "people:\n  - email: a@example.org\n    memberships:\n      - {organisation: nowhere, role: officer}",
            "4: There is no organisation “nowhere”.",
            id="unknown-organisation",
        ),
        pytest.param(
            "people:\n  - email: a@example.org\n    memberships:\n      - {organisation: lincolnshire, role: king}",
            "4: role is “king”; it has to be one of contributor, officer, approver, scrutiny_member.",
            id="unknown-role",
        ),
        pytest.param(
            "people:\n  - {email: a@example.org}\n  - {email: A@example.org}",
            "3: a@example.org stands twice.",
            id="twice",
        ),
    ],
)
def test_a_mistake_in_the_cast_is_named_and_nothing_is_written(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "cast.yaml"
    path.write_text(text)
    before = contents()
    with pytest.raises(LoadError) as refused:
        load_cast(path, now=NOW)
    assert str(refused.value).splitlines() == [f"{path}:{expected}"]
    assert contents() == before


@pytest.mark.django_db
def test_the_command_prints_who_can_sign_in_and_how(settings) -> None:
    settings.IS_EMBEDDED_DATABASE = True
    printed = StringIO()
    call_command("load_demo", password="correct horse battery", stdout=printed, skip_checks=True)
    assert f"{MAYA}  officer of lincolnshire\n" in printed.getvalue()
    assert printed.getvalue().endswith("The password of those made new is correct horse battery\n")


@pytest.mark.django_db
@pytest.mark.parametrize("demo", [True, False])
def test_no_cast_is_made_in_production(settings, demo: bool) -> None:
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="none are made in production"):
        call_command("load_demo", demo=demo, skip_checks=True)
    assert not User.objects.filter(email=MAYA).exists()


@pytest.mark.django_db
def test_a_database_of_the_user_s_needs_to_ask_for_the_cast(settings) -> None:
    settings.IS_EMBEDDED_DATABASE = False
    with pytest.raises(CommandError, match="DATABASE_URL is set: demo people are only made there with --demo"):
        call_command("load_demo", skip_checks=True)
    assert not User.objects.filter(email=MAYA).exists()
    call_command("load_demo", demo=True, stdout=StringIO(), skip_checks=True)
    assert User.objects.filter(email=MAYA).exists()
