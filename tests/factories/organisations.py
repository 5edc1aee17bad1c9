"""Organisations and schemes for tests. Everything is made up; boroughs and boards are real reference data."""

from typing import Any

from linkworks.organisations.models import CatchmentArea, Organisation, Postcode, Scheme

SOUTHWARK, CAMDEN, LAMBETH, BARNET = "E09000028", "E09000007", "E09000022", "E09000003"


def make_organisation(name: str = "Peckham Hearth", kind: str = "charity", **facts: Any) -> Organisation:
    return Organisation.objects.create(name=name, kind=kind, is_fictional=True, **facts)


def make_scheme(name: str = "Peckham Connects", *, boroughs: tuple[str, ...] = (), **facts: Any) -> Scheme:
    slug = facts.pop("slug", name.lower().replace(" ", "-"))
    host = facts.pop("host", None) or make_organisation(f"{name} host")
    made = Scheme.objects.create(
        name=name, slug=slug, host=host, **{"coverage": "whole-population", "is_fictional": True, **facts}
    )
    for code in boroughs:
        CatchmentArea.objects.create(scheme=made, kind="borough", code=code)
    return made


def make_postcode(
    postcode: str = "SE15 5DD", borough_code: str = SOUTHWARK, latitude: float = 51.4697, longitude: float = -0.0655
) -> Postcode:
    facts = {"borough_code": borough_code, "latitude": latitude, "longitude": longitude}
    return Postcode.objects.create(postcode=postcode.replace(" ", ""), **facts)
