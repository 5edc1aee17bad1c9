"""The few errors a user can meet. A page explains them; an API answers in its standard's form."""


class LinkworksError(Exception):
    """Something a user can be told about, in a sentence that says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(LinkworksError):
    """The actor may not do this (their role, or the state the thing is in, forbids it)."""


class Conflict(LinkworksError):
    """Somebody else changed the thing first, or it was already done."""


class Invalid(LinkworksError):
    """What was asked for does not hold together; the message says which part and what to do."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Unavailable(LinkworksError):
    """Something outside Linkworks did not answer; trying again later is safe."""
