"""Somebody asks for support for themselves: six questions, nothing lost, sent once, never a dead end."""

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from linkworks.core.errors import Invalid
from linkworks.frontdoor.models import SendCount
from linkworks.frontdoor.views import self_refer
from linkworks.organisations.models import RecordedGap, Scheme
from linkworks.referrals.models import Referral
from tests.cast import Cast
from tests.context import acting
from tests.factories.organisations import BARNET, make_postcode

START, CHECK, DONE, NEAREST, CALL_BACK = (
    "/self-refer",
    "/self-refer/check",
    "/self-refer/done",
    "/self-refer/nearest",
    "/self-refer/call-back",
)
TEAM = "/self-refer/call-back/team"
ANSWERS: dict[str, dict[str, Any]] = {
    "help": {"needs_common": ["loneliness", "bereavement"]},
    "words": {"in_their_words": "The evenings are long since Alf died."},
    "name": {
        "given_name": "Jean",
        "family_name": "Marlow",
        "born_on_day": "3",
        "born_on_month": "6",
        "born_on_year": "1951",
    },
    "postcode": {"postcode": "se155dd"},
    "contact": {
        "ways": ["phone"],
        "phone": "02079460001",
        "phone_message": "yes",
        "phone_say_who": "no",
        "phone_times": "Mornings",
    },
    "easier": {"language": "en"},
}
CALL = {
    "given_name": "Jean",
    "phone": "02079460001",
    "phone_message": "no",
    "phone_say_who": "no",
    "postcode": "SE15 5DD",
    "language": "en",
}


@pytest.fixture
def browser(cast: Cast) -> Client:
    make_postcode()
    return cast.client()


def question(name: str) -> str:
    return f"/self-refer/{name}"


def answered(browser: Client, **changes: dict[str, Any]) -> Any:
    """Answer all six questions; gives the page that the last answer leads to."""
    page: Any = None
    for name, answers in ANSWERS.items():
        page = browser.post(question(name), {**answers, **changes.get(name, {})}, follow=True)
    return page


def token_on(page: Any) -> str:
    return re.findall(r'name="form_token" value="([^"]+)"', page.content.decode())[0]


def main(page: Any) -> str:
    return str(page.content.decode().split("<main")[1].split("</main>")[0])


def test_six_questions_then_a_reference(cast: Cast, browser: Client) -> None:
    assert "6 questions" in browser.get(START).content.decode()
    look = answered(browser)
    assert look.redirect_chain[-1][0] == CHECK
    for words in (
        "Jean Marlow",
        "3 June 1951",
        "SE15 5DD",
        "Feeling alone or isolated",
        "020 7946 0001",
        "Elm Tree Social Prescribing",
    ):
        assert words in main(look)
    done = browser.post(CHECK, {}, follow=True)
    referral = Referral.objects.get()
    assert referral.reference in main(done)
    assert "within 5 working days" in main(done)
    assert "020 7946 0100" in main(done)
    assert (referral.door, referral.referrer_type, referral.scheme_id, referral.told_and_agrees) == (
        "self",
        "self",
        cast.scheme.id,
        True,
    )


def test_no_email_is_needed_and_one_question_is_asked_at_a_time(browser: Client) -> None:
    for number, name in enumerate(ANSWERS, 1):
        page = browser.get(question(name)).content.decode()
        assert f"Question {number} of 6" in page
        assert page.count("<h1") == 1


def test_each_question_leads_back_to_the_one_before(browser: Client) -> None:
    names = [START, *(question(name) for name in ANSWERS)]
    for before, here in pairwise(names):
        assert f'nhsuk-back-link" href="{before}"' in browser.get(here).content.decode()


def test_going_back_keeps_every_answer(browser: Client) -> None:
    answered(browser)
    for name, kept in [
        ("words", "The evenings are long"),
        ("name", 'value="Jean"'),
        ("postcode", "SE15 5DD"),
        ("contact", "020 7946 0001"),
    ]:
        assert kept in browser.get(question(name)).content.decode()
    assert re.search(r'value="loneliness"[^>]*checked', browser.get(question("help")).content.decode())


