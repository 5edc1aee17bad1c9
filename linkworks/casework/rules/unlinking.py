"""Whether a referral that was joined to the wrong person can simply be taken off again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What hangs on a referral's link to a person."""

    is_accepted: bool
    was_known: bool = True  # the person's record was there before this referral
    began: bool = False  # work was written down since
    was_told: bool = False  # whoever referred was told how it went
    is_yours: bool = True  # the case is one the asker may open
    case_is_open: bool = True


def why_not_undone(facts: LinkFacts) -> str:
    """Why the link stays, in a sentence; nothing when it can be undone."""
    if not facts.is_accepted:
        return "This referral is not joined to anybody’s record now."
    if not facts.was_known:
        return "This referral opened the record itself, so it was joined to nobody else’s."
    if facts.was_told:
        return "Whoever referred has already been told how the work with this person goes."
    if not facts.is_yours:
        return "The case it was joined to is with a colleague. Ask them, or your team manager."
    if facts.began or not facts.case_is_open:
        return "Work with this person was written down since, so the two cannot be taken apart by a button."
    return ""
