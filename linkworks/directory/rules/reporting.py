"""What may be wrong with a listing, in the words of those who notice."""

WRONG = {
    "closed": "It has closed or does not run any more",
    "contact": "The telephone number, email or website is wrong",
    "when-where": "The time, the place or the cost is wrong",
    "says": "Something else that it says is wrong",
    "does-not-take": "It does not take the people it says it is for",
    "unsafe": "It may not be safe for people",
    "private": "It shows something that should be private",
}
GOING = frozenset({"when-where"})  # put right on the pages of times, places and cost
AT_ONCE = frozenset({"unsafe", "private"})  # these are looked at first


def said(reason: str, words: str) -> str:
    """What was reported, on one line: the reason and what was written."""
    return ". ".join(part for part in (WRONG.get(reason, ""), words.strip()) if part)
