"""How groups were for people: recorded in one step, read by those who choose the next group, never by name."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework.models import GoalConnection
from linkworks.casework.presenters.feedback import counted, on_card
from linkworks.connections import actions as connections
from linkworks.connections.models import GroupFeedback, PersonFeedback, SharedWords
from linkworks.connections.rules import Tally
from linkworks.core.clock import now
from tests.cast import Cast
from tests.context import acting
from tests.factories import casework
from tests.factories.connections import make_connection, make_feedback, make_person, make_service

SAID = {"as_expected": "partly", "recommends": "yes", "text": "They saved me a chair.", "may_share": "on"}


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def been(cast: Cast) -> Any:
    """A connection of the link worker's own case, to a group the person finished with."""
    _, _, connection = casework.connected(cast)
    with acting(cast.everything):
        connections.accept(connection, by=cast.everything)
        return connections.end(connection, ending="completed", by=cast.everything)


def page_of(connection: Any, page: str = "connection-feedback") -> str:
    return reverse(f"casework:{page}", args=[connection.pk])


def three_answers(cast: Cast, **said: Any) -> Any:
    service = make_service(cast.provider)
    for _ in range(3):
        make_feedback(cast, make_connection(cast, "ended", service=service), **said)
    return service


def test_it_is_recorded_in_one_step_and_shown_on_the_connections_page(cast: Cast, been: Any) -> None:
    amara = cast.client(cast.link_worker)
    assert page_of(been) in text_of(amara.get(page_of(been, "connection")))
    answer = amara.post(page_of(been), SAID, follow=True)
    page = text_of(answer)
    assert "what they said was kept" in page
    assert "They saved me a chair." in page
    assert "Yes, without the name" in page
    kept = PersonFeedback.objects.get()
    assert (kept.as_expected, kept.recommends, kept.may_share) == ("partly", "yes", True)
    assert SharedWords.objects.get().text == "They saved me a chair."


def test_opening_it_again_shows_what_was_said_and_puts_it_right(cast: Cast, been: Any) -> None:
    amara = cast.client(cast.link_worker)
    amara.post(page_of(been), SAID)
    assert "They saved me a chair." in text_of(amara.get(page_of(been)))
    amara.post(page_of(been), {**SAID, "text": "They saved us chairs.", "may_share": ""})
    assert PersonFeedback.objects.get().text == "They saved us chairs."
    assert not SharedWords.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Record at least one answer"),
        ({"recommends": "yes", "may_share": "on"}, "There are no words to share yet"),
        ({"text": "Kept words " + "x" * 600}, "Kept words"),
        ({"as_expected": "rather", "text": "Kept words"}, "Kept words"),
    ],
)
def test_bad_input_says_so_and_keeps_the_words(cast: Cast, been: Any, typed: dict[str, str], said: str) -> None:
    answer = cast.client(cast.link_worker).post(page_of(been), typed)
    assert answer.status_code == 400
    assert said in text_of(answer)
    assert not PersonFeedback.objects.exists()


def test_before_they_have_been_it_is_refused_in_words(cast: Cast) -> None:
    _, _, connection = casework.connected(cast)
    answer = cast.client(cast.link_worker).post(page_of(connection), SAID)
    assert answer.status_code == 400
    assert "once they have been" in text_of(answer)


def test_the_manager_works_a_colleague_and_a_stranger_do_not_find_it(cast: Cast, been: Any) -> None:
    assert cast.client(cast.manager).get(page_of(been)).status_code == 200
    for who in (cast.colleague, cast.outsider, cast.outside_manager):
        assert cast.client(who).get(page_of(been)).status_code == 404
        assert cast.client(who).post(page_of(been), SAID).status_code == 404
    assert not PersonFeedback.objects.exists()


@pytest.mark.parametrize("who", ["safeguarding_lead", "referrer", "provider_coordinator", "steward", "commissioner"])
def test_roles_that_do_not_work_cases_are_refused(cast: Cast, been: Any, who: str) -> None:
    assert cast.client(getattr(cast, who)).post(page_of(been), SAID).status_code == 403


def test_signed_out_and_wrong_methods(cast: Cast, been: Any) -> None:
    assert cast.client().get(page_of(been)).status_code == 302
    assert cast.client(cast.link_worker).put(page_of(been)).status_code == 405
    assert cast.client(cast.link_worker).post(reverse("casework:said")).status_code == 405


def test_a_closed_case_still_shows_what_was_said_and_offers_nothing_more(cast: Cast, been: Any) -> None:
    make_feedback(cast, been, text="Before it was closed")
    case = GoalConnection.objects.get(connection=been).goal.case
    type(case).objects.filter(pk=case.pk).update(state="closed", close_reason="completed", closed_at=now())
    amara = cast.client(cast.link_worker)
    page = text_of(amara.get(page_of(been, "connection")))
    assert "Before it was closed" in page
    assert page_of(been) not in page
    assert amara.post(page_of(been), SAID).status_code == 400
    assert PersonFeedback.objects.get().text == "Before it was closed"


def test_reviewing_goals_reminds_whom_to_ask_and_stops_when_asked(cast: Cast, been: Any) -> None:
    amara = cast.client(cast.link_worker)
    case_id = GoalConnection.objects.get(connection=been).goal.case_id
    review = reverse("casework:review", args=[case_id])
    assert page_of(been) in text_of(amara.get(review))
    amara.post(page_of(been), SAID)
    assert page_of(been) not in text_of(amara.get(review))


