"""Where connections stand, for the group and for its messages: each state in one view, and closed when it is closed."""

from datetime import timedelta

import pytest

from linkworks.connections import actions, queries
from linkworks.connections.access import access_has_ended, actor_of_link
from linkworks.connections.models import Connection
from linkworks.connections.queries.standing import who_connections_are_about
from linkworks.connections.states import State
from linkworks.core.clock import now, today
from tests.cast import Cast
from tests.factories.connections import make_connection, make_link, make_service

IN_VIEW = {
    State.SENT: "waiting", State.WAITLISTED: "waiting", State.ACCEPTED: "coming", State.ATTENDING: "coming",
    State.DECLINED: "past", State.ENDED: "past",
}  # fmt: skip


@pytest.mark.parametrize("state", State)
def test_each_state_is_in_one_view_at_most(cast: Cast, state: State) -> None:
    made, maggie = make_connection(cast, state), cast.actor(cast.provider_coordinator)
    found = [view for view in queries.VIEWS if made in queries.for_provider(maggie, view=view)]
    assert found == ([IN_VIEW[state]] if state in IN_VIEW else [])
    counts = queries.counts_for_provider(maggie)
    assert {view for view, count in counts.items() if count} == set(found)


@pytest.mark.parametrize("state", State)
def test_access_has_ended_only_for_what_was_theirs_once_and_is_closed(cast: Cast, state: State) -> None:
    old = now() - timedelta(days=31)
    over = state in {State.DECLINED, State.WITHDRAWN, State.ENDED}
    made = make_connection(cast, state, ended_at=old if over else None)
    assert access_has_ended(cast.actor(cast.provider_coordinator), made.pk) is over
    for who in ("other_provider_coordinator", "session_leader", "link_worker", "outsider", "referrer"):
        assert access_has_ended(cast.actor(getattr(cast, who)), made.pk) is False


def test_what_was_taken_back_before_it_was_sent_was_never_theirs(cast: Cast) -> None:
    made = make_connection(cast, "proposed")
    actions.withdraw(made, reason="Changed their mind", by=cast.everything)
    assert access_has_ended(cast.actor(cast.provider_coordinator), made.pk) is False
    assert access_has_ended(cast.actor(cast.provider_coordinator), cast.scheme.pk) is False


def test_a_link_is_told_nothing_about_what_ended(cast: Cast) -> None:
    gone = make_connection(cast, "ended", ended_at=now() - timedelta(days=31))
    link = actor_of_link(make_link(gone)[0])
    assert link is not None
    assert access_has_ended(link, gone.pk) is False


@pytest.mark.parametrize("state", State)
def test_a_group_is_given_the_name_it_was_given_while_it_may_see_it(cast: Cast, state: State) -> None:
    made = make_connection(cast, state, name_shared="Sammy")
    named = who_connections_are_about([made.pk], cast.actor(cast.provider_coordinator))
    assert named == ({} if state in {State.PROPOSED, State.WITHDRAWN} else {made.pk: "Sammy"})
    for who in ("other_provider_coordinator", "link_worker", "outsider", "referrer"):
        assert who_connections_are_about([made.pk], cast.actor(getattr(cast, who))) == {}


def test_notes_are_those_of_the_groups_own_answers_oldest_first(cast: Cast) -> None:
    connection, maggie = make_connection(cast), cast.actor(cast.provider_coordinator)
    actions.waitlist(connection, words="A month", by=maggie)
    actions.accept(connection, words="Side door", by=maggie)
    actions.mark_attendance(connection, session_on=today(), attended="yes", note="Cheerful", by=maggie)
    seen = queries.seen(Connection.objects.select_related("scheme").get(pk=connection.pk))
    assert [(each.move, each.who, each.text) for each in seen.answers] == [
        ("waitlist", "Maggie Flynn", "A month"),
        ("accept", "Maggie Flynn", "Side door"),
    ]
    assert [each.note for each in seen.marks] == ["Cheerful"]
    assert seen.said_enough is None


def test_why_we_took_it_back_is_no_answer_of_the_group(cast: Cast) -> None:
    connection = make_connection(cast)
    actions.withdraw(connection, reason="Canary: in hospital", by=cast.everything)
    seen = queries.seen(Connection.objects.select_related("scheme").get(pk=connection.pk))
    assert seen.answers == ()
    assert "Canary" not in repr(seen)


@pytest.mark.parametrize("who", ["link_worker", "manager"])
def test_what_the_person_said_when_it_ended_never_reaches_the_group(cast: Cast, who: str) -> None:
    """“What changed, in their words” is asked of the person by their link worker, and stays in the scheme."""
    connection, worker = make_connection(cast, "accepted"), cast.actor(getattr(cast, who))
    actions.end(connection, ending="completed", words="Canary: I stopped drinking and left my husband", by=worker)
    seen = queries.seen(Connection.objects.select_related("scheme").get(pk=connection.pk))
    assert seen.answers == ()
    assert "Canary" not in repr(seen)


def test_what_a_link_worker_noted_of_a_session_never_reaches_the_group(cast: Cast) -> None:
    connection, maggie = make_connection(cast, "accepted"), cast.actor(cast.provider_coordinator)
    noted = {"session_on": today(), "attended": "no", "absence": "acceptable"}
    actions.mark_attendance(connection, **noted, note="Canary: at the hospital", by=cast.actor(cast.link_worker))
    assert "Canary" not in repr(queries.seen(Connection.objects.select_related("scheme").get(pk=connection.pk)))
    actions.mark_attendance(connection, **noted, note="Not seen today", by=maggie)
    seen = queries.seen(Connection.objects.select_related("scheme").get(pk=connection.pk))
    assert [each.note for each in seen.marks] == ["Not seen today"]
    assert "Canary" not in repr(seen)


@pytest.mark.parametrize("answer", ["accept", "waitlist", "decline"])
def test_what_a_link_worker_wrote_when_keying_in_an_answer_never_reaches_the_group(cast: Cast, answer: str) -> None:
    connection, reason = make_connection(cast), {"reason": "full"} if answer == "decline" else {}
    getattr(actions, answer)(connection, words="Canary: he drinks", by=cast.actor(cast.link_worker), **reason)
    assert "Canary" not in repr(queries.seen(Connection.objects.select_related("scheme").get(pk=connection.pk)))


@pytest.mark.parametrize(("ahead", "expected"), [(-7, True), (0, True), (1, False), (30, False)])
def test_nobody_is_on_a_register_before_their_first_day(cast: Cast, ahead: int, expected: bool) -> None:
    service = make_service(cast.provider)
    make_connection(cast, "accepted", service=service, first_session_on=today() + timedelta(days=ahead))
    found = queries.register(cast.actor(cast.session_leader), service_id=service.pk, session_on=today())
    assert bool(found) is expected


@pytest.mark.parametrize("words", ["sammy", "SAMMY", "K-", "tuesday", "unch cl"])
def test_a_group_finds_by_any_of_what_it_knows(cast: Cast, words: str) -> None:
    made = make_connection(cast, name_shared="Sammy", reference="K-TEST-0001")
    assert list(queries.for_provider(cast.actor(cast.provider_coordinator), words=words)) == [made]


@pytest.mark.parametrize("words", ["Canary", "07700", "company", "SE15", "Amara"])
def test_a_group_finds_nothing_by_what_it_must_not_know_or_sort_by(cast: Cast, words: str) -> None:
    make_connection(cast)
    assert not queries.for_provider(cast.actor(cast.provider_coordinator), words=words).exists()
