"""What a match for a person must be, and what was set aside."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linkworks.audit.models import recorded
from linkworks.core.tenancy import Wall

from .cases import Case, InScheme
from .plans import Goal

ANYWHERE = 50.0  # kilometres: further than across London
ANY_COST = "any"
CAN_PAY = [
    ("0", "Nothing: it has to be free"),
    ("2", "Up to £2 each time"),
    ("5", "Up to £5 each time"),
    ("10", "Up to £10 each time"),
    (ANY_COST, "What it costs does not matter"),
]


@recorded()
class Limits(InScheme):
    """What the person said they can manage, for all their goals. Empty: not asked yet; an empty list: nothing to heed."""

    wall = Wall()

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="limits")
    times = ArrayField(models.CharField(max_length=20), null=True, help_text="Parts of days: TU-morning")
    within_km = models.FloatField(null=True, help_text="How far they can go")
    can_pay = models.CharField(
        max_length=10, blank=True, choices=CAN_PAY, help_text="The most each time, in pounds; 0 is nothing"
    )
    only_for = ArrayField(models.CharField(max_length=40), null=True, help_text="Whom a group has to be for")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(within_km__isnull=True) | Q(within_km__gt=0), name="limits_distance_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(can_pay="") | Q(can_pay__in=[most for most, _ in CAN_PAY]), name="limits_cost_is_known"
            ),
        ]

    @property
    def most_to_pay(self) -> Decimal | None:
        """The most they can pay each time; None when it does not matter, or nobody asked."""
        return Decimal(self.can_pay) if self.can_pay and self.can_pay != ANY_COST else None


# Why somebody does not want a group that fits on paper, as its link worker writes it down.
LISTING_WRONG = "listing"
WHY_ASIDE = [
    ("not-wanted", "It is not what they would like"),
    ("been", "They have been, and it was not for them"),
    ("getting-there", "Getting there is too hard"),
    ("times", "The times do not suit them"),
    ("access", "It does not have what they need"),
    (LISTING_WRONG, "Its listing is wrong"),
    ("other", "Something else"),
]


@recorded()
class SetAside(InScheme):
    """A service that is not offered again for this goal, until it is put back: who said so, and why. It refuses nobody."""

    wall = Wall()

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="set_aside")
    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20, choices=WHY_ASIDE)
    note = models.CharField(max_length=200, blank=True)
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "service"], name="set_aside_once_for_a_goal"),
            models.CheckConstraint(
                condition=Q(reason__in=[reason for reason, _ in WHY_ASIDE]), name="set_aside_reason_is_known"
            ),
        ]
