"""Every variable is declared once, told to operators, and read; and nothing is read that is not declared."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from reforms.environment import Configuration, declared, table
from tests.surroundings import OWN_VARIABLES

ROOT = settings.BASE_DIR
PAGE = ROOT / "docs" / "operating.md"
OURS = ("reforms", "pillars", "councils", "consultations")
READING = Path("reforms/environment/reading.py")
"""The one module that looks at the environment."""
READERS = {
    "site": (
        "reforms/settings.py",
        "reforms/logs/__init__.py",
        "reforms/environment/configuration.py",
        "reforms/environment/mail.py",
        "reforms/environment/single_sign_on.py",
    ),
    "web server": ("reforms/web.py",),
    "probe": ("reforms/probe.py", "reforms/serve.py"),
}


def modules() -> Iterator[Path]:
    """Every module that runs in service."""
    yield ROOT / "manage.py"
    for folder in OURS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def looks_at_the_environment(tree: ast.AST) -> Iterator[str]:
    """The places where a module reads a variable by itself. Setting the settings' own name is no reading."""
    allowed = {
        node.func.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "os.environ.setdefault"
        and ast.unparse(node.args[0]) == "'DJANGO_SETTINGS_MODULE'"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.environb", "os.getenv"):
            if node not in allowed:
                yield f"{node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.ImportFrom) and node.module == "os":
            yield from (f"{node.lineno}: {name.name}" for name in node.names if re.match("environ|getenv", name.name))
        elif isinstance(node, ast.Call) and re.match(r"(environ\.)?Env\b(?!\.db_url_config)", ast.unparse(node.func)):
            yield f"{node.lineno}: {ast.unparse(node.func)}"


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_one_module_looks_at_the_environment(path):
    found = list(looks_at_the_environment(ast.parse(path.read_text(encoding="utf-8"))))

    assert bool(found) is (path == ROOT / READING), found


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import os\nport = os.environ['PORT']", id="environ"),
        pytest.param("import os\nport = os.environ.get('PORT')", id="environ-get"),
        pytest.param("import os\nport = os.getenv('PORT')", id="getenv"),
        pytest.param("from os import environ", id="imported"),
        pytest.param("import environ\nenv = environ.Env()", id="django-environ"),
        pytest.param("import os\nos.environ.setdefault('PORT', '8000')", id="another-default"),
    ],
)
def test_a_look_at_the_environment_is_noticed(code):
    assert list(looks_at_the_environment(ast.parse(code)))


def attributes_of(module: str) -> set[str]:
    """What a module asks of the configuration."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    asked = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)]
    sources = ("configuration", "self", "environment.read()")
    return {node.attr for node in asked if ast.unparse(node.value) in sources}


@pytest.mark.parametrize("name", list(declared()))
def test_each_variable_is_read_by_those_who_are_said_to_read_it(name):
    field, variable = declared()[name]
    found = {
        reader for reader, modules in READERS.items() if any(field.name in attributes_of(module) for module in modules)
    }
    if re.search(rf"\$\{{?{name}\b", (ROOT / "run").read_text(encoding="utf-8")):
        found.add("./run")

    assert found == set(variable.read_by)


@pytest.mark.parametrize("name", list(declared()))
def test_each_example_is_allowed(name):
    _, variable = declared()[name]

    variable.kind.read(variable.example)


@pytest.mark.parametrize("name", list(declared()))
def test_each_row_has_all_its_cells(name):
    [row] = [line for line in table().splitlines() if line.startswith(f"| `{name}` |")]

    assert row.count("|") == 7
    assert "|  |" not in row


def test_a_default_is_what_its_row_says():
    for name, (field, variable) in declared().items():
        if variable.without.strip("`").isdigit():
            assert variable.without == f"`{field.default}`", name
    assert Configuration().hsts_seconds == 365 * 86_400


def test_the_page_for_operators_has_the_table():
    printed = StringIO()
    call_command("configuration", stdout=printed)
    page = PAGE.read_text(encoding="utf-8")
    _, _, after = page.partition("<!-- ./run manage configuration -->\n")

    assert after.partition("<!-- end -->")[0].strip() == printed.getvalue().strip()


def test_the_page_names_what_the_run_script_reads_beside_it():
    read = set(re.findall(r"\$\{([A-Z][A-Z_]+):-", (ROOT / "run").read_text(encoding="utf-8")))
    told = set(re.findall(r"`([A-Z_]+)`", PAGE.read_text(encoding="utf-8").partition("## For tests")[2]))

    assert read - set(declared()) == told


def test_tests_forget_every_variable_a_person_may_have_set():
    assert set(OWN_VARIABLES) == set(declared()) - {"DJANGO_ENV", "VAR_DIR"}
