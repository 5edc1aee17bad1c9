"""Every page on every list and menu, opened by each character, at a desk and on a telephone."""

import pytest

from .somebody import PHONE, Somebody
from .steps import Window, given_i_am, given_i_am_a_resident

CHARACTERS = [
    "Dr Priya Nair", "Sam Oduya", "Amara Boateng", "Ruth Adeyemi", "Helen Marsh", "Joe Bright",
    "Maggie Flynn", "Desmond King", "Ines Duarte", "Paul Watts", "Grace Liu", "Callum Reid",
]  # fmt: skip
PUBLIC = [
    "/", "/open-directory", "/find", "/find?q=lunch&postcode=SE15+5DD", "/find?postcode=nonsense", "/find?q=xylophone+regatta",
    "/find/saved", "/places", "/places?kind=health&postcode=SE15+5DD", "/places?q=xylophone", "/places?postcode=nonsense",
    "/find/sectors", "/find/sectors/housing/print", "/organisations/schemes", "/organisations/schemes?q=nowhere",
    "/who-serves-me", "/self-refer", "/self-refer/call-back", "/refer", "/accounts/sign-in", "/accounts/password", "/messages/outbox",
    "/demo/sign-in",
]  # fmt: skip
OUT = ("/accounts/sign-out", "/leave")
INSIDE = """() => [...document.querySelectorAll('main a[href^="/"], nav a[href^="/"], header a[href^="/"]')]
    .filter((link) => !link.hasAttribute('download')).map((link) => link.getAttribute('href'))"""
FILES = ("download", ".yaml", ".csv", ".json")
MOST = 60
SAME_FOR_EVERYBODY = (
    "/find", "/places", "/services/", "/self-refer", "/who-serves-me", "/refer", "/messages/", "/accounts/you", "/organisations/boroughs",
    "/organisations/schemes",
)  # fmt: skip


def links_on(me: Somebody) -> list[str]:
    found = [each.split("#")[0] for each in me.page.evaluate(INSIDE) if not any(file in each for file in FILES)]
    return [each for each in found if each not in OUT]


def walk_through(me: Somebody, opened_by_others: set[str]) -> int:
    """From the first page, by every link, to each kind of page once. What is the same for everybody is opened by one of them."""
    waiting, kinds = links_on(me), {me.where, *opened_by_others}
    while waiting and len(kinds) < MOST:
        address = waiting.pop(0)
        if me.kind_of(address) in kinds:
            continue
        kinds.add(me.kind_of(address))
        me.open(address)
        waiting += links_on(me)
    opened_by_others |= {each for each in kinds if each.startswith(SAME_FOR_EVERYBODY)}
    return len(kinds)


@pytest.fixture(scope="module")
def opened() -> set[str]:
    """The pages that somebody has opened for everybody."""
    return set()


@pytest.mark.parametrize("name", CHARACTERS)
def test_each_kind_of_page_a_character_can_come_to(somebody: Window, opened: set[str], name: str) -> None:
    me = given_i_am(somebody, name, also_at=(PHONE,))
    assert walk_through(me, opened) > 3


def test_each_public_page(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody, also_at=(PHONE,))
    for address in PUBLIC:
        me.open(address)
    me.open("/find?q=lunch&postcode=SE15+5DD")
    me.page.locator("main h3 a").first.click()
    me.look().sees("How to join")


def test_what_is_not_there_and_what_is_not_allowed_say_so_on_pages_of_ours(somebody: Window) -> None:
    grace = given_i_am(somebody, "Grace Liu")
    grace.open_refused("/cases/", 403).sees_heading("")
    grace.open_refused("/cases/00000000-0000-4000-8000-000000000000", 403)
    grace.open_refused("/nowhere", 404).sees("Linkworks")


def test_the_keyboard_alone_is_enough_to_get_past_the_menu_and_to_what_is_wrong(somebody: Window) -> None:
    doctor = given_i_am(somebody, "Dr Priya Nair")
    doctor.open("/referrals/new")
    doctor.page.keyboard.press("Tab")
    skip = doctor.page.get_by_role("link", name="Skip to main content")
    doctor.has_focus(skip)
    doctor.page.keyboard.press("Enter")
    doctor.has_focus(doctor.page.locator("main"))
    doctor.press("Continue").has_focus(doctor.page.locator(".nhsuk-error-summary"))
    doctor.sees("There is a problem", "Enter their first name").follow("Enter their first name")
    doctor.has_focus(doctor.page.get_by_label("First name"))
