"""Acting as somebody in a test."""

from contextlib import AbstractContextManager

from linkworks.core import tenancy
from linkworks.core.actor import Actor

EVERYTHING = Actor(id="test", name="A test", purpose="job")


def acting(actor: Actor) -> AbstractContextManager[None]:
    return tenancy.context(actor)
