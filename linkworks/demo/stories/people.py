"""Who a story is told of: a made-up name, age, address and safe ways to be reached."""

from datetime import date
from typing import Any

from linkworks.core import clock
from linkworks.people.queries import NUMBERS
from linkworks.people.rules import Clues, likeness
from linkworks.referrals.rules import Reach, ReferralDetails

from ..world import Team, World, given_names, told

ROW_FOR_LANGUAGE = {"so": 7, "bn": 4, "uk": 15, "es": 11, "fa": 18}
BEST_TIMES = ["Mornings", "After 4pm", "Not on Fridays", "When the children are at school", ""]


def details_for(world: World, team: Team, story: dict[str, Any], sender: dict[str, Any]) -> ReferralDetails:
    """What is sent about one made-up person, whom nobody could take for another: that would close the record to the team."""
    while True:
        details = drawn(world, team, story, sender)
        clues = clues_of(details)
        if not any(likeness(clues, each).is_worth_showing for each in world.people):
            world.people.append(clues)
            return details


def clues_of(details: ReferralDetails) -> Clues:
    phones = frozenset(way.value for way in details.contact_channels if way.kind in NUMBERS)
    return Clues(details.given_name, details.family_name, details.born_on, "", details.postcode, phones)


def drawn(world: World, team: Team, story: dict[str, Any], sender: dict[str, Any]) -> ReferralDetails:
    dice = world.dice
    given, family = name_for(world, story)
    return ReferralDetails(
        referrer_type=story["referrer"],
        given_name=given,
        family_name=family,
        born_on=birthday(world, *story["ages"]),
        address=f"Flat {dice.randrange(1, 90)}, {dice.choice(told('london')['places'])} House",
        postcode=world.postcode(dice.choice(team.boroughs)),
        language=story.get("language", "en"),
        needs_interpreter=story.get("interpreter", False),
        access_needs=tuple(story.get("access", ())),
        contact_channels=ways_to_reach(world, story),
        needs=tuple(story["needs"]),
        in_their_words=story["words"],
        anything_to_know=story.get("why", ""),
        told_and_agrees=True,
        **sender,
    )


def name_for(world: World, story: dict[str, Any]) -> tuple[str, str]:
    rows = told("names")
    row = (
        rows[ROW_FOR_LANGUAGE[story["language"]]]
        if story.get("language") in ROW_FOR_LANGUAGE
        else world.dice.choice(rows)
    )
    return world.dice.choice(given_names(row, story.get("who"))), world.dice.choice(row["family"])


def birthday(world: World, youngest: int, oldest: int) -> date:
    today = clock.today()
    return (
        date(today.year - world.dice.randint(youngest, oldest), world.dice.randint(1, 12), world.dice.randint(1, 28))
        - clock.DAY * 365
    )


def ways_to_reach(world: World, story: dict[str, Any]) -> tuple[Reach, ...]:
    """Most can be rung; some want a text, some a letter, and for some nothing at home is safe."""
    number = f"07700 900{world.dice.randrange(100, 1000)}"
    if story.get("unsafe"):
        return (
            Reach("phone", number, is_safe=False),
            Reach("through-someone", "The practice nurse, at appointments", is_safe=True),
        )
    if story.get("contact") == "text":
        return (Reach("text", number, is_safe=True, may_leave_message=True),)
    phone = Reach(
        "phone", f"020 7946 0{world.dice.randrange(100, 1000)}", is_safe=True, may_leave_message=world.dice.random() < 0.6,
        may_say_who_is_calling=True, best_times=world.dice.choice(BEST_TIMES),
    )  # fmt: skip
    letter = (Reach("letter", "Home address", is_safe=True),) if world.dice.random() < 0.5 else ()
    return (phone, *letter)
