"""The project's Celery application that can stand still, whose beat keeps its connection whatever happens."""

from reforms import celery
from tests.faults.standing import app as app


def keep(**_: object) -> None:
    """Instead of dropping it when it is broken."""


celery.drop_stale_connections = keep
