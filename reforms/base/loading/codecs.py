"""How the value of a model field is read from a file, compared, and stored.

Between files and database a value is *plain*: text, a whole number, yes or no, nothing, or a list of texts.
Days and moments are ISO 8601 text, amounts decimal text, other records their natural keys. Plain values can
be compared with `==`, kept as JSON and written from any kind of file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from reforms.base.loading.yaml_files import ListNode, Node, TextNode

Plain = str | int | bool | None | list[str]

LONGEST_TEXT = 20_000
"""Characters of a text whose column sets no limit."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Unreadable(ValueError):  # noqa: N818 - named for what it is
    """A value cannot be read. The message completes "amount …"."""


class Codec:
    """A text column, and what the others share."""

    is_kept_plain = True
    """Whether every database keeps the plain value as it is."""

    def __init__(self, field: models.Field) -> None:
        self.field = field
        self.name = field.name
        self.column = field.attname

    def read(self, node: Node) -> Plain:
        """The plain value of a node. Raises Unreadable."""
        if not isinstance(node, TextNode):
            raise Unreadable("has to be one text, not a list or a mapping")
        if not node.text:
            return self.absent()
        return self.read_text(node.text)

    def read_text(self, text: str) -> Plain:
        longest = self.field.max_length or LONGEST_TEXT
        if len(text) > longest:
            raise Unreadable(f"has {len(text)} characters, which is more than {longest}")
        self._check_choice(text)
        return text

    @cached_property
    def _choices(self) -> tuple[str, ...]:
        return tuple(value for value, _ in self.field.flatchoices)

    def _check_choice(self, text: str) -> None:
        if self._choices and text not in self._choices:
            raise Unreadable(f"is “{text}”; it has to be one of {', '.join(self._choices)}")

    def absent(self) -> Plain:
        """The value where the file gives none. Raises Unreadable where it has to."""
        if self.field.has_default():
            default = self.field.get_default()
            return self.plain(getattr(default, "value", default))
        if self.field.null:
            return None
        if self.field.blank:
            return ""
        raise Unreadable("is missing")

    def plain(self, stored: Any) -> Plain:
        """The plain form of a value from the database."""
        return stored

    def stored(self, plain: Plain) -> Any:
        """The value to put in the database."""
        return plain


class SlugCodec(Codec):
    def read_text(self, text: str) -> Plain:
        if not SLUG.fullmatch(text):
            raise Unreadable(f"is “{text}”; it has to be lower-case letters and digits, joined by hyphens")
        return super().read_text(text)


class AddressCodec(Codec):
    """A web address."""

    def read_text(self, text: str) -> Plain:
        try:
            URLValidator(schemes=["http", "https"])(text)
        except ValidationError as error:
            raise Unreadable(f"is “{text}”, which is not a web address") from error
        return super().read_text(text)


class DayCodec(Codec):
    is_kept_plain = False

    def read_text(self, text: str) -> Plain:
        return read_day(text).isoformat()

    def plain(self, stored: date | None) -> Plain:
        return stored.isoformat() if stored else None

    def stored(self, plain: Plain) -> date | None:
        return date.fromisoformat(str(plain)) if plain else None


class MomentCodec(Codec):
    is_kept_plain = False

    def plain(self, stored: datetime | None) -> Plain:
        return stored.astimezone(UTC).isoformat() if stored else None

    def stored(self, plain: Plain) -> datetime | None:
        return datetime.fromisoformat(str(plain)) if plain else None


class WholeNumberCodec(Codec):
    def read_text(self, text: str) -> Plain:
        return read_whole_number(text, largest=self._largest())

    def _largest(self) -> int:
        small = isinstance(self.field, models.SmallIntegerField | models.PositiveSmallIntegerField)
        return 32_767 if small else 2_147_483_647