def test_what_the_group_thought_is_read_by_the_worker(cast: Cast, been: Any) -> None:
    maggie = cast.actor(cast.provider_coordinator)
    connections.say_whether_enough(been, enough="no", text="Which days suit her?", by=maggie)
    page = text_of(cast.client(cast.link_worker).get(page_of(been, "connection")))
    assert "What the group thought of what we told them" in page
    assert "Which days suit her?" in page
    assert "Maggie Flynn" in page
    assert GroupFeedback.objects.count() == 1


# ─── What people here said ───────────────────────────────────────────────────────────────────────────────────────────


def test_counts_and_words_are_shown_and_nobody_is_named(cast: Cast) -> None:
    service = three_answers(cast, text="Warm room", may_share=True)
    page = text_of(cast.client(cast.colleague).get(reverse("casework:said-of", args=[service.pk])))
    assert "3 of 3 would go again, and it was what 3 of 3 expected" in page
    assert page.count("Warm room") == 3
    for told in ("Sam", "Canary", "K-", "A test", "Amara Boateng</figcaption"):
        assert told not in page


@pytest.mark.parametrize("answers", [1, 2])
def test_below_three_nothing_is_counted(cast: Cast, answers: int) -> None:
    service = make_service(cast.provider)
    for _ in range(answers):
        make_feedback(cast, make_connection(cast, "ended", service=service), text="Warm room", may_share=True)
    amara = cast.client(cast.link_worker)
    for page in (reverse("casework:said"), reverse("casework:said-of", args=[service.pk])):
        shown = text_of(amara.get(page))
        assert "Too few answers to count" in shown
        assert f"{answers} of {answers}" not in shown


def test_words_kept_back_are_read_by_nobody_else(cast: Cast) -> None:
    service = three_answers(cast, text="Canary: only for my worker", may_share=False)
    for who in (cast.link_worker, cast.colleague, cast.manager):
        for page in (reverse("casework:said"), reverse("casework:said-of", args=[service.pk])):
            assert "Canary" not in text_of(cast.client(who).get(page))


def test_another_scheme_reads_nothing_of_it(cast: Cast) -> None:
    service = three_answers(cast, text="Warm room", may_share=True)
    callum = cast.client(cast.outsider)
    page = text_of(callum.get(reverse("casework:said-of", args=[service.pk])))
    assert "Nobody has said anything yet" in page
    assert "Warm room" not in page
    assert "Tuesday lunch club" not in text_of(callum.get(reverse("casework:said")))


def test_the_list_is_searched_paged_and_says_when_it_is_empty(cast: Cast) -> None:
    amara = cast.client(cast.link_worker)
    said = reverse("casework:said")
    assert "Nobody has said anything yet." in text_of(amara.get(said))
    for number in range(26):
        service = make_service(cast.provider, name=f"Club {number:02}")
        make_feedback(cast, make_connection(cast, "ended", service=service))
    first = text_of(amara.get(said))
    assert "Club 24" in first
    assert "Club 25" not in first
    assert "Club 25" in text_of(amara.get(said, {"page": "2"}))
    assert "Club 25" in text_of(amara.get(said, {"q": "club 25"}))
    assert "Nothing was found" in text_of(amara.get(said, {"q": "chess"}))


def test_the_list_asks_as_much_for_many_as_for_one(cast: Cast, django_assert_max_num_queries: Any) -> None:
    amara = cast.client(cast.link_worker)
    for number in range(8):
        make_feedback(cast, make_connection(cast, "ended", service=make_service(cast.provider, name=f"Club {number}")))
    amara.get(reverse("casework:said"))
    with django_assert_max_num_queries(12):
        amara.get(reverse("casework:said"))


def test_the_file_holds_counts_and_nothing_that_runs(cast: Cast) -> None:
    three_answers(cast, text="Canary words", may_share=True)
    few = make_service(cast.provider, name="=cmd|' /C calc'!A0")
    make_feedback(cast, make_connection(cast, "ended", service=few))
    answer = cast.client(cast.manager).get(reverse("casework:said"), {"format": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Type"].startswith("text/csv")
    assert "what-people-said.csv" in answer["Content-Disposition"]
    assert rows[0][0] == "Service"
    by_name = {row[0]: row[2:] for row in rows[1:]}
    assert by_name["Tuesday lunch club"] == ["3", "3", "3", "3", "3", "3"]
    assert by_name["'=cmd|' /C calc'!A0"] == ["Fewer than 3"] * 5 + ["0"]
    assert "Canary" not in text_of(answer)


@pytest.mark.parametrize("who", ["referrer", "provider_coordinator", "steward", "commissioner", "safeguarding_lead"])
def test_the_lists_are_for_those_who_connect_people(cast: Cast, who: str) -> None:
    service = three_answers(cast)
    client = cast.client(getattr(cast, who))
    assert client.get(reverse("casework:said")).status_code == 403
    assert client.get(reverse("casework:said-of", args=[service.pk])).status_code == 403
    assert client.get(reverse("casework:said"), {"format": "csv"}).status_code == 403


def test_a_service_that_is_not_there_is_not_found(cast: Cast) -> None:
    missing = reverse("casework:said-of", args=[make_person(cast.scheme).pk])
    assert cast.client(cast.link_worker).get(missing).status_code == 404


def test_the_next_link_worker_reads_it_where_groups_are_chosen(cast: Cast) -> None:
    assert on_card(None) == ("People here said", "")
    assert on_card(Tally(answered=2, recommend_asked=2, recommend=2))[1] == "Too few answers to count"
    spoken = Tally(answered=5, recommend_asked=5, recommend=4, expected_asked=3, expected=3, words=2)
    assert counted(spoken) == "4 of 5 would go again, and it was what 3 of 3 expected"
    assert "2 comments" in on_card(spoken)[1]
