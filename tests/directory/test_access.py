"""Who may do what in the directory: every role at every door, not only at the pages."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from linkworks.accounts.roles import ROLES, Role
from linkworks.core.actor import PUBLIC, Actor, job_actor
from linkworks.core.clock import today
from linkworks.core.errors import NotAllowed
from linkworks.core.permissions import Permission
from linkworks.directory import access, actions, queries
from linkworks.directory.models import ImportRun, ListingChange, Service, Source
from linkworks.directory.queries.index import keeper, listed
from linkworks.directory.states import ServiceStatus
from tests.directory import feeds
from tests.factories import directory as make
from tests.factories import many_services as many

pytestmark = pytest.mark.usefixtures("everything")


def of(role: Role, **more: Any) -> Actor:
    return Actor(id=f"staff:{role.value}", name=role.value, permissions=frozenset(ROLES[role].permissions), **more)


ANSWER: dict[str, Any] = {
    "room": {"capacity_places": 1, "wait_weeks": 1, "wait_words": ""}, "seen": "", "still_right": True, "show": True,
}  # fmt: skip
DOORS: dict[str, Callable[[Service, Actor], Any]] = {
    "add": lambda service, by: actions.add_service(organisation=service.organisation, facts=make.facts(), by=by),
    "save": lambda service, by: actions.save_service(service, facts=make.facts(name="Mine"), by=by),
    "publish": lambda service, by: actions.publish(service, by=by),
    "withdraw": lambda service, by: actions.withdraw(service, because="Mine", by=by),
    "hold": lambda service, by: actions.hold(service, because="Mine", by=by),
    "confirm": lambda service, by: actions.confirm_listing(service, by=by),
    "edit": lambda service, by: actions.edit_listing(service, facts={"name": "Mine"}, seen=queries.facts_of(service)["seen"], by=by),
    "keep": lambda service, by: actions.keep_listing(service, **ANSWER | {"seen": queries.room_of(service)["seen"]}, by=by),
    "read a feed": lambda service, by: actions.import_feed(str(feeds.path("oruk3")), by=by),
}  # fmt: skip


@pytest.mark.parametrize("door", list(DOORS))
def test_only_stewards_and_our_own_jobs_come_through(door: str) -> None:
    service = make.service()
    before = Service.objects.values().get(id=service.id)
    for role in set(Role) - {Role.DIRECTORY_STEWARD}:
        with pytest.raises(NotAllowed):
            DOORS[door](service, of(role))
    with pytest.raises(NotAllowed):
        DOORS[door](service, PUBLIC)
    assert Service.objects.values().get() == before, "nothing was written on the way to the refusal"
    assert not ListingChange.objects.exists()
    assert not ImportRun.objects.exists()
    assert not Source.objects.exists()
    for by in (of(Role.DIRECTORY_STEWARD), job_actor("demo")):
        DOORS[door](Service.objects.select_related("organisation").get(id=service.id), by)


def test_what_is_not_shown_is_seen_by_those_who_keep_it() -> None:
    shown, hidden = make.service(), make.service(is_published=False)
    for role in Role:
        keeps, actor = role is Role.DIRECTORY_STEWARD, of(role)
        assert access.may_edit(actor) is keeps
        assert set(access.visible_services(actor)) == ({shown, hidden} if keeps else {shown})
        assert (queries.service_page(actor, hidden.id) is not None) is keeps
        assert (queries.listing(actor, hidden.id) is not None) is keeps


def test_the_public_sees_what_is_shown() -> None:
    shown, hidden = make.service(), make.service(is_published=False)
    assert list(access.visible_services(PUBLIC)) == [shown]
    assert queries.service_page(PUBLIC, hidden.id) is None
    assert queries.service_page(PUBLIC, uuid4()) is None


class TestRoom:
    """A group's own co-ordinators say how many places there are, of their own services and as themselves."""

    def coordinator(self, *organisations: Any, **more: Any) -> Actor:
        return of(Role.PROVIDER_COORDINATOR, organisations=frozenset(each.id for each in organisations), **more)

    def say(self, service: Service, by: Actor) -> None:
        actions.update_room(service, capacity_places=7, wait_weeks=0, by=by)

    def test_of_their_own(self) -> None:
        service = make.service()
        self.say(service, self.coordinator(service.organisation))
        service.refresh_from_db()
        assert service.capacity_places == 7

    def test_not_of_others(self) -> None:
        service = make.service()
        with pytest.raises(NotAllowed):
            self.say(service, self.coordinator(make.organisation("The Mending Bench")))

    def test_not_by_a_link_without_an_account(self) -> None:
        service = make.service()
        with pytest.raises(NotAllowed):
            self.say(service, self.coordinator(service.organisation, link_id=uuid4()))

    def test_not_by_belonging_alone(self) -> None:
        service = make.service()
        for role in set(Role) - {Role.DIRECTORY_STEWARD}:
            by = of(role, organisations=frozenset([service.organisation_id]))
            if Permission.CONNECTION_ANSWER in by.permissions:
                continue
            with pytest.raises(NotAllowed):
                self.say(service, by)

    def test_what_else_is_right_is_the_stewards_to_say(self) -> None:
        service = make.service()
        by = self.coordinator(service.organisation)
        for door in ("confirm", "publish", "edit", "save", "keep"):
            with pytest.raises(NotAllowed):
                DOORS[door](service, by)
        service.refresh_from_db()
        assert (service.verified_on, service.name, service.capacity_places) == (None, "Tuesday lunch club", None)


def test_finding_reads_just_what_the_rule_says_is_offered() -> None:
    """The rule is said twice, once in SQL for speed: every mix of what it looks at is told the same by both."""
    days = [None, *(today() + timedelta(days=number) for number in (-400, -1, 0, 1, 400))]
    mixes = list(product([True, False], ServiceStatus, days))
    many.write(Random(3), make.organisation(), len(mixes))
    rows = list(Service.objects.order_by("id"))
    for each, (each.is_published, each.status, each.offered_until) in zip(rows, mixes, strict=True):
        each.save(update_fields=["is_published", "status", "offered_until"])
    offered = set(access.offered_services().values_list("id", flat=True))
    assert len(offered) == 4, "shown, running, and confirmed lately or never asked to be"
    assert {each.id for each in listed.read(today())} == offered
    assert {each.id for each in listed.read_some([each.id for each in rows], today())} == offered
    assert keeper.how_many_shown() == len(offered)
    assert access.running_services().count() == len(days)