class DecimalCodec(Codec):
    """An amount, kept with all the decimal places of its column."""

    is_kept_plain = False
    field: models.DecimalField

    def read_text(self, text: str) -> Plain:
        places = self.field.decimal_places or 0
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
            raise Unreadable(f"is “{text}”; it has to be digits only, such as 45000000 or 12.43")
        if len(text.partition(".")[2]) > places:
            raise Unreadable(f"is “{text}”; it can have at most {places} decimal places")
        if len(text.partition(".")[0].lstrip("0")) > (self.field.max_digits or 0) - places:
            raise Unreadable(f"is “{text}”, which is too large")
        return self.plain(Decimal(text))

    def plain(self, stored: Decimal | None) -> Plain:
        return None if stored is None else f"{stored:.{self.field.decimal_places}f}"

    def stored(self, plain: Plain) -> Decimal | None:
        return None if plain is None else Decimal(str(plain))


class YesNoCodec(Codec):
    def read_text(self, text: str) -> Plain:
        if text not in ("yes", "no", "true", "false"):
            raise Unreadable(f"is “{text}”; it has to be yes or no")
        return text in ("yes", "true")


class TextListCodec(Codec):
    """A JSON column that holds a list of texts, in the order given."""

    is_kept_plain = False

    def read(self, node: Node) -> Plain:
        return [item.text for item in read_text_list(node)]


class ReferenceCodec(Codec):
    """A foreign key; plain, the natural key of the other record. Snapshot and writer know its row."""

    field: models.ForeignKey

    def read_text(self, text: str) -> Plain:
        return text


class ManyCodec(Codec):
    """Many-to-many; plain, the natural keys in order, each once."""

    field: models.ManyToManyField

    def __init__(self, field: models.ManyToManyField) -> None:
        super().__init__(field)
        self.column = ""

    def read(self, node: Node) -> Plain:
        return sorted({item.text for item in read_text_list(node)})

    def absent(self) -> Plain:
        return []

    @property
    def through(self) -> type[models.Model]:
        """The model of the linking table."""
        return cast(type[models.Model], self.field.remote_field.through)

    @property
    def columns(self) -> tuple[str, str]:
        """The two columns of the linking table: this record, then the other."""
        return self.field.m2m_column_name(), self.field.m2m_reverse_name()


CODECS: tuple[tuple[type[models.Field], type[Codec]], ...] = (
    (models.ManyToManyField, ManyCodec),
    (models.ForeignKey, ReferenceCodec),
    (models.SlugField, SlugCodec),
    (models.URLField, AddressCodec),
    (models.DateTimeField, MomentCodec),
    (models.DateField, DayCodec),
    (models.DecimalField, DecimalCodec),
    (models.BooleanField, YesNoCodec),
    (models.IntegerField, WholeNumberCodec),
    (models.JSONField, TextListCodec),
    (models.Field, Codec),
)
"""The first that fits: a slug is text too, and a moment is a day to Django."""


def codec_for(model: type[models.Model], name: str) -> Codec:
    """The codec of one field of a model."""
    field = cast(models.Field, model._meta.get_field(name))
    return next(codec(field) for field_class, codec in CODECS if isinstance(field, field_class))


def read_day(text: str) -> date:
    """An ISO day within two centuries of us. Raises Unreadable."""
    try:
        day = date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable(f"is “{text}”, which is not a date; write it as 2023-04-21")
    return day


def read_whole_number(text: str, *, largest: int) -> int:
    """A whole number from 0. Raises Unreadable."""
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > largest:
        raise Unreadable(f"is “{text}”; it has to be a whole number from 0 to {largest}")
    return int(text)


def read_text_list(node: Node) -> Sequence[TextNode]:
    """The texts of a list; nothing at all is an empty list. Raises Unreadable."""
    if isinstance(node, TextNode) and not node.text:
        return []
    items = node.items if isinstance(node, ListNode) else []
    texts = [item for item in items if isinstance(item, TextNode) and item.text]
    if not isinstance(node, ListNode) or len(texts) < len(items):
        raise Unreadable("has to be a list of texts: [one, two]")
    return texts
