"""Forms are drawn with the project's own templates."""

from __future__ import annotations

from typing import Self

from django.forms.renderers import TemplatesSetting


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
