"""What is kept of a feed between readings: each item as it was last told."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Q

from linkworks.core.clock import now

from ...models import FeedItem, Source
from ...rules.feeds.active import Kept
from ...states import FeedItemKind

TOLD = ["kind", "subject", "parent", "modified", "round", "is_deleted", "starts", "data"]
OVER = timedelta(days=1)


class Known(NamedTuple):
    modified: int
    round: int
    kind: str


def store(source: Source, feed: str, round: int, kept: Iterable[Kept]) -> None:
    """Keep a page's items. Of what comes twice the later counts; what was never known need not be known to be gone."""
    newest: dict[str, Kept] = {}
    for each in kept:
        if each.key not in newest or newest[each.key].modified <= each.modified:
            newest[each.key] = each
    items = FeedItem.objects.filter(source=source, feed=feed, key__in=list(newest))
    rows = items.values_list("key", "modified", "round", "kind")
    known = {key: Known(modified, seen, kind) for key, modified, seen, kind in rows}
    told = [row(source, feed, round, each, known.get(each.key)) for each in newest.values()]
    FeedItem.objects.bulk_create(
        [each for each in told if each],
        update_conflicts=True,
        unique_fields=["source", "feed", "key"],
        update_fields=TOLD,
    )


def row(source: Source, feed: str, round: int, told: Kept, known: Known | None) -> FeedItem | None:
    is_gone = told.is_deleted or (told.starts is not None and told.starts < now() - OVER)
    if known is None and is_gone:
        return None
    if known and known.round == round and told.modified < known.modified:
        return None
    return FeedItem(
        source=source,
        feed=feed,
        key=told.key,
        kind=known.kind if known and told.is_deleted else told.what,
        subject=told.subject,
        parent=told.parent,
        modified=told.modified,
        round=round,
        is_deleted=is_gone,
        starts=told.starts,
        data={} if is_gone else told.data,
    )


def forget_unseen(source: Source, feed: str, round: int) -> None:
    """At the end of a feed that was read from its beginning: what it did not have is no longer in it."""
    FeedItem.objects.filter(source=source, feed=feed, round__lt=round).delete()


def forget_feed(source: Source, feed: str) -> None:
    """A feed that the source does not have any more."""
    FeedItem.objects.filter(source=source, feed=feed).delete()
    if source.cursors.pop(feed, None):
        Source.objects.filter(id=source.id).update(cursors=source.cursors)


def forget_past(source: Source) -> None:
    """Dates that are over, or that were deleted."""
    gone = Q(starts__lt=now() - OVER) | Q(is_deleted=True)
    FeedItem.objects.filter(gone, source=source, kind=FeedItemKind.DATE).delete()
