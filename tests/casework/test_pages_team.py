"""Deciding about referrals, giving cases to workers, and the buttons that do one thing."""

from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.models import Case
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.people.models import Channel
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import people, referrals
from tests.factories.casework import do


def send(cast: Cast, page: str, key: Any, answers: dict[str, Any], who: Any = None) -> Any:
    return cast.client(who or cast.link_worker).post(reverse(f"casework:{page}", args=[key]), answers)


class TestInbox:
    def referral(self, cast: Cast) -> Any:
        return do(cast.actor(cast.referrer), lambda *, by: referrals.sent(by, cast.scheme.id))

    def test_accepting_somebody_new(self, cast: Cast) -> None:
        referral = self.referral(cast)
        assert send(cast, "accept", referral.pk, {"person": "new", "complexity": "3"}).status_code == 302
        assert Case.objects.get().complexity == 3

    def test_accepting_somebody_known(self, cast: Cast) -> None:
        known, referral = people.person(cast.scheme.id), self.referral(cast)
        assert send(cast, "accept", referral.pk, {"complexity": "2"}).status_code == 400
        send(cast, "accept", referral.pk, {"person": str(known.pk), "complexity": "2"})
        assert Case.objects.get().person_id == known.pk

    def test_somebody_who_was_not_offered_cannot_be_linked(self, cast: Cast) -> None:
        stranger = people.person(cast.scheme.id, given_name="Zoe", family_name="Quill", postcode="N1 1AA", born_on=None)
        referral = self.referral(cast)
        assert send(cast, "accept", referral.pk, {"person": str(stranger.pk), "complexity": "2"}).status_code == 400

    def test_a_manager_goes_on_to_give_it(self, cast: Cast) -> None:
        response = send(cast, "accept", self.referral(cast).pk, {"person": "new", "complexity": "2"}, cast.manager)
        assert response.url == reverse("casework:allocate", args=[Case.objects.get().pk])

    def test_accepted_twice_is_said(self, cast: Cast) -> None:
        referral = self.referral(cast)
        for expected in (302, 400):
            assert send(cast, "accept", referral.pk, {"person": "new", "complexity": "2"}).status_code == expected
        assert Case.objects.count() == 1

    def test_declining_says_why(self, cast: Cast) -> None:
        referral = self.referral(cast)
        assert send(cast, "decline", referral.pk, {"reason": "outside-area", "words": ""}).status_code == 400
        send(cast, "decline", referral.pk, {"reason": "outside-area", "words": "Try Camden"})
        referral.refresh_from_db()
        assert (referral.state, referral.decision_words) == ("declined", "Try Camden")

    @pytest.mark.parametrize("where", ["scheme", "words"])
    def test_passing_on(self, cast: Cast, where: str) -> None:
        referral = self.referral(cast)
        answers = {
            "where": where,
            "scheme": str(cast.other_scheme.id),
            "agreed": "on",
            "to_words": "The council",
            "words": "They can help",
        }
        assert send(cast, "redirect", referral.pk, answers).status_code == 302
        referral.refresh_from_db()
        assert referral.state == "redirected"


class TestTeam:
    def test_giving_a_case(self, cast: Cast) -> None:
        case = make.waiting(cast)
        response = send(cast, "allocate", case.pk, {"worker": str(cast.colleague.id)}, cast.manager)
        assert response.url == reverse("casework:allocation")
        assert make.fresh(case).worker_id == cast.colleague.id

    def test_taking_a_case_oneself(self, cast: Cast) -> None:
        case = make.waiting(cast)
        assert send(cast, "allocate", case.pk, {"worker": str(cast.colleague.id)}).status_code == 400
        assert send(cast, "allocate", case.pk, {"worker": str(cast.link_worker.id)}).status_code == 302

    def test_handing_over(self, cast: Cast) -> None:
        case = make.active(cast)
        assert send(cast, "hand-over", case.pk, {"worker": str(cast.colleague.id)}).status_code == 400
        assert (
            send(cast, "hand-over", case.pk, {"worker": str(cast.colleague.id), "note": "Mornings"}).status_code == 302
        )
        assert cast.client(cast.link_worker).get(reverse("casework:case", args=[case.pk])).status_code == 404

    def test_tasks_are_ticked_off_where_they_are_seen(self, cast: Cast, worker: Actor) -> None:
        case = make.active(cast)
        task = do(worker, actions.add_task, case, title="Ring", due_on=clock.today(), token="t")
        assert send(cast, "task-done", task.pk, {"from": "today"}).url == reverse("casework:today")
        assert send(cast, "task-done", task.pk, {}).url == reverse("casework:case", args=[case.pk])
        assert send(cast, "task-done", task.pk, {}, cast.colleague).status_code == 404

    def test_resuming(self, cast: Cast) -> None:
        case = make.paused(cast)
        send(cast, "resume", case.pk, {})
        assert make.fresh(case).state == "active"
        again = cast.client(cast.link_worker)
        response = again.post(reverse("casework:resume", args=[case.pk]), follow=True)
        assert "cannot be changed in that way" in response.content.decode()

    def test_the_letter_is_shown_before_closing(self, cast: Cast, worker: Actor) -> None:
        case = make.contacting(cast, tries=3)
        do(worker, actions.set_channel, case, kind="letter", value="4 Choumert Road", is_safe=True)
        address = reverse("casework:close-unreached", args=[case.pk])
        assert "Dear Jean" in cast.client(cast.link_worker).get(address).content.decode()
        send(cast, "close-unreached", case.pk, {})
        assert make.fresh(case).close_reason == "could-not-contact"

    def test_a_way_is_taken_off(self, cast: Cast) -> None:
        case = make.active(cast)
        channel = Channel.objects.filter(person=case.person).first()
        address = reverse("casework:channel-end", args=[case.pk, channel.pk])
        cast.client(cast.link_worker).post(address)
        channel.refresh_from_db()
        assert channel.ended_at is not None

    def test_a_concern_is_taken_and_closed(self, cast: Cast) -> None:
        concern = make.concern(cast)
        send(cast, "concern-answer", concern.pk, {}, cast.safeguarding_lead)
        concern.refresh_from_db()
        assert concern.state == "acknowledged"
        assert (
            send(cast, "concern-answer", concern.pk, {"what_was_done": ""}, cast.safeguarding_lead).status_code == 400
        )
        send(cast, "concern-answer", concern.pk, {"what_was_done": "Spoke to the council"}, cast.safeguarding_lead)
        concern.refresh_from_db()
        assert concern.state == "closed"
