"""A group changes its listing: words at once, what leads people to it when a steward has looked; and versions."""

from itertools import product
from typing import Any

import pytest
from django.db import transaction

from linkworks.core.errors import Conflict, Invalid, LinkworksError, NotAllowed
from linkworks.core.later import holding_jobs
from linkworks.core.states import can
from linkworks.directory import actions, queries
from linkworks.directory.models import (
    Confirmation,
    ListingChange,
    ListingVersion,
    ProposedEdit,
    ProposedEditStep,
    Service,
    Source,
)
from linkworks.directory.rules import proposing
from linkworks.directory.states import PROPOSED_EDIT_MOVES, ProposedEditMove, ProposedEditState
from tests.cast import Cast
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")


@pytest.fixture
def service(cast: Cast) -> Service:
    make.postcode("SE154QN", at=(51.47, -0.06), borough="E09000028")
    return make.service(cast.provider, phone="020 7946 0000", email="hello@kettle.example.org", ask_for="Maggie")


def own(cast: Cast, service: Service, **facts: Any) -> list[str]:
    service = fresh(service)
    now = queries.own_facts(service)
    return actions.edit_own(service, facts=facts, seen=now["seen"], by=cast.actor(cast.provider_coordinator))


def fresh(service: Service) -> Service:
    return Service.objects.get(id=service.id)


def proposed(cast: Cast, service: Service, **facts: Any) -> ProposedEdit:
    own(cast, service, **facts)
    return ProposedEdit.objects.filter(state="waiting").latest("created_at")


class TestTheGroup:
    def test_its_words_are_shown_at_once(self, cast: Cast, service: Service) -> None:
        assert own(cast, service, description="Soup on Tuesdays", first_visit="Come early") == []
        assert (fresh(service).description, fresh(service).first_visit) == ("Soup on Tuesdays", "Come early")
        assert "Soup on Tuesdays" in fresh(service).document
        assert {each.by_name for each in ListingChange.objects.all()} == {cast.provider_coordinator.name}

    @pytest.mark.parametrize(
        ("field", "becomes"),
        [
            ("name", "Wednesday lunch club"),
            ("phone", "020 7946 0999"),
            ("email", "new@kettle.example.org"),
            ("url", "https://kettle.example.org"),
            ("referral_email", "new@kettle.example.org"),
            ("payee", "Kettle and Company CIC"),
        ],
    )
    def test_what_leads_people_to_it_waits(self, cast: Cast, service: Service, field: str, becomes: str) -> None:
        before = queries.own_facts(service)
        assert own(cast, service, **{field: becomes}) == [field]
        assert queries.own_facts(fresh(service)) == before
        edit = ProposedEdit.objects.get()
        assert (edit.field, edit.was, edit.becomes, edit.state) == (field, before[field], becomes, "waiting")

        with holding_jobs() as held:
            actions.accept_edit(edit, by=cast.actor(cast.steward))
        assert [each.name for each in held] == ["providers.tell_edit_decided"]
        assert queries.own_facts(fresh(service))[field] == becomes
        assert becomes in fresh(service).document or field in {"referral_email", "payee"}

    def test_every_fact_that_waits_is_tried_above(self) -> None:
        assert len(proposing.WAITS) == 6

    def test_proposing_again_replaces_what_waits(self, cast: Cast, service: Service) -> None:
        own(cast, service, phone="020 7946 0111")
        own(cast, service, phone="020 7946 0222")
        assert own(cast, service, phone="020 7946 0222") == []
        assert list(ProposedEdit.objects.order_by("created_at").values_list("state", flat=True)) == [
            "replaced",
            "waiting",
        ]

    def test_sending_it_as_it_is_shown_takes_back_what_waits(self, cast: Cast, service: Service) -> None:
        own(cast, service, phone="020 7946 0111")
        own(cast, service, phone="020 7946 0000")
        assert ProposedEdit.objects.get().state == "replaced"

    def test_nobody_writes_over_what_they_never_saw(self, cast: Cast, service: Service) -> None:
        seen, by = queries.own_facts(service)["seen"], cast.actor(cast.provider_coordinator)
        own(cast, service, description="Changed")
        with pytest.raises(Conflict):
            actions.edit_own(service, facts={"description": "Other"}, seen=seen, by=by)

    def test_a_name_is_needed(self, cast: Cast, service: Service) -> None:
        with pytest.raises(Invalid):
            own(cast, service, name="  ")

    @pytest.mark.parametrize("who", ["other_provider_coordinator", "session_leader", "link_worker", "steward"])
    def test_only_its_own_co_ordinators(self, cast: Cast, service: Service, who: str) -> None:
        seen = queries.own_facts(service)["seen"]
        with pytest.raises(NotAllowed):
            actions.edit_own(service, facts={"description": "x"}, seen=seen, by=cast.actor(getattr(cast, who)))
        assert fresh(service).description == service.description

    def test_what_the_group_says_wins_over_its_feed(self, cast: Cast, service: Service) -> None:
        Service.objects.filter(id=service.id).update(source=Source.objects.create(name="Council"))
        own(cast, fresh(service), description="Ours")
        assert fresh(service).kept_here == ["description"]


