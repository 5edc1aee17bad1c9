"""Referring somebody, and hearing what became of it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from ..somebody import Somebody

REFERENCE = re.compile(r"\b[RCK]-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@dataclass(frozen=True)
class SomebodyReferred:
    """A made-up person of a journey."""

    given_name: str
    family_name: str
    born: tuple[int, int, int] = (14, 5, 1950)
    postcode: str = "SE15 5DD"
    phone: str = "020 7946 0321"
    needs: tuple[str, ...] = ("Feeling alone or isolated",)
    words: str = "The house is so quiet."

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


def reference_on(page: Page) -> str:
    """The reference shown on a page."""
    found = REFERENCE.search(page.locator("main").inner_text())
    assert found, f"No reference at {page.url}"
    return found.group()


def when_i_refer(me: Somebody, person: SomebodyReferred) -> str:
    """Fill in the one page, check, send. Gives the reference."""
    me.open("/referrals/new").sees_heading("Refer somebody")
    when_i_fill_in_the_referral(me, person)
    return when_i_check_and_send(me, person)


def when_i_fill_in_the_referral(me: Somebody, person: SomebodyReferred) -> None:
    me.type("First name", person.given_name).type("Last name", person.family_name)
    me.type_date("Date of birth", *person.born)
    me.type("Postcode", person.postcode)
    me.choose(*person.needs)
    me.type("In their own words", person.words)
    me.choose("Yes, they know why and they agree")
    me.choose("Phone call", exact=True)
    me.type("Phone number", person.phone)
    me.choose("Yes", of="Is it safe to leave a message?", exact=True)
    me.choose("Yes", of="Is it safe to say who is calling?", exact=True)


def when_i_check_and_send(me: Somebody, person: SomebodyReferred) -> str:
    me.press("Continue").sees_heading("Check before you send").sees(person.name, person.words)
    me.press("Send referral").sees_heading("Referral sent")
    return reference_on(me.page)


def then_i_hear(me: Somebody, person: SomebodyReferred, *words: str) -> None:
    """What the referrer's own page of the referral says happened."""
    me.open(f"/referrals/?q={person.family_name}").follow(person.name)
    for each in words:
        me.waits_to_see(each)


def then_a_message_waits(me: Somebody, *words: str) -> None:
    me.open("/messages/")
    for each in words:
        me.waits_to_see(each)


def e_mails(me: Somebody, words: str, subject: str) -> Locator:
    me.open(f"/messages/outbox?q={words}")
    return me.page.locator("li.app-card", has_text=subject)


def when_i_open_the_e_mail(me: Somebody, words: str, subject: str, *, after: int = 0) -> None:
    """Find an e-mail in the outbox and open the link in it, in the window of whoever got it.

    `after` is how many like it were there before, where others had one too: the newest stands first.
    """
    letters = e_mails(me, words, subject)
    for _ in range(20):
        if letters.count() > after:
            break
        me.page.wait_for_timeout(750)
        me.page.reload()
    assert letters.count() > after, f"no new e-mail “{subject}”"
    letter = letters.first
    address = letter.get_by_role("link").first.get_attribute("href")
    assert address
    me.open(address)


def when_i_look_in_the_outbox(me: Somebody, words: str, subject: str) -> None:
    me.open(f"/messages/outbox?q={words}").waits_to_see(subject)
