"""The Lincolnshire report (seed 000): what every test of it needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

REPORT = "lincolnshire-2023"
COMMITTEE_DAY = date(2023, 4, 21)


def citing(model: type[Model], locator: str) -> QuerySet[Any]:
    """The records of a model that rest on a place of the report."""
    return model._default_manager.filter(citations__source__slug=REPORT, citations__locator=locator)
