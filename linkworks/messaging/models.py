"""What we send, to whom, and what became of it. One recipient each; words name no condition, need or provider."""

from django.db import models
from django.db.models import Q

from linkworks.core import states as words
from linkworks.core.clock import now
from linkworks.core.models import Identified
from linkworks.core.tenancy import Wall

from .states import Audience, Move, State, Way


class Message(Identified):
    """One message to one recipient."""

    wall = Wall(unowned=True, user="user_id")

    scheme = models.ForeignKey(
        "organisations.Scheme", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    audience = models.CharField(max_length=20, choices=words.choices(Audience))
    way = models.CharField(max_length=20, choices=words.choices(Way))
    template = models.CharField(max_length=60)
    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    person_channel = models.ForeignKey(
        "people.Channel", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.CharField(max_length=300, blank=True, help_text="Empty for account messages")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=500, blank=True, help_text="Where an account message leads")
    about_id = models.UUIDField(null=True, help_text="The referral, case or connection it is about")
    dedupe = models.CharField(max_length=200, unique=True, help_text="One message per event and recipient")
    written_by = models.CharField(max_length=100, blank=True, help_text="Who acted when it was written")
    state = models.CharField(max_length=20, choices=words.choices(State), default=State.CREATED)
    attempts = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=300, blank=True, help_text="Why it was held back or failed")
    provider_reference = models.CharField(max_length=100, blank=True)
    possibly_duplicate = models.BooleanField(default=False)
    touched_at = models.DateTimeField(default=now, help_text="When it last moved or was queued")
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="messages_of_a_user"),
            models.Index(fields=["about_id"], name="messages_about_a_thing"),
            models.Index(fields=["state", "created_at"], name="messages_waiting"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="message_state_is_known"),
            models.CheckConstraint(
                condition=~Q(audience=Audience.PERSON) | Q(person_channel__isnull=False),
                name="person_message_has_a_channel",
            ),
        ]


class MessageMove(Identified):
    """One step of a message's history. Never changed."""

    wall = Wall(unowned=True, append_only=True)

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="moves")
    scheme = models.ForeignKey("organisations.Scheme", null=True, on_delete=models.PROTECT, related_name="+")
    move = models.CharField(max_length=20, choices=words.choices(Move))
    to_state = models.CharField(max_length=20, choices=words.choices(State))
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()
