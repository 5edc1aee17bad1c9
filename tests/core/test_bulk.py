"""Rows written many at once are, column by column, the rows that are written one by one."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError, IntegrityError, connection, models, transaction
from django.utils.safestring import mark_safe

from linkworks.core import bulk
from linkworks.directory.models import (
    AccessibilityFeature,
    Attribute,
    Contact,
    CostOption,
    ImportProblem,
    ImportRun,
    ListingMeaning,
    Location,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceLanguage,
    Source,
    StagedRow,
    Taxonomy,
    TaxonomyTerm,
)
from linkworks.directory.states import Outcome, StagedKind
from linkworks.organisations.models import Organisation
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")

WORDS = ("", "Café", 'A "b" \\ c', "{x,y}", "NULL", "null", "é\u2028🫖", "a\n\tb", "\\u0041", "' -- ;")
ODD: dict[type[models.Field], tuple[Any, ...]] = {
    models.FloatField: (51.47371234567891, -0.0, 1e-9, 0.1 + 0.2),
    models.DecimalField: (Decimal("3.50"), Decimal("0"), Decimal("1E+2")),
    models.IntegerField: (0, 7, 32_767),
    models.BooleanField: (True, False),
    models.DateTimeField: (datetime(2026, 11, 22, 9, 30, 0, 123_456, UTC),),
    models.DateField: (date(2026, 2, 28), date(1999, 12, 31)),
    models.TimeField: (time(0), time(23, 59, 59), time(9, 5)),
    models.JSONField: ({}, [], {"a": [1, None, "NULL", 0.5]}, {"b": 10**30}, "word", 0, False),
}
FEW = {"latitude": 51.5, "longitude": -0.1, "places_taken": 0, "status": "active", "place_kind": "", "key": ""}
IN_ORDER = {"minimum_age": 5, "maximum_age": 9, "interval": 2}


def hung_on() -> dict[type[models.Model], Any]:
    """A row of each kind that others hang on."""
    service = make.service()
    source = Source.objects.create(name="Bramblewick", address="https://example.org")
    taxonomy = Taxonomy.objects.create(name="The council's")
    return {
        Service: service,
        Organisation: service.organisation,
        Source: source,
        Location: Location.objects.create(name="Hall"),
        ImportRun: ImportRun.objects.create(source=source),
        TaxonomyTerm: TaxonomyTerm.objects.create(taxonomy=taxonomy, code="t", name="Term"),
    }


def value_of(field: Any, number: int, known: dict[type[models.Model], Any]) -> Any:
    """Something odd that the field may hold; nothing at all now and then."""
    if field.is_relation:
        return known.get(field.related_model) if not field.null or number % 2 else None
    if field.null and number % 3 == 0:
        return None
    if field.choices:
        return [each for each, _ in field.choices][number % len(field.choices)]
    if hasattr(field, "base_field"):
        return [list(WORDS[1:4]), [], ["NULL"], [""]][number % 4]
    odd = next((values for kind, values in ODD.items() if isinstance(field, kind)), WORDS)
    return odd[number % len(odd)] if odd is not WORDS else WORDS[number % len(WORDS)][: field.max_length]


def filled(model: type[models.Model], number: int, known: dict[type[models.Model], Any]) -> Any:
    fixed = {**FEW, **IN_ORDER, "outcome": Outcome.HELD, "kind": StagedKind.NEW}
    if model is Service:
        fixed["source_key"] = f"{number}"
    wanted = [each for each in model._meta.concrete_fields if not each.primary_key and not each.generated]
    told = {each.name: value_of(each, number, known) for each in wanted if each.name != "created_at"}
    return model(**{**told, **{name: value for name, value in fixed.items() if name in told}})


def stored(model: type[models.Model]) -> dict[str, dict[str, Any]]:
    """The rows of a table as the database has them, worked-out columns too, by their ids."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) - 'created_at' - 'changed_xid' FROM {model._meta.db_table} t")
        rows = [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]
    return {row["id"]: row for row in rows}


