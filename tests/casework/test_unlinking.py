"""A referral joined to the wrong person is taken off again while no work hangs on it; otherwise the page says what to do."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkworks.casework import actions
from linkworks.casework.models import Case, Task
from linkworks.casework.rules.unlinking import LinkFacts, why_not_undone
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.people.models import Channel
from linkworks.people.queries import channels_of
from linkworks.referrals.actions import tell_progress, withdraw
from linkworks.referrals.models import LinkUndone, Referral, ReferralMove
from linkworks.referrals.rules import Reach
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import referrals
from tests.factories.casework import do

WHY = "Born in 1951, not 1915: her aunt of the same name"
THEIRS = Reach("phone", "020 7946 0999")


def joined(cast: Cast, case: Case, **details: Any) -> Referral:
    """Another referral, taken for the person of `case` by mistake."""
    sender = cast.actor(cast.referrer)
    sent = do(sender, lambda *, by: referrals.sent(by, cast.scheme.id, contact_channels=(THEIRS,), **details))
    do(cast.actor(cast.manager), actions.open_from_referral, sent, person_id=case.person_id)
    return Referral.objects.get(pk=sent.pk)


def undo(cast: Cast, referral: Referral, who: str = "manager", reason: str = WHY) -> Referral:
    return do(cast.actor(getattr(cast, who)), actions.undo_link, referral, reason=reason)


def closed(cast: Cast) -> Case:
    case = make.allocated(cast)
    do(cast.actor(cast.link_worker), actions.close, case, reason="person-chose-to-stop", missing_because="Moved on")
    return make.fresh(case)


class TestWhyNot:
    WHOLE = LinkFacts(is_accepted=True)

    def test_nothing_stands_in_the_way(self) -> None:
        assert why_not_undone(self.WHOLE) == ""

    @given(
        facts=st.builds(LinkFacts, *[st.booleans()] * 6),
    )
    def test_it_is_undone_only_when_everything_holds(self, facts: LinkFacts) -> None:
        assert (why_not_undone(facts) == "") is (facts == self.WHOLE)

    @pytest.mark.parametrize(
        ("changed", "says"),
        [
            ({"is_accepted": False}, "not joined to anybody"),
            ({"was_known": False}, "opened the record itself"),
            ({"was_told": True}, "already been told"),
            ({"is_yours": False}, "with a colleague"),
            ({"began": True}, "written down since"),
            ({"case_is_open": False}, "written down since"),
        ],
    )
    def test_each_reason_is_said(self, changed: dict[str, bool], says: str) -> None:
        assert says in why_not_undone(replace(self.WHOLE, **changed))


class TestJoinedToAnOpenCase:
    def test_it_waits_in_the_inbox_again_and_the_case_goes_on(self, cast: Cast) -> None:
        case = make.active(cast)
        referral = undo(cast, joined(cast, case))
        assert (referral.state, referral.person_id, referral.decided_at) == ("sent", None, None)
        assert make.fresh(case).state == "active"
        assert not Task.objects.filter(case=case, kind="new-referral", done_at__isnull=True).exists()

    def test_the_other_persons_number_is_taken_off_and_their_own_stays(self, cast: Cast) -> None:
        case = make.active(cast)
        before = set(channels_of(case.person_id).values_list("value", flat=True))
        referral = joined(cast, case)
        assert channels_of(case.person_id).filter(value=THEIRS.value).exists()
        undo(cast, referral)
        assert set(channels_of(case.person_id).values_list("value", flat=True)) == before
        assert Channel.objects.get(value=THEIRS.value).ended_at is not None, "nothing is lost"

    def test_a_number_they_had_before_is_not_taken_off(self, cast: Cast) -> None:
        case = make.active(cast, contact_channels=(THEIRS,))
        undo(cast, joined(cast, case))
        assert channels_of(case.person_id).filter(value=THEIRS.value).exists()

    def test_it_can_be_joined_to_the_right_person_afterwards_and_is_read_there(self, cast: Cast) -> None:
        wrong, right = make.active(cast), make.active(cast, given_name="Joan")
        referral = undo(cast, joined(cast, wrong))
        do(cast.actor(cast.manager), actions.open_from_referral, referral, person_id=right.person_id)
        assert Task.objects.filter(case=right, kind="new-referral", done_at__isnull=True).count() == 1
        assert Referral.objects.get(pk=referral.pk).person_id == right.person_id

    def test_even_to_the_same_person_when_the_undoing_was_the_mistake(self, cast: Cast) -> None:
        case = make.active(cast)
        referral = undo(cast, joined(cast, case))
        do(cast.actor(cast.manager), actions.open_from_referral, referral, person_id=case.person_id)
        assert Task.objects.filter(case=case, kind="new-referral", done_at__isnull=True).count() == 1


class TestJoinedToSomebodyWithoutAnOpenCase:
    def test_the_case_it_opened_is_closed_and_nobody_is_told_it_finished(self, cast: Cast) -> None:
        before = closed(cast)
        referral = joined(cast, before)
        opened = Case.objects.get(referral=referral)
        undo(cast, referral)
        opened.refresh_from_db()
        assert (opened.state, opened.close_reason) == ("closed", "inappropriate-referral")
        assert "somebody else" in opened.close_summary
        do(cast.everything, actions.tell_finished, opened.pk)
        assert not Referral.objects.get(pk=referral.pk).progress.exists()

    def test_a_new_record_gets_a_new_case(self, cast: Cast) -> None:
        referral = undo(cast, joined(cast, closed(cast)))
        case = do(cast.actor(cast.manager), actions.open_from_referral, referral)
        assert case.state == "waiting"
        assert case.person_id != referral.person_id
        assert case.previous is None


class TestHistory:
    def test_who_when_and_why_for_the_scheme_alone(self, cast: Cast) -> None:
        case = make.active(cast)
        referral = undo(cast, joined(cast, case))
        kept = LinkUndone.objects.get()
        assert (kept.person_id, kept.reason, kept.made_by_name) == (case.person_id, WHY, "Ruth Adeyemi")
        moves = list(ReferralMove.objects.filter(referral=referral).values_list("move", "to_state", "reason"))
        assert moves == [("send", "sent", ""), ("accept", "accepted", ""), ("unlink", "sent", "")]
        team = cast.client(cast.manager).get(reverse("casework:inbox-referral", args=[referral.pk])).content.decode()
        assert "her aunt of the same name" in team
        sender = cast.client(cast.referrer).get(reverse("referrals:detail", args=[referral.pk])).content.decode()
        assert "her aunt" not in sender
        assert "Waiting for the scheme again" in sender

    def test_the_persons_own_page_says_what_was_taken_off(self, cast: Cast) -> None:
        case = make.active(cast)
        referral = undo(cast, joined(cast, case))
        page = cast.client(cast.link_worker).get(reverse("casework:case", args=[case.pk])).content.decode()
        assert f"Referral {referral.reference} taken off" in page


def goes_to_a_group(cast: Cast, case: Case, goal: Any) -> None:
    place = make.service(cast)
    do(cast.actor(cast.link_worker), actions.connect, goal, service_id=place.id, sharing=make.SHARED)


def talks_again(cast: Cast, case: Case, goal: Any) -> None:
    do(cast.actor(cast.link_worker), actions.hold_conversation, case, facts=make.talk(interests="Whist"))


def takes_a_step(cast: Cast, case: Case, goal: Any) -> None:
    do(cast.actor(cast.link_worker), actions.add_step, goal, facts=make.STEP)


class TestRefused:
    @pytest.mark.parametrize("work", [goes_to_a_group, talks_again, takes_a_step])
    def test_work_on_what_was_there_before_hangs_on_it_too(self, cast: Cast, work: Any) -> None:
        case, goal = make.with_goal(cast)
        referral = joined(cast, case)
        work(cast, case, goal)
        self.refused(cast, referral, "written down since")

    def refused(self, cast: Cast, referral: Referral, says: str, who: str = "manager") -> None:
        before = Referral.objects.get(pk=referral.pk)
        with pytest.raises(NotAllowed, match=says):
            undo(cast, referral, who)
        after = Referral.objects.get(pk=referral.pk)
        assert (after.state, after.person_id) == (before.state, before.person_id)
        assert not LinkUndone.objects.exists()

    @pytest.mark.parametrize("work", ["contact", "conversation", "unmet", "concern", "answers", "joined again"])
    def test_when_work_was_written_down_since(self, cast: Cast, work: str) -> None:
        case = make.active(cast)
        referral = joined(cast, case)
        worker = cast.actor(cast.link_worker)
        {
            "contact": lambda: do(worker, actions.record_contact, case, facts=make.spoke()),
            "conversation": lambda: do(worker, actions.set_goal, case, facts=make.WISH),
            "unmet": lambda: do(worker, actions.record_unmet_need, case, facts=make.UNMET),
            "concern": lambda: do(worker, actions.raise_concern, case, facts=make.WORRY),
            "answers": lambda: make.answers(cast, case, "start"),
            "joined again": lambda: joined(cast, case),
        }[work]()
        self.refused(cast, referral, "written down since")

    def test_when_the_new_referral_was_read_and_ticked_off(self, cast: Cast) -> None:
        case = make.active(cast)
        referral = joined(cast, case)
        do(cast.actor(cast.link_worker), actions.finish_task, Task.objects.get(case=case, kind="new-referral"))
        self.refused(cast, referral, "written down since")

    def test_when_whoever_referred_was_told(self, cast: Cast) -> None:
        referral = joined(cast, make.active(cast))
        do(cast.everything, tell_progress, referral.pk, step="plan-agreed")
        self.refused(cast, referral, "already been told")

    def test_when_the_referral_opened_the_record(self, cast: Cast) -> None:
        self.refused(cast, Referral.objects.get(pk=make.waiting(cast).referral_id), "opened the record itself")

    def test_when_it_was_withdrawn_meanwhile(self, cast: Cast) -> None:
        referral = joined(cast, make.active(cast))
        do(cast.actor(cast.referrer), withdraw, referral, reason="She moved")
        self.refused(cast, Referral.objects.get(pk=referral.pk), "not joined to anybody")

    def test_twice(self, cast: Cast) -> None:
        referral = joined(cast, make.active(cast))
        undo(cast, referral)
        with pytest.raises(NotAllowed):
            undo(cast, Referral.objects.get(pk=referral.pk))
        assert LinkUndone.objects.count() == 1

    def test_from_a_page_that_is_old(self, cast: Cast) -> None:
        """The second tab still holds the referral as it was."""
        referral = joined(cast, make.active(cast))
        undo(cast, Referral.objects.get(pk=referral.pk))
        with pytest.raises(NotAllowed):
            undo(cast, referral)
        assert LinkUndone.objects.count() == 1

    def test_by_a_colleague_whose_case_it_is_not(self, cast: Cast) -> None:
        self.refused(cast, joined(cast, make.active(cast)), "with a colleague", who="colleague")

    @pytest.mark.parametrize("who", ["safeguarding_lead", "referrer", "signposter", "outsider", "steward"])
    def test_by_whoever_does_not_decide_about_referrals_here(self, cast: Cast, who: str) -> None:
        self.refused(cast, joined(cast, make.active(cast)), "[a-z]", who=who)

    @pytest.mark.parametrize("blank", ["", " \n"])
    def test_without_a_reason(self, cast: Cast, blank: str) -> None:
        with pytest.raises(Invalid):
            undo(cast, joined(cast, make.active(cast)), reason=blank)


class TestPage:
    def test_from_the_referral_and_back_to_it(self, cast: Cast) -> None:
        case = make.active(cast)
        referral = joined(cast, case)
        client, address = cast.client(cast.link_worker), reverse("casework:unlink", args=[referral.pk])
        assert address in client.get(reverse("casework:inbox-referral", args=[referral.pk])).content.decode()
        asked = client.get(address).content.decode()
        assert "Jean Marlow" in asked
        assert "It goes back to the inbox" in asked
        done = client.post(address, {"reason": WHY}, follow=True).content.decode()
        assert "Decide about the referral again" in done
        assert reverse("casework:accept", args=[referral.pk]) in done

    def test_nothing_is_offered_where_nobody_chose_a_known_person(self, cast: Cast) -> None:
        own = make.waiting(cast).referral_id
        client = cast.client(cast.manager)
        assert (
            reverse("casework:unlink", args=[own])
            not in client.get(reverse("casework:inbox-referral", args=[own])).content.decode()
        )
        page = client.get(reverse("casework:unlink", args=[own])).content.decode()
        assert "opened the record itself" in page
        assert "What to do instead" not in page

    def test_no_reason_is_said(self, cast: Cast) -> None:
        referral = joined(cast, make.active(cast))
        shown = cast.client(cast.manager).post(reverse("casework:unlink", args=[referral.pk]), {"reason": ""})
        assert shown.status_code == 400
        assert "Say how you know it is not the same person" in shown.content.decode()

    def test_when_work_hangs_on_it_the_page_says_what_to_do_instead(self, cast: Cast) -> None:
        case = make.active(cast)
        referral = joined(cast, case)
        do(cast.actor(cast.link_worker), actions.record_contact, case, facts=make.spoke())
        client, address = cast.client(cast.manager), reverse("casework:unlink", args=[referral.pk])
        page = client.get(address).content.decode()
        assert "What to do instead" in page
        assert "Tell your safeguarding lead" in page
        assert "<textarea" not in page
        assert client.post(address, {"reason": WHY}).status_code == 400
        assert Referral.objects.get(pk=referral.pk).person_id == case.person_id

    def test_strangers_wrong_roles_and_the_signed_out(self, cast: Cast) -> None:
        referral = joined(cast, make.active(cast))
        address = reverse("casework:unlink", args=[referral.pk])
        for who, status in (("outsider", 404), ("safeguarding_lead", 403), ("referrer", 403), (None, 302)):
            client = cast.client(getattr(cast, who) if who else None)
            assert client.get(address).status_code == client.post(address, {"reason": WHY}).status_code == status, who
        assert cast.client(cast.manager).get(reverse("casework:unlink", args=[uuid4()])).status_code == 404
        assert cast.client(cast.manager).put(address).status_code == 405

    def test_one_that_is_joined_to_nobody_has_no_page(self, cast: Cast) -> None:
        by = cast.actor(cast.referrer)
        sent = do(by, lambda *, by: referrals.sent(by, cast.scheme.id))
        assert cast.client(cast.manager).get(reverse("casework:unlink", args=[sent.pk])).status_code == 404
