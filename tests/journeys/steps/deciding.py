"""The scheme's manager: the inbox, and who takes a case."""

from ..somebody import Somebody
from .referring import SomebodyReferred


def when_i_accept(me: Somebody, person: SomebodyReferred) -> None:
    me.open(f"/cases/inbox?q={person.family_name}").follow(person.name).sees(person.words)
    me.press("Accept").sees_heading("Accept this referral")
    me.choose("Somebody new: open a record").press("Accept")


def when_i_give_the_case_to(me: Somebody, worker: str) -> None:
    me.sees_heading("Give to a worker").choose(worker)
    me.press("Give this case").sees(f"was given to {worker}")
