"""One pillar on one page: what the nation promises, beside what one council says, and what others say of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast
from urllib.parse import urlencode

from django.db.models import Model, Q
from django.http import Http404, HttpResponse
from django.urls import reverse

from councils import grounds, standing
from councils.models import Membership
from councils.speakers import Speaker, speaking_on
from councils.standing import Standing
from pillars import ledger
from pillars.ledger import Entry
from pillars.models import Mission, Pillar, Programme
from pillars.places import Places, places_of
from reforms.alerts.for_pages import by_kind, flags_about
from reforms.base.access import public_page
from reforms.base.filters import OneOfMany, StrictForm, name_mistakes
from reforms.base.prepared import Prepared
from reforms.base.rendering import render
from reforms.base.requests import Request
from reforms.pages.beside import pillar_beside
from reforms.pages.closings import closing_soon
from reforms.pages.counts import count_outcomes
from reforms.pages.missions import Section, missions_of, sections
from reforms.pages.money import named_money
from reforms.pages.others_on_pillar import Hearing
from reforms.pages.review import money_asked, tally_of
from reforms.pages.voices import voice_of

SIBLINGS: Prepared[Pillar] = Prepared(
    lambda on, slug: Pillar.objects.known(on=on).filter(programme__slug=slug),
    sets=0,
    has_word=True,
    names=("programme",),
)
"""The pillars of a programme."""


class BesideForm(StrictForm):
    """Whose position stands beside the pillar."""

    besides = ("as_at",)

    council = OneOfMany(required=False, label="Beside it, the position of")

    def __init__(self, *args, speakers: Sequence[Speaker], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        council = cast(OneOfMany, self.fields["council"])
        council.choices = [(each.slug, each.name) for each in speakers]


@public_page
def pillar(request: Request, slug: str, number: int) -> HttpResponse:
    day = request.as_at.day
    siblings = SIBLINGS.ask(on=day, word=slug)
    found = next((each for each in siblings if each.number == number), None)
    if found is None:
        raise Http404
    speakers, views = speaking_on(found.pk, on=day)
    form = BesideForm(request.GET, speakers=speakers)
    name_mistakes(form, form.mistakes)
    chosen = _chosen(request, form, speakers)
    if chosen:
        # The box shows whose position stands there, whoever chose it.
        form.data = {"council": chosen.slug}
    context = {
        "nav": "plan",
        "crumbs": [("Plan", reverse("programmes")), (found.programme.title, found.programme.get_absolute_url())],
        "caption": f"{found.programme.title}: {found.programme.pillar_noun} {found.number}",
        "pillar": found,
        "siblings": siblings,
        "form": form,
        "speakers": speakers,
        "speaker": chosen,
        **_shown(found, chosen, Hearing(found, views), on=day),
        **_downloads(request, found),
    }
    return render(request, "pages/pillar.html", context, status=400 if form.errors else 200)


def _shown(pillar: Pillar, speaker: Speaker | None, others: Hearing, *, on: date) -> dict:
    """What a pillar promises, or what became of what an area asked; and one council's words on it."""
    if pillar.programme.kind == Programme.Kind.REVIEW:
        # A review consults on nothing: that is for who answers it.
        return _asked(pillar, speaker, others, on=on)
    closing = closing_soon(Q(programme=pillar.programme) | Q(about__pillar=pillar), on=on)
    return {"closing": closing, **_promised(pillar, speaker, others, on=on)}


def _promised(pillar: Pillar, speaker: Speaker | None, others: Hearing, *, on: date) -> dict:
    """The promises under their missions, drawn on one scale."""
    rows = _rows(pillar, on=on)
    spoken = _spoken(pillar, speaker, on=on) if speaker else []
    grounds.give_grounds(spoken, on=on)
    missions = missions_of(rows, on=on)
    beside, places = _beside(pillar, rows, speaker, spoken, missions, others, on=on)
    scale = ledger.draw_all(rows, on=on)
    flags = flags_about(rows, on=on)
    return {
        **beside,
        "sections": sections(missions, rows, places, on=on),
        "scale": scale,
        "today": scale.percent(on),
        "counts": count_outcomes(rows),
        "flag_groups": by_kind(flags),
        "flag_count": len(flags),
        "money": named_money(rows),
    }


