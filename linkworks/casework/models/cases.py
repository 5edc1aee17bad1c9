"""Cases, their history, tasks and safeguarding concerns."""

from django.db import models
from django.db.models import Q

from linkworks.audit.models import recorded
from linkworks.core import states as words
from linkworks.core.models import Identified
from linkworks.core.tenancy import Wall

from .. import states


class InScheme(Identified):
    """Something that belongs to one scheme."""

    scheme = models.ForeignKey("organisations.Scheme", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


@recorded()
class Case(InScheme):
    """A link worker's time with a person, from a referral to how it ended."""

    wall = Wall()

    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="+")
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=20, choices=words.choices(states.CaseState), default=states.CaseState.WAITING)
    worker = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    complexity = models.PositiveSmallIntegerField(
        default=2, help_text="1 light, 2 usual, 3 complex: its weight in a caseload"
    )
    opened_at = models.DateTimeField()
    allocated_at = models.DateTimeField(null=True)
    first_contact_by = models.DateField(help_text="The scheme's promise")
    next_action = models.CharField(max_length=200, blank=True)
    next_action_on = models.DateField(null=True)
    next_kind = models.CharField(max_length=20, choices=words.choices(states.NextKind), default=states.NextKind.CONTACT)
    paused_until = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=40, blank=True)
    close_summary = models.TextField(blank=True, help_text="In words that may go to the referrer if the person agrees")
    closing_measure_missing = models.CharField(max_length=200, blank=True, help_text="Why there are no closing answers")

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "state", "next_action_on"], name="cases_of_a_scheme"),
            models.Index(fields=["worker", "state", "next_action_on"], name="cases_of_a_worker"),
            models.Index(fields=["person"], name="cases_of_a_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in states.CaseState]), name="case_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=states.CaseState.CLOSED, closed_at__isnull=False) & ~Q(close_reason="")
                | ~Q(state=states.CaseState.CLOSED),
                name="closed_case_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=states.CaseState.CLOSED) | (Q(next_action_on__isnull=False) & ~Q(next_action="")),
                name="open_case_has_a_next_action",
            ),
            models.CheckConstraint(
                condition=Q(next_kind__in=[kind.value for kind in states.NextKind]), name="next_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(complexity__range=(1, 3)), name="complexity_is_known"),
            models.UniqueConstraint(
                fields=["person"], condition=~Q(state=states.CaseState.CLOSED), name="one_open_case_per_person"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class History(InScheme):
    """One step of something's history: who, when and why. Never changed."""

    wall = Wall(append_only=True)

    reason = models.TextField(blank=True)
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["made_at"]


class CaseMove(History):
    """One step of a case's history."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20, choices=words.choices(states.CaseMove))
    to_state = models.CharField(max_length=20, choices=words.choices(states.CaseState))


@recorded()
class Task(InScheme):
    """Something a worker must do by a day. Made by people and by events; never lost when it is overdue."""

    wall = Wall()

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    worker = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=words.choices(states.TaskKind), default=states.TaskKind.TO_DO)
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    about_connection_id = models.UUIDField(null=True, blank=True)
    dedupe = models.CharField(
        max_length=120, unique=True, help_text="The event it came from, so an event makes one task"
    )
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["due_on", "created_at"]
        indexes = [
            models.Index(fields=["worker", "done_at", "due_on"], name="tasks_of_a_worker"),
            models.Index(
                fields=["about_connection_id"], condition=Q(done_at__isnull=True), name="open_tasks_of_a_connection"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in states.TaskKind]), name="task_kind_is_known"
            )
        ]


@recorded()
class Concern(InScheme):
    """A safeguarding concern. It always has an owner, and it escalates until somebody acknowledges it."""

    wall = Wall()

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="concerns")
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=20, choices=words.choices(states.ConcernState), default=states.ConcernState.RAISED
    )
    what_happened = models.TextField()
    immediate_danger = models.BooleanField(default=False)
    person_knows = models.BooleanField(default=False, help_text="The person knows the concern was raised")
    raised_by = models.CharField(max_length=100)
    raised_by_name = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    escalations = models.PositiveSmallIntegerField(default=0)
    acknowledged_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    what_was_done = models.TextField(blank=True)

    class Meta:
        ordering = ["-raised_at"]
        indexes = [models.Index(fields=["scheme", "state", "raised_at"], name="concerns_of_a_scheme")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in states.ConcernState]), name="concern_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=states.ConcernState.CLOSED) | ~Q(what_was_done=""),
                name="closed_concern_says_what_was_done",
            ),
        ]


class ConcernMove(History):
    """One step of a concern's history."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20, choices=words.choices(states.ConcernMove))
    to_state = models.CharField(max_length=20, choices=words.choices(states.ConcernState))
