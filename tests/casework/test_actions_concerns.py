"""Safeguarding: a concern always has an owner and is never left unanswered in silence."""

from datetime import datetime, timedelta

import pytest

from linkworks.accounts.models import Membership
from linkworks.casework import actions
from linkworks.casework.models import Concern
from linkworks.casework.rules.facts import ConcernFacts
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.messaging.models import Message
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


def raised_ago(concern: Concern, **ago: float) -> None:
    Concern.objects.filter(pk=concern.pk).update(raised_at=clock.now() - timedelta(**ago))


def told() -> list:
    return list(Message.objects.filter(template="concern-raised", way="account").values_list("user_id", flat=True))


def test_it_goes_to_the_safeguarding_lead(cast: Cast, worker: Actor, queued) -> None:
    concern = make.concern(cast)
    assert (concern.owner, concern.state, concern.raised_by) == (cast.safeguarding_lead, "raised", worker.id)
    assert [move.move for move in concern.moves.all()] == ["raise"]
    assert queued("casework.tell_concern") == [[str(concern.pk)]]


def test_without_a_lead_it_goes_to_the_manager(cast: Cast) -> None:
    Membership.objects.filter(user=cast.safeguarding_lead).update(ends_on=clock.today())
    assert make.concern(cast).owner == cast.manager


def test_without_anybody_it_cannot_be_kept_and_says_what_to_do(cast: Cast) -> None:
    case = make.active(cast)
    Membership.objects.filter(user__in=[cast.safeguarding_lead, cast.manager]).update(ends_on=clock.today())
    with pytest.raises(Invalid, match="Ring your safeguarding lead now"):
        make.concern(cast, case)
    assert not Concern.objects.exists()


def test_words_are_needed(cast: Cast) -> None:
    with pytest.raises(Invalid, match="saw or heard"):
        make.concern(cast, what_happened="  ")


def test_pressed_twice_it_is_raised_once(cast: Cast, worker: Actor) -> None:
    case = make.active(cast)
    for _ in range(2):
        do(worker, actions.raise_concern, case, facts=make.WORRY, token="same")
    assert Concern.objects.count() == 1


def test_the_lead_can_raise_one_too(cast: Cast, lead: Actor) -> None:
    assert (
        do(lead, actions.raise_concern, make.active(cast), facts=ConcernFacts("Seen myself")).owner
        == cast.safeguarding_lead
    )


@pytest.mark.parametrize("who", ["outsider", "colleague", "referrer", "provider_coordinator"])
def test_not_about_somebody_one_cannot_see(cast: Cast, who: str) -> None:
    case = make.active(cast)
    with pytest.raises(NotAllowed):
        do(cast.actor(getattr(cast, who)), actions.raise_concern, case, facts=make.WORRY)


def test_acknowledged_by_whoever_takes_it(cast: Cast, manager: Actor) -> None:
    concern = do(manager, actions.acknowledge_concern, make.concern(cast))
    assert (concern.state, concern.owner_id) == ("acknowledged", cast.manager.id)
    assert concern.acknowledged_at is not None


def test_closed_with_what_was_done(cast: Cast, lead: Actor) -> None:
    concern = do(lead, actions.acknowledge_concern, make.concern(cast))
    with pytest.raises(Invalid):
        do(lead, actions.close_concern, concern, what_was_done=" ")
    closed = do(lead, actions.close_concern, concern, what_was_done="Spoke to the council")
    assert (closed.state, closed.what_was_done) == ("closed", "Spoke to the council")
    assert [move.move for move in closed.moves.all()] == ["raise", "acknowledge", "close"]


def test_never_closed_unread(cast: Cast, lead: Actor) -> None:
    with pytest.raises(NotAllowed):
        do(lead, actions.close_concern, make.concern(cast), what_was_done="Nothing")


def test_acknowledged_once(cast: Cast, lead: Actor) -> None:
    concern = do(lead, actions.acknowledge_concern, make.concern(cast))
    with pytest.raises(NotAllowed):
        do(lead, actions.acknowledge_concern, concern)


@pytest.mark.parametrize("who", ["link_worker", "colleague", "outside_manager"])
def test_only_the_lead_and_their_deputy_answer(cast: Cast, who: str) -> None:
    concern = make.concern(cast)
    with pytest.raises(NotAllowed):
        do(cast.actor(getattr(cast, who)), actions.acknowledge_concern, concern)


class TestEscalation:
    def test_within_an_hour_nobody_else_is_told(self, cast: Cast, job: Actor) -> None:
        raised_ago(make.concern(cast), minutes=59)
        assert do(job, lambda *, by: actions.escalate_concerns(cast.scheme.id, by=by)) == 0

    def test_after_an_hour_the_deputy_is_told_and_the_owner_again(self, cast: Cast, job: Actor) -> None:
        concern = make.concern(cast)
        raised_ago(concern, minutes=61)
        assert do(job, lambda *, by: actions.escalate_concerns(cast.scheme.id, by=by)) == 1
        assert sorted(told()) == sorted([cast.manager.id, cast.safeguarding_lead.id])
        assert concern.moves.last().reason == "Not acknowledged after 1 hour"

    def test_run_twice_it_is_told_once(self, cast: Cast, job: Actor) -> None:
        raised_ago(make.concern(cast), minutes=61)
        for _ in range(3):
            do(job, lambda *, by: actions.escalate_concerns(cast.scheme.id, by=by))
        assert len(told()) == 2

    def test_after_four_hours_again(self, cast: Cast, job: Actor) -> None:
        with clock.at(datetime(2026, 11, 25, 15, tzinfo=clock.LONDON)):  # at nine a working morning would count too
            concern = make.concern(cast)
            for hours in (1.1, 4.1):
                raised_ago(concern, hours=hours)
                do(job, lambda *, by: actions.escalate_concerns(cast.scheme.id, by=by))
        concern.refresh_from_db()
        assert (concern.escalations, len(told())) == (2, 4)

    def test_an_answered_concern_is_left_alone(self, cast: Cast, lead: Actor, job: Actor) -> None:
        concern = do(lead, actions.acknowledge_concern, make.concern(cast))
        raised_ago(concern, hours=9)
        assert do(job, lambda *, by: actions.escalate_concerns(cast.scheme.id, by=by)) == 0

    def test_another_schemes_concerns_are_not_seen(self, cast: Cast) -> None:
        from linkworks.core.actor import job_actor

        raised_ago(make.concern(cast), hours=2)
        elsewhere = job_actor("test", cast.other_scheme.id)
        assert do(elsewhere, lambda *, by: actions.escalate_concerns(cast.scheme.id, by=by)) == 0


def test_the_message_says_nothing_about_anybody(cast: Cast, job: Actor) -> None:
    concern = make.concern(cast)
    do(job, actions.tell_concern, concern.pk)
    do(job, actions.tell_concern, concern.pk)
    message = Message.objects.get(template="concern-raised")
    assert message.user_id == cast.safeguarding_lead.id
    for word in ("Jean", "Marlow", "nephew", "safeguarding"):
        assert word not in message.subject + message.body
