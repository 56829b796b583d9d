"""The answer to a request that could not be answered."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.views.defaults import server_error

from reforms.base.responses import wants_data

SECONDS_UNTIL_NEXT_TRY = 30
UNAVAILABLE = "The service is unavailable. Try again in a few minutes."


def failed(request: HttpRequest) -> HttpResponse:
    """What Django calls where a view, or anything around it, has raised: 503 for a database that is away, else 500.

    A handler and not a middleware: a person's session is read outside every view, and by then middleware is too late.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return server_error(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503, made without the database."""
    if wants_data(request):
        answer: HttpResponse = JsonResponse({"errors": {"service": [UNAVAILABLE]}})
    else:
        answer = HttpResponse(loader.get_template("503.html").render())
    answer.status_code = 503
    answer["Retry-After"] = str(SECONDS_UNTIL_NEXT_TRY)
    return answer
