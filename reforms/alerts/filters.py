"""How the list of flags may be filtered. Flags are worked out, not stored rows, so the filters go through a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property

from pillars.models import Organisation
from reforms.alerts.due import NATIONAL, wide_watches
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Flag
from reforms.alerts.watched import watches
from reforms.base.filters import Facet, StrictFilterSet, StrictForm


class FlagFilters(StrictFilterSet):
    """Whoever makes this gives it the flags of the day, of the organisations that it asks for."""

    kind = Facet("kind", label="Kind", chip="{value}", choices=FlagKind.choices, hides_empty=True)
    subject_type = Facet("subject_type", label="About", hides_empty=True)
    organisation = Facet("organisation", label="Organisation", chip="{value}", hides_empty=True)
    flags: Sequence[FlagDue] = ()

    class Meta:
        model = Flag
        fields: tuple[str, ...] = ()
        form = StrictForm

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        return {
            "subject_type": [(watch.subjects, watch.label) for watch in watches()],
            "organisation": list(Organisation.objects.order_by("name").values_list("slug", "name")),
        }

    @cached_property
    def organisations(self) -> Collection[str] | None:
        """Whose own flags are asked for, by slug: every organisation's where None.

        Nobody's, unless an organisation is named, or what only organisations have flags of: a list of what concerns
        the whole country would drown among those of 150 councils.
        """
        if self.mistakes:
            return NATIONAL
        if named := self.chosen.get("organisation"):
            return named
        kinds = {kind.value for watch in wide_watches() for kind in watch.kinds}
        subjects = {watch.subjects for watch in wide_watches()}
        is_asked = kinds & {*self.chosen.get("kind", ())} or subjects & {*self.chosen.get("subject_type", ())}
        return None if is_asked else NATIONAL

    def narrowed(self, *, without: str = "") -> list[FlagDue]:  # type: ignore[override]
        chosen = {self.filters[name].field_name: values for name, values in self.effective(without).items()}
        return [flag for flag in self.flags if all(getattr(flag, name) in chosen[name] for name in chosen)]

    def counts(self) -> dict[str, Counter[str]]:
        return {
            name: Counter(getattr(flag, facet.field_name) for flag in self.narrowed(without=name))
            for name, facet in self.facets.items()
        }
