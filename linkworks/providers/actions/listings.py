"""Groups are asked whether their listing is still right: by e-mail or text, with a link that needs no account."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linkworks.core.actor import Actor
from linkworks.core.clock import today
from linkworks.core.errors import Invalid
from linkworks.core.later import on_its_own
from linkworks.directory import actions as directory
from linkworks.directory import queries
from linkworks.directory.access import refresh_token
from linkworks.directory.models import RefreshRequest
from linkworks.directory.rules.freshness import is_hidden
from linkworks.directory.rules.refreshing import Reached, what_now
from linkworks.directory.states import RefreshState
from linkworks.messaging.actions import tell_address
from linkworks.ui.formats import long_date

MOST_AT_ONCE = 200


@transaction.atomic
def ask_groups(*, by: Actor) -> int:
    """Ask the groups whose listings are due, the riskiest first. Gives how many."""
    for service, reached in (found := queries.to_ask(MOST_AT_ONCE)):
        with on_its_own("providers.ask_groups"):
            hidden = is_hidden(service.offered_until, today())
            write(
                directory.ask_group(service, reached=reached, by=by),
                reached,
                "listing-hidden" if hidden else "listing-check",
                by=by,
            )
    return len(found)


@transaction.atomic
def ask_group(service_id: UUID, *, by: Actor) -> None:
    """Ask one group now; nothing when it cannot be asked any more."""
    service = queries.listing(by, service_id)
    reached = queries.reach_of(service) if service else None
    if service and reached and not queries.why_not_asked(service):
        write(directory.ask_group(service, reached=reached, by=by), reached, "listing-check", by=by)


@transaction.atomic
def chase_groups(*, by: Actor) -> int:
    """Remind those who have not answered, once; after a month let it rest. Gives how many."""
    done = 0
    for asked in queries.waiting_requests():
        reminded = asked.state == RefreshState.REMINDED
        todo = what_now(asked.asked_on, is_reminded=reminded, today=today())
        with on_its_own("providers.chase_groups"):
            if todo == "lapse":
                directory.lapse(asked, by=by)
            elif todo == "remind":
                remind(asked, by=by)
        done += bool(todo)
    return done


def remind(asked: RefreshRequest, *, by: Actor) -> None:
    directory.remind(asked, by=by)
    if reached := queries.reach_of(asked.service):
        write(asked, reached, "listing-reminder", by=by)


def write(asked: RefreshRequest, reached: Reached, template: str, *, by: Actor) -> None:
    """What a feed gives as an address may be none: then nobody can be written to, and it lapses."""
    try:
        with transaction.atomic():
            tell_address(
                audience="provider",
                address=reached.address,
                template=template if reached.way == "email" else f"{template}-text",
                values={"date": long_date(asked.expires_at)} if reached.way == "email" else {},
                link=reverse("providers:listing", args=[refresh_token(asked.id)]),
                about_id=asked.id,
                dedupe=f"{template}:{asked.id}",
                scheme_id=None,
                way=reached.way,
                by=by,
            )
    except Invalid:
        return
