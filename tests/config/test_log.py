"""The log says what went wrong, and lets nobody in."""

import logging

import pytest

from linkworks.config.log import WithoutLinks

TOKEN = "vtGq9cpmRx68-aysLBhkjumEd27sAUHLk5yis41NJ6s.Qt2FkDEf2UoM18WlYbRrnhnV43oExxV8"
RECORD = "9cbb8fd3-c699-41cb-8585-dbcc6db404c7"


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
