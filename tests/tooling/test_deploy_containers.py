"""The image and the compose file, which no machine of ours runs: read, and compared with the code they start."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from importlib.util import find_spec

import pytest
from django.conf import settings

from reforms.environment import declared, read
from tests.tooling import deploy
from tests.tooling.deploy import DOCKERFILE, PAGE, SECRET, VAR_DIR, assert_resolves, compose, filled, instructions
from tests.tooling.shell import ROOT, manage

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
IMAGE = f"reform-tracker:{PROJECT['version']}"
SERVICES: dict = compose()["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
OF_OTHERS = {name: service for name, service in SERVICES.items() if "build" not in service}
ONCE = ("migrate", "load")
STAYING = tuple(name for name in OURS if name not in ONCE)
GIVEN = {"ALLOWED_HOSTS": "reforms.example.org", "SECRET_KEY": SECRET, "POSTGRES_PASSWORD": "canary7"}
STEPS = instructions(DOCKERFILE.read_text(encoding="utf-8"))
PATTERNS = [
    line
    for line in (DOCKERFILE.with_name("Dockerfile.dockerignore")).read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
PINNED = re.compile(r"[a-z0-9./-]+:\d+(\.\d+)*(-[a-z]+)?")


def steps(word: str) -> list[str]:
    return [rest for each, rest in STEPS if each == word]


def image_environment() -> dict[str, str]:
    return dict(part.split("=", 1) for line in steps("ENV") for part in line.split())


def environment_of(name: str) -> dict[str, str]:
    """What a container of ours finds in its environment."""
    return image_environment() | {key: filled(value, GIVEN) for key, value in OURS[name]["environment"].items()}


def waits_for(name: str) -> dict[str, str]:
    return {other: told["condition"] for other, told in SERVICES[name].get("depends_on", {}).items()}


# --- compose ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(OURS))
def test_every_variable_is_declared_and_the_site_would_start(name):
    environment = environment_of(name)
    assert {key for key in environment if not key.startswith(("PATH", "PYTHON"))} <= set(declared())

    found = read(environment)
    assert (found.is_production, found.trust_proxy, found.host) == (True, True, "0.0.0.0")


@pytest.mark.parametrize("missing", list(GIVEN))
def test_what_has_to_be_given_has_no_default(missing):
    given = {name: value for name, value in GIVEN.items() if name != missing}
    with pytest.raises(KeyError, match=missing):
        [filled(value, given) for value in OURS["web"]["environment"].values()]


def test_no_secret_is_written_down():
    for service in SERVICES.values():
        for name, value in service["environment"].items() if "environment" in service else ():
            if re.search("SECRET|PASSWORD", name):
                assert value.startswith("${"), name
    assert "canary7" not in deploy.COMPOSE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(OURS))
def test_every_command_is_there(name):
    interpreter, *arguments = OURS[name]["command"]

    assert interpreter == "python"
    assert_resolves(arguments)


def test_migrate_waits_for_the_database():
    assert waits_for("migrate") == {"postgres": "service_healthy"}
    assert OURS["migrate"]["command"][:3] == ["python", "manage.py", "migrate"]


@pytest.mark.parametrize("name", [name for name in OURS if name != "migrate"])
def test_migrate_has_ended_well_before_anything_else_starts(name):
    assert waits_for(name)["migrate"] == "service_completed_successfully"


def test_nothing_waits_for_a_plan_that_may_not_load():
    assert not [name for name in SERVICES if "load" in waits_for(name)]


@pytest.mark.parametrize("name", ONCE)
def test_what_runs_once_is_not_started_again(name):
    assert OURS[name]["restart"] == "no"


@pytest.mark.parametrize("name", STAYING)
def test_what_stays_is_started_again(name):
    assert OURS[name]["restart"] == "unless-stopped"


def test_there_is_exactly_one_beat():
    assert [name for name, service in OURS.items() if "beat" in service["command"]] == ["beat"]
    assert OURS["beat"]["deploy"]["replicas"] == 1


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_tasks_wait_for_redis_and_pages_do_not(name):
    assert waits_for(name)["redis"] == "service_healthy"
    assert "redis" not in waits_for("web")


@pytest.mark.parametrize("name", list(OF_OTHERS))
def test_images_of_others_are_pinned_and_say_how_they_are(name):
    assert PINNED.fullmatch(OF_OTHERS[name]["image"])
    assert "test" in OF_OTHERS[name]["healthcheck"]


@pytest.mark.parametrize("name", list(OURS))
def test_our_image_is_this_release(name):
    assert OURS[name]["image"] == IMAGE
    assert IMAGE in DOCKERFILE.read_text(encoding="utf-8")
    build = OURS[name]["build"]
    assert (deploy.FOLDER / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]) == DOCKERFILE


@pytest.mark.parametrize("name", list(OURS))
def test_containers_can_do_little(name):
    service = OURS[name]

    assert (service["read_only"], service["cap_drop"], service["tmpfs"]) == (True, ["ALL"], ["/tmp"])
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service


def test_only_the_web_server_can_be_reached_and_from_this_machine_alone():
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }
    assert compose()["networks"]["inside"] == {"internal": True}
    assert [name for name, service in SERVICES.items() if service["networks"] != ["inside"]] == ["web"]


def test_only_the_web_server_is_asked_for_livez():
    assert [name for name, service in OURS.items() if service.get("healthcheck") != {"disable": True}] == ["web"]


def test_volumes_are_named_and_used():
    used = [volume.split(":") for service in SERVICES.values() for volume in service.get("volumes", ())]

    assert {name for name, _ in used} == set(compose()["volumes"])
    assert ["beat", VAR_DIR] in used


def test_the_page_for_operators_names_what_has_to_be_given():
    for name in GIVEN:
        assert re.search(rf"^{name}=", PAGE, re.MULTILINE), name
    assert "docs/deploy/compose.yaml" in PAGE
    assert "/docs/deploy/.env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


# --- Dockerfile ---------------------------------------------------------------------------------------------------


def test_instructions_are_known():
    known = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "EXPOSE", "HEALTHCHECK", "CMD"}

    assert {word for word, _ in STEPS} == known


@pytest.mark.parametrize("base", steps("FROM"))
def test_base_images_are_pinned(base):
    assert PINNED.fullmatch(base.split()[0])


def test_versions_are_those_the_project_supports():
    bases = dict(re.findall(r"(\w+):([\d.]+)", " ".join(steps("FROM"))))
    run = (ROOT / "run").read_text(encoding="utf-8")
    [(oldest, newest)] = re.findall(r"OLDEST=(\d+) NEWEST=(\d+)", run)
    [oldest_node] = re.findall(r"OLDEST_NODE=(\d+)", run)

    assert int(oldest) <= int(bases["python"].split(".")[1]) <= int(newest)
    assert int(bases["node"]) >= int(oldest_node)


def copied() -> list[str]:
    """What the build takes from the repository."""
    return [path for line in steps("COPY") if not line.startswith("--from") for path in line.split()[:-1]]


@pytest.mark.parametrize("path", copied())
def test_what_is_copied_is_there_and_not_ignored(path):
    assert (ROOT / path).exists()
    assert not deploy.is_ignored(path, PATTERNS)


def test_all_the_code_is_copied():
    folders = {app.partition(".")[0] for app in settings.INSTALLED_APPS if find_spec(app.partition(".")[0])}
    ours = {name for name in folders if (ROOT / name).is_dir()}

    assert {*ours, "templates", "static", "fixtures", "manage.py"} <= set(copied())


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("reforms/settings.py", False),
        ("fixtures/plan/sources.yaml", False),
        ("static/scss/app.scss", False),
        ("var/secret-key", True),
        (".git/config", True),
        ("docs/deploy/.env", True),
        ("tests/conftest.py", True),
        ("fixtures/demo/cast.yaml", True),
        ("static/build/app.css", True),
        ("reforms/__pycache__/settings.cpython-313.pyc", True),
    ],
)
def test_nothing_else_goes_into_the_build(path, expected):
    assert deploy.is_ignored(path, PATTERNS) is expected


def test_packages_are_the_pinned_ones():
    [install] = [line for line in steps("RUN") if " pip install" in line]

    assert "--require-hashes" in install
    assert "requirements/run.txt /build/run.txt" in steps("COPY")
    assert "npm ci" in steps("RUN")
    scripts = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["scripts"]
    assert "static/build/app.css" in scripts["build"]
    assert "--from=styles /build/static/build static/build" in steps("COPY")


def test_it_does_not_run_as_root():
    [user] = steps("USER")
    after = [word for word, _ in STEPS[STEPS.index(("USER", user)) :]]

    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    assert not {"RUN", "COPY", "FROM"} & set(after)


def test_settings_of_the_image_are_declared_and_read():
    found = image_environment()

    assert {name for name in found if not name.startswith(("PATH", "PYTHON"))} <= set(declared())
    assert found["VAR_DIR"] == VAR_DIR
    assert read({name: value for name, value in found.items() if name in declared()}).port == int(*steps("EXPOSE"))


def test_static_files_lie_where_the_site_looks_for_them():
    [collect] = [line for line in steps("RUN") if "collectstatic" in line]

    assert image_environment()["STATIC_ROOT"] == "/srv/static"
    assert "STATIC_ROOT" not in collect
    assert [name for name in re.findall(r"\b([A-Z_]{3,})=", collect) if name not in declared()] == []


def test_static_files_are_collected_by_that_step(tmp_path):
    [collect] = [line for line in steps("RUN") if "collectstatic" in line]
    given = dict(re.findall(r"\b(DJANGO_ENV|ALLOWED_HOSTS)=(\S+)", collect))
    given |= {"VAR_DIR": str(tmp_path / "var"), "STATIC_ROOT": str(tmp_path / "static"), "SECRET_KEY": SECRET}
    ended = manage("collectstatic", "--noinput", **given)

    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()
    assert list((tmp_path / "var").iterdir()) == []


def test_health_is_asked_by_a_module_that_is_there():
    [check] = steps("HEALTHCHECK")
    command = ast.literal_eval(check.partition(" CMD ")[2])

    assert command == ["python", "-m", "reforms.probe"]
    assert find_spec("reforms.probe")


def test_it_starts_the_web_server_unless_told_otherwise():
    [command] = steps("CMD")
    _, *arguments = ast.literal_eval(command)

    assert ["python", *arguments] == OURS["web"]["command"]
