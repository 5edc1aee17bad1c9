"""A referral is sent: by whom, once, and to a scheme that takes it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from linkworks.core import vocabulary
from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.core.idempotency import new_token
from linkworks.organisations.models import Scheme
from linkworks.referrals import actions
from linkworks.referrals.models import Referral, ReferralMove
from linkworks.referrals.states import Door
from tests.cast import Cast
from tests.context import acting
from tests.factories.referrals import details, sent


def settings(scheme: Scheme, **changes: Any) -> None:
    Scheme.objects.filter(id=scheme.id).update(settings=changes, settings_version=scheme.settings_version + 1)


def test_a_sent_referral_is_kept_with_its_first_move(cast: Cast) -> None:
    by = cast.actor(cast.referrer)
    referral = sent(by, cast.scheme.id)
    move = ReferralMove.objects.get(referral=referral)
    assert (referral.state, referral.door, referral.from_organisation_id) == ("sent", "account", cast.practice.id)
    assert referral.sent_at is not None
    assert (move.move, move.to_state, move.made_by, move.made_by_name) == ("send", "sent", by.id, by.name)


def test_whoever_sent_it_is_told_later(cast: Cast) -> None:
    referral = sent(cast.actor(cast.referrer), cast.scheme.id)
    job = ProcrastinateJob.objects.get(task_name="referrals.tell_received")
    assert job.args == {"ids": [str(referral.id)], "scheme": str(cast.scheme.id)}


@pytest.mark.parametrize("kind", [each for each in vocabulary.REFERRER_TYPES if each != "self"])
def test_every_type_of_referrer_can_refer(cast: Cast, kind: str) -> None:
    assert sent(cast.actor(cast.referrer), cast.scheme.id, referrer_type=kind).referrer_type == kind


def test_somebody_can_refer_themselves(cast: Cast) -> None:
    with acting(PUBLIC):
        actions.send(
            scheme_id=cast.scheme.id,
            details=details(referrer_type="self"),
            door=Door.SELF,
            by=PUBLIC,
            token=new_token(),
        )
    assert Referral.objects.get().referrer_type == "self"


class TestOnce:
    def test_the_same_token_gives_the_same_referral(self, cast: Cast) -> None:
        by, token = cast.actor(cast.referrer), new_token()
        asked = {
            "scheme_id": cast.scheme.id,
            "details": details(from_organisation_id=by.organisation_id),
            "door": Door.ACCOUNT,
            "by": by,
            "token": token,
        }
        first, second = actions.send(**asked), actions.send(**asked)
        assert (first.id, first.reference) == (second.id, second.reference)
        assert Referral.objects.get().reference == first.reference
        assert ReferralMove.objects.count() == 1

    def test_the_same_token_with_other_answers_is_a_conflict(self, cast: Cast) -> None:
        by, token = cast.actor(cast.referrer), new_token()
        for given_name, fails in (("Jean", False), ("June", True)):
            asked = details(from_organisation_id=by.organisation_id, given_name=given_name)
            if fails:
                with pytest.raises(Conflict):
                    actions.send(scheme_id=cast.scheme.id, details=asked, door=Door.ACCOUNT, by=by, token=token)
            else:
                actions.send(scheme_id=cast.scheme.id, details=asked, door=Door.ACCOUNT, by=by, token=token)

    def test_two_people_may_have_the_same_token(self, cast: Cast) -> None:
        token = new_token()
        for who in (cast.referrer, cast.other_referrer):
            by = cast.actor(who)
            asked = details(from_organisation_id=by.organisation_id)
            actions.send(scheme_id=cast.scheme.id, details=asked, door=Door.ACCOUNT, by=by, token=token)
        assert Referral.objects.count() == 2


class TestWhoMay:
    def each(self, cast: Cast) -> dict[str, Actor]:
        guest = Actor(id="link:1", name="A guest", purpose="front-door", link_id=cast.scheme.id)
        people = {
            name: cast.actor(getattr(cast, name))
            for name in ("referrer", "link_worker", "outsider", "signposter", "steward")
        }
        return {**people, "guest": guest, "public": PUBLIC}

    @pytest.mark.parametrize(
        ("door", "allowed"),
        [
            (Door.ACCOUNT, {"referrer"}),
            (Door.VERIFIED_LINK, {"guest"}),
            (Door.SELF, {"guest", "public"}),
            (Door.PHONE, {"link_worker", "signposter"}),
            (Door.PAPER, {"link_worker", "signposter"}),
        ],
    )
    def test_each_door_has_its_own_people(self, cast: Cast, door: Door, allowed: set[str]) -> None:
        for name, by in self.each(cast).items():
            organisation = cast.practice.id if door == Door.ACCOUNT else None
            asked = {
                "scheme_id": cast.scheme.id,
                "details": details(from_organisation_id=organisation),
                "door": door,
                "by": by,
                "token": new_token(),
            }
            with acting(by):
                if name in allowed:
                    assert actions.send(**asked).reference
                else:
                    with pytest.raises(NotAllowed):
                        actions.send(**asked)

    def test_nobody_sends_in_another_organisations_name(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            sent(cast.actor(cast.referrer), cast.scheme.id, from_organisation_id=cast.other_practice.id)


class TestWhoIsTaken:
    def test_somebody_too_young_is_refused_in_words(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="18 and over") as refused:
            sent(cast.actor(cast.referrer), cast.scheme.id, born_on=date(2015, 1, 1))
        assert refused.value.field == "born_on"

    def test_a_scheme_may_have_an_upper_age(self, cast: Cast) -> None:
        settings(cast.scheme, who_can_be_referred={"age_from": 16, "age_to": 25})
        with pytest.raises(Invalid, match="25 and under"):
            sent(cast.actor(cast.referrer), cast.scheme.id)

    def test_outside_the_catchment_is_no_reason_to_refuse(self, cast: Cast) -> None:
        assert sent(cast.actor(cast.referrer), cast.scheme.id, postcode="N1 1AA")

    def test_a_closed_door_refuses(self, cast: Cast) -> None:
        settings(cast.scheme, front_doors=["self"])
        with pytest.raises(Invalid):
            sent(cast.actor(cast.referrer), cast.scheme.id)

    def test_a_type_of_referrer_may_be_closed(self, cast: Cast) -> None:
        settings(cast.scheme, referrer_types=["library"])
        with pytest.raises(Invalid):
            sent(cast.actor(cast.referrer), cast.scheme.id)
        assert sent(cast.actor(cast.referrer), cast.scheme.id, referrer_type="library")

    def test_without_the_persons_agreement_nothing_is_sent(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="Talk to the person first"):
            sent(cast.actor(cast.referrer), cast.scheme.id, told_and_agrees=False)
        assert Referral.objects.count() == 0


class TestWall:
    """With row security on and as the serving role: the public adds, and reads nothing."""

    def test_the_public_adds_and_reads_nothing(self, cast: Cast) -> None:
        with acting(PUBLIC):
            actions.send(
                scheme_id=cast.scheme.id,
                details=details(referrer_type="self"),
                door=Door.SELF,
                by=PUBLIC,
                token=new_token(),
            )
            assert Referral.objects.count() == 0
            assert ReferralMove.objects.count() == 0
            assert Referral.objects.update(given_name="Changed") == 0
            assert Referral.objects.all().delete()[0] == 0
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM referrals_referralevent")
                assert cursor.fetchone() == (0,)
        assert Referral.objects.get().given_name == "Jean"

    def test_a_retry_at_the_front_door_gives_the_same_reference(self, cast: Cast) -> None:
        asked = {
            "scheme_id": cast.scheme.id,
            "details": details(referrer_type="self"),
            "door": Door.SELF,
            "by": PUBLIC,
            "token": new_token(),
        }
        with acting(PUBLIC):
            references = {actions.send(**asked).reference for _ in range(3)}
        assert references == {Referral.objects.get().reference}

    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("referrer", 1),
            ("referring_colleague", 1),
            ("link_worker", 1),
            ("other_referrer", 0),
            ("outsider", 0),
            ("provider_coordinator", 0),
        ],
    )
    def test_the_sender_and_the_scheme_read_it_and_nobody_else(self, cast: Cast, who: str, sees: int) -> None:
        sent(cast.actor(cast.referrer), cast.scheme.id)
        with acting(cast.actor(getattr(cast, who))):
            assert Referral.objects.count() == ReferralMove.objects.count() == sees
