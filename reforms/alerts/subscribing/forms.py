"""Forms in which somebody says what they want to hear about, and how often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.encoding import punycode

from pillars.models import Organisation
from reforms.alerts.models import Subscription
from reforms.alerts.subscribing.choices import (
    OFTEN,
    Choices,
    Target,
    find_consultation,
    find_council,
    find_pillar,
    target_of,
)
from reforms.alerts.topics import USUAL, Frequency, Topic
from reforms.base.filters import StrictForm

STOP = "stop"
FINDERS = {"pillar": find_pillar, "council": find_council, "consultation": find_consultation}


class TargetForm(StrictForm):
    """What the address names: one pillar, one council or one consultation, or nothing."""

    besides = ("as_at",)

    pillar = forms.CharField(required=False, label="Pillar")
    council = forms.CharField(required=False, label="Council")
    consultation = forms.CharField(required=False, label="Consultation")

    target: Target | None = None

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean(self) -> dict[str, Any]:
        given = {name: value for name, value in super().clean().items() if value}
        if self.errors or not given:
            return given
        if len(given) > 1:
            raise ValidationError("Choose one pillar, one council or one consultation")
        [(name, value)] = given.items()
        self.target = FINDERS[name](value, on=self.on)
        if self.target is None:
            self.add_error(name, f"There is no such {name}. Choose one below")
        return given


class FrequencyForm(forms.Form):
    """How often: for somebody who has signed in there is nothing else to say."""

    frequency = forms.ChoiceField(
        label="How often",
        choices=OFTEN,
        initial=Frequency.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose daily or weekly", "invalid_choice": "Choose daily or weekly"},
    )

    def clean_frequency(self) -> Frequency:
        return Frequency(self.cleaned_data["frequency"])


class AskForm(FrequencyForm):
    """Where to, and how often."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="We send a link there first, to make sure that it is you who asks.",
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address like name@example.org",
            "max_length": "Enter an e-mail address of at most 254 characters",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "class": "app-find"}),
    )
    field_order = ["email", "frequency"]

    def clean_email(self) -> str:
        """In small letters, and with the name of the host as machines write it: one address is written one way."""
        local, _, host = self.cleaned_data["email"].lower().rpartition("@")
        email = f"{local}@{punycode(host)}"
        EmailValidator("Enter an e-mail address like name@example.org")(email)
        if len(email) > 254:
            raise ValidationError("Enter an e-mail address of at most 254 characters")
        return email


class FollowedForm(forms.Form):
    """How often to hear of each thing that is followed, or no more; and whether at once where it is urgent."""

    is_told_at_once = forms.BooleanField(
        required=False, label="Tell me at once in the last three days before a consultation closes"
    )

    def __init__(self, *args: Any, subscriptions: Sequence[Subscription], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subscriptions = subscriptions
        for each in subscriptions:
            self.fields[f"follow-{each.pk}"] = forms.ChoiceField(
                label=target_of(each).title,
                choices=[*OFTEN, (STOP, "Stop")],
                initial=each.frequency,
                error_messages=WRONG_CHOICE,
            )

    def followed(self) -> list[forms.BoundField]:
        """A box for each thing that is followed."""
        return [self[f"follow-{each.pk}"] for each in self.subscriptions]

    def changes(self) -> Iterator[tuple[Subscription, Frequency | None]]:
        """What was chosen for each; None for no more."""
        for each in self.subscriptions:
            value = self.cleaned_data[f"follow-{each.pk}"]
            yield each, None if value == STOP else Frequency(value)


class ChoicesForm(FollowedForm):
    """The same for somebody with an account, who also chooses for each organisation and topic."""

    def __init__(self, *args: Any, organisations: Sequence[Organisation], choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = organisations
        for (organisation, topic), frequency in choices.items():
            self.fields[f"topic-{organisation}-{topic}"] = forms.ChoiceField(
                label=topic.label,
                choices=[(each.value, words_for(each, topic)) for each in Frequency],
                initial=frequency.value,
                error_messages=WRONG_CHOICE,
            )

    def by_organisation(self) -> Iterator[tuple[Organisation, list[forms.BoundField]]]:
        """Each organisation, with a box for each topic."""
        for each in self.organisations:
            yield each, [self[f"topic-{each.pk}-{topic}"] for topic in Topic]

    def chosen(self) -> Choices:
        return {
            (each.pk, topic): Frequency(self.cleaned_data[f"topic-{each.pk}-{topic}"])
            for each in self.organisations
            for topic in Topic
        }


def words_for(frequency: Frequency, topic: Topic) -> str:
    """Marks what is usual, as long as nobody chooses."""
    return f"{frequency.label} (usual)" if frequency == USUAL[topic] else str(frequency.label)


WRONG_CHOICE = {"required": "Choose how often", "invalid_choice": "Choose how often from the list"}
