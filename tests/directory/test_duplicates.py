"""Listings told twice are found, joined by a steward, said to be different, and taken back; the joined one is not found twice."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linkworks.core.actor import PUBLIC
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.core.later import holding_jobs
from linkworks.directory import actions, jobs, queries
from linkworks.directory.models import DuplicatePair, ListingChange, Service, Source
from tests.cast import Cast
from tests.directory import asking
from tests.factories import directory as make

LIST = reverse("directory:duplicates")


@pytest.fixture
def pair(everything: None) -> DuplicatePair:
    """The same lunch club, from two councils."""
    for number in (1, 2):
        source = Source.objects.create(name=f"Council {number}", priority=number)
        made = make.service(make.organisation("Kettle and Company"), phone="020 7946 0111")
        Service.objects.filter(id=made.id).update(source=source, source_key=str(number))
    actions.find_duplicates(by=make.KEEPER)
    return DuplicatePair.objects.get()


def lead(pair: DuplicatePair) -> Service:
    return Service.objects.get(id=pair.one_id)


def joined(pair: DuplicatePair) -> Service:
    return Service.objects.get(id=pair.other_id)


def join(pair: DuplicatePair) -> None:
    actions.join_listings(pair, lead_id=pair.one_id, by=make.KEEPER)


def found() -> list[str]:
    return [str(each.service.id) for each in asking.match(words="lunch").found]


def address(pair: DuplicatePair) -> str:
    return reverse("directory:duplicate", args=[pair.id])


def decide(pair: DuplicatePair) -> str:
    return reverse("directory:duplicate-decide", args=[pair.id])


class TestFound:
    def test_with_its_reasons_and_once_however_often_one_looks(self, pair: DuplicatePair) -> None:
        assert pair.reasons[:2] == ["the same name", "the same place"]
        assert actions.find_duplicates(by=make.KEEPER) == 1
        assert DuplicatePair.objects.count() == 1

    def test_what_is_no_longer_alike_is_forgotten(self, pair: DuplicatePair) -> None:
        Service.objects.filter(id=pair.one_id).update(name="Debt advice")
        actions.find_duplicates(by=make.KEEPER)
        assert not DuplicatePair.objects.exists()

    def test_a_hidden_place_is_not_compared(self, everything: None) -> None:
        hidden = make.place(is_address_hidden=True)
        for number in range(2):
            make.service(make.organisation(f"Group {number}"), places=(hidden,))
        assert actions.find_duplicates(by=make.KEEPER) == 0

    def test_after_a_reading_and_each_night(self, pair: DuplicatePair, tmp_path: object) -> None:
        DuplicatePair.objects.all().delete()
        jobs.look_for_duplicates()
        assert DuplicatePair.objects.count() == 1

    def test_a_reading_that_brought_something_looks(self, everything: None, tmp_path) -> None:
        from .readings import read, row

        with holding_jobs() as held:
            read(tmp_path, row("a"))
            read(tmp_path, row("a"))
        assert [each.name for each in held] == ["directory.find_duplicates"]
        held[0].run()

    def test_nobody_else_looks(self, everything: None) -> None:
        with pytest.raises(NotAllowed):
            actions.find_duplicates(by=PUBLIC)


class TestJoined:
    def test_only_one_is_found_and_both_keep_their_source(self, pair: DuplicatePair) -> None:
        assert len(found()) == 2
        join(pair)
        assert found() == [str(pair.one_id)]
        assert len(asking.found(words="lunch")) == 1
        assert (lead(pair).source.name, joined(pair).source.name) != (None, None)
        assert queries.joined_sources(pair.one_id) == [joined(pair).source.name]
        assert DuplicatePair.objects.get().state == "joined"
        assert actions.find_duplicates(by=make.KEEPER) == 0, "and it is not suspected again"

    def test_its_old_address_leads_to_the_one_that_is_shown(self, pair: DuplicatePair, client: Client) -> None:
        join(pair)
        answer = client.get(reverse("directory:service", args=[pair.other_id]))
        assert answer.status_code == 302
        assert answer["Location"] == reverse("directory:service", args=[pair.one_id])
        assert f"Also listed by {joined(pair).source.name}" in client.get(answer["Location"]).content.decode()

    def test_taken_back_it_is_as_it_was(self, pair: DuplicatePair) -> None:
        before = list(Service.objects.order_by("id").values())
        join(pair)
        actions.undo_pair(pair, by=make.KEEPER)
        assert list(Service.objects.order_by("id").values()) == before
        assert DuplicatePair.objects.get().state == "suspected"
        assert len(found()) == 2
        assert ListingChange.objects.filter(service_id=pair.other_id, field="is_published").count() == 2

    def test_one_that_was_held_for_another_reason_stays_down_when_taken_back(self, pair: DuplicatePair) -> None:
        join(pair)
        actions.withdraw(joined(pair), because="It may not be safe.", by=make.KEEPER)
        actions.undo_pair(pair, by=make.KEEPER)
        assert (joined(pair).is_published, joined(pair).held_because) == (False, "It may not be safe.")

    def test_it_is_not_shown_by_another_way(self, pair: DuplicatePair) -> None:
        join(pair)
        with pytest.raises(Conflict, match="joined with another"):
            actions.publish(joined(pair), by=make.KEEPER)

    def test_it_is_decided_once(self, pair: DuplicatePair) -> None:
        join(pair)
        for act in (join, lambda each: actions.say_different(each, by=make.KEEPER)):
            with pytest.raises(Conflict, match="decided"):
                act(pair)

    def test_only_one_of_the_two_can_lead(self, pair: DuplicatePair) -> None:
        with pytest.raises(Invalid, match="Choose which"):
            actions.join_listings(pair, lead_id=uuid4(), by=make.KEEPER)

    def test_one_that_is_not_shown_cannot_lead(self, pair: DuplicatePair) -> None:
        Service.objects.filter(id=pair.one_id).update(is_published=False)
        with pytest.raises(Conflict, match="not shown any more"):
            join(pair)

    def test_different_they_are_not_asked_about_again(self, pair: DuplicatePair) -> None:
        actions.say_different(pair, by=make.KEEPER)
        actions.find_duplicates(by=make.KEEPER)
        assert DuplicatePair.objects.get().state == "different"
        assert len(found()) == 2
        actions.undo_pair(pair, by=make.KEEPER)
        assert DuplicatePair.objects.get().state == "suspected"

    def test_one_that_another_list_still_has_is_not_taken_down(self, everything: None, tmp_path) -> None:
        from linkworks.directory.actions import reading

        from .readings import of, read, rows

        read(tmp_path, *rows(40))
        lead_of, other = of(39), of(38)
        Service.objects.filter(id=other.id).update(joined_into=lead_of)
        for _ in range(3):
            read(tmp_path, *rows(39))
        assert of(39).is_published
        Service.objects.filter(id=other.id).update(joined_into=None)
        read(tmp_path, *rows(39))
        assert not of(39).is_published
        assert reading.NOT_LISTED in of(39).held_because

    def test_nobody_else_decides(self, pair: DuplicatePair) -> None:
        for act in (
            lambda: actions.join_listings(pair, lead_id=pair.one_id, by=PUBLIC),
            lambda: actions.say_different(pair, by=PUBLIC),
            lambda: actions.undo_pair(pair, by=PUBLIC),
        ):
            with pytest.raises(NotAllowed):
                act()


class TestPages:
    def test_a_steward_joins_and_takes_it_back(self, cast: Cast, pair: DuplicatePair) -> None:
        client = cast.client(cast.steward)
        assert "Tuesday lunch club" in client.get(LIST).content.decode()
        page = client.get(address(pair)).content.decode()
        for words in ("Are these the same?", "Council 1", "Council 2", "They share the same name, the same place"):
            assert words in page
        assert client.post(address(pair), {"lead": str(pair.one_id)}).status_code == 302
        assert joined(pair).joined_into_id == pair.one_id
        assert "The same, and joined. Decided by" in client.get(address(pair)).content.decode()
        assert "Tuesday lunch club" in client.get(LIST, {"state": "joined"}).content.decode()
        assert "There are none here" in client.get(LIST).content.decode()
        assert client.post(decide(pair), {"undo": "yes"}).status_code == 302
        assert joined(pair).joined_into_id is None

    def test_a_steward_says_different(self, cast: Cast, pair: DuplicatePair) -> None:
        client = cast.client(cast.steward)
        assert client.post(decide(pair), {"undo": "no"})["Location"] == LIST
        assert "Two different things" in client.get(address(pair)).content.decode()
        again = client.post(decide(pair), {"undo": "no"}, follow=True)
        assert "decided about these two already" in again.content.decode()

    @pytest.mark.parametrize("typed", [{}, {"lead": ""}, {"lead": "nonsense"}, {"lead": str(uuid4())}])
    def test_bad_input_says_so(self, cast: Cast, pair: DuplicatePair, typed: dict[str, str]) -> None:
        answer = cast.client(cast.steward).post(address(pair), typed)
        assert answer.status_code == 400
        assert "Error: " in answer.content.decode()
        assert DuplicatePair.objects.get().state == "suspected"

    def test_nobody_else_comes_in(self, cast: Cast, pair: DuplicatePair) -> None:
        for client in (cast.client(), cast.client(cast.link_worker)):
            assert client.post(address(pair), {"lead": str(pair.one_id)}).status_code in {302, 403}
            assert client.post(decide(pair)).status_code in {302, 403}
        assert DuplicatePair.objects.get().state == "suspected"

    def test_one_that_never_was_is_not_found_and_wrong_methods_are_refused(
        self, cast: Cast, pair: DuplicatePair
    ) -> None:
        client = cast.client(cast.steward)
        assert client.get(reverse("directory:duplicate", args=[uuid4()])).status_code == 404
        assert client.get(decide(pair)).status_code == 405
        assert client.post(LIST).status_code == 405
        assert client.get(LIST, {"state": "nonsense"}).status_code == 200

    def test_queries_do_not_grow_with_pairs(
        self, cast: Cast, pair: DuplicatePair, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client, taken = cast.client(cast.steward), []
        for _ in range(3):
            make.service(make.organisation("Kettle and Company"), phone="020 7946 0111")
            actions.find_duplicates(by=make.KEEPER)
            with django_assert_max_num_queries(20) as seen:
                client.get(LIST)
            taken.append(len(seen))
        assert taken[1] == taken[2]
