"""Every address of casework, asked everything a page is asked: by whom, how, and with what in it."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from linkworks.casework.urls import urlpatterns
from tests.casework.everything import NAMES, POSTED, READ, WITH_ID, World, nobodys, rows, world
from tests.cast import Cast

FORMS = [name for name in NAMES if name not in POSTED | READ]
CONCERNS = {"concerns", "concern-answer", "kept-close", "restriction"}
AUDITED = {"record"}
OPEN_TO_ALL = {"said-of"}  # about a group, not about a person
NO_CASEWORK = ["referrer", "provider_coordinator", "signposter"]  # the walls' table has every role
LONG = "m" * 9_000
ODD = "Je\x00an"


def asked(client: Client, it: World, name: str, method: str, data: Any = None, **ids: Any) -> Any:
    """The answer, and whatever it did taken back."""
    with transaction.atomic():
        response = getattr(client, method)(it.address(name, **ids), data)
        transaction.set_rollback(True)
    return response


class Browsers:
    """A browser for each page's people, signed in once."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.open: dict[Any, Client] = {}

    def of(self, name: str) -> Client:
        """The first of them whom the page lets in."""
        pattern = next(each for each in urlpatterns if each.name == name)
        staff = (self.cast.link_worker, self.cast.manager, self.cast.safeguarding_lead)
        staff = staff[::-1] if name in CONCERNS else staff  # a concern is its owner's: the lead's
        who = next(each for each in staff if pattern.callback.access(self.cast.actor(each)))  # type: ignore[attr-defined]
        if who not in self.open:
            self.open[who] = self.cast.client(who)
        return self.open[who]


def test_the_pages_are_all_here() -> None:
    assert len(NAMES) == len(set(NAMES))
    assert set(NAMES) >= POSTED | READ


def test_each_page_opens_for_whoever_it_is_for(cast: Cast) -> None:
    it, browsers = world(cast), Browsers(cast)
    for name in NAMES:
        response = asked(browsers.of(name), it, name, "get")
        assert (name, response.status_code) == (name, 405 if name in POSTED else 200)
        assert name in POSTED or response["Cache-Control"] == "no-store, private"


def test_signed_out_leads_to_signing_in_and_back(cast: Cast) -> None:
    it, client = world(cast), cast.client()
    for name in NAMES:
        for method in ("get", "post"):
            response = asked(client, it, name, method)
            assert (name, response.status_code) == (name, 302)
            assert "sign-in" in response.url or "login" in response.url
            assert (method == "get") is ("next=" in response.url)


def test_wrong_role(cast: Cast) -> None:
    it, before = world(cast), rows()
    for who in NO_CASEWORK:
        client = cast.client(getattr(cast, who))
        for name in NAMES:
            assert (who, name, client.post(it.address(name)).status_code) == (who, name, 403)
        assert client.get(it.address("case")).status_code == 403
    assert rows() == before


@pytest.mark.parametrize("who", ["outsider", "outside_manager"])
def test_a_stranger_finds_nothing(cast: Cast, who: str) -> None:
    it, client, before = world(cast), cast.client(getattr(cast, who)), rows()
    for name in set(WITH_ID) - OPEN_TO_ALL:
        for method in ("get", "post"):
            found = asked(client, it, name, method).status_code
            assert found in (404, 403, 405), (name, method, found)
            if name not in CONCERNS | AUDITED and not (name in POSTED and method == "get"):
                assert found == (405 if name in READ and method == "post" else 404), (name, method)
    assert rows() == before


def test_a_colleagues_case_is_not_ones_own(cast: Cast) -> None:
    it, client = world(cast), cast.client(cast.colleague)
    shared = {
        "inbox-referral",
        "accept",
        "decline",
        "redirect",
        "told",
        "unlink",
        "away-end",
        *CONCERNS,
        *AUDITED,
        *OPEN_TO_ALL,
    }
    for name in set(WITH_ID) - shared:
        method = "post" if name in POSTED else "get"
        assert (name, asked(client, it, name, method).status_code) == (name, 404)


def test_the_manager_opens_every_page_of_a_workers_case(cast: Cast) -> None:
    it, client = world(cast), cast.client(cast.manager)
    for name in set(WITH_ID) - POSTED:
        assert (name, asked(client, it, name, "get").status_code) == (name, 200)


def test_wrong_method(cast: Cast) -> None:
    it, browsers = world(cast), Browsers(cast)
    for name in NAMES:
        client = browsers.of(name)
        assert (name, asked(client, it, name, "delete").status_code) == (name, 405)
        if name in READ:
            assert (name, asked(client, it, name, "post").status_code) == (name, 405)


