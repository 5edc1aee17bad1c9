"""The made-up London is made by calling actions, so making it proves them."""

from collections.abc import Iterator
from itertools import groupby, permutations
from operator import attrgetter
from typing import Any

import pytest
from django.db import transaction

from linkworks.accounts.models import Membership, User
from linkworks.accounts.queries import has_second_factor
from linkworks.casework.models import Case, Concern, Plan, UnmetNeed
from linkworks.casework.states import CASE_MOVES, CaseState
from linkworks.connections.models import Connection
from linkworks.connections.states import MOVES as CONNECTION_MOVES
from linkworks.connections.states import State as ConnectionState
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.demo import seeding, stories
from linkworks.demo.characters import TRY_THIS, characters
from linkworks.demo.stories.stages import CONNECTED, Stage
from linkworks.demo.stories.telling import Telling
from linkworks.demo.world import World, told
from linkworks.directory import queries
from linkworks.directory.models import NothingFitted, Service, Source
from linkworks.messaging.models import Message
from linkworks.organisations.actions import load_postcodes
from linkworks.organisations.models import Organisation, Postcode, Scheme
from linkworks.organisations.queries import who_serves
from linkworks.people.models import Person
from linkworks.referrals.models import Referral
from linkworks.referrals.states import MOVES as REFERRAL_MOVES
from linkworks.referrals.states import State as ReferralState
from tests.context import acting


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    from tests import database

    with django_db_blocker.unblock(), database.copy_of_template("demo"):  # type: ignore[attr-defined]
        load_postcodes()
        made = seeding.seed(small=True)
        with transaction.atomic():
            stories.build_desk(made)
        everything = Actor(
            id="test", name="A test", purpose="job", schemes=frozenset(team.scheme.id for team in made.teams)
        )
        with transaction.atomic(), acting(everything):
            yield made


def test_everything_in_it_is_marked_fictional(world: World) -> None:
    assert not Scheme.objects.filter(is_fictional=False).exists()
    assert not Service.objects.filter(is_fictional=False).exists()
    assert not User.objects.filter(is_fictional=False).exists()
    real = Organisation.objects.filter(is_fictional=False)
    assert set(real.values_list("kind", flat=True)) == {"local-authority", "icb"}, "only the reference data is real"


def test_every_borough_is_answered(world: World) -> None:
    for borough in Postcode.objects.order_by().values_list("borough_code", flat=True).distinct():
        served = who_serves(Postcode.objects.filter(borough_code=borough).order_by("postcode")[0].postcode)
        assert served.schemes or served.gap, borough


def test_the_first_borough_has_every_kind_of_activity(world: World) -> None:
    kinds = {kind for group in world.groups if group.borough == "E09000028" for kind in group.service.kinds}
    assert len(kinds) == 45


def test_stories_are_at_every_stage(world: World) -> None:
    assert {"sent", "accepted", "declined", "withdrawn"} <= set(Referral.objects.values_list("state", flat=True))
    assert set(Case.objects.values_list("state", flat=True)) == {state.value for state in CaseState}
    reached = set(Connection.objects.values_list("state", flat=True))
    assert reached >= {
        ConnectionState.SENT,
        ConnectionState.ACCEPTED,
        ConnectionState.WAITLISTED,
        ConnectionState.DECLINED,
        ConnectionState.ATTENDING,
    }
    assert UnmetNeed.objects.exists() and Plan.objects.filter(state="agreed").exists()
    assert ReferralState.DRAFT not in set(Referral.objects.values_list("state", flat=True))


def test_the_provider_one_can_be_has_somebody_at_each_stage(world: World) -> None:
    group = next(group for group in world.groups if group.coordinator == world.characters["provider"])
    states = set(Connection.objects.filter(provider=group.organisation).values_list("state", flat=True))
    assert states >= {
        ConnectionState.SENT,
        ConnectionState.WAITLISTED,
        ConnectionState.ACCEPTED,
        ConnectionState.ATTENDING,
    }


