"""Somebody asks for support for themselves: six questions."""

from ..somebody import Somebody
from .referring import SomebodyReferred, reference_on


def when_i_ask_for_support(me: Somebody, person: SomebodyReferred) -> str:
    """Start to finish, by telephone only; gives the reference."""
    me.open("/").follow("Ask for support").sees("6 questions").sees("116 123").press("Start")
    me.choose(*person.needs).press("Continue")
    me.type("Tell us in your own words", person.words).press("Continue")
    me.type("First name", person.given_name).type("Last name", person.family_name).press("Continue")
    me.type("What is your postcode?", person.postcode).press("Continue")
    me.choose("Phone call").type("Phone number", person.phone)
    me.choose("No", of="Is it safe to leave a message?", exact=True)
    me.choose("No", of="Is it safe to say who is calling?", exact=True).press("Continue")
    me.press("Continue").sees_heading("Check your answers").sees(person.words, "Elm Tree Social Prescribing")
    me.press("Send").sees_heading("Thank you, we have it").sees("116 123", "85258")
    return reference_on(me.page)
