"""Who may see a record: decided, written down, and kept by every list."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from linkworks.accounts.models import Membership
from linkworks.core import clock
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.people import access, actions, queries, rules
from linkworks.people.models import NamedReader, Person, RestrictionChange
from linkworks.people.states import Restriction
from tests.cast import Cast
from tests.context import acting
from tests.factories.people import name, opened, person

NORMAL, PROTECTED, SEALED = Restriction
EVERYBODY = ["link_worker", "colleague", "manager", "safeguarding_lead", "signposter", "outsider", "referrer"]
levels = st.sampled_from(list(Restriction))


def restrict(cast: Cast, who: str, somebody: Person, level: Restriction, **facts: object) -> Person:
    by = cast.actor(getattr(cast, who))
    with acting(by):
        return actions.restrict(somebody, level=level, by=by, **{"reason": "Her brother works here", **facts})  # type: ignore[arg-type]


class TestMayRestrict:
    @given(now=levels, wanted=levels, manages=st.booleans())
    def test_the_lead_may_all_of_it(self, now: Restriction, wanted: Restriction, manages: bool) -> None:
        assert rules.may_restrict(now, wanted, leads=True, manages=manages)

    @given(now=levels, wanted=levels)
    def test_nobody_else_opens_or_seals(self, now: Restriction, wanted: Restriction) -> None:
        assert rules.may_restrict(now, wanted, leads=False, manages=True) is (now == NORMAL and wanted == PROTECTED)
        assert not rules.may_restrict(now, wanted, leads=False, manages=False)


class TestRestrict:
    @pytest.mark.parametrize("who", EVERYBODY)
    @pytest.mark.parametrize("now", list(Restriction))
    @pytest.mark.parametrize("wanted", list(Restriction))
    def test_each_role_from_each_level_to_each(
        self, cast: Cast, who: str, now: Restriction, wanted: Restriction
    ) -> None:
        somebody = person(cast.scheme.id, restriction=now)
        named = [cast.link_worker.id] if wanted == SEALED else []
        may = who == "safeguarding_lead" or (who == "manager" and (now, wanted) == (NORMAL, PROTECTED))
        if may:
            assert restrict(cast, who, somebody, wanted, named=named).restriction == wanted
        else:
            with pytest.raises(NotAllowed):
                restrict(cast, who, somebody, wanted, named=named)
        assert Person.objects.get(id=somebody.id).restriction == (wanted if may else now)

    def test_who_when_why_and_for_whom_is_kept(self, cast: Cast) -> None:
        somebody = person(cast.scheme.id)
        restrict(cast, "manager", somebody, PROTECTED)
        restrict(cast, "safeguarding_lead", somebody, SEALED, named=[cast.colleague.id], reason="  Court order ")
        restrict(cast, "safeguarding_lead", somebody, NORMAL, reason="Over")
        kept = [
            (each.level, each.named, each.reason, each.made_by_name)
            for each in queries.restriction_changes(somebody.id)
        ]
        assert kept == [
            ("normal", [], "Over", "Helen Marsh"),
            ("sealed", ["Tomasz Zielinski"], "Court order", "Helen Marsh"),
            ("protected", [], "Her brother works here", "Ruth Adeyemi"),
        ]

    def test_pressed_twice_it_is_written_once(self, cast: Cast) -> None:
        somebody = person(cast.scheme.id)
        for _ in range(2):
            restrict(cast, "safeguarding_lead", somebody, SEALED, named=[cast.link_worker.id])
        assert RestrictionChange.objects.count() == NamedReader.objects.count() == 1

    def test_the_names_are_exactly_those_chosen_last(self, cast: Cast) -> None:
        somebody = person(cast.scheme.id)
        restrict(cast, "safeguarding_lead", somebody, SEALED, named=[cast.link_worker.id, cast.manager.id])
        restrict(cast, "safeguarding_lead", somebody, SEALED, named=[cast.manager.id, cast.colleague.id])
        assert set(queries.named_readers(somebody.id)) == {cast.manager.id, cast.colleague.id}

    @pytest.mark.parametrize("level", [NORMAL, PROTECTED])
    def test_a_seal_that_is_lifted_leaves_no_names(self, cast: Cast, level: Restriction) -> None:
        somebody = person(cast.scheme.id)
        restrict(cast, "safeguarding_lead", somebody, SEALED, named=[cast.link_worker.id])
        restrict(cast, "safeguarding_lead", somebody, level)
        assert queries.named_readers(somebody.id) == []

    @pytest.mark.parametrize("blank", ["", "  ", "\n"])
    def test_never_without_a_reason(self, cast: Cast, blank: str) -> None:
        with pytest.raises(Invalid) as refused:
            restrict(cast, "safeguarding_lead", person(cast.scheme.id), PROTECTED, reason=blank)
        assert refused.value.field == "reason"

    @pytest.mark.parametrize("stranger", ["outsider", "referrer", "steward", "signposter", "provider_coordinator"])
    def test_a_seal_names_only_staff_who_work_with_people_here(self, cast: Cast, stranger: str) -> None:
        somebody = person(cast.scheme.id)
        for named in ([], [cast.link_worker.id, getattr(cast, stranger).id]):
            with pytest.raises(Invalid) as refused:
                restrict(cast, "safeguarding_lead", somebody, SEALED, named=named)
            assert refused.value.field == "named"
        assert Person.objects.get(id=somebody.id).restriction == NORMAL
        assert not NamedReader.objects.exists()
        assert not RestrictionChange.objects.exists()

    def test_another_schemes_lead_reaches_nobody_here(self, cast: Cast) -> None:
        Membership.objects.filter(user=cast.outside_manager).update(role="safeguarding-lead")
        with pytest.raises(NotAllowed):
            restrict(cast, "outside_manager", person(cast.scheme.id), PROTECTED)

    def test_history_is_never_rewritten(self, cast: Cast) -> None:
        restrict(cast, "safeguarding_lead", person(cast.scheme.id), PROTECTED)
        for change in (
            lambda: RestrictionChange.objects.update(reason="x"),
            lambda: RestrictionChange.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        assert RestrictionChange.objects.get().reason == "Her brother works here"


class TestSight:
    def test_against_the_obvious_way(self, cast: Cast) -> None:
        """Everybody, every level, named or not, opened now, an hour ago or never: the query and plain Python agree."""
        people = [person(cast.scheme.id, restriction=level) for level in Restriction for _ in range(4)]
        for level in range(3):
            _, named, now_open, was_open = people[level * 4 : level * 4 + 4]
            name(named, cast.colleague)
            opened(now_open, cast.colleague)
            opened(was_open, cast.colleague, ago=timedelta(minutes=61))
        for who in EVERYBODY:
            actor = cast.actor(getattr(cast, who))
            seen = set(access.visible_people(actor).values_list("id", flat=True))
            assert seen == {each.id for each in people if self.obvious(cast, who, each)}, who

    def obvious(self, cast: Cast, who: str, somebody: Person) -> bool:
        if who not in ("link_worker", "colleague", "manager", "safeguarding_lead"):
            return False
        user = getattr(cast, who)
        if somebody.restriction == "normal":
            return True
        if somebody.restriction == "sealed":
            return NamedReader.objects.filter(person=somebody, user=user).exists()
        running = queries.opened_until(somebody.id, cast.actor(user))
        return who == "safeguarding_lead" or (running is not None and running > clock.now())

    @pytest.mark.parametrize("level", [PROTECTED, SEALED])
    def test_whoever_is_let_in_finds_the_record(self, cast: Cast, level: Restriction) -> None:
        somebody = person(cast.scheme.id, restriction=level)
        actor = cast.actor(cast.colleague)
        assert not access.visible_people(actor).exists()
        name(somebody, cast.colleague)
        opened(somebody, cast.colleague)
        assert access.visible_people(actor).exists()

    def test_the_names_of_a_seal_mean_nothing_on_another_level(self, cast: Cast) -> None:
        somebody = person(cast.scheme.id, restriction=PROTECTED)
        name(somebody, cast.colleague)
        assert not access.visible_people(cast.actor(cast.colleague)).exists()

    def test_an_emergency_ends_when_the_record_is_sealed(self, cast: Cast) -> None:
        somebody = person(cast.scheme.id, restriction=PROTECTED)
        opened(somebody, cast.colleague)
        restrict(cast, "safeguarding_lead", somebody, SEALED, named=[cast.manager.id])
        assert not access.visible_people(cast.actor(cast.colleague)).exists()

    def test_the_lead_reaches_the_seal_and_not_the_record(self, cast: Cast) -> None:
        somebody = person(cast.scheme.id, restriction=SEALED)
        lead = cast.actor(cast.safeguarding_lead)
        assert not access.visible_people(lead).exists()
        assert access.restrictable_people(lead).get() == somebody
        assert list(queries.kept_close(lead)) == [somebody]

    @pytest.mark.parametrize("who", [each for each in EVERYBODY if each != "safeguarding_lead"])
    def test_nobody_else_has_the_lists(self, cast: Cast, who: str) -> None:
        opened(person(cast.scheme.id, restriction=PROTECTED), cast.colleague)
        actor = cast.actor(getattr(cast, who))
        assert not queries.kept_close(actor).exists()
        assert not queries.emergency_openings(actor).exists()

    def test_a_name_stays_with_the_scheme(self, cast: Cast) -> None:
        """Somebody who works in two schemes and acts for the other one sees nothing of this one."""
        somebody = person(cast.scheme.id, restriction=SEALED)
        name(somebody, cast.outsider)
        assert not access.visible_people(cast.actor(cast.outsider)).exists()


def test_who_can_be_named_is_the_team_today(cast: Cast) -> None:
    assert set(queries.may_be_named(cast.scheme.id).values()) == {
        "Amara Boateng", "Tomasz Zielinski", "Ruth Adeyemi", "Helen Marsh",
    }  # fmt: skip
    Membership.objects.filter(user=cast.colleague).update(ends_on=clock.today())
    assert cast.colleague.id not in queries.may_be_named(cast.scheme.id)
