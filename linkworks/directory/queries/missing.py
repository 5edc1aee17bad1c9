"""What is missing: words that find nothing, and needs that nobody in a borough helps with."""

from collections import Counter

from linkworks.core import vocabulary
from linkworks.core.actor import Actor

from ..access import may_edit, running_services
from ..models import EmptySearch, NothingFitted
from ..rules import searches

MOST_WORDS = 100


def empty_searches(actor: Actor) -> tuple[list[EmptySearch], int]:
    """What many looked for in vain, and how often something rarer found nothing."""
    if not may_edit(actor):
        return [], 0
    often = EmptySearch.objects.exclude(words="")[:MOST_WORDS]
    rare = EmptySearch.objects.filter(words="", times__lt=searches.ENOUGH).values_list("times", flat=True)
    return list(often), sum(rare)


def nothing_fitted(actor: Actor) -> list[NothingFitted]:
    """For what people said that nothing fits, the most often first."""
    return list(NothingFitted.objects.all()[:MOST_WORDS]) if may_edit(actor) else []


def needs_by_borough(actor: Actor) -> dict[str, list[str]]:
    """For each borough where anything is listed: the needs that nothing there helps with, in the order of our list."""
    if not may_edit(actor):
        return {}
    rows = running_services().exclude(places__location__borough_code="")
    met: dict[str, Counter[str]] = {}
    for code, needs in rows.values_list("places__location__borough_code", "needs").distinct():
        if code:
            met.setdefault(code, Counter()).update(needs)
    return {code: [each for each in vocabulary.NEEDS if each not in found] for code, found in sorted(met.items())}
