"""The letters at the end of a case: in the scheme's own words, only where letters are safe, as they were shown before."""

from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.messaging.models import Message
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

pytestmark = pytest.mark.django_db

HOME = "4 Choumert Road, SE15 5DD"
WORDS = {"could_not_contact": "We knocked, and rang.\n\nCome back when you like.", "finished": "It was a joy."}


@pytest.fixture
def own_words(cast: Cast) -> None:
    cast.scheme.settings = {"closing_letters": WORDS, "languages": ["en", "bn"]}
    cast.scheme.save()


def letters_safe(cast: Cast, case: Any, *, safe: bool | None = True) -> Any:
    do(cast.actor(cast.link_worker), actions.set_channel, case, kind="letter", value=HOME, is_safe=safe)
    return case


def finish(cast: Cast, case: Any, reason: str = "goals-met") -> Any:
    return do(cast.actor(cast.link_worker), actions.close, case, reason=reason, missing_because="She was in a hurry")


def letters_to(case: Any) -> list[Message]:
    return list(Message.objects.filter(about_id=case.pk, audience="person"))


def test_the_letter_at_the_end_says_what_the_scheme_wrote(cast: Cast, own_words: None) -> None:
    case = letters_safe(cast, make.reviewed(cast))
    finish(cast, case)
    (letter,) = letters_to(case)
    assert (letter.way, letter.template, letter.address, letter.state) == ("letter", "work-finished", HOME, "created")
    assert letter.body.startswith("Dear Jean,\n\nIt was a joy.\n\nYou can call us on 020 7946 0100")
    assert case.reference in letter.body
    assert letter.body.endswith(f"Amara Boateng\n{cast.scheme.name}")


def test_so_does_the_letter_to_somebody_who_could_not_be_reached(cast: Cast, own_words: None) -> None:
    case = letters_safe(cast, make.contacting(cast, tries=3))
    do(cast.actor(cast.link_worker), actions.close_could_not_contact, case)
    (letter,) = letters_to(case)
    assert letter.body.startswith("Dear Jean,\n\nWe knocked, and rang.\n\nCome back when you like.\n\nYou can call")


@pytest.mark.parametrize("safe", [False, None])
def test_no_letter_goes_where_letters_are_not_safe(cast: Cast, own_words: None, safe: bool | None) -> None:
    case = letters_safe(cast, make.reviewed(cast), safe=safe)
    finish(cast, case)
    assert letters_to(case) == []


def test_a_scheme_without_words_for_the_end_sends_none(cast: Cast) -> None:
    cast.scheme.settings = {"closing_letters": {"finished": " "}}
    cast.scheme.save()
    case = letters_safe(cast, make.reviewed(cast))
    page = cast.client(cast.link_worker).get(reverse("casework:close", args=[case.pk])).content.decode()
    finish(cast, case)
    assert letters_to(case) == []
    assert "letter" not in page.lower().split("</h1>")[1].split("<form")[0]


@pytest.mark.parametrize("reason", sorted(set(vocabulary.CLOSE_REASONS) - {"could-not-contact"}))
def test_who_is_written_to_at_the_end(cast: Cast, own_words: None, reason: str) -> None:
    """Nobody who died, moved away or should not have been referred is thanked for working with us."""
    case = letters_safe(cast, make.reviewed(cast))
    finish(cast, case, reason)
    gone = {"deceased", "moved-away", "inappropriate-referral"}
    assert len(letters_to(case)) == (reason not in gone)


def test_each_ending_has_its_own_letter(cast: Cast, own_words: None) -> None:
    case = letters_safe(cast, make.reviewed(cast))
    finish(cast, case)
    again = do(cast.actor(cast.link_worker), actions.reopen, case, reason="She rang.")
    finish(cast, again)
    assert len(letters_to(case)) == 2


@pytest.mark.parametrize(("language", "said"), [("bn", True), ("so", False), ("en", False)])
def test_a_letter_names_the_language_we_can_talk_in(
    cast: Cast, own_words: None, worker: Actor, language: str, said: bool
) -> None:
    case = letters_safe(
        cast,
        make.reviewed(
            cast,
        ),
    )
    case.person.language = language
    case.person.save()
    finish(cast, make.fresh(case))
    assert ("We can talk with you in Bengali" in letters_to(case)[0].body) is said


@pytest.mark.parametrize(
    ("page", "template", "stage"),
    [
        ("close", "work-finished", make.reviewed),
        ("close-unreached", "could-not-reach", lambda c: make.contacting(c, 3)),
    ],
)
def test_what_is_shown_before_closing_is_what_is_written(
    cast: Cast, own_words: None, page: str, template: str, stage: Any
) -> None:
    case = letters_safe(cast, stage(cast))
    browser = cast.client(cast.link_worker)
    address = reverse(f"casework:{page}", args=[case.pk])
    shown = browser.get(address).content.decode()
    browser.post(address, {"reason": "goals-met", "missing_because": "Asked to stop", "with_letter": "on"})
    (letter,) = letters_to(case)
    assert letter.template == template
    assert HOME in shown
    for paragraph in letter.body.split("\n\n")[:4]:
        assert paragraph.splitlines()[0] in shown


def test_without_a_telephone_number_the_letter_still_reads_well(cast: Cast, own_words: None) -> None:
    cast.scheme.phone = ""
    cast.scheme.save()
    case = letters_safe(cast, make.reviewed(cast))
    finish(cast, case)
    assert "call us on" not in letters_to(case)[0].body
    assert f"Your reference is {case.reference}." in letters_to(case)[0].body
