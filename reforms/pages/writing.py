"""On a council's page, for those who write for it: a button for each pillar, and how far its draft has got."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from councils.models import PositionVersion
from councils.permissions import roles_of
from pillars.models import Organisation, Pillar, Programme
from reforms.base.models import User
from reforms.base.permissions import allows
from reforms.base.requests import Request


@dataclass
class Writing:
    """A pillar that can be written about, and the state of what is being written."""

    pillar: Pillar
    state: str

    @property
    def reference(self) -> str:
        return self.pillar.reference


def writing_of(
    request: Request, organisation: Organisation, plans: Iterable[Programme], pillars: Iterable[Pillar]
) -> list[Writing]:
    """The pillars of what was promised, for somebody who writes here and looks at today; else nothing is asked."""
    if not isinstance(request.user, User) or not request.as_at.is_today:
        return []
    if not allows("position.write", roles_of(request.user, organisation.pk)):
        return []
    drafts = PositionVersion.objects.open().filter(position__organisation=organisation, position__pillar__isnull=False)
    states = dict(drafts.order_by().values_list("position__pillar", "state"))
    promised = {each.pk for each in plans if each.kind == Programme.Kind.STRATEGY}
    return [Writing(each, states.get(each.pk, "")) for each in pillars if each.programme_id in promised]
