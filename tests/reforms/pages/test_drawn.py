"""What was drawn from a source: every kind of record that can cite one."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps

from pillars.models import CitedFact, Source
from reforms.pages.drawn import KINDS, drawn_from
from tests.builders import make_citation, make_commitment, make_deadline, make_funding, make_version
from tests.reforms.pages.making import COMMITTEE_DAY, make_claim, make_link, make_phase, make_pilot, make_wave

pytestmark = pytest.mark.django_db


def test_every_kind_that_cites_a_source_is_shown():
    cited = {model for model in apps.get_models() if issubclass(model, CitedFact)} | {Source}

    assert {kind.model for kind in KINDS} == cited


def test_councils_rest_on_the_source_of_their_codes():
    rows = drawn_from(Source.objects.get(slug="ons-authority-codes"), on=COMMITTEE_DAY)

    assert [row.kind for row in rows].count("council") == 153
    assert [row.kind for row in rows].count("region") == 9


def test_a_wording_says_what_it_words():
    texts = [row.text for row in drawn_from(Source.objects.get(slug="lga-2023"), on=COMMITTEE_DAY)]

    assert "How much the leaving care allowance rises: “raised to £3,000”" in texts
    assert "How long phase one lasts: “over the next two years” (used)" in texts


def test_kinds_are_named_like_their_models():
    assert [kind.name for kind in KINDS] == [kind.model._meta.verbose_name.replace(" ", "_") for kind in KINDS]


def test_kinds_are_shown_once():
    assert len({kind.name for kind in KINDS}) == len(KINDS)


class TestRows:
    @pytest.fixture
    def place(self):
        return make_citation(locator="Page 3", first_line=30)

    def test_every_kind_has_words_and_a_reference(self):
        for row in drawn_from(Source.objects.get(slug="lincolnshire-2023"), on=COMMITTEE_DAY):
            assert row.reference, row
            assert row.text or row.kind in ("milestone", "phase", "wave"), row

    def test_place(self, place):
        make_commitment(title="A promise").citations.add(place)

        (row,) = drawn_from(place.source, on=COMMITTEE_DAY)

        assert (row.locator, row.line, row.kind, row.text) == ("Page 3", 30, "commitment", "A promise")

    def test_in_the_order_of_the_document_and_of_kinds(self):
        source = make_citation(number=5).source
        first, last = make_citation(source, number=1), make_citation(source, number=9)
        commitment = make_commitment()
        deadline, line = make_deadline(commitment), make_funding(commitment)
        deadline.citations.add(last, first)
        commitment.citations.add(last, first)
        line.citations.add(last)

        rows = drawn_from(source, on=COMMITTEE_DAY)

        assert [(row.number, row.kind) for row in rows] == [
            (1, "commitment"), (1, "deadline"), (9, "commitment"), (9, "deadline"), (9, "funding_line"),
        ]  # fmt: skip

    def test_other_sources_are_left_out(self, place):
        make_commitment().citations.add(make_citation())

        assert drawn_from(place.source, on=COMMITTEE_DAY) == []

    @pytest.mark.parametrize(("on", "count"), [(date(2023, 4, 20), 0), (COMMITTEE_DAY, 1)])
    def test_what_was_not_known_is_left_out(self, place, on: date, count: int):
        make_commitment(known_on=COMMITTEE_DAY).citations.add(place)

        assert len(drawn_from(place.source, on=on)) == count

    def test_claim_of_a_superseded_version_gives_way(self, place):
        old = make_version(state="superseded", published_on=date(2023, 3, 1))
        new = make_version(old.position, published_on=date(2023, 4, 1))
        for version in (old, new):
            make_claim(version, text=f"Version {version.number}").citations.add(place)

        assert [row.text for row in drawn_from(place.source, on=date(2023, 3, 31))] == ["Version 1"]
        assert [row.text for row in drawn_from(place.source, on=date(2023, 4, 1))] == ["Version 2"]

    def test_references(self, place):
        commitment = make_commitment()
        wave = make_wave(make_pilot(commitment, slug="a-pilot"))
        phase = make_phase(commitment.programme)
        link = make_link(commitment, make_commitment())
        version = make_version()
        claim = make_claim(version)
        for fact in (wave, phase, link, version, claim):
            fact.citations.add(place)

        found = {row.kind: row.reference for row in drawn_from(place.source, on=COMMITTEE_DAY)}

        assert found == {
            "wave": "a-pilot/wave-1",
            "phase": f"{commitment.programme.slug}/phase-1",
            "commitment_link": commitment.reference,
            "position_version": version.position.reference,
            "claim": f"{version.position.reference}#1",
        }