def _asked(pillar: Pillar, speaker: Speaker | None, others: Hearing, *, on: date) -> dict:
    """The recommendations, each with what became of it in place of its dates."""
    rows = _rows(pillar, on=on, are_asked=True)
    spoken = _spoken(pillar, speaker, on=on) if speaker else []
    keys = [row.commitment.pk for row in ledger.recommendations(rows)]
    ledger.give_replies_at_hand(rows, grounds.give_grounds(spoken, on=on, asked=keys), on=on)
    beside, _places = _beside(pillar, rows, speaker, spoken, [], others, on=on)
    query = urlencode({"programme": pillar.programme.slug, "pillar": pillar.number})
    return {
        **beside,
        "sections": [Section(rows)] if rows else [],
        "tally": tally_of(rows),
        "money_asked": money_asked(rows),
        "verdicts_url": f"{reverse('verdicts')}?{query}",
    }


def _rows(pillar: Pillar, *, on: date, are_asked: bool = False) -> list[Entry]:
    at_hand: dict[str, list[Model]] = {"programme": [pillar.programme], "pillar": [pillar]}
    commitments = ledger.OF_PILLAR.ask([pillar.pk], on=on, given=at_hand)
    return ledger.entries_of(commitments, on=on, is_cited=False, are_asked=are_asked)


def _beside(
    pillar: Pillar,
    rows: list[Entry],
    speaker: Speaker | None,
    spoken: Sequence[Standing],
    missions: Sequence[Mission],
    others: Hearing,
    *,
    on: date,
) -> tuple[dict, Places]:
    """One council's words on the rows, and the places that all of it rests on."""
    said = next((each for each in spoken if each.version.position.pillar_id == pillar.pk), None)
    singles = [each for each in spoken if each is not said]
    voiced = [said] if said else []
    promised = (row.commitment for row in ledger.every(rows))
    versions = [each.version for each in voiced]
    places = places_of([pillar], missions, promised, versions, grounds.impacts_of(voiced), others.in_full, on=on)
    ledger.cite(rows, places)
    standing.cite(voiced, places)
    shown = {
        "citations": places.of(pillar),
        "rows": rows,
        "beside": pillar_beside(pillar, rows, said, singles),
        "voice": voice_of(said, title=f"{speaker.name}’s current position") if said and speaker else None,
        "others": others.shown(places),
    }
    return shown, places


def _spoken(pillar: Pillar, speaker: Speaker, *, on: date) -> list[Standing]:
    """One council's positions on the pillar and on single commitments of it; on a review all that it says of it.

    What a council says of one area of a review often rests on recommendations of another.
    """
    is_review = pillar.programme.kind == Programme.Kind.REVIEW
    asked, key = (standing.OF_PROGRAMME, pillar.programme_id) if is_review else (standing.OF_PILLAR, pillar.pk)
    return standing.in_brief(asked.ask([speaker.organisation], [key], on=on), on=on)


def _downloads(request: Request, pillar: Pillar) -> dict[str, str]:
    """The same commitments as data."""
    query = f"programme={pillar.programme.slug}&pillar={pillar.number}"
    base = reverse("commitments")[:-1]
    return {f"{kind}_url": request.as_at.carry(f"{base}.{kind}?{query}") for kind in ("csv", "json")}


def _chosen(request: Request, form: BesideForm, speakers: Sequence[Speaker]) -> Speaker | None:
    """The council asked for; else the reader's own; else the first that has said something."""
    if form.errors:
        return None
    by_slug = {each.slug: each for each in speakers}
    asked_for = form.cleaned_data["council"]
    wanted = [asked_for] if asked_for else _own_slugs(request)
    return next((by_slug[slug] for slug in wanted if slug in by_slug), speakers[0] if speakers else None)


def _own_slugs(request: Request) -> list[str]:
    if not request.user.is_authenticated:
        return []
    return list(Membership.objects.filter(user=request.user).values_list("organisation__slug", flat=True))
