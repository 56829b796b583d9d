"""What the bench found, as tables: targets and ratios first, since they compare between machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tests.bench.engines import LEAN, NATIONAL, TEN_TIMES, TENTH
from tests.bench.pages import TARGETS
from tests.bench.tables import Section
from tests.bench.targets import MISSED, REPORT_FORMATS, Found, dig, measured_engines, memory_growth, page_measures

PAGES_NOTE = (
    "×: times the bare view's processor time. ms: processor time of our process, the median; in the column beside it, "
    "that of PostgreSQL's (SQLite works in ours). tenth: the same page with a tenth of the positions; growth: how many "
    "times that. >: over the page's target. !: not the same number of queries with a tenth."
)


def sections(found: Found) -> list[Section]:
    """The whole report."""
    every = [target_section(found["targets"])]
    every += [*page_sections(found), *rate_sections(found), *flag_sections(found), *loading_sections(found)]
    every += [*letter_sections(found), *report_sections(found), *start_sections(found), data_section(found)]
    return every


def figure(value: float | None, places: int = 1) -> str:
    """A number as the report writes it; a dash for what was not measured."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 or isinstance(value, int) else f"{value:,.{places}f}"


def target_section(targets: Sequence[dict[str, Any]]) -> Section:
    rows = [
        [
            target["name"],
            figure(target["figure"], 2),
            f"{'at least' if target['is_least'] else 'at most'} {target['limit']:g}",
            target["unit"],
            target["verdict"].upper() if target["verdict"] == MISSED else target["verdict"],
        ]
        for target in targets
    ]
    return Section("Targets", ["", "found", "target", "", "verdict"], rows)


def page_sections(found: Found) -> Iterator[Section]:
    for engine, name in measured_engines(found) if "pages" in found else ():
        large = page_measures(found, engine, NATIONAL.name)
        small = page_measures(found, engine, TENTH.name)
        ordered = sorted(large.values(), key=lambda page: -page["ratio"])
        rows = [page_row(page, small.get(page["id"])) for page in ordered]
        headings = ["", "×", "ms", "database ms", "tenth ms", "growth", "queries", "kB", "gzip kB"]
        bare = dig(found, "pages", engine, NATIONAL.name, "bare", "ms")
        if rows:
            yield Section(f"Pages, {name}", headings, rows, f"{PAGES_NOTE} The bare view: {figure(bare, 2)} ms.")


def page_row(page: dict[str, Any], tenth: dict[str, Any] | None) -> list[str]:
    mark = "> " if page["ms"] > TARGETS.get(page["id"], page["ms"]) else ""
    changes = "! " if tenth and tenth["queries"] != page["queries"] else ""
    small = tenth["ms"] + tenth["database_ms"] if tenth else 0
    growth = (page["ms"] + page["database_ms"]) / small if small else None
    return [
        page["id"],
        figure(page["ratio"], 0),
        f"{mark}{figure(page['ms'])}",
        figure(page["database_ms"]),
        figure(tenth["ms"] if tenth else None),
        figure(growth),
        f"{changes}{page['queries']}",
        figure(page["kilobytes"], 0),
        figure(page["compressed_kilobytes"]),
    ]


def rate_sections(found: Found) -> Iterator[Section]:
    if "rates" not in found:
        return
    names = {"bare": "bare view", "page": "pillar page", "conditional": "pillar page, conditional (304)"}
    rows = []
    for engine, name in measured_engines(found):
        rates = dig(found, "rates", engine) or {}
        for key in names:
            rate = rates.get(key)
            row = [figure(rates.get(f"{key}_ratio"), 2), figure(rates.get(f"{key}_processor_ratio"), 2)]
            row += [figure(rate["a_second"], 0), figure(rate["processor_ms"], 2)] if rate else ["–", "–"]
            rows.append([f"{names[key]}, {name}", *row])
    yield Section(
        "Requests a second",
        ["", "of the bare view", "by processor", "a second", "ms each"],
        rows,
        "Gunicorn with one worker of four threads and the settings of production, asked by another process on four "
        "connections, in rounds that take turns. By processor: the same ratio from the worker's processor time, which "
        "others' work on the machine does not move. A dash under conditional: the page carried no ETag.",
    )


def flag_sections(found: Found) -> Iterator[Section]:
    if "flags" not in found:
        return
    rows = []
    for engine, name in measured_engines(found):
        for size in (NATIONAL.name, LEAN.name, TEN_TIMES.name):
            if measure := dig(found, "flags", engine, size):
                more = [dig(found, "flags", engine, f"{size}_{part}") for part in ("memory", "job")]
                rows.append(flag_row(f"{size.replace('_', ' ')}, {name}", measure, *more))
    headings = ["", "times faster", "scan s", "row by row s", "positions", "flags", "MB", "job s", "again", "MB"]
    yield Section("Flag scan", headings, rows, " ".join(flag_notes(found)))


def flag_row(name: str, measure: Found, memory: Found | None, job: Found | None) -> list[str]:
    return [
        name,
        figure(measure.get("ratio")),
        figure(measure["seconds"], 3),
        figure(measure.get("naive_seconds")),
        figure(measure["positions"]),
        figure(measure["flags"]),
        figure(memory["peak_mb"] - memory["before_mb"] if memory else None),
        figure(job["first_seconds"] if job else None),
        figure(job["again_seconds"] if job else None),
        figure(job["peak_mb"] - job["before_mb"] if job else None),
    ]


