"""Maya brings Lincolnshire’s words on pillar 4 up to date; Owen returns them once, then publishes; readers see it."""

from __future__ import annotations

from datetime import UTC, datetime

from django.test import Client

from reforms.base.models import Event
from tests.councils.writing.typing import fields_of
from tests.reforms.pages.reading import main_of

DESK = "/my-work/lincolnshire/SH-4/"
PUBLIC = "/councils/lincolnshire/compare/stable-homes/"
NEW = "Robin House has opened."


def submit(maya: Client, text: str, desk: str = DESK) -> None:
    typed = fields_of(maya.get(f"{desk}edit/"))
    maya.post(f"{desk}edit/", typed | {"text": text, "do": "submit"})


def decide(owen: Client, desk: str = DESK, **decision: str) -> None:
    owen.post(f"{desk}check/", fields_of(owen.get(f"{desk}check/"), mark="method") | decision)


def test_from_the_published_words_to_the_next(sign_in):
    maya, owen, ruth = sign_in("maya"), sign_in("owen"), sign_in("ruth")

    form = maya.post(f"{DESK}start/", follow=True)
    published = fields_of(form)["text"]
    assert "fostering service is well established" in published
    assert "Changed in the plan since your last version" in main_of(form)

    submit(maya, f"{published}\n\n{NEW}")
    assert NEW not in main_of(Client().get(PUBLIC))
    assert ruth.get(f"{DESK}check/").status_code == 403

    decide(owen, decision="return", reason="Say since when.")
    assert "Say since when." in main_of(maya.get(f"{DESK}edit/"))

    submit(maya, f"{published}\n\n{NEW} In May 2026.")
    assert "words added" in main_of(owen.get(f"{DESK}check/"))
    decide(owen, decision="publish")

    assert f"{NEW} In May 2026." in main_of(Client().get(PUBLIC))
    assert NEW not in main_of(Client().get(f"{PUBLIC}?as_at=2023-04-21"))
    history = main_of(maya.get(f"{DESK}history/"))
    assert "Say since when." in history
    assert "Owen Castleford" in history
    verbs = Event.objects.filter(subject="position:lincolnshire/SH-4").values_list("verb", flat=True)
    assert list(verbs) == ["start", "submit", "return", "submit", "supersede", "publish"]


def test_half_a_year_later_it_is_still_correct(sign_in, time_machine):
    maya, owen, desk = sign_in("maya"), sign_in("owen"), "/my-work/lincolnshire/SH-6-01/"
    maya.post(f"{desk}start/")
    submit(maya, NEW, desk)
    decide(owen, desk, decision="publish")

    time_machine.move_to(datetime(2027, 8, 1, 9, tzinfo=UTC))
    page = "/commitments/SH-6-01/?council=lincolnshire"
    assert "review was due by" in main_of(Client().get(page))
    sign_in("maya").post(desk, {"move": "renew"})

    assert "Said to be still correct on 1 August 2027" in main_of(Client().get(page))
    assert "review was due by" not in main_of(Client().get(page))
