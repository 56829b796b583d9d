"""The Celery application. The schedule lives in settings; tasks live in each app's tasks.py.

With REDIS_URL, beat sends each scheduled task to a worker. Without it, tasks are eager: beat runs them itself, one
after another, and a task that fails is logged and runs again at its next time.
"""

import os

from celery import Celery
from celery.signals import beat_init, setup_logging, task_postrun, task_prerun
from django.db import close_old_connections
from django_structlog.celery.signals import bind_extra_task_metadata
from django_structlog.celery.steps import DjangoStructLogInitStep

from reforms.logs.jobs import name_task

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reforms.settings")

app = Celery("reforms")
# Otherwise only the thread that imports this would know it: in a web server's threads a task would be sent nowhere.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# A worker takes up the number of the request that sent the task, and says when it has ended or failed.
app.steps["worker"].add(DjangoStructLogInitStep)
bind_extra_task_metadata.connect(name_task)


@setup_logging.connect
def leave_logging_alone(**_: object) -> None:
    """Django has set up logging; where somebody listens here, Celery adds nothing of its own."""


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
