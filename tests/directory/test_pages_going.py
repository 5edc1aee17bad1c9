"""A steward puts right when and where it is and what it costs: one time, place or price on a page."""

from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linkworks.directory import actions, queries
from linkworks.directory.models import Confirmation, ListingChange, ListingReport, Location, Service, Source
from linkworks.directory.rules import going
from linkworks.directory.rules.facts import AccessFacts, CostFacts, SessionFacts
from tests.cast import Cast
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
WEEKLY = {"often": "weekly", "days": ["WE"], "opens_at": "11am", "closes_at": "1pm"}
FREE = {"kind": "free"}
THERE = {"kind": "physical", "name": "Hall", "address_1": "9 Bellenden Road", "city": "London", "postcode": "se154qn"}


@pytest.fixture
def steward(cast: Cast) -> Client:
    return cast.client(cast.steward)


@pytest.fixture
def service() -> Service:
    make.postcode()
    make.postcode("SE154QN", at=(51.47, -0.06))
    return make.service(sessions=(make.facts().sessions[0], SessionFacts(description="Ring first")))


def at(service: Service, page: str = "", *args: object) -> str:
    return reverse(f"directory:steward-going{page and '-'}{page}", args=[service.id, *args])


def seen(service: Service, word: str) -> str:
    return going.mark(queries.parts_of(service)[going.WORDS[word]])


def sent(client: Client, service: Service, word: str, number: int | None = None, **said: Any) -> Any:
    page = at(service, "change", word, number) if number else at(service, "add", word)
    return client.post(page, {"seen": seen(service, word), **said})


def parts(service: Service) -> dict[str, Any]:
    return queries.parts_of(Service.objects.get(id=service.id))


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


