"""Forms are drawn with the project's own templates, and pages let go of what they were drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, HttpResponse
from django.template.context import make_context
from django.template.loader import get_template


def render(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page, as `django.shortcuts.render` makes it; one that says what is wrong is not cited.

    Django's context holds itself, so what a page was made of would stay until the garbage collector has looked through
    all of it. Emptied here, it goes at once: thousands of objects on a long page.
    """
    found: Any = get_template(template)
    given = dict(context) if status == 200 else {**context, "citation": None}
    filled = make_context(given, request, autoescape=found.backend.engine.autoescape)
    html = found.template.render(filled)
    filled.dicts.clear()
    return HttpResponse(html, status=status)


class FormRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class Counted(str):
    """The label of a choice with how many rows it would show: "Window open (19)", the number in grey."""

    tally: int

    def __new__(cls, words: str, tally: int) -> Self:
        label = super().__new__(cls, words)
        label.tally = tally
        return label

    def __getnewargs__(self) -> tuple[str, int]:  # type: ignore[override]
        """So that a form, which copies its choices, can copy this."""
        return str(self), self.tally
