"""Seven fields at most, over every combination of what somebody may choose to share."""

from dataclasses import asdict, fields, replace
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from linkworks.connections import actions, queries
from linkworks.connections.models import Connection
from linkworks.connections.queries import Expected, Seen, Shared
from linkworks.connections.rules import LONGEST, SHARED_FIELDS
from linkworks.core.errors import Invalid
from linkworks.people.models import Person
from tests.cast import Cast
from tests.factories.connections import facts_for, make_connection, make_person, make_service

OPTIONAL = ("access_and_language", "emergency_contact", "call_worker_first")
LINES = some.text(alphabet=some.characters(blacklist_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)
SECRETS = {
    "given_name": "Canary-Given",
    "family_name": "Canary-Family",
    "address": "Canary-Street",
    "emergency_contact": "Canary-Neighbour",
    "interests": "Canary-Interest",
}


@pytest.mark.parametrize("chosen", list(product([False, True], repeat=3)))
def test_what_was_not_chosen_is_not_there(cast: Cast, chosen: tuple[bool, bool, bool]) -> None:
    facts = facts_for(cast, make_service(cast.provider), call_worker_first=True)
    left_out = {name: "" for name, wanted in zip(OPTIONAL[:2], chosen, strict=False) if not wanted}
    facts = replace(facts, **left_out, call_worker_first=chosen[2])
    made = actions.propose(facts=facts, by=cast.actor(cast.link_worker))
    shared = asdict(queries.shared(made))
    assert set(shared) == set(SHARED_FIELDS)
    assert len([value for value in shared.values() if value]) == 4 + sum(chosen)
    for name, wanted in zip(OPTIONAL, chosen, strict=True):
        assert bool(shared[name]) is wanted


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=some.fixed_dictionaries(dict.fromkeys(("name_shared", "contact_shared", "support_need"), LINES)))
def test_what_is_shared_is_word_for_word_what_was_agreed_or_nothing_is_kept(cast: Cast, words: dict[str, str]) -> None:
    facts = facts_for(cast, make_service(cast.provider), **words)
    too_long = [name for name, text in words.items() if len(text) > LONGEST[name]]
    if too_long:
        with pytest.raises(Invalid):
            actions.propose(facts=facts, by=cast.everything)
        return
    kept = Connection.objects.get(pk=actions.propose(facts=facts, by=cast.everything).pk)
    assert {name: getattr(kept, name) for name in words} == words


def known_person(cast: Cast) -> Person:
    return make_person(cast.scheme, **{name: text for name, text in SECRETS.items() if hasattr(Person, name)})


@pytest.mark.parametrize("state", ["sent", "waitlisted", "accepted", "attending", "declined", "ended"])
def test_nothing_of_the_person_themselves_reaches_what_a_group_sees(cast: Cast, state: str) -> None:
    connection = make_connection(cast, state, person=known_person(cast))
    seen = queries.seen(Connection.objects.select_related("scheme").get(pk=connection.pk))
    told = repr(seen)
    assert [secret for secret in (*SECRETS.values(), "9434765919", "SE15 5DD", "1951") if secret in told] == []
    assert str(connection.person_id) not in told
    assert str(connection.worker_id) not in told


def test_what_a_group_sees_of_a_person_is_the_seven_fields_and_where_it_stands() -> None:
    """Another field here would be another disclosure: it needs a decision, and this list changed by hand."""
    assert {each.name for each in fields(Seen)} - {"shared"} == {
        "although_full",  # why a group without a place is asked: chosen from a list about room, never written
        "id", "state", "service_id", "service_name", "scheme_name", "worker_name", "worker_phone", "sent_at",
        "first_session_on", "decline_reason", "ending", "exchanges", "marks", "answers", "said_enough",
    }  # fmt: skip
    assert len(fields(Shared)) == 7


def test_whoever_runs_a_session_sees_a_name_and_what_keeps_people_safe() -> None:
    assert {each.name for each in fields(Expected)} == {
        "id", "name_shared", "access_and_language", "emergency_contact", "mark",
    }  # fmt: skip


def test_changing_the_person_afterwards_changes_nothing_that_was_shared(cast: Cast) -> None:
    """A snapshot: what they agreed then is what stands there, whatever their record says now."""
    person = known_person(cast)
    connection = make_connection(cast, person=person)
    before = queries.shared(connection)
    Person.objects.filter(pk=person.pk).update(chosen_name="Canary-New", emergency_contact="Canary-New")
    assert queries.shared(Connection.objects.get(pk=connection.pk)) == before


@pytest.mark.parametrize("change", [{"name_shared": "  "}, {"contact_shared": ""}, {"support_need": "\n"}])
def test_a_proposal_without_what_a_group_needs_is_refused_with_the_field(cast: Cast, change: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        actions.propose(facts=facts_for(cast, make_service(cast.provider), **change), by=cast.everything)
    assert refused.value.field == next(iter(change))
    assert not Connection.objects.exists()
