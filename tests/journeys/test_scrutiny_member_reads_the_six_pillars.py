"""Ruth, on the scrutiny committee, reads the six pillars on the day of its meeting, 21 April 2023."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.test import Client

from tests.reforms.pages.reading import links_of, main_of, own_links, words_of

HOME = "/?as_at=2023-04-21"
PROMISE_AND_POSITION = {
    1: ("£45m", "Early Help service"),
    2: ("child protection lead practitioner", "Mosaic"),
    3: ("by the end of this Parliament", "63 special guardianship orders"),
    4: ("12.43%", "VoiceAbility"),
    5: ("by July 2025", "15 social work apprentice roles"),
    6: ("by the end of 2024", "performance framework"),
}


def test_from_home_to_every_pillar_with_promise_beside_position(sign_in):
    ruth: Client = sign_in("ruth")
    assert HOME in links_of(ruth.get("/"))
    pillars = [url for url in own_links(ruth.get(HOME)) if "/pillars/" in url]
    assert len(pillars) == 6

    for number, url in enumerate(pillars, start=1):
        page = ruth.get(url)
        promise, _, position = main_of(page).partition("Lincolnshire’s current position")

        assert urlsplit(url).path == f"/programmes/stable-homes/pillars/{number}/"
        assert "As it stood on 21 April 2023." in words_of(page)
        assert PROMISE_AND_POSITION[number][0] in promise
        assert PROMISE_AND_POSITION[number][1] in position
        assert "Published 21 April 2023, today. Recorded by us from a public document." in position
        assert f"Lincolnshire report, Pillar {number} current position" in position


def test_from_one_pillar_to_the_next_without_losing_the_day(sign_in):
    ruth: Client = sign_in("ruth")
    seen, url = set(), "/programmes/stable-homes/pillars/1/?as_at=2023-04-21"

    while url:
        seen.add(urlsplit(url).path)
        to_today = urlsplit(url).path
        links = [each for each in own_links(ruth.get(url)) if "/pillars/" in each and each != to_today]
        assert [each for each in links if not each.endswith("?as_at=2023-04-21")] == []
        url = next((each for each in links if urlsplit(each).path not in seen), "")

    assert len(seen) == 6


def test_from_a_promise_to_its_chain_and_to_the_place_in_the_report(sign_in):
    ruth: Client = sign_in("ruth")
    pillar = ruth.get("/programmes/stable-homes/pillars/3/?as_at=2023-04-21")
    promise = next(url for url in own_links(pillar) if url.startswith("/commitments/SH-3-03/"))
    chain = ruth.get(promise)

    assert "“by the end of this Parliament” by 17 December 2024" in main_of(chain)
    assert "Our kinship carers are supported in the same way" in main_of(chain)

    place = next(url for url in links_of(chain) if url.startswith("/sources/lincolnshire-2023/"))
    source = ruth.get(place.partition("#")[0])
    number = place.partition("#place-")[2]
    row = re.search(rf'(?s)id="place-{number}".*?</tr>', source.content.decode())

    assert row
    assert "SH-3-03" in row[0]


def test_what_the_council_has_not_answered_is_said_on_the_pillar(sign_in):
    ruth: Client = sign_in("ruth")
    words = main_of(ruth.get("/programmes/stable-homes/pillars/6/?as_at=2023-04-21"))

    assert "Not answered: 8 of 8" in words
    assert "SH-6-01 Introduce a national framework for children's social care “by the end of 2023”" in words


def test_three_years_later_the_same_words_are_said_to_be_old(sign_in):
    ruth: Client = sign_in("ruth")
    words = main_of(ruth.get("/programmes/stable-homes/pillars/4/?as_at=2026-04-21"))

    assert "Stale: review was due by 21 October 2023" in words
    assert "Window passed, nothing reported" in words
    assert " late" not in words
