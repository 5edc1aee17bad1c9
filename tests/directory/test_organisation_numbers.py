"""Charity and company numbers of lists: read from where a list has them, kept, and weighed when a club is listed twice."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from linkworks.directory import actions
from linkworks.directory.models import DuplicatePair, Service
from linkworks.directory.rules.feeds import Dialect, read_row
from linkworks.organisations.models import Organisation
from tests.cast import Cast
from tests.directory.dialects import IN_JSON
from tests.factories import directory as make

from .readings import read, row


def identifier(number: str, scheme: str = "", kind: str = "") -> dict[str, str]:
    return {"identifier": number, "identifier_scheme": scheme, "identifier_type": kind}


SAID: list[tuple[dict[str, Any], str, str]] = [
    ({"organization_identifiers": [identifier("1123456", "GB-CHC"), identifier("1234567", "GB-COH")]}, "1123456", "01234567"),
    ({"organization_identifiers": [identifier("12345", "GB-SC", "Charity")]}, "SC012345", ""),
    ({"organization_identifiers": [identifier("100123", "GB-NIC")]}, "NIC100123", ""),
    ({"organization_identifiers": [identifier("Registered charity no. 1123456", kind="Charity number")]}, "1123456", ""),
    ({"organization_identifiers": [identifier("SC012345", kind="Company number")]}, "", "SC012345"),
    ({"organization_identifiers": [identifier("12345678", "GB-UKPRN", "Charity")]}, "", ""),  # another register
    ({"organization_identifiers": "1123456"}, "", ""),
    ({"charity_number": "Charity no: 01123456", "company_number": 1234567}, "1123456", "01234567"),
    ({"description": "<p>Registered charity no. 1123456.</p><p>Company number 01234567.</p>"}, "1123456", "01234567"),
    ({"charity_number": "1123456", "description": "Registered charity no. 1199999"}, "1123456", ""),
    ({"description": "We have helped 1123456 people."}, "", ""),
]  # fmt: skip


@pytest.mark.parametrize("dialect", IN_JSON)
@pytest.mark.parametrize(("told", "charity", "company"), SAID)
def test_it_is_read_from_where_a_list_has_it(
    dialect: Dialect, told: dict[str, Any], charity: str, company: str
) -> None:
    owner = {"id": "o", "name": "Kettle", **told}
    found = read_row(dialect, {"id": "k", "name": "Club", "organization": owner, "organisation": owner}).organisation
    assert found and (found.charity_number, found.company_number) == (charity, company)


def test_a_spreadsheet_has_columns_for_them_and_says_what_it_cannot_read() -> None:
    known = {"id": "k", "name": "Club", "organisation": "Kettle"}
    good = read_row(Dialect.SPREADSHEET, {**known, "charity_number": "SC 12345", "company_number": "1234567"})
    assert good.organisation and good.notes == read_row(Dialect.SPREADSHEET, known).notes
    assert (good.organisation.charity_number, good.organisation.company_number) == ("SC012345", "01234567")
    odd = read_row(Dialect.SPREADSHEET, {**known, "charity_number": "ask Jo", "company_number": "12"})
    assert odd.organisation and not (odd.organisation.charity_number or odd.organisation.company_number)
    assert "Charity number: “ask Jo” is not a charity’s number." in odd.notes
    assert "Company number: “12” is not a company’s number." in odd.notes


def listed(folder: Path, key: str, source: str, **organisation: Any) -> Service:
    """A lunch club of a list, without a place, a telephone number or a web address that another list shares."""
    owner = {"id": "o1", "name": f"{source} trust", **organisation}
    facts = {"name": "Bramble lunch club", "organisation": owner, "locations": [], "contacts": [], "url": ""}
    read(folder, row(key, **facts), name=source, agreed=True)
    return Service.objects.get(source__name=source, source_key=key)


def numbers() -> list[tuple[str, str]]:
    return list(Organisation.objects.filter(name__endswith=" trust").values_list("charity_number", "company_number"))


@pytest.mark.django_db
def test_what_a_later_reading_says_fills_what_was_not_known_and_changes_nothing_else(tmp_path: Path) -> None:
    listed(tmp_path, "a", "North")
    assert numbers() == [("", "")]
    listed(tmp_path, "a", "North", charity_number="1123456")
    assert numbers() == [("1123456", "")]
    listed(tmp_path, "a", "North", charity_number="1199999", company_number="1234567")
    assert numbers() == [("1123456", "01234567")], "what was known stays"


def test_one_number_finds_a_club_that_two_lists_have_and_a_steward_joins_and_takes_it_back(
    cast: Cast, tmp_path: Path
) -> None:
    north = listed(tmp_path, "a", "North", charity_number="1123456")
    south = listed(tmp_path, "b", "South")
    actions.find_duplicates(by=make.KEEPER)
    assert not DuplicatePair.objects.exists(), "a name alone says nothing"
    listed(tmp_path, "b", "South", charity_number="Registered charity no. 01123456")
    actions.find_duplicates(by=make.KEEPER)
    pair = DuplicatePair.objects.get()
    assert pair.reasons == ["the same name", "the same charity number"]
    client, address = cast.client(cast.steward), reverse("directory:duplicate", args=[pair.id])
    shown = client.get(address).content.decode()
    assert shown.count("1123456") == 2 and "Charity number" in shown
    client.post(address, {"lead": str(north.id)})
    south.refresh_from_db()
    assert (south.joined_into_id, south.source.name) == (north.id, "South"), "both keep their source"
    client.post(reverse("directory:duplicate-decide", args=[pair.id]), {"undo": "yes"})
    south.refresh_from_db()
    assert (south.joined_into_id, south.is_published) == (None, True)


@pytest.mark.django_db
def test_two_clubs_of_one_charity_in_two_halls_are_two(tmp_path: Path) -> None:
    for number, postcode in enumerate(["SE15 5DD", "NW1 8AH"]):
        make.postcode(postcode.replace(" ", ""))
        body = make.organisation(f"Kettle {number}", charity_number="1123456")
        make.service(body, name="Lunch club", places=(make.place(postcode=postcode),))
    assert actions.find_duplicates(by=make.KEEPER) == 0


def test_what_they_share_is_told_anew_and_what_was_decided_stays(everything: None) -> None:
    bodies = [make.organisation("Kettle") for _ in range(2)]
    for body in bodies:
        make.service(body)
    actions.find_duplicates(by=make.KEEPER)
    actions.say_different(DuplicatePair.objects.get(), by=make.KEEPER)
    Organisation.objects.filter(name="Kettle").update(company_number="01234567")
    actions.find_duplicates(by=make.KEEPER)
    pair = DuplicatePair.objects.get()
    assert (pair.state, "the same company number" in pair.reasons) == ("different", True)
