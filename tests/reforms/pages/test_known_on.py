"""No page of an earlier day says what became known later, and the page of a later day says it.

Each kind of fact is added to the plan, or to what Lincolnshire says, from 2 May 2023 on, with a word of its own that
stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client

from consultations.models import Consultation
from councils.models import Council, PositionVersion
from pillars.models import Commitment, Pilot, Programme, Source
from tests.builders import (
    make_answer,
    make_citation,
    make_commitment,
    make_consultation,
    make_council,
    make_deadline,
    make_funding,
    make_organisation,
    make_pillar,
    make_position,
    make_programme,
    make_question,
    make_response,
    make_section,
    make_source,
    make_update,
    make_verdict,
    make_version,
)
from tests.reforms.pages.addresses import LATER_PAGES, READABLE
from tests.reforms.pages.making import (
    make_anchor,
    make_claim,
    make_link,
    make_milestone,
    make_participation,
    make_phase,
    make_pilot,
    make_step,
    make_wave,
)
from tests.reforms.pages.reading import source_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LATER = date(2023, 5, 2)
EARLIER = LATER - timedelta(days=1)
CANARY = "Canary"
"""Every word of its own begins with it."""


def commitment(reference: str) -> Commitment:
    return Commitment.objects.get(reference=reference)


def plan() -> Programme:
    return Programme.objects.get(slug="stable-homes")


def lincolnshire() -> Council:
    return Council.objects.get(organisation__slug="lincolnshire")


def first_version() -> PositionVersion:
    """What Lincolnshire's report says of pillar 4."""
    own = PositionVersion.objects.filter(position__organisation__slug="lincolnshire", number=1)
    return own.get(position__pillar__number=4)


def add_programme(word: str) -> None:
    make_programme(title=word, known_on=LATER)


def add_pillar(word: str) -> None:
    make_pillar(plan(), number=7, title=word, known_on=LATER)


def add_phase(word: str) -> None:
    make_phase(plan(), title=word, known_on=LATER)


def add_milestone(word: str) -> None:
    make_milestone(plan(), title=word, known_on=LATER, words="by June 2023", earliest=None, latest=date(2023, 6, 30))


def add_milestone_dated_later(word: str) -> None:
    """The milestone was known; the date of the commitment that dates it was not."""
    undated = commitment("SH-1-05")
    assert not undated.deadlines.exists()
    make_deadline(undated, words="in June 2023", earliest=date(2023, 6, 1), latest=date(2023, 6, 30), known_on=LATER)
    make_milestone(plan(), title=word, commitment=undated)


def add_milestone_promised_later(word: str) -> None:
    """The milestone was known, and so was its date; the commitment that dates it was not."""
    promise = make_commitment(plan(), reference="SH-0-94", title=word, known_on=LATER)
    make_deadline(promise, words="by 20 May 2023", latest=date(2023, 5, 20))
    make_milestone(plan(), title=word, commitment=promise)


def add_commitment(word: str) -> None:
    make_commitment(pillar=plan().pillars.get(number=4), reference="SH-4-90", title=word, known_on=LATER)


def add_part(word: str) -> None:
    make_commitment(parent=commitment("SH-4-01"), reference="SH-4-01z", title=word, known_on=LATER)


def add_cross_cutting_commitment(word: str) -> None:
    make_commitment(plan(), reference="SH-0-90", title=word, known_on=LATER)


def add_deadline(word: str) -> None:
    make_deadline(commitment("SH-4-04"), words=word, latest=date(2024, 3, 31), known_on=LATER)


def move_deadline(word: str) -> None:
    old = commitment("SH-4-11").deadlines.get()
    make_deadline(old.commitment, words=word, latest=date(2024, 3, 31), replaces=old, known_on=LATER)


def add_funding(word: str) -> None:
    make_funding(commitment("SH-4-04"), title=word, words=word, known_on=LATER)


