"""Somebody who looks for support saves what they like, prints it, and gives it to somebody else by a link."""

from playwright.sync_api import expect

from .somebody import DESKTOP, PHONE, Somebody
from .steps import Window, given_i_am, given_i_am_a_resident

SEARCH = "/find?q=lunch&postcode=SE15+5DD&distance=10"


def when_i_save(me: Somebody, *places: int) -> list[str]:
    """The services that stand in these places of the results, by name."""
    names = []
    for place in places:
        card = me.page.locator(".app-card").nth(place)
        names.append(card.get_by_role("heading").get_by_role("link").inner_text())
        card.get_by_role("button").click()
        expect(card.get_by_role("button")).to_contain_text("Saved")
    return names


def the_link(me: Somebody) -> str:
    return me.page.get_by_label("Your link").input_value()


def test_from_finding_to_a_link_that_somebody_else_opens(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody, also_at=(PHONE,))
    me.open("/find/saved").sees("There is nothing on your list").follow("Find local support")
    first, second = when_i_save(me.open(SEARCH), 0, 1)
    me.look().sees("Your list (2)", "Saved: take off").follow("Your list (2)")
    me.sees_heading("Your list").sees(first, second, "2 services.")
    me.press(f"Take off {first}").sees(f"{first} is off your list.", "1 service.")
    me.press("Put it back").sees("2 services.").press(f"Take off {second}").sees("1 service.")
    me.press("Make a link").sees("Anybody with this link sees 1 service", "Send it yourself: we send nothing")

    other = given_i_am_a_resident(somebody, width=PHONE, also_at=(DESKTOP,))
    other.open(the_link(me)).sees_heading("Local support, chosen for you").sees(first).does_not_see(second)
    assert other.page.title() == "Local support"
    other.follow("Print this list").sees(first, "What to say when you ring", "What should I bring")
    other.follow("Large print (18 point)").sees(first)
    other.open(the_link(me)).press("Save them to a list of your own").sees_heading("Your list").sees("1 service.")

    link = the_link(me)
    me.press("Stop sharing").sees("You get a link")
    other.open_refused(link, 410).sees_heading("no longer shared")
    me.press("Empty the list").sees("There is nothing on your list")


def test_on_a_telephone_without_a_script_and_with_the_keyboard(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody, width=PHONE, javascript=False)
    me.open(SEARCH)
    button = me.page.locator(".app-card").first.get_by_role("button")
    button.focus()
    me.page.keyboard.press("Enter")
    expect(button).to_contain_text("Saved")
    assert "#service-" in me.page.url, "one is back where one pressed"
    me.follow("Your list (1)").follow("Print your list").sees("What to say when you ring")
    me.open("/find/saved").press("Make a link").press("Stop sharing").sees("You get a link")


def test_a_link_worker_gives_a_list_to_somebody(somebody: Window) -> None:
    ruth = given_i_am(somebody, "Ruth Adeyemi", also_at=(PHONE,))
    [name] = when_i_save(ruth.open(SEARCH), 0)
    ruth.follow("Your list (1)").sees(name).press("Make a link").follow("See what they see").sees(name)


def test_leaving_at_once_leaves_no_list_behind(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody)
    when_i_save(me.open(SEARCH), 0)
    me.context.request.get(f"{me.site.address}/leave", max_redirects=0)
    me.open("/find/saved").sees("There is nothing on your list")


def test_the_map_leads_to_the_list_and_is_told_in_words(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody, width=PHONE, javascript=False, also_at=(DESKTOP,))
    me.open("/find?need=loneliness&postcode=SE15+5DD&distance=10").follow("See them on a map")
    me.sees("numbered as in the list, which says where each one is")
    number = me.page.locator(".app-beside__map a").first
    name = str(number.get_attribute("aria-label")).partition(": ")[2]
    number.focus()
    me.page.keyboard.press("Enter")
    expect(me.page.locator(".app-card:target")).to_contain_text(name)


def test_somebody_says_that_nothing_fits_and_a_steward_sees_how_often(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody, also_at=(PHONE,))
    me.open("/find?q=lunch&need=loneliness&postcode=SE15+5DD").follow("Tell us that nothing fits")
    me.press("Send").sees("There is a problem", "Choose why nothing fits")
    me.choose("It is not on when I can go").press("Send").sees_heading("Thank you. It is counted")
    me.sees("We cannot promise").follow("Ask for a link worker")
    ines = given_i_am(somebody, "Ines Duarte", also_at=(PHONE,))
    ines.open("/directory/missing").sees("People said that nothing fits", "It is not on when I can go", "Southwark")
