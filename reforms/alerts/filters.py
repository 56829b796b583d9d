"""How the list of flags may be filtered. Flags are worked out, not stored rows, so the filters go through a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Flag
from reforms.alerts.watched import watches
from reforms.base.filters import Facet, StrictFilterSet, StrictForm


class FlagFilters(StrictFilterSet):
    """Whoever makes this gives it the flags of the day."""

    kind = Facet("kind", label="Kind", chip="{value}", choices=FlagKind.choices)
    subject_type = Facet("subject_type", label="About")
    flags: Sequence[FlagDue] = ()

    class Meta:
        model = Flag
        fields: tuple[str, ...] = ()
        form = StrictForm

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        return {"subject_type": [(watch.subjects, watch.label) for watch in watches()]}

    def narrowed(self, *, without: str = "") -> list[FlagDue]:  # type: ignore[override]
        chosen = {self.filters[name].field_name: values for name, values in self.effective(without).items()}
        return [flag for flag in self.flags if all(getattr(flag, name) in chosen[name] for name in chosen)]

    def counts(self) -> dict[str, Counter[str]]:
        return {
            name: Counter(getattr(flag, facet.field_name) for flag in self.narrowed(without=name))
            for name, facet in self.facets.items()
        }
