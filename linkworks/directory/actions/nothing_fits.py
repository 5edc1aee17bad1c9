"""Somebody says that nothing fits: counted by need, borough and reason, so that somebody can do something about it."""

from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from linkworks.core import idempotency
from linkworks.core.actor import Actor
from linkworks.core.clock import now
from linkworks.core.errors import Invalid

from ..access import check_may_edit
from ..models import NothingFitted
from ..rules import nothing_fits
from .searches import note_empty_search

COUNT = """
    INSERT INTO directory_nothingfitted (id, created_at, reason, need, borough_code, times, last_at)
    VALUES (gen_random_uuid(), %(at)s, %(reason)s, %(need)s, %(borough)s, 1, %(at)s)
    ON CONFLICT (reason, need, borough_code) DO UPDATE
    SET times = directory_nothingfitted.times + 1, last_at = excluded.last_at RETURNING id
"""


@transaction.atomic
def say_nothing_fits(*, reason: str, need: str, borough_code: str, words: str, token: str, by: Actor) -> None:
    """Once for each form that is sent. The words are kept as those of any search that found nothing."""
    if reason not in nothing_fits.WHY:
        raise Invalid("Choose why nothing fits")
    told = {"reason": reason, "need": need, "borough": borough_code}
    if idempotency.once("nothing-fits", token, [*told.values(), words]):
        return
    with connection.cursor() as cursor:
        cursor.execute(COUNT, told | {"at": now()})
        (row,) = cursor.fetchone() or (None,)
    idempotency.remember("nothing-fits", token, UUID(str(row)))
    note_empty_search(words, by=by)


@transaction.atomic
def forget_what_fitted_long_ago(*, by: Actor) -> None:
    """What nobody said for a year is forgotten."""
    check_may_edit(by)
    NothingFitted.objects.filter(last_at__lt=now() - timedelta(days=nothing_fits.FORGET_DAYS)).delete()
