"""Who somebody is, how it is safe to reach them, and what they chose to share."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linkworks.audit.models import recorded
from linkworks.core import states as words
from linkworks.core.models import Identified
from linkworks.core.tenancy import Wall

from .states import ChannelKind, Restriction, SharingTopic


@recorded()
class Person(Identified):
    """A person known to one scheme. Never merged by machine."""

    wall = Wall()

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    chosen_name = models.CharField(max_length=100, blank=True, help_text="What they like to be called")
    pronouns = models.CharField(max_length=40, blank=True)
    born_on = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    practice = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(max_length=10, default="en")
    needs_interpreter = models.BooleanField(default=False)
    access_needs = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    emergency_contact = models.CharField(max_length=200, blank=True)
    call_worker_first = models.BooleanField(
        default=False, help_text="Groups must ring the link worker before first contact"
    )
    restriction = models.CharField(max_length=20, choices=words.choices(Restriction), default=Restriction.NORMAL)
    died_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            # Per scheme only: a number unique across London would tell one scheme whom another one knows.
            models.UniqueConstraint(
                fields=["scheme", "nhs_number"], condition=~Q(nhs_number=""), name="one_person_per_nhs_number"
            )
        ]
        indexes = [models.Index(fields=["scheme", "family_name", "given_name"], name="person_by_name")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def called(self) -> str:
        return self.chosen_name or self.given_name


@recorded()
class Channel(Identified):
    """One way to reach a person, and whether it is safe. Nothing is sent where `is_safe` is not true."""

    wall = Wall()

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=20, choices=words.choices(ChannelKind))
    value = models.CharField(max_length=300, help_text="Number, address, or who to go through")
    is_safe = models.BooleanField(null=True, help_text="Empty: not asked yet")
    may_leave_message = models.BooleanField(default=False)
    may_say_who_is_calling = models.BooleanField(default=False)
    best_times = models.CharField(max_length=200, blank=True)
    is_preferred = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True)
    asked_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, help_text="No longer theirs")

    class Meta:
        indexes = [models.Index(fields=["person"], name="channels_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_safe__isnull=True, asked_at__isnull=True)
                | Q(is_safe__isnull=False, asked_at__isnull=False),
                name="channel_safe_is_known_when_asked",
            )
        ]


@recorded()
class SharingChoice(Identified):
    """What a person agreed to, or did not; the newest row of a topic counts."""

    wall = Wall()

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sharing_choices")
    topic = models.CharField(max_length=30, choices=words.choices(SharingTopic))
    agreed = models.BooleanField()
    how = models.CharField(max_length=200, blank=True, help_text="Said on the telephone, signed on paper…")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)


class Disclosure(Identified):
    """One line of the ledger: what left the scheme about somebody, to whom and why."""

    wall = Wall(append_only=True)

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="disclosures")
    recipient = models.CharField(max_length=200)
    fields = ArrayField(models.CharField(max_length=60))
    basis = models.CharField(max_length=200)
    purpose = models.CharField(max_length=200)
    about_id = models.UUIDField(help_text="The connection or referral it belongs to")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)


class RestrictionChange(Identified):
    """One change of who may see somebody's record: who, when and why. Never changed."""

    wall = Wall(append_only=True)

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="restriction_changes")
    level = models.CharField(max_length=20, choices=words.choices(Restriction))
    named = ArrayField(models.CharField(max_length=200), default=list, blank=True, help_text="The names, when sealed")
    reason = models.TextField()
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]


@recorded()
class NamedReader(Identified):
    """Somebody the safeguarding lead named to see a sealed record."""

    wall = Wall()

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="named_readers")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "user"], name="named_once_for_a_record")]


class EmergencyOpening(Identified):
    """Somebody asked to open a protected record in an emergency: for an hour when it was found. Never changed."""

    wall = Wall(append_only=True)

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    until = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["user", "-made_at"], name="openings_of_a_worker")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, until__isnull=True) | Q(person__isnull=False, until__isnull=False),
                name="opened_until_when_found",
            )
        ]
