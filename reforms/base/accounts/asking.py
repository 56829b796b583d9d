"""What the foundation asks of the rooms above it, which it may not import.

A room answers by an attribute of its AppConfig: the path of a function, for example
`second_factor_for = "councils.people.roles.approves_anywhere"`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string


@cache
def answers_to(question: str) -> tuple[Callable[..., Any], ...]:
    """The functions of all rooms that answer this question."""
    paths = (getattr(room, question, "") for room in apps.get_app_configs())
    return tuple(import_string(path) for path in paths if path)
