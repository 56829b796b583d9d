"""The project's Celery application in a hurry, whose beat keeps its connection to the database whatever happens."""

from reforms import celery
from tests.engines.hurried import app as app


def keep(**_: object) -> None:
    """Instead of dropping it when it is broken."""


celery.drop_stale_connections = keep