class TestWorks:
    def test_the_page_says_what_is_told_and_leads_to_each(self, steward: Client, service: Service) -> None:
        shown = text_of(steward.get(at(service)))
        for words in (
            "Every Tuesday, midday to 2pm",
            "Ring first",
            "The Old Bakery, 4 Choumert Road",
            "£3.50 per lunch",
        ):
            assert words in shown, words
        for page in (
            at(service, "change", "times", 2),
            at(service, "add", "costs"),
            at(service, "change", "places", 1),
        ):
            assert page in shown, page
        assert at(service) in text_of(steward.get(reverse("directory:steward-edit", args=[service.id])))

    def test_a_time_is_changed_and_everything_follows(self, steward: Client, service: Service) -> None:
        answer = sent(steward, service, "times", 1, **WEEKLY, term_time="on", extra="Bring a mug")
        assert answer["Location"] == at(service)
        changed = parts(service)["sessions"][0]
        assert (changed.freq, changed.byday, changed.opens_at, changed.closes_at) == (
            "WEEKLY",
            "WE",
            time(11),
            time(13),
        )
        assert (changed.description, changed.place) == ("Term time only. Bring a mug", 0)
        shown = text_of(steward.get(at(service)))
        assert "Every Wednesday, 11am to 1pm. Term time only. Bring a mug" in shown and "says so now" in shown
        assert "Every Wednesday" in text_of(steward.get(reverse("directory:service", args=[service.id])))
        assert '"byday":"WE"' in Service.objects.get(id=service.id).document
        assert Confirmation.objects.get().fact == "times"

    @pytest.mark.parametrize(
        ("said", "rule"),
        [
            (WEEKLY, {"freq": "WEEKLY", "byday": "WE"}),
            (
                {
                    "often": "fortnightly",
                    "other_days": ["MO"],
                    "starts_on_day": "23",
                    "starts_on_month": "11",
                    "starts_on_year": "2026",
                },
                {"freq": "WEEKLY", "interval": 2, "byday": "MO", "dtstart": date(2026, 11, 23)},
            ),
            (
                {"often": "monthly", "weeks": ["1", "-1"], "month_days": ["TU"]},
                {"freq": "MONTHLY", "byday": "1TU,-1TU"},
            ),
            (
                {"often": "once", "once_on_day": "24", "once_on_month": "12", "once_on_year": "2026"},
                {"freq": "", "valid_from": date(2026, 12, 24), "valid_to": date(2026, 12, 24)},
            ),
            ({"often": "words", "in_words": "When it is dry"}, {"freq": "", "description": "When it is dry"}),
        ],
    )
    def test_every_way_to_say_how_often(
        self, steward: Client, service: Service, said: dict[str, Any], rule: dict[str, Any]
    ) -> None:
        assert sent(steward, service, "times", **said).status_code == 302
        added = parts(service)["sessions"][2]
        assert {name: getattr(added, name) for name in rule} == rule

    def test_what_is_told_now_is_on_the_form_and_saving_it_changes_nothing(
        self, steward: Client, service: Service
    ) -> None:
        shown = text_of(steward.get(at(service, "change", "times", 1)))
        for words in ("Now: Every Tuesday, midday to 2pm", 'value="midday"', 'value="2pm"', 'value="TU" checked'):
            assert words in shown, words
        same = {"often": "weekly", "days": ["TU"], "opens_at": "midday", "closes_at": "2pm"}
        assert sent(steward, service, "times", 1, **same).status_code == 302
        assert not ListingChange.objects.exists()

    def test_a_place_moves_by_its_postcode(self, steward: Client, service: Service) -> None:
        said = {**THERE, "access": ["step-free"], "access_words": "A ramp at the side\n\nWide doors"}
        assert sent(steward, service, "places", 1, **said).status_code == 302
        place = parts(service)["places"][0]
        assert (place.latitude, place.postcode, place.borough_code) == (51.47, "SE15 4QN", "E09000028")
        assert [each.description for each in place.accessibility] == [
            "Step-free access",
            "A ramp at the side",
            "Wide doors",
        ]
        stored = Service.objects.get(id=service.id)
        assert "step-free" in stored.access_needs and "9 Bellenden Road" in stored.document
        assert [each.place for each in parts(service)["sessions"]] == [0, None], "its times are still there"

    def test_a_place_no_longer_step_free_says_so(self, steward: Client) -> None:
        make.postcode("SE154QN", at=(51.47, -0.06))
        place = make.place(accessibility=(AccessFacts("Level", "step-free"), AccessFacts("Loop", "hearing-loop")))
        service = make.service(places=(place,))
        sent(steward, service, "places", 1, **THERE, access=["hearing-loop"])
        assert Service.objects.get().access_needs == ["hearing-loop"]
        assert parts(service)["places"][0].accessibility == (AccessFacts("Loop", "hearing-loop"),)

    def test_prices(self, steward: Client, service: Service) -> None:
        sent(steward, service, "costs", 1, kind="price", amount="4,5", amount_description="per lunch")
        sent(steward, service, "costs", **FREE, option="Under 18s")
        sent(steward, service, "costs", kind="words", in_words="Give what you can")
        assert parts(service)["costs"] == (
            CostFacts(amount=Decimal("4.50"), amount_description="per lunch"),
            CostFacts(amount=Decimal(0), option="Under 18s"),
            CostFacts(amount_description="Give what you can"),
        )

    @pytest.mark.parametrize(("word", "left"), [("times", 1), ("places", 0), ("costs", 0)])
    def test_each_is_taken_away_once_confirmed(self, steward: Client, service: Service, word: str, left: int) -> None:
        page = at(service, "remove", word, 1)
        assert "away?" in text_of(steward.get(page))
        assert len(parts(service)[going.WORDS[word]]) == left + 1
        assert steward.post(page, {"seen": seen(service, word)})["Location"] == at(service)
        assert len(parts(service)[going.WORDS[word]]) == left

    def test_a_place_takes_its_times_along(self, steward: Client) -> None:
        times = tuple(SessionFacts(freq="WEEKLY", byday=day, place=place) for day, place in (("MO", 0), ("TU", 1)))
        service = make.service(places=(make.place(), make.place(name="Hall", at=make.CAMDEN)), sessions=times)
        assert "at Hall" in text_of(steward.get(at(service)))
        steward.post(at(service, "remove", "places", 1), {"seen": seen(service, "places")})
        assert [(each.byday, each.place) for each in parts(service)["sessions"]] == [("TU", 0)]
        assert Location.objects.get().name == "Hall"

    def test_a_report_that_the_time_is_wrong_leads_here(self, steward: Client, service: Service) -> None:
        report = ListingReport.objects.create(service=service, reason="when-where", said="At eleven", by_id="x")
        page = reverse("directory:steward-report", args=[report.id])
        assert at(service) in text_of(steward.get(page))
        shown = text_of(steward.get(at(service)))
        assert "At eleven" in shown and page in shown

    def test_the_history_tells_it_in_words(self, steward: Client, service: Service) -> None:
        sent(steward, service, "times", 1, **WEEKLY)
        shown = text_of(steward.get(reverse("directory:steward-edit", args=[service.id])))
        assert "Before: Every Tuesday, midday to 2pm; Ring first" in shown
        assert "Now: Every Wednesday, 11am to 1pm; Ring first" in shown


