"""A steward takes on a council's list, decides about a reading that waits, and joins what two councils list twice."""

import json
from typing import Any

from .somebody import Somebody
from .steps import Window, given_i_am, given_i_am_a_resident

CHOIR = "Larkspur Rooftop Choir"


def club(key: int, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "name": f"Larkspur Pastime {key}",
        "description": "A club.",
        "organisation": {"id": 1, "name": "Larkspur Society"},
        "contacts": [{"name": "Office", "phone": "020 7946 0111"}],
        "locations": [{"address_1": "1 Elm Road", "city": "London", "postal_code": "SE15 5DD"}],
        **more,
    }


def given_a_source(ines: Somebody, name: str) -> None:
    ines.open("/directory/sources").press("Add a source").type("Name", name)
    ines.type("Licence", "Open Government Licence v3.0").press("Save").sees_heading(name).sees(
        "It has not been read yet"
    )


def when_i_give_a_file(ines: Somebody, name: str, *clubs: dict[str, Any]) -> None:
    ines.open("/directory/sources").follow(name).follow("Give a file with its listings")
    body = json.dumps({"content": clubs}).encode()
    ines.page.get_by_label("File with listings").set_input_files(
        {"name": "list.json", "mimeType": "application/json", "buffer": body}
    )
    ines.press("Read this file").sees_heading(f"Reading of {name}")


def test_a_reading_that_changes_much_waits_and_is_carried_out(somebody: Window) -> None:
    ines = given_i_am(somebody, "Ines Duarte", also_at=(390,))
    given_a_source(ines, "Larkspur Council")
    when_i_give_a_file(ines, "Larkspur Council", *(club(n) for n in range(4)))
    ines.waits_to_see("Done")

    when_i_give_a_file(ines, "Larkspur Council", *(club(n, description="A club with cake.") for n in range(4)))
    ines.waits_to_see("You decide whether this reading is carried out")
    ines.sees(
        "It would change 4 of 4 listings.", "“A club.” becomes “A club with cake.”", "Nothing has been changed yet"
    )
    anybody = given_i_am_a_resident(somebody)
    anybody.open("/find?q=Larkspur+Pastime").does_not_see("with cake")
    ines.open("/directory/queue").sees("It would change 4 of 4 listings")
    ines.follow("Reading of Larkspur Council").press("Carry it out").waits_to_see("Done")
    ines.open("/directory/queue?kind=reading").does_not_see("Larkspur Council")
    anybody.open("/find?q=Larkspur+Pastime").follow("Larkspur Pastime 2").sees("A club with cake.")

    changed = club(2, description="A club with cake.", contacts=[{"name": "Office", "phone": "020 7946 0222"}])
    others = [club(n, description="A club with cake.") for n in (0, 1, 3)]
    when_i_give_a_file(ines, "Larkspur Council", changed, *others)
    ines.waits_to_see("You decide whether this reading is carried out").press("Drop it").sees("Dropped")
    anybody.open("/find?q=Larkspur+Pastime").follow("Larkspur Pastime 2").sees("020 7946 0111").does_not_see("0222")


def test_what_two_councils_list_is_joined_and_taken_back(somebody: Window) -> None:
    ines = given_i_am(somebody, "Ines Duarte", also_at=(390,))
    for council in ("Hazel Council", "Rowan Council"):
        given_a_source(ines, council)
        when_i_give_a_file(ines, council, club(1, name=CHOIR))
        ines.waits_to_see("Done")
    anybody = given_i_am_a_resident(somebody)
    anybody.open("/find?q=Rooftop+Choir").sees(CHOIR)
    twice = anybody.page.get_by_role("heading").get_by_role("link", name=CHOIR)
    assert twice.count() == 2

    ines.open("/directory/duplicates").waits_to_see(CHOIR)
    ines.open("/directory/queue?q=rooftop+choir").sees("Listed twice?", "They share the same name")
    ines.page.get_by_role("link", name=CHOIR).first.click()
    ines.look().sees_heading("Are these the same?").sees("Hazel Council", "Rowan Council", "They share the same name")
    ines.choose(f"{CHOIR} (from Hazel Council)").press("They are the same: join them").sees("They are joined.")
    ines.open("/directory/queue?q=rooftop+choir").sees("Nothing was found")
    ines.open("/directory/duplicates?state=joined").follow(CHOIR)
    anybody.open("/find?q=Rooftop+Choir")
    assert twice.count() == 1
    anybody.follow(CHOIR).sees("Listing from Hazel Council", "Also listed by Rowan Council")

    ines.press("Take this back").sees("That is taken back.", "Which one is shown from now on?")
    anybody.open("/find?q=Rooftop+Choir")
    assert twice.count() == 2