def test_an_answer_changed_from_the_last_look_leads_back_to_it(browser: Client) -> None:
    answered(browser)
    page = browser.post(question("name"), {"given_name": "June"}, follow=True)
    assert page.redirect_chain[-1][0] == CHECK
    assert "June" in main(page)


def test_the_last_look_before_the_end_asks_what_is_missing(browser: Client) -> None:
    assert browser.get(CHECK).url == START  # type: ignore[attr-defined]
    browser.post(question("help"), ANSWERS["help"])
    assert browser.get(CHECK).url == question("words")  # type: ignore[attr-defined]
    assert browser.get(DONE).url == START  # type: ignore[attr-defined]
    assert browser.get(NEAREST).url == question("postcode")  # type: ignore[attr-defined]


def test_it_is_sent_once(browser: Client) -> None:
    answered(browser)
    pages = [main(browser.post(CHECK, {}, follow=True)) for _ in range(3)]
    reference = Referral.objects.get().reference
    assert all(reference in page for page in pages)


def test_answers_changed_in_another_window_are_looked_at_before_they_go(browser: Client) -> None:
    shown = token_on(answered(browser))
    browser.post(question("words"), {"in_their_words": "Something else."})
    again = browser.post(CHECK, {"form_token": shown})
    assert again.status_code == 400
    assert "changed in another window" in main(again)
    assert Referral.objects.count() == 0
    browser.post(CHECK, {"form_token": token_on(again)})
    assert Referral.objects.get().in_their_words == "Something else."


class TestSafety:
    @pytest.mark.parametrize("path", [START, *(question(name) for name in ANSWERS), CALL_BACK])
    def test_help_now_stands_on_every_page(self, browser: Client, path: str) -> None:
        page = browser.get(path).content.decode()
        for words in ('href="tel:999"', "option 2", "116 123", "85258"):
            assert words in page

    @pytest.mark.parametrize("name", ["words", "contact", "easier"])
    def test_help_now_stands_before_and_after_what_may_be_hard_to_write(self, browser: Client, name: str) -> None:
        before, after = main(browser.get(question(name))).split("</form>", 1)
        for words in ('href="tel:999"', "option 2", "116 123", "85258"):
            assert words in before.split("<form")[0]
            assert words in after

    @pytest.mark.parametrize("path", [START, *(question(name) for name in ANSWERS), CALL_BACK])
    def test_every_page_can_be_left_at_once_and_its_title_gives_nothing_away(self, browser: Client, path: str) -> None:
        page = browser.get(path).content.decode()
        assert "Exit this page" in page
        assert "<title>Local support</title>" in page

    def test_what_was_typed_can_be_deleted(self, browser: Client) -> None:
        answered(browser)
        assert browser.get("/self-refer/forget").status_code == 405
        assert browser.post("/self-refer/forget").url == START  # type: ignore[attr-defined]
        assert 'value="Jean"' not in browser.get(question("name")).content.decode()

    @pytest.mark.parametrize("path", [START, question("words"), CHECK, DONE, CALL_BACK])
    def test_leaving_leaves_nothing_behind(self, browser: Client, path: str) -> None:
        """The next one at this telephone or library computer finds no answers and no reference."""
        answered(browser)
        browser.post(CALL_BACK, {**CALL, "phone": ""})
        if path == DONE:
            browser.post(CHECK, {})
        page = browser.get(path).content.decode()
        (way_out,) = re.findall(r'href="([^"]+)"[^>]*data-quick-exit', page)
        gone = browser.get(way_out)
        assert gone.status_code == 302
        assert "linkworks" not in gone.url  # type: ignore[attr-defined]
        for kept in (START, *(question(name) for name in ANSWERS), CHECK, DONE, CALL_BACK):
            left = browser.get(kept, follow=True).content.decode()
            assert not re.search(r"Jean|Marlow|evenings|R-[0-9A-Z]{4}|Carry on", left), kept

    @pytest.mark.parametrize("name", list(ANSWERS)[1:])
    def test_answers_can_be_deleted_from_every_question_after_the_first(self, browser: Client, name: str) -> None:
        assert "Delete my answers" in browser.get(question(name)).content.decode()

    def test_each_way_says_what_is_safe(self, browser: Client) -> None:
        page = browser.get(question("contact")).content.decode()
        for words in (
            "Is it safe to leave a message?",
            "Is it safe to say who is calling?",
            "Best times to call",
            "Through somebody else",
        ):
            assert words in page

    def test_nobody_can_read_it_back_but_the_scheme(self, cast: Cast, browser: Client) -> None:
        answered(browser)
        browser.post(CHECK, {})
        with acting(cast.actor(cast.outsider)):
            assert Referral.objects.count() == 0
        with acting(cast.actor(cast.link_worker)):
            assert Referral.objects.count() == 1


