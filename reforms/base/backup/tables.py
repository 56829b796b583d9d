"""Which tables a backup holds. Every table is in it, or stands here with the reason why not."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model

LEFT_OUT = {
    "account.emailaddress": "never written to: an address is the person's own",
    "account.emailconfirmation": "never written to: people are invited at their address",
    "auth.permission": "made by migrate, under numbers of its own: a row names one by app, model and codename",
    "base.dataversion": "belongs to one database: the restore's own writes move it past every number ever given out",
    "base.heartbeat": "signs of life of another installation would be untrue here",
    "base.sharedvalue": "what workers tell each other, for minutes",
    "contenttypes.contenttype": "made by migrate, under numbers of its own: a row names one by app and model",
    "sessions.session": "people sign in again",
    "socialaccount.socialaccount": "never written to: the address decides, each time",
    "socialaccount.socialapp": "never written to: the environment names the provider",
    "socialaccount.socialtoken": "never written to: nothing is asked of the provider afterwards",
}

NAMED = ("auth.permission", "contenttypes.contenttype")
"""What a row refers to by name, since the same thing has another number in another database."""


def tables() -> list[type[Model]]:
    """Every model whose rows a backup holds, the links of many-to-many fields among them, by label."""
    kept = (model for model in apps.get_models(include_auto_created=True) if is_kept(model))
    return sorted(kept, key=lambda model: model._meta.label_lower)


def is_kept(model: type[Model]) -> bool:
    """Whether a model has rows of its own that a backup holds."""
    return model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT


def named_fields(model: type[Model]) -> dict[str, type[Model]]:
    """The fields of a model whose targets are referred to by name, with what they refer to."""
    targets = {field.name: field.related_model for field in model._meta.concrete_fields if field.is_relation}
    return {
        name: target
        for name, target in targets.items()
        if isinstance(target, type) and target._meta.label_lower in NAMED
    }
