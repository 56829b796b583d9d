"""The project's Celery application, in a hurry: everything on the schedule is due every second."""

from reforms.celery import app

app.conf.beat_schedule = {name: entry | {"schedule": 1.0} for name, entry in app.conf.beat_schedule.items()}