class TestBadInput:
    @pytest.mark.parametrize(
        ("name", "answers", "said"),
        [
            ("help", {}, "Choose what you would like help with"),
            ("name", {"given_name": "", "family_name": "Marlow"}, "Enter your first name"),
            ("postcode", {"postcode": ""}, "Enter your postcode"),
            ("postcode", {"postcode": "nowhere"}, "Enter a full UK postcode"),
            ("contact", {}, "Choose at least one way we can reach you"),
            ("contact", {"ways": ["phone"], "phone": ""}, "Enter your phone number"),
            ("contact", {"ways": ["phone"], "phone": "07700 900123"}, "Choose whether it is safe to leave a message"),
            ("contact", {"ways": ["email"], "email": "nope"}, "Enter an email address in the correct format"),
            ("words", {"in_their_words": "x" * 2001}, "2,000 characters or fewer"),
        ],
    )
    def test_it_is_said_and_kept(self, browser: Client, name: str, answers: dict[str, Any], said: str) -> None:
        page = browser.post(question(name), answers)
        assert page.status_code == 400
        assert said in page.content.decode()
        assert "Error: Local support" in page.content.decode()
        for typed in (value for value in answers.values() if isinstance(value, str)):
            assert typed in page.content.decode()

    def test_not_sure_is_an_answer(self, browser: Client) -> None:
        answered(browser, help={"needs_common": [], "not_sure": "on"})
        browser.post(CHECK, {})
        assert Referral.objects.get().needs == []

    def test_not_sure_and_not_a_word_can_be_sent_too(self, browser: Client) -> None:
        page = answered(browser, help={"needs_common": [], "not_sure": "on"}, words={"in_their_words": ""})
        assert "Not sure yet: would like to talk about it." in main(page)
        assert browser.post(CHECK, {}).url == DONE  # type: ignore[attr-defined]
        assert Referral.objects.get().in_their_words == "Not sure yet: would like to talk about it."

    def test_not_sure_puts_no_words_in_a_mouth_that_spoke(self, browser: Client) -> None:
        answered(browser, help={"needs_common": [], "not_sure": "on"})
        browser.post(CHECK, {})
        assert Referral.objects.get().in_their_words == ANSWERS["words"]["in_their_words"]

    def test_a_refusal_ends_its_sentence_before_the_number_to_call(self) -> None:
        said = self_refer._for_themselves(Invalid("Choose at least one reason", field="needs"))
        assert said == "Choose at least one reason."
        assert (
            self_refer._for_themselves(Invalid("Aged 18 and over. You are 11.", field="born_on")) == "Aged 18 and over."
        )

    def test_somebody_too_young_is_told_who_to_call(self, browser: Client) -> None:
        answered(browser, name={"born_on_year": "2015"})
        page = browser.post(CHECK, {})
        assert page.status_code == 400
        assert "aged 18 and over" in main(page)
        assert "Call Elm Tree Social Prescribing on 020 7946 0100" in main(page)
        assert Referral.objects.count() == 0

    def test_unknown_questions_and_wrong_methods(self, browser: Client) -> None:
        assert browser.get(question("nonsense")).status_code == 404
        assert browser.delete(question("help")).status_code == 405
        assert browser.post(START).status_code == 405
        assert browser.post(DONE).status_code == 405


