"""From a goal to a group: only what the person agreed, to where it is safe, and in the ledger."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.models import GoalConnection
from linkworks.casework.queries.sharing import THROUGH_WORKER, contact_choices
from linkworks.casework.rules.facts import AttendanceFacts
from linkworks.connections import actions as connections
from linkworks.connections.models import Connection, Question
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.people.models import Disclosure
from linkworks.people.queries import sharing_of
from linkworks.people.states import SharingTopic
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


def test_it_is_sent_for_the_goal(cast: Cast, worker: Actor, queued) -> None:
    case, goal, connection = make.connected(cast)
    assert (connection.state, connection.person_id, connection.provider_id) == (
        "sent",
        case.person_id,
        cast.provider.id,
    )
    assert GoalConnection.objects.get(connection=connection).goal_id == goal.pk
    assert queued("connections.invite_provider") == [[str(connection.pk)]]


def test_the_group_gets_the_agreed_fields_and_no_others(cast: Cast, worker: Actor) -> None:
    _, _, connection = make.connected(cast)
    kept = {
        name: getattr(connection, name)
        for name in ("name_shared", "contact_shared", "support_need", "emergency_contact")
    }
    assert kept == {
        "name_shared": "Jean",
        "contact_shared": THROUGH_WORKER,
        "support_need": "I would like to eat with other people again",
        "emergency_contact": "",
    }


def test_through_the_worker_means_call_the_worker_first(cast: Cast, worker: Actor) -> None:
    _, _, connection = make.connected(cast)
    assert connection.call_worker_first


def test_the_disclosure_is_in_the_ledger(cast: Cast, worker: Actor) -> None:
    case, _, connection = make.connected(cast)
    line = Disclosure.objects.get(person=case.person)
    assert (line.recipient, line.about_id, line.made_by) == ("Kettle and Company", connection.pk, worker.id)
    assert line.fields == ["reference", "name", "contact", "support need"]
    assert "On the telephone" in line.basis


def test_their_agreement_is_kept(cast: Cast, worker: Actor) -> None:
    case, _, _ = make.connected(cast)
    assert sharing_of(case.person_id)[SharingTopic.PROVIDERS] is True


def test_next_is_hearing_from_the_group(cast: Cast, worker: Actor) -> None:
    case, _, _ = make.connected(cast)
    assert case.next_action == "Hear whether Tuesday lunch club can take Jean"
    assert case.next_action_on == clock.add_working_days(clock.today(), 9)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"agreed": False}, "agreed"),
        ({"agreed_how": " "}, "agreed_how"),
        ({"name_shared": " "}, "name_shared"),
        ({"support_need": ""}, "support_need"),
        ({"contact_shared": "020 7946 9999 (by phone)"}, "contact_shared"),
    ],
)
def test_nothing_leaves_without_agreement_or_to_an_unsafe_place(
    cast: Cast, worker: Actor, changes: dict, field: str
) -> None:
    _, goal, _ = make.planned(cast)
    with pytest.raises(Invalid) as problem:
        do(worker, actions.connect, goal, service_id=make.service(cast).pk, sharing=replace(make.SHARED, **changes))
    assert problem.value.field == field
    assert not Connection.objects.exists()
    assert not Disclosure.objects.exists()


def test_only_safe_ways_can_be_passed_on(cast: Cast, worker: Actor) -> None:
    case = make.active(cast)
    do(worker, actions.set_channel, case, kind="text", value="07700 900123", is_safe=False)
    do(worker, actions.set_channel, case, kind="email", value="jean@example.org", is_safe=True)
    do(worker, actions.set_channel, case, kind="letter", value="4 Choumert Road", is_safe=True)
    ways = [value for value, _ in contact_choices(case.person_id)]
    assert any("jean@example.org" in way for way in ways)
    assert not any("07700" in way or "Choumert" in way for way in ways)
    assert ways[-1] == THROUGH_WORKER


@pytest.mark.parametrize(
    ("allowed", "said"),
    [
        ({}, "by phone, do not leave a message, do not say who is calling"),
        ({"may_leave_message": True}, "by phone, you may leave a message, do not say who is calling"),
        (
            {"may_leave_message": True, "may_say_who_is_calling": True, "best_times": "mornings"},
            "by phone, you may leave a message, mornings",
        ),
    ],
)
def test_a_group_is_told_what_to_do_and_not_to_do_on_the_telephone(
    cast: Cast, worker: Actor, allowed: dict[str, Any], said: str
) -> None:
    case = make.active(cast)
    do(worker, actions.set_channel, case, kind="phone", value="020 7946 0555", is_safe=True, **allowed)
    assert f"020 7946 0555 ({said})" in dict(contact_choices(case.person_id))


def test_pressed_twice_it_is_sent_once(cast: Cast, worker: Actor) -> None:
    _, goal, _ = make.planned(cast)
    service = make.service(cast)
    for _ in range(2):
        do(worker, actions.connect, goal, service_id=service.pk, sharing=make.SHARED, token="same")
    assert Connection.objects.count() == Disclosure.objects.count() == 1


def test_not_twice_to_the_same_service(cast: Cast, worker: Actor) -> None:
    _, goal, connection = make.connected(cast)
    with pytest.raises(Conflict, match="already"):
        do(worker, actions.connect, goal, service_id=connection.service_id, sharing=make.SHARED)


def test_again_after_it_was_declined(cast: Cast, worker: Actor, provider: Actor) -> None:
    _, goal, connection = make.connected(cast)
    do(provider, connections.decline, connection, reason="full")
    again = do(worker, actions.connect, goal, service_id=connection.service_id, sharing=make.SHARED)
    assert again.pk != connection.pk


@pytest.mark.parametrize("facts", [{"is_referable": False, "referral_note": "Ring us"}, {"is_published": False}])
def test_not_to_a_service_that_takes_nobody(cast: Cast, worker: Actor, facts: dict) -> None:
    _, goal, _ = make.planned(cast)
    with pytest.raises(Invalid):
        do(worker, actions.connect, goal, service_id=make.service(cast, **facts).pk, sharing=make.SHARED)


@pytest.mark.parametrize("who", ["colleague", "outsider", "referrer", "provider_coordinator", "safeguarding_lead"])
def test_others_cannot(cast: Cast, who: str) -> None:
    _, goal, _ = make.planned(cast)
    with pytest.raises(NotAllowed):
        do(cast.actor(getattr(cast, who)), actions.connect, goal, service_id=make.service(cast).pk, sharing=make.SHARED)


class TestAfterwards:
    def test_an_answer_by_telephone_is_keyed_in(self, cast: Cast, worker: Actor) -> None:
        for answer, state in (("accept", "accepted"), ("waitlist", "waitlisted")):
            _, _, connection = make.connected(cast)
            assert do(worker, actions.record_answer, connection, answer=answer).state == state

    def test_a_no_by_telephone_has_its_reason(self, cast: Cast, worker: Actor) -> None:
        _, _, connection = make.connected(cast)
        declined = do(worker, actions.record_answer, connection, answer="decline", reason="full", words="Until spring")
        assert (declined.state, declined.decline_reason) == ("declined", "full")

    def test_withdrawn_with_a_reason(self, cast: Cast, worker: Actor) -> None:
        _, _, connection = make.connected(cast)
        assert do(worker, actions.withdraw_connection, connection, reason="She moved").state == "withdrawn"
        with pytest.raises(Invalid):
            do(worker, actions.withdraw_connection, connection, reason=" ")

    def test_whether_they_went_and_how_it_ended(self, cast: Cast, worker: Actor) -> None:
        _, _, connection = make.connected(cast)
        do(worker, actions.record_answer, connection, answer="accept")
        do(worker, actions.record_attendance, connection, facts=AttendanceFacts(clock.today(), "yes"))
        connection.refresh_from_db()
        assert connection.state == "attending"
        assert do(worker, actions.end_connection, connection, ending="completed").state == "ended"

    def test_a_message_to_the_group(self, cast: Cast, worker: Actor) -> None:
        _, _, connection = make.connected(cast)
        do(worker, actions.write_to_provider, connection, text="She walks with a stick.")
        assert not Question.objects.get(connection=connection).from_provider

    def test_a_message_pressed_twice_is_sent_once(self, cast: Cast, worker: Actor) -> None:
        _, _, connection = make.connected(cast)
        for _ in range(2):
            do(worker, actions.write_to_provider, connection, text="Hello", token="same")
        assert Question.objects.count() == 1

    def test_a_colleague_cannot(self, cast: Cast, colleague: Actor) -> None:
        _, _, connection = make.connected(cast)
        with pytest.raises(NotAllowed):
            do(colleague, actions.withdraw_connection, connection, reason="Mine")


class TestUnmet:
    def test_one_step(self, cast: Cast, worker: Actor) -> None:
        case, goal, _ = make.planned(cast)
        unmet = do(worker, actions.record_unmet_need, case, facts=replace(make.UNMET, goal_id=goal.pk))
        assert (unmet.need, unmet.reason, unmet.state, unmet.goal_id) == (
            "loneliness",
            "nothing-exists",
            "recorded",
            goal.pk,
        )
        assert make.fresh(case).next_action.startswith("Tell Jean what we could not find")
        assert [move.move for move in unmet.moves.all()] == ["record"]

    @pytest.mark.parametrize(("changes", "field"), [({"need": "gold"}, "need"), ({"reason": "because"}, "reason")])
    def test_from_the_lists(self, cast: Cast, worker: Actor, changes: dict, field: str) -> None:
        with pytest.raises(Invalid) as problem:
            do(worker, actions.record_unmet_need, make.active(cast), facts=replace(make.UNMET, **changes))
        assert problem.value.field == field

    def test_resolved_once_with_what_was_found(self, cast: Cast, worker: Actor) -> None:
        unmet = do(worker, actions.record_unmet_need, make.active(cast), facts=make.UNMET)
        with pytest.raises(Invalid):
            do(worker, actions.resolve_unmet_need, unmet, resolution=" ")
        assert do(worker, actions.resolve_unmet_need, unmet, resolution="A Sunday table began").state == "resolved"
        with pytest.raises(NotAllowed):
            do(worker, actions.resolve_unmet_need, unmet, resolution="Again")

    def test_pressed_twice_it_counts_once(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        made = {do(worker, actions.record_unmet_need, case, facts=make.UNMET, token="same").pk for _ in range(2)}
        assert len(made) == 1


def test_a_date_in_the_past_is_not_a_session_to_come(cast: Cast, worker: Actor) -> None:
    _, _, connection = make.connected(cast)
    do(worker, actions.record_answer, connection, answer="accept")
    tomorrow = AttendanceFacts(clock.today() + timedelta(days=1), "yes")
    with pytest.raises(Invalid):
        do(worker, actions.record_attendance, connection, facts=tomorrow)


def test_a_yes_on_the_telephone_keeps_the_first_day(cast: Cast, worker: Actor) -> None:
    """Then the plan on paper has it, and "did they go?" is asked two days after it."""
    _, _, connection = make.connected(cast)
    page = reverse("casework:connection-answer", args=[connection.pk])
    first = clock.add_working_days(clock.today(), 4)
    client = cast.client(cast.link_worker)
    day = {f"first_session_on_{part}": getattr(first, part) for part in ("day", "month", "year")}
    assert "When can they first come?" in client.get(page).content.decode()
    past = client.post(page, {"answer": "accept", **day, "first_session_on_year": 2020})
    assert past.status_code == 400
    assert client.post(page, {"answer": "accept", **day}).status_code == 302
    connection.refresh_from_db()
    assert (connection.state, connection.first_session_on) == ("accepted", first)
