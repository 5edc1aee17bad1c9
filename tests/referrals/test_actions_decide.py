"""The scheme takes a referral, says no or passes it on; never silently, and never twice."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.core.errors import Invalid, NotAllowed
from linkworks.referrals import actions
from linkworks.referrals.models import Referral, ReferralMove
from linkworks.referrals.states import DeclineReason
from tests.cast import Cast
from tests.context import acting
from tests.factories.people import person
from tests.factories.referrals import sent


@pytest.fixture
def referral(cast: Cast) -> Referral:
    return sent(cast.actor(cast.referrer), cast.scheme.id)


def told() -> list[str]:
    return list(
        ProcrastinateJob.objects.filter(task_name="referrals.tell_decision").values_list("task_name", flat=True)
    )


class TestAccept:
    def test_it_belongs_to_a_person_then(self, cast: Cast, referral: Referral) -> None:
        jean = person(cast.scheme.id)
        with acting(cast.actor(cast.link_worker)):
            actions.accept(referral, person_id=jean.id, by=cast.actor(cast.link_worker))
        referral.refresh_from_db()
        assert (referral.state, referral.person_id) == ("accepted", jean.id)
        assert list(ReferralMove.objects.values_list("move", flat=True)) == ["send", "accept"]

    def test_it_is_accepted_once(self, cast: Cast, referral: Referral) -> None:
        jean, by = person(cast.scheme.id), cast.actor(cast.link_worker)
        actions.accept(referral, person_id=jean.id, by=by)
        with pytest.raises(NotAllowed):
            actions.accept(referral, person_id=jean.id, by=by)

    @pytest.mark.parametrize("who", ["referrer", "outsider", "signposter", "safeguarding_lead"])
    def test_others_cannot(self, cast: Cast, referral: Referral, who: str) -> None:
        with pytest.raises(NotAllowed):
            actions.accept(referral, person_id=person(cast.scheme.id).id, by=cast.actor(getattr(cast, who)))

    def test_a_job_may_for_its_own_scheme(self, cast: Cast, referral: Referral) -> None:
        assert actions.accept(referral, person_id=person(cast.scheme.id).id, by=cast.everything).state == "accepted"


class TestDecline:
    @pytest.mark.parametrize("reason", list(DeclineReason))
    def test_the_reason_and_the_words_are_kept_and_told(
        self, cast: Cast, referral: Referral, reason: DeclineReason
    ) -> None:
        actions.decline(referral, reason=reason, words="Please try the housing team.", by=cast.actor(cast.manager))
        referral.refresh_from_db()
        assert (referral.state, referral.decline_reason, referral.decision_words) == (
            "declined",
            reason,
            "Please try the housing team.",
        )
        assert referral.decided_at is not None
        assert len(told()) == 1

    def test_it_is_never_silent(self, cast: Cast, referral: Referral) -> None:
        with pytest.raises(Invalid) as refused:
            actions.decline(referral, reason=DeclineReason.DUPLICATE, words=" ", by=cast.actor(cast.manager))
        assert refused.value.field == "words"

    def test_a_reason_that_does_not_exist_is_refused(self, cast: Cast, referral: Referral) -> None:
        with pytest.raises(ValueError, match="because"):
            actions.decline(referral, reason="because", words="No.", by=cast.actor(cast.manager))

    def test_another_scheme_cannot(self, cast: Cast, referral: Referral) -> None:
        with pytest.raises(NotAllowed):
            actions.decline(referral, reason=DeclineReason.DUPLICATE, words="No.", by=cast.actor(cast.outsider))


class TestRedirect:
    def test_it_arrives_at_the_other_scheme_as_a_new_referral(self, cast: Cast, referral: Referral) -> None:
        by = cast.actor(cast.link_worker)
        with acting(by):
            actions.redirect(
                referral, scheme_id=cast.other_scheme.id, agreed=True, words="They live in Camden now.", by=by
            )
            assert Referral.objects.get().state == "redirected"
        with acting(cast.actor(cast.outsider)):
            new = Referral.objects.get()
        assert (new.state, new.scheme_id, new.previous_id) == ("sent", cast.other_scheme.id, referral.id)
        assert new.reference != referral.reference
        for name in (
            "given_name",
            "needs",
            "contact_channels",
            "from_organisation_id",
            "referrer_user_id",
            "told_and_agrees",
            "door",
        ):
            assert getattr(new, name) == getattr(referral, name)

    def test_whoever_sent_it_sees_both(self, cast: Cast, referral: Referral) -> None:
        actions.redirect(
            referral, scheme_id=cast.other_scheme.id, agreed=True, words="Moved.", by=cast.actor(cast.link_worker)
        )
        with acting(cast.actor(cast.referrer)):
            assert set(Referral.objects.values_list("state", flat=True)) == {"redirected", "sent"}
        referral.refresh_from_db()
        assert referral.redirected_to == cast.other_scheme.name
        assert len(told()) == 1

    def test_it_may_be_words_alone(self, cast: Cast, referral: Referral) -> None:
        actions.redirect(
            referral,
            to_words="The council’s housing team",
            words="They can act today.",
            by=cast.actor(cast.link_worker),
        )
        referral.refresh_from_db()
        assert referral.redirected_to == "The council’s housing team"
        assert Referral.objects.count() == 1

    def test_it_must_go_somewhere_else(self, cast: Cast, referral: Referral) -> None:
        by = cast.actor(cast.link_worker)
        with pytest.raises(Invalid):
            actions.redirect(referral, scheme_id=cast.scheme.id, agreed=True, words="Here.", by=by)
        with pytest.raises(Invalid):
            actions.redirect(referral, words="Nowhere.", by=by)


def test_a_reason_the_scheme_does_not_use_is_refused(cast: Cast, referral: Referral) -> None:
    cast.scheme.settings = {"decline_reasons": ["outside-area"]}
    cast.scheme.save()
    with acting(cast.actor(cast.link_worker)):
        with pytest.raises(Invalid, match="does not decline referrals for that reason"):
            actions.decline(referral, reason="duplicate", words="Again.", by=cast.actor(cast.link_worker))
        assert actions.decline(referral, reason="outside-area", words="Ask Camden.", by=cast.actor(cast.link_worker))