def add_programme_funding(word: str) -> None:
    line = make_funding(commitment("SH-0-01"), title=word, words=word, known_on=LATER)
    line.commitment = None
    line.save()


def add_progress(word: str) -> None:
    make_update(commitment("SH-4-01"), summary=word, known_on=LATER)


def add_link(word: str) -> None:
    other = make_commitment(plan(), reference="SH-0-91", title=word, known_on=LATER)
    make_link(commitment("SH-4-01"), other, known_on=LATER)


def link_what_is_known_later(word: str) -> None:
    """The link was known; the commitment at its other end was not."""
    other = make_commitment(plan(), reference="SH-0-92", title=word, known_on=LATER)
    make_link(commitment("SH-4-01"), other, relation="consults_on")


def answer_a_recommendation(word: str) -> None:
    make_verdict(commitment("IR-4-10"), words=word, known_on=LATER)


def answer_in_a_later_programme(word: str) -> None:
    """The answer was known; the programme that gives it was not."""
    make_verdict(commitment("IR-4-10"), programme=make_programme(title=word, known_on=LATER))


def carry_an_answer_later(word: str) -> None:
    """The answer was known; what carries it was not."""
    carrier = make_commitment(plan(), reference="SH-0-95", title=word, known_on=LATER)
    commitment("IR-4-10").verdicts.get(programme=plan()).carried_by.add(carrier)


def ask_for_it_later(word: str) -> None:
    """The answer was known; the recommendation was not."""
    asked = make_commitment(
        Programme.objects.get(slug="independent-review"), reference="IR-0-90", title=word, kind="recommendation",
        known_on=LATER,
    )  # fmt: skip
    make_verdict(asked, programme=plan()).carried_by.add(commitment("SH-4-01"))


def add_pilot(word: str) -> None:
    make_pilot(commitment("SH-4-01"), title=word, known_on=LATER)


def add_wave(word: str) -> None:
    make_wave(Pilot.objects.get(slug="fostering-north-east"), title=word, known_on=LATER)


def add_anchor(word: str) -> None:
    make_anchor(title=word, known_on=LATER)


def add_consultation(word: str) -> None:
    make_consultation(title=word, programme=plan(), known_on=LATER)


def add_promised_consultation(word: str) -> None:
    make_consultation(title=word, is_promised=True, programme=plan(), known_on=LATER)


def add_question_about_a_commitment(word: str) -> None:
    make_consultation(title=word, is_promised=True, known_on=LATER).about.add(commitment("SH-4-01"))


def promise_a_consultation_later(word: str) -> None:
    """The consultation was known; the commitment that promises it was not."""
    promise = make_commitment(plan(), reference="SH-0-93", title=word, known_on=LATER)
    Consultation.objects.filter(slug="agency-social-work").update(promised_by=promise)


def add_step(word: str) -> None:
    asked = Consultation.objects.get(slug="agency-social-work")
    make_step(lincolnshire().organisation, asked, title=word, known_on=LATER, number=90)


def add_response(word: str) -> None:
    asked = Consultation.objects.get(slug="agency-social-work")
    response = make_response(asked, organisation=make_organisation(name=word), known_on=LATER)
    make_answer(response, make_question(make_section(asked, title=word, known_on=LATER)), text=word)


def publish_a_next_position(word: str) -> None:
    old = first_version()
    old.state = PositionVersion.State.SUPERSEDED
    old.save()
    make_version(old.position, text=word, published_on=LATER)


def publish_a_first_position(word: str) -> None:
    organisation = Council.objects.get(organisation__slug="blackpool").organisation
    make_version(make_position(organisation, plan().pillars.get(number=4)), text=word, published_on=LATER)


def add_claim(word: str) -> None:
    version = first_version()
    make_claim(version, commitment("SH-4-01"), text=word, figure=3, known_on=LATER)


def add_participation(word: str) -> None:
    pilot = Pilot.objects.get(slug="fostering-north-east")
    make_participation(lincolnshire().organisation, pilot, note=word, known_on=LATER)


