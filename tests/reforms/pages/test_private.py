"""Drafts of positions and private steps reach nobody but their own organisation: on no page, count, list or file."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from consultations.models import Answer, Consultation, Response, Step
from councils.models import Council, PositionVersion
from pillars.models import Commitment
from reforms.base.models import User
from tests.builders import make_answer, make_position, make_question, make_response, make_section, make_version
from tests.reforms.base.accounts.people import with_second_factor
from tests.reforms.pages.addresses import READABLE
from tests.reforms.pages.making import COMMITTEE_DAY, make_claim, make_member, make_step
from tests.reforms.pages.reading import source_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CANARY = "Canary"
State = PositionVersion.State
HIDDEN_STATES = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.WITHDRAWN)
EVERYWHERE = [
    *READABLE.values(),
    "/councils/blackpool/",
    "/councils/blackpool/compare/stable-homes/",
    "/programmes/stable-homes/pillars/1/",
    "/consultations/stable-homes-strategy/",
    "/commitments/SH-1-01/",
    "/sources/lincolnshire-2023.csv",
]


def organisation(slug: str):
    return Council.objects.get(organisation__slug=slug).organisation


@pytest.fixture
def drafts() -> list[PositionVersion]:
    """A next version for Lincolnshire and a first for Blackpool, in every state that is not public.

    Lincolnshire has withdrawn none: that would take away what stands on its pages.
    """
    pillars = list(Commitment.objects.get(reference="SH-1-01").programme.pillars.all())
    found = []
    for pillar, state in zip(pillars, HIDDEN_STATES, strict=False):
        own = PositionVersion.objects.get(position__organisation__slug="lincolnshire", position__pillar=pillar)
        first = make_position(organisation("blackpool"), pillar)
        for position in [first] if state == State.WITHDRAWN else [own.position, first]:
            day = COMMITTEE_DAY if state == State.WITHDRAWN else None
            version = make_version(
                position, state=state, origin="written", text=CANARY, published_on=day, known_on=COMMITTEE_DAY
            )
            version.citations.set(own.citations.all())
            claim = make_claim(version, *own.covers.all(), text=CANARY, figure=3, unit=CANARY, evidence=CANARY)
            claim.citations.set(own.citations.all())
            found.append(version)
    return found


@pytest.fixture
def private_step() -> Step:
    """A step of Lincolnshire's own timetable that no public document tells."""
    asked = Consultation.objects.get(slug="stable-homes-strategy")
    step = make_step(organisation("lincolnshire"), asked, number=90, title=CANARY, note=CANARY, origin="written")
    step.citations.set(asked.citations.all())
    return step


@pytest.fixture
def private_response() -> Response:
    """What Lincolnshire writes here in answer to a consultation."""
    asked = Consultation.objects.get(slug="stable-homes-strategy")
    response = make_response(
        asked, organisation=organisation("lincolnshire"), origin="written", form_reference=CANARY, capacity=CANARY
    )
    answer = make_answer(response, make_question(make_section(asked, number=90)), text=CANARY, note=CANARY)
    for fact in (response, answer):
        fact.citations.set(asked.citations.all())
    return response


@pytest.fixture
def anybody() -> None:
    return None


@pytest.fixture
def officer_of_another_council() -> User:
    return make_member(organisation("kent"))


@pytest.fixture
def administrator() -> User:
    return with_second_factor(User.objects.create_superuser("nell@example.org"))


OTHERS = ["anybody", "officer_of_another_council", "administrator"]


@pytest.fixture
def other(request, public: Client) -> Client:
    """Somebody who does not work for the council whose words they are."""
    person = request.getfixturevalue(request.param)
    if person:
        public.force_login(person)
    return public


@pytest.mark.parametrize(
    "other",
    [who if who == "officer_of_another_council" else pytest.param(who, marks=pytest.mark.long) for who in OTHERS],
    indirect=True,
)
def test_no_page_says_a_word_of_it(other: Client, drafts, private_step, private_response):
    read = {address: other.get(address) for address in EVERYWHERE}

    assert {address for address, response in read.items() if response.status_code != 200} == set()
    assert {address for address, response in read.items() if CANARY in source_of(response)} == set()


def test_draft_is_on_no_public_page_of_its_own_council_either(public: Client, drafts):
    public.force_login(make_member(organisation("lincolnshire")))

    assert {address for address in EVERYWHERE if CANARY in source_of(public.get(address))} == set()


@pytest.mark.long
def test_drafts_change_nothing_that_anybody_sees(public: Client, request):
    """Not even a count."""
    on_the_day = [f"{address}?as_at=2023-04-21" for address in EVERYWHERE]
    before = {address: source_of(public.get(address)) for address in on_the_day}
    request.getfixturevalue("drafts")
    request.getfixturevalue("private_step")
    request.getfixturevalue("private_response")

    assert {address for address in on_the_day if source_of(public.get(address)) != before[address]} == set()


