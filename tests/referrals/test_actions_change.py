"""Those who sent a referral put it right with a reason, or take it back."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.core.errors import Invalid, NotAllowed
from linkworks.referrals import actions, queries
from linkworks.referrals.models import Amendment, Referral
from linkworks.referrals.states import DeclineReason
from tests.cast import Cast
from tests.context import acting
from tests.factories.people import person
from tests.factories.referrals import sent


@pytest.fixture
def referral(cast: Cast) -> Referral:
    return sent(cast.actor(cast.referrer), cast.scheme.id)


class TestAmend:
    def test_both_wordings_and_the_reason_are_kept(self, cast: Cast, referral: Referral) -> None:
        by = cast.actor(cast.referring_colleague)
        with acting(by):
            actions.amend(
                referral, changes={"needs": ("housing",), "given_name": "Jean"}, reason="She told us more", by=by
            )
        kept = Amendment.objects.get()
        assert (kept.field, kept.before, kept.after) == (
            "needs",
            "Feeling alone or isolated; Someone has died, grief",
            "Problems with my home or rent",
        )
        assert (kept.reason, kept.made_by_name) == ("She told us more", by.name)
        referral.refresh_from_db()
        assert referral.needs == ["housing"]

    def test_nothing_changed_writes_nothing(self, cast: Cast, referral: Referral) -> None:
        actions.amend(referral, changes={"given_name": "Jean"}, reason="Checked", by=cast.actor(cast.referrer))
        assert Amendment.objects.count() == 0

    @pytest.mark.parametrize(
        "changes", [{"told_and_agrees": False}, {"scheme_id": 1}, {"referrer_name": "X"}, {"state": "accepted"}]
    )
    def test_what_must_stay_stays(self, cast: Cast, referral: Referral, changes: dict[str, object]) -> None:
        with pytest.raises(Invalid):
            actions.amend(referral, changes=changes, reason="Because", by=cast.actor(cast.referrer))

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"given_name": ""}, "given_name"),
            ({"contact_channels": []}, "contact_channels"),
            ({"needs": [], "in_their_words": ""}, "needs"),
            ({"nhs_number": "123"}, "nhs_number"),
        ],
    )
    def test_it_must_still_be_a_referral(
        self, cast: Cast, referral: Referral, changes: dict[str, object], field: str
    ) -> None:
        with pytest.raises(Invalid) as refused:
            actions.amend(referral, changes=changes, reason="Because", by=cast.actor(cast.referrer))
        assert refused.value.field == field

    def test_a_reason_is_needed(self, cast: Cast, referral: Referral) -> None:
        with pytest.raises(Invalid) as refused:
            actions.amend(referral, changes={"given_name": "June"}, reason="", by=cast.actor(cast.referrer))
        assert refused.value.field == "reason"

    @pytest.mark.parametrize("who", ["other_referrer", "outsider", "provider_coordinator", "steward"])
    def test_others_cannot(self, cast: Cast, referral: Referral, who: str) -> None:
        with pytest.raises(NotAllowed):
            actions.amend(referral, changes={"given_name": "June"}, reason="Because", by=cast.actor(getattr(cast, who)))

    def test_one_that_is_finished_cannot_be_changed(self, cast: Cast, referral: Referral) -> None:
        actions.decline(referral, reason=DeclineReason.DUPLICATE, words="Twice.", by=cast.actor(cast.manager))
        with pytest.raises(NotAllowed):
            actions.amend(referral, changes={"given_name": "June"}, reason="Because", by=cast.actor(cast.referrer))

    def test_one_that_was_accepted_can(self, cast: Cast, referral: Referral) -> None:
        actions.accept(referral, person_id=person(cast.scheme.id).id, by=cast.actor(cast.manager))
        assert (
            actions.amend(
                referral, changes={"given_name": "June"}, reason="Misheard", by=cast.actor(cast.referrer)
            ).given_name
            == "June"
        )


class TestWithdraw:
    def test_it_is_taken_back_with_the_reason(self, cast: Cast, referral: Referral) -> None:
        by = cast.actor(cast.referrer)
        with acting(by):
            actions.withdraw(referral, reason="She changed her mind", by=by)
            events = queries.history(referral.id)
        assert [(each.move, each.reason) for each in events] == [("send", ""), ("withdraw", "She changed her mind")]

    def test_a_reason_is_needed(self, cast: Cast, referral: Referral) -> None:
        with pytest.raises(Invalid):
            actions.withdraw(referral, reason=" ", by=cast.actor(cast.referrer))

    def test_it_is_withdrawn_once(self, cast: Cast, referral: Referral) -> None:
        actions.withdraw(referral, reason="Mistake", by=cast.actor(cast.referrer))
        with pytest.raises(NotAllowed):
            actions.withdraw(referral, reason="Mistake", by=cast.actor(cast.referrer))

    def test_another_organisation_cannot(self, cast: Cast, referral: Referral) -> None:
        with pytest.raises(NotAllowed):
            actions.withdraw(referral, reason="Mistake", by=cast.actor(cast.other_referrer))


def test_the_history_is_in_order_and_has_every_kind_of_line(cast: Cast, referral: Referral) -> None:
    actions.amend(referral, changes={"given_name": "June"}, reason="Misheard", by=cast.actor(cast.referrer))
    actions.accept(referral, person_id=person(cast.scheme.id).id, by=cast.actor(cast.manager))
    actions.tell_progress(referral.id, step="plan-agreed", words="A first visit is arranged.", by=cast.everything)
    with acting(cast.actor(cast.referrer)):
        assert [each.move for each in queries.history(referral.id)] == ["send", "amend", "accept", "plan-agreed"]


class TestTheWorkerHears:
    """Once somebody works with the person, what the referrer changes becomes a task."""

    def jobs(self) -> list[list[str]]:
        return [job.args["ids"] for job in ProcrastinateJob.objects.filter(task_name="casework.referral_changed")]

    def test_of_an_accepted_referral(self, cast: Cast, referral: Referral) -> None:
        actions.accept(referral, person_id=person(cast.scheme.id).id, by=cast.actor(cast.manager))
        actions.amend(referral, changes={"given_name": "June"}, reason="Misheard", by=cast.actor(cast.referrer))
        actions.withdraw(referral, reason="She changed her mind", by=cast.actor(cast.referrer))
        amendment = Amendment.objects.get()
        assert self.jobs() == [[str(referral.id), str(amendment.id)], [str(referral.id), str(referral.id)]]

    def test_and_not_of_one_that_nobody_took_yet(self, cast: Cast, referral: Referral) -> None:
        actions.amend(referral, changes={"given_name": "June"}, reason="Misheard", by=cast.actor(cast.referrer))
        assert self.jobs() == []
