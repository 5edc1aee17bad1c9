from datetime import timedelta
from typing import Any

from linkworks.connections import actions, queries
from linkworks.connections.access import token_of
from linkworks.connections.models import ProviderLink
from linkworks.core.clock import now, today
from tests.cast import Cast
from tests.context import acting
from tests.factories.connections import make_connection, make_link, make_person, make_service


def test_a_providers_views_part_what_waits_from_what_is_coming_and_past(cast: Cast) -> None:
    actor = cast.actor(cast.provider_coordinator)
    made = {
        state: make_connection(cast, state).pk
        for state in ("sent", "waitlisted", "accepted", "attending", "declined", "ended")
    }
    make_connection(cast, "withdrawn")
    with acting(actor):
        shown = {view: {each.pk for each in queries.for_provider(actor, view=view)} for view in queries.VIEWS}
        assert queries.counts_for_provider(actor) == {"waiting": 2, "coming": 2, "past": 2}
    assert shown == {
        "waiting": {made["sent"], made["waitlisted"]},
        "coming": {made["accepted"], made["attending"]},
        "past": {made["declined"], made["ended"]},
    }


def test_a_provider_finds_by_name_reference_and_service(cast: Cast) -> None:
    actor = cast.actor(cast.provider_coordinator)
    wanted = make_connection(cast, name_shared="Bronwen")
    make_connection(cast)
    for words in ("bronw", wanted.reference):
        assert [each.pk for each in queries.for_provider(actor, words=words)] == [wanted.pk]
    assert queries.for_provider(actor, words="lunch").count() == 2
    assert queries.for_provider(actor, words="Canary").count() == 0


def test_a_provider_sees_what_was_shared_and_said(cast: Cast) -> None:
    connection = make_connection(cast, "accepted", call_worker_first=True)
    actions.ask(connection, text="Stairs?", from_provider=True, by=cast.everything)
    actions.mark_attendance(connection, session_on=today(), attended="yes", by=cast.everything)
    seen = queries.seen(connection)
    assert seen.shared.name_shared == "Sam"
    assert seen.shared.call_worker_first is True
    assert [each.text for each in seen.exchanges] == ["Stairs?"]
    assert [mark.attended for mark in seen.marks] == ["yes"]
    assert "Canary" not in repr(seen)


def test_a_worker_is_reached_through_the_scheme(cast: Cast) -> None:
    assert queries.seen(make_connection(cast)).worker_phone == cast.scheme.phone


def test_a_register_holds_those_expected_that_day_with_little_about_them(cast: Cast) -> None:
    actor, service = cast.actor(cast.session_leader), make_service(cast.provider)
    here = make_connection(cast, "accepted", service=service, name_shared="Ada")
    make_connection(
        cast, "accepted", service=service, name_shared="Later", first_session_on=today() + timedelta(days=7)
    )
    make_connection(cast, "sent", service=service, name_shared="Not yet")
    make_connection(cast, "accepted", name_shared="Elsewhere")
    actions.mark_attendance(here, session_on=today(), attended="late", by=cast.everything)
    [expected] = queries.register(actor, service_id=service.id, session_on=today())
    assert (expected.name_shared, expected.mark and expected.mark.attended) == ("Ada", "late")
    assert set(expected.__dataclass_fields__) == {
        "id",
        "name_shared",
        "access_and_language",
        "emergency_contact",
        "mark",
    }


def test_a_register_asks_as_much_for_many_as_for_one(cast: Cast, django_assert_num_queries: Any) -> None:
    actor, service = cast.actor(cast.session_leader), make_service(cast.provider)
    for _ in range(6):
        make_connection(cast, "accepted", service=service)
    with django_assert_num_queries(2):
        queries.register(actor, service_id=service.id, session_on=today())


def test_a_persons_connections_newest_first(cast: Cast) -> None:
    person = make_person(cast.scheme)
    first, second = make_connection(cast, person=person), make_connection(cast, person=person)
    make_connection(cast)
    assert list(queries.connections_of(person.id)) == [second, first]


def test_a_dead_link_still_says_whom_to_ring(cast: Cast) -> None:
    token, link = make_link(make_connection(cast))
    ProviderLink.objects.update(expires_at=now() - timedelta(days=1))
    ring = queries.whom_to_ring(token)
    assert ring is not None
    assert (ring.scheme_name, ring.phone) == (cast.scheme.name, cast.scheme.phone)
    link.id = link.connection_id
    assert queries.whom_to_ring(token_of(link)) is None
    assert queries.whom_to_ring("nonsense") is None


def test_co_ordinators_are_those_of_today(cast: Cast) -> None:
    assert queries.coordinators_of(cast.provider.id) == [cast.provider_coordinator.id]
    cast.provider_coordinator.memberships.update(ends_on=today())
    assert queries.coordinators_of(cast.provider.id) == []
