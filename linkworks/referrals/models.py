"""Referrals into a scheme, exactly as they were sent; the person's record is made when one is accepted."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linkworks.audit.models import recorded
from linkworks.core import states as words
from linkworks.core.models import Identified
from linkworks.core.tenancy import Wall

from .states import DeclineReason, Door, Move, State, Step

WALL = Wall(organisation="from_organisation_id", front_door=True)
HISTORY = Wall(organisation="from_organisation_id", front_door=True, append_only=True)


@recorded()
class Referral(Identified):
    """Somebody asks a scheme to help a person. The same record whichever door it came through."""

    wall = WALL

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=words.choices(State), default=State.SENT)
    door = models.CharField(max_length=20, choices=words.choices(Door))

    referrer_type = models.CharField(max_length=40)
    from_organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_organisation_name = models.CharField(max_length=200, blank=True)
    referrer_user = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    referrer_name = models.CharField(max_length=200, blank=True)
    referrer_job = models.CharField(max_length=100, blank=True)
    referrer_email = models.EmailField(blank=True)
    referrer_phone = models.CharField(max_length=30, blank=True)

    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100, blank=True)
    chosen_name = models.CharField(max_length=100, blank=True)
    born_on = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    language = models.CharField(max_length=10, default="en")
    needs_interpreter = models.BooleanField(default=False)
    access_needs = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    # [{"kind": "phone", "value": "020 7946 0000", "is_safe": true, "may_leave_message": false, "best_times": ""}]
    contact_channels = models.JSONField(default=list)

    needs = ArrayField(models.CharField(max_length=40), default=list)
    in_their_words = models.TextField(blank=True)
    anything_to_know = models.TextField(blank=True)
    told_and_agrees = models.BooleanField(default=False, help_text="Told the person why, and they agree")

    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decline_reason = models.CharField(max_length=40, choices=words.choices(DeclineReason), blank=True)
    decision_words = models.TextField(blank=True, help_text="What the referrer is told")
    redirected_to = models.CharField(max_length=200, blank=True)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "state", "-sent_at"], name="inbox_of_a_scheme"),
            models.Index(fields=["from_organisation", "-sent_at"], name="referrals_of_a_referrer"),
            models.Index(fields=["person"], name="referrals_of_a_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="referral_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=State.ACCEPTED) | Q(person__isnull=False), name="accepted_referral_has_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DECLINED) | ~Q(decline_reason=""), name="declined_referral_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ReferralMove(Identified):
    """One step of a referral's history: who, when and why. Never changed."""

    wall = HISTORY

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="moves")
    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    from_organisation = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    move = models.CharField(max_length=20, choices=words.choices(Move))
    to_state = models.CharField(max_length=20, choices=words.choices(State))
    reason = models.TextField(blank=True)
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]


class Amendment(Identified):
    """A change made after sending, with the reason and both wordings. Never changed."""

    wall = HISTORY

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="amendments")
    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    from_organisation = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField()
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]


class Progress(Identified):
    """What whoever referred was told afterwards, as far as the person agreed. Never changed."""

    wall = HISTORY

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="progress")
    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    from_organisation = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    step = models.CharField(max_length=20, choices=words.choices(Step))
    words = models.TextField(blank=True)
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]
        constraints = [models.UniqueConstraint(fields=["referral", "step"], name="each_step_is_told_once")]


class LinkUndone(Identified):
    """A referral was joined to the wrong person and taken off again. For the scheme alone: the sender never reads it."""

    wall = Wall(append_only=True)

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links_undone")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    reason = models.TextField()
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]


class GuestLink(Identified):
    """A verified e-mail link: lets a professional without an account refer, for a day."""

    email = models.EmailField()
    name = models.CharField(max_length=200)
    job = models.CharField(max_length=100, blank=True)
    organisation_name = models.CharField(max_length=200)
    referrer_type = models.CharField(max_length=40)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
