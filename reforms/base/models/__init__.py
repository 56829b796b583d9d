from reforms.base.models.events import Event
from reforms.base.models.invitations import Invitation, InvitationQuerySet
from reforms.base.models.kept import KeptPost
from reforms.base.models.loaded import LoadedRecord
from reforms.base.models.public import PublicFact, PublicFactQuerySet
from reforms.base.models.service import DataVersion, FaultCount, Heartbeat
from reforms.base.models.shared import SharedValue
from reforms.base.models.users import User

__all__ = [
    "DataVersion",
    "Event",
    "FaultCount",
    "Heartbeat",
    "Invitation",
    "InvitationQuerySet",
    "KeptPost",
    "LoadedRecord",
    "PublicFact",
    "PublicFactQuerySet",
    "SharedValue",
    "User",
]
