"""What the directory says: true, in plain words, and nothing when nothing is known."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.core.clock import today
from linkworks.directory import presenters, queries
from linkworks.directory.forms.facts import FactsForm
from linkworks.directory.forms.finding import DISTANCES, KM_IN_A_MILE, FindForm
from linkworks.directory.forms.room import KeepForm, RoomForm
from linkworks.directory.models import ImportProblem, ImportRun, Source
from linkworks.directory.presenters import service as words
from linkworks.directory.rules import editing, matching, room
from linkworks.directory.rules.facts import CostFacts
from linkworks.directory.rules.feeds import finishing, really_like
from linkworks.directory.states import Outcome, ServiceStatus
from tests.cast import Cast
from tests.factories import directory as make

AGES = st.none() | st.integers(0, 99)


def service(**facts: Any) -> Any:
    usual = {"minimum_age": None, "maximum_age": None, "who_it_is_for": "", "person_attributes": []}
    return SimpleNamespace(**{**usual, **facts})


@given(AGES, AGES, st.integers(0, 110))
def test_the_ages_it_says_are_the_ages_it_takes(low: int | None, high: int | None, age: int) -> None:
    """Whoever reads the words and whoever is matched by them comes to the same answer."""
    said = words.age_words(service(minimum_age=low, maximum_age=high))
    numbers = [int(word) for word in said.split() if word.isdigit()]
    reads = (not said) or (
        numbers[0] <= age <= numbers[1]
        if len(numbers) == 2
        else (age >= numbers[0] if "over" in said else age <= numbers[0] if "under" in said else age == numbers[0])
    )
    candidate = matching.Candidate(id=uuid4(), name="Club", minimum_age=low, maximum_age=high)
    takes = matching.wrong_age(candidate, matching.Wish(age=age, today=date(2026, 11, 22))) is None
    assert reads == takes


@given(st.none() | st.integers(0, 50), st.integers(0, 60))
def test_room_in_words_is_room_in_fact(capacity: int | None, taken: int) -> None:
    said, free = room.capacity_words(capacity, taken), room.has_room(capacity, taken)
    assert (said == "") == (capacity is None) == (free is None)
    assert (said == "Full") == (free is False)
    assert free is not True or capacity is None or said.startswith(str(capacity - taken))


@given(st.lists(st.decimals(0, 999, places=2), min_size=1, max_size=4), st.text("abc", max_size=5))
def test_the_cheapest_price_is_the_one_that_is_said(amounts: list[Decimal], fees: str) -> None:
    said = room.cost_words([CostFacts(amount=each) for each in amounts], fees)
    if max(amounts) == 0:
        assert said == "Free"
    else:
        assert room.money(min(amounts)) in said
        assert said.startswith("From ") == (len(set(amounts)) > 1)


@given(st.decimals(0, 99_999, places=2))
def test_money_is_exact(amount: Decimal) -> None:
    said = room.money(amount)
    assert (said == "Free") == (amount == 0)
    assert amount == 0 or Decimal(said.removeprefix("£")) == amount


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Hearing loop", "hearing loop"),
        ("British Sign Language", "British Sign Language"),
        ("BSL interpreter", "BSL interpreter"),
        ("Quiet room", "quiet room"),
        ("", ""),
    ],
)
def test_names_keep_their_capitals_inside_a_sentence(label: str, said: str) -> None:
    assert words.in_sentence(label) == said


@pytest.mark.parametrize(
    ("total", "postcode", "miles", "asked", "parts"),
    [
        (0, "", "", "", ["0 services"]),
        (1, "SE15 5DD", "1", "", ["1 service ", "1 mile of SE15 5DD"]),
        (12, "SE15 5DD", "3", "lunch", ["12 services", "“lunch”", "3 miles of SE15 5DD"]),
        (2, "SE15 5DD", "", "", ["2 services", "near SE15 5DD"]),
        (2, "", "3", "lunch", ["2 services for “lunch”"]),
    ],
)
def test_what_was_found_in_one_line(total: int, postcode: str, miles: str, asked: str, parts: list[str]) -> None:
    line = presenters.result_words(total, postcode=postcode, miles=miles, words=asked)
    assert all(part in f"{line} " for part in parts)
    assert postcode or "mile" not in line


def test_every_kind_of_support_has_a_card_that_asks_for_it() -> None:
    cards = presenters.category_cards()
    assert [card["heading"] for card in cards] == [word.label for word in vocabulary.CATEGORIES.values()]
    assert all(card["text"] and "category=" in card["href"] for card in cards)


@pytest.mark.parametrize("status", list(ServiceStatus))
def test_a_service_that_does_not_run_says_so(db: None, everything: None, status: ServiceStatus) -> None:
    made = make.service(status=status.value)
    page = queries.service_page(make.KEEPER, made.id)
    assert page is not None
    assert bool(presenters.service_words(page)["closed"]) is (status != ServiceStatus.ACTIVE)


@pytest.mark.parametrize(("days", "warns"), [(0, False), (90, False), (91, True), (400, True)])
def test_an_old_check_is_said_to_be_old(everything: None, days: int, warns: bool) -> None:
    made = make.service(verified_on=today() - timedelta(days=days), verified_by="Ines")
    page = queries.service_page(make.KEEPER, made.id)
    assert page is not None
    said = presenters.service_words(page)["checked"]
    assert ("Ines" in said) is not warns
    assert ("Nobody has checked this since" in said and "ask before you go" in said.lower()) is warns


class TestForms:
    @pytest.mark.parametrize(("miles", "text"), DISTANCES)
    def test_a_distance_is_asked_in_miles_and_looked_for_in_kilometres(self, miles: str, text: str) -> None:
        form = FindForm({"q": "lunch", "distance": miles})
        assert form.is_valid()
        assert form.within_km == pytest.approx(float(miles) * KM_IN_A_MILE)
        assert miles in text

    @pytest.mark.parametrize("distance", ["", "7", "-1", "x", "1e9"])
    def test_any_other_distance_is_none(self, distance: str) -> None:
        form = FindForm({"distance": distance})
        form.is_valid()
        assert form.within_km is None

    @pytest.mark.parametrize(
        ("asked", "is_asked"),
        [
            ({}, False),
            ({"q": "   "}, False),
            ({"distance": "3"}, False),
            ({"q": "a"}, True),
            ({"postcode": "nonsense"}, True),
            ({"need": "nonsense"}, True),
            ({"category": "connected"}, True),
        ],
    )
    def test_whether_anything_was_asked(self, asked: dict[str, str], is_asked: bool) -> None:
        assert FindForm(asked).is_asked is is_asked

    def test_what_is_asked_is_kept_when_it_is_wrong(self) -> None:
        form = FindForm({"q": "lunch", "postcode": "nonsense"})
        assert not form.is_valid()
        assert (form["q"].value(), form["postcode"].value()) == ("lunch", "nonsense")
        assert form.cleaned_data["q"] == "lunch"

    @pytest.mark.parametrize("held", [True, False])
    def test_only_what_is_held_can_be_shown(self, held: bool) -> None:
        form = KeepForm({"show": "on"}, is_held=held)
        assert form.is_valid()
        assert form.cleaned_data.get("show", "absent") == (True if held else "absent")

    @pytest.mark.parametrize(
        ("typed", "wrong"),
        [
            ({"capacity_places": "0"}, []),
            ({"capacity_places": "100000", "wait_weeks": "104"}, []),
            ({"capacity_places": "100001"}, ["capacity_places"]),
            ({"capacity_places": "1.5"}, ["capacity_places"]),
            ({"wait_weeks": "105"}, ["wait_weeks"]),
            ({"wait_weeks": "-1"}, ["wait_weeks"]),
            ({"wait_words": "x" * 201}, ["wait_words"]),
        ],
    )
    def test_numbers_have_their_limits(self, typed: dict[str, str], wrong: list[str]) -> None:
        assert list(RoomForm(typed).errors) == list(KeepForm(typed).errors) == wrong

    def test_what_a_feed_may_say_a_steward_may_save(self) -> None:
        """Else they would have to cut the text before they can mend a telephone number."""
        long = {name: "x" * most for name, most in finishing.WORDS.items() if name in editing.FACTS and name != "name"}
        assert set(long) == {
            "description",
            "who_it_is_for",
            "referral_note",
            "fees",
            *really_like.PARAGRAPHS,
            *really_like.LINES,
        }
        assert not set(FactsForm(long).errors) & set(long)
        assert set(FactsForm({name: f"{words}x" for name, words in long.items()}).errors) >= set(long)


class TestStewards:
    def steward(self, cast: Cast) -> Actor:
        return cast.actor(cast.steward)

    def test_the_counts_are_those_of_the_views(self, cast: Cast) -> None:
        for days in (None, 0, 90, 91):
            checked = None if days is None else today() - timedelta(days=days)
            for shown in (True, False):
                make.service(
                    name=f"{days} {shown}",
                    verified_on=checked,
                    is_published=shown,
                    held_because="" if shown else "Look",
                    by_organisation=make.organisation(f"Group {days} {shown}"),
                )
        counts = queries.listing_counts(self.steward(cast))
        views = {view: queries.listings(self.steward(cast), view=view).count() for view in ("all", "check", "held")}
        assert views == {"all": counts.all, "check": counts.check, "held": counts.held}
        assert views == {"all": 8, "check": 2, "held": 4}

    def test_those_nobody_checked_are_not_forgotten_at_the_end(self, cast: Cast) -> None:
        """The longest unchecked are looked at first; never checked is longest of all."""
        for number, days in enumerate((None, 200, 10)):
            checked = None if days is None else today() - timedelta(days=days)
            make.service(name=f"{days}", verified_on=checked, by_organisation=make.organisation(f"Group {number}"))
        assert [each.name for each in queries.listings(self.steward(cast))] == ["None", "200", "10"]

    @pytest.mark.parametrize("who", ["link_worker", "provider_coordinator"])
    def test_others_see_what_is_shown_and_no_runs(self, cast: Cast, who: str) -> None:
        made = make.service(is_published=False, held_because="Look")
        actor = cast.actor(getattr(cast, who))
        assert not queries.listings(actor).exists()
        assert queries.listing(actor, made.id) is None
        run = a_run()
        assert queries.import_run(actor, run.id) is None
        assert queries.import_run(self.steward(cast), run.id) == run

    @pytest.mark.parametrize("page", ["imports", "import-run"])
    def test_queries_do_not_grow_with_runs_and_problems(
        self, cast: Cast, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client, run = cast.client(cast.steward), a_run()
        address = reverse("directory:imports") if page == "imports" else reverse("directory:import-run", args=[run.id])

        def counted() -> int:
            with django_assert_max_num_queries(20) as seen:
                assert client.get(address).status_code == 200
            return len(seen)

        a_problem(run, 0)
        counted()
        few = counted()
        for number in range(12):
            a_problem(run, number)
            a_run(f"Source {number}")
        assert counted() == few

    def test_every_outcome_of_a_row_has_words(self, everything: None) -> None:
        run = a_run()
        for outcome in (Outcome.HELD, Outcome.REJECTED, Outcome.NOTED):
            row = presenters.problem_row(a_problem(run, 1, outcome=outcome))
            assert row[2]["tag"]["text"] != outcome.value
        nameless = presenters.problem_row(a_problem(run, 2, name=" ", key=""))
        assert nameless[:2] == ["No name", "2"]
        assert presenters.problem_row(a_problem(run, 0, name="", key=""))[:2] == ["The list as a whole", ""]

    def test_a_run_that_goes_on_and_one_that_has_ended(self, everything: None) -> None:
        run = a_run()
        assert ("Finished", "Not finished") in presenters.run_words(run)
        numbers = dict(presenters.run_words(run))
        assert (numbers["Services in the feed"], numbers["New"], numbers["Left out"]) == ("5", "2", "1")
        assert presenters.run_row(run)[1:] == ["5", "2", "1", "0", "1", "1"]


def a_run(name: str = "Bramblewick") -> ImportRun:
    source = Source.objects.create(name=name, address="https://feed.example.org")
    return ImportRun.objects.create(
        source=source, started_by="test", dialect="Outpost", read=5, created=2, updated=1, held=1, rejected=1
    )


def a_problem(run: ImportRun, number: int, **facts: Any) -> ImportProblem:
    usual = {"outcome": Outcome.REJECTED, "row_number": number, "name": "Club", "reason": "The row has no id."}
    return ImportProblem.objects.create(run=run, **{**usual, **facts})


def test_a_listing_row_says_nothing_where_nothing_is_known(everything: None) -> None:
    made = queries.listings(make.KEEPER).get(pk=make.service().pk)
    row = presenters.listing_row(made)
    assert len(row) == 5
    assert all(cell for cell in row)
