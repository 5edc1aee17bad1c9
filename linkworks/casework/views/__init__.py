"""The pages of casework."""

from .answers import answers
from .aside import put_back, set_aside
from .away import away, away_end, away_new
from .cases import case, close, close_unreached, hand_over, pause, reopen, resume
from .concerns import concern, concern_answer, concerns
from .connecting import (
    connect,
    connection,
    connection_answer,
    connection_attendance,
    connection_end,
    connection_withdraw,
    connection_write,
    unmet,
    unmet_resolve,
)
from .contacts import contact, conversation, measures
from .correcting import complexity, contact_correct
from .details import channel_end, channel_unsafe, channels, details, sharing
from .feedback import connection_feedback, said, said_of
from .gaps import gaps
from .inbox import accept, allocate, allocation, decline, inbox, inbox_referral, redirect, told
from .matching import goal_match, goal_why, limits
from .plans import agree, goal, goal_new, goal_reopen, plan, plan_print, review, step_done, step_new, step_remove
from .record import record
from .restriction import emergency, kept_close, restriction
from .today import caseload, task_done, task_new, today
from .unlinking import unlink

__all__ = [
    "accept",
    "agree",
    "allocate",
    "allocation",
    "answers",
    "away",
    "away_end",
    "away_new",
    "case",
    "caseload",
    "channel_end",
    "channel_unsafe",
    "channels",
    "close",
    "close_unreached",
    "complexity",
    "concern",
    "concern_answer",
    "concerns",
    "connect",
    "connection",
    "connection_answer",
    "connection_attendance",
    "connection_end",
    "connection_feedback",
    "connection_withdraw",
    "connection_write",
    "contact",
    "contact_correct",
    "conversation",
    "decline",
    "details",
    "emergency",
    "gaps",
    "goal",
    "goal_match",
    "goal_new",
    "goal_reopen",
    "goal_why",
    "hand_over",
    "inbox",
    "inbox_referral",
    "kept_close",
    "limits",
    "measures",
    "pause",
    "plan",
    "plan_print",
    "put_back",
    "record",
    "redirect",
    "reopen",
    "restriction",
    "resume",
    "review",
    "said",
    "said_of",
    "set_aside",
    "sharing",
    "step_done",
    "step_new",
    "step_remove",
    "task_done",
    "task_new",
    "today",
    "told",
    "unlink",
    "unmet",
    "unmet_resolve",
]
