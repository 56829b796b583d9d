"""Rows straight into tables, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, connection, transaction

from pillars.models import Organisation
from reforms.base.loading import rows
from reforms.base.loading.kinds import Kind
from reforms.base.loading.writing import _columns_unspoken_of
from tests.builders import make_organisation
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

COLUMNS = ("slug", "name", "short_name", "kind")


def bodies(count: int, start: int = 0) -> Iterator[tuple[str, ...]]:
    return ((f"ours-{number}", f"Ours {number}", "", "council") for number in range(start, start + count))


def ours() -> list[tuple[str, str]]:
    return list(Organisation.objects.filter(slug__startswith="ours-").order_by("pk").values_list("slug", "name"))


def test_rows_are_written_in_their_order_and_numbered():
    rows.insert(Organisation, COLUMNS, bodies(3))

    assert ours() == [("ours-0", "Ours 0"), ("ours-1", "Ours 1"), ("ours-2", "Ours 2")]


def test_none_at_all_asks_nothing():
    assert count_queries(lambda: rows.insert(Organisation, COLUMNS, iter(()))) == 0
    assert count_queries(lambda: rows.update(Organisation, ["name"], ["slug"], iter(()))) == 0
    assert count_queries(lambda: rows.reserve_keys(Organisation, 0)) == 0


def test_reserved_keys_are_free_and_stay_so():
    last = make_organisation().pk
    keys = rows.reserve_keys(Organisation, 3)
    rows.insert(Organisation, ("id", *COLUMNS), ((key, *row) for key, row in zip(keys, bodies(3), strict=True)))

    assert min(keys) > last
    assert sorted(Organisation.objects.filter(slug__startswith="ours-").values_list("pk", flat=True)) == keys
    assert make_organisation().pk > max(keys)
    assert min(rows.reserve_keys(Organisation, 2)) > max(keys)


def test_the_key_of_a_row_that_was_removed_is_not_given_again():
    removed = make_organisation()
    key = removed.pk
    removed.delete()

    assert rows.reserve_keys(Organisation, 1)[0] > key


def test_rows_are_changed_by_what_they_are_known_by():
    rows.insert(Organisation, COLUMNS, bodies(3))

    changes = [("One", "O", "ours-1"), ("Two", "T", "ours-2")]
    rows.update(Organisation, ["name", "short_name"], ["slug"], iter(changes))

    assert ours() == [("ours-0", "Ours 0"), ("ours-1", "One"), ("ours-2", "Two")]


def insert_one_that_is_there() -> None:
    rows.insert(Organisation, COLUMNS, bodies(2, start=1))


def give_two_the_same_name() -> None:
    rows.update(Organisation, ["slug"], ["slug"], [("ours-0", "ours-1")])


@pytest.mark.parametrize("write", [insert_one_that_is_there, give_two_the_same_name])
def test_what_the_database_refuses_is_an_error_of_django(write: Callable[[], None]):
    rows.insert(Organisation, COLUMNS, bodies(2))

    with pytest.raises(IntegrityError), transaction.atomic():
        write()

    assert len(ours()) == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes rows as they come, by COPY")
def test_a_generator_is_not_held():
    """Not one row more is made than the database has been given."""
    made = []

    def bad_at_the_tenth() -> Iterator[tuple[str | None, ...]]:
        for number, row in enumerate(bodies(1000)):
            made.append(number)
            yield (None, *row[1:]) if number == 10 else row

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(Organisation, COLUMNS, bad_at_the_tenth())

    assert len(made) == 11


def test_a_column_that_no_file_speaks_of_has_the_default_of_its_field():
    kind = Kind("organisation", Organisation, ("slug",), ("slug", "name", "kind"))

    assert _columns_unspoken_of(kind) == {"short_name": ""}
