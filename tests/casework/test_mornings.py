"""Each morning: nobody waits on a list unasked about, nobody's cases are with somebody who left, no concern is forgotten."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.accounts.models import Membership
from linkworks.casework import actions, jobs
from linkworks.casework.models import Concern, Task
from linkworks.connections import actions as connections
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.messaging.models import Message
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=clock.LONDON)


def morning(weeks: float = 0) -> None:
    with clock.at(clock.now() + timedelta(weeks=weeks)):
        jobs.each_morning()


class TestWaitingLists:
    def test_asked_about_as_often_as_plans_are_reviewed(self, cast: Cast, provider: Actor) -> None:
        case, _, connection = make.connected(cast)
        do(provider, connections.waitlist, connection)
        counts = []
        for weeks in (1, 5.9, 6.1, 6.1, 12.1):
            morning(weeks)
            counts.append(Task.objects.filter(case=case, title__contains="still waits").count())
        assert counts == [0, 0, 1, 1, 2]
        assert set(Task.objects.filter(case=case).values_list("about_connection_id", flat=True)) == {connection.pk}

    def test_a_place_ends_the_asking(self, cast: Cast, provider: Actor) -> None:
        case, _, connection = make.connected(cast)
        do(provider, connections.waitlist, connection)
        do(provider, connections.accept, connection)
        morning(7)
        assert not Task.objects.filter(case=case, title__contains="still waits").exists()


class TestCasesLeft:
    def leave(self, cast: Cast) -> Any:
        case = make.active(cast)
        Membership.objects.filter(user=cast.link_worker).update(ends_on=clock.today() - timedelta(days=1))
        return case

    def told(self, cast: Cast) -> list[Message]:
        return list(Message.objects.filter(template="cases-left", user=cast.manager, way="account"))

    def test_the_manager_hears_once_a_week_and_finds_them(self, cast: Cast) -> None:
        case = self.leave(cast)
        for _ in range(2):
            morning()
        (message,) = self.told(cast)
        browser = cast.client(cast.manager)
        assert case.person.full_name in browser.get(message.link).content.decode()
        team = browser.get(reverse("casework:allocation")).content.decode()
        assert "1 case is with somebody who no longer works here" in team
        assert message.link in team
        morning(1)
        assert len(self.told(cast)) == 2

    def test_a_team_that_is_all_there_hears_nothing(self, cast: Cast) -> None:
        case = make.active(cast)
        morning()
        assert self.told(cast) == []
        page = cast.client(cast.manager).get(reverse("casework:caseload"), {"worker": "left"}).content.decode()
        assert case.person.full_name not in page


class TestConcerns:
    def escalations(self, concern: Concern, moments: list[datetime]) -> list[int]:
        found = []
        for moment in moments:
            with clock.at(moment):
                jobs.escalate_concerns()
            concern.refresh_from_db()
            found.append(concern.escalations)
        return found

    def at(self, day: int, hour: int) -> datetime:
        return datetime.combine(date(2026, 11, day), datetime.min.time(), tzinfo=clock.LONDON) + timedelta(hours=hour)

    def test_each_working_morning_until_somebody_answers(self, cast: Cast, lead: Actor) -> None:
        case = make.active(cast)
        with clock.at(self.at(20, 17)):  # a Friday
            concern = make.concern(cast, case)
        weekend = [self.at(20, 18), self.at(20, 21), self.at(21, 10), self.at(22, 10)]
        assert self.escalations(concern, weekend) == [1, 2, 2, 2]
        assert self.escalations(concern, [self.at(23, 8), self.at(23, 9), self.at(23, 12)]) == [2, 3, 3]
        assert self.escalations(concern, [self.at(24, 9), self.at(26, 9)]) == [4, 6]
        do(lead, actions.acknowledge_concern, concern)
        assert self.escalations(concern, [self.at(27, 9)]) == [6]

    def test_one_in_hand_is_not_forgotten_by_the_deputy(self, cast: Cast, lead: Actor) -> None:
        do(lead, actions.acknowledge_concern, make.concern(cast))
        page = cast.client(cast.manager).get(reverse("casework:today")).content.decode()
        assert "1 safeguarding concern in hand" in page
        assert reverse("casework:concerns") in page
        assert "in hand" not in cast.client(cast.link_worker).get(reverse("casework:today")).content.decode()

    def test_one_that_cannot_be_told_stops_no_other(self, cast: Cast, monkeypatch: Any) -> None:
        first, second = make.concern(cast), make.concern(cast, make.active(cast, given_name="Ann", born_on=None))
        Concern.objects.update(raised_at=clock.now() - timedelta(minutes=90))
        tell = actions.concerns.tell

        def broken(concern: Concern, *rest: Any, **more: Any) -> None:
            if concern.pk == first.pk:
                raise ValueError("broken")
            tell(concern, *rest, **more)

        monkeypatch.setattr(actions.concerns, "tell", broken)
        with pytest.raises(ValueError, match="broken"):
            jobs.escalate_concerns()
        assert Concern.objects.get(pk=second.pk).escalations == 1
        assert Concern.objects.get(pk=first.pk).escalations == 0