class TestPrivateStep:
    """Its own council sees it where it sees the steps that everybody sees."""

    @pytest.mark.parametrize("address", ["/councils/lincolnshire/", "/consultations/stable-homes-strategy/"])
    def test_own_council_sees_it(self, public: Client, private_step, address: str):
        public.force_login(make_member(organisation("lincolnshire")))

        assert CANARY in source_of(public.get(address))

    @pytest.mark.parametrize("address", ["/councils/lincolnshire/", "/consultations/stable-homes-strategy/"])
    def test_somebody_who_has_left_does_not(self, public: Client, private_step, address: str):
        person = make_member(organisation("lincolnshire"))
        public.force_login(person)
        person.is_active = False
        person.save()

        assert CANARY not in source_of(public.get(address))

    def test_querysets_answer_the_same(self, private_step):
        mine, theirs = make_member(organisation("lincolnshire")), make_member(organisation("kent"))

        assert private_step in Step.objects.visible_to(mine)
        assert private_step not in Step.objects.visible_to(theirs)


class TestPrivateResponse:
    """Its own council reads it; to everybody else it is not there."""

    def test_own_council_reads_it(self, public: Client, private_response):
        public.force_login(make_member(organisation("lincolnshire")))

        assert CANARY in source_of(public.get(private_response.get_absolute_url()))
        assert private_response.get_absolute_url() in source_of(public.get("/consultations/stable-homes-strategy/"))

    @pytest.mark.parametrize("other", OTHERS, indirect=True)
    def test_to_others_it_is_not_there(self, other: Client, private_response):
        assert other.get(private_response.get_absolute_url()).status_code == 404

    def test_querysets_answer_the_same(self, private_response):
        mine, theirs = make_member(organisation("lincolnshire")), make_member(organisation("kent"))

        assert [private_response in Response.objects.visible_to(person) for person in (mine, theirs)] == [True, False]
        found = [Answer.objects.visible_to(person).filter(response=private_response) for person in (mine, theirs)]
        assert [answers.count() for answers in found] == [1, 0]


class TestAdministrators:
    """Administrators see the state and the days of what is not public, and never its words."""

    def looked_at(self, client: Client, model: str, pk: int) -> list[str]:
        addresses = (f"/admin/{model}/", f"/admin/{model}/{pk}/change/", f"/admin/{model}/{pk}/history/")
        return [source_of(client.get(address, follow=True)) for address in addresses]

    def test_draft(self, public: Client, drafts, administrator):
        public.force_login(administrator)
        for version in drafts:
            pages = self.looked_at(public, "councils/positionversion", version.pk)

            assert [CANARY in page for page in pages] == [False, False, False]
            assert version.get_state_display() in pages[1]

    def test_private_step(self, public: Client, private_step, administrator):
        public.force_login(administrator)
        pages = self.looked_at(public, "consultations/step", private_step.pk)

        assert [CANARY in page for page in pages] == [False, False, False]

    def test_private_response(self, public: Client, private_response, administrator):
        public.force_login(administrator)
        pages = self.looked_at(public, "consultations/response", private_response.pk)

        assert [CANARY in page for page in pages] == [False, False, False]
        assert "Submitted" in pages[1]

    @pytest.mark.parametrize("model", ["councils/positionversion", "consultations/response", "consultations/step"])
    def test_search_says_no_words(
        self, public: Client, drafts, private_step, private_response, administrator, model: str
    ):
        public.force_login(administrator)

        assert CANARY not in source_of(public.get(f"/admin/{model}/", {"q": "lincolnshire"}, follow=True))


class TestVisibleTo:
    """The one queryset of positions that people may read."""

    def test_anybody_reads_what_was_published(self, drafts):
        found = PositionVersion.objects.visible_to(AnonymousUser())

        assert not set(found) & set(drafts)
        # Lincolnshire on six pillars of the strategy, Blackpool on five areas of the review.
        assert found.count() == 11

    def test_people_read_drafts_of_their_own_council(self, drafts):
        found = PositionVersion.objects.visible_to(make_member(organisation("blackpool")))

        assert {version for version in drafts if version in found} == {
            version for version in drafts if version.position.organisation.slug == "blackpool"
        }


def test_words_of_a_draft_do_not_make_a_page_stale(public: Client, drafts):
    page = source_of(public.get("/councils/lincolnshire/", {"as_at": date(2023, 4, 21).isoformat()}))

    assert "Stale" not in page
