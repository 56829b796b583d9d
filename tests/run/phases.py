"""What is run on which engine. Pure rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.engines.notes import Note

ALL_PASSED = 0
INTERRUPTED = 2
NONE_COLLECTED = 5
# With these the run is still the whole run. Anything else may leave tests out.
HARMLESS = ("-q", "-v", "-s", "-x", "-r", "-n", "--tb", "--durations", "--maxfail", "--color", "--no-header")
EVERYDAY = "not long"
STOPS_EARLY = ("-x", "--exitfirst", "--maxfail")


@dataclass(frozen=True)
class Phase:
    """A run of pytest with one database. `must_use` is what a whole run has to have used in it.

    `everyday` leaves out more where the long tests are left out too. `processes` share the tests: one more than two
    cores, so that there is work while one waits for a server; in the browser's phase each has a site and a browser of
    its own. `folder` is where all its tests are: a whole run looks for them nowhere else.
    """

    name: str
    title: str
    engine: str
    marks: str
    must_use: tuple[str, ...]
    everyday: str = ""
    processes: int = 3
    folder: str = ""


PHASES = (
    Phase(
        "sqlite",
        "Every test but the browser's, on SQLite",
        engine="sqlite",
        marks="not browser",
        must_use=("SQLite", "PostgreSQL", "Redis", "Celery worker", "Celery beat"),
    ),
    Phase(
        "postgresql",
        "Every test that uses the database, on PostgreSQL",
        engine="postgresql",
        marks="database and not browser",
        must_use=("PostgreSQL",),
        everyday="not once",
    ),
    Phase(
        "browser",
        "The browser's tests, on PostgreSQL with Redis and a worker",
        engine="postgresql",
        marks="browser",
        must_use=("PostgreSQL", "Redis", "Chromium"),
        processes=2,
        folder="tests/browser",
    ),
)


@dataclass(frozen=True)
class Request:
    """What the person asked for: arguments for pytest, and an expression of marks."""

    arguments: tuple[str, ...]
    marks: str
    is_whole: bool

    @property
    def stops_early(self) -> bool:
        """Whether a failure ends the run, and not only its phase."""
        return any(argument.startswith(STOPS_EARLY) for argument in self.arguments)

    def command(self, phase: Phase) -> list[str]:
        """The arguments of pytest in a phase."""
        everyday = phase.everyday if self.marks == EVERYDAY else ""
        marks = " and ".join(f"({part})" for part in (phase.marks, everyday, self.marks) if part)
        places = [phase.folder] if phase.folder and self.is_whole else []
        return ["-n", str(phase.processes), "--dist=worksteal", *self.arguments, *places, "-m", marks]


def read(arguments: Sequence[str]) -> Request:
    """Take `--all` and `-m MARKS` out of what was typed; the rest is for pytest.

    `--all` adds the long tests. So does `-m`, as it does with pytest itself: it says which tests are meant.
    """
    rest: list[str] = []
    marks = EVERYDAY
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--all":
            marks = "" if marks == EVERYDAY else marks
        elif argument == "-m":
            marks = next(waiting, "")
        else:
            rest.append(argument)
    return Request(tuple(rest), marks, is_whole="-m" not in arguments and is_whole(rest))


def is_whole(arguments: Iterable[str]) -> bool:
    """Whether these arguments leave no test out, as far as we know them."""
    before = ""
    for argument in arguments:
        is_number = before == "-n" and argument.isdecimal()
        if not is_number and not argument.startswith(HARMLESS):
            return False
        before = argument
    return True


def has_failed(codes: Iterable[int]) -> bool:
    """Whether a phase went wrong."""
    return not set(codes) <= {ALL_PASSED, NONE_COLLECTED}


def verdict(codes: Sequence[int]) -> int:
    """The exit status of a run from those of its phases: a phase may have nothing to do, a run may not."""
    if has_failed(codes):
        return next(code for code in codes if has_failed([code]))
    return ALL_PASSED if ALL_PASSED in codes else NONE_COLLECTED


def unused(notes: Iterable[Note], phases: Iterable[Phase] = PHASES) -> list[str]:
    """What a whole run should have used and did not, in words."""
    used = {(note.phase, note.name) for note in notes}
    return [
        f"{name} was not used in “{phase.title}”"
        for phase in phases
        for name in phase.must_use
        if (phase.name, name) not in used
    ]


def versions(notes: Iterable[Note]) -> str:
    """Everything used with its version, each once: “SQLite 3.40.1, PostgreSQL 15.18”."""
    return ", ".join(dict.fromkeys(f"{note.name} {note.version}" for note in notes))
