"""The inbox, one's own referrals, people referred before, and which scheme could take one."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from linkworks.organisations.models import RecordedGap, Scheme
from linkworks.people.states import Restriction
from linkworks.referrals import access, actions, queries
from linkworks.referrals.models import Referral
from tests.cast import CAMDEN, Cast
from tests.context import acting
from tests.factories.organisations import BARNET, make_postcode, make_scheme
from tests.factories.people import person
from tests.factories.referrals import sent


class TestInbox:
    def test_the_longest_waiting_comes_first(self, cast: Cast) -> None:
        first, second = (sent(cast.actor(cast.referrer), cast.scheme.id) for _ in range(2))
        Referral.objects.filter(id=second.id).update(sent_at=first.sent_at - timedelta(days=1))  # type: ignore[operator]
        with acting(cast.actor(cast.link_worker)):
            assert [each.id for each in queries.inbox(cast.actor(cast.link_worker))] == [second.id, first.id]

    def test_state_and_words_narrow_it(self, cast: Cast) -> None:
        by = cast.actor(cast.link_worker)
        jean = sent(cast.actor(cast.referrer), cast.scheme.id)
        amir = sent(
            cast.actor(cast.referrer), cast.scheme.id, given_name="Amir", family_name="Khan", postcode="SE1 1AA"
        )
        actions.withdraw(amir, reason="Mistake", by=cast.actor(cast.referrer))
        assert [each.id for each in queries.inbox(by)] == [jean.id]
        assert [each.id for each in queries.inbox(by, "withdrawn")] == [amir.id]
        assert queries.inbox(by, "").count() == 2
        for words in ("jean", "MARLOW jean", jean.reference.lower().replace("-", ""), "se15"):
            assert [each.id for each in queries.inbox(by, "", words)] == [jean.id]

    @pytest.mark.parametrize(
        "who", ["referrer", "outsider", "signposter", "provider_coordinator", "steward", "commissioner"]
    )
    def test_others_have_no_inbox_here(self, cast: Cast, who: str) -> None:
        sent(cast.actor(cast.referrer), cast.scheme.id)
        assert not queries.inbox(cast.actor(getattr(cast, who))).exists()

    def test_queries_do_not_grow_with_referrals(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(5):
            sent(cast.actor(cast.referrer), cast.scheme.id)
        by = cast.actor(cast.link_worker)
        with django_assert_num_queries(1):
            assert len([each.from_organisation.name for each in queries.inbox(by) if each.from_organisation]) == 5


class TestVisible:
    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("referrer", True),
            ("referring_colleague", True),
            ("link_worker", True),
            ("manager", True),
            ("safeguarding_lead", True),
            ("other_referrer", False),
            ("outsider", False),
            ("signposter", False),
            ("provider_coordinator", False),
            ("administrator", False),
        ],
    )
    def test_the_sender_and_the_schemes_team(self, cast: Cast, who: str, sees: bool) -> None:
        referral = sent(cast.actor(cast.referrer), cast.scheme.id)
        actor = cast.actor(getattr(cast, who))
        assert access.visible_referrals(actor).filter(id=referral.id).exists() is sees

    def test_of_somebody_kept_close_the_team_sees_nothing(self, cast: Cast) -> None:
        referral = sent(cast.actor(cast.referrer), cast.scheme.id)
        kept = person(cast.scheme.id, restriction=Restriction.PROTECTED)
        actions.accept(referral, person_id=kept.id, by=cast.everything)
        assert not access.visible_referrals(cast.actor(cast.link_worker)).exists()
        assert not queries.inbox(cast.actor(cast.manager), "accepted").exists()
        assert access.visible_referrals(cast.actor(cast.safeguarding_lead)).exists()


class TestEarlierPeople:
    def test_each_person_once_with_the_newest_referral(self, cast: Cast) -> None:
        by = cast.actor(cast.referrer)
        sent(by, cast.scheme.id)
        newest = sent(by, cast.scheme.id)
        sent(by, cast.scheme.id, given_name="Amir", family_name="Khan", born_on=date(1990, 1, 1))
        assert [each.id for each in queries.earlier_people(by, "marlow")] == [newest.id]
        assert [each.given_name for each in queries.earlier_people(by, "1/1/1990")] == ["Amir"]

    def test_without_a_question_nobody_is_listed(self, cast: Cast) -> None:
        sent(cast.actor(cast.referrer), cast.scheme.id)
        assert queries.earlier_people(cast.actor(cast.referrer), " ") == []

    def test_another_organisations_people_are_not_found(self, cast: Cast) -> None:
        sent(cast.actor(cast.other_referrer), cast.scheme.id)
        assert queries.earlier_people(cast.actor(cast.referrer), "marlow") == []


class TestStillOpen:
    WHO: dict[str, Any] = {"given_name": "jean ", "family_name": "MARLOW", "born_on": date(1951, 6, 3)}

    def test_an_open_referral_of_the_same_organisation_is_found(self, cast: Cast) -> None:
        referral = sent(cast.actor(cast.referrer), cast.scheme.id)
        assert [each.id for each in queries.still_open(cast.actor(cast.referring_colleague), **self.WHO)] == [
            referral.id
        ]

    def test_another_date_of_birth_is_another_person(self, cast: Cast) -> None:
        sent(cast.actor(cast.referrer), cast.scheme.id)
        assert queries.still_open(cast.actor(cast.referrer), **{**self.WHO, "born_on": date(1980, 1, 1)}) == []

    def test_another_organisation_is_told_nothing(self, cast: Cast) -> None:
        sent(cast.actor(cast.referrer), cast.scheme.id)
        assert queries.still_open(cast.actor(cast.other_referrer), **self.WHO) == []

    def test_a_finished_one_is_not_open(self, cast: Cast) -> None:
        by = cast.actor(cast.referrer)
        actions.withdraw(sent(by, cast.scheme.id), reason="Mistake", by=by)
        assert queries.still_open(by, **self.WHO) == []


class TestSchemeChoice:
    def test_one_scheme_that_serves_everybody_is_clear(self, cast: Cast) -> None:
        make_postcode()
        choice = queries.scheme_choice("se155dd", door="account", referrer_type="gp")
        assert (choice.is_clear, choice.is_gap) == (True, False)
        assert [each.id for each in choice.options] == [cast.scheme.id]

    def test_in_a_gap_the_nearest_is_offered_and_asked_about(self, cast: Cast) -> None:
        make_postcode("EN5 5XQ", BARNET, 51.65, -0.2)
        RecordedGap.objects.create(
            borough_code=BARNET, reason="Barnet has none yet.", nearest=cast.other_scheme, recorded_on=date(2026, 1, 1)
        )
        choice = queries.scheme_choice("EN5 5XQ", door="self", referrer_type="self")
        assert (choice.is_clear, choice.is_gap) == (False, True)
        assert [each.id for each in choice.options] == [cast.other_scheme.id]
        assert "Barnet has none yet." in choice.sentence

    def test_a_nearest_that_does_not_take_it_is_not_offered(self, cast: Cast) -> None:
        make_postcode("EN5 5XQ", BARNET, 51.65, -0.2)
        Scheme.objects.update(settings={"front_doors": ["account"]}, settings_version=2)
        assert queries.scheme_choice("EN5 5XQ", door="self").options == ()

    def test_several_are_asked_about(self, cast: Cast) -> None:
        make_postcode("NW1 1AA", CAMDEN, 51.53, -0.13)
        Scheme.objects.filter(id=cast.scheme.id).update(coverage="place")
        cast.scheme.catchment.create(kind="borough", code=CAMDEN)
        choice = queries.scheme_choice("NW1 1AA", door="account")
        assert not choice.is_clear
        assert len(choice.options) == 2

    @pytest.mark.parametrize("postcode", ["ZZ1 1ZZ", "SE1 1AA", "BN1 1AA"])
    def test_a_postcode_nobody_knows_leaves_a_professional_with_every_scheme(self, cast: Cast, postcode: str) -> None:
        make_postcode("BN1 1AA", "E06000043", 50.82, -0.14)
        choice = queries.scheme_choice(postcode, door="account")
        assert {each.id for each in choice.options} == {cast.scheme.id, cast.other_scheme.id}
        assert (choice.is_clear, choice.has_nearest) == (False, False)
        assert choice.sentence
        assert queries.scheme_choice(postcode, door="self", referrer_type="self").options == ()

    def test_a_practices_own_scheme_is_offered_to_its_gps_first(self, cast: Cast) -> None:
        make_postcode()
        surgery = make_scheme("Surgery Links")
        surgery.catchment.create(kind="practice", code="G85001")
        choice = queries.scheme_choice("SE15 5DD", door="account", referrer_type="gp", practice_code="G85001")
        assert [each.id for each in choice.options] == [surgery.id, cast.scheme.id]
        assert not choice.is_clear
        assert queries.advice(surgery.id, "SE15 5DD", "G85001") == ""
        assert queries.advice(surgery.id, "SE15 5DD", "G85002") != ""

    def test_a_nearest_that_closed_since_is_not_offered(self, cast: Cast) -> None:
        make_postcode("EN5 5XQ", BARNET, 51.65, -0.2)
        facts = {"borough_code": BARNET, "reason": "Barnet has none yet.", "recorded_on": date(2026, 1, 1)}
        RecordedGap.objects.create(nearest=cast.other_scheme, **facts)
        Scheme.objects.filter(id=cast.other_scheme.id).update(coverage="none")
        choice = queries.scheme_choice("EN5 5XQ", door="self", referrer_type="self")
        assert [each.id for each in choice.options] == [cast.scheme.id]
        assert "Barnet has none yet." in choice.sentence
        assert cast.other_scheme.name not in choice.sentence

    def test_with_no_fixed_address_every_scheme_that_takes_it_is_offered(self, cast: Cast) -> None:
        Scheme.objects.filter(id=cast.other_scheme.id).update(settings={"front_doors": ["self"]}, settings_version=2)
        choice = queries.scheme_choice("", door="account")
        assert ([each.id for each in choice.options], choice.is_clear) == ([cast.scheme.id], False)

    def test_outside_the_catchment_is_advice(self, cast: Cast) -> None:
        make_postcode()
        assert queries.advice(cast.scheme.id, "SE15 5DD") == ""
        assert "You can still send this" in queries.advice(cast.other_scheme.id, "SE15 5DD")
        assert queries.advice(cast.other_scheme.id, "") == ""
