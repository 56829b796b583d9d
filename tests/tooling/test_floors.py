"""Look down, never up: the reaching up that the import contracts cannot see.

A floor may not use the reverse name that a model above put on one of its own models, and a template may not load a
tag library from above its floor.
"""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import engines

# From the ground up: each may use those before it.
FLOORS = ("reforms.base", "pillars", "councils", "consultations", "reforms.alerts", "reforms.pages")


def floor_of(module: str) -> int:
    """How high a module stands; what belongs to no floor (Django itself) lies below all of them."""
    heights = [height for height, floor in enumerate(FLOORS) if f"{module}.".startswith(f"{floor}.")]
    return heights[0] if heights else -1


def names_from_above(height: int) -> set[str]:
    """The reverse names that models above this floor put on models at or below it, unless the floor has them too."""
    above: set[str] = set()
    own: set[str] = set()
    for model in apps.get_models():
        if floor_of(model.__module__) > height:
            continue
        own |= {field.name for field in model._meta.get_fields() if not is_reverse(field)}
        for relation in filter(is_reverse, model._meta.get_fields(include_hidden=False)):
            names = {relation.name, relation.get_accessor_name()}
            if floor_of(relation.related_model.__module__) > height:
                above |= names
            else:
                own |= names
    return above - own


def is_reverse(field) -> bool:
    return field.auto_created and not field.concrete


def python_files(floor: str) -> list[Path]:
    folder = settings.BASE_DIR / Path(*floor.split("."))
    return [path for path in folder.rglob("*.py") if "migrations" not in path.parts]


def template_files(floor: str) -> list[Path]:
    folder = settings.BASE_DIR / "templates" / floor.rpartition(".")[2]
    return sorted(folder.rglob("*.html"))


def words_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every attribute and every lookup-like string in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Constant) and re.fullmatch(r"-?\w+__\w+", str(node.value)):
            yield node.lineno, str(node.value).lstrip("-").partition("__")[0]


def where(path: Path, line: int, words: str) -> str:
    return f"{path.relative_to(settings.BASE_DIR)}:{line} uses {words}"


@pytest.mark.parametrize("floor", FLOORS)
def test_code_uses_no_reverse_name_from_above(floor):
    forbidden = names_from_above(FLOORS.index(floor))
    found = [
        where(path, line, word) for path in python_files(floor) for line, word in words_of(path) if word in forbidden
    ]
    assert found == []


@pytest.mark.parametrize("floor", FLOORS)
def test_templates_use_no_reverse_name_from_above(floor):
    forbidden = names_from_above(FLOORS.index(floor))
    found = [
        where(path, number, word)
        for path in template_files(floor)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for tag in re.findall(r"{[{%].*?[%}]}", line)
        for word in re.findall(r"\.(\w+)", re.sub(r"\"[^\"]*\"|'[^']*'", "", tag))
        if word in forbidden
    ]
    assert found == []


@pytest.mark.parametrize("floor", FLOORS)
def test_templates_load_no_tags_from_above(floor):
    libraries = engines["django"].engine.libraries
    found = [
        where(path, number, library)
        for path in template_files(floor)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for loaded in re.findall(r"{% load ([\w ]+) %}", line)
        for library in loaded.split()
        if floor_of(import_module(libraries[library]).__name__) > FLOORS.index(floor)
    ]
    assert found == []
