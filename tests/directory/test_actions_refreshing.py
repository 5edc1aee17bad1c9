"""A group's answer by link: what it says, what it confirms, who hears of it, and taking it back."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linkworks.core.actor import PUBLIC, Actor
from linkworks.core.clock import now, today
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.states import can
from linkworks.directory import actions, queries
from linkworks.directory.access import refresh_actor, refresh_token
from linkworks.directory.models import Confirmation, ListingChange, ListingReport, RefreshRequest, RefreshStep, Service
from linkworks.directory.rules.refreshing import Reached
from linkworks.directory.states import REFRESH_REQUEST_MOVES, RefreshMove, RefreshState
from tests.cast import Cast
from tests.factories import directory as make

CHECKED = {"verified_on": today() - timedelta(days=100), "verified_by": "a directory steward", "capacity_places": 9}
pytestmark = pytest.mark.usefixtures("everything")
REACHED = Reached("email", "hello@kettle.example.org")


def asked(service: Service | None = None) -> tuple[RefreshRequest, Actor]:
    request = actions.ask_group(service or make.service(), reached=REACHED, by=make.KEEPER)
    actor = refresh_actor(refresh_token(request.id))
    assert actor is not None
    return request, actor


def fresh(service: Service) -> Service:
    return Service.objects.get(id=service.id)


def everything_of(service: Service) -> dict[str, Any]:
    row = Service.objects.values("verified_on", "verified_by", "capacity_places", "capacity_checked_on", "trust").get(
        id=service.id
    )
    return {**row, "times": service.schedules.count()}


class TestLinks:
    def test_a_link_opens_one_request_and_may_do_nothing_else(self) -> None:
        request, actor = asked()
        assert (actor.link_id, actor.permissions, actor.schemes, actor.organisations) == (
            request.id, frozenset(), frozenset(), frozenset(),
        )  # fmt: skip
        assert not actor.is_signed_in

    @pytest.mark.parametrize("spoilt", ["", "x", "..", "a.b", "0" * 32, "é"])
    def test_what_we_did_not_sign_opens_nothing(self, spoilt: str) -> None:
        assert refresh_actor(spoilt) is None

    def test_a_letter_changed_opens_nothing(self) -> None:
        token = refresh_token(asked()[0].id)
        changed = ("0" if token[0] != "0" else "1") + token[1:]
        assert refresh_actor(changed) is None

    def test_a_link_ends_after_a_month_and_when_they_want_no_more(self) -> None:
        request, actor = asked()
        RefreshRequest.objects.update(expires_at=now() - timedelta(seconds=1))
        assert refresh_actor(refresh_token(request.id)) is None
        RefreshRequest.objects.update(expires_at=now() + timedelta(days=1))
        actions.stop_asking(request.id, by=actor)
        assert refresh_actor(refresh_token(request.id)) is None

    def test_another_link_is_refused(self) -> None:
        request, _ = asked()
        _, other = asked(make.service(name="Another"))
        for act in (actions.undo_refresh, actions.stop_asking):
            with pytest.raises(NotAllowed):
                act(request.id, by=other)
        with pytest.raises(NotAllowed):
            actions.answer_refresh(request.id, answer="right", by=other)

    def test_nobody_else_answers_for_them(self, cast: Cast) -> None:
        request, actor = asked()
        for by in (PUBLIC, cast.actor(cast.steward), cast.actor(cast.link_worker), replace(actor, purpose="provider")):
            with pytest.raises(NotAllowed):
                actions.answer_refresh(request.id, answer="right", by=by)

    def test_one_open_request_at_a_time(self) -> None:
        service = make.service()
        asked(service)
        with pytest.raises(IntegrityError), transaction.atomic():
            asked(service)


class TestAnswering:
    def test_still_right_confirms_the_whole_listing(self) -> None:
        request, actor = asked(service := make.service())
        actions.answer_refresh(request.id, answer="right", by=actor)
        row = fresh(service)
        assert (row.verified_on, row.verified_by, row.trust) == (today(), "the group", 100)
        assert not ListingReport.objects.exists()
        assert RefreshStep.objects.get().move == RefreshMove.ANSWER
        assert "the group" in queries.service_page(PUBLIC, service.id).service.verified_by  # type: ignore[union-attr]

    def test_places_left_are_counted_beside_those_who_come(self) -> None:
        request, actor = asked(service := make.service(capacity_places=5, places_taken=4))
        actions.answer_refresh(request.id, answer="right", places_left=3, by=actor)
        assert (fresh(service).capacity_places, fresh(service).capacity_checked_on) == (7, today())
        change = ListingChange.objects.get(field="capacity_places")
        assert (change.was, change.became) == ("5", "7")

    def test_no_place_left_is_full(self) -> None:
        request, actor = asked(service := make.service(capacity_places=5, places_taken=4))
        actions.answer_refresh(request.id, answer="right", places_left=0, by=actor)
        assert fresh(service).capacity_places == 4

    def test_the_next_date_is_the_next_one_shown(self) -> None:
        request, actor = asked(service := make.service(sessions=()))
        day = today() + timedelta(days=9)
        actions.answer_refresh(request.id, answer="right", next_on=day, by=actor)
        page = queries.service_page(PUBLIC, service.id)
        assert page is not None and page.going.session is not None
        assert page.going.session.day == day
        assert day.isoformat() in fresh(service).document

    @pytest.mark.parametrize(("answer", "reason"), [("wrong", "says"), ("closed", "closed")])
    def test_what_is_wrong_reaches_a_steward_and_confirms_nothing(self, answer: str, reason: str) -> None:
        request, actor = asked(service := make.service())
        actions.answer_refresh(request.id, answer=answer, words="It is on Wednesday now", by=actor)
        report = ListingReport.objects.get()
        assert (report.reason, report.said, report.by_name) == (reason, "It is on Wednesday now", actor.name)
        assert (fresh(service).verified_on, fresh(service).trust) == (None, 0)

    def test_what_is_right_of_a_listing_that_is_wrong_is_confirmed(self) -> None:
        request, actor = asked(service := make.service())
        actions.answer_refresh(request.id, answer="wrong", words="Phone", places_left=2, next_on=today(), by=actor)
        assert fresh(service).trust == 35

    @pytest.mark.parametrize(
        "said", [{"answer": "perhaps"}, {"answer": ""}, {"answer": "right", "next_on": today() - timedelta(days=1)}]
    )
    def test_what_does_not_hold_together_changes_nothing(self, said: dict[str, Any]) -> None:
        request, actor = asked(service := make.service())
        with pytest.raises(Invalid), transaction.atomic():
            actions.answer_refresh(request.id, by=actor, **said)
        assert fresh(service).verified_on is None
        assert RefreshRequest.objects.get().state == RefreshState.ASKED

    def test_it_is_answered_once(self) -> None:
        request, actor = asked()
        actions.answer_refresh(request.id, answer="right", by=actor)
        with pytest.raises(NotAllowed):
            actions.answer_refresh(request.id, answer="closed", by=actor)


class TestUndoing:
    @pytest.mark.parametrize(
        ("answer", "left", "days", "known"),
        list(product(["right", "wrong", "closed"], [None, 3], [None, 5], [{}, CHECKED])),
    )  # fmt: skip
    def test_everything_is_as_it_was(
        self, answer: str, left: int | None, days: int | None, known: dict[str, Any]
    ) -> None:
        service = make.service(**known)
        before = everything_of(service)
        request, actor = asked(service)
        next_on = None if days is None else today() + timedelta(days=days)
        actions.answer_refresh(request.id, answer=answer, words="x", places_left=left, next_on=next_on, by=actor)
        assert everything_of(service) != before or answer != "right"
        actions.undo_refresh(request.id, by=actor)
        assert everything_of(service) == before
        assert not ListingReport.objects.filter(state="open").exists()
        assert RefreshRequest.objects.get().state == RefreshState.ASKED

    def test_they_can_answer_again_and_all_of_it_stays_in_the_history(self) -> None:
        request, actor = asked(service := make.service())
        actions.answer_refresh(request.id, answer="right", by=actor)
        actions.undo_refresh(request.id, by=actor)
        actions.answer_refresh(request.id, answer="right", by=actor)
        assert [each.move for each in RefreshStep.objects.order_by("created_at")] == ["answer", "undo", "answer"]
        assert fresh(service).trust == 100
        assert Confirmation.objects.count() == 3

    def test_what_was_not_answered_cannot_be_undone(self) -> None:
        request, actor = asked()
        with pytest.raises(NotAllowed):
            actions.undo_refresh(request.id, by=actor)


@pytest.mark.parametrize(("state", "move"), list(product(RefreshState, RefreshMove)))
def test_only_moves_of_the_table_exist(state: RefreshState, move: RefreshMove) -> None:
    request, actor = asked()
    RefreshRequest.objects.update(state=state)
    doing = {
        RefreshMove.REMIND: lambda: actions.remind(RefreshRequest.objects.get(), by=make.KEEPER),
        RefreshMove.LAPSE: lambda: actions.lapse(RefreshRequest.objects.get(), by=make.KEEPER),
        RefreshMove.ANSWER: lambda: actions.answer_refresh(request.id, answer="right", by=actor),
        RefreshMove.UNDO: lambda: actions.undo_refresh(request.id, by=actor),
        RefreshMove.STOP: lambda: actions.stop_asking(request.id, by=actor),
    }[move]
    if can(REFRESH_REQUEST_MOVES, state, move):
        doing()
        assert RefreshStep.objects.get().to_state == RefreshRequest.objects.get().state
    else:
        with pytest.raises(NotAllowed), transaction.atomic():
            doing()
        assert RefreshRequest.objects.get().state == state
