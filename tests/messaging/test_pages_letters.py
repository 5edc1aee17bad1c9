from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linkworks.messaging import actions
from linkworks.messaging.models import Message
from linkworks.messaging.states import State
from tests.cast import Cast
from tests.factories.messaging import make_channel
from tests.factories.people import name


@pytest.fixture
def letter(cast: Cast) -> Message:
    channel = make_channel(cast.scheme, kind="letter", value="1 Made-up Road\nLondon\nSE15 5DD")
    told = actions.tell_person(
        channel_id=channel.id,
        template="could-not-reach",
        about_id=None,
        dedupe="letter",
        scheme_id=cast.scheme.id,
        by=cast.actor(cast.link_worker),
        values={
            "name": "Sam",
            "text": "We have tried to get in touch with you.",
            "language": "",
            "phone": "020 7946 0100",
            "reference": "C-7KQ4-M9TX",
            "worker": "Amara Boateng",
            "scheme": cast.scheme.name,
            "hours": "Monday to Friday",
        },
    )
    assert told is not None
    return told


@pytest.fixture
def amara(cast: Cast) -> Client:
    return cast.client(cast.link_worker)


def address(letter: Message, page: str = "letter") -> str:
    return reverse(f"messaging:{page}", args=[letter.id])


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_a_letter_prints_in_ordinary_and_large_print(cast: Cast, amara: Client, letter: Message) -> None:
    page = text_of(amara.get(address(letter)))
    for words in ("1 Made-up Road", "Dear Sam", "020 7946 0100", "Amara Boateng", "I have posted this letter"):
        assert words in page
    assert "app-print--large" in text_of(amara.get(address(letter), {"size": "large"}))


def test_posting_is_noted_once(cast: Cast, amara: Client, letter: Message) -> None:
    for _ in range(2):
        page = text_of(amara.post(address(letter, "letter-posted"), follow=True))
    letter.refresh_from_db()
    assert letter.state == State.SENT
    assert letter.sent_at is not None
    assert letter.moves.count() == 2
    assert "This letter was posted." in page


def test_an_address_that_is_no_longer_safe_is_not_printed(cast: Cast, amara: Client, letter: Message) -> None:
    letter.person_channel.is_safe = False
    letter.person_channel.save()
    page = text_of(amara.get(address(letter)))
    assert "Do not post this letter" in page
    assert "Made-up Road" not in page
    page = text_of(amara.post(address(letter, "letter-posted"), follow=True))
    letter.refresh_from_db()
    assert letter.state == State.SUPPRESSED
    assert "not safe" in page


def test_the_manager_can_print_it_and_another_scheme_can_not(cast: Cast, letter: Message) -> None:
    assert cast.client(cast.manager).get(address(letter)).status_code == 200
    outsider = cast.client(cast.outsider)
    assert outsider.get(address(letter)).status_code == 404
    assert outsider.post(address(letter, "letter-posted")).status_code == 404


@pytest.mark.parametrize("who", ["referrer", "provider_coordinator", "administrator", "signposter"])
def test_other_roles_are_refused(cast: Cast, letter: Message, who: str) -> None:
    browser = cast.client(getattr(cast, who))
    assert browser.get(address(letter)).status_code == 403
    assert browser.post(address(letter, "letter-posted")).status_code == 403


def test_an_action_refuses_them_too(cast: Cast, letter: Message) -> None:
    from linkworks.core.errors import NotAllowed

    with pytest.raises(NotAllowed):
        actions.post_letter(letter, by=cast.actor(cast.referrer))


def test_signed_out_and_wrong_methods(cast: Cast, amara: Client, letter: Message) -> None:
    assert Client().get(address(letter)).status_code == 302
    assert amara.post(address(letter)).status_code == 405
    assert amara.get(address(letter, "letter-posted")).status_code == 405


# ─── The list ────────────────────────────────────────────────────────────────────────────────────────────────────────

LETTERS = "/messages/letters"


def test_letters_wait_in_a_list_until_they_are_posted(cast: Cast, amara: Client, letter: Message) -> None:
    assert "We have been trying to reach you: Sam Hale" in text_of(amara.get(LETTERS))
    assert LETTERS in text_of(amara.get("/messages/"))
    amara.post(address(letter, "letter-posted"))
    assert "There is no letter to print" in text_of(amara.get(LETTERS))
    assert "Sam Hale" in text_of(amara.get(LETTERS, {"view": "posted"}))


def test_the_list_can_be_searched(cast: Cast, amara: Client, letter: Message) -> None:
    for words in ("7KQ4", "hale", "sam"):
        assert "Sam Hale" in text_of(amara.get(LETTERS, {"q": words}))
    assert "Nothing was found" in text_of(amara.get(LETTERS, {"q": "zebra"}))
    assert "No letter has been posted yet" in text_of(amara.get(LETTERS, {"view": "posted"}))


