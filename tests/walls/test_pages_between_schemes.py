"""No page shows or changes another scheme's rows; each wall holds alone, and with both down the pages do leak."""

import logging

import pytest
from django.db import transaction

from linkworks.core import tenancy
from tests.cast import Cast

from . import pages, patched, rows
from .conftest import HERE

PAGES = list(pages.every_page())
# One for each thing that lets somebody through: a scheme, a whole scheme, an organisation that refers or provides, none.
STRANGERS = ["outsider", "outside_manager", "other_referrer", "other_provider_coordinator", "commissioner", None]
# With every Python check patched only the credential's own reach is left, so roles with the same reach are alike.
REACHES = ["outsider", "other_provider_coordinator", "commissioner", None]


@pytest.fixture(autouse=True)
def quiet():
    """Refusals are what is looked for here; each would be logged as a warning."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def browser(cast: Cast, who):
    client = cast.client(getattr(cast, who) if who else None)
    client.raise_request_exception = False
    return client


def leaks(town, who, method="get"):
    """Addresses that told `who` something of the scheme `here`."""
    client = browser(town.cast, who)
    every = [address for page in PAGES for address in pages.addresses(page, town.here)]
    return [address for address in every if pages.told(client, address, HERE, method)]


@pytest.fixture
def open_town(walls_down):
    """The town with row security off, inside a transaction that is rolled back."""
    with transaction.atomic():
        yield walls_down
        transaction.set_rollback(True)


@pytest.fixture
def no_python_checks():
    with patched.everything_allowed():
        yield


def test_the_scheme_s_own_worker_does_see_their_people(in_town):
    """The pages work on these rows at all: otherwise nothing below would mean anything."""
    seen = leaks(in_town, "link_worker")
    assert len(seen) >= 5, seen


@pytest.mark.parametrize("who", REACHES, ids=str)
@pytest.mark.usefixtures("no_python_checks")
def test_with_every_python_check_patched_the_database_alone_shows_nothing(in_town, who):
    assert leaks(in_town, who) == []


@pytest.mark.parametrize("who", STRANGERS, ids=str)
def test_with_row_security_off_python_alone_shows_nothing(open_town, who):
    assert leaks(open_town, who) == []


@pytest.mark.usefixtures("no_python_checks")
def test_with_both_walls_down_a_stranger_sees_them(open_town):
    """The guard is shown to bite: what the two tests above look for is there to be found."""
    assert len(leaks(open_town, "outsider")) >= 3


def changed(town, who):
    """What `who` changed of the scheme `here` by pressing every button of every page."""
    with tenancy.context(town.cast.everything):
        before = rows.snapshot(town.here)
    client = browser(town.cast, who)
    for page in PAGES:
        for address in pages.addresses(page, town.here):
            client.post(address, {"reason": "other", "words": "x", "text": "x", "form_token": "made-up-token"})
    with tenancy.context(town.cast.everything):
        after = rows.snapshot(town.here)
    return [label for label in before if before[label] != after[label]]


@pytest.mark.parametrize("who", ["outsider", "other_referrer", "other_provider_coordinator", None], ids=str)
def test_no_button_changes_another_schemes_rows(in_town, who):
    assert changed(in_town, who) == []


@pytest.mark.usefixtures("no_python_checks")
def test_with_every_python_check_patched_no_button_does_either(in_town):
    assert changed(in_town, "outsider") == []


def test_with_row_security_off_no_button_does_either(open_town):
    assert changed(open_town, "outsider") == []


def test_with_row_security_off_a_plain_query_sees_everybody(open_town):
    """That the wall really is down in these tests."""
    with tenancy.context(open_town.stranger):
        for model, row in open_town.here.items():
            if model in rows.walled():
                assert model._base_manager.filter(pk=row.pk).exists(), model
