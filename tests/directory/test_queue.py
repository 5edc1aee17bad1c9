"""The stewards' queue: everything that waits, the riskiest first, each leading to its page."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core.actor import PUBLIC
from linkworks.core.clock import now, today
from linkworks.directory import actions, queries
from linkworks.directory.models import (
    DuplicatePair,
    EmptySearch,
    HeldFact,
    ImportRun,
    ProposedEdit,
    RefreshRequest,
    Service,
    Source,
)
from linkworks.directory.presenters.queue import COLOURS, LABELS
from linkworks.directory.rules.queue import RISK, Waiting, in_order
from linkworks.directory.rules.refreshing import Reached
from tests.cast import Cast
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
WAITING = st.builds(
    Waiting, st.sampled_from(list(RISK)), st.text(max_size=3), st.just(""), st.just("/"), st.datetimes()
)


@given(st.lists(WAITING, max_size=12))
def test_the_riskiest_and_then_the_longest_waiting_come_first(waiting: list[Waiting]) -> None:
    ordered = in_order(waiting)
    assert sorted(map(repr, ordered)) == sorted(map(repr, waiting))
    for first, second in pairwise(ordered):
        assert (-first.risk, first.since) <= (-second.risk, second.since)


def test_every_kind_has_its_words() -> None:
    assert set(LABELS) == set(RISK) >= set(COLOURS)
    assert len(set(RISK.values())) == len(RISK)


def one_of_each(cast: Cast) -> None:
    """Something of every kind that can wait."""
    service = make.service(cast.provider, name="Reported")
    for reason in ("unsafe", "closed"):
        actions.report_listing(service.id, reason=reason, token=reason, by=PUBLIC)
    seen = queries.own_facts(service)["seen"]
    actions.edit_own(service, facts={"phone": "020 7946 0111"}, seen=seen, by=cast.actor(cast.provider_coordinator))
    for name, days in (("Hidden pantry", -1), ("Ending pantry", 5), ("Fresh pantry", 90)):
        pantry = make.service(name=name, kinds=("food-bank-and-pantry",))
        Service.objects.filter(id=pantry.id).update(offered_until=today() + timedelta(days=days))
    Service.objects.filter(id=make.service(name="Gone").id).update(gone_since=today() - timedelta(days=3))
    actions.hold(make.service(name="Held"), because="Look at its number", by=make.KEEPER)
    actions.lapse(
        actions.ask_group(make.service(name="Silent"), reached=Reached("email", "a@b.example.org"), by=make.KEEPER),
        by=make.KEEPER,
    )
    from_lists()
    EmptySearch.objects.create(code="x", words="beekeeping", times=7, last_at=now())


def from_lists(number: int = 0) -> None:
    """What lists and feeds leave to a steward: a reading that waits, a changed number, and a club that two lists have."""
    source = Source.objects.create(name=f"Bramblewick {number}")
    ImportRun.objects.create(source=source, state="waiting", waits_because="It would change 3 of 4 listings.")
    one, other = (make.service(name=f"Supper {number} {letter}") for letter in "ab")
    HeldFact.objects.create(service=one, field="phone", was="020 7946 0111", offered="020 7946 0222", value="0")
    low, high = sorted([one.id, other.id])
    DuplicatePair.objects.create(one_id=low, other_id=high, reasons=["a similar name", "the same place"])


def waiting(cast: Cast) -> list[Waiting]:
    return queries.queue(cast.actor(cast.steward))


def test_everything_that_waits_is_there_in_its_order(cast: Cast) -> None:
    one_of_each(cast)
    found = waiting(cast)
    kinds = [each.kind for each in found]
    assert kinds == [
        *("unsafe", "hidden", "changed", "edit", "reading", "ending", "wrong"),
        *("gone", "held", "silent", "twice", "searched", "gap"),
    ]
    titles = {each.kind: each.title for each in found}
    assert (titles["hidden"], titles["ending"]) == ("Hidden pantry", "Ending pantry")
    assert "Fresh pantry" not in titles.values()
    assert {each.kind for each in found} | {"claim"} == set(RISK)


def test_each_leads_to_a_page_that_opens(cast: Cast) -> None:
    one_of_each(cast)
    client = cast.client(cast.steward)
    for each in waiting(cast):
        assert client.get(each.href).status_code == 200, each


def test_what_was_dealt_with_waits_no_longer(cast: Cast) -> None:
    one_of_each(cast)
    steward = cast.actor(cast.steward)
    for report in queries.reports_of(Service.objects.get(name="Reported")):
        actions.deal_with_report(report, done="Rang them", by=steward)
    actions.accept_edit(ProposedEdit.objects.get(), by=steward)
    for name in ("Hidden pantry", "Ending pantry", "Gone", "Silent"):
        actions.confirm_listing(Service.objects.get(name=name), by=steward)
    actions.publish(Service.objects.get(name="Held"), by=steward)
    actions.decide_held_fact(HeldFact.objects.get(), use=False, by=steward)
    actions.drop_run(ImportRun.objects.get(), by=steward)
    actions.say_different(DuplicatePair.objects.get(), by=steward)
    assert [each.kind for each in waiting(cast)] == ["searched", "gap"]


def test_a_listing_that_was_joined_waits_for_nobody_until_it_is_taken_back(cast: Cast) -> None:
    from_lists()
    pair, steward = DuplicatePair.objects.get(), cast.actor(cast.steward)
    actions.join_listings(pair, lead_id=pair.one_id, by=steward)
    assert {"held", "twice"} & {each.kind for each in waiting(cast)} == set()
    actions.undo_pair(pair, by=steward)
    assert [each.kind for each in waiting(cast)].count("twice") == 1


def test_a_group_that_is_asked_again_is_not_silent(cast: Cast) -> None:
    service, reached = make.service(), Reached("email", "a@b.example.org")
    actions.lapse(actions.ask_group(service, reached=reached, by=make.KEEPER), by=make.KEEPER)
    RefreshRequest.objects.update(asked_on=today() - timedelta(days=40))
    assert "silent" in [each.kind for each in waiting(cast)]
    actions.ask_group(service, reached=reached, by=make.KEEPER)
    assert "silent" not in [each.kind for each in waiting(cast)]


class TestPage:
    def page(self, cast: Cast, **query: str) -> str:
        return cast.client(cast.steward).get(reverse("directory:steward-queue"), query).content.decode()

    def test_it_says_what_waits_and_why(self, cast: Cast) -> None:
        one_of_each(cast)
        shown = self.page(cast)
        for words in ("May harm somebody", "Hidden pantry", "Telephone: nothing → 020 7946 0111", "beekeeping"):
            assert words in shown
        for words in (
            "Telephone: 020 7946 0111 → 020 7946 0222",
            "Reading of Bramblewick 0",
            "It would change 3 of 4 listings. Nothing is changed before you decide",
            "They share a similar name, the same place",
        ):
            assert words in shown

    def test_one_kind_at_a_time(self, cast: Cast) -> None:
        one_of_each(cast)
        shown = self.page(cast, kind="held")
        assert "Look at its number" in shown and "Hidden pantry" not in shown

    def test_words_find_what_says_them_of_any_kind_and_the_kind_stays(self, cast: Cast) -> None:
        one_of_each(cast)
        shown = self.page(cast, q="  bramblewick ")
        assert "Reading of Bramblewick 0" in shown and "Hidden pantry" not in shown
        assert "?kind=reading&amp;q=++bramblewick+" in shown
        assert "Nothing was found for “zebra”" in self.page(cast, q="zebra")
        assert "Reading of" not in self.page(cast, q="bramblewick", kind="held")

    def test_a_changed_number_has_a_page_until_it_is_decided(self, cast: Cast) -> None:
        from_lists()
        held, client = HeldFact.objects.get(), cast.client(cast.steward)
        address = reverse("directory:held-fact", args=[held.id])
        shown = client.get(address).content.decode()
        assert "020 7946 0222" in shown and "All that wait" in shown
        assert HeldFact.objects.get().state == "waiting", "a look decides nothing"
        client.post(address, {"use": "no"})
        assert "decided already" in client.get(address, follow=True).content.decode()
        assert "changed" not in [each.kind for each in waiting(cast)]

    def test_an_empty_queue_says_thank_you(self, cast: Cast) -> None:
        shown = self.page(cast, kind="unsafe")
        assert "Nothing waits" in shown

    @pytest.mark.parametrize("who", ["link_worker", "manager", "provider_coordinator"])
    def test_it_is_the_stewards_alone(self, cast: Cast, who: str) -> None:
        user = getattr(cast, who)
        assert cast.client(user).get(reverse("directory:steward-queue")).status_code == 403
        assert queries.queue(cast.actor(user)) == []

    def test_statements_do_not_grow(self, cast: Cast, django_assert_max_num_queries: Any) -> None:
        client = cast.client(cast.steward)
        for number in range(6):
            service = make.service(name=f"Club {number}")
            actions.report_listing(service.id, reason="closed", token=str(number), by=PUBLIC)
            actions.hold(service, because="Look", by=make.KEEPER)
            from_lists(number)
        with django_assert_max_num_queries(25):
            client.get(reverse("directory:steward-queue"))