def form_a_council(word: str) -> None:
    make_council(name=word, region=lincolnshire().region, starts_on=LATER)


def add_source(word: str) -> None:
    make_source(title=word, short_title=word, file="950", known_on=LATER)


def cite_a_later_source(word: str) -> None:
    """A fact that was known is told by a later document too."""
    place = make_citation(make_source(title=word, short_title=word, known_on=LATER), locator="")
    version = first_version()
    facts = [
        plan(),
        plan().pillars.get(number=4),
        commitment("SH-4-01"),
        commitment("SH-4-01").deadlines.get(number=1),
        commitment("SH-4-01").funding_lines.get(reference="SH-4-01-F1"),
        commitment("SH-4-01").pilots.get(slug="fostering-north-east"),
        commitment("SH-4-04").progress_updates.get(number=1),
        Consultation.objects.get(slug="agency-social-work"),
        Source.objects.get(slug="stable-homes-strategy"),
        version,
        *version.claims.all(),
    ]
    for fact in facts:
        fact.citations.add(place)


def publish_programme_of_a_later_owner(word: str) -> None:
    make_programme(title="Programme", owner=make_organisation(name=word), known_on=LATER)


@dataclass(frozen=True)
class News:
    """What becomes known, and an address that then says so."""

    add: Callable[[str], None]
    shown_at: str

    @property
    def word(self) -> str:
        return f"{CANARY}{self.add.__name__.title().replace('_', '')}!"


NEWS = [
    News(add_programme, "/programmes/"),
    News(add_pillar, "/programmes/stable-homes/"),
    News(add_phase, "/programmes/stable-homes/"),
    News(add_milestone, "/programmes/stable-homes/"),
    News(add_milestone_dated_later, "/programmes/stable-homes/"),
    News(add_milestone_promised_later, "/flags/"),
    News(add_commitment, "/programmes/stable-homes/pillars/4/"),
    News(add_part, "/commitments/SH-4-01/"),
    News(add_cross_cutting_commitment, "/programmes/stable-homes/"),
    News(add_deadline, "/programmes/stable-homes/pillars/4/"),
    News(move_deadline, "/programmes/stable-homes/pillars/4/"),
    News(add_funding, "/commitments/SH-4-04/"),
    News(add_programme_funding, "/programmes/stable-homes/"),
    News(add_progress, "/commitments/SH-4-01/"),
    News(add_link, "/commitments/SH-4-01/"),
    News(link_what_is_known_later, "/commitments/SH-4-01/"),
    News(answer_a_recommendation, "/commitments/IR-4-10/"),
    News(answer_in_a_later_programme, "/commitments/IR-4-10/"),
    News(carry_an_answer_later, "/commitments/IR-4-10/"),
    News(ask_for_it_later, "/commitments/SH-4-01/"),
    News(add_pilot, "/commitments/SH-4-01/"),
    News(add_wave, "/commitments/SH-4-01/"),
    News(add_anchor, "/about/dates/"),
    News(add_consultation, "/consultations/"),
    News(add_promised_consultation, "/consultations/"),
    News(add_question_about_a_commitment, "/commitments/SH-4-01/"),
    News(promise_a_consultation_later, "/consultations/agency-social-work/"),
    News(add_step, "/councils/lincolnshire/"),
    News(add_response, "/consultations/agency-social-work/"),
    News(publish_a_next_position, "/programmes/stable-homes/pillars/4/"),
    News(publish_a_first_position, "/councils/blackpool/"),
    News(add_claim, "/councils/lincolnshire/"),
    News(add_participation, "/councils/lincolnshire/"),
    News(form_a_council, "/councils/"),
    News(add_source, "/sources/"),
    News(cite_a_later_source, "/commitments/SH-4-01/"),
    News(publish_programme_of_a_later_owner, "/programmes/"),
]
MORE = [
    "/commitments/SH-0-01/", "/commitments/SH-1-02/", "/commitments/SH-1-05/", "/commitments/SH-4-04/",
    "/commitments/SH-4-11/",
    "/consultations/stable-homes-strategy/", "/councils/blackpool/", "/councils/blackpool/compare/stable-homes/",
    "/sources/lincolnshire-2023.csv", "/sources/stable-homes-strategy/", "/commitments/?source=lincolnshire-2023",
    "/programmes/agency-rules/",
]  # fmt: skip
EVERYWHERE = sorted({*READABLE.values(), *MORE, *(news.shown_at for news in NEWS)} - {*LATER_PAGES.values()})


