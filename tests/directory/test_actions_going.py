"""Times, places and prices put right: kept against the feed, brought back, found by, and never telling a private place."""

from datetime import time
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec import structs

from linkworks.core.actor import PUBLIC
from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.directory import actions, queries
from linkworks.directory.models import (
    Attribute,
    Confirmation,
    Contact,
    ImportProblem,
    ListingChange,
    ListingVersion,
    Location,
    Schedule,
    Service,
)
from linkworks.directory.rules import going
from linkworks.directory.rules.facts import AreaFacts, ContactFacts, CostFacts, PlaceFacts, SessionFacts, TermFacts
from tests.cast import Cast
from tests.directory import asking
from tests.directory.readings import of, read, row
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
MONDAYS = SessionFacts(freq="WEEKLY", byday="MO", opens_at=time(9), closes_at=time(10), place=0)
FREE = CostFacts(amount=Decimal(0))
HALL = PlaceFacts(name="Canary Hall", address_1="9 Canary Street", city="London", postcode="SE15 4QN")


@pytest.fixture(autouse=True)
def postcodes(everything: Any) -> None:
    make.postcode()
    make.postcode("SE154QN", at=(51.47, -0.06))


def fresh(service: Service) -> Service:
    return Service.objects.select_related("organisation", "source").get(id=service.id)


def parts(service: Service) -> dict[str, Any]:
    return queries.parts_of(fresh(service))


def change(service: Service, part: str, fact: Any, number: int | None = 1, by: Any = make.KEEPER) -> None:
    seen = going.mark(parts(service)[part])
    actions.change_going(fresh(service), part=part, number=number, fact=fact, seen=seen, by=by)


class TestEverythingFollows:
    def test_it_is_found_by_its_new_time_and_place_and_price(self) -> None:
        service = make.service()
        assert [each.name for each in asking.found(times=("TU",))] == ["Tuesday lunch club"]
        change(service, "sessions", MONDAYS)
        change(service, "costs", FREE)
        change(service, "places", HALL)
        assert asking.found(times=("TU",)) == []
        (found,) = asking.found(times=("MO",), is_free=True, near=(51.47, -0.06), within_km=0.2)
        assert found.name == "Tuesday lunch club"
        assert asking.found(near=make.PECKHAM, within_km=0.2) == []

    def test_what_is_not_changed_stays_as_it_is_stored(self) -> None:
        service = make.service(
            contacts=(ContactFacts("Office", phone="020 7946 0111", is_published=True),),
            areas=(AreaFacts("Southwark"),),
            terms=(TermFacts("Council", "1", "Canteens"),),
            languages=("bn",),
        )
        kept = {model: set(model.objects.values_list("id", flat=True)) for model in (Contact, Attribute, Location)}
        before = fresh(service)
        change(service, "sessions", MONDAYS)
        assert {model: set(model.objects.values_list("id", flat=True)) for model in kept} == kept
        after = fresh(service)
        for name in (
            "name",
            "needs",
            "kinds",
            "categories",
            "access_needs",
            "languages",
            "search_words",
            "verified_on",
        ):
            assert getattr(after, name) == getattr(before, name), name
        assert '"Southwark"' in after.document and "Canteens" in after.document
        assert "canteens" in after.search_words.lower()

    def test_times_stay_at_their_place_when_that_moves(self) -> None:
        service = make.service()
        schedule = Schedule.objects.get()
        change(service, "places", HALL)
        assert Schedule.objects.get().id == schedule.id
        assert Schedule.objects.get().service_at_location.location.name == "Canary Hall"  # type: ignore[union-attr]

    def test_a_place_another_listing_shares_stays_where_the_other_is(self) -> None:
        service, other = make.service(), make.service(name="Choir", places=(), sessions=())
        other.places.create(location=service.places.get().location)
        change(service, "places", HALL)
        assert other.places.get().location.address_1 == "4 Choumert Road"

    @pytest.mark.parametrize(("part", "fact", "kind"), [
        ("sessions", MONDAYS, "times"), ("costs", FREE, "cost"), ("places", HALL, "place"),
    ])  # fmt: skip
    def test_that_kind_of_fact_is_confirmed_today(self, part: str, fact: Any, kind: str) -> None:
        service = make.service()
        change(service, part, fact)
        assert list(Confirmation.objects.values_list("fact", "by_kind")) == [(kind, "steward")]
        assert fresh(service).trust > service.trust

    def test_saying_the_same_changes_and_confirms_nothing(self) -> None:
        service = make.service()
        before = fresh(service).document
        for part, rows in parts(service).items():
            change(service, part, rows[0])
        assert fresh(service).document == before
        assert not any(model.objects.exists() for model in (ListingChange, ListingVersion, Confirmation))