@pytest.mark.parametrize("full", ["the nearest", "all"])
def test_a_story_goes_on_where_groups_are_full(world: World, full: str) -> None:
    """Which groups have room hangs on the hour at which the demonstration is made."""
    bereaved = next(each for each in told("stories") if each["kinds"][0] == "bereavement-support")
    fitting = [group.service.id for group in world.groups_for(bereaved["kinds"], world.teams[0].boroughs[0])]
    without_room = fitting[:1] if full == "the nearest" else fitting
    with transaction.atomic():
        Service.objects.filter(id__in=without_room).update(capacity_places=1, places_taken=1)
        tale = Telling(world, world.teams[0], bereaved, Stage("asked", CONNECTED, (20, 21), 1), 999)
        tale.tell()
        assert tale.connection.service_id == (fitting[1] if full == "the nearest" else fitting[0])
        transaction.set_rollback(True)


def test_the_safeguarding_lead_one_can_be_has_a_concern_and_a_record_kept_close(world: World) -> None:
    here = Concern.objects.filter(case__scheme=world.teams[0].scheme)
    assert here.exclude(case__person__restriction="protected").exists()
    assert here.filter(case__person__restriction="protected", owner__name="Helen Marsh").exists()


def test_no_two_concerns_say_the_same(world: World) -> None:
    told = list(Concern.objects.values_list("what_happened", flat=True))
    assert len(set(told)) == min(len(told), 4)


def test_people_are_not_all_alike(world: World) -> None:
    names = list(Person.objects.values_list("given_name", "family_name"))
    assert len(set(names)) > 0.9 * len(names)
    assert Person.objects.values("language").distinct().count() > 1


def test_nothing_went_where_it_is_not_safe(world: World) -> None:
    to_people = Message.objects.filter(person_channel__isnull=False).exclude(state="suppressed")
    assert not to_people.exclude(person_channel__is_safe=True).exists()


def test_the_stories_jobs_were_told_with_them(world: World) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    assert not ProcrastinateJob.objects.filter(status="todo", scheduled_at__isnull=True).exists()
    assert Message.objects.filter(template="referral-received").exists()


def test_messages_came_when_they_were_written_and_the_old_ones_are_read(world: World) -> None:
    week_ago = clock.now() - 7 * clock.DAY
    messages = list(Message.objects.filter(user__isnull=False))
    assert any(each.created_at < week_ago for each in messages)
    assert all(each.read_at for each in messages if each.created_at < week_ago)
    assert any(each.read_at is None for each in messages)


def test_every_character_can_be_signed_in_as(world: World) -> None:
    assert [each.name for each in characters()] == list(TRY_THIS)
    assert all(has_second_factor(user) for user in User.objects.filter(name__in=list(TRY_THIS)))
    assert all(each.role and each.organisation and each.try_this for each in characters())


def test_nobody_has_a_password(world: World) -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert Membership.objects.count() == User.objects.count()


def test_seeding_twice_is_refused(world: World) -> None:
    assert seeding.is_seeded()


# What a visitor would notice


def test_every_role_that_can_be_tried_has_something_to_do(world: World) -> None:
    roles = set(Membership.objects.filter(user__name__in=list(TRY_THIS)).values_list("role", flat=True))
    assert {"link-worker", "team-manager", "referrer", "provider-co-ordinator", "session-leader"} <= roles
    worker = User.objects.get(name="Amara Boateng")
    assert Case.objects.filter(worker=worker).exists()
    assert Referral.objects.filter(scheme=world.teams[0].scheme, state="sent").exists()
    group = next(group for group in world.groups if group.coordinator == world.characters["provider"])
    assert Connection.objects.filter(provider=group.organisation, state=ConnectionState.SENT).exists()


def test_nothing_was_written_before_it_could_have_happened(world: World) -> None:
    """In the order of its times each history is one the table of moves allows, and nothing is still to come."""
    now = clock.now()
    assert not Referral.objects.filter(sent_at__gt=now).exists()
    for model, moves in ((Case, CASE_MOVES), (Referral, REFERRAL_MOVES), (Connection, CONNECTION_MOVES)):
        for each in model.objects.all():
            history = list(each.moves.order_by("made_at"))
            assert all(move.made_at <= now for move in history)
            state = None
            for _, at_once in groupby(history, key=attrgetter("made_at")):
                state = state_after(moves, state, list(at_once))


def state_after(moves: Any, state: str | None, at_once: list[Any]) -> str:
    """The state after moves of one moment, in whichever order the table allows them."""
    for order in permutations(at_once):
        states = [state, *(move.to_state for move in order)]
        if all(moves.get((was, move.move)) == move.to_state for was, move in zip(states, order, strict=False) if was):
            return str(states[-1])
    raise AssertionError(f"{state}: {[(move.move, move.to_state) for move in at_once]} is no history")


