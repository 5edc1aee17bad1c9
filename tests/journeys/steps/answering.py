"""A group answers by the link in its e-mail, with no account."""

from datetime import date

from ..somebody import Somebody
from .referring import when_i_open_the_e_mail

INVITATION = "Somebody would like to join you"


def when_the_group_opens_its_e_mail(me: Somebody, reference: str) -> None:
    when_i_open_the_e_mail(me, reference, f"{INVITATION}: {reference}")


def then_they_see_only_what_was_agreed(me: Somebody, *, name: str, need: str, hidden: tuple[str, ...]) -> None:
    me.sees(name, need).does_not_see(*hidden)


def when_they_ask(me: Somebody, question: str) -> None:
    me.follow("Ask or tell", exact=False).type("What would you like to ask or say?", question).press("Send")
    me.sees_heading("Your message was sent").follow("See it again")


def when_they_say_yes(me: Somebody, first: date) -> None:
    me.press("Yes, they can come").type_day("When could they first come?", first)
    me.press("Say yes").sees_heading("Thank you: you said yes").follow("See it again")


def when_they_say_no(me: Somebody, reason: str, words: str) -> None:
    me.press("No, not this time").choose(reason).type("Anything that would help", words)
    me.press("Say no").sees_heading("Thank you for telling us")


def when_they_mark_who_came(me: Somebody, day: date) -> None:
    me.press("Mark whether they came").type_day("Which session?", day).choose("Came", exact=True)
    me.press("Save").sees_heading("Thank you: it is noted")
