"""The audit read back: against the one before it, each row says what changed."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from linkworks.audit.queries import OWN_FIELDS, changed, changes_of, event_models, views_of, way_of
from linkworks.casework.models import Step
from linkworks.people import actions
from linkworks.people.rules import PersonFacts
from linkworks.referrals import actions as referrals
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.referrals import sent

ROWS = st.dictionaries(st.sampled_from(["a", "b", "pgh_id", "pgh_label"]), st.integers(0, 2))


@given(before=ROWS, after=ROWS)
def test_only_facts_that_differ_count_as_changed(before: dict[str, Any], after: dict[str, Any]) -> None:
    named = changed(before, after)
    assert not OWN_FIELDS & set(named)
    assert all(before.get(name) != after[name] for name in named)
    assert all(before.get(name) == after[name] for name in set(after) - OWN_FIELDS - set(named))


def test_a_persons_changes_come_latest_first_with_who_and_what(cast: Cast) -> None:
    by = cast.actor(cast.link_worker)
    person = actions.add_person(scheme_id=cast.scheme.id, facts=PersonFacts("Joan", "Pike"), by=by)
    actions.change_details(person, changes={"chosen_name": "Joanie"}, by=by)
    latest, first = changes_of(person.id, [])
    assert (latest.thing, latest.done, latest.facts) == ("person", "update", ("chosen name",))
    assert (first.done, first.facts) == ("insert", ())
    assert latest.who == "A test", "the context says who acted on the database"


def test_another_persons_changes_are_not_among_them(cast: Cast) -> None:
    by = cast.actor(cast.link_worker)
    one = actions.add_person(scheme_id=cast.scheme.id, facts=PersonFacts("Joan", "Pike"), by=by)
    actions.add_person(scheme_id=cast.scheme.id, facts=PersonFacts("Brian", "Tanner"), by=by)
    assert len(changes_of(one.id, [])) == 1
    assert not views_of(one.id).exists()


# Whose history is no person's: what staff are, when they are away, and a choice kept on its own page.
NOBODYS = {
    "accounts.Membership",
    "accounts.Absence",
    "connections.SharedWords",
}


def test_every_recorded_model_is_read_back_or_belongs_to_nobody() -> None:
    tracked: list[Any] = [model.pgh_tracked_model for model in event_models()]  # type: ignore[attr-defined]
    silent = {each._meta.label for each in tracked if way_of(each) is None and each._meta.label != "people.Person"}
    assert silent == NOBODYS


def test_a_step_of_a_plan_is_among_the_changes(cast: Cast) -> None:
    case, goal = make.with_goal(cast)
    Step.objects.create(scheme_id=cast.scheme.id, goal=goal, what="Ring the choir", who="Jean")
    found = changes_of(case.person_id, [case.id])
    assert "step" in {each.thing for each in found}
    assert "step" not in {each.thing for each in changes_of(case.person_id, [])}


def test_a_referral_is_shown_from_before_it_was_joined(cast: Cast) -> None:
    by = cast.actor(cast.link_worker)
    jean = actions.add_person(scheme_id=cast.scheme.id, facts=PersonFacts("Jean", "Marlow"), by=by)
    referrals.accept(sent(cast.actor(cast.referrer), cast.scheme.id), person_id=jean.id, by=by)
    done = [each.done for each in changes_of(jean.id, []) if each.thing == "referral"]
    assert done == ["update", "insert"]
