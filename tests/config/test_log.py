"""The log says what went wrong, and lets nobody in."""

import logging
import traceback

import pytest
from django.db import IntegrityError, connection, transaction

from linkworks.config.log import WithoutLinks, WithoutRecords

TOKEN = "vtGq9cpmRx68-aysLBhkjumEd27sAUHLk5yis41NJ6s.Qt2FkDEf2UoM18WlYbRrnhnV43oExxV8"
RECORD = "9cbb8fd3-c699-41cb-8585-dbcc6db404c7"
NAME = "Winifred Canary"


def logged(message: str, *words: object) -> str:
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, message, words, None)
    assert WithoutLinks().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (f"/provider/c/{TOKEN}/attendance", "/provider/c/…/attendance"),
        (f"/refer/{TOKEN}", "/refer/…"),
        ("/accounts/join/eyJpZCI6IjEifQ:1wHxYz:abcdefghijklmnopqrstuvwxyz", "/accounts/join/…"),
        (f"/provider/c/{RECORD}.{TOKEN}", "/provider/c/…"),
        (f"/cases/{RECORD}/contact", f"/cases/{RECORD}/contact"),
        ("/messages/outbox", "/messages/outbox"),
    ],
)
def test_a_link_that_lets_somebody_in_is_not_kept(address: str, kept: str) -> None:
    assert logged("%s: %s", "Internal Server Error", address) == f"Internal Server Error: {kept}"
    assert logged(f"Not found: {address}") == f"Not found: {kept}"


def test_every_line_that_is_written_goes_through_it() -> None:
    written = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    assert written
    assert all(any(isinstance(each, WithoutLinks) for each in handler.filters) for handler in written)


def test_what_people_type_wrongly_is_not_trouble() -> None:
    assert not logging.getLogger("django.request").isEnabledFor(logging.WARNING)


@pytest.mark.django_db
def test_a_row_the_database_refused_is_not_kept(caplog: pytest.LogCaptureFixture) -> None:
    """PostgreSQL quotes the whole row, and the statement, of what it refuses: somebody's name and address."""
    refused = pytest.raises(IntegrityError)
    with refused as found, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO accounts_user (id, password) VALUES (gen_random_uuid(), %s)", [NAME])
    said = "".join(traceback.format_exception(found.value))
    assert NAME in said
    kept = WithoutRecords().formatException((type(found.value), found.value, found.value.__traceback__))
    assert NAME not in kept
    assert "violates not-null constraint" in kept
    assert kept.count("IntegrityError") == said.count("IntegrityError")


def test_every_line_is_written_without_records() -> None:
    written = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    assert all(isinstance(handler.formatter, WithoutRecords) for handler in written)