class TestTheSteward:
    def test_a_refusal_has_a_reason_and_changes_nothing(self, cast: Cast, service: Service) -> None:
        edit = proposed(cast, service, phone="020 7946 0111")
        with pytest.raises(Invalid):
            actions.refuse_edit(edit, why_not="", by=cast.actor(cast.steward))
        actions.refuse_edit(edit, why_not="not-confirmed", by=cast.actor(cast.steward))
        assert fresh(service).phone == "020 7946 0000"
        assert ProposedEditStep.objects.get().to_state == "refused"

    def test_what_was_accepted_counts_as_confirmed(self, cast: Cast, service: Service) -> None:
        actions.accept_edit(proposed(cast, service, phone="020 7946 0111"), by=cast.actor(cast.steward))
        assert (Confirmation.objects.get().fact, fresh(service).trust) == ("contact", 25)

    def test_a_listing_that_changed_since_is_looked_at_again(self, cast: Cast, service: Service) -> None:
        edit = proposed(cast, service, phone="020 7946 0111")
        Service.objects.filter(id=service.id).update(phone="020 7946 0333")
        with pytest.raises(Conflict):
            actions.accept_edit(edit, by=cast.actor(cast.steward))

    @pytest.mark.parametrize("who", ["provider_coordinator", "link_worker", "manager"])
    def test_nobody_else_decides(self, cast: Cast, service: Service, who: str) -> None:
        edit, by = proposed(cast, service, phone="020 7946 0111"), cast.actor(getattr(cast, who))
        for act in (
            lambda: actions.accept_edit(edit, by=by),
            lambda: actions.refuse_edit(edit, why_not="other", by=by),
        ):
            with pytest.raises(NotAllowed):
                act()

    @pytest.mark.parametrize(
        ("state", "move"), list(product(ProposedEditState, [ProposedEditMove.ACCEPT, ProposedEditMove.REFUSE]))
    )
    def test_what_is_decided_stays_decided(
        self, cast: Cast, service: Service, state: ProposedEditState, move: ProposedEditMove
    ) -> None:
        edit, by = proposed(cast, service, phone="020 7946 0111"), cast.actor(cast.steward)
        ProposedEdit.objects.update(state=state, why_not="other")

        def decide() -> None:
            if move == ProposedEditMove.ACCEPT:
                actions.accept_edit(edit, by=by)
            else:
                actions.refuse_edit(edit, why_not="other", by=by)

        if can(PROPOSED_EDIT_MOVES, state, move):
            decide()
        else:
            with pytest.raises(LinkworksError), transaction.atomic():
                decide()
        assert (fresh(service).phone == "020 7946 0111") is (state == "waiting" and move == "accept")


class TestVersions:
    def test_each_change_keeps_what_was_said_before(self, cast: Cast, service: Service) -> None:
        own(cast, service, description="Second")
        own(cast, service, description="Third")
        said = [each.facts["description"] for each in queries.versions_of(service)]
        assert said == ["Third", "Second", "A hot lunch and good company."]

    def test_one_is_brought_back_and_that_can_be_undone_too(self, cast: Cast, service: Service) -> None:
        own(cast, service, description="Second", first_visit="Come early")
        steward, first = cast.actor(cast.steward), queries.versions_of(service)[-1]
        assert sorted(actions.restore_version(first, by=steward)) == ["description", "first_visit"]
        assert fresh(service).description == "A hot lunch and good company."
        newest = queries.versions_of(service)
        assert [each.facts["description"] for each in newest][:2] == ["A hot lunch and good company.", "Second"]
        actions.restore_version(newest[1], by=steward)
        assert (fresh(service).description, fresh(service).first_visit) == ("Second", "Come early")

    def test_nothing_is_brought_back_that_is_there(self, cast: Cast, service: Service) -> None:
        own(cast, service, description="Second")
        with pytest.raises(Conflict):
            actions.restore_version(queries.versions_of(service)[0], by=cast.actor(cast.steward))

    def test_only_stewards_bring_back(self, cast: Cast, service: Service) -> None:
        own(cast, service, description="Second")
        version = ListingVersion.objects.last()
        assert version is not None
        with pytest.raises(NotAllowed):
            actions.restore_version(version, by=cast.actor(cast.provider_coordinator))
        assert queries.version(cast.actor(cast.link_worker), version.id) is None

    def test_saving_what_is_said_already_keeps_no_version(self, cast: Cast, service: Service) -> None:
        own(cast, service, description=service.description)
        assert not ListingVersion.objects.exists()
