"""Every page of casework opens for whoever works there, and a stranger finds nothing."""

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.connections import actions as connections
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import referrals
from tests.factories.casework import do

CASE_PAGES = [
    "case", "contact", "conversation", "plan", "plan-print", "agree", "goal-new", "review", "unmet", "task-new", "details",
    "channels", "sharing", "pause", "close", "close-unreached", "reopen", "hand-over", "concern", "allocate",
]  # fmt: skip
GOAL_PAGES = ["goal", "step-new", "goal-match"]
CONNECTION_PAGES = [
    "connection", "connection-answer", "connection-attendance", "connection-end", "connection-withdraw", "connection-write",
]  # fmt: skip
LISTS = ["today", "caseload", "inbox"]


@pytest.mark.parametrize("page", CASE_PAGES)
class TestCasePages:
    def test_opens_for_its_worker(self, cast: Cast, page: str) -> None:
        case, _, _ = make.planned(cast)
        response = cast.client(cast.link_worker).get(reverse(f"casework:{page}", args=[case.pk]))
        assert response.status_code == 200

    def test_a_stranger_finds_nothing(self, cast: Cast, page: str) -> None:
        case, _, _ = make.planned(cast)
        assert cast.client(cast.outsider).get(reverse(f"casework:{page}", args=[case.pk])).status_code == 404

    def test_a_referrer_may_not(self, cast: Cast, page: str) -> None:
        case, _, _ = make.planned(cast)
        assert cast.client(cast.referrer).get(reverse(f"casework:{page}", args=[case.pk])).status_code == 403

    def test_signed_out_goes_to_sign_in(self, cast: Cast, page: str) -> None:
        case = make.waiting(cast)
        assert cast.client().get(reverse(f"casework:{page}", args=[case.pk])).status_code == 302


@pytest.mark.parametrize("page", GOAL_PAGES)
def test_goal_pages(cast: Cast, page: str) -> None:
    _, goal, _ = make.planned(cast)
    address = reverse(f"casework:{page}", args=[goal.pk])
    assert cast.client(cast.link_worker).get(address).status_code == 200
    assert cast.client(cast.outsider).get(address).status_code == 404
    assert cast.client(cast.commissioner).get(address).status_code == 403


@pytest.mark.parametrize("page", CONNECTION_PAGES)
def test_connection_pages(cast: Cast, page: str) -> None:
    _, _, connection = make.connected(cast)
    address = reverse(f"casework:{page}", args=[connection.pk])
    assert cast.client(cast.link_worker).get(address).status_code == 200
    assert cast.client(cast.outsider).get(address).status_code == 404
    assert cast.client(cast.provider_coordinator).get(address).status_code == 403


@pytest.mark.parametrize("page", LISTS)
def test_lists(cast: Cast, page: str) -> None:
    make.planned(cast)
    address = reverse(f"casework:{page}")
    assert cast.client(cast.link_worker).get(address).status_code == 200
    assert cast.client(cast.manager).get(address).status_code == 200
    assert cast.client(cast.referrer).get(address).status_code == 403
    assert cast.client().get(address).status_code == 302


def test_a_connection_with_a_history_opens(cast: Cast) -> None:
    case, _, connection = make.connected(cast)
    provider = cast.actor(cast.provider_coordinator)
    do(provider, connections.ask, connection, text="Does she need a lift?", from_provider=True)
    do(provider, connections.accept, connection)
    client = cast.client(cast.link_worker)
    assert "Does she need a lift?" in client.get(reverse("casework:connection", args=[connection.pk])).content.decode()
    assert "Tuesday lunch club" in client.get(reverse("casework:case", args=[case.pk])).content.decode()
    assert "Tuesday lunch club" in client.get(reverse("casework:plan-print", args=[case.pk])).content.decode()


def test_the_preview_of_what_is_shared_opens(cast: Cast) -> None:
    _, goal, _ = make.planned(cast)
    address = reverse("casework:connect", args=[goal.pk, make.service(cast).pk])
    assert "Through the link worker" in cast.client(cast.link_worker).get(address).content.decode()


def test_wellbeing_questions_open_at_each_stage(cast: Cast) -> None:
    case = make.active(cast)
    client = cast.client(cast.link_worker)
    for stage in ("start", "review", "end"):
        assert client.get(reverse("casework:measures", args=[case.pk, stage])).status_code == 200
    assert client.get(reverse("casework:measures", args=[case.pk, "tomorrow"])).status_code == 404


@pytest.mark.parametrize("page", ["inbox-referral", "accept", "decline", "redirect", "told"])
def test_inbox_pages(cast: Cast, page: str) -> None:
    sender = cast.actor(cast.referrer)
    referral = do(sender, lambda *, by: referrals.sent(by, cast.scheme.id))
    address = reverse(f"casework:{page}", args=[referral.pk])
    assert cast.client(cast.link_worker).get(address).status_code == 200
    assert cast.client(cast.outsider).get(address).status_code == 404
    assert cast.client(cast.referrer).get(address).status_code == 403


def test_allocation_is_for_managers(cast: Cast) -> None:
    make.waiting(cast)
    assert cast.client(cast.manager).get(reverse("casework:allocation")).status_code == 200
    assert cast.client(cast.link_worker).get(reverse("casework:allocation")).status_code == 403


def test_concerns_are_for_the_lead_and_their_deputy(cast: Cast) -> None:
    concern = make.concern(cast)
    answering = reverse("casework:concern-answer", args=[concern.pk])
    for address, refused in ((reverse("casework:concerns"), 403), (answering, 404)):
        assert cast.client(cast.safeguarding_lead).get(address).status_code == 200
        assert cast.client(cast.manager).get(address).status_code == 200
        assert cast.client(cast.link_worker).get(address).status_code == refused
    do(cast.actor(cast.safeguarding_lead), actions.acknowledge_concern, concern)
    outside = cast.client(cast.outside_manager).get(reverse("casework:concern-answer", args=[concern.pk]))
    assert outside.status_code == 404
