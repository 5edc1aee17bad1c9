"""About 300 invented activities with real postcodes, of every kind and in every borough."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from msgspec import structs

from linkworks.accounts.roles import Role
from linkworks.core import clock
from linkworks.directory.actions import add_service
from linkworks.directory.rules.facts import AccessFacts, CostFacts, PlaceFacts, ServiceFacts, SessionFacts

from .london import organisation
from .pictures import show_the_door
from .staff import made_up_name, member
from .timetable import session
from .world import MAKER, Group, World, told

IN_FIRST_BOROUGH, ELSEWHERE = 46, 8
HALLS = [
    "Hall",
    "Community Centre",
    "Library",
    "Church Rooms",
    "Leisure Centre",
    "Garden",
    "Old School",
    "Tenants' Hall",
    "Wharf Studio",
    "Café",
]
# What each of them is, and where groups of these kinds meet instead. In each borough one of these serves all groups that meet in one.
KIND_OF_HALL = {
    "Hall": "community-centre", "Community Centre": "community-centre", "Library": "library", "Church Rooms": "faith-building",
    "Leisure Centre": "leisure-centre", "Garden": "garden", "Tenants' Hall": "community-centre", "Wharf Studio": "arts-venue",
    "Café": "cafe", "Park": "park", "Swimming Pool": "swimming-pool", "Museum": "museum", "Theatre": "arts-venue",
    "Health Centre": "health-centre", "Surgery": "gp-surgery", "Family Hub": "family-centre",
}  # fmt: skip
HELD_AT = {
    "walking-group": "Park", "nature-and-green-care": "Park", "swimming": "Swimming Pool", "museum-and-heritage": "Museum",
    "drama-and-writing": "Theatre", "falls-prevention": "Health Centre", "health-self-management": "Health Centre",
    "counselling": "Surgery", "family-support": "Family Hub", "exercise-class": "Leisure Centre", "literacy-and-numeracy": "Library",
    "digital-help": "Library",
}  # fmt: skip
SHARED = {"Library", "Leisure Centre", "Park", "Health Centre", "Community Centre"}
DOORS = [
    "the green door by the bicycle stands",
    "the ramp at the side",
    "the second floor; there is a lift",
    "the bell marked Hall",
    "the gate next to the bus stop",
]
ACCESS = {
    "step-free": "No steps anywhere", "accessible-toilet": "An accessible toilet", "hearing-loop": "A hearing loop",
    "quiet-space": "A quiet corner", "carer-may-come": "Carers come free", "bsl": "Somebody who signs (BSL) each week",
    "large-print": "Handouts in large print", "assistance-dog": "Assistance dogs welcome",
}  # fmt: skip


def build(world: World, *, share: float = 1.0) -> Iterator[None]:
    """Make the activities, one for each step of the progress bar."""
    for borough, kind, name in planned(world, share):
        world.groups.append(group(world, borough, kind, name))
        yield None


def planned(world: World, share: float) -> list[tuple[str, str, str]]:
    """Which kinds in which boroughs, under which names. The first borough has every kind, so that a match is a choice."""
    kinds = list(told("activities"))
    used: dict[str, int] = {}
    plan: list[tuple[str, str, str]] = []
    place_names = told("london")["places"]
    for number, borough in enumerate(sorted(world.postcodes, key=lambda code: code != "E09000028")):
        count = IN_FIRST_BOROUGH if number == 0 else round(ELSEWHERE * share)
        for step in range(count):
            kind = kinds[(number * ELSEWHERE + step) % len(kinds)]
            plan.append((borough, kind, name_of(kind, used, place_names[number % len(place_names)])))
    return plan


def name_of(kind: str, used: dict[str, int], place: str) -> str:
    names = told("activities")[kind]["names"]
    turn = used.get(kind, 0)
    used[kind] = turn + 1
    name = str(names[turn % len(names)]).format(place=place)
    return name if turn < len(names) or place in name else f"{name}, {place}"


def group(world: World, borough: str, kind: str, name: str) -> Group:
    told_of = told("activities")[kind]
    body = organisation(f"{name} Group" if len(name) < 18 else name, "community-group", world.postcode(borough))
    service = add_service(organisation=body, facts=facts(world, borough, kind, name, told_of), by=MAKER)
    show_the_door(world, service)
    made = Group(body, service, borough)
    if borough == "E09000028":
        coordinator = "Maggie Flynn" if kind == "bereavement-support" else made_up_name(world)
        made.coordinator = member(coordinator, Role.PROVIDER_COORDINATOR, body)
        if kind == "bereavement-support":
            world.characters |= {
                "provider": made.coordinator,
                "session-leader": member("Desmond King", Role.SESSION_LEADER, body),
            }
    return made


def levels_of(name: str, told_of: dict[str, Any]) -> dict[str, Any]:
    """How far its advice goes, or of what level the course is: different of each, and of some nobody has said."""
    some = told_of.get("levels") or [{}]
    chosen = some[len(name) % len(some)]
    said = {field: tuple(value) if isinstance(value, list) else value for field, value in chosen.items()}
    if "quality_mark" in said:
        said["quality_mark_until"] = clock.today() + (-40 if len(name) % 4 == 0 else 300) * clock.DAY
    if told_of.get("weeks"):
        said["join_by"] = clock.today() + 12 * clock.DAY
    return said


def course_dates(session: SessionFacts, told_of: dict[str, Any]) -> SessionFacts:
    """A course has a first and a last day; it began two weeks ago."""
    if not told_of.get("weeks"):
        return session
    first = clock.today() - 14 * clock.DAY
    return structs.replace(session, valid_from=first, valid_to=first + told_of["weeks"] * 7 * clock.DAY - clock.DAY)


def facts(world: World, borough: str, kind: str, name: str, told_of: dict[str, Any]) -> ServiceFacts:
    dice = world.dice
    access = (
        ["step-free", *dice.sample(sorted(set(ACCESS) - {"step-free"}), k=dice.randrange(1, 4))]
        if dice.random() < 0.8
        else []
    )
    cost, ask_for = told_of.get("cost", 0), made_up_name(world).split()[0]
    checked = clock.today() - dice.choice([5, 20, 45, 80, 130, 260]) * clock.DAY
    return ServiceFacts(
        name=name,
        description=told_of["about"],
        phone=f"020 7946 0{dice.randrange(100, 1000)}",
        email=f"hello@{kind}.example.org",
        referral_email=f"referrals@{kind}.example.org",
        kinds=(kind,),
        needs=tuple(told_of["needs"]),
        person_attributes=tuple(told_of.get("for", ())),
        access_needs=tuple(access),
        languages=("en", *dice.sample(["bn", "so", "tr", "pl", "es", "pt", "yue"], k=dice.randrange(0, 3))),
        who_it_is_for=told_of["who"],
        capacity_places=places(world, told_of),
        wait_weeks=told_of.get("wait"),
        what_happens=told_of["happens"],
        who_comes=told_of["who"],
        first_visit=f"Ask for {ask_for}. You will be met at the door, shown round and given a tea. You can leave whenever you like.",
        bring_someone="Yes, bring a friend or carer the first time."
        if dice.random() < 0.7
        else "Come on your own if you can; we will look after you.",
        quiet_times="The first half hour is the quietest." if dice.random() < 0.6 else "",
        getting_there=the_way(dice.choice(DOORS), len(name)),
        ask_for=ask_for,
        verified_on=checked,
        verified_by="the group" if dice.random() < 0.6 else "a directory steward",
        assured_date=checked,
        is_fictional=True,
        **levels_of(name, told_of),
        places=(place(world, borough, kind, access),),
        sessions=(course_dates(session(world, name, told_of), told_of),),
        costs=(CostFacts(option="Each visit", amount=Decimal(str(cost))),)
        if cost
        else (CostFacts(option="Free", amount=Decimal(0)),),
    )


def the_way(door: str, number: int) -> str:
    """Some groups say it in a sentence, some step by step."""
    if number % 2:
        return f"Two minutes from a bus stop. Come in by {door}."
    return f"Get off the bus at the stop after the station.\nCross at the lights and walk back for two minutes.\nCome in by {door}."


def places(world: World, told_of: dict[str, Any]) -> int | None:
    """Some groups have room for everybody; some count their chairs."""
    if "places" in told_of:
        return int(told_of["places"])
    return world.dice.choice([None, None, 8, 12, 20])


def place(world: World, borough: str, kind: str, access: list[str]) -> PlaceFacts:
    part, hall = world.dice.choice(told("london")["places"]), world.dice.choice(HALLS)
    hall = HELD_AT.get(kind, hall)
    number, street = world.dice.randrange(1, 180), world.dice.choice(told("london")["places"])
    made = PlaceFacts(
        name=f"{part} {hall}",
        address_1=f"{number} {street} Street",
        city="London",
        postcode=world.postcode(borough),
        borough_code=borough,
        place_kind=KIND_OF_HALL.get(hall, ""),
    )
    building = world.buildings.setdefault((borough, hall), made) if hall in SHARED else made
    features = tuple(AccessFacts(description=ACCESS[each], access_need=each) for each in access)
    return structs.replace(building, accessibility=features)
