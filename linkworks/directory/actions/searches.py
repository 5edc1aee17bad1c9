"""Searches that found nothing are counted, so that somebody can do something about it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from linkworks.core.actor import Actor
from linkworks.core.clock import now

from ..access import check_may_edit
from ..models import EmptySearch
from ..rules import searches

AN_HOUR = timedelta(hours=1)


@transaction.atomic
def note_empty_search(words: str, *, by: Actor) -> None:
    """Count words that found nothing, once in an hour whoever looks again. Nothing is kept of who looked."""
    asked = searches.tidy(words)
    if not asked:
        return
    at = {"last_at": now()}
    row, is_new = EmptySearch.objects.select_for_update().get_or_create(
        code=searches.code_of(asked, settings.SECRET_KEY), defaults=at
    )
    if is_new or now() - row.last_at < AN_HOUR:
        return
    row.times, row.last_at = row.times + 1, now()
    row.words = asked if searches.may_be_read(asked, row.times) else ""
    row.save(update_fields=["times", "last_at", "words"])


@transaction.atomic
def forget_old_searches(*, by: Actor) -> None:
    """What nobody looks for any more is forgotten."""
    check_may_edit(by)
    EmptySearch.objects.filter(last_at__lt=now() - timedelta(days=searches.FORGET_DAYS)).delete()
