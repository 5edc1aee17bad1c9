"""What a listing said before is brought back when that was better."""

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict

from ..access import check_may_edit
from ..models import ListingVersion, Service
from ..queries.versions import brought_back, said_now
from ..rules import editing, going
from .changing import versioned, write_changes
from .going import say


@transaction.atomic
def restore_version(version: ListingVersion, *, by: Actor) -> list[str]:
    """Let a listing say again what it said then. What it says now is kept too, so that this can be undone the same way."""
    check_may_edit(by)
    service = Service.objects.select_for_update(of=("self",)).select_related("organisation").get(id=version.service_id)
    now_says, then = said_now(service), brought_back(service, version)
    if all(now_says.get(name) == value for name, value in then.items()):
        raise Conflict("The listing says just that already.")
    facts = editing.read({name: then[name] for name in editing.FACTS if name in then})
    rows = {part: going.told(part, then[part]) for part in going.LABELS if part in then}
    with versioned(service, by=by):
        return [*write_changes(service, facts, by=by), *say(service, rows, by=by)]