def on(name: str, *parts: int) -> dict[str, str]:
    """A date, as three boxes send it."""
    return {f"{name}_{part}": str(value) for part, value in zip(("day", "month", "year"), parts, strict=True)}


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("times", {}, "Choose how often it is"),
    ("times", {"often": "weekly"}, "Choose which days"),
    ("times", {"often": "daily"}, "Choose one of the answers shown"),
    ("times", {"often": "weekly", "days": ["XX"]}, "Choose one of the answers shown"),
    ("times", {**WEEKLY, "opens_at": "late"}, "Enter a time, like 2:30pm"),
    ("times", {**WEEKLY, "opens_at": ""}, "Enter when it begins"),
    ("times", {"often": "fortnightly", "other_days": ["MO"]}, "Enter a date on which it happens"),
    (
        "times",
        {"often": "fortnightly", "other_days": ["TU"], **on("starts_on", 23, 11, 2026)},
        "Monday 23 November 2026 is not one of the days you chose",
    ),
    ("times", {"often": "monthly", "month_days": ["TU"]}, "Choose which weeks"),
    ("times", {"often": "once"}, "Enter the date"),
    ("times", {"often": "words"}, "Say when it is"),
    (
        "times",
        {**WEEKLY, **on("valid_from", 2, 2, 2027), **on("valid_to", 1, 2, 2027)},
        "It must end on Tuesday 2 February 2027 or later",
    ),
    ("places", {}, "Choose whether it is a place to go to"),
    ("places", {"kind": "physical"}, "Enter its postcode"),
    ("places", {**THERE, "postcode": "SE15"}, "Enter a full UK postcode"),
    ("places", {**THERE, "postcode": "SE15 9ZZ"}, "We do not know that postcode"),
    ("places", {**THERE, "address_1": "x" * 256}, "255"),
    ("costs", {}, "Choose what it costs"),
    ("costs", {"kind": "price"}, "Enter the amount"),
    ("costs", {"kind": "price", "amount": "much"}, "Amount must be a number, like 3.50"),
    ("costs", {"kind": "price", "amount": "-1"}, "Amount must be 0 or more"),
    ("costs", {"kind": "price", "amount": "1.999"}, "two numbers behind the point"),
    ("costs", {"kind": "price", "amount": "NaN"}, "Amount must be a number"),
    ("costs", {"kind": "words"}, "Say what people pay"),
]  # fmt: skip


