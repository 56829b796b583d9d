"""The project's settings with protections off, those that WITHOUT names, so that tests can show what they are for."""

import os

from reforms.settings import *  # noqa: F403
from reforms.settings import CELERY_BROKER_TRANSPORT_OPTIONS, DATABASES

WITHOUT = os.environ.get("WITHOUT", "").split()

if "health-checks" in WITHOUT:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
if "bounded-health-checks" in WITHOUT:
    DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
if "connect-timeout" in WITHOUT:
    del DATABASES["default"]["OPTIONS"]["connect_timeout"]
if "broker-timeouts" in WITHOUT:
    CELERY_BROKER_TRANSPORT_OPTIONS.clear()
