"""A listing says what it leaves open, to those who can say it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.directory import actions
from linkworks.directory.models import Service
from linkworks.directory.queries import parts_of
from linkworks.directory.rules import going
from linkworks.directory.rules.completeness import QUESTIONS, SAYS_LITTLE
from tests.cast import Cast
from tests.factories import directory as make
from tests.factories import pictures

from .pages import page, said, statements

pytestmark = pytest.mark.usefixtures("everything")
LIKE = dict.fromkeys(("what_happens", "who_comes", "first_visit", "bring_someone", "quiet_times"), "Yes.")
EVERYTHING: dict[str, Any] = {
    **LIKE,
    "getting_there": "Bus 12.",
    "who_it_is_for": "Anybody.",
    "phone": "020 7946 0000",
    "ask_for": "Maggie",
    "access_needs": ("step-free",),
    "languages": ("en",),
}


def stored(service: Service) -> Service:
    return Service.objects.get(id=service.id)


def test_a_listing_knows_what_it_leaves_open_from_the_day_it_is_added() -> None:
    service = stored(make.service())
    assert service.completeness == 100 * 4 // 23  # what it is, when, where and the cost
    assert service.unsaid[:2] == ["what_happens", "first_visit"]


def test_a_photo_answers_the_last_question_and_taking_it_away_opens_it(cast: Cast) -> None:
    service = make.service(**EVERYTHING)
    assert stored(service).unsaid == ["photos"]
    kept = actions.add_photo(service, file=pictures.photo(), shows="The door", by=make.KEEPER)
    assert (stored(service).completeness, stored(service).unsaid) == (100, [])
    actions.remove_photo(kept, by=make.KEEPER)
    assert stored(service).unsaid == ["photos"]


def test_taking_the_times_away_opens_when(cast: Cast) -> None:
    service = make.service()
    rows = parts_of(service)["sessions"]
    actions.change_going(service, part="sessions", number=1, fact=None, seen=going.mark(rows), by=make.KEEPER)
    assert "when" in stored(service).unsaid


class TestTheSteward:
    def test_the_listings_page_says_what_to_say_next(self, steward: Client) -> None:
        shown = said(steward, page("steward-edit", make.service().id))
        assert "It answers 17% of what people ask" in shown
        assert "<li>what happens there</li>" in shown and "<li>how to get there, step by step</li>" in shown

    def test_when_nothing_is_open_it_says_so(self, steward: Client) -> None:
        service = make.service(**EVERYTHING)
        actions.add_photo(service, file=pictures.photo(), shows="The door", by=make.KEEPER)
        assert "It answers all that people ask before they come." in said(steward, page("steward-edit", service.id))

    def test_before_it_is_worked_out_nothing_is_said_of_it(self, steward: Client) -> None:
        service = make.service()
        Service.objects.update(completeness=None, unsaid=[])
        shown = said(steward, page("steward-edit", service.id))
        assert "people ask before they come" not in shown
        assert "There are no listings here" in said(steward, page("steward-list") + "?view=brief")

    def test_those_that_say_little_stand_together_the_barest_first(self, steward: Client) -> None:
        owner = make.organisation()
        make.service(owner, name="Middling", what_happens="We eat.")
        make.service(owner, name="Full", **EVERYTHING)
        make.service(owner, name="Bare")
        shown = said(steward, page("steward-list") + "?view=brief")
        assert shown.index("Bare") < shown.index("Middling") and "Full" not in shown
        assert "Answers 17% of what people ask" in shown and "the barest first" in shown
        assert all((each.completeness or 0) < SAYS_LITTLE for each in Service.objects.exclude(name="Full"))

    def test_none_is_an_empty_view(self, steward: Client) -> None:
        make.service(**EVERYTHING)
        assert "There are no listings here" in said(steward, page("steward-list") + "?view=brief")

    def test_queries_do_not_grow(self, steward: Client) -> None:
        address, owner = page("steward-list") + "?view=brief", make.organisation()
        make.service(owner)
        few = statements(steward, address)
        for number in range(5):
            make.service(owner, name=f"Club {number}")
        assert statements(steward, address) == few


def test_the_group_reads_the_same_of_its_own(cast: Cast) -> None:
    service = make.service(cast.provider)
    shown = said(cast.client(cast.provider_coordinator), reverse("providers:own-listing", args=[service.id]))
    assert "It answers 17% of what people ask" in shown and "<li>what happens there</li>" in shown


def test_each_question_can_be_answered_on_a_form() -> None:
    """Nobody is asked for what they have no room to say."""
    from linkworks.directory.forms.facts import FactsForm

    elsewhere = {"photos", "when", "where", "cost", "contact", "access", "languages"}
    assert {each.id for each in QUESTIONS} - elsewhere <= set(FactsForm.base_fields)