def flag_notes(found: Found) -> Iterator[str]:
    one_in = found["options"]["one_in"]
    yield (
        "Processor time of both processes. Row by row is timed on one position in "
        f"{one_in} and multiplied. Lean and ten times have ten versions of each position and short texts. MB: how "
        "much more the process holds at its peak than before. Job: the first run of raise_flags, which writes every "
        "flag, and the next."
    )
    for engine, name in measured_engines(found):
        agrees = dig(found, "flags", engine, NATIONAL.name, "agrees")
        if agrees is None:
            yield f"{name}: no flag speaks of positions, so there is nothing to compare."
        else:
            yield f"{name}: both name {'the same stale positions' if agrees else 'DIFFERENT stale positions'}."
        if (growth := memory_growth(found, engine)) is not None:
            yield f"Ten times the positions: {growth:.0f} MB more."


def loading_sections(found: Found) -> Iterator[Section]:
    if "loading" not in found:
        return
    words = {"fixtures": "the fixtures", "positions": f"{found['options']['loaded_councils']} councils' positions"}
    rows = []
    for engine, name in measured_engines(found):
        for key in words:
            if measure := dig(found, "loading", engine, key):
                rows.append([f"{words[key]}, {name}", *map(figure, _loading_figures(measure))])
    yield Section(
        "load_reforms",
        ["", "written/s", "loaded/s", "records", "checking s", "whole s", "again s"],
        rows,
        "Written/s: records by the time that a load takes longer than a dry run, which reads, checks and compares. "
        "Loaded/s: by the whole time. Again: the same files once more, with nothing to do.",
    )


def _loading_figures(measure: dict[str, Any]) -> list[float]:
    names = ("written_a_second", "loaded_a_second", "records", "checking_seconds", "whole_seconds", "again_seconds")
    return [measure[name] for name in names]


def letter_sections(found: Found) -> Iterator[Section]:
    if "letters" not in found:
        return
    names = ("ratio", "a_second", "plain_a_second", "own_ms", "letters")
    rows = []
    for engine, name in measured_engines(found):
        if measure := dig(found, "letters", engine):
            rows.append([name, *(figure(measure[key]) for key in names)])
    yield Section(
        "Sending letters",
        ["", "times the loop", "a second", "loop a second", "own ms", "letters"],
        rows,
        "The loop hands prepared messages to the same mail server on one connection, in rounds that take turns with "
        "ours, on the clock. Ours claims each letter, builds it, and marks it. Own: our processor time for each.",
    )


def report_sections(found: Found) -> Iterator[Section]:
    report = found.get("reports") or {}
    rows = [[words, figure(report[f"{name}_seconds"], 2)] for name, words in REPORT_FORMATS.items() if report]
    if rows:
        yield Section(
            "Committee reports",
            ["", "seconds"],
            rows,
            f"Six pillars with every commitment, {report['pages']} pages as PDF; on the clock, the median.",
        )


def start_sections(found: Found) -> Iterator[Section]:
    names = {
        "import_seconds": "Python ready to answer, processor s",
        "first_seconds": "./run with an empty var/, s",
        "second_seconds": "./run the second time, s",
        "nothing_seconds": "./run from nothing, s",
    }
    start = found.get("start") or {}
    rows = [[words, figure(start[name])] for name, words in names.items() if name in start]
    for engine, name in measured_engines(found):
        memory = dig(found, "rates", engine, "memory") or {}
        asked = f"after {memory.get('requests')} requests, {name}"
        rows += [
            [f"Worker's {words} memory {asked}, MB", figure(memory[key])]
            for key, words in (("resident_mb", "resident"), ("own_mb", "own"))
            if key in memory
        ]
    if rows:
        yield Section("Start and memory", ["", "found"], rows, "./run: on the clock, until /livez answers.")


def data_section(found: Found) -> Section:
    rows = []
    for size in (TENTH.name, NATIONAL.name):
        counts = next((dig(found, "pages", engine, size, "counts") for engine, _ in measured_engines(found)), None)
        if counts:
            rows.append([size, *(figure(count) for count in counts.values())])
            headings = ["", *counts]
    if not rows:
        headings = []
    return Section("Data and machine", headings, rows, " ".join(machine_notes(found)))


def machine_notes(found: Found) -> Iterator[str]:
    machine = found["machine"]
    yield f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, {machine['system']}."
    versions = [told for told in found["versions"].values() if told]
    if versions:
        told = versions[0]
        yield f"Python {told['python']}, Django {told['django']}, gunicorn {told['gunicorn']}."
        yield ", ".join(each["database"] for each in versions) + "."
    loads = f"load {found['load_before']} before, {found['load_after']} after"
    yield f"{found['made_on']}, {found['seconds']} seconds; {loads} (over {machine['cores']}: others were at work)."
    yield from (f"{name} was not measured: {why}" for name, why in found.get("missing", {}).items())
    yield from (f"Failed: {words.splitlines()[0]}" for words in found["failed"])