def test_referrals_came_in_working_hours(world: World) -> None:
    hours = {each.sent_at.astimezone(clock.LONDON).hour for each in Referral.objects.exclude(sent_at=None)}
    assert hours <= set(range(7, 21)) or len(hours - set(range(7, 21))) <= 2  # the latest came a moment before now


def test_each_colleague_carries_some_of_the_work_and_nobody_all_of_it(world: World) -> None:
    team = world.teams[0]
    counts = [Case.objects.filter(worker=worker).count() for worker in team.workers]
    assert all(counts)
    assert max(counts) <= 3 * max(1, min(counts)) + 2


def test_every_closed_case_says_why(world: World) -> None:
    closed = Case.objects.filter(state=CaseState.CLOSED)
    assert closed.exists()
    assert not closed.filter(close_reason="").exists()


def test_schemes_have_only_their_own_people(world: World) -> None:
    for case in Case.objects.select_related("person", "referral"):
        assert case.person.scheme_id == case.scheme_id
        assert case.referral.scheme_id == case.scheme_id


def test_people_live_where_their_scheme_reaches(world: World) -> None:
    reached = {team.scheme.id: set(team.boroughs) for team in world.teams}
    for person in Person.objects.exclude(postcode=""):
        at = Postcode.objects.get(postcode=person.postcode.replace(" ", ""))
        assert at.borough_code in reached[person.scheme_id]


def test_telephones_and_mail_reach_nobody(world: World) -> None:
    for address in Message.objects.exclude(address="").values_list("address", flat=True):
        digits = address.replace(" ", "")
        assert address.endswith("example.org") or digits.startswith(("0207946", "07700900")) or not digits.isdigit()
    for email in (*User.objects.values_list("email", flat=True), *Service.objects.values_list("email", flat=True)):
        assert email == "" or email.endswith("example.org")


def test_activities_are_spread_over_all_of_london(world: World) -> None:
    boroughs = {group.borough for group in world.groups}
    assert len(boroughs) == 33
    names = [group.service.name for group in world.groups]
    assert len(set(names)) > 0.95 * len(names)


def test_every_listing_can_be_found_by_where_it_is(world: World) -> None:
    placed = Service.objects.filter(places__location__latitude__isnull=False).distinct().count()
    assert placed == Service.objects.count()
    assert Service.objects.filter(source__isnull=True).count() == len(world.groups)


DESK = {
    "unsafe": "Two Chairs and a Pot of Tea",
    "claim": "Sing Anyway Group",
    "changed": "Form Filling Friday",
    "edit": "Larkfield Social",
    "reading": "Reading of Larkfield Council (made up)",
    "wrong": "Wednesday Plates",
    "silent": "Fix-It Fridays",
    "twice": "Memory Lane Singers",
    "searched": "“pet fostering”",
}


def test_something_of_every_kind_waits_at_the_stewards_desk_each_since_its_own_day(world: World) -> None:
    waits = queries.queue(world.actor(world.characters["steward"]))
    assert set(DESK.items()) <= {(each.kind, each.title) for each in waits}
    assert len({each.since.date() for each in waits}) >= 8
    assert min(each.since for each in waits).date() < clock.today() - 6 * clock.DAY


def test_the_lists_of_others_were_read_and_the_last_reading_waits(world: World) -> None:
    council, volunteers = Source.objects.order_by("name")
    for source, listed in zip((council, volunteers), told("lists")["lists"], strict=True):
        assert source.name == listed["name"] and "made up" in source.name
        assert source.services.filter(is_published=True).count() == len(listed["rows"])
    assert [each.state for each in council.runs.order_by("created_at")] == ["done", "done", "waiting"]
    assert not council.services.filter(name="The Allotment Hour").exists(), "nothing of it before a steward says so"
    assert council.services.get(name="Form Filling Friday").phone == "020 7946 0614"


def test_what_did_not_fit_was_counted(world: World) -> None:
    said = {(each.reason, each.need): each.times for each in NothingFitted.objects.all()}
    assert said == {(reason, need): times for reason, need, times in told("lists")["nothing_fits"]}
