"""What the person said they can manage: when, how far, at what cost, with whom. One answer at a time, for all their goals."""

from typing import Any

from django.db import transaction

from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid
from linkworks.directory.rules.week import CHOICES

from ..models import Case, Limits
from ..models.matching import CAN_PAY
from .history import case_in_hand

FURTHEST = 50  # kilometres
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
    if not (0 < said <= FURTHEST if about == "within_km" else answers(about, said) <= KNOWN[about]):
        raise Invalid("Choose one of the answers shown.", field=about)


def answers(about: str, said: Any) -> set[str]:
    return {said} if about == "can_pay" else set(said)