class TestGap:
    @pytest.fixture
    def gap(self, cast: Cast) -> None:
        make_postcode("EN5 5XQ", BARNET, 51.65, -0.2)
        RecordedGap.objects.create(
            borough_code=BARNET, reason="Barnet has none yet.", nearest=cast.other_scheme, recorded_on=date(2026, 1, 1)
        )

    def test_it_is_said_with_every_way_on(self, browser: Client, gap: None) -> None:
        page = browser.post(question("postcode"), {"postcode": "EN5 5XQ"}, follow=True)
        assert page.redirect_chain[-1][0] == NEAREST
        for words in (
            "There is no team for this postcode",
            "Barnet has none yet.",
            "Canal Side Social Prescribing",
            "/find?postcode=EN5+5XQ",
            "GP practice",
        ):
            assert words in main(page)

    def test_the_nearest_may_be_asked(self, cast: Cast, browser: Client, gap: None) -> None:
        for name in ("help", "words", "name"):
            browser.post(question(name), ANSWERS[name])
        browser.post(question("postcode"), {"postcode": "EN5 5XQ"})
        assert browser.post(NEAREST, {"scheme": str(cast.other_scheme.id)}).url == question("contact")  # type: ignore[attr-defined]
        for name in ("contact", "easier"):
            browser.post(question(name), ANSWERS[name])
        browser.post(CHECK, {})
        assert Referral.objects.get().scheme_id == cast.other_scheme.id

    def test_nothing_chosen_is_said(self, browser: Client, gap: None) -> None:
        browser.post(question("postcode"), {"postcode": "EN5 5XQ"})
        assert browser.post(NEAREST, {}).status_code == 400

    def test_the_last_look_is_not_reached_without_a_scheme(self, browser: Client, gap: None) -> None:
        answered(browser, postcode={"postcode": "EN5 5XQ"})
        assert browser.get(CHECK).url == NEAREST  # type: ignore[attr-defined]

    def test_where_the_nearest_takes_nobody_themselves_there_are_other_ways(self, browser: Client, gap: None) -> None:
        Scheme.objects.update(settings={"front_doors": ["account"]}, settings_version=2)
        page = browser.post(question("postcode"), {"postcode": "EN5 5XQ"}, follow=True)
        assert "Find groups and advice near you" in main(page)
        assert "Continue" not in main(page)
        called = browser.post(CALL_BACK, {**CALL, "postcode": "EN5 5XQ"}, follow=True)
        assert "Find groups and advice near you" in main(called)


class TestTooOften:
    def test_the_twenty_first_in_an_hour_is_refused_with_the_telephone(self, browser: Client) -> None:
        for _ in range(20):
            assert browser.post(CALL_BACK, CALL).status_code == 302
        page = browser.post(CALL_BACK, CALL)
        assert page.status_code == 400
        assert "Many requests have come from your connection" in page.content.decode()
        assert "020 7946 0100" in page.content.decode()
        assert 'value="Jean"' in page.content.decode()

    def test_no_address_is_kept(self, browser: Client) -> None:
        browser.post(CALL_BACK, CALL, REMOTE_ADDR="203.0.113.77")
        assert "203.0.113" not in str(SendCount.objects.values_list("who", "door").get())

    def test_other_parts_of_the_network_are_counted_apart(self, browser: Client) -> None:
        for address in ("203.0.113.77", "203.0.113.5", "198.51.100.1"):
            browser.post(CALL_BACK, CALL, REMOTE_ADDR=address)
        assert sorted(SendCount.objects.values_list("count", flat=True)) == [1, 2]


def test_somebody_signed_in_still_asks_as_the_public(cast: Cast, browser: Client) -> None:
    staff = cast.client(cast.link_worker)
    answered(staff)
    staff.post(CHECK, {})
    assert Referral.objects.get().door == "self"
