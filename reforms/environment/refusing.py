"""How a refused environment is told: in words, whichever program was started, and without a traceback."""

from __future__ import annotations

import sys
from types import TracebackType

from django.core.exceptions import ImproperlyConfigured


class RefusedError(ImproperlyConfigured):
    """The environment says something that cannot be; the message is for the person who starts the service."""


def tell_refusals_in_words() -> None:
    """From now on a process that ends by a refusal says it and nothing else. Its exit status is 1, as ever."""
    usual = sys.excepthook

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, RefusedError):
            sys.stderr.write(f"{error}\n")
        else:
            usual(kind, error, trace)

    sys.excepthook = tell
