"""The steward's page for what a listing says."""

from datetime import date
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linkworks.directory import actions
from linkworks.directory.forms.facts import FactsForm
from linkworks.directory.models import ListingChange, Service, Source
from tests.cast import Cast
from tests.factories import directory as make


def page_of(service: Service) -> str:
    return reverse("directory:steward-facts", args=[service.id])


class OnPage(HTMLParser):
    """What the boxes of a page hold, as its browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self.writing = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "textarea":
            self.writing, self.values[name] = name, ""
        elif tag == "input" and given.get("type") == "radio":
            self.values.update({name: value} if "checked" in given else {})
        elif tag == "input" and given.get("type") == "checkbox":
            self.values.setdefault(name, []).extend([value] if "checked" in given else [])
        elif tag == "input" and name:
            self.values[name] = value

    def handle_data(self, data: str) -> None:
        if self.writing:
            self.values[self.writing] += data

    def handle_endtag(self, tag: str) -> None:
        self.writing = "" if tag == "textarea" else self.writing


def typed(client: Client, service: Service, **changed: Any) -> dict[str, Any]:
    """The form as the browser would send it back, with what the steward changed."""
    return {**OnPage(client.get(page_of(service)).content.decode()).values, **changed}


def saved(client: Client, service: Service, **changed: Any) -> Any:
    return client.post(page_of(service), typed(client, service, **changed))


def test_a_steward_corrects_a_telephone_number(steward: Client) -> None:
    service = make.service(phone="020 7946 0000", needs=("loneliness",))
    answer = saved(steward, service, phone="020 7946 0001")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("directory:steward-edit", args=[service.id])
    service.refresh_from_db()
    assert (service.phone, service.name, service.needs) == ("020 7946 0001", "Tuesday lunch club", ["loneliness"])
    page = steward.get(answer["Location"]).content.decode()
    for words in (
        "Tuesday lunch club is changed",
        "What was changed here",
        "Telephone",
        "Before: 020 7946 0000",
        "Ines Duarte",
    ):
        assert words in page, words


def test_what_it_says_now_is_in_the_boxes(steward: Client) -> None:
    service = make.service(phone="020 7946 0000", first_visit="We say hello.", who_it_is_for="Anybody over 50")
    page = steward.get(page_of(service)).content.decode()
    for words in (
        "Tuesday lunch club",
        "A hot lunch and good company.",
        "020 7946 0000",
        "We say hello.",
        "Anybody over 50",
    ):
        assert words in page, words
    chosen = len(service.needs) + len(Service.objects.get().categories)
    assert page.count(" checked") == chosen + 1, "and that it takes people from link workers"


def test_saving_without_a_change_changes_nothing(steward: Client) -> None:
    service = make.service(description="Line one\n\nLine two", url="https://kettle.example.org/lunch?a=1&b=2")
    before = Service.objects.get().document_hash
    assert saved(steward, service).status_code == 302
    assert Service.objects.get().document_hash == before
    assert not ListingChange.objects.exists()


def test_every_box_is_saved(steward: Client) -> None:
    service = make.service()
    said = {
        "name": "Wednesday supper", "description": "Soup.", "phone": "020 7946 0002", "email": "hi@supper.example.org",
        "url": "www.supper.example.org", "who_it_is_for": "All", "first_visit": "Come in.", "needs": ["bereavement"],
        "categories": ["creative"], "access_needs": ["hearing-loop"], "referral_email": "referrals@supper.example.org",
        "referral_note": "Adults only.", "what_happens": "We cook.", "who_comes": "Twelve people.", "ask_for": "Maggie",
        "bring_someone": "Yes.", "quiet_times": "After 2pm.", "getting_there": "Bus 12.", "is_referable": "no",
        "fees": "Pay what you can", "advice_levels": ["casework"], "quality_mark": "Fair Advice Mark", "course_levels": ["mixed"],
        "certificate": "Yes.", "leads_to": "More.",
    }  # fmt: skip
    days = {"quality_mark_until": date(2027, 6, 30), "join_by": date(2027, 1, 15)}
    boxes = {
        f"{name}_{part}": str(getattr(day, part)) for name, day in days.items() for part in ("day", "month", "year")
    }
    assert saved(steward, service, **said, **boxes).status_code == 302
    service.refresh_from_db()
    stored = {name: getattr(service, name) for name in said}
    assert stored == {**said, "url": "https://www.supper.example.org", "is_referable": False}
    assert {name: getattr(service, name) for name in days} == days
    assert {each.name for each in FactsForm().visible_fields()} - {"follow"} == set(said | days), "every box is tried"
    assert ListingChange.objects.count() == len(said | days)


def test_boxes_can_be_emptied(steward: Client) -> None:
    service = make.service(phone="020 7946 0000", url="https://kettle.example.org")
    answer = typed(steward, service, phone="", url="", description="")
    answer.pop("needs")
    assert steward.post(page_of(service), answer).status_code == 302
    service.refresh_from_db()
    assert (service.phone, service.url, service.description, service.needs) == ("", "", "", [])
    assert "Now: empty" in steward.get(reverse("directory:steward-edit", args=[service.id])).content.decode()


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "Enter the name people know it by"),
    ({"name": "   "}, "Enter the name people know it by"),
    ({"name": "x" * 256}, "255"),
    ({"phone": "ask"}, "Enter a telephone number"),
    ({"phone": "0" * 41}, "40"),
    ({"email": "not one"}, "Enter an email address"),
    ({"referral_email": "a, b@example.org"}, "Enter an email address"),
    ({"is_referable": ""}, "Choose whether it takes people"),
    ({"ask_for": "x" * 121}, "120"),
    ({"url": "javascript:alert(1)"}, "Enter a web address"),
    ({"url": "two words"}, "Enter a web address"),
    ({"url": "https://user:secret@example.org"}, "Enter a web address"),
    ({"needs": ["no-such-need"]}, "Choose one of the answers shown"),
    ({"categories": ["' --"]}, "Choose one of the answers shown"),
    ({"description": "x" * 20_001}, "20,000"),
]


def test_bad_input_says_so_keeps_what_was_typed_and_saves_nothing(steward: Client) -> None:
    service = make.service()
    whole = typed(steward, service, who_it_is_for="kept words")
    for wrong, said in WRONG:
        answer = steward.post(page_of(service), {**whole, **wrong})
        page = answer.content.decode()
        assert answer.status_code == 400, wrong
        assert said in page.replace("20000", "20,000"), wrong
        assert "kept words" in page
        assert "Error: " in page
    service.refresh_from_db()
    assert service.who_it_is_for == ""
    assert not ListingChange.objects.exists()


def test_a_form_somebody_else_overtook_is_refused_and_can_be_copied_from(steward: Client) -> None:
    service = make.service(phone="020 7946 0000")
    mine = typed(steward, service, phone="020 7946 0002", first_visit="My long text")
    assert saved(steward, service, phone="020 7946 0001").status_code == 302
    answer = steward.post(page_of(service), mine)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "changed since you opened it" in page
    assert "My long text" in page
    assert "See the listing as it is now" in page
    service.refresh_from_db()
    assert (service.phone, service.first_visit) == ("020 7946 0001", "")


def test_pressing_save_twice_makes_one_change(steward: Client) -> None:
    service = make.service()
    answer = typed(steward, service, name="Soup")
    assert steward.post(page_of(service), answer).status_code == 302
    assert steward.post(page_of(service), answer).status_code == 400, "the second comes from a form that was overtaken"
    assert ListingChange.objects.count() == 1


def test_a_form_without_its_mark_is_refused(steward: Client) -> None:
    service = make.service()
    for mark in ({}, {"seen": "made-up"}):
        assert steward.post(page_of(service), {"name": "Soup", **mark}).status_code == 400
    assert not ListingChange.objects.exists()


def test_what_is_kept_against_the_feed_is_shown_and_can_be_let_go(steward: Client) -> None:
    service = make.service()
    source = Source.objects.create(name="Bramblewick Council")
    Service.objects.update(source=source, source_key="1")
    page = steward.get(page_of(service)).content.decode()
    assert "comes from Bramblewick Council" in page
    assert "Let the feed decide" not in page
    saved(steward, service, name="Soup")
    assert "Let the feed decide these again" in steward.get(page_of(service)).content.decode()
    assert saved(steward, service, follow=["phone"]).status_code == 400, "only what is kept can be let go"
    assert saved(steward, service, follow=["name"]).status_code == 302
    service.refresh_from_db()
    assert service.kept_here == []
    assert (
        "Follows the feed again for"
        in steward.get(reverse("directory:steward-edit", args=[service.id])).content.decode()
    )


def test_script_typed_into_a_box_stays_text(steward: Client) -> None:
    service = make.service()
    saved(steward, service, name="<script>alert(1)</script>", who_it_is_for="<img src=x onerror=alert(1)>")
    addresses = [page_of(service), reverse("directory:service", args=[service.id])]
    for address in [*addresses, reverse("directory:steward-edit", args=[service.id])]:
        page = steward.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_only_stewards_come_in(cast: Cast) -> None:
    service = make.service()
    address = page_of(service)
    assert cast.client().get(address).status_code == 302
    for who in (
        cast.link_worker,
        cast.manager,
        cast.provider_coordinator,
        cast.referrer,
        cast.administrator,
        cast.commissioner,
    ):
        client = cast.client(who)
        assert client.get(address).status_code == 403, who.name
        assert client.post(address, {"name": "Mine"}).status_code == 403, who.name
    service.refresh_from_db()
    assert service.name == "Tuesday lunch club"


def test_a_listing_that_never_was_is_not_found_and_wrong_methods_are_refused(steward: Client) -> None:
    assert steward.get(reverse("directory:steward-facts", args=[uuid4()])).status_code == 404
    assert steward.post(reverse("directory:steward-facts", args=[uuid4()]), {"name": "x"}).status_code == 404
    assert steward.delete(page_of(make.service())).status_code == 405


def test_queries_do_not_grow_with_what_was_changed(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    service, client = make.service(), cast.client(cast.steward)
    address = reverse("directory:steward-edit", args=[service.id])

    def counted() -> int:
        with django_assert_max_num_queries(20) as seen:
            client.get(address)
        return len(seen)

    counted()  # the first request of a session also starts it
    few = counted()
    for number in range(6):
        actions.withdraw(service, because=f"Reason {number}", by=make.KEEPER)
        actions.publish(service, by=make.KEEPER)
    assert counted() == few


def test_the_way_from_the_public_page_to_here(steward: Client) -> None:
    service = make.service()
    public = steward.get(reverse("directory:service", args=[service.id])).content.decode()
    desk = reverse("directory:steward-edit", args=[service.id])
    assert desk in public
    page = steward.get(desk).content.decode()
    assert page_of(service) in page
    assert "Nothing yet." in page
