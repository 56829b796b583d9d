"""What somebody may ask to hear about, and what they have chosen so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from consultations.models import Consultation
from councils import access
from councils.models import Council
from pillars.models import Organisation, Pillar, Programme
from reforms.alerts.models import Recipient, Subscription
from reforms.alerts.topics import USUAL, Frequency, Topic
from reforms.base.models import User

OFTEN: list[tuple[str, str]] = [(each.value, str(each.label)) for each in (Frequency.DAILY, Frequency.WEEKLY)]
"""How often anybody may ask to hear about one thing."""
Choices = Mapping[tuple[int, Topic], Frequency]
"""How often, by the key of an organisation and the topic."""

HEARS = {
    "pillar": "You hear about consultations on it, the dates of what was promised, and what councils publish on it.",
    "organisation": "You hear when this council publishes where it stands on the reform, or withdraws it.",
    "consultation": "You hear when it opens, how long is left before it closes, and when it has closed.",
}


@dataclass(frozen=True)
class Target:
    """One pillar, council or consultation. `kind` is the column of a subscription that points to it with `key`."""

    kind: str
    key: int
    title: str
    url: str

    @property
    def column(self) -> dict[str, int]:
        return {f"{self.kind}_id": self.key}

    @property
    def hears(self) -> str:
        """What those who ask for it are told about."""
        return HEARS[self.kind]


def pillar_target(pillar: Pillar) -> Target:
    """Needs its programme loaded."""
    programme = pillar.programme
    title = f"{pillar.title} ({programme.title}, {programme.pillar_noun} {pillar.number})"
    return Target("pillar", pillar.pk, title, pillar.get_absolute_url())


def council_target(organisation: Organisation) -> Target:
    return Target("organisation", organisation.pk, organisation.name, organisation.get_absolute_url())


def consultation_target(consultation: Consultation) -> Target:
    return Target("consultation", consultation.pk, consultation.title, consultation.get_absolute_url())


def target_of(subscription: Subscription) -> Target:
    """What a subscription is to. Needs that loaded, and the programme of a pillar."""
    if subscription.pillar:
        return pillar_target(subscription.pillar)
    if subscription.consultation:
        return consultation_target(subscription.consultation)
    assert subscription.organisation  # noqa: S101 - the database sees to it that one of the three is there
    return council_target(subscription.organisation)


def find_pillar(words: str, *, on: date) -> Target | None:
    """By its programme and number: stable-homes/4."""
    slug, _, number = words.partition("/")
    if not (number.isascii() and number.isdecimal() and len(number) <= 3):
        return None
    found = Pillar.objects.known(on=on).filter(programme__slug=slug, number=int(number))
    pillar = found.select_related("programme").first()
    return pillar_target(pillar) if pillar else None


def find_council(slug: str, *, on: date) -> Target | None:
    council = Council.objects.known(on=on).filter(organisation__slug=slug).select_related("organisation").first()
    return council_target(council.organisation) if council else None


def find_consultation(slug: str, *, on: date) -> Target | None:
    consultation = Consultation.objects.known(on=on).filter(slug=slug).first()
    return consultation_target(consultation) if consultation else None


def councils(*, on: date) -> list[tuple[str, str]]:
    """Every council that there is on the day: what an address calls it, and its name."""
    known = Council.objects.known(on=on).order_by("organisation__name")
    return list(known.values_list("organisation__slug", "organisation__name"))


def consultations_to_come(*, on: date, now: datetime) -> list[Consultation]:
    """Those of which there is still something to hear before they close."""
    known = Consultation.objects.known(on=on).filter(Q(closes_at=None) | Q(closes_at__gt=now))
    return list(known.filter(outcome="").order_by("title"))


def pillars(*, on: date) -> list[Pillar]:
    """Those of programmes that promise something before those of a review."""
    known = Pillar.objects.known(on=on).select_related("programme")
    return sorted(
        known, key=lambda each: (each.programme.kind == Programme.Kind.REVIEW, each.programme.slug, each.number)
    )


def followed(recipient: Recipient | None) -> list[Subscription]:
    """What a recipient asked to hear about and confirmed, besides the work of organisations."""
    if recipient is None:
        return []
    found = recipient.subscriptions.filter(topic="", confirmed_at__isnull=False)
    return list(found.select_related("pillar__programme", "organisation", "consultation"))


def organisations_of(person: User) -> Sequence[Organisation]:
    """Those in which the person has a role, by name."""
    return [acting.organisation for acting in access.organisations_of(person)]


def chosen(recipient: Recipient | None, organisations: Iterable[Organisation]) -> Choices:
    """How often the recipient hears of each topic of each organisation: as chosen, or as usual."""
    choices = {(each.pk, topic): USUAL[topic] for each in organisations for topic in Topic}
    if recipient:
        rows = recipient.subscriptions.exclude(topic="").filter(organisation__in=[key for key, _ in choices])
        for organisation, topic, frequency in rows.values_list("organisation", "topic", "frequency"):
            choices[organisation, Topic(topic)] = Frequency(frequency)
    return choices
