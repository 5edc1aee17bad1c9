"""Places: two acceptances cannot share the last one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.directory import actions
from linkworks.directory.models import Service
from tests.context import EVERYTHING, acting
from tests.factories import directory as make

BY = Actor(id="link:made-up", name="Kettle and Company")


def taken(service: Service) -> int:
    service.refresh_from_db()
    return service.places_taken


@pytest.mark.usefixtures("everything")
class TestPlaces:
    def test_a_place_is_taken_and_given_back(self) -> None:
        service = make.service(capacity_places=2)
        actions.take_place(service.id, by=BY)
        assert taken(service) == 1
        actions.release_place(service.id, by=BY)
        assert taken(service) == 0

    def test_a_full_service_says_so(self) -> None:
        service = make.service(capacity_places=1, places_taken=1)
        with pytest.raises(Conflict, match="no free place"):
            actions.take_place(service.id, by=BY)
        assert taken(service) == 1

    @pytest.mark.parametrize(("places", "held", "then"), [(1, 1, 2), (5, 5, 6), (0, 0, 1), (3, 1, 3)])
    def test_who_was_asked_although_full_can_take_one_more(self, places: int, held: int, then: int) -> None:
        service = make.service(capacity_places=places, places_taken=held)
        actions.take_place(service.id, one_more=True, by=BY)
        service.refresh_from_db()
        assert (service.places_taken, service.capacity_places) == (held + 1, then)

    def test_one_more_of_what_is_gone_is_nothing(self) -> None:
        with pytest.raises(Invalid, match="no longer in the directory"):
            actions.take_place(uuid4(), one_more=True, by=BY)

    def test_a_service_without_a_limit_is_never_full(self) -> None:
        service = make.service()
        for _ in range(3):
            actions.take_place(service.id, by=BY)
        assert taken(service) == 3

    def test_giving_back_never_goes_below_nobody(self) -> None:
        service = make.service(capacity_places=2)
        actions.release_place(service.id, by=BY)
        assert taken(service) == 0

    def test_a_service_that_is_gone_says_so(self) -> None:
        with pytest.raises(Invalid, match="no longer in the directory"):
            actions.take_place(uuid4(), by=BY)

    def test_a_passer_by_takes_no_place(self) -> None:
        service = make.service(capacity_places=2)
        for action in (actions.take_place, actions.release_place):
            with pytest.raises(NotAllowed):
                action(service.id, by=PUBLIC)
        assert taken(service) == 0

    def test_the_database_itself_refuses_more_than_there_are(self) -> None:
        service = make.service(capacity_places=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            Service.objects.filter(id=service.id).update(places_taken=2)


def test_of_many_at_once_only_as_many_as_there_are_places_succeed(committed_db: str) -> None:
    with transaction.atomic(), acting(EVERYTHING):
        service = make.service(capacity_places=2)
    together = Barrier(6)

    def try_to_take(service_id: UUID) -> str:
        try:
            together.wait(timeout=20)
            actions.take_place(service_id, by=BY)
        except Conflict:
            return "full"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(max_workers=6) as threads:
        answers = list(threads.map(try_to_take, [service.id] * 6))
    assert sorted(answers) == ["full"] * 4 + ["taken"] * 2
    assert taken(service) == 2
