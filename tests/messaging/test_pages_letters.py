from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.messaging import actions
from linkworks.messaging.models import Message
from linkworks.messaging.states import State
from tests.cast import Cast
from tests.factories.messaging import make_channel


@pytest.fixture
def letter(cast: Cast) -> Message:
    channel = make_channel(cast.scheme, kind="letter", value="1 Made-up Road\nLondon\nSE15 5DD")
    told = actions.tell_person(
        channel_id=channel.id,
        template="could-not-reach",
        about_id=None,
        dedupe="letter",
        scheme_id=cast.scheme.id,
        by=cast.everything,
        values={
            "name": "Sam",
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


def test_a_teammate_can_print_it_and_another_scheme_can_not(cast: Cast, letter: Message) -> None:
    assert cast.client(cast.colleague).get(address(letter)).status_code == 200
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
