"""What is on at the library: from the first page, from a listing, and by a link worker who needs somewhere people are treated."""

import re

from .somebody import DESKTOP, PHONE, Somebody
from .steps import Window, given_i_am, given_i_am_a_resident

NEAR = "/places?postcode=SE15+5DD&distance=5"


def first_place(me: Somebody) -> str:
    return me.page.locator(".app-card").first.get_by_role("heading").get_by_role("link").inner_text()


def on_here(me: Somebody) -> list[str]:
    """What the page says is on in the next seven days."""
    return me.page.locator(".nhsuk-grid-column-two-thirds li a").all_inner_texts()


def test_what_is_on_at_the_library(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody, width=PHONE, javascript=False, also_at=(DESKTOP,))
    me.open("/").follow("See what is on at libraries, parks, leisure centres and other places").sees_heading(
        "What is on where"
    )
    me.pick("Kind of place", "Library").type("Postcode", "SE15 5DD").press("Show places").look()
    name = first_place(me)
    assert "Library" in name
    me.follow(name).sees_heading(name).sees("In the next seven days", "Getting in", "Library. ", "Southwark")
    here = on_here(me)
    assert len(set(here)) >= 2, "several groups meet here"
    me.follow(here[0]).sees_heading(here[0]).sees("It is a library.").look()
    me.follow("What else is on here", exact=False).sees_heading(name)
    assert on_here(me) == here


def test_what_nobody_offers_and_what_is_mistyped(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody, also_at=(PHONE,))
    me.open("/find").follow("Or see what is on at libraries, parks, leisure centres and other places")
    me.type("Postcode", "SE15").press("Show places").sees("There is a problem").look()
    assert me.page.get_by_label("Postcode").input_value() == "SE15"
    me.type("Postcode", "SE15 5DD").type("Name or street of the place", "xylophone").press("Show places")
    me.sees("No place like that has anything on").look().follow("See all places").sees("Those with most on come first")


def test_a_link_worker_narrows_to_where_people_are_treated(somebody: Window) -> None:
    sam = given_i_am(somebody, "Sam Oduya", also_at=(PHONE,))
    sam.open("/find?postcode=SE15+5DD&distance=10")
    before = sam.page.locator("h2").first.inner_text()
    sam.page.get_by_text(re.compile("Narrow these")).click()
    sam.look().follow("In a health setting").sees("Only:", "In a health setting").look()
    counts = [
        int(re.sub(r"\D", "", each.split(" ")[0])) for each in (before, sam.page.locator("h2").first.inner_text())
    ]
    assert 0 < counts[1] < counts[0]
    sam.page.locator(".app-card").first.get_by_role("heading").get_by_role("link").click()
    assert re.search("It is a (GP surgery|health centre or clinic|hospital|pharmacy)", sam.page.content())
