"""A course at one's own level, and advice that goes as far as one needs: found, read about and kept."""

import re

from .somebody import DESKTOP, PHONE, Somebody
from .steps import Window, given_i_am, given_i_am_a_resident


def results(me: Somebody) -> list[str]:
    return me.page.locator(".app-card h3 a").all_inner_texts()


def open_first(me: Somebody) -> str:
    name = results(me)[0]
    me.follow(name).sees_heading(name)
    return name


def test_a_resident_finds_a_course_at_their_level_and_sees_where_it_leads(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody, width=PHONE, also_at=(DESKTOP,))
    me.open("/find?need=skills-learning&postcode=SE15+5DD&distance=25")
    before = results(me)
    me.page.get_by_text(re.compile("Narrow these")).click()
    me.follow("Mixed levels", exact=False).sees("Only:", "Mixed levels").look()
    assert 0 < len(results(me)) <= len(before)
    name = open_first(me)
    me.sees(
        "About the course", "People of all levels together", "Dates", "weeks", "Last day to join", "What it leads to"
    ).look()
    me.press("Save to your list")
    me.open("/find/saved").sees(name)


def test_a_link_worker_finds_debt_casework_where_people_are_treated_or_anywhere(somebody: Window) -> None:
    sam = given_i_am(somebody, "Sam Oduya", also_at=(PHONE,))
    sam.open("/find?q=debt&postcode=SE15+5DD&distance=10")
    sam.page.get_by_text(re.compile("Narrow these")).click()
    sam.follow("Casework", exact=False).sees("Only:").look()
    open_first(sam)
    sam.sees("The advice it gives", "Casework: forms, letters and calls on your behalf", "Fair Advice Mark (made up)")
