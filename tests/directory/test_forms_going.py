"""The forms for one time, one place and one price, without a page: what they show, ask and understand."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkworks.core import vocabulary
from linkworks.directory.forms.going import OneForm, RemoveForm, form_of
from linkworks.directory.forms.going.places import OwnPlaceForm, PlaceForm, accessibility
from linkworks.directory.forms.going.prices import CostForm
from linkworks.directory.forms.going.times import TimeForm
from linkworks.directory.queries import One
from linkworks.directory.rules.facts import AccessFacts, CostFacts, PlaceFacts, SessionFacts

BAKERY = PlaceFacts(
    name="The Old Bakery", address_1="4 Choumert Road", city="London", postcode="SE15 5DD", latitude=51.4
)
HALL = PlaceFacts(address_1="9 Rye Lane", postcode="SE15 4QN")
WORDS = {"sessions": "times", "places": "places", "costs": "costs"}


def one(part: str, fact: Any = None, places: tuple[PlaceFacts, ...] = (BAKERY,)) -> One:
    return One(WORDS[part], part, 1 if fact else None, fact, places, "seen")


def shown(form: OneForm) -> dict[str, Any]:
    """What the form sends when nobody changes anything."""
    return {name: form[name].value() for name in form.fields}


@pytest.mark.parametrize(("part", "kind"), [("sessions", TimeForm), ("places", PlaceForm), ("costs", CostForm)])
def test_each_has_its_form(part: str, kind: type) -> None:
    assert isinstance(form_of(one(part), None), kind)


class TestTimes:
    def test_of_several_places_it_is_asked_which(self) -> None:
        assert "place" not in TimeForm(None, one("sessions")).fields
        form = TimeForm(None, one("sessions", places=(BAKERY, HALL, PlaceFacts(location_type="virtual"))))
        assert [label for _, label in form.fields["place"].choices] == ["The Old Bakery", "9 Rye Lane", "Online"]  # type: ignore[attr-defined]

    def test_a_time_at_one_place_stays_there_and_at_another_when_that_is_chosen(self) -> None:
        time = SessionFacts(description="Ring first", place=1)
        form = TimeForm({"often": "words", "in_words": "Ring", "seen": "seen"}, one("sessions", time))
        assert form.is_valid() and form.fact.place == 1
        several = one("sessions", time, places=(BAKERY, HALL))
        for chosen, place in (("0", 0), ("1", 1), ("", None)):
            form = TimeForm({"often": "words", "in_words": "Ring", "place": chosen}, several)
            assert form.is_valid() and form.fact.place == place

    def test_as_it_is_now_is_only_offered_for_what_no_answer_can_say(self) -> None:
        odd = SessionFacts(freq="MONTHLY", bymonthday="15")
        for time, offered in ((odd, True), (SessionFacts(freq="WEEKLY", byday="TU"), False), (None, False)):
            choices = [value for value, _ in TimeForm(None, one("sessions", time)).fields["often"].choices]  # type: ignore[attr-defined]
            assert ("as-now" in choices) is offered
        form = TimeForm({"often": "as-now", "opens_at": "9am"}, one("sessions", odd))
        assert form.is_valid() and (form.fact.bymonthday, form.fact.opens_at.hour) == ("15", 9)
        assert not TimeForm({"often": "as-now"}, one("sessions")).is_valid()

    def test_what_was_asked_under_another_answer_counts_for_nothing(self) -> None:
        form = TimeForm({"often": "weekly", "days": ["MO"], "in_words": "x", "weeks": ["9"]}, one("sessions"))
        assert form.is_valid(), form.errors
        assert (form.fact.byday, form.fact.description) == ("MO", "")


class TestPlaces:
    def test_where_nothing_moved_the_exact_position_stays(self) -> None:
        asked = {**shown(PlaceForm(None, one("places", BAKERY))), "access": ["step-free"]}
        form = PlaceForm(asked, one("places", BAKERY))
        assert form.is_valid(), form.errors
        assert (form.fact.latitude, form.fact.address_1) == (51.4, "4 Choumert Road")
        moved = PlaceForm({**asked, "address_1": "5 Choumert Road"}, one("places", BAKERY))
        assert moved.is_valid() and moved.fact.latitude is None

    @pytest.mark.parametrize(("typed", "kept"), [("library", "library"), ("", ""), ("castle", None)])
    def test_what_the_building_is_can_be_said_and_taken_back(self, typed: str, kept: str | None) -> None:
        place = structs.replace(BAKERY, place_kind="cafe")
        asked = shown(PlaceForm(None, one("places", place)))
        assert asked["place_kind"] == "cafe"
        form = PlaceForm({**asked, "place_kind": typed}, one("places", place))
        assert form.is_valid() is (kept is not None)
        assert kept is None or form.fact == structs.replace(place, place_kind=kept)

    def test_a_group_is_asked_what_a_building_is_once_it_is_known_where(self) -> None:
        assert "place_kind" not in OwnPlaceForm(None, one("places")).fields
        assert "place_kind" in OwnPlaceForm(None, one("places", BAKERY)).fields
        hidden = structs.replace(BAKERY, is_address_hidden=True)
        assert "place_kind" not in OwnPlaceForm(None, one("places", hidden)).fields

    def test_online_has_no_address(self) -> None:
        form = PlaceForm({**shown(PlaceForm(None, one("places", BAKERY))), "kind": "virtual"}, one("places", BAKERY))
        assert form.is_valid(), form.errors
        assert (form.fact.location_type, form.fact.address_1, form.fact.postcode) == ("virtual", "", "")

    def test_a_hidden_place_keeps_its_district_and_may_be_given_a_new_postcode(self) -> None:
        hidden = PlaceFacts(city="London", postcode="SE15", latitude=51.47, is_address_hidden=True)
        asked = shown(PlaceForm(None, one("places", hidden)))
        for postcode, kept in (("SE15", "SE15"), ("se5 8aa", "SE5 8AA"), ("SE16", None)):
            form = PlaceForm({**asked, "postcode": postcode}, one("places", hidden))
            assert form.is_valid() is (kept is not None), postcode
            assert kept is None or form.fact.postcode == kept

    @given(
        st.lists(
            st.builds(AccessFacts, st.sampled_from(["Level", "A ramp"]), st.sampled_from(["", "step-free"])), max_size=3
        )
    )
    def test_access_that_nobody_touches_stays_in_its_own_words(self, before: list[AccessFacts]) -> None:
        place = PlaceFacts(location_type="virtual", accessibility=tuple(before))
        asked = shown(PlaceForm(None, one("places", place)))
        found = accessibility(list(dict.fromkeys(asked["access"])), asked["access_words"], tuple(before))
        assert {each.access_need for each in found if each.access_need} == {"step-free"} & {
            each.access_need for each in before
        }
        assert [each for each in found if not each.access_need] == [each for each in before if not each.access_need]
        assert all(each in before for each in found)

    def test_what_is_ticked_anew_is_in_our_words(self) -> None:
        (found,) = accessibility(["hearing-loop"], "\n  \n", ())
        assert found == AccessFacts(vocabulary.label("access_needs", "hearing-loop"), "hearing-loop")


class TestPrices:
    @pytest.mark.parametrize(
        ("price", "kind"),
        [
            (CostFacts(amount=Decimal(0), option="Carers"), "free"),
            (CostFacts(amount=Decimal("3.50"), amount_description="per lunch"), "price"),
            (CostFacts(amount_description="Give what you can"), "words"),
        ],
    )
    def test_what_is_told_is_shown_and_comes_back_the_same(self, price: CostFacts, kind: str) -> None:
        asked = shown(CostForm(None, one("costs", price)))
        assert asked["kind"] == kind
        form = CostForm(asked, one("costs", price))
        assert form.is_valid(), form.errors
        assert form.fact == price

    def test_free_leaves_no_amount_behind(self) -> None:
        price = CostFacts(amount=Decimal(5), amount_description="per lunch")
        form = CostForm({**shown(CostForm(None, one("costs", price))), "kind": "free"}, one("costs", price))
        assert form.is_valid() and (form.fact.amount, form.fact.amount_description) == (0, "")


def test_taking_away_says_so() -> None:
    form = RemoveForm({"seen": "seen"}, one("costs", CostFacts()))
    assert form.is_valid() and form.change == {"part": "costs", "number": 1, "fact": None, "seen": "seen"}
