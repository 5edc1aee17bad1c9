"""How results are put in order, from the one table that puts them so: for the page, and for docs/matching.md."""

from typing import Any

from ..rules import weights

MUST_HAVES = (
    "It takes people from link workers, and is a kind of support that the scheme offers.",
    "It is for people of their age.",
    "It has the access they need. What is not known to be there does not count as there.",
    "It is for those it has to be for, such as women only, where the person said so.",
    "It is no further than they can go, at a time when they can, and costs no more than they can pay.",
    "It has room. Who is full is shown after all others, with a way to ask all the same.",
)
EQUALS = (
    f"Results in one band of {weights.BAND:g} points (20 to 25, for example) are equals. Among equals, the group to which the"
    f" scheme sent fewer people in the last {weights.RECENT_DAYS} days comes first, so that a well-known group does not crowd"
    " out the others; then points, distance and name. Nothing moves from one band to another, and nothing is left out."
)
RELAXING = (
    f"When fewer than {weights.FEW} fit, these are set aside one at a time, in this order, until there is enough to choose from."
    " Each result found so says what is different. Age, access, whom it has to be for, how far advice must go and what a"
    " scheme offers are never set aside."
)
PEOPLE_DECIDE = (
    "Nobody is refused anything by this order. It helps people to choose; a link worker may choose any group, and can always talk"
    " it over with the person."
)
UNKNOWN = "What nobody knows (times, price, places) rules nothing out: the result says that it has to be asked."
NEVER = (
    "Somebody’s sex, gender, ethnicity, religion, orientation, marriage or pregnancy. The directory is not told of them;"
    " only of needs, wishes and what somebody enjoys, as they said it.",
    "Their name, address or health record. It is not told of those either: only of a place to measure from.",
    "Age, access and whom a group is for. They decide whether it fits, and give no points.",
    "Who pays, who asks to stand first, or how many look at a listing.",
)
STARTING = (
    "What says the words asked for itself, first in its name, comes before what only helps with the need they speak of, whatever"
    " its points. A group for people in one situation comes after all others for somebody in another."
    " On the finding page, words are understood first (the needs they speak of); these points order what is found without words."
)


def page() -> dict[str, Any]:
    return {
        "rows": [(each.label, f"{each.points:g}", each.words, each.for_a_goal) for each in weights.TABLE],
        "must_haves": MUST_HAVES, "never": NEVER, "starting": STARTING, "equals": EQUALS, "relaxing": RELAXING,
        "relaxed": list(weights.RELAXED.values()), "people_decide": PEOPLE_DECIDE, "unknown": UNKNOWN,
    }  # fmt: skip


def document() -> str:
    """The same as Markdown."""
    rows = [
        f"| {label} | {points} | {words}{' (only for a goal)' if is_goal else ''} |"
        for label, points, words, is_goal in page()["rows"]
    ]
    return "\n".join(
        [
            "# How results are put in order", "",
            "Printed by `linkworks weights` from `linkworks/directory/rules/weights.py`; do not edit by hand.",
            "The same table is read by the matching itself and by the page `/find/order`.", "",
            PEOPLE_DECIDE, "",
            "## What must hold for a person's goal", "", *(f"- {each}" for each in MUST_HAVES), "", UNKNOWN, "",
            "## Points", "", "| what | points | when |", "|---|---|---|", *rows, "", STARTING, "",
            "## Among equals", "", EQUALS, "",
            "## What never counts", "", *(f"- {each}" for each in NEVER), "",
            "## When too little fits", "", RELAXING, "",
            *(f"{number}. {each}" for number, each in enumerate(weights.RELAXED.values(), 1)), "",
        ]
    )  # fmt: skip
