from reforms.alerts.models.flags import Flag
from reforms.alerts.models.jobs import JobRun

__all__ = ["Flag", "JobRun"]