class TestWhoMay:
    def test_a_group_changes_its_own_times_and_prices_at_once(self, cast: Cast) -> None:
        service, maggie = make.service(cast.provider), cast.actor(cast.provider_coordinator)
        change(service, "sessions", MONDAYS, by=maggie)
        change(service, "costs", FREE, None, by=maggie)
        assert parts(service)["sessions"] == (MONDAYS,) and FREE in parts(service)["costs"]
        assert set(Confirmation.objects.values_list("by_kind", flat=True)) == {"group"}

    def test_but_not_where_it_is_nor_what_another_group_says(self, cast: Cast) -> None:
        service = make.service(cast.provider)
        before = parts(service)
        for who in (cast.provider_coordinator, cast.other_provider_coordinator, cast.link_worker, cast.session_leader):
            with pytest.raises(NotAllowed):
                change(service, "places", HALL, by=cast.actor(who))
        for who in (cast.other_provider_coordinator, cast.link_worker, cast.session_leader):
            with pytest.raises(NotAllowed):
                change(service, "sessions", MONDAYS, by=cast.actor(who))
        with pytest.raises(NotAllowed):
            change(service, "costs", FREE, by=PUBLIC)
        assert parts(service) == before

    def test_nobody_writes_over_what_they_never_saw(self) -> None:
        service = make.service()
        seen = going.mark(parts(service)["costs"])
        change(service, "costs", FREE)
        with pytest.raises(Conflict):
            actions.change_going(service, part="costs", number=1, fact=None, seen=seen, by=make.KEEPER)
        assert parts(service)["costs"] == (FREE,)

    def test_a_place_nobody_can_find_on_the_map_is_refused(self) -> None:
        service = make.service()
        with pytest.raises(Invalid) as refused:
            change(service, "places", PlaceFacts(address_1="1 Nowhere", postcode="ZZ1 1ZZ"))
        assert refused.value.field == "postcode"


def schedule(day: str, at: str = "10:00") -> dict[str, Any]:
    return {"weekday": day, "opens_at": at, "closes_at": "12:00"}


def told(**more: Any) -> dict[str, Any]:
    """A listing whose feed says when, where and for how much."""
    usual = {"regular_schedules": [schedule("Tuesday")], "cost_options": [{"option": "", "amount": "3"}]}
    return row(1, **{**usual, **more})


