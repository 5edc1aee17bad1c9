"""Going away and coming back: who may say so, what is refused, and what stays in the history."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from linkworks.accounts import actions, queries
from linkworks.accounts.models import Absence, AbsenceMove, Membership
from linkworks.accounts.queries.absences import in_force
from linkworks.core import clock, tenancy
from linkworks.core.actor import Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from tests.cast import Cast

WEEK = timedelta(days=7)


def set_away(cast: Cast, by: Any = None, **changes: Any) -> Absence:
    """Amara is away for a week from today and Tomasz covers."""
    today = clock.today()
    facts = {"scheme_id": cast.scheme.id, "cover_id": cast.colleague.id, "starts_on": today, "ends_on": today + WEEK}
    facts = {**facts, "note": "Mrs Marlow rings on Tuesdays.", **changes}
    worker_id = facts.pop("worker_id", cast.link_worker.id)
    actor = cast.actor(by or cast.link_worker)
    with tenancy.context(actor):
        return actions.set_absence(worker_id, **facts, by=actor)


def end(cast: Cast, absence: Absence, by: Any = None, reason: str = "") -> Absence:
    actor = cast.actor(by or cast.link_worker)
    with tenancy.context(actor):
        return actions.end_absence(absence, reason=reason, by=actor)


def names_away(cast: Cast) -> list[str]:
    return [each.worker_name for each in queries.away_today(cast.scheme.id).values()]


class TestSetting:
    @pytest.mark.parametrize("who", ["link_worker", "manager"])
    def test_the_worker_or_their_manager_sets_it_and_it_is_remembered_who(self, cast: Cast, who: str) -> None:
        absence = set_away(cast, getattr(cast, who))
        move = AbsenceMove.objects.get(absence=absence)
        assert (move.move, move.to_state, move.made_by_name) == ("set", "set", getattr(cast, who).name)
        assert queries.away(cast.link_worker.id, cast.scheme.id) == queries.Away(
            "Amara Boateng", absence.ends_on, cast.colleague.id, "Tomasz Zielinski"
        )

    @pytest.mark.parametrize(
        "who", ["colleague", "safeguarding_lead", "outsider", "outside_manager", "administrator", "referrer"]
    )
    def test_nobody_else_sets_it(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed, match="Only the worker themselves or their team manager"):
            set_away(cast, getattr(cast, who))
        assert not Absence.objects.exists()

    def test_not_in_another_scheme(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            set_away(cast, cast.manager, scheme_id=cast.other_scheme.id)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"starts_on": -1}, "starts_on"),
            ({"starts_on": 3, "ends_on": 2}, "ends_on"),
            ({"cover_id": "link_worker"}, "cover"),
            ({"cover_id": "outsider"}, "cover"),
            ({"cover_id": "safeguarding_lead"}, "cover"),
            ({"cover_id": "referrer"}, "cover"),
            ({"worker_id": "outsider"}, "worker"),
            ({"worker_id": "signposter"}, "worker"),
        ],
    )
    def test_what_does_not_hold(self, cast: Cast, changes: dict[str, Any], field: str) -> None:
        facts = {
            name: clock.today() + timedelta(days=value) if isinstance(value, int) else getattr(cast, value).id
            for name, value in changes.items()
        }
        with pytest.raises(Invalid) as problem:
            set_away(cast, cast.manager, **facts)
        assert problem.value.field == field and not Absence.objects.exists()

    def test_one_day_is_enough(self, cast: Cast) -> None:
        assert set_away(cast, ends_on=clock.today()).ends_on == clock.today()

    def test_nobody_is_away_twice_on_a_day(self, cast: Cast) -> None:
        first = set_away(cast)
        with pytest.raises(Conflict, match="away on some of these days already"):
            set_away(cast, starts_on=first.ends_on, ends_on=first.ends_on + WEEK)
        assert set_away(cast, starts_on=first.ends_on + timedelta(days=1), ends_on=first.ends_on + WEEK)

    def test_whoever_is_away_does_not_cover(self, cast: Cast) -> None:
        set_away(cast, cast.manager, worker_id=cast.colleague.id, cover_id=cast.manager.id)
        with pytest.raises(Invalid, match="Tomasz Zielinski is away") as problem:
            set_away(cast)
        assert problem.value.field == "cover"

    def test_whoever_covers_does_not_leave_without_another_cover(self, cast: Cast) -> None:
        set_away(cast)
        with pytest.raises(Conflict, match="They cover for Amara Boateng"):
            set_away(cast, cast.colleague, worker_id=cast.colleague.id, cover_id=cast.manager.id)

    def test_somebody_who_left_does_not_cover(self, cast: Cast) -> None:
        Membership.objects.filter(user=cast.colleague).update(ends_on=clock.today())
        with pytest.raises(Invalid) as problem:
            set_away(cast)
        assert problem.value.field == "cover"


class TestEnding:
    @pytest.mark.parametrize("who", ["link_worker", "manager"])
    def test_back_early_and_the_history_stays(self, cast: Cast, who: str) -> None:
        absence = end(cast, set_away(cast), getattr(cast, who), reason="Better already")
        assert absence.state == "ended" and names_away(cast) == []
        assert [(each.move, each.reason) for each in absence.moves.all()] == [("set", ""), ("end", "Better already")]
        assert absence.ends_on == clock.today() + WEEK  # what was planned is not rewritten

    @pytest.mark.parametrize("who", ["colleague", "safeguarding_lead", "outsider", "outside_manager"])
    def test_nobody_else_ends_it(self, cast: Cast, who: str) -> None:
        absence = set_away(cast)
        with pytest.raises((NotAllowed, Absence.DoesNotExist)):
            end(cast, absence, getattr(cast, who))
        assert names_away(cast) == ["Amara Boateng"]

    def test_ended_twice_is_said(self, cast: Cast) -> None:
        absence = set_away(cast)
        end(cast, absence)
        with pytest.raises(NotAllowed):
            end(cast, absence)
        assert AbsenceMove.objects.filter(absence=absence).count() == 2

    def test_what_is_over_is_not_ended(self, cast: Cast) -> None:
        absence = set_away(cast)
        past = clock.today() - timedelta(days=1)
        Absence.objects.filter(pk=absence.pk).update(starts_on=past, ends_on=past)
        with pytest.raises(Conflict, match="over already"):
            end(cast, absence)

    def test_then_they_may_be_away_again(self, cast: Cast) -> None:
        end(cast, set_away(cast))
        assert set_away(cast).state == "set"


class TestTheDays:
    @given(st.integers(-20, 20), st.integers(0, 20))
    def test_it_begins_and_ends_by_itself(self, begins: int, lasts: int) -> None:
        """The condition, read as a person would: away on its days, and on no other."""
        today = date(2026, 11, 23)
        first, last = today + timedelta(days=begins), today + timedelta(days=begins + lasts)
        asked = dict(in_force(today).children)  # type: ignore[arg-type]
        holds = first <= asked["starts_on__lte"] and last >= asked["ends_on__gte"]
        assert holds == (begins <= 0 <= begins + lasts) and asked["state"] == "set"

    @pytest.mark.parametrize(("first", "last", "away"), [(-3, -1, False), (-1, 0, True), (0, 0, True), (1, 4, False)])
    def test_by_the_calendar(self, cast: Cast, first: int, last: int, away: bool) -> None:
        absence = set_away(cast)
        days = {"starts_on": clock.today() + timedelta(days=first), "ends_on": clock.today() + timedelta(days=last)}
        Absence.objects.filter(pk=absence.pk).update(**days)
        assert names_away(cast) == (["Amara Boateng"] if away else [])


class TestTheDatabase:
    @pytest.mark.parametrize(
        ("broken", "name"),
        [
            ({"ends_on": date(2020, 1, 1)}, "absence_ends_after_start"),
            ({"state": "perhaps"}, "absence_state_is_known"),
        ],
    )
    def test_what_can_never_be_stored(self, cast: Cast, broken: dict[str, Any], name: str) -> None:
        absence = set_away(cast)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Absence.objects.filter(pk=absence.pk).update(**broken)

    def test_nobody_covers_for_themselves(self, cast: Cast) -> None:
        absence = set_away(cast)
        with pytest.raises(IntegrityError, match="nobody_covers_for_themselves"), transaction.atomic():
            Absence.objects.filter(pk=absence.pk).update(cover=cast.link_worker)

    def test_another_scheme_sees_none_of_it(self, cast: Cast) -> None:
        set_away(cast)
        outsider: Actor = cast.actor(cast.outside_manager)
        with tenancy.context(outsider):
            assert not Absence.objects.exists() and not AbsenceMove.objects.exists()
            assert not queries.absences(outsider).exists()