def test_bad_input_says_what_to_do_keeps_what_was_typed_and_saves_nothing(steward: Client, service: Service) -> None:
    before = parts(service)
    kept = {"times": "extra", "places": "access_words", "costs": "option"}
    for word, said, sentence in WRONG:
        answer = sent(steward, service, word, **said, **{kept[word]: "Mind the step"})
        shown = text_of(answer)
        assert answer.status_code == 400, (word, said)
        assert sentence in shown and "Mind the step" in shown and "Error: " in shown, (word, said, sentence)
    assert parts(service) == before
    assert not ListingChange.objects.exists()


def test_nobody_writes_over_what_they_never_saw(steward: Client, service: Service) -> None:
    old = seen(service, "times")
    assert sent(steward, service, "times", 2, often="words", in_words="Every day").status_code == 302
    answer = steward.post(at(service, "add", "times"), {**WEEKLY, "seen": old, "extra": "My words"})
    shown = text_of(answer)
    assert answer.status_code == 400
    assert "has changed since you opened this" in shown and "My words" in shown and "See it as it is now" in shown
    assert steward.post(at(service, "remove", "times", 1), {"seen": old}).status_code == 400
    assert len(parts(service)["sessions"]) == 2


def test_pressing_twice_adds_one(steward: Client, service: Service) -> None:
    old = seen(service, "costs")
    answers = [steward.post(at(service, "add", "costs"), {**FREE, "seen": old}).status_code for _ in range(2)]
    assert answers == [302, 400]
    assert len(parts(service)["costs"]) == 2


PAGES = (("", ()), ("add", ("times",)), ("change", ("places", 1)), ("remove", ("costs", 1)))


class TestWhoAndHow:
    @pytest.mark.parametrize(("page", "args"), PAGES)
    def test_only_stewards(self, cast: Cast, service: Service, page: str, args: tuple[object, ...]) -> None:
        address = at(service, page, *args)
        assert cast.client(cast.steward).get(address).status_code == 200
        for other in (cast.link_worker, cast.provider_coordinator, cast.manager):
            assert cast.client(other).get(address).status_code == 403
        assert Client().get(address).status_code == 302
        assert cast.client(cast.steward).delete(address).status_code == 405
        assert cast.client(cast.steward).get(address.replace(str(service.id), str(uuid4()))).status_code == 404

    def test_what_is_not_there_is_not_found(self, steward: Client, service: Service) -> None:
        for args in (("times", 3), ("times", 0), ("prices", 1), ("sessions", 1), ("costs", 99)):
            assert steward.get(at(service, "change", *args)).status_code == 404, args
            assert steward.post(at(service, "remove", *args), {"seen": "x"}).status_code == 404, args
        assert steward.get(at(service, "add", "rooms")).status_code == 404

    def test_there_can_be_many_but_not_endlessly_many(
        self, steward: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        many = make.service(sessions=tuple(SessionFacts(description=f"Time {number}") for number in range(going.MOST)))
        few = make.service(name="Few")
        steward.get(at(few))
        with django_assert_max_num_queries(24):
            steward.get(at(many))
        assert "Take one away first" in text_of(sent(steward, many, "times", **WEEKLY))


def test_a_listing_of_a_feed_says_what_is_kept(steward: Client, service: Service) -> None:
    Service.objects.filter(id=service.id).update(source=Source.objects.create(name="Council list"))
    assert "comes from Council list" in text_of(steward.get(at(service)))
    sent(steward, service, "times", 1, **WEEKLY)
    assert "Changed here, and kept: times." in text_of(steward.get(at(service)))
    facts = text_of(steward.get(reverse("directory:steward-facts", args=[service.id])))
    assert "Let the feed decide these again" in facts and 'value="sessions"' in facts
    listing = Service.objects.get(id=service.id)
    now = queries.facts_of(listing)
    actions.edit_listing(listing, facts={}, seen=now["seen"], follow=["sessions"], by=make.KEEPER)
    assert Service.objects.get(id=service.id).kept_here == []
