"""London's boroughs and integrated care boards."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ..models import Organisation, Relation
from ..rules import places
from ..states import OrganisationKind, RelationKind


def load_reference_data(*, organisations: Any = Organisation.objects, relations: Any = Relation.objects) -> None:
    """Make sure London's 33 local authorities, its five care boards and which covers which are there. Safe to run again."""
    boards = {code: put_board(organisations, board) for code, board in places.boards().items()}
    for borough in places.boroughs().values():
        council = put_council(organisations, borough)
        facts = {"kind": RelationKind.COVERS.value, "organisation_id": boards[borough.board].pk, "other_id": council.pk}
        relations.get_or_create(**facts, defaults={"starts_on": places.boards_since()})


def put_board(organisations: Any, board: places.Board) -> Any:
    facts = {"kind": OrganisationKind.ICB.value, "name": f"NHS {board.name}", "ons_code": board.ons_code}
    found, _ = organisations.get_or_create(ods_code=board.code, defaults={"id": stable_id(board.ons_code), **facts})
    return found


def put_council(organisations: Any, borough: places.Borough) -> Any:
    facts = {"kind": OrganisationKind.LOCAL_AUTHORITY.value, "name": borough.council}
    found, _ = organisations.get_or_create(ons_code=borough.code, defaults={"id": stable_id(borough.code), **facts})
    return found


def stable_id(ons_code: str) -> Any:
    """The same place has the same id in every installation."""
    return uuid5(NAMESPACE_URL, f"https://statistics.data.gov.uk/id/statistical-geography/{ons_code}")