def test_the_list_asks_as_much_for_many_as_for_one(
    cast: Cast, amara: Client, letter: Message, django_assert_num_queries: Any
) -> None:
    amara.get(LETTERS)
    with CaptureQueriesContext(connection) as few:
        amara.get(LETTERS)
    for number in range(4):
        Message.objects.create(
            scheme=cast.scheme,
            audience="person",
            way="letter",
            person_channel=make_channel(cast.scheme, kind="letter"),
            body="x",
            template="could-not-reach",
            subject="x",
            address="x",
            dedupe=f"more:{number}",
        )
    with django_assert_num_queries(len(few.captured_queries)):
        amara.get(LETTERS)


def test_another_scheme_sees_none_of_them(cast: Cast, letter: Message) -> None:
    assert "Sam" not in text_of(cast.client(cast.outsider).get(LETTERS))


def test_the_list_is_for_those_who_work_with_cases(cast: Cast, amara: Client) -> None:
    assert cast.client(cast.referrer).get(LETTERS).status_code == 403
    assert LETTERS not in text_of(cast.client(cast.referrer).get("/messages/"))
    assert Client().get(LETTERS).status_code == 302
    assert amara.post(LETTERS).status_code == 405


def move_house(letter: Message) -> None:
    person = letter.person_channel.person
    person.address, person.postcode = "2 Other Street\nLondon", "SE15 4AA"
    person.save()


def test_a_letter_goes_to_the_address_that_is_safe_and_never_to_the_one_on_the_record(
    cast: Cast, amara: Client, letter: Message
) -> None:
    """Whoever asks for letters at their sister's may be hiding them from somebody at home."""
    move_house(letter)
    page = text_of(amara.get(address(letter)))
    assert "Sam Hale<br>1 Made-up Road" in page
    assert "Other Street" not in page
    assert "SE15 4AA" not in page


@pytest.mark.parametrize("called", ["Home address", "home", " Home "])
def test_where_the_safe_way_is_only_called_home_the_record_says_where_that_is(
    cast: Cast, amara: Client, letter: Message, called: str
) -> None:
    move_house(letter)
    type(letter.person_channel).objects.update(value=called)
    type(letter).objects.update(address=called)
    page = text_of(amara.get(address(letter)))
    assert "Sam Hale<br>2 Other Street<br>London<br>SE15 4AA" in page


@pytest.mark.parametrize(
    ("restriction", "writer", "lead", "manager", "colleague"),
    [("normal", 200, 200, 200, 404), ("protected", 200, 200, 404, 404), ("sealed", 404, 404, 404, 404)],
)
def test_a_letter_to_somebody_kept_close_is_printed_by_whoever_wrote_it_or_by_the_lead(
    cast: Cast, letter: Message, restriction: str, writer: int, lead: int, manager: int, colleague: int
) -> None:
    person = letter.person_channel.person
    person.restriction = restriction
    person.save()
    people = (cast.link_worker, cast.safeguarding_lead, cast.manager, cast.colleague)
    for who, expected in zip(people, (writer, lead, manager, colleague), strict=True):
        browser = cast.client(who)
        assert browser.get(address(letter)).status_code == expected
        assert ("Sam Hale" in text_of(browser.get(LETTERS))) is (expected == 200)


def test_a_letter_to_somebody_sealed_is_printed_by_those_who_were_named(cast: Cast, letter: Message) -> None:
    person = letter.person_channel.person
    person.restriction = "sealed"
    person.save()
    name(person, cast.link_worker, cast.manager)
    for who, status in ((cast.link_worker, 200), (cast.manager, 200), (cast.safeguarding_lead, 404)):
        assert cast.client(who).get(address(letter)).status_code == status


def test_a_letter_is_for_whoever_wrote_it_and_those_who_see_the_team(cast: Cast, letter: Message) -> None:
    for who, status in ((cast.link_worker, 200), (cast.colleague, 404), (cast.manager, 200), (cast.outsider, 404)):
        assert cast.client(who).get(address(letter)).status_code == status
    assert "Sam" not in text_of(cast.client(cast.colleague).get(reverse("messaging:letters")))


def test_a_letter_is_found_by_the_name_it_shows(amara: Client, letter: Message) -> None:
    assert letter.person_channel
    person, page = letter.person_channel.person, reverse("messaging:letters")
    both = f"{person.given_name} {person.family_name}"
    for words in (both, both.lower(), person.family_name, f"{person.family_name} {person.given_name[:3]}"):
        assert address(letter) in text_of(amara.get(page, {"q": words})), words
    assert address(letter) not in text_of(amara.get(page, {"q": f"{person.given_name} Nobody"}))
