"""What the figures were found on. Never the name of the machine."""

from __future__ import annotations

import os
import platform
from pathlib import Path

PACKAGES = ("django", "psycopg", "gunicorn")


def versions() -> dict[str, str]:
    """Of Python, what the site is built on, and the database that this process uses."""
    from importlib.metadata import version

    return {"python": platform.python_version()} | {name: version(name) for name in PACKAGES} | {"database": database()}


def database() -> str:
    """SQLite 3.40.1, or PostgreSQL 15.18."""
    from django.db import connection

    connection.ensure_connection()
    numbers = connection.get_database_version()  # type: ignore[attr-defined]
    return f"{connection.display_name} {'.'.join(map(str, numbers))}"


def machine() -> dict[str, str | int]:
    """Processor, cores we may use, memory and system."""
    return {
        "processor": _told("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "memory_gb": round(int((_told("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) / 1024**2),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
    }


def load() -> float:
    """How many processes wanted the processor in the last minute: above the number of cores, times are worse."""
    return round(os.getloadavg()[0], 2)


def _told(path: str, name: str) -> str:
    """A value from one of Linux's tables; nothing on another system."""
    file = Path(path)
    lines = file.read_text().splitlines() if file.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
