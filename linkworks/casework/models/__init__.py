"""What a case is made of, split by noun."""

from .cases import Case, CaseMove, Concern, ConcernMove, Task
from .contacts import Contact, ContactCorrection, Conversation
from .matching import Limits, SetAside
from .plans import CaseMeasure, Goal, GoalConnection, GoalMove, Plan, PlanMove, Step, UnmetMove, UnmetNeed

__all__ = [
    "Case",
    "CaseMeasure",
    "CaseMove",
    "Concern",
    "ConcernMove",
    "Contact",
    "ContactCorrection",
    "Conversation",
    "Goal",
    "GoalConnection",
    "GoalMove",
    "Limits",
    "Plan",
    "PlanMove",
    "SetAside",
    "Step",
    "Task",
    "UnmetMove",
    "UnmetNeed",
]
