"""The data dictionary is made from the models, so that it cannot go stale unseen."""

from __future__ import annotations

from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import Model

from reforms.base.management.commands.data_dictionary import ROOMS, dictionary

PAGE = settings.BASE_DIR / "docs" / "data-dictionary.md"
MODELS = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


def section(model: type[Model]) -> str:
    """What the dictionary says of one model."""
    return dictionary().partition(f"### {model.__name__}\n")[2].partition("\n##")[0]


def test_page_is_what_the_command_prints():
    printed = StringIO()
    call_command("data_dictionary", stdout=printed)

    assert PAGE.read_text(encoding="utf-8").strip() == printed.getvalue().strip()


def test_every_room_with_models_is_in_it():
    ours = {config.label for config in apps.get_app_configs() if config.path.startswith(str(settings.BASE_DIR / ""))}
    with_models = {label for label in ours if list(apps.get_app_config(label).get_models())}

    assert {label for label in with_models if "site-packages" not in apps.get_app_config(label).path} == set(ROOMS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_has_a_row(model: type[Model]):
    fields = [*model._meta.fields, *model._meta.many_to_many]

    assert [field.name for field in fields if f"| `{field.name}` |" not in section(model)] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_row_has_three_cells(model: type[Model]):
    rows = [line for line in section(model).splitlines() if line.startswith("| `")]

    assert [row for row in rows if row.count("|") != 4] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_rules_read_as_sentences(model: type[Model]):
    rules = [str(constraint.name) for constraint in model._meta.constraints]

    assert [rule for rule in rules if rule.replace("_", " ") not in section(model)] == []
    assert [rule for rule in rules if len(rule.split("_")) < 4] == []


def test_choices_are_listed():
    assert "One of: firm, subject_to, test_first, consult_on, explore, ambition." in dictionary()


def test_help_stands_beside_its_field():
    assert "The day from which the public could know this." in dictionary()
