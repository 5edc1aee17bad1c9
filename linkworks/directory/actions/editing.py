"""Changing what a listing says. What is changed here is kept when its feed is read again."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid

from ..access import check_may_edit
from ..models import Service
from ..rules import editing
from .changing import apply_changes


@transaction.atomic
def edit_listing(
    service: Service, *, facts: Mapping[str, Any], seen: str, follow: Sequence[str] = (), by: Actor
) -> list[str]:
    """Change what a listing says. `seen` stands for what the steward had before them; `follow` names what the feed decides again."""
    check_may_edit(by)
    service = Service.objects.select_for_update(of=("self",)).select_related("organisation").get(id=service.id)
    before = {name: getattr(service, name) for name in editing.FACTS}
    if editing.mark(before) != seen:
        raise Conflict("This listing has changed since you opened it. Look at it again, then change it.")
    if not str(facts.get("name", service.name)).strip():
        raise Invalid("Enter the name people know it by", field="name")
    return apply_changes(service, facts, follow=follow, by=by)
