"""Somebody asks to look after an organisation: what they are told, who decides, what they are given, and what is forgotten."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkworks.accounts.actions import invite_claimant
from linkworks.accounts.models import Invitation
from linkworks.core import clock
from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.clock import now
from linkworks.core.errors import Conflict, Invalid, LinkworksError, NotAllowed
from linkworks.core.later import holding_jobs
from linkworks.core.states import can
from linkworks.directory import actions, jobs, queries
from linkworks.directory.access import claim_actor, claim_token, refresh_actor, refresh_token
from linkworks.directory.models import Claim, ClaimStep, Service
from linkworks.directory.rules import claims as rules
from linkworks.directory.rules.refreshing import Reached
from linkworks.directory.states import CLAIM_MOVES, ClaimMove, ClaimState
from linkworks.messaging.models import Message
from linkworks.providers import jobs as later_jobs
from tests.cast import Cast
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
JO = {"name": "Jo Okafor", "job": "Secretary", "email": "jo@elsewhere.example.org"}


@pytest.fixture
def service() -> Service:
    return make.service(make.organisation(email="office@kettle.example.org"), email="hello@kettle.example.org")


def asked(service: Service, **said: str) -> tuple[Claim, Actor]:
    made = actions.claim_organisation(service.id, **{**JO, **said}, token=str(uuid4()), by=PUBLIC)
    actor = claim_actor(claim_token(made))
    assert actor is not None
    return Claim.objects.get(id=made), actor


def waiting(service: Service, **said: str) -> Claim:
    claim, actor = asked(service, **said)
    actions.verify_claim(claim.id, by=actor)
    return Claim.objects.get(id=claim.id)


class TestAsking:
    def test_a_link_goes_to_their_address_and_nothing_else_happens(self, service: Service) -> None:
        with holding_jobs() as held:
            claim, _ = asked(service)
        assert [(each.name, each.ids) for each in held] == [("providers.send_claim_link", [str(claim.id)])]
        assert (claim.state, claim.organisation_id) == ("asked", service.organisation_id)
        assert not Invitation.objects.exists()

    def test_the_letter_holds_the_link_that_works(self, service: Service) -> None:
        claim, _ = asked(service)
        for _ in range(2):
            later_jobs.send_claim_link(str(claim.id), by=make.KEEPER)
        message = Message.objects.get()
        assert (message.address, message.template) == ("jo@elsewhere.example.org", "claim-link")
        assert reverse("frontdoor:claim-verify", args=[claim_token(claim.id)]) in message.body

    def test_a_double_click_asks_once(self, service: Service) -> None:
        for _ in range(2):
            actions.claim_organisation(service.id, **JO, token="pressed", by=PUBLIC)
        assert Claim.objects.count() == 1

    def test_a_listing_that_is_not_shown_is_nobodys_to_ask_for(self) -> None:
        hidden = make.service(is_published=False, held_because="Look")
        with pytest.raises(Conflict):
            actions.claim_organisation(hidden.id, **JO, token="x", by=PUBLIC)


class TestVerifying:
    def test_another_address_waits_for_a_steward(self, service: Service) -> None:
        assert waiting(service).state == ClaimState.WAITING
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize("email", ["office@kettle.example.org", "Hello@Kettle.example.org"])
    def test_whoever_reads_a_known_address_is_invited_at_once(self, service: Service, email: str) -> None:
        assert waiting(service, email=email).state == ClaimState.CONFIRMED
        invitation = Invitation.objects.get()
        assert (invitation.role, invitation.organisation_id, invitation.email) == (
            "provider-co-ordinator", service.organisation_id, email.lower(),
        )  # fmt: skip

    def test_pressing_twice_changes_nothing(self, service: Service) -> None:
        claim, actor = asked(service)
        assert [actions.verify_claim(claim.id, by=actor) for _ in range(2)] == [ClaimState.WAITING] * 2
        assert ClaimStep.objects.count() == 1

    def test_only_the_link_of_this_claim(self, cast: Cast, service: Service) -> None:
        claim, actor = asked(service)
        _, other = asked(service, email="x@elsewhere.example.org")
        for by in (other, PUBLIC, cast.actor(cast.steward), replace(actor, purpose="care")):
            with pytest.raises(NotAllowed):
                actions.verify_claim(claim.id, by=by)

    def test_a_link_ends_after_three_days(self, service: Service) -> None:
        claim, _ = asked(service)
        with clock.at(now() + timedelta(days=3)):
            assert claim_actor(claim_token(claim.id)) is None

    @pytest.mark.parametrize("token", ["", "x", "..", "a.b", "0" * 32])
    def test_what_we_did_not_sign_opens_nothing(self, token: str) -> None:
        assert claim_actor(token) is None

    def test_a_link_about_a_listing_is_no_link_about_a_claim(self, service: Service) -> None:
        request = actions.ask_group(service, reached=Reached("email", "a@b.example.org"), by=make.KEEPER)
        claim, _ = asked(service)
        assert claim_actor(refresh_token(request.id)) is None
        assert refresh_actor(claim_token(claim.id)) is None

    def test_the_link_reaches_nothing_of_anybodys(self, service: Service) -> None:
        _, actor = asked(service)
        assert (actor.schemes, actor.organisations, actor.permissions) == (frozenset(), frozenset(), frozenset())


class TestDeciding:
    def test_a_steward_confirms_and_they_are_invited(self, cast: Cast, service: Service) -> None:
        claim = waiting(service)
        actions.confirm_claim(claim, by=cast.actor(cast.steward))
        invitation = Invitation.objects.get()
        assert (invitation.name, invitation.invited_by_id) == ("Jo Okafor", cast.steward.id)
        assert [each.move for each in ClaimStep.objects.order_by("created_at")] == ["verify", "confirm"]

    def test_a_refusal_has_a_reason_and_is_told(self, cast: Cast, service: Service) -> None:
        claim, steward = waiting(service), cast.actor(cast.steward)
        with pytest.raises(Invalid):
            actions.refuse_claim(claim, why_not="", by=steward)
        with holding_jobs() as held:
            actions.refuse_claim(claim, why_not="not-known", by=steward)
        assert [each.name for each in held] == ["providers.tell_claim_refused"]
        for _ in range(2):
            later_jobs.tell_claim_refused(str(claim.id), by=make.KEEPER)
        message = Message.objects.get()
        assert message.address == "jo@elsewhere.example.org" and "does not know of it" in message.body
        assert not Invitation.objects.exists()

    def test_nobody_is_told_no_before_it_is_no(self, service: Service) -> None:
        later_jobs.tell_claim_refused(str(waiting(service).id), by=make.KEEPER)
        assert not Message.objects.exists()

    @pytest.mark.parametrize("who", ["link_worker", "manager", "provider_coordinator", "administrator"])
    def test_nobody_else_decides(self, cast: Cast, service: Service, who: str) -> None:
        claim, by = waiting(service), cast.actor(getattr(cast, who))
        for act in (
            lambda: actions.confirm_claim(claim, by=by),
            lambda: actions.refuse_claim(claim, why_not="other", by=by),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert queries.claim(by, claim.id) is None
        with pytest.raises(NotAllowed):
            invite_claimant(service.organisation_id, name="x", email="x@example.org", by=by)

    @pytest.mark.parametrize(("state", "move"), list(product(ClaimState, [ClaimMove.CONFIRM, ClaimMove.REFUSE])))
    def test_only_moves_of_the_table_exist(
        self, cast: Cast, service: Service, state: ClaimState, move: ClaimMove
    ) -> None:
        claim, by = waiting(service), cast.actor(cast.steward)
        Claim.objects.update(state=state, why_not="other")

        def decide() -> None:
            if move == ClaimMove.CONFIRM:
                actions.confirm_claim(claim, by=by)
            else:
                actions.refuse_claim(claim, why_not="other", by=by)

        if can(CLAIM_MOVES, state, move):
            decide()
        else:
            with pytest.raises(LinkworksError), transaction.atomic():
                decide()
            assert Claim.objects.get().state == state

    def test_somebody_invited_already_is_not_invited_twice(self, cast: Cast, service: Service) -> None:
        first, second = waiting(service), waiting(service)
        actions.confirm_claim(first, by=cast.actor(cast.steward))
        with pytest.raises(Conflict), transaction.atomic():
            actions.confirm_claim(second, by=cast.actor(cast.steward))
        assert Invitation.objects.count() == 1


def test_names_nobody_proved_to_be_theirs_are_forgotten(service: Service) -> None:
    asked(service, email="a@elsewhere.example.org")
    kept = waiting(service)
    with clock.at(now() + timedelta(days=3, minutes=1)):
        jobs.weigh()
    assert [each.id for each in Claim.objects.all()] == [kept.id]


@given(st.emails(), st.lists(st.emails(), max_size=3))
def test_an_address_is_known_however_it_is_written(email: str, known: list[str]) -> None:
    assert rules.is_known_address(f" {email.upper()} ", [*known, email.upper()])
    assert not rules.is_known_address(email, [each for each in known if each.lower() != email.lower()] + [""])


class TestStewardsPages:
    def page(self, cast: Cast, claim: Claim, **post: Any) -> str:
        client, address = cast.client(cast.steward), reverse("directory:steward-claim", args=[claim.id])
        return (client.post(address, post) if post else client.get(address)).content.decode()

    def test_it_says_who_asks_and_where_to_ask_back(self, cast: Cast, service: Service) -> None:
        shown = self.page(cast, waiting(service))
        for words in ("Jo Okafor", "Secretary", "office@kettle.example.org", "hello@kettle.example.org", "knew before"):
            assert words in shown

    def test_it_stands_in_the_queue_and_leaves_it(self, cast: Cast, service: Service) -> None:
        claim, steward = waiting(service), cast.actor(cast.steward)
        assert [each.kind for each in queries.queue(steward) if each.kind == "claim"] == ["claim"]
        client = cast.client(cast.steward)
        response = client.post(reverse("directory:steward-claim-confirm", args=[claim.id]), follow=True)
        assert "is invited to look after" in response.content.decode()
        assert "claim" not in [each.kind for each in queries.queue(steward)]
        again = client.post(reverse("directory:steward-claim-confirm", args=[claim.id]), follow=True)
        assert "decided already" in again.content.decode()
        looked = client.get(reverse("directory:steward-claim", args=[claim.id]), follow=True)
        assert looked.redirect_chain[-1][0] == reverse("directory:steward-queue")
        assert "There is nothing to decide about this claim now" in looked.content.decode()
        late = client.post(reverse("directory:steward-claim", args=[claim.id]), {"why_not": "other"})
        assert late.status_code == 400 and "decided already" in late.content.decode()

    def test_no_needs_a_reason(self, cast: Cast, service: Service) -> None:
        claim = waiting(service)
        assert "Choose why not" in self.page(cast, claim, why_not="")
        self.page(cast, claim, why_not="no-answer")
        assert Claim.objects.get().state == "refused"

    def test_they_are_the_stewards_alone(self, cast: Cast, service: Service) -> None:
        claim = waiting(service)
        for name in ("steward-claim", "steward-claim-confirm"):
            address = reverse(f"directory:{name}", args=[claim.id])
            assert cast.client(cast.link_worker).post(address).status_code == 403
            assert cast.client().post(address).status_code == 302
            assert cast.client(cast.steward).post(reverse(f"directory:{name}", args=[uuid4()])).status_code == 404
        assert Claim.objects.get().state == "waiting"
