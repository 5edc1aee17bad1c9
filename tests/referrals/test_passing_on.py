"""A story leaves for another organisation only with a yes, and only where it is taken; what one keyed in one finds again."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from linkworks.core.errors import Invalid
from linkworks.organisations.models import Scheme
from linkworks.referrals import access, actions, queries
from linkworks.referrals.models import Referral, ReferralMove
from linkworks.referrals.states import Door
from tests.cast import Cast
from tests.context import acting
from tests.factories import people
from tests.factories.referrals import details, sent


def set_up(scheme: Scheme, **settings: Any) -> None:
    scheme.settings, scheme.settings_version = settings, scheme.settings_version + 1
    scheme.save()


def pass_on(cast: Cast, referral: Referral, *, agreed: bool = True) -> Referral:
    by = cast.actor(cast.link_worker)
    return actions.redirect(referral, scheme_id=cast.other_scheme.id, agreed=agreed, words="They can help.", by=by)


def test_not_without_a_yes_and_the_yes_is_kept(cast: Cast) -> None:
    referral = sent(cast.actor(cast.referrer), cast.scheme.id)
    with pytest.raises(Invalid, match="Ask the person first"):
        pass_on(cast, referral, agreed=False)
    assert Referral.objects.count() == 1
    pass_on(cast, referral)
    assert "The person agreed" in ReferralMove.objects.get(referral=referral, move="redirect").reason
    assert Referral.objects.filter(scheme=cast.other_scheme).count() == 1


@pytest.mark.parametrize(
    "settings",
    [{"front_doors": ["self"]}, {"referrer_types": ["library"]}, {"who_can_be_referred": {"age_from": 80}}],
)
def test_only_where_such_a_referral_is_taken(cast: Cast, settings: dict[str, Any]) -> None:
    set_up(cast.other_scheme, **settings)
    referral = sent(cast.actor(cast.referrer), cast.scheme.id, born_on=date(1990, 1, 1))
    assert queries.may_be_passed_to(referral) == []
    with pytest.raises(Invalid, match="does not take"):
        pass_on(cast, referral)
    page = cast.client(cast.link_worker).get(reverse("casework:redirect", args=[referral.pk]))
    assert f'value="{cast.other_scheme.id}"' not in page.content.decode()


def test_every_scheme_is_read_in_one_query(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = queries.scheme_choice("", door="account", referrer_type="gp")
    assert {each.id for each in found.options} == {cast.scheme.id, cast.other_scheme.id}


class TestKeyedIn:
    def key_in(self, cast: Cast, who: Any) -> Referral:
        by = cast.actor(who)
        with acting(by):
            made = actions.send(
                scheme_id=cast.scheme.id, details=details(referrer_name="Ivy"), door=Door.PHONE, by=by, token=str(by.id)
            )
        return Referral.objects.get(pk=made.pk)

    def test_a_signposter_finds_it_again_and_nobody_elses(self, cast: Cast) -> None:
        own, other = self.key_in(cast, cast.signposter), self.key_in(cast, cast.link_worker)
        browser = cast.client(cast.signposter)
        page = browser.get(reverse("referrals:list")).content.decode()
        assert own.reference in page
        assert other.reference not in page
        assert browser.get(reverse("referrals:detail", args=[own.pk])).status_code == 200
        assert browser.get(reverse("referrals:detail", args=[other.pk])).status_code == 404

    @pytest.mark.parametrize("level", ["protected", "sealed"])
    def test_somebody_kept_close_is_gone_from_the_list(self, cast: Cast, level: str) -> None:
        own = self.key_in(cast, cast.signposter)
        person = people.person(cast.scheme.id, restriction=level)
        Referral.objects.filter(pk=own.pk).update(person=person, state="accepted")
        assert not access.own_referrals(cast.actor(cast.signposter)).exists()
