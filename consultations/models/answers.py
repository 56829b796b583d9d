"""What a response says to each question, and what it leaves unanswered."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from consultations.models.questions import Question
from consultations.models.responses import Response
from councils.models import View
from pillars.models import CitedFact, CitedFactQuerySet


class AnswerQuerySet(CitedFactQuerySet):
    def visible_to(self, user) -> Self:
        """The answers of the responses that the person may read."""
        return self.filter(response__in=Response.objects.visible_to(user))


class Answer(CitedFact):
    """The answer to one question, in our own words but for what was chosen.

    "Not answered" is what a document says in so many words; where nothing stands below a question, it is empty.
    """

    class State(models.TextChoices):
        ANSWERED = "answered", "Answered"
        NOT_ANSWERED = "not_answered", "Not answered"
        EMPTY = "empty", "Left empty"

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField(max_length=20, choices=State)
    choices = models.JSONField(default=list, blank=True, help_text="The options that were marked.")
    text = models.TextField(blank=True, help_text="Our own words.")
    answers_question = models.ForeignKey(
        Question,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answered_elsewhere",
        help_text="The question it says of itself that it belongs to.",
    )
    note = models.TextField(blank=True, help_text="How we read it, in our words.")
    views = models.ManyToManyField(View, blank=True, related_name="+", help_text="The views and asks that it carries.")

    objects = AnswerQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["response", "question__section__number", "question__position"]
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="a_response_answers_each_question_once"),
            models.CheckConstraint(
                condition=Q(state="answered") | Q(text=""), name="what_was_left_unanswered_has_no_text"
            ),
            models.CheckConstraint(
                condition=~Q(answers_question=models.F("question")),
                name="an_answer_belongs_elsewhere_or_says_nothing_of_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return f"{self.response.get_absolute_url()}#{self.question.anchor_name}"

    @property
    def reference(self) -> str:
        """For example stable-homes-strategy/london-innovation-and-improvement-alliance/7/2a."""
        return f"{self.response.reference}/{self.question.place_in_form}"

    @property
    def is_answered(self) -> bool:
        return self.state == self.State.ANSWERED
