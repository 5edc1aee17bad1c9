"""From a listing to what is known of its field, from there to what is near, and on paper."""

from .somebody import DESKTOP, PHONE
from .steps import Window, given_i_am, given_i_am_a_resident


def test_a_resident_looks_at_a_field_and_finds_what_is_near(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody, also_at=(PHONE,))
    me.open("/find").follow(
        "Arts, food growing, housing, benefits and legal advice: what there is, and what we know of it"
    )
    me.sees_heading("Fields of support").sees("Arts and culture", "Benefits and legal advice").follow("Food growing")
    me.sees_heading("Food growing").sees("What do we know about whether it helps?", "It does not show")
    me.unfold("How many in each borough").sees("Southwark")
    me.type("Your postcode", "SE15 5DD")
    me.page.get_by_role("search").get_by_role("button").click()
    me.look().sees_heading("Find local support").sees("Only: Food growing", "SE15 5DD")
    me.follow("remove Food growing").does_not_see("Only: Food growing")


def test_a_link_worker_asks_what_we_know_of_a_listing(somebody: Window) -> None:
    amara = given_i_am(somebody, "Amara Boateng", also_at=(PHONE,))
    amara.open("/find?sector=arts-and-culture")
    amara.page.locator("main h3 a").first.click()
    amara.look().follow("What do we know about whether this helps?").sees_heading("Arts and culture")
    amara.sees("Low: the truth may well be different").unfold("How much, and why").sees("Why this certainty")
    amara.follow("Print this page").sees_heading("Arts and culture").sees("Printed on")


def test_it_works_without_a_script_on_a_phone(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody, width=PHONE, also_at=(DESKTOP,), javascript=False)
    me.open("/find/sectors").follow("Housing").sees_heading("Housing").sees("Making homes better")
    me.unfold("How many in each borough").sees("Barnet")
