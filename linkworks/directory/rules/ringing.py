"""What somebody may say who rings a group for the first time: a first sentence, and what its listing leaves open."""

from dataclasses import dataclass

OPENING = "Hello. I found you on a list of local support, and I would like to come for the first time."


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the listing tells already."""

    ask_for: str = ""
    still_runs: bool = False
    has_next: bool = False
    has_place: bool = False
    has_cost: bool = False
    is_full: bool = False


def to_say(known: Known) -> list[str]:
    """The sentences in the order of a call."""
    asked = [
        (f"Could I speak to {known.ask_for}, please?", bool(known.ask_for)),
        ("Is it still running?", not known.still_runs),
        ("Is there a waiting list? How long is it?", known.is_full),
        ("Is there room for somebody new?", not known.is_full),
        ("When is the next one I can come to?", not known.has_next),
        ("Where do I go?", not known.has_place),
        ("What does it cost?", not known.has_cost),
        ("What should I bring, and who will meet me?", True),
    ]
    return [OPENING, *(words for words, is_open in asked if is_open)]
