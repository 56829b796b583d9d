"""The project's settings, with a hint at the end of each form that is sent: the most that any form may ask for.

With WITHOUT=hints each is sent as Celery would by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from reforms.settings import *  # noqa: F403
from reforms.settings import CELERY_BROKER_TRANSPORT_OPTIONS, MIDDLEWARE

TASK = "reforms.alerts.tasks.send_letters"
MIDDLEWARE = [*MIDDLEWARE, "tests.faults.hinting.HintMiddleware"]
IS_CARELESS = "hints" in os.environ.get("WITHOUT", "").split()
if IS_CARELESS:
    CELERY_BROKER_TRANSPORT_OPTIONS = {}


class HintMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from reforms.base import hints

        response = self.get_response(request)
        if request.method == "POST":
            send = hints.app.send_task if IS_CARELESS else hints.hint
            send(TASK)
        return response