def test_an_id_that_is_nobodys_is_not_found(cast: Cast) -> None:
    it, browsers = world(cast), Browsers(cast)
    for name in WITH_ID:
        client, method = browsers.of(name), "post" if name in POSTED else "get"
        if name in ("channel-end", "channel-unsafe"):
            continue  # the case is there; test_pages_foreign_ids says what happens to the channel
        assert (name, asked(client, it, name, method, **nobodys()).status_code) == (name, 404)


def test_an_address_that_is_cut_off_is_not_found_and_no_accident(cast: Cast) -> None:
    it, client = world(cast), cast.client(cast.link_worker)
    for name in WITH_ID:
        for address in (it.address(name)[:-3] + "!", it.address(name).replace("-", "", 1), it.address(name) + "/x"):
            assert client.get(address).status_code in (301, 302, 404), address


QUESTIONS: dict[str, list[dict[str, str]]] = {
    "caseload": [
        {"q": LONG}, {"q": "%"}, {"q": "' OR 1=1 --"}, {"q": "\u202egnp"}, {"page": "-1"}, {"page": "9" * 30}, {"page": "two"},
        {"state": "nonsense"}, {"worker": "x" * 300}, {"due": "never"}, {"format": "xml"},
    ],
    "inbox": [{"q": LONG}, {"q": "\\"}, {"state": "draft"}, {"page": "0"}],
    "allocation": [{"page": "-1"}],
    "concerns": [{"state": "nonsense"}],
    "case": [{"page": "9" * 30}],
    "record": [{"view": "nonsense"}, {"page": "two"}],
    "unmet": [{"goal": "1"}, {"goal": "00000000-0000-4000-8000-000000000000"}],
    "plan-print": [{"size": "huge"}],
    "goal-match": [{"within": "-1"}, {"within": "NaN"}, {"needs": "x"}, {"words": LONG}, {"words": "&|!:*"}],
    "goal-why": [
        {"name": ""}, {"name": LONG}, {"name": "&|!:*"}, {"name": "%' OR 1=1 --"}, {"name": "Choir", "within": "NaN"},
    ],
    "limits": [{"goal": "1"}, {"goal": "00000000-0000-4000-8000-000000000000"}],
}  # fmt: skip


def test_an_odd_question_in_the_address_is_no_accident(cast: Cast) -> None:
    it, browsers = world(cast), Browsers(cast)
    for name, questions in QUESTIONS.items():
        client = browsers.of(name)
        for question in questions:
            assert (name, question, asked(client, it, name, "get", question).status_code) == (name, question, 200)


def test_what_no_column_can_hold_is_not_looked_for(cast: Cast) -> None:
    it, browsers = world(cast), Browsers(cast)
    for name in QUESTIONS:
        response = asked(browsers.of(name), it, name, "get", {"q": ODD, "words": ODD, "state": ODD})
        assert (name, response.status_code) == (name, 400)


@pytest.mark.parametrize("typed", [ODD, LONG, "<script>alert(1)</script>"])
def test_nonsense_in_every_box_is_refused_with_a_page_and_writes_nothing(
    cast: Cast, shown: list[dict[str, Any]], typed: str
) -> None:
    it, browsers, before = world(cast), Browsers(cast), rows()
    for name in set(FORMS) - {"close-unreached", "concern-answer"}:  # a button each, whatever is typed
        client = browsers.of(name)
        asked(client, it, name, "get")
        answers: dict[str, Any] = {}
        for box, field in shown[-1]["form"].fields.items():
            parts = [f"{box}_{part}" for part in ("day", "month", "year")] if "Date" in type(field).__name__ else [box]
            answers |= dict.fromkeys(parts, typed)
        assert answers
        response = asked(client, it, name, "post", answers)
        if typed != "<script>alert(1)</script>" or response.status_code == 400:
            assert (name, response.status_code) == (name, 400)
            assert b"Error: " in response.content
        assert b"<script>alert" not in response.content
    assert rows() == before


@pytest.mark.parametrize("token", [LONG, ODD, "🌻"])
def test_a_token_that_is_not_ours_is_taken_once_all_the_same(cast: Cast, token: str) -> None:
    it = world(cast)
    good: dict[str, dict[str, str]] = {
        "contact": {"how": "phone", "result": "no-answer"},
        "goal-new": {"words": "I want to sing"},
        "step-new": {"what": "Walk there", "who": "Me"},
        "unmet": {"need": "loneliness", "reason": "too-far"},
        "task-new": {"title": "Ring", "due_pick": "week"},
        "concern": {"what_happened": "A bruise", "immediate_danger": "no", "person_knows": "yes"},
        "connection-write": {"text": "She walks with a stick"},
    }
    client = cast.client(cast.link_worker)
    for name, answers in good.items():
        before = rows()
        for _ in range(2):
            response = client.post(it.address(name), {**answers, "form_token": token})
            assert (name, response.status_code) == (name, 302)
        assert max(count - before[table] for table, count in rows().items()) == 1, name
