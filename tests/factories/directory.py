"""Made-up services, places and times."""

from datetime import time
from decimal import Decimal
from typing import Any

from linkworks.core.actor import Actor, job_actor
from linkworks.directory import actions
from linkworks.directory.models import Service
from linkworks.directory.rules.facts import CostFacts, PlaceFacts, ServiceFacts, SessionFacts
from linkworks.organisations.models import Organisation, Postcode

KEEPER: Actor = job_actor("tests")
PECKHAM = (51.4737, -0.0693)
CAMDEN = (51.5390, -0.1426)


def postcode(code: str = "SE155DD", at: tuple[float, float] = PECKHAM, borough: str = "E09000028") -> Postcode:
    return Postcode.objects.get_or_create(
        postcode=code, defaults={"borough_code": borough, "latitude": at[0], "longitude": at[1]}
    )[0]


def organisation(name: str = "Kettle and Company", **facts: Any) -> Organisation:
    return Organisation.objects.create(name=name, kind="community-group", is_fictional=True, **facts)


def place(at: tuple[float, float] | None = PECKHAM, **facts: Any) -> PlaceFacts:
    known = {"name": "The Old Bakery", "address_1": "4 Choumert Road", "city": "London", "postcode": "SE15 5DD"}
    position = {"latitude": at[0], "longitude": at[1]} if at else {}
    return PlaceFacts(**{**known, **position, **facts})


def facts(**given: Any) -> ServiceFacts:
    """A lunch club on Tuesdays, changed as asked."""
    usual: dict[str, Any] = {
        "name": "Tuesday lunch club",
        "description": "A hot lunch and good company.",
        "kinds": ("lunch-club",),
        "needs": ("loneliness", "food-access"),
        "places": (place(),),
        "sessions": (SessionFacts(freq="WEEKLY", byday="TU", opens_at=time(12), closes_at=time(14), place=0),),
        "costs": (CostFacts(amount=Decimal("3.50"), amount_description="per lunch"),),
        "is_fictional": True,
    }
    chosen = {**usual, **given}
    if not chosen["places"] and "sessions" not in given:
        chosen["sessions"] = ()
    return ServiceFacts(**chosen)


def service(by_organisation: Organisation | None = None, **given: Any) -> Service:
    return actions.add_service(organisation=by_organisation or organisation(), facts=facts(**given), by=KEEPER)
