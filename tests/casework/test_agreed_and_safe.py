"""What leaves is what the person was asked about, shown first and kept in the ledger; and nothing goes where it is not safe."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.models import Case
from linkworks.casework.queries.telling import AT_THE_END, AT_THE_PLAN
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.messaging.models import Message
from linkworks.people.models import Channel, Disclosure, Person
from linkworks.people.states import SharingTopic
from linkworks.referrals.models import Referral
from linkworks.ui.formats import long_date
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import people
from tests.factories.casework import do


def agree(cast: Cast, case: Case, agreed: bool = True) -> None:
    choices = {SharingTopic.REFERRER_FEEDBACK.value: agreed}
    do(cast.actor(cast.link_worker), actions.choose_sharing, case, choices=choices, how="In person")


def page(cast: Cast, name: str, case: Case) -> str:
    return cast.client(cast.link_worker).get(reverse(f"casework:{name}", args=[case.pk])).content.decode()


class TestReferrer:
    def test_what_is_read_is_in_the_ledger_once(self, cast: Cast, job: Actor) -> None:
        case, _, plan = make.planned(cast)
        agree(cast, case)
        for _ in range(2):
            do(job, actions.tell_plan_agreed, plan.pk)
        row = Disclosure.objects.get()
        assert (row.person_id, row.about_id, tuple(row.fields)) == (case.person_id, case.referral_id, AT_THE_PLAN)
        assert cast.practice.name in row.recipient

    def test_the_end_is_another_row(self, cast: Cast, job: Actor) -> None:
        case = make.closed(cast)
        agree(cast, case)
        do(job, actions.tell_finished, case.pk)
        assert tuple(Disclosure.objects.get().fields) == AT_THE_END

    @pytest.mark.parametrize("agreed", [None, False])
    def test_without_agreement_nothing_is_disclosed(self, cast: Cast, job: Actor, agreed: bool | None) -> None:
        case, _, plan = make.planned(cast)
        if agreed is not None:
            agree(cast, case, agreed)
        do(job, actions.tell_plan_agreed, plan.pk)
        assert not Disclosure.objects.exists()
        assert "nobody has agreed that they hear more" in page(cast, "close", case)

    def test_a_guest_reads_no_words_and_none_are_disclosed(self, cast: Cast, job: Actor) -> None:
        case, _, plan = make.planned(cast)
        guest = {"from_organisation_id": None, "referrer_user_id": None, "referrer_email": "warden@example.org"}
        Referral.objects.filter(pk=case.referral_id).update(**guest)
        agree(cast, case)
        do(job, actions.tell_plan_agreed, plan.pk)
        assert make.WISH.words not in Message.objects.get(audience="referrer").body
        assert not Disclosure.objects.exists()

    def test_both_pages_show_it_before_it_is_sent(self, cast: Cast, job: Actor) -> None:
        case, _ = make.with_goal(cast)
        agree(cast, case)
        for name in ("agree", "close"):
            shown = page(cast, name, case)
            assert "will read: they agreed to share it" in shown
            assert f"• {make.WISH.words}" in shown
        assert "the goals of your plan" in page(cast, "sharing", case)


class TestEnding:
    def close(self, cast: Cast, case: Case, **said: Any) -> Any:
        answers = {"reason": "goals-met", "missing_because": "In a hurry", **said}
        return cast.client(cast.link_worker).post(reverse("casework:close", args=[case.pk]), answers)

    @pytest.mark.parametrize(("ticked", "letters"), [({"with_letter": "on"}, 1), ({}, 0)])
    def test_the_letter_can_be_held_back(self, cast: Cast, ticked: dict[str, str], letters: int) -> None:
        case = make.reviewed(cast)
        people.channel(case.person, kind="letter", value="4 Elm Road")
        assert self.close(cast, case, **ticked).status_code == 302
        assert Message.objects.filter(way="letter").count() == letters

    def test_the_day_somebody_died_is_kept(self, cast: Cast, worker: Actor) -> None:
        case, day = make.active(cast), clock.today() - timedelta(days=3)
        parts = {"died_on_day": day.day, "died_on_month": day.month, "died_on_year": day.year}
        assert self.close(cast, case, reason="deceased", **parts).status_code == 302
        assert Person.objects.get(pk=case.person_id).died_on == day
        assert f"Has died. The day we have is {long_date(day)}" in page(cast, "case", case)

    def test_without_a_day_it_is_today_and_a_mistake_is_undone(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        self.close(cast, case, reason="deceased")
        assert Person.objects.get(pk=case.person_id).died_on == clock.today()
        do(worker, actions.reopen, case, reason="It was her sister")
        assert Person.objects.get(pk=case.person_id).died_on is None

    @pytest.mark.parametrize("kind", ["text", "email"])
    def test_that_we_tried_goes_by_a_safe_written_way(self, cast: Cast, worker: Actor, kind: str) -> None:
        case = make.contacting(cast, tries=5)
        people.channel(case.person, kind="text", value="07700 900999", is_safe=False)
        value = {"text": "07700 900123", "email": "jean@example.org"}[kind]
        people.channel(case.person, kind=kind, value=value)
        assert value in page(cast, "close-unreached", case)
        do(worker, actions.close_could_not_contact, case)
        message = Message.objects.get(audience="person")
        assert (message.way, message.address) == (kind, value)
        assert not any(word in message.body for word in ("loneliness", "bereavement", "Marlow"))

    def test_a_letter_comes_before_a_text(self, cast: Cast, worker: Actor) -> None:
        case = make.contacting(cast, tries=5)
        people.channel(case.person, kind="text", value="07700 900123", is_preferred=True)
        people.channel(case.person, kind="letter", value="4 Elm Road")
        do(worker, actions.close_could_not_contact, case)
        assert Message.objects.get(audience="person").way == "letter"


class TestNotSafeAnyMore:
    def mark(self, cast: Cast, case: Case, way: Channel) -> Any:
        address = reverse("casework:channel-unsafe", args=[case.pk, way.pk])
        return cast.client(cast.link_worker).post(address, follow=True)

    def test_one_press_stops_what_was_waiting(self, cast: Cast, worker: Actor) -> None:
        case = make.contacting(cast, tries=5)
        way = people.channel(case.person, kind="letter", value="4 Elm Road", may_leave_message=True)
        do(worker, actions.close_could_not_contact, case)
        assert "Kept as not safe" in self.mark(cast, case, way).content.decode()
        way.refresh_from_db()
        assert (way.is_safe, way.may_leave_message, way.ended_at) == (False, False, None)
        letter = reverse("messaging:letter", args=[Message.objects.get(way="letter").pk])
        assert "Do not post this letter" in cast.client(cast.link_worker).get(letter).content.decode()

    def test_another_persons_way_is_left_alone(self, cast: Cast) -> None:
        case, other = make.active(cast), people.person(cast.scheme.id, given_name="Ann", family_name="Other")
        way = people.channel(other, kind="letter", value="4 Elm Road")
        self.mark(cast, case, way)
        way.refresh_from_db()
        assert way.is_safe is True
