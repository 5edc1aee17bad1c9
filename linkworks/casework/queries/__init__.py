"""What we know of cases."""

from .about import who_cases_are_about
from .away import NotCovered, not_covered, not_covered_of
from .cases import caseload, open_case_of, referrals_of, waiting
from .closing import closing_facts
from .contacts import Tries, conversation_said, conversation_version, corrections_of, tries_of
from .feedback import BothSides, both_sides, not_asked
from .file import (
    MEASURE,
    CaseFile,
    ConnectionFile,
    GoalFile,
    case_file,
    change_of,
    connection_file,
    connection_moves,
    conversation_start,
    goals_of,
    plan_view,
)
from .gaps import Gap, Gaps, gaps
from .inbox import Known, known_people, schemes_to_choose
from .letters import COULD_NOT_REACH, WORK_FINISHED, Letter, letter_preview
from .matching import Wanted, asked_before, limits_of, seeking_for, services_for_goal, set_aside_for, wanted_for
from .offered import Sessions, asked_at, is_to_ask
from .record import record_of
from .restriction import case_to_open, restriction_start
from .reviewing import review_day
from .sharing import SharingStart, contact_choices, sharing_start
from .team import all_schemes, deputy, safeguarding_owner, suggestion, suggestions, workers
from .telling import Told, told_at_end, told_at_plan
from .timeline import Event, timeline
from .today import Item, Team, Today, concern_moves, concerns_of, is_from_a_group, team_of, today_of
from .unlinking import Link, joined_somebody_known, link_of

__all__ = [
    "COULD_NOT_REACH",
    "MEASURE",
    "WORK_FINISHED",
    "BothSides",
    "CaseFile",
    "ConnectionFile",
    "Event",
    "Gap",
    "Gaps",
    "GoalFile",
    "Item",
    "Known",
    "Letter",
    "Link",
    "NotCovered",
    "Sessions",
    "SharingStart",
    "Team",
    "Today",
    "Told",
    "Tries",
    "Wanted",
    "all_schemes",
    "asked_at",
    "asked_before",
    "both_sides",
    "case_file",
    "case_to_open",
    "caseload",
    "change_of",
    "closing_facts",
    "concern_moves",
    "concerns_of",
    "connection_file",
    "connection_moves",
    "contact_choices",
    "conversation_said",
    "conversation_start",
    "conversation_version",
    "corrections_of",
    "deputy",
    "gaps",
    "goals_of",
    "is_from_a_group",
    "is_to_ask",
    "joined_somebody_known",
    "known_people",
    "letter_preview",
    "limits_of",
    "link_of",
    "not_asked",
    "not_covered",
    "not_covered_of",
    "open_case_of",
    "plan_view",
    "record_of",
    "referrals_of",
    "restriction_start",
    "review_day",
    "safeguarding_owner",
    "schemes_to_choose",
    "seeking_for",
    "services_for_goal",
    "set_aside_for",
    "sharing_start",
    "suggestion",
    "suggestions",
    "team_of",
    "timeline",
    "today_of",
    "told_at_end",
    "told_at_plan",
    "tries_of",
    "waiting",
    "wanted_for",
    "who_cases_are_about",
    "workers",
]
