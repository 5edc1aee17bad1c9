"""Who somebody may already be, and who may see whom."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from linkworks.people import access, queries
from linkworks.people.states import Restriction
from tests.cast import Cast
from tests.context import acting
from tests.factories.people import NHS_NUMBERS, channel, person

BORN = date(1951, 6, 3)


class TestPossibleMatches:
    @pytest.mark.parametrize(
        ("wanted", "why"),
        [
            ({"nhs_number": NHS_NUMBERS[0]}, "same NHS number"),
            ({"given_name": "jean", "family_name": "MARLOW", "born_on": BORN}, "same date of birth"),
            ({"given_name": "Jeanne", "family_name": "Marlowe", "postcode": "SE15 5DD"}, "a name that sounds alike"),
            ({"given_name": "Marlow", "family_name": "Jean", "born_on": BORN}, "same name"),
            ({"phones": ["020 7946 0001"]}, "same phone number"),
        ],
    )
    def test_somebody_known_is_offered_with_why(self, cast: Cast, wanted: dict[str, object], why: str) -> None:
        jean = person(cast.scheme.id, nhs_number=NHS_NUMBERS[0])
        channel(jean)
        found = queries.possible_matches(scheme_id=cast.scheme.id, **wanted)  # type: ignore[arg-type]
        assert [each.person_id for each in found] == [jean.id]
        assert why in found[0].why

    def test_the_likeliest_comes_first_and_strangers_are_left_out(self, cast: Cast) -> None:
        person(cast.scheme.id, given_name="Amir", family_name="Khan")
        nearby = person(cast.scheme.id, given_name="Jeanne", postcode="")
        same = person(cast.scheme.id)
        found = queries.possible_matches(
            scheme_id=cast.scheme.id, given_name="Jean", family_name="Marlow", born_on=BORN, postcode="SE15 5DD"
        )
        assert [each.person_id for each in found] == [same.id, nearby.id]

    def test_the_same_nhs_number_is_not_crowded_out_by_a_common_name(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "MOST_CANDIDATES", 3)
        same = person(cast.scheme.id, given_name="Nadia", family_name="Begum", nhs_number=NHS_NUMBERS[0])
        for _ in range(4):
            person(cast.scheme.id, given_name="Rahima", family_name="Begum", born_on=None, postcode="")
        wanted = {"given_name": "Nadia", "family_name": "Begum", "nhs_number": NHS_NUMBERS[0]}
        found = queries.possible_matches(scheme_id=cast.scheme.id, **wanted)  # type: ignore[arg-type]
        assert [each.person_id for each in found] == [same.id]

    def test_with_nothing_but_a_name_nobody_is_read(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        person(cast.scheme.id)
        with django_assert_num_queries(0):
            assert queries.possible_matches(scheme_id=cast.scheme.id, given_name="Jean", family_name="Marlow") == []

    def test_another_schemes_people_are_never_offered(self, cast: Cast) -> None:
        person(cast.other_scheme.id)
        assert (
            queries.possible_matches(scheme_id=cast.scheme.id, given_name="Jean", family_name="Marlow", born_on=BORN)
            == []
        )

    def test_somebody_protected_is_shown_to_the_lead_alone(self, cast: Cast) -> None:
        person(cast.scheme.id, restriction=Restriction.PROTECTED)
        wanted = {"scheme_id": cast.scheme.id, "given_name": "Jean", "family_name": "Marlow", "born_on": BORN}
        assert queries.possible_matches(**wanted) == []
        assert queries.possible_matches(**wanted, by=cast.actor(cast.link_worker)) == []
        assert len(queries.possible_matches(**wanted, by=cast.actor(cast.safeguarding_lead))) == 1

    def test_a_number_that_is_no_longer_theirs_does_not_match(self, cast: Cast) -> None:
        jean = person(cast.scheme.id, born_on=None)
        old = channel(jean)
        old.ended_at = old.created_at
        old.save()
        assert queries.possible_matches(scheme_id=cast.scheme.id, phones=["020 7946 0001"]) == []

    def test_queries_do_not_grow_with_people(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(12):
            channel(person(cast.scheme.id), value=f"020 7946 00{number:02}")
        with django_assert_num_queries(2):
            assert (
                len(
                    queries.possible_matches(
                        scheme_id=cast.scheme.id, given_name="Jean", family_name="Marlow", born_on=BORN
                    )
                )
                == 5
            )


class TestVisible:
    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("link_worker", True),
            ("manager", True),
            ("safeguarding_lead", True),
            ("outsider", False),
            ("referrer", False),
            ("signposter", False),
            ("provider_coordinator", False),
            ("steward", False),
            ("administrator", False),
            ("commissioner", False),
        ],
    )
    def test_people_are_seen_by_their_scheme_and_by_roles_that_work_with_them(
        self, cast: Cast, who: str, sees: bool
    ) -> None:
        channel(person(cast.scheme.id))
        actor = cast.actor(getattr(cast, who))
        assert access.visible_people(actor).exists() is sees
        assert access.can_see_people(actor) is (sees or who == "outsider")

    @pytest.mark.parametrize("level", [Restriction.PROTECTED, Restriction.SEALED])
    def test_kept_close_looks_like_not_there(self, cast: Cast, level: Restriction) -> None:
        channel(person(cast.scheme.id, restriction=level))
        for who in (cast.link_worker, cast.manager):
            assert not access.visible_people(cast.actor(who)).exists()
        lead = cast.actor(cast.safeguarding_lead)
        assert access.visible_people(lead).exists() is (level == Restriction.PROTECTED)

    def test_the_database_itself_shows_another_scheme_nothing(self, cast: Cast) -> None:
        person(cast.scheme.id)
        with acting(cast.actor(cast.outsider)):
            assert access.Person.objects.count() == 0


def test_the_preferred_channel_comes_first(cast: Cast) -> None:
    jean = person(cast.scheme.id)
    channel(jean, value="1")
    channel(jean, value="2", is_preferred=True)
    channel(jean, value="3", is_safe=False)
    assert [each.value for each in queries.safe_channels(jean.id)] == ["2", "1"]
    assert queries.channels_of(jean.id).count() == 3
