"""Who may open what: one's own and nobody's, the team's, the protected person's, and nothing of another scheme."""

import pytest

from linkworks.casework import access, actions
from linkworks.core.actor import Actor, job_actor
from linkworks.core.errors import NotAllowed
from linkworks.people.actions import restrict
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

NOBODYS = [
    "referrer",
    "referring_colleague",
    "provider_coordinator",
    "session_leader",
    "commissioner",
    "steward",
    "administrator",
]


def sees(cast: Cast, who: str, case) -> bool:
    return do(cast.actor(getattr(cast, who)), lambda *, by: access.visible_cases(by).filter(pk=case.pk).exists())


@pytest.mark.parametrize(
    ("who", "expected"),
    [("link_worker", True), ("colleague", False), ("manager", True), ("safeguarding_lead", True), ("outsider", False)],
)
def test_a_workers_case(cast: Cast, who: str, expected: bool) -> None:
    assert sees(cast, who, make.active(cast)) is expected


@pytest.mark.parametrize("who", ["link_worker", "colleague", "manager"])
def test_a_case_nobody_has_is_seen_by_everybody_who_could_take_it(cast: Cast, who: str) -> None:
    assert sees(cast, who, make.waiting(cast))


@pytest.mark.parametrize("who", NOBODYS)
def test_nobody_else_ever_sees_a_case(cast: Cast, who: str) -> None:
    assert not sees(cast, who, make.active(cast))
    assert not sees(cast, who, make.waiting(cast, given_name="Ada"))


@pytest.mark.parametrize(
    ("who", "expected"),
    [("link_worker", True), ("safeguarding_lead", True), ("manager", False), ("colleague", False), ("outsider", False)],
)
def test_a_protected_person_is_seen_by_their_worker_and_the_lead(
    cast: Cast, lead: Actor, who: str, expected: bool
) -> None:
    case = make.active(cast)
    do(lead, restrict, case.person, level="protected", reason="Safety")
    assert sees(cast, who, case) is expected


def test_a_protected_person_nobody_has_is_seen_by_the_lead_alone(cast: Cast, lead: Actor) -> None:
    case = make.waiting(cast)
    do(lead, restrict, case.person, level="protected", reason="Safety")
    assert sees(cast, "safeguarding_lead", case)
    assert not sees(cast, "link_worker", case)


def test_the_worker_of_a_protected_person_can_work(cast: Cast, lead: Actor, worker: Actor) -> None:
    case = make.active(cast)
    do(lead, restrict, case.person, level="protected", reason="Safety")
    do(worker, actions.record_contact, case, facts=make.spoke())
    assert make.answers(cast, case, "start").answer_set.answers["happy"] == 3


def test_a_job_reaches_its_scheme_only(cast: Cast) -> None:
    case = make.active(cast)
    here, there = job_actor("test", cast.scheme.id), job_actor("test", cast.other_scheme.id)
    assert do(here, lambda *, by: access.visible_cases(by).filter(pk=case.pk).exists())
    assert not do(there, lambda *, by: access.visible_cases(by).filter(pk=case.pk).exists())


def test_goals_plans_tasks_and_unmet_needs_follow_the_case(cast: Cast, worker: Actor, colleague: Actor) -> None:
    case, _, _ = make.planned(cast)
    do(worker, actions.add_task, case, title="Ring", due_on=case.next_action_on, token="t")
    do(worker, actions.record_unmet_need, case, facts=make.UNMET)
    for rows in (access.visible_goals, access.visible_plans, access.visible_tasks, access.visible_unmet_needs):
        assert do(worker, lambda *, by, rows=rows: rows(by).exists())
        assert not do(colleague, lambda *, by, rows=rows: rows(by).exists())


class TestConcerns:
    @pytest.mark.parametrize(
        ("who", "expected"),
        [
            ("safeguarding_lead", True),
            ("manager", True),
            ("link_worker", True),
            ("colleague", False),
            ("outsider", False),
        ],
    )
    def test_the_lead_the_deputy_and_whoever_raised_it(self, cast: Cast, who: str, expected: bool) -> None:
        concern = make.concern(cast)
        actor = cast.actor(getattr(cast, who))
        assert do(actor, lambda *, by: access.visible_concerns(by).filter(pk=concern.pk).exists()) is expected

    def test_about_a_protected_person_the_deputy_sees_it_once_it_escalated(
        self, cast: Cast, lead: Actor, manager: Actor
    ) -> None:
        concern = make.concern(cast)
        do(lead, restrict, concern.person, level="protected", reason="Safety")
        assert not do(manager, lambda *, by: access.visible_concerns(by).exists())
        type(concern).objects.filter(pk=concern.pk).update(escalations=1)
        assert do(manager, lambda *, by: access.visible_concerns(by).exists())


@pytest.mark.parametrize(
    ("predicate", "allowed"),
    [
        (
            access.sees_cases,
            {"link_worker", "colleague", "manager", "safeguarding_lead", "outsider", "outside_manager"},
        ),
        (access.can_work, {"link_worker", "colleague", "manager", "outsider", "outside_manager"}),
        (access.can_allocate, {"manager", "outside_manager"}),
        (access.leads_safeguarding, {"safeguarding_lead"}),
        (access.answers_concerns, {"safeguarding_lead", "manager", "outside_manager"}),
        (access.can_connect, {"link_worker", "colleague", "manager", "outsider", "outside_manager"}),
    ],
)
def test_which_roles_may(cast: Cast, predicate, allowed: set) -> None:
    everybody = [
        "link_worker",
        "colleague",
        "manager",
        "safeguarding_lead",
        "outsider",
        "outside_manager",
        "signposter",
        *NOBODYS,
    ]
    assert {who for who in everybody if predicate(cast.actor(getattr(cast, who)))} == allowed


def test_refused_in_words(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="Your role does not let you change this case"):
        access.require_work(cast.actor(cast.commissioner))
