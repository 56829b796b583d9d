"""Reform Tracker: the building. Rooms: base, pages, alerts."""

from reforms.celery import app as celery_app

__all__ = ["celery_app"]
