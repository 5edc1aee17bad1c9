"""Everything that happened with a person, newest first: one list, a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from uuid import UUID

from linkworks.connections.models import Attendance, ConnectionMove, Question
from linkworks.core.clock import LONDON
from linkworks.messaging.models import Message
from linkworks.referrals.models import Amendment, LinkUndone, Referral, ReferralMove

from ..models import Case, GoalMove, PlanMove, UnmetMove
from ..states import CaseMove as Move
from .story import Story, story_of


@dataclass(frozen=True)
class Event:
    """One line of a case's history; `kind` and `move` are said in words by the page."""

    at: datetime
    kind: str
    move: str
    by: str
    text: str = ""
    about: str = ""
    about_id: UUID | None = None
    written_by: str = ""
    put_right_by: str = ""
    put_right_at: datetime | None = None
    changed: tuple[tuple[str, str, str], ...] = ()  # which answers of a referral, before and after


def timeline(case: Case, story: Story | None = None) -> list[Event]:
    """What happened in this case, newest first. A page that has read its story hands it on."""
    story = story or story_of(case)
    events = [event for source in OF_THE_STORY for event in source(story)]
    events += [event for source in OF_THE_CASE for event in source(case)]
    return sorted(events, key=lambda event: event.at, reverse=True)


def moves(story: Story) -> Iterator[Event]:
    for each in story.moves:
        if each.move != Move.TRY_CONTACT:
            yield Event(each.made_at, "case", each.move, each.made_by_name, each.reason)


def contacts(story: Story) -> Iterator[Event]:
    for each in story.contacts:
        yield Event(
            each.happened_at,
            "contact",
            each.result,
            each.made_by_name,
            each.note,
            each.how,
            each.pk,
            written_by=each.made_by,
            put_right_by=each.put_right_by or "",
            put_right_at=each.put_right_at,
        )


def on_the_day(day: date, written: datetime) -> datetime:
    """Where something belongs that is known by its day: when it was written down if that was the same day, else midday."""
    return written if written.astimezone(LONDON).date() == day else datetime.combine(day, time(12), tzinfo=LONDON)


def conversations(story: Story) -> Iterator[Event]:
    if talk := story.conversation:
        at = on_the_day(talk.held_on, talk.created_at)
        yield Event(at, "conversation", "held", talk.made_by_name, talk.what_matters)


def plan_moves(case: Case) -> Iterator[Event]:
    for each in PlanMove.objects.filter(plan__case=case).exclude(move="supersede").select_related("plan"):
        yield Event(each.made_at, "plan", each.move, each.made_by_name, each.reason, str(each.plan.version))


def goal_moves(case: Case) -> Iterator[Event]:
    for each in GoalMove.objects.filter(goal__case=case).select_related("goal"):
        yield Event(each.made_at, "goal", each.move, each.made_by_name, each.reason, each.goal.words, each.goal_id)


def unmet_moves(case: Case) -> Iterator[Event]:
    for each in UnmetMove.objects.filter(unmet_need__case=case).select_related("unmet_need"):
        yield Event(each.made_at, "unmet", each.move, each.made_by_name, each.reason, each.unmet_need.need)


def measures(story: Story) -> Iterator[Event]:
    for each in story.measures:
        move = "declined" if each.answer_set.declined else each.stage
        at = on_the_day(each.answer_set.asked_on, each.created_at)
        yield Event(at, "measure", move, each.answer_set.recorded_by_name, "", each.answer_set.measure)


def connection_events(story: Story) -> Iterator[Event]:
    ids = story.connection_ids
    for made in (
        ConnectionMove.objects.filter(connection_id__in=ids).select_related("connection").exclude(to_state="proposed")
    ):
        yield Event(
            made.made_at,
            "connection",
            made.move,
            made.made_by_name,
            made.reason,
            made.connection.service_name,
            made.connection_id,
        )
    for came in Attendance.objects.filter(connection_id__in=ids).select_related("connection"):
        at = on_the_day(came.session_on, came.created_at)
        yield Event(
            at,
            "attendance",
            came.attended,
            came.marked_by_name,
            came.notes,
            came.connection.service_name,
            came.connection_id,
        )
    for asked in Question.objects.filter(connection_id__in=ids, is_worry=False).select_related("connection"):
        move = "asked" if asked.from_provider else "answered"
        yield Event(
            asked.asked_at,
            "question",
            move,
            asked.asked_by_name,
            asked.text,
            asked.connection.service_name,
            asked.connection_id,
        )


def messages(case: Case) -> Iterator[Event]:
    for each in Message.objects.filter(about_id=case.pk, audience="person"):
        yield Event(each.created_at, "message", each.state, "Linkworks", each.why, each.way)


def was_open_at(case: Case, moment: datetime | None) -> bool:
    return moment is not None and case.opened_at <= moment <= (case.closed_at or moment)


def referral_moves(case: Case) -> Iterator[Event]:
    """The referrals that led here: when they came, and when and why they were taken back."""
    found = ReferralMove.objects.filter(referral__person_id=case.person_id, move__in=["send", "withdraw"])
    for each in found.select_related("referral"):
        if led_to(case, each.referral):
            words = each.referral.in_their_words if each.move == "send" else each.reason
            yield Event(each.made_at, "referral", each.move, each.made_by_name, words, each.referral.reference)


def referral_changes(case: Case) -> Iterator[Event]:
    """What whoever referred put right later, and why: one line for what was changed together."""
    found = Amendment.objects.filter(referral__person_id=case.person_id).select_related("referral")
    for (at, _), together in groupby(
        found.order_by("made_at", "referral", "field"), lambda e: (e.made_at, e.referral_id)
    ):
        first, *more = together
        if led_to(case, first.referral):
            changed = tuple((each.field, each.before, each.after) for each in (first, *more))
            yield Event(
                at, "referral", "amend", first.made_by_name, first.reason, first.referral.reference, changed=changed
            )


def led_to(case: Case, referral: Referral) -> bool:
    """Whether a referral opened this case, or joined it while it was open."""
    return referral.pk == case.referral_id or was_open_at(case, referral.decided_at)


def links_undone(case: Case) -> Iterator[Event]:
    """Referrals that were joined here by mistake and taken off again."""
    for each in LinkUndone.objects.filter(person_id=case.person_id).select_related("referral"):
        if each.referral_id == case.referral_id or was_open_at(case, each.joined_at):
            yield Event(each.made_at, "link", "undo", each.made_by_name, each.reason, each.referral.reference)


OF_THE_STORY = (moves, contacts, conversations, measures, connection_events)
OF_THE_CASE = (plan_moves, goal_moves, unmet_moves, messages, referral_moves, referral_changes, links_undone)
