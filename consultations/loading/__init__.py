"""What the loader may read of consultations: the second floor's room of the loader."""

from consultations.loading.consultations import check_consultations, derive_openings, read_consultations
from consultations.loading.forms import read_forms
from consultations.loading.kinds import KINDS
from consultations.loading.responses import check_responses, read_responses
from consultations.loading.steps import check_steps, derive_steps, read_steps
from pillars.loading.citing import derive_known_on
from reforms.base.loading.kinds import Room, register

register(
    Room(
        name="consultations",
        folders=("consultations",),
        kinds=KINDS,
        sections={
            "consultations": read_consultations,
            "steps": read_steps,
            "forms": read_forms,
            "responses": read_responses,
        },
        derive=(lambda world: derive_known_on(world, *KINDS), derive_openings, derive_steps),
        check=(check_consultations, check_steps, check_responses),
    )
)
