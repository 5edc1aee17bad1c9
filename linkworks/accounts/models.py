"""Staff: who they are, where and as what they work, and who invited them."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from linkworks.audit.models import recorded
from linkworks.core import states as words
from linkworks.core.models import Identified
from linkworks.core.tenancy import Wall

from . import states
from .roles import ROLES, Role
from .states import AbsenceState, InvitationState, ResetState

ROLE_CHOICES = [(role.value, ROLES[role].title) for role in Role]


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(Identified, AbstractBaseUser):
    """A member of staff or volunteer who signs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_fictional = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_email")]

    def __str__(self) -> str:
        return self.name


@recorded()
class Membership(Identified):
    """What somebody is at an organisation: one role, for one scheme at most, between two dates.

    The organisation is the employer; the scheme is where they work. Both may differ from who holds the data.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(
        "organisations.Scheme", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=40, choices=ROLE_CHOICES)
    weekly_hours = models.DecimalField(
        max_digits=4, decimal_places=1, default=37.5, help_text="Used to balance caseloads"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The first day it no longer holds")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="membership_role_known"),
            models.UniqueConstraint(
                fields=["user", "organisation", "scheme", "role"],
                condition=Q(ends_on__isnull=True),
                nulls_distinct=False,
                name="one_live_membership_of_a_kind",
            ),
        ]


class Invitation(Identified):
    """An offer to join an organisation in a role, sent by its administrator."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    scheme = models.ForeignKey(
        "organisations.Scheme", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(max_length=40, choices=ROLE_CHOICES)
    email = models.EmailField()
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=words.choices(InvitationState), default=InvitationState.SENT.value)
    weekly_hours = models.DecimalField(
        max_digits=4, decimal_places=1, default=37.5, help_text="Used to balance caseloads"
    )
    invited_by = models.ForeignKey(
        User,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Nobody for an organisation's first administrator",
    )
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in InvitationState]), name="invitation_state_known"
            ),
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                "role",
                "scheme",
                nulls_distinct=False,
                condition=Q(state=InvitationState.SENT.value),
                name="one_open_invitation_of_a_kind",
            ),
        ]


class InvitationMove(Identified):
    """One thing that happened to an invitation, who did it and when."""

    is_append_only = True

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)


class PasswordReset(Identified):
    """Somebody asked to choose a new password. The link is signed from the id; it works once, for an hour.

    An administrator may have asked for a colleague who lost their second factor too; then the row says who.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="password_resets")
    state = models.CharField(max_length=20, choices=words.choices(ResetState), default=ResetState.REQUESTED.value)
    expires_at = models.DateTimeField()
    started_by = models.CharField(max_length=100, blank=True)
    started_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in ResetState]), name="password_reset_state_known"
            )
        ]


class PasswordResetMove(Identified):
    """One step of a request for a new password: who, from what to what. It is kept as long as the request is, and no longer."""

    reset = models.ForeignKey(PasswordReset, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20, choices=words.choices(states.ResetMove))
    was = models.CharField(max_length=20, choices=words.choices(ResetState))
    became = models.CharField(max_length=20, choices=words.choices(ResetState))
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["created_at", "id"]


@recorded()
class Absence(Identified):
    """A worker is away from a day to a day, and a colleague covers: it ends by itself, or early."""

    wall = Wall()

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    cover = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day away")
    note = models.CharField(max_length=1000, blank=True, help_text="What whoever covers needs to know")
    state = models.CharField(max_length=20, choices=words.choices(AbsenceState), default=AbsenceState.SET)

    class Meta:
        ordering = ["starts_on", "created_at"]
        indexes = [models.Index(fields=["scheme", "state", "ends_on"], name="absences_of_a_scheme")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in AbsenceState]), name="absence_state_is_known"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="absence_ends_after_start"),
            models.CheckConstraint(condition=~Q(worker=models.F("cover")), name="nobody_covers_for_themselves"),
        ]


class AbsenceMove(Identified):
    """One step of an absence's history: who, when and why. Never changed."""

    wall = Wall(append_only=True)

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")
    absence = models.ForeignKey(Absence, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20, choices=words.choices(states.AbsenceMove))
    to_state = models.CharField(max_length=20, choices=words.choices(AbsenceState))
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]
