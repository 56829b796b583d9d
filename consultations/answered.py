"""A response as its page shows it: each question of the form in its order, and what was answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch

from consultations.models import Answer, Question, Response, Section
from councils.models import View
from councils.shown_views import ShownView, count_stances, known_views, shown
from pillars.models import Citation

FEW_VIEWS = 3
"""So many stand open; more are folded under their count."""
NOT_SEEN = "No answer recorded here"
CHOSEN_FROM = (Question.Kind.CHOICE, Question.Kind.CHOICES, Question.Kind.SCALE)


@dataclass(frozen=True)
class Elsewhere:
    """Another question of the form, as one names it from within a section: `is_near` in the same one."""

    question: Question
    is_near: bool

    @property
    def words(self) -> str:
        number = f"question {self.question.number}{self.question.part}"
        return number if self.is_near else f"{number} of section {self.question.section.number}"

    @property
    def anchor(self) -> str:
        return self.question.anchor_name


@dataclass(frozen=True)
class Asked:
    """One question and its answer. `options` are those seen, each with whether it was chosen."""

    question: Question
    answer: Answer | None
    options: list[tuple[str, bool]]
    views: list[ShownView]
    stances: str
    belongs_to: Elsewhere | None
    answered_under: list[Elsewhere]

    @property
    def is_answered(self) -> bool:
        return self.answer is not None and self.answer.is_answered

    @property
    def unanswered(self) -> str:
        """How it was left: what the document says so of, and what is only empty, are told apart."""
        return self.answer.get_state_display() if self.answer else NOT_SEEN

    @property
    def has_unseen_options(self) -> bool:
        """Whether one could choose, and no more is known than what was chosen."""
        return self.question.kind in CHOSEN_FROM and all(is_chosen for _option, is_chosen in self.options)

    @property
    def chosen(self) -> str:
        """What was marked: the option, or how many of those seen where there were several."""
        marked = self.answer.choices if self.answer else []
        return f"{len(marked)} of {len(self.options)} options" if len(marked) > 1 else "".join(marked)

    @property
    def is_folded(self) -> bool:
        return len(self.views) > FEW_VIEWS

    @property
    def citations(self) -> Sequence[Citation]:
        return list((self.answer or self.question).citations.all())


@dataclass(frozen=True)
class Part:
    """One section of the form."""

    section: Section
    asked: list[Asked]

    @property
    def answered(self) -> int:
        return sum(each.is_answered for each in self.asked)

    @property
    def is_unanswered(self) -> bool:
        """Whether nothing was answered: then the questions are folded."""
        return not self.answered

    @property
    def is_for(self) -> str:
        """Whom the whole section is for, where it is not for all."""
        audiences = {each.question.is_for for each in self.asked}
        return audiences.pop() if len(audiences) == 1 else ""

    @property
    def words(self) -> str:
        count = len(self.asked)
        return f"{self.answered} of {count} answered" if self.answered else f"None of {count} answered"


@dataclass(frozen=True)
class Tally:
    """How many questions and boxes the form has, and what became of them."""

    questions: int
    boxes: int
    answered: int
    not_answered: int
    empty: int
    stances: str
    views: int

    @property
    def whole(self) -> int:
        return self.questions + self.boxes

    @property
    def unanswered(self) -> int:
        return self.whole - self.answered


def form_of(response: Response, *, on: date) -> list[Part]:
    """Every section that was known by the day, with the response's answers."""
    answers = {answer.question_id: answer for answer in _answers(response, on=on)}
    questions = Question.objects.known(on=on).select_related("section").with_citations(on=on)
    sections = response.consultation.sections.known(on=on)
    found = list(sections.prefetch_related(Prefetch("questions", questions.order_by("position"), to_attr="asked")))
    places = {question.pk: section for section in found for question in section.asked}
    under = _answered_under(answers.values(), places)
    return [
        Part(section, [_asked(each, answers.get(each.pk), places, under, on=on) for each in section.asked])
        for section in found
    ]


def _answers(response: Response, *, on: date) -> list[Answer]:
    found = response.answers.known(on=on).with_citations(on=on)
    related = found.select_related("question__section", "answers_question__section")
    return list(related.prefetch_related(Prefetch("views", known_views(on=on), to_attr="known_views")))


def _asked(
    question: Question,
    answer: Answer | None,
    places: Mapping[int, Section],
    under: Mapping[int, list[Elsewhere]],
    *,
    on: date,
) -> Asked:
    views: list[View] = answer.known_views if answer else []  # type: ignore[attr-defined]
    chosen = answer.choices if answer else []
    target = answer.answers_question if answer else None
    return Asked(
        question=question,
        answer=answer,
        options=[(option, option in chosen) for option in question.options],
        views=[shown(view, on=on) for view in views],
        stances=count_stances(views),
        belongs_to=_elsewhere(target, question.section) if target and target.pk in places else None,
        answered_under=under.get(question.pk, []),
    )


def _answered_under(answers: Iterable[Answer], places: Mapping[int, Section]) -> dict[int, list[Elsewhere]]:
    """For each question, the other questions under which an answer says that it belongs to this one."""
    found: dict[int, list[Elsewhere]] = defaultdict(list)
    for answer in answers:
        target = answer.answers_question
        if target and answer.question_id in places:
            found[target.pk].append(_elsewhere(answer.question, target.section))
    return found


def _elsewhere(question: Question, here: Section) -> Elsewhere:
    return Elsewhere(question, is_near=question.section_id == here.pk)


def misplaced(parts: Sequence[Part]) -> list[tuple[Elsewhere, Elsewhere]]:
    """The answers that say of themselves that they stand under the wrong question, each with the right one."""
    found = [(each.question, each.belongs_to) for part in parts for each in part.asked]
    return [
        (Elsewhere(question, is_near=False), replace(target, is_near=False)) for question, target in found if target
    ]


def tally(parts: Sequence[Part]) -> Tally:
    asked = [each for part in parts for each in part.asked]
    states = [each.answer.state for each in asked if each.answer]
    views = {view.pk: view for each in asked if each.answer for view in each.answer.known_views}  # type: ignore[attr-defined]
    return Tally(
        questions=sum(not each.question.part for each in asked),
        boxes=sum(bool(each.question.part) for each in asked),
        answered=sum(each.is_answered for each in asked),
        not_answered=states.count(Answer.State.NOT_ANSWERED),
        empty=states.count(Answer.State.EMPTY),
        stances=count_stances(views.values()),
        views=len(views),
    )