class TestTheFeed:
    def test_what_is_changed_here_wins_over_the_feed_part_by_part(self, tmp_path: Path) -> None:
        read(tmp_path, told(), agreed=True)
        change(of(1), "sessions", MONDAYS)
        assert of(1).kept_here == ["sessions"]
        again = told(locations=[{"address_1": "7 Rye Lane", "city": "London", "postal_code": "SE15 5DD"}])
        again["cost_options"] = [{"option": "", "amount": "5"}]
        again["regular_schedules"] = [schedule("Friday")]
        read(tmp_path, again, agreed=True)
        now = parts(of(1))
        assert now["sessions"] == (MONDAYS,), "ours stays, at its place"
        assert (now["places"][0].address_1, now["costs"][0].amount) == ("7 Rye Lane", Decimal(5)), "the feed's come in"
        (problem,) = ImportProblem.objects.filter(reason__startswith="Kept as it was changed here")
        assert "Times" in problem.reason and "Places" not in problem.reason
        assert '"byday":"MO"' in of(1).document and "7 Rye Lane" in of(1).document

    @pytest.mark.parametrize("part", list(going.LABELS))
    def test_each_of_them(self, tmp_path: Path, part: str) -> None:
        read(tmp_path, told(), agreed=True)
        change(of(1), part, {"sessions": MONDAYS, "places": HALL, "costs": FREE}[part])
        ours = parts(of(1))[part]
        read(
            tmp_path, told(description="Other words", locations=[], regular_schedules=[], cost_options=[]), agreed=True
        )
        assert of(1).description == "Other words"
        if part == "sessions":  # the place they were at is the feed's, and has gone
            ours = tuple(structs.replace(each, place=None) for each in ours)
        assert parts(of(1))[part] == ours
        assert all(not rows for name, rows in parts(of(1)).items() if name != part)

    def test_without_keeping_it_the_feed_would_win(self, tmp_path: Path) -> None:
        """The test above bites."""
        read(tmp_path, told(), agreed=True)
        change(of(1), "costs", FREE)
        Service.objects.update(kept_here=[])
        read(tmp_path, told(description="Other words"), agreed=True)
        assert parts(of(1))["costs"] != (FREE,)

    def test_the_feed_can_be_let_decide_again(self, tmp_path: Path) -> None:
        read(tmp_path, told(), agreed=True)
        change(of(1), "costs", FREE)
        seen = queries.facts_of(of(1))["seen"]
        actions.edit_listing(of(1), facts={}, seen=seen, follow=["costs"], by=make.KEEPER)
        assert of(1).kept_here == []
        read(tmp_path, told(), agreed=True)
        assert parts(of(1))["costs"][0].amount == Decimal(3)

    def test_a_place_made_private_here_is_not_told_by_the_feed_again(self, tmp_path: Path) -> None:
        here = {"address_1": "9 Canary Street", "city": "London", "postal_code": "SE15 5DD"}
        read(tmp_path, told(locations=[here]), agreed=True)
        place = parts(of(1))["places"][0]
        change(of(1), "places", make.place(name="", address_1="9 Canary Street", is_address_hidden=True))
        assert place.address_1 == "9 Canary Street" and "Canary" not in of(1).document
        read(tmp_path, told(locations=[here], description="Come to 9 Canary Street at ten."), agreed=True)
        assert "Canary" not in of(1).document + of(1).description + of(1).search_words
        assert of(1).description == "Come to [address not shown] at ten."
        assert parts(of(1))["places"][0].is_address_hidden


class TestPrivatePlaces:
    def test_hiding_it_takes_it_out_of_everything_that_is_shown(self) -> None:
        service = make.service(
            places=(HALL,),
            description="Meet at Canary Hall, 9 Canary Street.",
            sessions=(SessionFacts(description="At Canary Hall", place=0),),
            costs=(CostFacts(amount_description="Pay at 9 Canary Street"),),
            getting_there="Bus 12 to Canary Street",
            areas=(AreaFacts("Near Canary Hall"),),
        )
        assert "Canary" in fresh(service).document
        hidden = PlaceFacts(
            **{**{name: getattr(HALL, name) for name in HALL.__struct_fields__}, "is_address_hidden": True}
        )
        change(service, "places", hidden)
        stored = fresh(service)
        shown = stored.document + stored.summary + stored.search_words + stored.description + stored.getting_there
        assert "Canary" not in shown + str(parts(service)) + "".join(each.document for each in stored.places.all())
        place = parts(service)["places"][0]
        assert (place.postcode, place.latitude, place.address_1) == ("SE15", 51.47, "")
        told = " ".join(f"{each.was} {each.became}" for each in ListingChange.objects.filter(field="places"))
        assert "Canary" not in told

    def test_a_version_does_not_bring_a_private_place_back(self) -> None:
        service = make.service(places=(HALL,))
        change(service, "places", PlaceFacts(city="London", postcode="SE15 4QN", is_address_hidden=True))
        first = ListingVersion.objects.last()
        assert first and "Canary" in str(first.facts)
        assert "places" not in queries.brought_back(fresh(service), first)
        with pytest.raises(Conflict):
            actions.restore_version(first, by=make.KEEPER)
        assert "Canary" not in fresh(service).document

    def test_a_refuge_is_private_whatever_is_ticked(self) -> None:
        service = make.service(name="Canary women's refuge", places=(), sessions=())
        change(service, "places", HALL, None)
        place = parts(service)["places"][0]
        assert place.is_address_hidden and (place.address_1, place.latitude) == ("", None)
        assert "9 Canary" not in fresh(service).document


