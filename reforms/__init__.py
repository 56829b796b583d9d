"""Reform Tracker: the building. Rooms: base, pages, alerts."""

from reforms.celery import app as celery_app
from reforms.environment import tell_refusals_in_words

__all__ = ["celery_app"]

tell_refusals_in_words()
