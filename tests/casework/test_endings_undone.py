"""An ending written down by mistake is undone whole, and a case taken up again is in somebody's morning."""

from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.models import Case
from linkworks.casework.queries import today_of
from linkworks.core import clock, vocabulary
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.people.models import Person
from linkworks.people.queries import channels_of
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import people
from tests.factories.casework import do

from .test_unlinking import closed, joined, undo

NUMBER = "07700 900123"


def page(cast: Cast, name: str, case: Case) -> str:
    return cast.client(cast.link_worker).get(reverse(f"casework:{name}", args=[case.pk])).content.decode()


class TestDied:
    @pytest.fixture
    def case(self, cast: Cast, worker: Actor) -> Case:
        case = make.active(cast)
        people.channel(case.person, kind="phone", value=NUMBER)
        return do(worker, actions.close, case, reason="deceased")

    def test_nobody_is_offered_a_number_to_ring_and_nothing_is_asked_about_it(self, cast: Cast, case: Case) -> None:
        said = page(cast, "case", case)
        assert NUMBER not in said and "tel:" not in said
        assert "No safe way to reach them" not in said and "Has died" in said

    def test_by_mistake_their_numbers_are_there_again(self, cast: Cast, worker: Actor, case: Case) -> None:
        do(worker, actions.reopen, case, reason="It was her sister")
        assert Person.objects.get(pk=case.person_id).died_on is None
        assert channels_of(case.person_id).filter(value=NUMBER, is_safe=True).exists()
        assert NUMBER in page(cast, "case", case)

    def test_a_day_nobody_knew_is_not_said_to_be_the_day_they_died(self, cast: Cast, case: Case) -> None:
        said = page(cast, "case", case)
        assert "Died on" not in said and "The day we have is" in said
        assert "today is written down" in page(cast, "close", make.active(cast, given_name="Ada"))


class TestNotReached:
    @pytest.mark.parametrize("tries", [0, 3])
    def test_the_ordinary_form_does_not_skip_the_tries_and_the_letter(
        self, cast: Cast, worker: Actor, tries: int
    ) -> None:
        case = make.contacting(cast, tries=tries)
        with pytest.raises(Invalid, match="could not reach") as refused:
            do(worker, actions.close, case, reason="could-not-contact")
        assert refused.value.field == "reason"
        assert make.fresh(case).state == "contacting" or tries == 0
        said = page(cast, "close", case)
        assert 'value="could-not-contact"' not in said and 'value="goals-met"' in said
        assert (reverse("casework:close-unreached", args=[case.pk]) in said) == (tries == 3)

    def test_every_other_reason_is_offered(self, cast: Cast) -> None:
        said = page(cast, "close", make.active(cast))
        for reason in set(vocabulary.CLOSE_REASONS) - {"could-not-contact"}:
            assert f'value="{reason}"' in said


class TestWithoutAWorker:
    @pytest.fixture
    def case(self, cast: Cast) -> Case:
        referral = joined(cast, closed(cast))
        undo(cast, referral)
        return Case.objects.get(referral=referral)

    def test_whoever_opens_it_again_has_it_in_their_morning(self, cast: Cast, colleague: Actor, case: Case) -> None:
        assert case.worker_id is None
        do(colleague, actions.reopen, case, reason="It was her after all")
        now = make.fresh(case)
        assert (now.worker_id, now.state) == (cast.colleague.id, "active")
        Case.objects.filter(pk=case.pk).update(next_action_on=clock.today())
        assert [item.case_id for item in do(colleague, lambda *, by: today_of(by)).today] == [case.pk]

    def test_somebody_who_carries_no_cases_is_told(self, cast: Cast, case: Case, monkeypatch: Any) -> None:
        monkeypatch.setattr("linkworks.casework.actions.closing.carries_cases", lambda *_: False)
        with pytest.raises(NotAllowed, match="carries cases"):
            do(cast.actor(cast.manager), actions.reopen, case, reason="It was her after all")
        assert make.fresh(case).state == "closed"

    def test_one_that_had_a_worker_stays_theirs(self, cast: Cast, manager: Actor) -> None:
        case = make.closed(cast)
        do(manager, actions.reopen, case, reason="She rang")
        assert make.fresh(case).worker_id == cast.link_worker.id
