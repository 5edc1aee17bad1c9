"""An id of somebody else's in the body of a form: refused or not read, and nothing of theirs is touched."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from linkworks.casework import actions
from linkworks.casework.models import Case, Goal, GoalConnection, UnmetNeed
from linkworks.casework.rules.facts import GoalFacts, GoalReview, UnmetFacts
from linkworks.connections.models import Connection
from linkworks.core import clock
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid, LinkworksError
from linkworks.people.models import Channel
from tests.casework.everything import World, rows, world
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import people
from tests.factories.casework import do


def send(cast: Cast, it: World, page: str, answers: dict[str, Any], who: Any = None, **ids: Any) -> Any:
    return cast.client(who or cast.link_worker).post(it.address(page, **ids), answers)


def on(name: str, days: int = 30) -> dict[str, str]:
    day = clock.today() + timedelta(days=days)
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


class TestWhoTakesACase:
    @pytest.mark.parametrize(
        "who", ["outsider", "outside_manager", "referrer", "provider_coordinator", "safeguarding_lead"]
    )
    def test_only_somebody_offered(self, cast: Cast, who: str) -> None:
        it, worker = world(cast), getattr(cast, who)
        before = rows()
        assert send(cast, it, "allocate", {"worker": str(worker.pk)}, cast.manager).status_code == 400
        response = send(cast, it, "hand-over", {"worker": str(worker.pk), "note": "Mornings"})
        assert response.status_code == 400
        assert "Mornings" in response.content.decode()
        assert rows() == before
        assert make.fresh(it.case).worker == cast.link_worker

    @pytest.mark.parametrize("worker", ["", "me", str(UUID(int=1)), "0", "' OR 1=1"])
    def test_nor_anything_else(self, cast: Cast, worker: str) -> None:
        it = world(cast)
        for page, who in (("allocate", cast.manager), ("hand-over", cast.link_worker)):
            assert send(cast, it, page, {"worker": worker, "note": "Mornings"}, who).status_code == 400

    def test_not_to_oneself(self, cast: Cast) -> None:
        it = world(cast)
        assert send(cast, it, "hand-over", {"worker": str(cast.link_worker.pk), "note": "Me"}).status_code == 400


class TestWhoAReferralIsAbout:
    def test_nobody_of_another_scheme_and_nobody_who_was_not_offered(self, cast: Cast, worker: Actor) -> None:
        it = world(cast)
        theirs, ours = people.person(cast.other_scheme.id), people.person(cast.scheme.id, family_name="Quite-Other")
        sealed = people.person(cast.scheme.id, given_name="Ada", restriction="sealed")
        before = rows()
        for person in (theirs.pk, ours.pk, sealed.pk, uuid4(), "none"):
            answers = {"person": str(person), "complexity": "2"}
            assert send(cast, it, "accept", answers).status_code == 400
        assert rows() == before

    def test_the_action_refuses_them_too(self, cast: Cast, worker: Actor) -> None:
        from linkworks.referrals.models import Referral

        it = world(cast)
        referral = Referral.objects.get(pk=it.ids["referral_id"])
        theirs = people.person(cast.other_scheme.id)
        sealed = people.person(cast.scheme.id, restriction="sealed")
        before = rows()
        for person in (theirs.pk, sealed.pk, uuid4()):
            with pytest.raises(Invalid):
                do(worker, actions.open_from_referral, referral, person_id=person)
        assert rows() == before


def test_a_referral_is_passed_on_to_a_scheme_that_takes_people_and_not_back(cast: Cast) -> None:
    it = world(cast)
    for scheme in (cast.scheme.pk, uuid4(), "elsewhere", ""):
        answers = {"where": "scheme", "scheme": str(scheme), "words": "They can help"}
        response = send(cast, it, "redirect", answers)
        assert response.status_code == 400
        assert "They can help" in response.content.decode()


class TestGoals:
    @pytest.fixture
    def theirs(self, cast: Cast) -> Goal:
        """A goal of another case of the same worker."""
        return make.planned(cast, given_name="Bea")[1]

    def test_a_review_reads_only_the_goals_it_asked_about(self, cast: Cast, theirs: Goal) -> None:
        it = world(cast)
        answers = {
            f"move-{it.goal.pk}": "on",
            f"move-{theirs.pk}": "drop",
            f"words-{theirs.pk}": "No",
            **on("review_on"),
        }
        assert send(cast, it, "review", answers).status_code == 302
        theirs.refresh_from_db()
        assert (theirs.state, theirs.review_words) == ("open", "")

    def test_the_action_refuses_it_and_keeps_none_of_the_others(self, cast: Cast, worker: Actor, theirs: Goal) -> None:
        it = world(cast)
        before = rows()
        reviews = [GoalReview(it.goal.pk, "achieve", "Yes"), GoalReview(theirs.pk, "drop")]
        with pytest.raises(Invalid):
            do(worker, actions.review_goals, it.case, reviews=reviews)
        assert rows() == before
        assert set(Goal.objects.values_list("state", flat=True)) == {"open"}

    def test_a_gap_is_not_noted_under_somebody_elses_goal(self, cast: Cast, worker: Actor, theirs: Goal) -> None:
        it = world(cast)
        answers = {"need": "loneliness", "reason": "too-far", "goal": str(theirs.pk), "goal_id": str(theirs.pk)}
        response = cast.client(cast.link_worker).post(f"{it.address('unmet')}?goal={theirs.pk}", answers)
        assert response.status_code == 302
        assert not UnmetNeed.objects.filter(goal=theirs).exists()
        with pytest.raises(Invalid):
            facts = UnmetFacts(need="loneliness", reason="too-far", goal_id=theirs.pk)
            do(worker, actions.record_unmet_need, it.case, facts=facts)

    def test_a_connection_is_for_the_goal_of_the_address(self, cast: Cast, theirs: Goal) -> None:
        it = world(cast)
        answers = {
            "name_shared": "Jean", "contact_shared": "Through the link worker", "support_need": "Company", "agreed": "on",
            "agreed_how": "In person", "goal": str(theirs.pk), "person": str(uuid4()), "provider": str(uuid4()),
        }  # fmt: skip
        assert send(cast, it, "connect", answers).status_code == 302
        assert GoalConnection.objects.filter(goal=it.goal).count() == 2
        assert not GoalConnection.objects.filter(goal=theirs).exists()


class TestWaysToReach:
    def test_somebody_elses_number_is_not_given_to_a_group(self, cast: Cast) -> None:
        it = world(cast)
        other = people.channel(people.person(cast.scheme.id), value="020 7946 0999")
        answers = {"name_shared": "Jean", "support_need": "Company", "agreed": "on", "agreed_how": "In person"}
        for way in (other.value, f"{other.value} (by phone)", str(other.pk)):
            assert send(cast, it, "connect", {**answers, "contact_shared": way}).status_code == 400
        assert Connection.objects.count() == 1

    def test_somebody_elses_way_is_not_taken_off(self, cast: Cast) -> None:
        it = world(cast)
        others = [
            people.channel(people.person(cast.scheme.id), value="020 7946 0999"),
            people.channel(people.person(cast.other_scheme.id), value="020 7946 0998"),
        ]
        for channel_id in (*(each.pk for each in others), uuid4()):
            response = send(cast, it, "channel-end", {}, channel_id=channel_id)
            page = cast.client(cast.link_worker).get(response.url)
            assert page.status_code == 200
        assert not Channel.objects.filter(pk__in=[each.pk for each in others], ended_at__isnull=False).exists()


@pytest.mark.parametrize(
    "smuggled",
    [{"state": "closed", "close_reason": "goals-met"}, {"worker": "x", "worker_id": "x"}, {"scheme": "x", "scheme_id": "x"},
     {"person": "x", "person_id": "x", "restriction": "normal"}],
)  # fmt: skip
def test_what_a_form_does_not_ask_is_not_read(cast: Cast, smuggled: dict[str, str]) -> None:
    it = world(cast)
    kept = {"state", "worker_id", "scheme_id", "person_id", "reference"}
    before = Case.objects.filter(pk=it.case.pk).values(*kept).get()
    theirs = {name: str(cast.outsider.pk) if value == "x" else value for name, value in smuggled.items()}
    details = {"given_name": "Jean", "family_name": "Marlow", "language": "en"}
    for page, answers in (("details", details), ("task-new", {"title": "Ring", "due_pick": "week"})):
        assert send(cast, it, page, {**theirs, **answers}).status_code == 302
    assert Case.objects.filter(pk=it.case.pk).values(*kept).get() == before


class TestSteps:
    def test_a_colleagues_step_is_neither_done_nor_removed(self, cast: Cast, colleague: Actor) -> None:
        it = world(cast)
        step = it.ids["step_id"]
        for act in (actions.finish_step, actions.remove_step):
            with pytest.raises(LinkworksError):
                do(colleague, act, step)
            with pytest.raises(LinkworksError):
                do(colleague, act, uuid4())
        assert it.goal.steps.get().done_at is None

    def test_a_step_of_a_goal_that_was_reviewed_stays_as_it_is(self, cast: Cast, worker: Actor) -> None:
        it = world(cast)
        do(worker, actions.review_goals, it.case, reviews=[GoalReview(it.goal.pk, "achieve")])
        client = cast.client(cast.link_worker)
        for page in ("step-done", "step-remove"):
            assert "reviewed already" in client.post(it.address(page), follow=True).content.decode()
        assert it.goal.steps.get().done_at is None

    def test_a_goal_of_a_closed_case_takes_nothing(self, cast: Cast, worker: Actor) -> None:
        it = world(cast)
        do(worker, actions.close, it.case, reason="deceased", withdraw_unanswered=True, lead_knows=True)
        for act, facts in ((actions.change_goal, GoalFacts(words="x")), (actions.add_step, make.STEP)):
            with pytest.raises(LinkworksError, match="closed"):
                do(worker, act, it.goal, facts=facts)