class TestVersions:
    def test_what_was_said_is_brought_back_and_that_can_be_undone_too(self) -> None:
        service = make.service()
        before = parts(service)
        document = fresh(service).document
        change(service, "sessions", MONDAYS)
        change(service, "costs", None)
        change(service, "places", HALL)
        after = parts(service)
        first, last = ListingVersion.objects.last(), ListingVersion.objects.first()
        assert first and last and ListingVersion.objects.count() == 4
        assert actions.restore_version(first, by=make.KEEPER) == ["sessions", "places", "costs"]
        assert parts(service) == before
        unstamped = [text.partition('"last_modified"')[0] for text in (fresh(service).document, document)]
        assert unstamped[0] == unstamped[1]
        actions.restore_version(last, by=make.KEEPER)
        assert parts(service) == after

    def test_words_and_times_come_back_in_one_version(self) -> None:
        service = make.service()
        seen = queries.facts_of(fresh(service))["seen"]
        actions.edit_listing(service, facts={"description": "Soup"}, seen=seen, by=make.KEEPER)
        change(service, "costs", FREE)
        first = ListingVersion.objects.last()
        assert first and actions.restore_version(first, by=make.KEEPER) == ["description", "costs"]
        assert ListingVersion.objects.count() == 4

    def test_a_version_from_before_these_were_kept_leaves_them_alone(self) -> None:
        service = make.service()
        facts = {**queries.said_now(fresh(service)), "description": "Old words"}
        old = {name: value for name, value in facts.items() if name not in going.LABELS}
        version = ListingVersion.objects.create(service=service, facts=old, by_name="Ines")
        change(service, "costs", FREE)
        assert actions.restore_version(version, by=make.KEEPER) == ["description"]
        assert parts(service)["costs"] == (FREE,)

    def test_a_version_from_before_places_had_kinds_leaves_those_they_have(self) -> None:
        service = make.service(places=(make.place(place_kind="library"), make.place(name="Hall")))
        facts = {**queries.said_now(fresh(service)), "description": "Old words"}
        facts["places"] = [
            {name: value for name, value in each.items() if name != "place_kind"} for each in facts["places"]
        ]
        version = ListingVersion.objects.create(service=service, facts=facts, by_name="Ines")
        before = parts(service)
        assert actions.restore_version(version, by=make.KEEPER) == ["description"]
        assert parts(service) == before and fresh(service).kept_here == []


class Notes:
    """A plain reader's notes of what the rows should be."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.service = make.service(
            places=(make.place(), make.place(name="Second")), sessions=(MONDAYS,), costs=(FREE,)
        )
        self.rows: dict[str, list[Any]] = {part: list(rows) for part, rows in parts(self.service).items()}

    def some_fact(self, part: str) -> Any:
        number = self.dice.randrange(100)
        place = self.dice.choice([None, *range(len(self.rows["places"]))])
        return {
            "sessions": SessionFacts(description=f"Time {number}", place=place),
            "places": make.place(name=f"Place {number}", borough_code="E09000028"),
            "costs": CostFacts(option=f"Price {number}"),
        }[part]

    def step(self) -> None:
        part = self.dice.choice(list(going.LABELS))
        rows, move = self.rows[part], self.dice.choice(["add", "change", "remove"])
        if move != "add" and not rows:
            return
        number = None if move == "add" else self.dice.randrange(len(rows)) + 1
        fact = None if move == "remove" else self.some_fact(part)
        change(self.service, part, fact, number)
        if number is None:
            rows.append(fact)
        elif fact is not None:
            rows[number - 1] = fact
        else:
            self.take(part, number)

    def take(self, part: str, number: int) -> None:
        gone = self.rows[part].pop(number - 1)
        if part == "places" and gone:
            self.rows["sessions"] = list(going.without_place(self.rows["sessions"], number))


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_changes_ends_where_a_plain_reader_says(seed: int) -> None:
    notes = Notes(Random(seed))
    for _ in range(12):
        notes.step()
        assert {part: list(rows) for part, rows in parts(notes.service).items()} == notes.rows
    assert ListingVersion.objects.first().facts == queries.said_now(fresh(notes.service))  # type: ignore[union-attr]
