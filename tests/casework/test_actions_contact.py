"""Contacts and tries, the first conversation, and the wellbeing answers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linkworks.casework import actions
from linkworks.casework.models import Case, CaseMeasure, Contact
from linkworks.casework.queries import tries_of
from linkworks.casework.rules.facts import ContactFacts, MeasureFacts
from linkworks.casework.states import CaseState
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


class TestRecordContact:
    def test_a_talk_is_kept_with_what_is_next(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        facts = make.spoke(minutes=25)
        contact = do(worker, actions.record_contact, case, facts=facts)
        assert (contact.how, contact.result, contact.note, contact.minutes) == (
            "phone",
            "spoke",
            "Talked about Tuesdays.",
            25,
        )
        assert (contact.made_by, contact.counts_as_try) == (worker.id, False)
        now = make.fresh(case)
        assert (now.next_action, now.next_action_on) == ("Visit at home", facts.next_action_on)

    def test_a_try_moves_the_case_on_and_sets_the_next_try(self, cast: Cast, worker: Actor) -> None:
        case = make.allocated(cast)
        contact = do(worker, actions.record_contact, case, facts=make.NO_ANSWER)
        now = make.fresh(case)
        assert contact.counts_as_try
        assert now.state == CaseState.CONTACTING
        assert now.next_action == "Try Jean again"
        assert now.next_action_on == clock.add_working_days(clock.today(), 2)

    def test_after_the_schemes_tries_closing_is_next(self, cast: Cast, worker: Actor) -> None:
        case = make.contacting(cast, tries=3)
        assert tries_of(case).may_close
        assert case.next_action == "Decide whether to close: 3 tries without reaching Jean"

    def test_reaching_somebody_starts_the_count_again(self, cast: Cast, worker: Actor) -> None:
        case = make.contacting(cast, tries=2)
        do(worker, actions.record_contact, case, facts=make.spoke())
        assert tries_of(case).made == 0

    def test_a_note_is_no_contact(self, cast: Cast, worker: Actor) -> None:
        case = make.allocated(cast)
        do(worker, actions.record_contact, case, facts=ContactFacts(how="note", result="note-only", note="Letter came"))
        assert make.fresh(case).state == CaseState.ALLOCATED

    def test_pressed_twice_it_is_kept_once(self, cast: Cast, worker: Actor) -> None:
        case, facts = make.active(cast), make.spoke()
        first = do(worker, actions.record_contact, case, facts=facts, token="same")
        assert do(worker, actions.record_contact, case, facts=facts, token="same") == first
        assert Contact.objects.filter(case=case).count() == 1

    def test_a_form_sent_again_with_other_words_is_refused(self, cast: Cast, worker: Actor) -> None:
        case, facts = make.active(cast), make.spoke()
        do(worker, actions.record_contact, case, facts=facts, token="same")
        with pytest.raises(Conflict):
            do(worker, actions.record_contact, case, facts=replace(facts, note="Other"), token="same")

    def test_not_while_nobody_has_the_case(self, cast: Cast, worker: Actor) -> None:
        with pytest.raises(NotAllowed, match="Nobody has this case"):
            do(worker, actions.record_contact, make.waiting(cast), facts=make.spoke())

    def test_a_closed_case_takes_a_note_and_no_contact(self, cast: Cast, worker: Actor) -> None:
        case = make.closed(cast)
        with pytest.raises(NotAllowed, match="closed"):
            do(worker, actions.record_contact, case, facts=make.spoke())
        do(worker, actions.record_contact, case, facts=ContactFacts(how="note", result="note-only", note="A card came"))
        assert make.fresh(case).state == CaseState.CLOSED

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"happened_at": clock.now() + timedelta(days=2)}, "happened_on"),
            ({"next_action_on": clock.today() - timedelta(days=2)}, "next_action_on"),
        ],
    )
    def test_days_have_to_make_sense(self, cast: Cast, worker: Actor, changes: dict, field: str) -> None:
        with pytest.raises(Invalid) as problem:
            do(worker, actions.record_contact, make.active(cast), facts=make.spoke(**changes))
        assert problem.value.field == field

    @pytest.mark.parametrize("who", ["colleague", "outsider", "referrer", "provider_coordinator", "commissioner"])
    def test_others_cannot(self, cast: Cast, who: str) -> None:
        case = make.active(cast)
        with pytest.raises(NotAllowed):
            do(cast.actor(getattr(cast, who)), actions.record_contact, case, facts=make.spoke())
        assert not Contact.objects.exists()


class TestConversation:
    def test_the_work_begins(self, cast: Cast, worker: Actor) -> None:
        case = make.allocated(cast)
        talk = do(worker, actions.hold_conversation, case, facts=make.talk(complexity=3))
        now = make.fresh(case)
        assert talk.what_matters == "I want to get out of the house again."
        assert (now.state, now.complexity, now.next_action) == (CaseState.ACTIVE, 3, "Make a plan with Jean")
        assert now.moves.last().move == "begin"

    def test_said_again_it_is_put_right_and_begins_only_once(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        do(worker, actions.hold_conversation, case, facts=make.talk(what_matters="I want my garden back."))
        now = make.fresh(case)
        assert now.conversation.what_matters == "I want my garden back."
        assert [each.move for each in now.moves.all()].count("begin") == 1

    @pytest.mark.parametrize("field", ["what_matters", "strengths"])
    def test_what_matters_and_strengths_are_both_there(self, cast: Cast, worker: Actor, field: str) -> None:
        with pytest.raises(Invalid) as problem:
            do(worker, actions.hold_conversation, make.allocated(cast), facts=make.talk(**{field: "  "}))
        assert problem.value.field == field

    def test_not_in_the_future(self, cast: Cast, worker: Actor) -> None:
        case, tomorrow = make.allocated(cast), clock.today() + timedelta(days=1)
        with pytest.raises(Invalid, match="future"):
            do(worker, actions.hold_conversation, case, facts=make.talk(held_on=tomorrow))

    @pytest.mark.parametrize("stage", [make.waiting, make.closed])
    def test_not_without_a_worker_and_not_when_closed(self, cast: Cast, worker: Actor, stage) -> None:
        with pytest.raises(NotAllowed):
            do(worker, actions.hold_conversation, stage(cast), facts=make.talk())


class TestMeasures:
    @pytest.mark.parametrize("stage", ["start", "review", "end"])
    def test_answers_are_kept_with_their_stage(self, cast: Cast, worker: Actor, stage: str) -> None:
        kept = make.answers(cast, make.active(cast), stage)
        assert (kept.stage, kept.answer_set.answers["happy"]) == (stage, 3)

    def test_what_was_not_answered_is_missing_and_never_zero(self, cast: Cast, worker: Actor) -> None:
        assert make.answers(cast, make.active(cast), "start", happy=None).answer_set.answers["happy"] is None

    def test_somebody_may_choose_not_to_answer(self, cast: Cast, worker: Actor) -> None:
        facts = MeasureFacts(measure_id="ons4", stage="start", declined=True)
        assert do(worker, actions.record_measure, make.active(cast), facts=facts).answer_set.declined

    def test_pressed_twice_they_are_kept_once(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        facts = MeasureFacts(measure_id="ons4", stage="start", answers=make.FOUR_ANSWERS)
        for _ in range(2):
            do(worker, actions.record_measure, case, facts=facts, token="same")
        assert CaseMeasure.objects.count() == 1

    def test_an_answer_off_the_scale_is_refused(self, cast: Cast, worker: Actor) -> None:
        with pytest.raises(Invalid):
            make.answers(cast, make.active(cast), "start", happy=11)
        assert not CaseMeasure.objects.exists()


def test_the_database_keeps_every_open_case_with_a_next_action(cast: Cast) -> None:
    case = make.active(cast)
    for broken in ({"next_action": ""}, {"next_action_on": None}):
        with pytest.raises(IntegrityError, match="open_case_has_a_next_action"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**broken)


def test_the_database_keeps_one_open_case_for_a_person(cast: Cast) -> None:
    closed = make.closed(cast)
    make.waiting(cast, person_id=closed.person_id)
    with pytest.raises(IntegrityError, match="one_open_case_per_person"), transaction.atomic():
        Case.objects.filter(pk=closed.pk).update(state="active", next_action="x", next_action_on=clock.today())
