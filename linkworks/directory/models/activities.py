"""What is kept of feeds of activities between readings: such a feed only tells what is new since the last."""

from django.db import models
from django.db.models import Q

from linkworks.core import states as words
from linkworks.core.models import Identified

from ..states import FeedItemKind
from .sources import Source


class FeedItem(Identified):
    """One item of a feed of activities as it was last told: a listing, or one date of a listing."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="items")
    feed = models.CharField(max_length=20, help_text="Which of the source's feeds it came in")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=words.choices(FeedItemKind))
    subject = models.CharField(max_length=500, blank=True, help_text="What other items call it by")
    parent = models.CharField(max_length=500, blank=True, help_text="What it is a date of")
    modified = models.BigIntegerField(help_text="Where it stands in the feed's order")
    round = models.PositiveIntegerField(help_text="In which reading from the beginning it was last seen")
    is_deleted = models.BooleanField(default=False)
    starts = models.DateTimeField(null=True, blank=True)
    data = models.JSONField(default=dict, blank=True, help_text="What a listing needs of it, without private people")

    class Meta:
        ordering = ["key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "feed", "key"], name="one_item_per_key_of_a_feed"),
            models.CheckConstraint(condition=Q(kind__in=list(FeedItemKind)), name="feed_item_kind_is_known"),
        ]
        indexes = [models.Index(fields=["source", "parent"], name="dates_of_a_listing")]
