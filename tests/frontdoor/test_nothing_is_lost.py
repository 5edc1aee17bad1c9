"""Long words, odd words, the back button, two windows, an ended session, an error and a second try: nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkworks.frontdoor.actions import count_sending
from linkworks.frontdoor.forms import HelpForm, NameForm, WordsForm
from linkworks.frontdoor.models import SendCount
from linkworks.referrals.models import Referral
from tests.cast import Cast
from tests.factories.organisations import make_postcode
from tests.frontdoor.test_pages_self_refer import ANSWERS, CHECK, DONE, START, answered, main, question, token_on

ODD = [
    "a" * 2000,
    "word " * 400,
    "Zażółć gęślą jaźń",
    "أريد المساعدة",
    "🙂 👩‍👩‍👧 ❤️",
    "<script>alert(1)</script> & \"quotes\" 'too'",
    "{{ 7*7 }} {% now %} %s %(x)s",
    "line one\nline two\n\nline three",
    "'; DROP TABLE people_person; --",
    '=HYPERLINK("http://x")',
]


@pytest.fixture
def browser(cast: Cast) -> Client:
    make_postcode()
    return cast.client()


def send(browser: Client, look: Any) -> Any:
    return browser.post(CHECK, {"form_token": token_on(look)}, follow=True)


@pytest.mark.parametrize("words", ODD, ids=lambda words: words[:12])
def test_their_own_words_arrive_as_they_were_typed(browser: Client, words: str) -> None:
    look = answered(browser, words={"in_their_words": words})
    assert "<script>alert" not in main(look)
    assert "49" not in main(look).split("In your own words")[1].split("</dd>")[0]
    send(browser, look)
    assert Referral.objects.get().in_their_words.replace("\r\n", "\n") == words.strip()


@pytest.mark.parametrize("given_name", ["X" * 100, "María José", "D'Arcy-Ó Briain", "李", "Nguyễn Thị", "O", "مريم"])
def test_every_name_is_a_name(browser: Client, given_name: str) -> None:
    send(browser, answered(browser, name={"given_name": given_name, "family_name": ""}))
    assert Referral.objects.get().given_name == given_name


@pytest.mark.parametrize(
    ("page", "typed", "said"),
    [
        ("words", {"in_their_words": "b" * 2001}, "2,000"),
        ("name", {"given_name": "c" * 101}, "100"),
        ("easier", {"anything_to_know": "d" * 1001, "language": "en"}, "1,000"),
        ("words", {"in_their_words": "before\x00after"}, ""),
    ],
)
def test_too_much_is_said_and_stays_to_be_shortened(
    browser: Client, page: str, typed: dict[str, str], said: str
) -> None:
    shown = browser.post(question(page), typed)
    assert shown.status_code == 400
    assert said in shown.content.decode().replace("2000", "2,000").replace("1000", "1,000")
    assert next(iter(typed.values()))[:60].replace("\x00", "") in shown.content.decode().replace("\x00", "")


class TestBack:
    @pytest.mark.parametrize("name", list(ANSWERS))
    def test_each_question_shows_its_answer_again(self, browser: Client, name: str) -> None:
        answered(browser)
        shown = browser.get(question(name)).content.decode()
        for value in ANSWERS[name].values():
            first = value[0] if isinstance(value, list) else value
            assert first.lower().replace(" ", "")[-5:] in shown.lower().replace(" ", "")

    def test_after_sending_the_old_pages_send_nothing_more(self, browser: Client) -> None:
        look = answered(browser)
        send(browser, look)
        for _ in range(2):
            assert send(browser, look).redirect_chain[-1][0] == DONE
        assert Referral.objects.count() == 1
        assert "Marlow" not in browser.get(question("name")).content.decode()

    def test_a_question_answered_again_after_sending_begins_anew_and_sends_nothing_by_itself(
        self, browser: Client
    ) -> None:
        send(browser, answered(browser))
        page = browser.post(question("help"), ANSWERS["help"], follow=True)
        assert page.redirect_chain[-1][0] == question("words")
        assert browser.get(CHECK).status_code == 302
        assert Referral.objects.count() == 1


class TestSessionEnded:
    @pytest.mark.parametrize("after", list(ANSWERS))
    def test_midway_the_next_answer_is_kept_and_only_the_lost_ones_are_asked_again(
        self, browser: Client, after: str
    ) -> None:
        names = list(ANSWERS)
        for each in names[: names.index(after)]:
            browser.post(question(each), ANSWERS[each])
        browser.session.flush()
        browser.cookies.clear()
        page = browser.post(question(after), ANSWERS[after], follow=True)
        seen = [after]
        while page.redirect_chain and page.redirect_chain[-1][0] != CHECK:
            here = page.redirect_chain[-1][0].rsplit("/", 1)[1]
            assert here not in seen, "nobody is asked twice"
            seen.append(here)
            page = browser.post(question(here), ANSWERS[here], follow=True)
        assert sorted(seen) == sorted(names)
        send(browser, page)
        assert Referral.objects.get().in_their_words == ANSWERS["words"]["in_their_words"]

    def test_at_the_last_look_nothing_is_sent_and_the_way_on_is_the_start(self, browser: Client) -> None:
        look = answered(browser)
        browser.session.flush()
        browser.cookies.clear()
        page = send(browser, look)
        assert page.redirect_chain[-1][0] == START
        assert not Referral.objects.exists()


class TestTwoWindows:
    def test_the_older_window_cannot_send_what_it_does_not_show(self, browser: Client) -> None:
        old = answered(browser)
        browser.post(question("name"), {**ANSWERS["name"], "given_name": "Joan"})
        page = send(browser, old)
        assert page.status_code == 400
        assert "changed in another window" in page.content.decode()
        assert "Joan Marlow" in main(page)
        send(browser, page)
        assert Referral.objects.get().given_name == "Joan"

    def test_two_people_on_two_computers_do_not_meet(self, cast: Cast, browser: Client) -> None:
        other = cast.client()
        mine, theirs = answered(browser), answered(other, name={**ANSWERS["name"], "given_name": "Joan"})
        assert "Joan" not in main(mine)
        send(browser, mine)
        send(other, theirs)
        assert set(Referral.objects.values_list("given_name", flat=True)) == {"Jean", "Joan"}


def test_refused_once_the_same_answers_go_the_next_time(browser: Client) -> None:
    for _ in range(20):
        count_sending(door="self-refer", address="127.0.0.1")
    look = answered(browser)
    refused = send(browser, look)
    assert refused.status_code == 400
    assert "Your answers are kept" in refused.content.decode()
    SendCount.objects.all().delete()
    send(browser, refused)
    assert Referral.objects.get().in_their_words == ANSWERS["words"]["in_their_words"]


def test_without_a_script_no_question_hides_its_boxes_or_its_button(browser: Client) -> None:
    for name in ANSWERS:
        page = browser.get(question(name)).content.decode()
        assert "<form" in page
        assert 'type="submit"' in page or "<button" in page
        assert "onclick" not in page
        assert "<script>" not in page


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=300))
def test_any_words_are_taken_or_answered_in_words(text: str) -> None:
    form = WordsForm({"in_their_words": text})
    assert form.is_valid() or all(str(error).endswith(".") for error in form.errors["in_their_words"])
    name = NameForm({"given_name": text})
    assert name.is_valid() or set(name.errors) == {"given_name"}, "only what was wrong is said to be wrong"
    assert name.is_valid() or name.errors["given_name"][0]


@given(chosen=st.lists(st.text(max_size=12), max_size=4))
def test_a_need_nobody_offers_is_never_taken(chosen: list[str]) -> None:
    form = HelpForm({"needs_common": chosen})
    offered = {value for value, _ in form.fields["needs_common"].choices}  # type: ignore[attr-defined]
    assert form.is_valid() == (bool(chosen) and set(chosen) <= offered)
