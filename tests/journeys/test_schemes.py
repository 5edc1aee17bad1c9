"""Somebody looks for the scheme where they live, reads who it is for, and asks it for support."""

import json

from .somebody import DESKTOP, PHONE
from .steps import Window, given_i_am_a_resident


def test_from_the_first_page_to_a_scheme_and_on_to_asking(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody, width=PHONE, javascript=False, also_at=(DESKTOP,))
    me.open("/").follow("see every social prescribing scheme").sees_heading("Social prescribing schemes")
    me.type("Search by scheme, borough or GP practice", "southwark").press("Search").look()
    card = me.page.locator(".app-card").first
    name = card.get_by_role("heading").get_by_role("link").inner_text()
    me.follow(name).sees_heading(name).sees("Made up", "Who it is for", "What you can expect", "How to reach them")
    me.sees("was last changed on").follow("Ask for support").sees("support")


def test_the_open_data_is_there_for_programs(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody)
    me.open("/organisations/schemes").sees("Use this information again", "Open Government Licence v3.0")
    address = me.page.get_by_role("link", name="All schemes for programs (JSON)").get_attribute("href")
    answer = me.page.request.get(me.page.url.split("/organisations")[0] + str(address))
    told = json.loads(answer.text())
    assert told["licence"] and {each["is_fictional"] for each in told["schemes"]} == {True}
