"""What the person said they can manage: when, how far, at what cost, with whom. One answer at a time, for all their goals."""

from typing import Any

from django.db import transaction

from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid
from linkworks.directory.rules.week import CHOICES

from ..models import Case, Limits
from ..models.matching import ANYWHERE, CAN_PAY
from .history import case_in_hand

KNOWN = {
    "times": frozenset(time for time, _ in CHOICES),
    "only_for": frozenset(vocabulary.PERSON_ATTRIBUTES),
    "can_pay": frozenset(most for most, _ in CAN_PAY),
}


@transaction.atomic
def set_limit(case: Case, *, about: str, said: Any, by: Actor) -> Limits:
    """Keep one answer. What is not a possible answer is refused."""
    case = case_in_hand(case, by)
    check(about, said)
    limits, _ = Limits.objects.select_for_update().get_or_create(case=case, defaults={"scheme_id": case.scheme_id})
    setattr(limits, about, list(said) if about in ("times", "only_for") else said)
    limits.save()
    return limits


def check(about: str, said: Any) -> None:
    if not is_answer(about, said):
        raise Invalid("Choose one of the answers shown.", field=about)


def is_answer(about: str, said: Any) -> bool:
    if about == "within_km":
        return bool(0 < said <= ANYWHERE)
    return ({said} if about == "can_pay" else set(said)) <= KNOWN[about]
