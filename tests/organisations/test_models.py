"""What can never be stored about organisations and schemes."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linkworks.organisations.models import CatchmentArea, Organisation, Postcode, RecordedGap, Relation, Scheme
from tests.factories.organisations import SOUTHWARK, make_organisation, make_postcode, make_scheme

pytestmark = pytest.mark.django_db


def refuses(make: Any, **facts: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**facts)


def test_a_code_belongs_to_one_organisation() -> None:
    refuses(make_organisation, ons_code=SOUTHWARK)
    refuses(make_organisation, ods_code="QKK")
    make_organisation("No codes at all")
    make_organisation("None here either")


def test_one_is_part_of_one_other_on_any_day() -> None:
    part, first, second = make_organisation("PCN", "pcn"), make_organisation("A", "icb"), make_organisation("B", "icb")
    facts: dict[str, Any] = {"kind": "part-of", "organisation": part}
    Relation.objects.create(**facts, other=first, starts_on=date(2024, 1, 1), ends_on=date(2025, 1, 1))
    Relation.objects.create(**facts, other=second, starts_on=date(2025, 1, 1))

    refuses(Relation.objects.create, **facts, other=first, starts_on=date(2024, 6, 1), ends_on=date(2024, 7, 1))
    refuses(Relation.objects.create, **facts, other=first, starts_on=date(2030, 1, 1))
    Relation.objects.create(kind="covers", organisation=part, other=first, starts_on=date(2024, 6, 1))


@pytest.mark.parametrize("ends", [date(2024, 1, 1), date(2023, 12, 31)])
def test_a_tie_ends_after_it_starts(ends: date) -> None:
    one, other = make_organisation("One"), make_organisation("Other")

    refuses(
        Relation.objects.create, kind="covers", organisation=one, other=other, starts_on=date(2024, 1, 1), ends_on=ends
    )


def test_a_scheme_has_a_slug_of_its_own_and_a_known_coverage() -> None:
    make_scheme("Peckham Connects")

    refuses(make_scheme, name="Other", slug="peckham-connects")
    refuses(make_scheme, name="Another", coverage="most-people")


def test_an_area_is_in_a_catchment_once() -> None:
    scheme = make_scheme(boroughs=(SOUTHWARK,))

    refuses(CatchmentArea.objects.create, scheme=scheme, kind="borough", code=SOUTHWARK)
    CatchmentArea.objects.create(scheme=make_scheme("Another"), kind="borough", code=SOUTHWARK)


def test_a_borough_has_one_gap_and_a_postcode_one_place() -> None:
    RecordedGap.objects.create(borough_code=SOUTHWARK, reason="None", recorded_on=date(2026, 1, 1))
    make_postcode()

    refuses(RecordedGap.objects.create, borough_code=SOUTHWARK, reason="Again", recorded_on=date(2026, 1, 2))
    refuses(Postcode.objects.create, postcode="SE155DD", borough_code=SOUTHWARK, latitude=0, longitude=0)


def test_an_organisation_and_a_scheme_read_as_their_names() -> None:
    assert str(make_organisation("Peckham Hearth")) == "Peckham Hearth"
    assert str(make_scheme("Peckham Connects")) == "Peckham Connects"
    assert Organisation.objects.filter(name="Peckham Hearth").exists()
    assert Scheme.objects.count() == 1
