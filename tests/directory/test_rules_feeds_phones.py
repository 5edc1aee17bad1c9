"""A service's own telephone number in Open Referral UK 3.0: read, as our own feed writes it, unless it may be a private person's."""

from typing import Any

import pytest

from linkworks.directory.rules.feeds import open_envelope, read_row

HALL, DESK, MOBILE = "020 7946 0000", "020 7946 0001", "07700 900123"


def phone_of(**more: Any) -> str:
    row = {"id": "s1", "name": "Choir", "status": "active", "organization": {"id": "o1", "name": "Kettle"}, **more}
    feed = open_envelope({"total_items": 1, "contents": [row]})
    return read_row(feed.dialect, feed.rows[0]).service.phone


@pytest.mark.parametrize(
    ("phones", "shown"),
    [
        ([{"number": HALL}], HALL),
        ([{"number": ""}, {"number": "ring us"}, {"number": HALL}], HALL),
        ([{"number": HALL}, {"number": DESK}], HALL),
        ([{"number": MOBILE}], ""),
        ([], ""),
        ("020 7946 0000", ""),
        ([None, 7, {"number": [HALL]}], ""),
    ],
)
def test_the_first_that_is_a_number_and_not_a_mobile(phones: Any, shown: str) -> None:
    assert phone_of(phones=phones) == shown


def test_its_own_comes_before_a_contacts() -> None:
    contacts = [{"id": "c1", "phones": [{"number": DESK}]}]
    assert phone_of(phones=[{"number": HALL}], contacts=contacts) == HALL
    assert phone_of(contacts=contacts) == DESK
    assert phone_of(phones=[{"number": MOBILE}], contacts=contacts) == DESK
