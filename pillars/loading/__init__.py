"""What the loader may read of the plan: the ground floor's room of the loader."""

from pillars.loading.checks import check_plan
from pillars.loading.citing import derive_known_on
from pillars.loading.commitments import read_commitments, read_funding, read_links
from pillars.loading.kinds import CITATION, KINDS, ORGANISATION, SOURCE
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
from reforms.base.loading.world import World

CITED_KINDS = tuple(kind for kind in KINDS if kind not in (ORGANISATION, SOURCE, CITATION))


def derive_plan_known_on(world: World) -> None:
    """A document is known from the day it comes out, and what it says from then on."""
    for source in world.batch.of(SOURCE).values():
        source.values["known_on"] = source.values["known_on"] or source.values["published_on"]
    derive_known_on(world, *CITED_KINDS)


register(
    Room(
        name="pillars",
        folder="plan",
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
