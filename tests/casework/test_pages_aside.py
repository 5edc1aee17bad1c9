"""A group that fits on paper and does not suit the person is set aside and put back; where they were sent before is said."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linkworks.casework import actions, queries
from linkworks.casework.models import Goal, SetAside
from linkworks.casework.models.matching import WHY_ASIDE
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.directory.models import Service
from tests.casework.test_pages_matching import matches, shown, started, why
from tests.cast import Cast
from tests.context import acting
from tests.factories import casework as make
from tests.factories import directory
from tests.factories.casework import do


def tables(cast: Cast, *names: str) -> list[Service]:
    return [make.service(cast, name=name, needs=["loneliness"]) for name in names]


def aside(goal: Goal, service: Service | UUID) -> str:
    return reverse("casework:set-aside", args=[goal.pk, getattr(service, "pk", service)])


def back(goal: Goal, service: Service) -> str:
    return reverse("casework:put-back", args=[goal.pk, service.pk])


class TestSettingAside:
    def test_from_a_card_to_a_reason_and_out_of_the_way_until_it_is_put_back(self, cast: Cast) -> None:
        client, _, goal = started(cast)
        loud, calm = tables(cast, "A loud table", "B calm table")
        assert aside(goal, loud) in matches(client, goal)
        asked = client.get(aside(goal, loud)).content.decode()
        assert "Not for them: A loud table" in asked and "The group is not told" in asked
        response = client.post(aside(goal, loud), {"reason": "been", "note": "Too loud for her hearing aid"})
        assert response["Location"] == reverse("casework:goal-match", args=[goal.pk])
        html = matches(client, goal)
        assert shown(html) == ["B calm table"] and "1 service fits" in html
        assert "A loud table is set aside for this goal" in html, "it says what was done"
        for said in (
            "Set aside for this goal (1)",
            "They have been, and it was not for them: Too loud for her hearing aid",
            "Amara",
        ):
            assert said in html, said
        response = client.post(back(goal, loud))
        assert response["Location"] == reverse("casework:goal-match", args=[goal.pk])
        html = matches(client, goal)
        assert shown(html) == ["A loud table", "B calm table"] and "Set aside for" not in html
        assert calm.name in html

    def test_it_counts_for_this_goal_only(self, cast: Cast) -> None:
        client, _, goal = started(cast)
        [one] = tables(cast, "Table")
        _, other, _ = make.planned(cast)
        client.post(aside(goal, one), {"reason": "times"})
        assert shown(matches(client, goal)) == [] and shown(matches(client, other)) == ["Table"]

    def test_too_few_left_so_what_nearly_fits_comes_forward(self, cast: Cast) -> None:
        """What was set aside does not count as something to choose from."""
        client, _, goal = started(cast)
        some = tables(cast, "One", "Two", "Three")
        directory.service(
            cast.provider, name="Further", needs=("loneliness",), places=(directory.place(at=(51.5237, -0.0693)),)
        )
        assert "Nearly fits" not in matches(client, goal)
        client.post(aside(goal, some[0]), {"reason": "not-wanted"})
        assert "Nearly fits" in matches(client, goal)

    def test_asked_by_name_it_says_who_set_it_aside_and_offers_to_put_it_back(self, cast: Cast) -> None:
        client, _, goal = started(cast)
        [one] = tables(cast, "Loud table")
        client.post(aside(goal, one), {"reason": "getting-there"})
        html = why(client, goal, name="loud table")
        assert "It was set aside for this goal. Getting there is too hard" in html
        assert f'action="{back(goal, one)}"' in html

    def test_a_wrong_listing_leads_to_saying_what_is_wrong_with_it(self, cast: Cast) -> None:
        client, _, goal = started(cast)
        [one] = tables(cast, "Table")
        response = client.post(aside(goal, one), {"reason": "listing"}, follow=True)
        assert response.redirect_chain[-1][0] == reverse("frontdoor:report-listing", args=[one.pk])
        assert "Say here what is wrong with its listing" in response.content.decode()

    def test_said_twice_the_newer_words_stand_and_put_back_twice_is_nothing_more(self, cast: Cast) -> None:
        client, _, goal = started(cast)
        [one] = tables(cast, "Table")
        for reason in ("been", "access"):
            client.post(aside(goal, one), {"reason": reason})
        assert list(SetAside.objects.values_list("reason", flat=True)) == ["access"]
        for _ in range(2):
            assert client.post(back(goal, one)).status_code == 302
        assert not SetAside.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({}, "Choose why it does not suit them"),
            ({"reason": "because"}, "Choose one of the answers shown"),
            ({"reason": "other"}, "Say in a few words why"),
            ({"reason": "other", "note": "   "}, "Say in a few words why"),
            ({"reason": "been", "note": "m" * 201}, "must be 200 characters or fewer"),
        ],
    )
    def test_what_is_missing_is_said_and_what_was_typed_stays(
        self, cast: Cast, typed: dict[str, str], said: str
    ) -> None:
        client, _, goal = started(cast)
        [one] = tables(cast, "Table")
        response = client.post(aside(goal, one), typed)
        html = response.content.decode()
        assert response.status_code == 400 and said in html and typed.get("note", "") in html
        assert not SetAside.objects.exists()

    def test_who_may(self, cast: Cast) -> None:
        _, _, goal = started(cast)
        [one] = tables(cast, "Table")
        doors: list[tuple[Callable[[Client], Any], str]] = [
            (lambda client: client.post(aside(goal, one), {"reason": "been"}), "set aside"),
            (lambda client: client.post(back(goal, one)), "put back"),
        ]
        for press, which in doors:
            assert press(cast.client(cast.outsider)).status_code == 404, which
            assert press(cast.client(cast.referrer)).status_code == 403, which
            assert press(cast.client()).status_code == 302, which
            assert not SetAside.objects.exists()
        client = cast.client(cast.link_worker)
        assert client.get(back(goal, one)).status_code == 405
        assert client.delete(aside(goal, one)).status_code == 405

    def test_what_is_not_shown_to_anybody_has_no_such_page(self, cast: Cast) -> None:
        client, _, goal = started(cast)
        [refuge] = tables(cast, "Harbour refuge")
        Service.objects.filter(pk=refuge.pk).update(is_published=False)
        for service in (refuge, uuid4()):
            response = client.get(aside(goal, service))
            assert response.status_code == 404 and "Harbour" not in response.content.decode()
            assert client.post(aside(goal, service), {"reason": "been"}).status_code == 404

    def test_statements_do_not_grow_with_what_is_set_aside(
        self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client, _, goal = started(cast)
        actor = cast.actor(cast.link_worker)
        for one in tables(cast, *(f"Table {number}" for number in range(6))):
            do(actor, actions.set_aside, goal, service_id=one.pk, reason="been")
        matches(client, goal)
        with django_assert_max_num_queries(45):
            assert matches(client, goal).count("Put back") == 6


class TestAction:
    @pytest.mark.parametrize(("reason", "note"), [("", ""), ("because", ""), ("other", ""), ("other", " ")])
    def test_no_reason_is_no_reason(self, cast: Cast, reason: str, note: str) -> None:
        _, _, goal = started(cast)
        [one] = tables(cast, "Table")
        with pytest.raises(Invalid):
            do(cast.actor(cast.link_worker), actions.set_aside, goal, service_id=one.pk, reason=reason, note=note)

    def test_nothing_of_a_goal_that_was_reviewed_changes(self, cast: Cast) -> None:
        _, _, goal = started(cast)
        [one] = tables(cast, "Table")
        Goal.objects.filter(pk=goal.pk).update(state="achieved")
        for act, facts in ((actions.set_aside, {"reason": "been"}), (actions.put_back, {})):
            with pytest.raises(NotAllowed):
                do(cast.actor(cast.link_worker), act, goal, service_id=one.pk, **facts)

    def test_every_reason_is_kept_and_no_other_can_be_written(self, cast: Cast) -> None:
        _, _, goal = started(cast)
        [one] = tables(cast, "Table")
        for reason, _ in WHY_ASIDE:
            kept = do(
                cast.actor(cast.link_worker), actions.set_aside, goal, service_id=one.pk, reason=reason, note="So"
            )
            assert (kept.reason, kept.made_by_name) == (reason, cast.link_worker.name)
        with acting(cast.actor(cast.link_worker)), pytest.raises(IntegrityError), transaction.atomic():
            SetAside.objects.update(reason="unheard-of")


class TestBefore:
    def sent(self, cast: Cast, goal: Goal, service: Service) -> Any:
        return do(cast.actor(cast.link_worker), actions.connect, goal, service_id=service.pk, sharing=make.SHARED)

    def test_while_it_goes_on_the_card_leads_to_it_and_not_to_a_second_start(self, cast: Cast) -> None:
        client, _, goal = started(cast)
        [one] = tables(cast, "Table")
        sent = self.sent(cast, goal, one)
        html = matches(client, goal)
        assert "They were sent there before" in html and "Waiting for an answer" in html
        assert reverse("casework:connection", args=[sent.pk]) in html and "See how it stands" in html
        assert reverse("casework:connect", args=[goal.pk, one.pk]) not in html

    def test_after_a_no_it_says_so_and_can_be_chosen_again(self, cast: Cast) -> None:
        client, _, goal = started(cast)
        [one] = tables(cast, "Table")
        sent = self.sent(cast, goal, one)
        do(
            cast.actor(cast.link_worker),
            actions.record_answer,
            sent,
            answer="decline",
            reason="full",
            words="In spring",
        )
        html = matches(client, goal)
        assert "Declined" in html and "In spring" in html
        assert reverse("casework:connect", args=[goal.pk, one.pk]) in html and aside(goal, one) in html

    def test_the_newest_counts_and_somebody_elses_does_not(self, cast: Cast) -> None:
        client, case, goal = started(cast)
        [one] = tables(cast, "Table")
        _, theirs, _ = make.planned(cast)
        self.sent(cast, theirs, one)
        assert "sent there before" not in matches(client, goal), "another person's connection is nobody's business here"
        first = self.sent(cast, goal, one)
        do(cast.actor(cast.link_worker), actions.withdraw_connection, first, reason="Ill")
        second = self.sent(cast, goal, one)
        with acting(cast.actor(cast.link_worker)):
            assert queries.asked_before(case)[one.pk].pk == second.pk
