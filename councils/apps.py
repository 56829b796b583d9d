from collections.abc import Sequence

from django.apps import AppConfig

from councils.refusals import REFUSALS


class CouncilsConfig(AppConfig):
    name = "councils"
    label = "councils"
    verbose_name = "Councils and where each stands"
    refusals = REFUSALS

    second_factor_for = "councils.people.roles.approves_anywhere"
    password_words_for = "councils.people.roles.names_of_organisations"  # noqa: S105 - the path of a function

    @property
    def roles(self) -> Sequence[tuple[str, str]]:
        """The roles that a person can hold in an organisation, and what they are called."""
        from councils.models import Membership

        return Membership.Role.choices
