"""What stands under "What councils say" on the page of a commitment: a page of councils, or one that was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from pillars.ledger import Entry, every
from reforms.base.filters import name_mistakes
from reforms.base.lists.paging import Paging, read_page
from reforms.base.lists.panel import Pagination, pagination
from reforms.base.lists.sorting import BadParameterError
from reforms.base.requests import Request
from reforms.pages.on_commitment import SHOWN, CouncilForm, Said, readiness_words, said_by, speaking_of
from reforms.pages.spoken import FEW


@dataclass(frozen=True)
class Addresses:
    """The pages of councils on one commitment."""

    request: Request

    def page(self, number: int) -> str:
        query = f"?page={number}" if number > 1 else ""
        return f"{self.request.as_at.carry(f'{self.request.path}{query}')}#councils"


class CouncilsSay:
    """Everything the section shows, as asked for by `council` or by `page`."""

    def __init__(self, request: Request, row: Entry) -> None:
        self.ids = {entry.commitment.pk for entry in every([row])}
        self.speaking = speaking_of(self.ids, on=request.as_at.day)
        self.slugs = list(dict.fromkeys(each.slug for each in self.speaking))
        self.readiness = readiness_words(self.speaking, row.commitment.pk)
        self.form = CouncilForm(request.GET, speaking=self.speaking)
        self.request = request
        self.paging = self._paging()
        name_mistakes(self.form, self.form.mistakes)
        self.said = [] if self.form.errors else self._said()

    @property
    def count(self) -> int:
        """How many councils speak of it."""
        return len(self.slugs)

    @property
    def chosen(self) -> str:
        """The slug of the council that was chosen, if any was."""
        return "" if self.form.errors else self.form.cleaned_data["council"]

    @property
    def is_folded(self) -> bool:
        """Whether only the first position of each council stands open: not for the one that was chosen."""
        return not self.chosen and sum(len(each.lines) for each in self.said) > FEW

    @property
    def all_url(self) -> str:
        return Addresses(self.request).page(1)

    @property
    def pagination(self) -> Pagination | None:
        return None if self.chosen else pagination(self.paging, Addresses(self.request))

    def _paging(self) -> Paging:
        """The page asked for; the first, and a mistake of the form, where there is no such page."""
        try:
            return read_page(self.request.GET.getlist("page"), size=SHOWN, count=self.count)
        except BadParameterError as error:
            self.form.add_error(None, f"page: {error}")
            return Paging(1, SHOWN, self.count)

    def _said(self) -> list[Said]:
        shown = {self.chosen} if self.chosen else set(self.slugs[self.paging.slice])
        speaking = [each for each in self.speaking if each.slug in shown]
        return said_by(speaking, self.ids, on=self.request.as_at.day, is_whole=bool(self.chosen))
