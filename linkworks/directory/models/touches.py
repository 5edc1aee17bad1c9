"""Which listings changed since when: what keeps the data for finding in step."""

from typing import Any

from django.db import models


class TransactionId(models.Field):  # type: ignore[type-arg]
    """PostgreSQL's own number of the transaction that wrote a row."""

    def db_type(self, connection: Any) -> str:
        return "xid8"


class ListingTouch(models.Model):
    """That a listing, or something that hangs on it, was last written by this transaction. Triggers write it, nothing else.

    It stays when the listing goes, so that the going is noticed too.
    """

    service_id = models.UUIDField(primary_key=True)
    cx = TransactionId()

    class Meta:
        indexes = [models.Index(fields=["cx"], name="listing_touches_in_order")]
