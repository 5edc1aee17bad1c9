"""How the public doors say things, and where each member of staff starts."""

from typing import Any

from django.urls import reverse

from linkworks.core.actor import Actor
from linkworks.core.permissions import Permission as P
from linkworks.organisations.queries import SchemeCard, WhoServes
from linkworks.ui import formats

# The first that fits is where somebody's work starts.
LANDINGS: tuple[tuple[frozenset[P], str], ...] = (
    (frozenset({P.CASE_WORK, P.CASE_VIEW_TEAM}), "casework:today"),
    (frozenset({P.REFERRAL_KEY_IN}), "referrals:key-in"),
    (frozenset({P.REFERRAL_SEND}), "referrals:list"),
    (frozenset({P.CONNECTION_ANSWER}), "providers:inbox"),
    (frozenset({P.ATTENDANCE_MARK}), "providers:registers"),
    (frozenset({P.DIRECTORY_EDIT}), "directory:steward-list"),
    (frozenset({P.ACCOUNTS_MANAGE}), "accounts:members"),
)


def landing(actor: Actor) -> str:
    """The address of the page this person's work starts on; empty when their role has none yet."""
    for permissions, name in LANDINGS:
        if permissions & actor.permissions:
            return reverse(name)
    return ""


def without_work(actor: Actor) -> dict[str, Any]:
    """What somebody reads whose role has no page yet."""
    return {"sees_reports": actor.may(P.REPORTS_VIEW)}


def scheme_cards(answer: WhoServes) -> list[dict[str, Any]]:
    """The schemes for a postcode, or the nearest one in a gap."""
    nearest = answer.gap.nearest if answer.gap else None
    shown = [*answer.schemes, *answer.starting, *([nearest] if nearest and nearest not in answer.schemes else [])]
    return [scheme_card(each, is_nearest=each is nearest) for each in shown]


def scheme_card(scheme: SchemeCard, *, is_nearest: bool) -> dict[str, Any]:
    facts = [
        ("Phone", formats.phone(scheme.phone)),
        ("Email", scheme.email),
        ("Open", scheme.opening_hours),
        ("Run by", scheme.host_name),
    ]
    tags = [{"text": "Nearest", "colour": "yellow"}] if is_nearest else []
    tags += [{"text": "Being set up", "colour": "grey"}] if scheme.is_starting else []
    href = reverse("organisations:profile", args=[scheme.slug])
    return {"heading": scheme.name, "href": href, "text": scheme.coverage_note, "facts": facts, "tags": tags}
