"""The finding page: for everybody, fast, and honest about why a service is there."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.factories import directory as make

pytestmark = pytest.mark.django_db
FIND = "/find"


@pytest.fixture(autouse=True)
def _near(everything: None) -> None:
    make.postcode()


def page(client: Client, **asked: str) -> str:
    answer = client.get(FIND, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_asked_offers_the_five_kinds_and_no_list(client: Client) -> None:
    make.service()
    shown = page(client)
    assert "Find local support" in shown
    assert shown.count("category=") == 5
    assert "Tuesday lunch club" not in shown


def test_words_and_a_postcode_find_a_service_and_say_why(client: Client) -> None:
    made = make.service(capacity_places=8, places_taken=3)
    shown = page(client, q="lunch", postcode="se155dd", distance="3")
    assert "1 service for “lunch” within 3 miles of SE15 5DD" in shown
    assert reverse("directory:service", args=[made.id]) in shown
    for words in ("Matches “lunch”", "Less than 200 yards away", "5 places free", "£3.50 per lunch", "The Old Bakery"):
        assert words in shown
    assert "Not checked yet" in shown


def test_from_a_service_one_comes_back_to_what_was_found(client: Client) -> None:
    made = make.service()
    found = page(client, q="lunch", page="1")
    assert f"/services/{made.pk}?q=lunch&amp;page=1" in found
    there = client.get(f"/services/{made.pk}?q=lunch&page=1").content.decode()
    assert "Back to what you found" in there and "/find?q=lunch&amp;page=1" in there
    straight = client.get(f"/services/{made.pk}?utm=x").content.decode()
    assert "Find something else" in straight and "utm" not in straight


def test_what_was_asked_stays_in_the_form(client: Client) -> None:
    shown = page(client, q="lunch", postcode="se155dd", distance="5", need="loneliness", category="connected")
    for kept in ('value="lunch"', 'value="5" selected', 'value="loneliness" selected', 'value="connected" selected'):
        assert kept in shown


def test_three_miles_is_usual_and_any_distance_can_be_chosen(client: Client) -> None:
    make.service(places=(make.place(at=make.CAMDEN),))
    assert "Nothing fits" in page(client, q="lunch", postcode="SE15 5DD")
    assert "1 service for “lunch” near SE15 5DD" in page(client, q="lunch", postcode="SE15 5DD", distance="")


def test_a_need_finds_what_helps_with_it(client: Client) -> None:
    make.service()
    make.service(name="Debt advice", kinds=("debt-advice",), needs=("money-debt",))
    shown = page(client, need="money-debt")
    assert "Debt advice" in shown
    assert "Helps with money worries" in shown
    assert "Tuesday lunch club" not in shown


def test_a_postcode_nobody_knows_is_said_and_nothing_is_shown_for_it(client: Client) -> None:
    make.service()
    shown = page(client, q="lunch", postcode="SE1 1ZZ")
    assert "We do not know that postcode" in shown
    assert 'value="SE1 1ZZ"' in shown
    assert "Tuesday lunch club" not in shown
    assert "Error: " in shown


def test_what_is_not_a_postcode_is_said_and_kept(client: Client) -> None:
    shown = page(client, q="lunch", postcode="not one")
    assert 'value="not one"' in shown
    assert "nhsuk-error-summary" in shown


@pytest.mark.parametrize(
    "asked",
    [
        {"need": "no-such-need"},
        {"category": "'; --"},
        {"distance": "9999999"},
        {"page": "-3"},
        {"q": "\x00"},
        {"q": "%_\\"},
    ],
)
def test_nonsense_in_the_address_never_breaks_the_page(client: Client, asked: dict[str, str]) -> None:
    make.service()
    assert client.get(FIND, {"q": "lunch", **asked}).status_code == (400 if asked == {"q": "\x00"} else 200)


@pytest.mark.parametrize("wrong", [{"q": "x" * 201}, {"need": "zzz"}, {"category": "zzz"}, {"distance": "7"}])
def test_a_question_that_cannot_be_understood_is_not_answered_with_everything(
    client: Client, wrong: dict[str, str]
) -> None:
    make.service()
    shown = page(client, **{"need": "loneliness", **wrong})
    assert "nhsuk-error-summary" in shown
    assert "Tuesday lunch club" not in shown
    assert "Or start from what you would like" not in shown


def test_nothing_found_says_what_to_do(client: Client) -> None:
    shown = page(client, q="underwater basket weaving", postcode="SE15 5DD")
    assert "Nothing fits all of that yet" in shown
    for words in ("/self-refer", "116 123", "longer distance"):
        assert words in shown


def test_listings_that_are_not_shown_are_not_found(client: Client) -> None:
    make.service(name="Held lunch", is_published=False)
    make.service(name="Closed lunch", status="temporarily closed")
    assert "Nothing fits" in page(client, q="lunch")


def test_a_listing_cannot_put_script_on_the_page(client: Client) -> None:
    make.service(name="Lunch <script>alert(1)</script>", description="<img src=x onerror=alert(1)>")
    shown = page(client, q="lunch")
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


def test_it_can_only_be_read(client: Client) -> None:
    assert client.post(FIND, {"q": "lunch"}).status_code == 405
    assert client.head(FIND).status_code == 200


def test_queries_do_not_grow_with_what_is_found(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def counted() -> int:
        with django_assert_max_num_queries(12) as seen:
            page(client, q="lunch", postcode="SE15 5DD", distance="3")
        return len(seen)

    make.service(name="Lunch 0")
    few = counted()
    for number in range(1, 12):
        make.service(name=f"Lunch {number}")
    assert counted() == few
