"""The Celery application. The schedule lives in settings; tasks live in each app's tasks.py.

With REDIS_URL, beat sends each scheduled task to a worker. Without it, tasks are eager: beat runs them itself, one
after another, and a task that fails is logged and runs again at its next time.
"""

import os

from celery import Celery
from celery.signals import beat_init, task_postrun, task_prerun
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reforms.settings")

app = Celery("reforms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def keep_connections_fresh(**_: object) -> None:
    """Give each task that beat runs a live database connection.

    Workers and web servers do this themselves; beat does not, and stays up while databases come and go.
    """
    for moment in (task_prerun, task_postrun):
        moment.connect(drop_stale_connections)


def drop_stale_connections(**_: object) -> None:
    """Close connections that are broken or too old, so that the next query opens a new one."""
    close_old_connections()
