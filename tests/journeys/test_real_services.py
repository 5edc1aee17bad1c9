"""Real councils' services, where the data folder is there: read, found, and one of them chosen for a person's goal."""

import json

import pytest
from django.conf import settings

from .site import Site
from .steps import Window, given_i_am, given_i_am_a_resident
from .steps import deciding as manager
from .steps import listening as worker
from .steps import referring as gp

FOLDER = settings.BASE_DIR.parent / "shared" / "data" / "council-feeds"
FEEDS = {
    "bristol_v1_services_sample.json": "One council",
    "buckinghamshire_outpost_services_page_1.json": "Another council",
    "buckinghamshire_outpost_services_page_2.json": "Another council",
}
SERVICES = 133
EDGE_OF_LONDON = "UB9 6AA"
MABEL = gp.SomebodyReferred("Mabel", "Oakeshott", postcode=EDGE_OF_LONDON, words="I used to walk for miles.")
WALK, GOAL = "Simply Walk", "Walk with other people"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="The councils' feeds are not on this machine.")


def given_the_councils_services_are_read(site: Site) -> None:
    runs = [
        json.loads(site.linkworks("import-feed", str(FOLDER / file), "--name", name, "--json"))
        for file, name in FEEDS.items()
    ]
    assert sum(run["created"] for run in runs) == SERVICES
    assert sum(run["rejected"] for run in runs) == 0


def test_they_are_read_found_and_one_is_connected_to_a_persons_goal(somebody: Window, site: Site) -> None:
    given_the_councils_services_are_read(site)
    anybody = given_i_am_a_resident(somebody)
    anybody.open("/find").type("What are you looking for?", "walk").type(
        "Postcode", EDGE_OF_LONDON.lower().replace(" ", "")
    )
    anybody.pick("How far?", "Within 10 miles").press("Find support").sees(WALK, "miles")
    anybody.follow(WALK, exact=False).sees("How to join", "worked out from its own words")

    ruth = given_i_am(somebody, "Ruth Adeyemi")
    ruth.open("/referrals/key-in").choose("By telephone").choose("The person themselves")
    gp.when_i_fill_in_the_referral(ruth, MABEL)
    gp.when_i_check_and_send(ruth, MABEL)
    manager.when_i_accept(ruth, MABEL)
    manager.when_i_give_the_case_to(ruth, "Amara Boateng")

    amara = given_i_am(somebody, "Amara Boateng")
    worker.when_i_open_the_case(amara, MABEL)
    worker.when_we_talk(
        amara, matters="I want to be outdoors.", strengths="Knows the birds.", needs=("Wanting to move more",)
    )
    worker.when_i_open_the_case(amara, MABEL)
    worker.when_we_make_a_plan(amara, goal=GOAL, about=("Wanting to move more",), step="Ring the walk leader together")
    worker.when_they_agree_the_plan(amara)
    worker.when_i_look_for_support(amara, GOAL)
    amara.type("Words", "walk").pick("Within", "5 miles").press("Look again").sees(WALK)
    amara.follow(f"Choose this : {WALK}", exact=False).sees_heading(WALK)
    worker.when_they_agree_to_what_is_shared(amara, "Mabel would like to walk with others.")
    worker.when_i_open_the_case(amara, MABEL)
    amara.sees(WALK, "Sent")
