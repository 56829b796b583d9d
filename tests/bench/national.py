"""A data set of the size of the country, made up: every council holds a position on every commitment.

`python -m tests.bench.national PATH.sqlite3` makes a database with the fixtures and everything below; --help says more.

What the fixtures load stays as it is. New commitments fill the pillars, each with its parts, dates, money, progress and
citations; each council that takes part gets a published version on every commitment and on every pillar, with what it
replaced before, claims, and here and there a later draft. Words are plausible and none of them is real. The same seed
makes the same rows.

Rows are written straight into the tables and leave no event: for databases that are thrown away.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from random import Random

SEED = 20230421
DAY = date(2026, 11, 2)
COUNCILS = 153
COMMITMENTS = 460
"""A few more than the fixtures hold, so that made-up ones stand on the pages beside them."""
CLAIMED = 0.3
"""The share of a council's positions on commitments that make a claim."""


def make_national(
    *,
    councils: int = COUNCILS,
    commitments: int = COMMITMENTS,
    versions: int = 2,
    seed: int = SEED,
    on: date = DAY,
    is_lean: bool = False,
    claimed: float = CLAIMED,
) -> None:
    """Fill a database that has the fixtures, up to so many commitments, parts included.

    `councils` hold positions: those of the fixtures first (Lincolnshire leads), then invented ones. `versions` were
    published of each position, the last within nine months before the day `on`, so that a third are due for review.
    Lean rows have short texts, few claims and no citations: for counting, not for reading. `claimed` is the share of
    the positions on commitments that make a claim.

    Raises ValueError without the fixtures, or where this was done before.
    """
    from django.db import transaction

    from tests.bench.bulk import analyse, without_triggers
    from tests.bench.national_councils import CouncilMaker
    from tests.bench.national_plan import make_plan

    refuse_unfit()
    with transaction.atomic(), without_triggers():
        make_plan(Random(f"plan {seed}"), commitments=commitments, on=on)
        random = Random(f"councils {seed}")
        CouncilMaker(random, versions=versions, on=on, is_lean=is_lean, claimed=claimed).make(councils)
    analyse()


def refuse_unfit() -> None:
    """Raise ValueError for a database that this cannot fill."""
    from councils.models import Council
    from pillars.models import Pillar, Source
    from tests.bench.national_plan import SOURCE

    if not Council.objects.exists() or not Pillar.objects.exists():
        raise ValueError("Load the fixtures first: councils and pillars are missing.")
    if Source.objects.filter(slug=SOURCE).exists():
        raise ValueError("This database holds a made-up national data set already.")


def counts() -> dict[str, int]:
    """How many there are of what grows."""
    from councils.models import Claim, Council, Position, PositionVersion
    from pillars.models import Commitment, Deadline, FundingLine

    models = (Commitment, Deadline, FundingLine, Council, Position, PositionVersion, Claim)
    return {str(model._meta.verbose_name_plural): model._default_manager.count() for model in models}


def main(arguments: list[str] | None = None) -> None:
    """Make a SQLite file, or fill the empty database of a DATABASE_URL."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.national", description="A made-up national data set.")
    parser.add_argument("path", help="a SQLite file that does not exist, or postgres://… of an empty database")
    parser.add_argument("--councils", type=int, default=COUNCILS, help=f"that hold positions ({COUNCILS})")
    parser.add_argument("--commitments", type=int, default=COMMITMENTS, help=f"parts included ({COMMITMENTS})")
    parser.add_argument("--versions", type=int, default=2, help="published of each position (2)")
    parser.add_argument("--seed", type=int, default=SEED, help="another makes other words")
    parser.add_argument("--on", type=date.fromisoformat, default=DAY, help=f"the day it is made for ({DAY})")
    parser.add_argument("--lean", action="store_true", help="short texts, few claims, no citations")
    options = vars(parser.parse_args(arguments))
    path, is_lean = options.pop("path"), options.pop("lean")
    set_up(path)
    make_national(**options, is_lean=is_lean)
    sys.stdout.write(", ".join(f"{number} {name}" for name, number in counts().items()) + f": {path}\n")


def set_up(path: str) -> None:
    """Point Django at a new database, make its tables and load the fixtures. Exits where the file exists."""
    if "://" not in path:
        if Path(path).exists():
            sys.exit(f"{path} exists already. Name a new file.")
        path = f"sqlite:///{Path(path).resolve()}"
    os.environ["DATABASE_URL"] = path
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reforms.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    from reforms.base import clock
    from reforms.base.loading import load

    load(now=clock.now())


if __name__ == "__main__":
    main()
