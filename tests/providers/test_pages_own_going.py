"""A group's own pages of its times, places and prices."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.directory import queries
from linkworks.directory.access import refresh_token
from linkworks.directory.models import ProposedEdit, RefreshRequest, Service
from linkworks.directory.rules import going
from linkworks.directory.rules.facts import SessionFacts
from tests.cast import Cast
from tests.factories import directory as make

from .conftest import text_of

pytestmark = pytest.mark.usefixtures("everything")
PAGES = (("", ()), ("add", ("places",)), ("change", ("times", 1)), ("remove", ("costs", 1)))
HALL = {"kind": "physical", "name": "Hall", "address_1": "9 Bellenden Road", "city": "London", "postcode": "SE15 4QN"}


@pytest.fixture
def service(cast: Cast) -> Service:
    make.postcode()
    make.postcode("SE154QN", at=(51.47, -0.06))
    return make.service(cast.provider)


def at(service: Service, page: str = "", *args: object) -> str:
    return reverse(f"providers:own-going{page and '-'}{page}", args=[service.id, *args])


def parts(service: Service) -> dict[str, Any]:
    return queries.parts_of(Service.objects.get(id=service.id))


def sent(client: Client, service: Service, word: str, number: int | None = None, **said: Any) -> str:
    page = at(service, "change", word, number) if number else at(service, "add", word)
    seen = going.mark(parts(service)[going.WORDS[word]])
    return text_of(client.post(page, {"seen": seen, **said}, follow=True))


def test_its_listing_leads_there_and_it_says_what_becomes_of_a_change(maggie: Client, service: Service) -> None:
    assert at(service) in text_of(maggie.get(reverse("providers:own-listing", args=[service.id])))
    shown = text_of(maggie.get(at(service)))
    for words in ("Every Tuesday, midday to 2pm", "4 Choumert Road", "£3.50 per lunch", "is shown at once"):
        assert words in shown, words
    assert "/directory/" not in shown.replace(reverse("directory:service", args=[service.id]), "")


def test_a_time_and_a_price_are_shown_at_once(maggie: Client, service: Service) -> None:
    assert "as soon as you save" in text_of(maggie.get(at(service, "change", "times", 1)))
    shown = sent(maggie, service, "times", 1, often="weekly", days=["FR"], opens_at="10am")
    assert "What you changed is shown now" in shown and "Every Friday, from 10am" in shown
    assert "Free" in sent(maggie, service, "costs", 1, kind="free")
    public = text_of(Client().get(reverse("directory:service", args=[service.id])))
    assert "Every Friday" in public and "Free" in public


def test_where_it_is_waits_and_the_page_says_so(maggie: Client, service: Service) -> None:
    shown = sent(maggie, service, "places", 1, **HALL, access=["step-free"])
    for words in ("looks first at: place", "Waiting for a look", "Hall, 9 Bellenden Road, London, SE15 4QN"):
        assert words in shown, words
    assert "Step-free access" in shown, "what it is like there is shown at once"
    assert "Waiting" in sent(maggie, service, "places", **HALL)
    assert ProposedEdit.objects.filter(state="waiting").count() == 2
    assert "Bellenden" not in text_of(Client().get(reverse("directory:service", args=[service.id])))


def test_taking_away(maggie: Client, service: Service) -> None:
    for word, rows in (("times", "sessions"), ("places", "places")):
        page = at(service, "remove", word, 1)
        assert "a steward can bring it back" in text_of(maggie.get(page))
        maggie.post(page, {"seen": going.mark(parts(service)[rows])})
    assert parts(service)["sessions"] == () and len(parts(service)["places"]) == 1
    assert ProposedEdit.objects.get().becomes == ""


def test_a_new_place_asks_for_its_address_and_a_private_one_for_anything_but(cast: Cast, maggie: Client) -> None:
    hidden = make.service(cast.provider, places=(make.place(is_address_hidden=True),))
    new, private = (
        text_of(maggie.get(page)) for page in (at(hidden, "add", "places"), at(hidden, "change", "places", 1))
    )
    assert 'name="postcode"' in new and 'name="access_words"' not in new and 'name="hidden"' not in new
    assert 'name="postcode"' not in private and 'name="access_words"' in private and "Choumert" not in private


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("times", {"often": ""}, "Choose how often it is"),
    ("times", {"often": "weekly", "opens_at": "noonish"}, "Enter a time, like 2:30pm"),
    ("places", {**HALL, "postcode": "SE1"}, "Enter a full UK postcode"),
    ("places", {**HALL, "postcode": "SE15 9ZZ"}, "We do not know that postcode"),
    ("costs", {"kind": "price", "amount": "lots"}, "Amount must be a number"),
    ("costs", {"kind": "free", "seen": "old"}, "has changed since you opened this"),
]


def test_bad_input_says_what_to_do_and_keeps_what_was_typed(maggie: Client, service: Service) -> None:
    before = parts(service)
    for word, said, sentence in WRONG:
        kept = {"times": "extra", "places": "name", "costs": "option"}[word]
        shown = sent(maggie, service, word, **{**said, kept: "Typed before"})
        assert sentence in shown and "Typed before" in shown, (word, said)
    assert parts(service) == before and not ProposedEdit.objects.exists()


@pytest.mark.parametrize(("page", "args"), PAGES)
def test_others_do_not_find_it(cast: Cast, service: Service, page: str, args: tuple[object, ...]) -> None:
    address = at(service, page, *args)
    assert cast.client(cast.provider_coordinator).get(address).status_code == 200
    assert cast.client(cast.other_provider_coordinator).get(address).status_code == 404
    assert cast.client(cast.session_leader).get(address).status_code == 403
    assert cast.client(cast.steward).get(address).status_code == 403
    assert cast.client().get(address).status_code == 302
    assert cast.client(cast.provider_coordinator).delete(address).status_code == 405
    assert cast.client(cast.provider_coordinator).get(at(service, "change", "times", 9)).status_code == 404
    assert cast.client(cast.provider_coordinator).get(address.replace(str(service.id), str(uuid4()))).status_code == 404


def test_statements_do_not_grow_with_its_times(
    cast: Cast, maggie: Client, service: Service, django_assert_max_num_queries: Any
) -> None:
    many = make.service(cast.provider, sessions=tuple(SessionFacts(description=f"Time {n}") for n in range(40)))
    with django_assert_max_num_queries(26):
        maggie.get(at(many))


@pytest.mark.parametrize(("answer", "leads"), [("wrong", True), ("right", False), ("closed", False)])
def test_who_says_by_link_that_something_is_wrong_is_led_there(
    client: Client, service: Service, answer: str, leads: bool
) -> None:
    asked = RefreshRequest.objects.create(
        service=service, asked_on="2026-11-20", expires_at="2026-12-20T00:00Z", sent_to="x", state="answered", before={"answer": answer}
    )  # fmt: skip
    shown = text_of(client.get(reverse("providers:listing-done", args=[refresh_token(asked.id)])))
    assert (at(service) in shown) is leads