def on(address: str, day: date) -> str:
    return f"{address}{'&' if '?' in address else '?'}as_at={day}"


def canaries_in(html: str) -> set[str]:
    return {news.word for news in NEWS if news.word in html}


def test_every_adding_has_a_word_of_its_own():
    words = [news.word for news in NEWS]

    assert [word for word in words for other in words if word != other and word in other] == []


@pytest.fixture
def news(request) -> None:
    """Everything that becomes known on 2 May 2023."""
    for each in NEWS:
        each.add(each.word)


@pytest.mark.parametrize("address", EVERYWHERE)
def test_nothing_is_said_the_day_before(public: Client, news: None, address: str):
    response = public.get(on(address, EARLIER))

    assert response.status_code == 200
    assert canaries_in(source_of(response)) == set()


@pytest.mark.parametrize("each", NEWS, ids=lambda news: news.add.__name__)
def test_it_is_said_on_the_day(public: Client, each: News):
    each.add(each.word)

    assert each.word in source_of(public.get(on(each.shown_at, LATER)))


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/flags/",
        "/flags.json",
        "/consultations/",
        "/programmes/stable-homes/pillars/4/",
        "/councils/lincolnshire/",
    ],
)
def test_what_needs_attention_waits_for_the_day(public: Client, address: str):
    """Flags are made from facts, so they are known with them."""
    make_consultation(slug="canary-closing", programme=plan(), known_on=LATER, closes_on=date(2023, 5, 20))

    assert "canary-closing" not in source_of(public.get(on(address, EARLIER)))
    assert "canary-closing" in source_of(public.get(on(address, LATER)))


@pytest.mark.parametrize(
    "address",
    [
        "/programmes/stable-homes/pillars/7/",
        "/commitments/SH-4-90/",
        "/consultations/canary/",
        "/councils/canary/",
        "/sources/canary/",
        "/programmes/canary/",
    ],
)
def test_page_of_what_is_not_known_yet_is_not_found(public: Client, address: str):
    add_pillar("A pillar")
    add_commitment("A commitment")
    make_consultation(slug="canary", known_on=LATER)
    make_council(organisation=make_organisation(slug="canary", kind="council"), starts_on=LATER)
    make_source(slug="canary", known_on=LATER)
    make_programme(slug="canary", known_on=LATER)

    assert public.get(on(address, EARLIER)).status_code == 404
    assert public.get(on(address, LATER)).status_code == 200


class TestMovedDeadline:
    """Due "in Autumn 2023"; from 2 May 2023 due by March 2024."""

    @pytest.fixture(autouse=True)
    def _moved(self):
        move_deadline("by March 2024")

    @pytest.mark.parametrize(
        "address", ["/programmes/stable-homes/pillars/4/", "/commitments/SH-4-11/", "/commitments/?q=SH-4-11"]
    )
    def test_old_words_stand_until_the_new_are_known(self, public: Client, address: str):
        before, after = (source_of(public.get(on(address, day))) for day in (EARLIER, LATER))

        assert "“in Autumn 2023”" in before
        assert "by March 2024" not in before
        assert "“by March 2024”" in after

    def test_position_that_covers_it_goes_stale(self, public: Client):
        before, after = (source_of(public.get(on("/councils/lincolnshire/", day))) for day in (EARLIER, LATER))

        assert "Stale:" not in before
        assert "SH-4-11 changed since it was published" in after
