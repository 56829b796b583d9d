"""Prints the data dictionary from the models, so that docs/data-dictionary.md cannot go stale unseen."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db.models import Field, Model

ROOMS = ("base", "pillars", "councils", "consultations", "alerts", "reports")
HEADING = (
    "# Data dictionary\n\nMade by `./run manage data_dictionary > docs/data-dictionary.md`; a test compares the two.\n"
)


class Command(BaseCommand):
    help = "Print the data dictionary as Markdown."

    def handle(self, *args: str, **options: object) -> None:
        self.stdout.write(dictionary())


def dictionary() -> str:
    """Every model of the project, its fields and its rules, in Markdown."""
    return "\n".join([HEADING, *(line for room in ROOMS for line in _room(room))])


def _room(label: str) -> Iterator[str]:
    config = apps.get_app_config(label)
    yield f"## {config.verbose_name}\n"
    for model in config.get_models():
        yield from _model(model)


def _model(model: type[Model]) -> Iterator[str]:
    yield f"### {model.__name__}\n"
    doc = inspect.cleandoc(model.__doc__ or "")
    if not doc.startswith(f"{model.__name__}("):
        yield f"{doc}\n"
    yield "| field | kind | meaning |\n|---|---|---|"
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        yield f"| `{field.name}` | {_kind(field)} | {_meaning(field)} |"
    rules = [str(constraint.name).replace("_", " ") for constraint in model._meta.constraints]
    yield f"\nRules: {'; '.join(rules)}.\n" if rules else ""


def _kind(field: Field) -> str:
    target = f" to {field.related_model.__name__}" if field.is_relation and field.related_model else ""
    optional = ", optional" if field.null or field.blank else ""
    return f"{field.get_internal_type()}{target}{optional}"


def _meaning(field: Field) -> str:
    choices = ", ".join(f"{value}" for value, _label in field.flatchoices)
    return " ".join(text for text in (str(field.help_text), f"One of: {choices}." if choices else "") if text)
