"""Boroughs with a scheme or a recorded gap, and the practices, hospitals and landlords that refer."""

from linkworks.organisations.actions import record_gap
from linkworks.organisations.actions.registering import add_organisation, add_scheme
from linkworks.organisations.models import Organisation, Postcode, Scheme

from .world import MAKER, Team, World, told


def build(world: World) -> None:
    load_postcodes(world)
    for facts in told("london")["schemes"]:
        world.teams.append(team_for(world, facts))
    for gap in told("london")["gaps"]:
        record_gap(gap["borough"], reason=gap["reason"], nearest=Scheme.objects.get(slug=gap["nearest"]), by=MAKER)


def load_postcodes(world: World) -> None:
    """A few hundred real postcodes of each borough, spread over it."""
    for code in Postcode.objects.order_by().values_list("borough_code", flat=True).distinct():
        every = Postcode.objects.filter(borough_code=code).order_by("postcode").values_list("postcode", flat=True)
        listed = list(every)
        world.postcodes[code] = listed[:: max(1, len(listed) // 300)]


def team_for(world: World, facts: dict[str, object]) -> Team:
    boroughs = [str(code) for code in facts["boroughs"]]  # type: ignore[attr-defined]
    host = organisation(str(facts["host"]), "charity", world.postcode(boroughs[0]))
    sectors = [("postcode-sector", str(each)) for each in facts.get("sectors", [])]  # type: ignore[attr-defined]
    scheme = add_scheme(
        name=str(facts["name"]),
        slug=str(facts["slug"]),
        host=host,
        coverage=str(facts["coverage"]),
        coverage_note=str(facts["note"]),
        areas=sectors or [("borough", code) for code in boroughs],
        phone=f"020 7946 0{world.dice.randrange(100, 1000)}",
        email=f"{facts['slug']}@example.org",
        opening_hours="Monday to Friday, 9am to 5pm",
        without_internet="Ask at the desk of your GP practice, or in your library. They can ring for you.",
        is_fictional=True,
        by=MAKER,
    )
    return Team(scheme, str(facts["size"]), boroughs)


def organisation(name: str, kind: str, postcode: str) -> Organisation:
    slug = "".join(
        letter for letter in name.lower() if (letter.isascii() and letter.isalnum()) or letter == " "
    ).replace(" ", "-")
    return add_organisation(
        name=name, kind=kind, postcode=postcode, email=f"hello@{slug}.example.org", is_fictional=True, by=MAKER
    )
