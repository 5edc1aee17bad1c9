"""Everything that is done to a case, by name."""

from .aside import put_back, set_aside
from .cases import allocate, hand_over, open_from_referral, set_complexity, set_next_action
from .closing import close, close_could_not_contact, pause, reopen, reopen_goal, resume, review_goals
from .concerns import acknowledge_concern, close_concern, escalate_concerns, follow_worry, raise_concern, tell_concern
from .connecting import (
    connect,
    end_connection,
    record_answer,
    record_attendance,
    record_feedback,
    withdraw_connection,
    write_to_provider,
)
from .contacts import hold_conversation, record_contact, record_measure
from .correcting import correct_contact
from .details import change_details, choose_sharing, end_channel, mark_unsafe, set_channel
from .events import (
    follow_bounce,
    follow_bounce_to_person,
    follow_bounce_to_referrer,
    follow_connection,
    follow_no_address,
    follow_question,
    follow_referral,
    follow_silence,
)
from .limits import set_limit
from .mornings import look_ahead
from .plans import add_step, agree_plan, change_goal, finish_step, remove_step, set_goal, start_plan
from .restriction import keep_close, tell_newcomer, tell_opened
from .tasks import add_task, finish_task
from .telling import tell_allocated, tell_finished, tell_plan_agreed
from .unlinking import undo_link
from .unmet import record_unmet_need, resolve_unmet_need

__all__ = [
    "acknowledge_concern",
    "add_step",
    "add_task",
    "agree_plan",
    "allocate",
    "change_details",
    "change_goal",
    "choose_sharing",
    "close",
    "close_concern",
    "close_could_not_contact",
    "connect",
    "correct_contact",
    "end_channel",
    "end_connection",
    "escalate_concerns",
    "finish_step",
    "finish_task",
    "follow_bounce",
    "follow_bounce_to_person",
    "follow_bounce_to_referrer",
    "follow_connection",
    "follow_no_address",
    "follow_question",
    "follow_referral",
    "follow_silence",
    "follow_worry",
    "hand_over",
    "hold_conversation",
    "keep_close",
    "look_ahead",
    "mark_unsafe",
    "open_from_referral",
    "pause",
    "put_back",
    "raise_concern",
    "record_answer",
    "record_attendance",
    "record_contact",
    "record_feedback",
    "record_measure",
    "record_unmet_need",
    "remove_step",
    "reopen",
    "reopen_goal",
    "resolve_unmet_need",
    "resume",
    "review_goals",
    "set_aside",
    "set_channel",
    "set_complexity",
    "set_goal",
    "set_limit",
    "set_next_action",
    "start_plan",
    "tell_allocated",
    "tell_concern",
    "tell_finished",
    "tell_newcomer",
    "tell_opened",
    "tell_plan_agreed",
    "undo_link",
    "withdraw_connection",
    "write_to_provider",
]
