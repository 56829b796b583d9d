"""A report of six pillars at full depth, about sixty pages, in each format. It needs no database."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from typing import Any

from pypdf import PdfReader

from reforms.reports.document.docx import as_docx
from reforms.reports.document.html import body_of
from reforms.reports.document.pdf import as_pdf
from reforms.reports.document.values import Block, Document, Section

ADDRESS = "https://reforms.example.org"
PILLARS, COMMITMENTS = 6, 24
PROMISE = "The department is to do what it said it would do, with those who have to do it, and to say how it went. " * 3
BEGUN = "We have begun, **partly** with our partners:\n\n- staff are being found\n- money is *not* yet agreed\n\n"


def measure_reports(*, rounds: int) -> dict[str, Any]:
    """The median time of each format, and how long the report is."""
    document = a_report()
    makers: dict[str, Callable[[], object]] = {
        "html": lambda: body_of(document),
        "docx": lambda: as_docx(document, base_url=ADDRESS),
        "pdf": lambda: as_pdf(document, base_url=ADDRESS),
    }
    found = {f"{name}_seconds": seconds(make, rounds) for name, make in makers.items()}
    pages = len(PdfReader(io.BytesIO(as_pdf(document, base_url=ADDRESS))).pages)
    return found | {"pages": pages}


def seconds(make: Callable[[], object], rounds: int) -> float:
    """On the clock, since typst works on several cores."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        make()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def a_report() -> Document:
    """As an officer would have it filled for six pillars and every commitment."""
    return Document(
        organisation="Lincolnshire County Council",
        committee="Children and Young People Scrutiny Committee",
        subject="Where we stand",
        layout="scrutiny",
        meeting_on="2023-04-21",
        as_at="2023-04-20",
        programme="Stable Homes, Built on Love",
        address="/reports/lincolnshire/1/",
        sections=tuple(a_pillar(number) for number in range(1, PILLARS + 1)),
    )


def a_pillar(number: int) -> Section:
    blocks = [a_table(number)]
    for place in range(1, COMMITMENTS + 1):
        reference = f"SH-{number}-{place:02}"
        blocks.append(Block(f"## {reference}\n\n{PROMISE}\n\nDue by 2025.", source=f"commitment:{reference}"))
        blocks.append(Block(BEGUN + PROMISE, source=f"position:lincolnshire/{reference}"))
    return Section("background", f"Pillar {number}", tuple(blocks))


def a_table(number: int) -> Block:
    rows = ((f"Line {each}", "£45 million", "2023 to 2025") for each in range(30))
    return Block("Money", (("What for", "Amount", "Years"), *rows), source=f"pillar:stable-homes/{number}")