KINDS = {
    Service: 30, Location: 30, Schedule: 30, CostOption: 30, Contact: 30, ServiceLanguage: 30, ServiceArea: 30,
    AccessibilityFeature: 30, StagedRow: 30, ImportProblem: 30, ServiceAtLocation: 1, Attribute: 1,
}  # fmt: skip


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_rows_added_at_once_are_what_each_would_be_by_itself(model: Any) -> None:
    known = hung_on()
    rows = [filled(model, number, known) for number in range(KINDS[model])]
    before = transaction.savepoint()
    for row in rows:
        row.save()
    one_by_one = stored(model)
    transaction.savepoint_rollback(before)
    for row in rows:
        row._state.adding = True
    bulk.add(rows)
    assert stored(model) == one_by_one
    assert not any(row._state.adding for row in rows)
    assert abs((model.objects.latest("created_at").created_at - datetime.now(UTC)).total_seconds()) < 60


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_rows_written_over_at_once_are_what_each_would_be_by_itself(model: Any) -> None:
    known = hung_on()
    rows = [filled(model, number, known) for number in range(KINDS[model])]
    bulk.add(rows)
    before = stored(model)
    for number, row in enumerate(rows, 1):
        for name, value in filled(model, number, known).__dict__.items():
            if name not in {"id", "_state", "created_at"}:
                setattr(row, name, value)
        if model is Service:
            row.source_key = f"new {number}"
    bulk.write_over(rows, [each.name for each in model._meta.concrete_fields])
    at_once = stored(model)
    for row in rows:
        row.save()
    assert at_once == stored(model)
    assert at_once != before or KINDS[model] == 1


def test_only_the_named_fields_of_only_these_rows_are_written_over() -> None:
    first, second, third = (Location.objects.create(name=name, city="London") for name in "abc")
    first.name, first.city, third.name = "A", "Paris", "C"
    bulk.write_over([first, third], ["name"])
    assert list(Location.objects.order_by("name").values_list("name", "city")) == [
        ("A", "London"), ("C", "London"), ("b", "London"),
    ]  # fmt: skip
    assert second.name == "b"


def test_only_the_rows_named_are_taken_away() -> None:
    rows = {name: Location.objects.create(name=name) for name in "abc"}
    bulk.take_away(Location, "name", ["a", "c", "not there"])
    assert list(Location.objects.all()) == [rows["b"]]
    bulk.take_away(Location, "id", {rows["b"].id})
    assert not Location.objects.exists()


def test_rows_are_taken_away_by_what_they_hang_on() -> None:
    one, other = make.service(), make.service(name="Other")
    bulk.take_away(Schedule, "service", [one.id])
    assert set(Schedule.objects.values_list("service", flat=True)) == {other.id}


def test_what_something_hangs_on_is_not_taken_away() -> None:
    """Django's own deleting would take away with it what hangs there, without a word."""
    service = make.service()
    at = service.places.get().location_id
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.take_away(Location, "id", [at])
        connection.check_constraints()
    assert Location.objects.filter(id=at).exists()


def test_nothing_to_write_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        bulk.add([])
        bulk.write_over([], ["name"])
        bulk.take_away(Location, "id", [])


def test_any_number_of_rows_is_one_statement(django_assert_num_queries: Any) -> None:
    rows = [Location(name=f"Hall {number}") for number in range(300)]
    with django_assert_num_queries(1):
        bulk.add(rows)
    with django_assert_num_queries(1):
        bulk.write_over(rows, ["name"])
    assert Location.objects.count() == 300
    with django_assert_num_queries(1):
        bulk.take_away(Location, "id", [row.id for row in rows])
    assert Location.objects.count() == 0


REFUSED: dict[str, tuple[Any, type[Exception]]] = {
    "too long": (lambda: Location(city="x" * 101), DataError),
    "nowhere on earth": (lambda: Location(latitude=91.0), IntegrityError),
    "no number": (lambda: Location(latitude=float("nan"), name=None), IntegrityError),
    "a null character": (lambda: Location(name="a\0b"), DataError),
    "half a letter": (lambda: Location(name="\ud800"), UnicodeEncodeError),
    "a word for a number": (lambda: Location(latitude="north"), DataError),
    "a thing": (lambda: Location(name=object()), TypeError),
    "of nobody": (lambda: Contact(service_id=uuid4()), IntegrityError),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_database_would_not_take_of_one_it_does_not_take_of_many(name: str) -> None:
    make_one, error = REFUSED[name]
    good = Location(name="Good")
    with pytest.raises(error), transaction.atomic():
        row = make_one()
        bulk.add([good, row] if isinstance(row, Location) else [row])
        connection.check_constraints()
    assert Location.objects.count() == 0


def test_words_marked_safe_for_a_page_are_words() -> None:
    bulk.add([Location(name=mark_safe("<b>Hall</b>"))])
    assert Location.objects.get().name == "<b>Hall</b>"


def test_a_table_that_keeps_bytes_is_refused() -> None:
    """JSON has no bytes: they would be kept as something else."""
    with pytest.raises(TypeError, match="ListingMeaning keeps bytes"):
        bulk.add([ListingMeaning(service=make.service(), vector=b"1")])
