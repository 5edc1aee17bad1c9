"""Somebody needs a place that is open now: they find one whose steward told today's hours, and see until when."""

import re

from playwright.sync_api import expect

from linkworks.core.clock import today

from .somebody import DESKTOP, PHONE, Somebody
from .steps import Window, given_i_am, given_i_am_a_resident

SEARCH = "/find?category=connected"


def when_i_tell_todays_hours(ines: Somebody) -> str:
    """An open day, from midnight to midnight: whenever this is read, it is open."""
    ines.open("/directory?q=Lunch")
    name = ines.page.locator("table a").first.inner_text()
    ines.follow(name).follow("Change the times, places and cost").follow("Add a time")
    ines.choose("Once").type_day("The date", today()).type("It begins at", "0:00").type("It ends at", "23:59")
    ines.press("Save")
    return name


def test_what_is_open_now_is_found_and_says_until_when(somebody: Window) -> None:
    name = when_i_tell_todays_hours(given_i_am(somebody, "Ines Duarte"))

    me = given_i_am_a_resident(somebody, width=PHONE, also_at=(DESKTOP,), javascript=False)
    me.open(SEARCH).unfold("Narrow these")
    link = me.page.locator(".app-narrowing li", has_text="Open now")
    count = int(re.findall(r"\((\d+)\)", link.inner_text())[0])
    link.get_by_role("link").click()
    me.look().sees("Only: Open now", f"{count} service")
    card = me.page.locator("li.app-card", has_text=name)
    expect(card).to_contain_text("Open now, until 11:59pm")
    card.get_by_role("heading").get_by_role("link").click()
    me.look().sees_heading(name).sees("Open now, until 11:59pm")
    me.follow("Back to what you found").follow("remove Open now").does_not_see("Only: Open now")
