"""Does all work that is due, once: for cron, where there is no beat."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reforms.alerts import jobs
from reforms.base import clock
from reforms.base.heartbeats import beat
from reforms.logs.jobs import run_of

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does all work that is due, once, from raising flags to sending letters. Run it where no Celery beat runs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each job is done even where another fails; a failure ends the command with an error."""
        now, failed = clock.now(), []
        with run_of(jobs.RUN_DUE):
            for name in jobs.JOBS:
                try:
                    self.stdout.write(f"{name}: {jobs.do(name, now=now)}")
                except Exception:
                    logger.exception("The job %s failed", name)
                    failed.append(name)
        if failed:
            raise CommandError(f"Not done: {', '.join(failed)}. It will be tried again at the next run.")
        beat(jobs.RUN_DUE, now=now)
