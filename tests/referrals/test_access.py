"""Who may refer, key in, triage, see and change; role by role and relation by relation."""

import pytest

from linkworks.core.actor import PUBLIC
from linkworks.core.errors import NotAllowed
from linkworks.core.idempotency import new_token
from linkworks.referrals import access, actions
from linkworks.referrals.states import Door
from tests.cast import Cast
from tests.factories.referrals import details, sent

MAY: dict[str, set[str]] = {
    "referrer": {"can_refer", "can_see_any"},
    "referring_colleague": {"can_refer", "can_see_any"},
    "signposter": {"can_refer", "can_key_in", "can_see_any"},
    "link_worker": {"can_key_in", "can_triage", "can_see_inbox", "can_see_any"},
    "manager": {"can_key_in", "can_triage", "can_see_inbox", "can_see_any"},
    "safeguarding_lead": {"can_see_inbox", "can_see_any"},
    "provider_coordinator": set(),
    "session_leader": set(),
    "steward": set(),
    "administrator": set(),
    "commissioner": set(),
}
PREDICATES = ["can_refer", "can_key_in", "can_triage", "can_see_inbox", "can_see_any"]


@pytest.mark.parametrize("who", list(MAY))
@pytest.mark.parametrize("predicate", PREDICATES)
def test_each_role_and_predicate(cast: Cast, who: str, predicate: str) -> None:
    assert getattr(access, predicate)(cast.actor(getattr(cast, who))) is (predicate in MAY[who])


@pytest.mark.parametrize("predicate", PREDICATES)
def test_the_public_and_somebody_with_no_role_may_none(cast: Cast, predicate: str) -> None:
    from tests.cast import user

    for actor in (PUBLIC, cast.actor(user("Nobody Yet"))):
        assert getattr(access, predicate)(actor) is False


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("referrer", True),
        ("referring_colleague", True),
        ("link_worker", True),
        ("manager", True),
        ("safeguarding_lead", False),
        ("other_referrer", False),
        ("outsider", False),
        ("outside_manager", False),
        ("signposter", False),
        ("steward", False),
    ],
)
def test_who_may_put_it_right(cast: Cast, who: str, may: bool) -> None:
    referral = sent(cast.actor(cast.referrer), cast.scheme.id)
    actor = cast.actor(getattr(cast, who))
    assert access.may_change(actor, referral) is may
    if not may:
        with pytest.raises(NotAllowed):
            access.require_change(actor, referral)


@pytest.mark.parametrize(
    ("who", "sees"), [("referrer", 1), ("other_referrer", 1), ("link_worker", 0), ("outsider", 0), ("steward", 0)]
)
def test_own_means_ones_own_organisations(cast: Cast, who: str, sees: int) -> None:
    for sender in (cast.referrer, cast.other_referrer):
        sent(cast.actor(sender), cast.scheme.id)
    assert access.own_referrals(cast.actor(getattr(cast, who))).count() == sees


@pytest.mark.parametrize(
    ("who", "may"), [("signposter", True), ("link_worker", True), ("referrer", False), ("outsider", False)]
)
def test_what_was_keyed_in_is_put_right_by_whoever_keyed_it_in(cast: Cast, who: str, may: bool) -> None:
    by = cast.actor(cast.signposter)
    made = actions.send(
        scheme_id=cast.scheme.id, details=details(referrer_name="Ivy"), door=Door.PHONE, by=by, token=new_token()
    )
    assert access.may_change(cast.actor(getattr(cast, who)), made) is may
