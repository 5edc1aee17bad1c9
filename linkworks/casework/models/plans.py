"""Plans and goals, what they lead to, and what could not be found."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linkworks.audit.models import recorded
from linkworks.core import states as listed
from linkworks.core.tenancy import Wall

from .. import states
from .cases import Case, History, InScheme


@recorded()
class Plan(InScheme):
    """A version of a person's plan. Once agreed it is kept as it was, word for word, in `as_agreed`."""

    wall = Wall()

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=listed.choices(states.PlanState), default=states.PlanState.DRAFT)
    review_on = models.DateField(null=True)
    as_agreed = models.JSONField(null=True, help_text="What matters, goals and steps as the person agreed them")
    agreed_at = models.DateTimeField(null=True)
    agreed_how = models.CharField(max_length=200, blank=True, help_text="Said on the telephone, signed…")
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in states.PlanState]), name="plan_state_is_known"
            ),
            models.UniqueConstraint(fields=["case", "version"], name="one_plan_per_version"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="draft"), name="one_draft_plan_per_case"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="agreed"), name="one_agreed_plan_per_case"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(as_agreed__isnull=False, agreed_at__isnull=False),
                name="agreed_plan_is_kept",
            ),
        ]


class PlanMove(History):
    """One step of a plan's history."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20, choices=listed.choices(states.PlanMove))
    to_state = models.CharField(max_length=20, choices=listed.choices(states.PlanState))


@recorded()
class Goal(InScheme):
    """Something the person wants, in their words. Goals live on the case; each plan version keeps their wording."""

    wall = Wall()

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="goals")
    words = models.CharField(max_length=300)
    needs = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    benefit = models.CharField(max_length=40, blank=True, help_text="What may change, from the vocabulary")
    state = models.CharField(max_length=20, choices=listed.choices(states.GoalState), default=states.GoalState.OPEN)
    review_words = models.TextField(blank=True, help_text="How the person says it went")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in states.GoalState]), name="goal_state_is_known"
            )
        ]


class GoalMove(History):
    """One step of a goal's history."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20, choices=listed.choices(states.GoalMove))
    to_state = models.CharField(max_length=20, choices=listed.choices(states.GoalState))


@recorded()
class Step(InScheme):
    """Something somebody will do towards a goal, by a day."""

    wall = Wall()

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=300)
    who = models.CharField(max_length=100, help_text="The person, the link worker, a friend…")
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at"]


class GoalConnection(InScheme):
    """Which goal a connection is for."""

    wall = Wall()

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="goal_connections")
    connection = models.OneToOneField("connections.Connection", on_delete=models.PROTECT, related_name="+")


@recorded()
class UnmetNeed(InScheme):
    """Nothing fitted: what was missing and why. Counted, so that somebody can do something about it."""

    wall = Wall()

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="unmet_needs")
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.SET_NULL, related_name="unmet_needs")
    need = models.CharField(max_length=40)
    reason = models.CharField(max_length=40)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        max_length=20, choices=listed.choices(states.UnmetState), default=states.UnmetState.RECORDED
    )
    resolved_at = models.DateTimeField(null=True)
    resolution = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=100)
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["scheme", "need", "state"], name="unmet_needs_of_a_scheme")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in states.UnmetState]), name="unmet_state_is_known"
            )
        ]


class UnmetMove(History):
    """One step of an unmet need's history."""

    unmet_need = models.ForeignKey(UnmetNeed, on_delete=models.CASCADE, related_name="moves")
    move = models.CharField(max_length=20, choices=listed.choices(states.UnmetMove))
    to_state = models.CharField(max_length=20, choices=listed.choices(states.UnmetState))


STAGES = [("start", "At the start"), ("review", "At a review"), ("end", "At the end")]


class CaseMeasure(InScheme):
    """A set of answers given at a stage of a case. "A case closes with a closing measure" is a casework rule."""

    wall = Wall()

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="measures")
    answer_set = models.OneToOneField("outcomes.AnswerSet", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=STAGES)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=[stage for stage, _ in STAGES]), name="stage_is_known")
        ]
