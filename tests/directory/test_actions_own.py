"""A group puts right where it is: a steward looks first, and what it is like there is shown at once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkworks.core.errors import Conflict, Invalid, LinkworksError, NotAllowed
from linkworks.core.later import holding_jobs
from linkworks.directory import actions, presenters, queries
from linkworks.directory.models import Confirmation, ListingVersion, ProposedEdit, Service
from linkworks.directory.rules import going, proposing
from linkworks.directory.rules.facts import AccessFacts, CostFacts, PlaceFacts, SessionFacts
from tests.cast import Cast
from tests.factories import directory as make

HALL = PlaceFacts(name="Hall", address_1="9 Bellenden Road", city="London", postcode="SE15 4QN")
LINE = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=6)
PLACES = st.builds(PlaceFacts, name=LINE, address_1=LINE, city=LINE, postcode=LINE)


@given(PLACES, PLACES)
def test_an_address_is_told_in_lines_and_read_back(place: PlaceFacts, other: PlaceFacts) -> None:
    found = proposing.moved(other, proposing.address_text(place))
    assert proposing.address_text(found) == proposing.address_text(place)
    assert (found.latitude, found.borough_code) == (None, "")
    assert "\n" not in proposing.in_one_line(proposing.PLACE, proposing.address_text(place))


@given(st.lists(PLACES, max_size=4), st.data())
def test_which_place_is_meant_is_known_by_its_lines(places: list[PlaceFacts], data: st.DataObject) -> None:
    for number, place in enumerate(places, start=1):
        text = proposing.address_text(place)
        found = proposing.number_of(places, text)
        assert found and found <= number and proposing.address_text(places[found - 1]) == text
        hidden = [structs.replace(each, is_address_hidden=True) for each in places]
        assert proposing.number_of(hidden, text) is None, "a private place is no longer theirs to move"
    assert proposing.number_of(places, "elsewhere\n\n\n") is None and proposing.number_of(places, "") is None


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"address_1": "10 Bellenden Road"}, "community-centre"),  # what somebody said of it is not guessed again
        ({"name": "St John's Church Hall"}, "faith-building"),
        ({"name": "The Forge"}, "community-centre"),
        ({"name": "The Forge", "postcode": "SE15 5DD"}, ""),
        ({"postcode": "SE15 5DD"}, "faith-building"),
    ],
)
def test_what_kind_it_is_after_a_move(change: dict[str, str], kind: str) -> None:
    church = structs.replace(HALL, name="St John's Church", place_kind="community-centre")
    text = proposing.address_text(structs.replace(church, **change))
    assert proposing.moved(church, text).place_kind == kind


@pytest.mark.parametrize("kind", ["library", "cafe", "gp-surgery", ""])
def test_a_kind_that_is_proposed_is_read_back(kind: str) -> None:
    text = proposing.place_text(structs.replace(HALL, place_kind=kind))
    assert proposing.moved(PlaceFacts(), text).place_kind == kind


def test_online_is_a_place_too() -> None:
    online = PlaceFacts(location_type="virtual")
    assert proposing.address_text(online) == "Online"
    assert proposing.moved(HALL, "Online") == online
    assert proposing.moved(online, proposing.address_text(HALL)) == structs.replace(HALL, location_type="physical")


@pytest.fixture
def service(everything: Any, cast: Cast) -> Service:
    make.postcode()
    make.postcode("SE154QN", at=(51.47, -0.06))
    return make.service(cast.provider)


def fresh(service: Service) -> Service:
    return Service.objects.select_related("organisation").get(id=service.id)


def places(service: Service) -> Any:
    return queries.parts_of(fresh(service))["places"]


def own(cast: Cast, service: Service, fact: Any, number: int | None = 1, part: str = "places") -> list[str]:
    seen = going.mark(queries.parts_of(fresh(service))[part])
    by = cast.actor(cast.provider_coordinator)
    return actions.change_own_going(fresh(service), part=part, number=number, fact=fact, seen=seen, by=by)


def accept(cast: Cast, edit: ProposedEdit | None = None) -> None:
    edit = edit or ProposedEdit.objects.get(state="waiting")
    with holding_jobs() as held:
        actions.accept_edit(edit, by=cast.actor(cast.steward))
    assert [each.name for each in held] == ["providers.tell_edit_decided"]


class TestWhereItIs:
    def test_a_new_address_waits_and_moves_the_place_once_a_steward_has_looked(
        self, cast: Cast, service: Service
    ) -> None:
        before = places(service)
        moved = structs.replace(HALL, accessibility=before[0].accessibility, description=before[0].description)
        assert own(cast, service, moved) == ["place"]
        assert places(service) == before and not Confirmation.objects.exists()
        edit = ProposedEdit.objects.get()
        said = presenters.edit_words(edit)
        assert said["was"] == "The Old Bakery, 4 Choumert Road, London, SE15 5DD"
        assert said["becomes"] == "Hall, 9 Bellenden Road, London, SE15 4QN"
        assert {"gone", "new", "same"} == {each.kind for each in said["pieces"]}
        accept(cast)
        (place,) = places(service)
        assert (place.address_1, place.latitude, place.borough_code) == ("9 Bellenden Road", 51.47, "E09000028")
        assert "9 Bellenden Road" in fresh(service).document
        assert list(Confirmation.objects.values_list("fact", "by_kind")) == [("place", "steward")]
        assert queries.parts_of(fresh(service))["sessions"][0].place == 0, "its times are there"
        assert ListingVersion.objects.count() == 2

    def test_one_more_place_and_one_less(self, cast: Cast, service: Service) -> None:
        assert own(cast, service, HALL, None) == ["place"]
        assert own(cast, service, HALL, None) == [], "just that waits already"
        assert own(cast, service, structs.replace(HALL, name="Annexe"), None) == ["place"]
        for edit in ProposedEdit.objects.filter(state="waiting").order_by("created_at"):
            accept(cast, edit)
        assert [each.name for each in places(service)] == ["The Old Bakery", "Hall", "Annexe"]
        assert own(cast, service, None, 2) == ["place"]
        assert presenters.edit_words(ProposedEdit.objects.get(state="waiting"))["becomes"] == "Nothing"
        accept(cast)
        assert [each.name for each in places(service)] == ["The Old Bakery", "Annexe"]

    def test_each_place_waits_for_itself_and_a_second_thought_replaces_the_first(self, cast: Cast) -> None:
        make.postcode("SE154QN", at=(51.47, -0.06))
        several = make.service(cast.provider, places=(make.place(), make.place(name="Second")), sessions=())
        own(cast, several, structs.replace(HALL, name="A"), 1)
        own(cast, several, structs.replace(HALL, name="B"), 2)
        own(cast, several, structs.replace(HALL, name="C"), 1)
        waiting = ProposedEdit.objects.filter(state="waiting").order_by("created_at")
        assert [each.becomes.split("\n")[0] for each in waiting] == ["B", "C"]
        accept(cast, waiting.last())
        accept(cast, waiting.first())
        assert [each.name for each in places(several)] == ["C", "B"]

    def test_sending_it_as_it_is_shown_takes_back_what_waits(self, cast: Cast, service: Service) -> None:
        (shown,) = places(service)
        own(cast, service, HALL)
        assert own(cast, service, shown) == []
        assert ProposedEdit.objects.get().state == "replaced"

    @pytest.mark.parametrize("by_whom", ["a steward", "nobody knows where"])
    def test_what_moved_meanwhile_is_looked_at_again(self, cast: Cast, service: Service, by_whom: str) -> None:
        own(cast, service, HALL)
        edit = ProposedEdit.objects.get()
        if by_whom == "a steward":
            seen = going.mark(places(service))
            moved = make.place(name="Elsewhere")
            actions.change_going(service, part="places", number=1, fact=moved, seen=seen, by=make.KEEPER)
        else:
            ProposedEdit.objects.update(becomes="Hall\n1 Nowhere\nLondon\nZZ1 1ZZ")
        with pytest.raises((Conflict, Invalid)):
            actions.accept_edit(edit, by=cast.actor(cast.steward))
        assert ProposedEdit.objects.get().state == "waiting"

    def test_a_postcode_we_do_not_know_is_refused_before_anybody_looks(self, cast: Cast, service: Service) -> None:
        with pytest.raises(Invalid) as refused:
            own(cast, service, structs.replace(HALL, postcode="ZZ1 1ZZ"))
        assert refused.value.field == "postcode" and not ProposedEdit.objects.exists()


class TestAtOnce:
    def test_what_kind_of_building_it_is(self, cast: Cast, service: Service) -> None:
        (before,) = places(service)
        assert own(cast, service, structs.replace(before, place_kind="library")) == []
        assert places(service)[0].place_kind == "library" and "Library" in fresh(service).document

    def test_of_another_building_its_kind_waits_with_its_address(self, cast: Cast, service: Service) -> None:
        (before,) = places(service)
        own(cast, service, structs.replace(before, place_kind="library"))
        assert own(cast, service, structs.replace(HALL, place_kind="cafe")) == ["place"]
        assert places(service)[0].place_kind == "library", "nobody is told that the old one is a café"
        assert ProposedEdit.objects.get(state="waiting").becomes.splitlines()[-1] == "Café"
        accept(cast)
        assert (places(service)[0].name, places(service)[0].place_kind) == ("Hall", "cafe")

    def test_going_online_leaves_the_place_that_is_shown_as_it_is(self, cast: Cast, service: Service) -> None:
        (before,) = places(service)
        own(cast, service, structs.replace(before, place_kind="library"))
        assert own(cast, service, PlaceFacts(location_type="virtual")) == ["place"]
        assert places(service)[0].place_kind == "library"
        accept(cast)
        assert (places(service)[0].location_type, places(service)[0].place_kind) == ("virtual", "")

    def test_sending_the_move_once_more_with_another_kind_is_the_newer_one(self, cast: Cast, service: Service) -> None:
        for kind in ("cafe", "park"):
            own(cast, service, structs.replace(HALL, place_kind=kind))
        accept(cast)
        assert places(service)[0].place_kind == "park"

    def test_what_it_is_like_there(self, cast: Cast, service: Service) -> None:
        (before,) = places(service)
        ramp = structs.replace(before, description="Round the back", accessibility=(AccessFacts("Ramp", "step-free"),))
        assert own(cast, service, ramp) == []
        assert places(service) == (ramp,) and "step-free" in fresh(service).access_needs
        assert list(Confirmation.objects.values_list("fact", "by_kind")) == [("place", "group")]
        assert not ProposedEdit.objects.exists()

    def test_both_in_one_go(self, cast: Cast, service: Service) -> None:
        assert own(cast, service, structs.replace(HALL, description="Ring the bell")) == ["place"]
        (now,) = places(service)
        assert (now.description, now.address_1) == ("Ring the bell", "4 Choumert Road")
        accept(cast)
        assert places(service)[0].description == "Ring the bell"

    def test_it_is_private_as_soon_as_they_ask_and_no_address_waits(self, cast: Cast, service: Service) -> None:
        moved = structs.replace(HALL, name="Canary", is_address_hidden=True)
        assert own(cast, service, moved) == []
        (place,) = places(service)
        assert place.is_address_hidden and (place.address_1, place.postcode) == ("", "SE15")
        assert "Choumert" not in fresh(service).document and not ProposedEdit.objects.exists()

    def test_a_private_place_is_a_stewards_to_open_move_or_take_away(self, cast: Cast) -> None:
        hidden = make.service(cast.provider, places=(make.place(is_address_hidden=True),))
        (before,) = places(hidden)
        ramp = (AccessFacts("Ramp", "step-free"),)
        assert own(cast, hidden, structs.replace(HALL, accessibility=ramp)) == []
        (now,) = places(hidden)
        assert now == structs.replace(before, accessibility=ramp)
        with pytest.raises(Conflict):
            own(cast, hidden, None)
        assert not ProposedEdit.objects.exists()

    def test_times_and_prices(self, cast: Cast, service: Service) -> None:
        assert own(cast, service, SessionFacts(description="Ring first"), None, "sessions") == []
        assert own(cast, service, CostFacts(amount_description="Give what you can"), 1, "costs") == []
        assert own(cast, service, None, 1, "sessions") == []
        now = queries.parts_of(fresh(service))
        assert [each.description for each in now["sessions"]] == ["Ring first"]
        assert now["costs"] == (CostFacts(amount_description="Give what you can"),)


@pytest.mark.parametrize("who", ["other_provider_coordinator", "session_leader", "link_worker", "steward"])
def test_only_its_own_co_ordinators(cast: Cast, service: Service, who: str) -> None:
    before = queries.parts_of(fresh(service))
    for part, rows in before.items():
        by, seen = cast.actor(getattr(cast, who)), going.mark(rows)
        with pytest.raises(NotAllowed):
            actions.change_own_going(service, part=part, number=1, fact=None, seen=seen, by=by)
    assert queries.parts_of(fresh(service)) == before


def test_nobody_writes_over_what_they_never_saw(cast: Cast, service: Service) -> None:
    by = cast.actor(cast.provider_coordinator)
    for part in going.LABELS:
        with pytest.raises(LinkworksError, match="changed since"):
            actions.change_own_going(service, part=part, number=1, fact=None, seen="old", by=by)


def test_who_is_paid_is_accepted_only_as_it_was_seen(cast: Cast, service: Service) -> None:
    seen, by = queries.own_facts(fresh(service))["seen"], cast.actor(cast.provider_coordinator)
    assert actions.edit_own(service, facts={"payee": "Kettle CIC"}, seen=seen, by=by) == ["payee"]
    cast.provider.payee = "Somebody Else Ltd"
    cast.provider.save()
    with pytest.raises(Conflict):
        actions.accept_edit(ProposedEdit.objects.get(), by=cast.actor(cast.steward))
    cast.provider.refresh_from_db()
    assert cast.provider.payee == "Somebody Else Ltd"
