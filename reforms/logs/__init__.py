"""What the service says of itself, on standard error: JSON, an object a line, in production; lines at the workbench.

Everything goes through one formatter: our own lines, Django's, Celery's, Gunicorn's and warnings. Each line has the
time in UTC, the level, the logger, the event and, where a request or a job started it, its `request_id`.
"""

from __future__ import annotations

import logging
import logging.config
import sys
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter

from reforms.environment import Configuration
from reforms.logs import tracebacks
from reforms.logs.masking import mask

Entry = MutableMapping[str, Any]
FIRST_KEYS = ("time", "level", "logger", "event", "request_id")


def logging_for(configuration: Configuration) -> dict[str, Any]:
    """The settings of logging that this environment asks for."""
    is_production, has_workers = configuration.is_production, bool(configuration.redis_url)
    log_format = configuration.log_format or ("json" if is_production else "lines")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "reforms.logs.json_formatter"}, "lines": {"()": "reforms.logs.line_formatter"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": log_format},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {
            "handlers": ["console"],
            "level": configuration.log_level or ("INFO" if is_production else "WARNING"),
        },
        "loggers": {
            # Without this Django would mail errors to nobody.
            "django": {"handlers": [], "level": "NOTSET", "propagate": True},
            # In production every request has a line of its own with its status; an error still brings its traceback.
            "django.request": {"level": "ERROR" if is_production else "NOTSET"},
            # Scanners ask for other names all day; the answer is 400 and needs nobody's attention.
            "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
            # Workers say what became of a task by django-structlog, with its request_id and how long it took.
            "celery.app.trace": {"level": "CRITICAL" if has_workers else "NOTSET"},
            "celery.worker.strategy": {"level": "WARNING" if has_workers else "NOTSET"},
        },
    }


def start(settings: dict[str, Any]) -> None:
    """Log in this way from now on. Django calls this, by LOGGING_CONFIG; so does Gunicorn's master."""
    logging.config.dictConfig(settings)
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    if settings["handlers"]["console"]["formatter"] == "json":
        sys.excepthook = log_uncaught


def log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The last words of a process that an error ends: a line like others, or all of it to a person at a terminal."""
    if issubclass(kind, KeyboardInterrupt) or sys.stderr.isatty():
        sys.__excepthook__(kind, error, trace)
    else:
        logging.getLogger("reforms").critical("Ended by an error", exc_info=(kind, error, trace))


def json_formatter() -> ProcessorFormatter:
    return _formatter(structlog.processors.JSONRenderer())


def line_formatter() -> ProcessorFormatter:
    renderer = structlog.dev.ConsoleRenderer(
        timestamp_key="time",
        colors=sys.stderr.isatty(),
        exception_formatter=structlog.dev.plain_traceback,
        pad_event_to=0,
        pad_level=False,
    )
    return _formatter(renderer)


def _formatter(renderer: Any) -> ProcessorFormatter:
    """The same steps for every line, whichever library wrote it; the last makes text of it."""
    return ProcessorFormatter(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            put_error_in_words,
            ProcessorFormatter.remove_processors_meta,
            hide_secrets,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            put_in_order,
            renderer,
        ],
    )


def put_error_in_words(logger: Any, name: str, entry: Entry) -> Entry:
    """The error of a line, as text under `exception`."""
    told = entry.pop("exc_info", None)
    if told is True:
        told = sys.exc_info()
    error = told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        entry["exception"] = tracebacks.in_words(error)
    return entry


def hide_secrets(logger: Any, name: str, entry: Entry) -> Entry:
    """The line without secrets and people's addresses, in whatever it says."""
    hidden: Entry = mask(entry)
    return hidden


def put_in_order(logger: Any, name: str, entry: Entry) -> Entry:
    """What every line has comes first."""
    first = {key: entry.pop(key) for key in FIRST_KEYS if key in entry}
    return {**first, **entry}
