"""What happens to cases later: what groups answered, whom to tell, and concerns nobody answered."""

from uuid import UUID

from linkworks.core.actor import Actor
from linkworks.core.later import each_scheme, job, scheduled

from . import actions
from .queries.team import all_schemes


@job("casework.connection_moved")
def connection_moved(connection_id: str, by: Actor) -> None:
    actions.follow_connection(UUID(connection_id), by=by)


@job("casework.question_asked")
def question_asked(question_id: str, by: Actor) -> None:
    actions.follow_question(UUID(question_id), by=by)


@job("casework.worry_said")
def worry_said(question_id: str, by: Actor) -> None:
    actions.follow_worry(UUID(question_id), by=by)


@job("casework.connection_unanswered")
def connection_unanswered(connection_id: str, by: Actor) -> None:
    actions.follow_silence(UUID(connection_id), by=by)


@job("casework.provider_without_address")
def provider_without_address(connection_id: str, by: Actor) -> None:
    actions.follow_no_address(UUID(connection_id), by=by)


@job("casework.provider_unreachable")
def provider_unreachable(connection_id: str, by: Actor) -> None:
    actions.follow_bounce(UUID(connection_id), by=by)


@job("casework.person_unreachable")
def person_unreachable(case_id: str, by: Actor) -> None:
    actions.follow_bounce_to_person(UUID(case_id), by=by)


@job("casework.referrer_unreachable")
def referrer_unreachable(referral_id: str, by: Actor) -> None:
    actions.follow_bounce_to_referrer(UUID(referral_id), by=by)


@job("casework.referral_changed")
def referral_changed(referral_id: str, event_id: str, by: Actor) -> None:
    actions.follow_referral(UUID(referral_id), event_id=UUID(event_id), by=by)


@job("casework.tell_allocated")
def tell_allocated(case_id: str, by: Actor) -> None:
    actions.tell_allocated(UUID(case_id), by=by)


@job("casework.tell_plan_agreed")
def tell_plan_agreed(plan_id: str, by: Actor) -> None:
    actions.tell_plan_agreed(UUID(plan_id), by=by)


@job("casework.tell_finished")
def tell_finished(case_id: str, by: Actor) -> None:
    actions.tell_finished(UUID(case_id), by=by)


@job("casework.tell_newcomer")
def tell_newcomer(referral_id: str, by: Actor) -> None:
    actions.tell_newcomer(UUID(referral_id), by=by)


@job("casework.tell_opened")
def tell_opened(opening_id: str, by: Actor) -> None:
    actions.tell_opened(UUID(opening_id), by=by)


@job("casework.tell_concern")
def tell_concern(concern_id: str, by: Actor) -> None:
    actions.tell_concern(UUID(concern_id), by=by)


@scheduled("casework.escalate_concerns", cron="*/15 * * * *", every_seconds=900)
def escalate_concerns() -> None:
    """Each scheme in its own context and its own transaction."""
    each_scheme("casework.escalate_concerns", all_schemes(), actions.escalate_concerns)


@scheduled("casework.each_morning", cron="0 6 * * *", every_seconds=86400)
def each_morning() -> None:
    """Before anybody starts: who still waits on a list, and whose cases are with somebody who left."""
    each_scheme("casework.each_morning", all_schemes(), actions.look_ahead)
