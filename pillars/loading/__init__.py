"""What the loader may read of the plan: the ground floor's room of the loader."""

from pillars.loading.checks import check_plan
from pillars.loading.citing import derive_known_on, earliest_source_day
from pillars.loading.commitments import read_commitments, read_funding, read_links
from pillars.loading.kinds import (
    CITATION,
    COMMITMENT,
    COMMITMENT_LINK,
    KINDS,
    ORGANISATION,
    PROGRAMME,
    SOURCE,
    VERDICT,
)
from pillars.loading.programmes import (
    read_milestones,
    read_missions,
    read_phases,
    read_pillar,
    read_pillars,
    read_programme,
)
from pillars.loading.sources import read_anchors, read_organisations, read_sources
from pillars.loading.windows import derive_plan_windows
from reforms.base.loading.kinds import Room, register
from reforms.base.loading.reading import Record
from reforms.base.loading.world import World

CITED_KINDS = tuple(kind for kind in KINDS if kind not in (ORGANISATION, SOURCE, CITATION, VERDICT, COMMITMENT_LINK))


def derive_plan_known_on(world: World) -> None:
    """A document is known from the day it comes out, and what it says from then on."""
    for source in world.batch.of(SOURCE).values():
        source.values["known_on"] = source.values["known_on"] or source.values["published_on"]
    derive_known_on(world, *CITED_KINDS)
    for verdict in world.batch.of(VERDICT).values():
        verdict.values["known_on"] = verdict.values["known_on"] or _answer_day(world, verdict)
    for link in world.batch.of(COMMITMENT_LINK).values():
        link.values["known_on"] = link.values["known_on"] or _tie_day(world, link)


def _answer_day(world: World, verdict: Record) -> str | None:
    """No answer is known before the programme that gives it, even where an older document speaks of it."""
    programme = [world.text(PROGRAMME, verdict.values["programme"], name) for name in ("published_on", "known_on")]
    return max(filter(None, (earliest_source_day(world, verdict), *programme)), default=None)


def _tie_day(world: World, link: Record) -> str | None:
    """Nothing is tied to what is not known yet, even where the document that tells of the other end was out."""
    ends = [world.text(COMMITMENT, link.values[name], "known_on") for name in ("from_commitment", "to_commitment")]
    return max(filter(None, (earliest_source_day(world, link), *ends)), default=None)


register(
    Room(
        name="pillars",
        folders=("plan",),
        kinds=KINDS,
        sections={
            "organisations": read_organisations,
            "sources": read_sources,
            "anchors": read_anchors,
            "programme": read_programme,
            "pillar": read_pillar,
            "pillars": read_pillars,
            "missions": read_missions,
            "phases": read_phases,
            "milestones": read_milestones,
            "funding": read_funding,
            "commitments": read_commitments,
            "links": read_links,
        },
        file_keys=("cite",),
        derive=(derive_plan_known_on, derive_plan_windows),
        check=(check_plan,),
    )
)
