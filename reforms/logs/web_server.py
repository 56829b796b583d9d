"""Gunicorn's own messages, through the formatter of everything else."""

from __future__ import annotations

import logging
from typing import Any

from gunicorn.glogging import Logger

from reforms import logs
from reforms.environment import read


class WebServerLogger(Logger):
    """No access log: the site writes a line for each request, without its query and the reader's address."""

    def setup(self, cfg: Any) -> None:
        """Called at the start, and again when Gunicorn reads its configuration again."""
        self.cfg = cfg
        logs.start(logs.logging_for(read()))
        self.error_log.propagate = True
        self.error_log.setLevel(logging.NOTSET)

    @property
    def access_log_enabled(self) -> bool:
        return False
