"""History stays true when organisations move."""

from datetime import date

import pytest

from linkworks.core.actor import job_actor
from linkworks.core.errors import Conflict, Invalid
from linkworks.organisations.actions import end_relation, load_reference_data, move, relate
from linkworks.organisations.models import Organisation, Relation
from linkworks.organisations.queries import organisations_as_of, part_of, parts_of, related_as_of
from linkworks.organisations.states import OrganisationKind, RelationKind
from tests.factories.organisations import make_organisation

SET_UP = job_actor("set-up")

pytestmark = pytest.mark.django_db

BEFORE, MOVED, AFTER = date(2025, 6, 1), date(2026, 4, 1), date(2026, 11, 22)


@pytest.fixture
def pcn() -> Organisation:
    return make_organisation("Made-up PCN", "pcn")


@pytest.fixture
def boards() -> tuple[Organisation, Organisation]:
    return Organisation.objects.get(ods_code="QKK"), Organisation.objects.get(ods_code="QWE")


def test_a_pcn_moves_to_another_board_and_history_stays_true(
    pcn: Organisation, boards: tuple[Organisation, Organisation]
) -> None:
    south_east, south_west = boards
    relate(pcn, to=south_east, kind=RelationKind.PART_OF, starts_on=date(2022, 7, 1), by=SET_UP)

    move(pcn, to=south_west, on=MOVED, by=SET_UP)

    assert part_of(pcn, BEFORE) == south_east
    assert part_of(pcn, date(2026, 3, 31)) == south_east
    assert part_of(pcn, MOVED) == south_west
    assert part_of(pcn, AFTER) == south_west
    assert part_of(pcn, date(2022, 6, 30)) is None
    assert list(parts_of(south_east, BEFORE)) == [pcn]
    assert list(parts_of(south_east, AFTER)) == []
    assert list(parts_of(south_west, AFTER)) == [pcn]


def test_one_is_part_of_one_other_at_a_time(pcn: Organisation, boards: tuple[Organisation, Organisation]) -> None:
    relate(pcn, to=boards[0], kind=RelationKind.PART_OF, starts_on=BEFORE, by=SET_UP)

    with pytest.raises(Conflict, match="already part of another"):
        relate(pcn, to=boards[1], kind=RelationKind.PART_OF, starts_on=AFTER, by=SET_UP)

    assert Relation.objects.filter(organisation=pcn).count() == 1


def test_one_may_commission_many(pcn: Organisation, boards: tuple[Organisation, Organisation]) -> None:
    for board in boards:
        relate(board, to=pcn, kind=RelationKind.COMMISSIONS, starts_on=BEFORE, by=SET_UP)

    assert related_as_of(AFTER, kind=RelationKind.COMMISSIONS).filter(other=pcn).count() == 2


def test_a_tie_ends_on_the_day_given(pcn: Organisation, boards: tuple[Organisation, Organisation]) -> None:
    tie = relate(pcn, to=boards[0], kind=RelationKind.PART_OF, starts_on=BEFORE, by=SET_UP)

    end_relation(tie, ends_on=MOVED, by=SET_UP)

    assert part_of(pcn, date(2026, 3, 31)) == boards[0]
    assert part_of(pcn, MOVED) is None
    with pytest.raises(Conflict, match="ended already"):
        end_relation(tie, ends_on=AFTER, by=SET_UP)


def test_ends_come_after_starts(pcn: Organisation, boards: tuple[Organisation, Organisation]) -> None:
    with pytest.raises(Invalid, match="after the start"):
        relate(pcn, to=boards[0], kind=RelationKind.PART_OF, starts_on=MOVED, ends_on=MOVED, by=SET_UP)
    tie = relate(pcn, to=boards[0], kind=RelationKind.PART_OF, starts_on=MOVED, by=SET_UP)
    with pytest.raises(Invalid, match="after the start"):
        end_relation(tie, ends_on=BEFORE, by=SET_UP)


def test_nobody_is_related_to_themselves(pcn: Organisation) -> None:
    with pytest.raises(Invalid, match="itself"):
        relate(pcn, to=pcn, kind=RelationKind.PART_OF, starts_on=BEFORE, by=SET_UP)


def test_organisations_as_of_a_day(pcn: Organisation, boards: tuple[Organisation, Organisation]) -> None:
    relate(pcn, to=boards[0], kind=RelationKind.PART_OF, starts_on=MOVED, by=SET_UP)

    assert pcn not in organisations_as_of(BEFORE)
    assert pcn in organisations_as_of(AFTER, kind=OrganisationKind.PCN)
    assert organisations_as_of(AFTER, kind=OrganisationKind.LOCAL_AUTHORITY).count() == 33


def test_london_is_there_from_the_first_start_and_loading_again_changes_nothing() -> None:
    before = set(Organisation.objects.values_list("id", "name"))

    load_reference_data()

    assert set(Organisation.objects.values_list("id", "name")) == before
    assert Organisation.objects.filter(kind="icb").count() == 5
    assert Relation.objects.filter(kind="covers").count() == 33
    southwark = Organisation.objects.get(ons_code="E09000028")
    assert [tie.organisation.ods_code for tie in related_as_of(AFTER).filter(other=southwark)] == ["QKK"]
