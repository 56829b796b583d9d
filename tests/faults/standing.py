"""The project's Celery application in a hurry, whose beat stands still between two runs while the file HOLD is there.

It leaves the file HOLD.held once it does. A process stopped from outside may be stopped in the middle of a run, and a
run that loses its server fails, as it should.
"""

import os
import time
from pathlib import Path

from celery.signals import task_prerun

from tests.engines.hurried import app as app

HOLD = Path(os.environ["HOLD"])
HELD = HOLD.with_name(f"{HOLD.name}.held")


@task_prerun.connect  # before beat starts and connects what looks at the connections
def stand_still(**_: object) -> None:
    """As long as it is told to."""
    while HOLD.exists():
        HELD.touch()
        time.sleep(0.02)
