"""Spare the garbage collector the program itself, which lives as long as its process does.

A worker holds some hundred thousand objects before its first request. Looking through all of them again and again for
the few that a page left behind took up to a tenth of the time of a long page.
"""

import gc

THRESHOLDS = (20_000, 20, 20)
"""How many new objects, and rounds of looking through young ones, before the collector looks at the next older ones.

More than the longest page holds at once, of which next to nothing is left when it is sent.
"""


def spare_the_program() -> None:
    """What is in memory now is never looked at again. Called once, when everything is loaded and nobody is served."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
