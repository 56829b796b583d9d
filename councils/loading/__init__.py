"""What the loader may read of councils: the first floor's room of the loader."""

from councils.loading.checks import check_councils, hold_positions
from councils.loading.councils import read_councils, read_regions
from councils.loading.kinds import CITED_KINDS, KINDS
from councils.loading.participation import read_participation
from councils.loading.positions import derive_positions, read_positions
from councils.loading.views import check_views, read_views
from pillars.loading.citing import derive_known_on
from reforms.base.loading.kinds import Room, register

register(
    Room(
        name="councils",
        folders=("councils", "views"),
        kinds=KINDS,
        sections={
            "regions": read_regions,
            "councils": read_councils,
            "positions": read_positions,
            "participation": read_participation,
            "views": read_views,
        },
        file_keys=("organisation",),
        derive=(lambda world: derive_known_on(world, *CITED_KINDS), derive_positions),
        check=(check_councils, check_views),
        hold=hold_positions,
    )
)
