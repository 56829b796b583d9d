from reforms.base.models.events import Event
from reforms.base.models.loaded import LoadedRecord
from reforms.base.models.public import PublicFact, PublicFactQuerySet
from reforms.base.models.service import DataVersion, FaultCount, Heartbeat
from reforms.base.models.users import User

__all__ = [
    "DataVersion",
    "Event",
    "FaultCount",
    "Heartbeat",
    "LoadedRecord",
    "PublicFact",
    "PublicFactQuerySet",
    "User",
]
