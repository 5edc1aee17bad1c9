"""Connections on to a service. What a provider may know is copied on here, seven fields at most."""

from django.db import models
from django.db.models import Q

from linkworks.audit.models import recorded
from linkworks.core import states as words
from linkworks.core.models import Identified
from linkworks.core.tenancy import Wall

from .states import AsExpected, Attended, Enough, Move, NonAttendance, Recommends, State

WALL = Wall(organisation="provider_id")
HISTORY = Wall(organisation="provider_id", append_only=True)


class ProviderSide(models.Model):
    """The two sides of a connection, carried by everything that belongs to one so that the wall can stand."""

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


@recorded()
class Connection(Identified, ProviderSide):
    """A person is put in touch with a service, for one of their goals."""

    wall = WALL

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="+")
    service_name = models.CharField(max_length=255)
    state = models.CharField(max_length=20, choices=words.choices(State), default=State.PROPOSED)
    worker = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    worker_name = models.CharField(max_length=200)

    # The seven fields a provider sees, and no others (reference: reliability-security-privacy, section 5.2).
    reference = models.CharField(max_length=20, unique=True)
    name_shared = models.CharField(max_length=100)
    contact_shared = models.CharField(max_length=200, help_text='One safe way, or "Through the link worker"')
    support_need = models.CharField(max_length=300, help_text="In words the person agreed")
    access_and_language = models.CharField(max_length=300, blank=True)
    emergency_contact = models.CharField(max_length=200, blank=True)
    call_worker_first = models.BooleanField(default=False)

    although_full = models.CharField(
        max_length=40,
        blank=True,
        help_text="Why it was sent although the group had no place: counted as unfunded demand",
    )
    decline_reason = models.CharField(max_length=40, blank=True)
    decline_words = models.TextField(blank=True)
    ending = models.CharField(max_length=40, blank=True)
    first_session_on = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["provider", "state"], name="connections_of_a_provider"),
            models.Index(fields=["person"], name="connections_of_a_person"),
            models.Index(fields=["scheme", "state", "sent_at"], name="connections_of_a_scheme"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="connection_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=State.DECLINED) | ~Q(decline_reason=""), name="declined_connection_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ENDED) | ~Q(ending=""), name="ended_connection_has_an_ending"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ConnectionMove(Identified, ProviderSide):
    """One step of a connection's history: who, when and why. Never changed."""

    wall = HISTORY

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20, choices=words.choices(Move))
    to_state = models.CharField(max_length=20, choices=words.choices(State))
    reason = models.TextField(blank=True)
    from_provider = models.BooleanField(default=False, help_text="The group wrote it itself, and may read it again")
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]


@recorded()
class Attendance(Identified, ProviderSide):
    """Whether somebody came to a session, and what kind of absence it was."""

    wall = WALL

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="attendances")
    session_on = models.DateField()
    attended = models.CharField(max_length=10, choices=words.choices(Attended))
    absence = models.CharField(max_length=20, choices=words.choices(NonAttendance), blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="The group's own")
    worker_note = models.CharField(max_length=300, blank=True, help_text="The scheme's own: the group never reads it")
    marked_by = models.CharField(max_length=100)
    marked_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["session_on"]
        constraints = [models.UniqueConstraint(fields=["connection", "session_on"], name="one_mark_per_session")]

    @property
    def notes(self) -> str:
        """What both sides noted, for the scheme to read."""
        return ". ".join(filter(None, [self.worker_note, self.note]))


@recorded()
class Question(Identified, ProviderSide):
    """A message between the provider and the link worker about one connection."""

    wall = WALL

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="questions")
    from_provider = models.BooleanField()
    text = models.TextField(max_length=1000)
    asked_by = models.CharField(max_length=100)
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    is_worry = models.BooleanField(default=False, help_text="For the safeguarding lead, and in no conversation")

    class Meta:
        ordering = ["asked_at"]


class ProviderLink(Identified):
    """A signed, expiring, revocable link to one connection, for a group without an account. Holds nothing personal."""

    connection_id = models.UUIDField(db_index=True)
    scheme_id = models.UUIDField()
    provider_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


@recorded()
class SharedWords(Identified, ProviderSide):
    """What somebody said about a service and lets its group read. Nothing leads from it to who they are."""

    wall = WALL

    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=600)
    said_in = models.DateField(help_text="The first day of the month: a day would tell who it was")
    counts = models.BooleanField(default=False, help_text="Whoever says more than once about a service counts once")

    class Meta:
        indexes = [models.Index(fields=["provider", "service"], name="words_shared_with_a_group")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="shared_words_say_something")]


@recorded()
class PersonFeedback(Identified):
    """What the person said about the service they were connected to. It stays in the scheme."""

    wall = Wall()

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    connection = models.OneToOneField(Connection, on_delete=models.CASCADE, related_name="person_feedback")
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="+")
    as_expected = models.CharField(max_length=10, choices=words.choices(AsExpected), blank=True)
    recommends = models.CharField(max_length=10, choices=words.choices(Recommends), blank=True)
    text = models.CharField(max_length=600, blank=True, help_text="What others should know, in their own words")
    may_share = models.BooleanField(default=False, help_text="The group may read the words, without the name")
    shared = models.OneToOneField(SharedWords, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_by = models.CharField(max_length=100)
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["scheme", "service"], name="feedback_about_a_service")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(as_expected="") | ~Q(recommends="") | ~Q(text=""), name="feedback_says_something"
            )
        ]


@recorded()
class GroupFeedback(Identified, ProviderSide):
    """What the group thinks of what it was told: whether it was enough, and what was missing."""

    wall = WALL

    connection = models.OneToOneField(Connection, on_delete=models.CASCADE, related_name="group_feedback")
    enough = models.CharField(max_length=10, choices=words.choices(Enough))
    text = models.CharField(max_length=600, blank=True)
    given_by = models.CharField(max_length=100)
    given_by_name = models.CharField(max_length=200)
    given_at = models.DateTimeField()
