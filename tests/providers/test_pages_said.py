"""What people let a group read, without who they are."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.connections import make_connection, make_feedback, make_service

from .conftest import portal, text_of

SAID = reverse("providers:said")


def shared(cast: Cast, service: Any, *texts: str) -> None:
    """These words and those of two others, without whom nothing is read."""
    for text in (*texts, "One more", "And another"):
        make_feedback(cast, make_connection(cast, "ended", service=service), text=text, may_share=True)


def test_the_words_are_there_with_their_service_and_nobody(cast: Cast, maggie: Client) -> None:
    said = make_feedback(cast, text="They remember your name.", may_share=True)
    shared(cast, said.service)
    page = text_of(maggie.get(SAID))
    assert "They remember your name." in page
    assert "Tuesday lunch club" in page
    for told in (
        "Sam",
        "Canary",
        said.connection.reference,
        "Amara",
        "A test",
        f"{said.recorded_at:%B}",
        str(said.connection_id),
        str(said.pk),
    ):
        assert told not in page


def test_what_may_not_be_shared_is_nowhere(cast: Cast, maggie: Client, visitor: Client, by_link: Any) -> None:
    lunch = make_service(cast.provider)
    make_feedback(cast, make_connection(cast, "ended", service=lunch), text="Between us: too loud", may_share=False)
    pages = [SAID, reverse("providers:services"), reverse("providers:inbox") + "?view=past"]
    assert [page for page in pages if "too loud" in text_of(maggie.get(page))] == []
    assert "too loud" not in text_of(visitor.get(by_link(make_connection(cast, service=lunch))))


def test_a_group_without_words_is_told_what_will_come(cast: Cast, maggie: Client) -> None:
    assert "Nothing to read yet." in text_of(maggie.get(SAID))


def test_one_service_can_be_chosen_and_another_groups_shows_nothing(cast: Cast, maggie: Client) -> None:
    lunch, walk = make_service(cast.provider), make_service(cast.provider, name="Morning walk")
    theirs = make_service(cast.other_provider, name="Mending")
    shared(cast, lunch, "Good soup")
    shared(cast, walk, "Slow pace")
    shared(cast, theirs, "Kind hands")
    page = text_of(maggie.get(SAID, {"service": str(walk.pk)}))
    assert "Slow pace" in page
    assert "Good soup" not in page
    assert "Kind hands" not in text_of(maggie.get(SAID, {"service": str(theirs.pk)}))


@pytest.mark.parametrize("typed", ["x", "", "00000000-0000-0000-0000-000000000000", "'; DROP TABLE"])
def test_an_odd_choice_breaks_nothing(cast: Cast, maggie: Client, typed: str) -> None:
    assert maggie.get(SAID, {"service": typed}).status_code == 200


def test_a_long_list_has_pages_and_asks_no_more_of_the_database(
    cast: Cast, maggie: Client, django_assert_max_num_queries: Any
) -> None:
    lunch = make_service(cast.provider)
    shared(cast, lunch, *[f"Words {number}" for number in range(24)])
    maggie.get(SAID)
    with django_assert_max_num_queries(13):
        first = text_of(maggie.get(SAID))
    assert first.count("app-quote__words") == 25
    assert text_of(maggie.get(SAID, {"page": "2"})).count("app-quote__words") == 1


@pytest.mark.parametrize("who", ["session_leader", "link_worker", "referrer", "commissioner", "administrator"])
def test_other_roles_are_refused(cast: Cast, who: str) -> None:
    assert cast.client(getattr(cast, who)).get(SAID).status_code == 403


def test_another_group_reads_none_of_it(cast: Cast) -> None:
    shared(cast, make_service(cast.provider), "Good soup")
    assert "Good soup" not in text_of(cast.client(cast.other_provider_coordinator).get(SAID))


def test_signed_out_leads_to_signing_in_and_it_is_only_read(cast: Cast, visitor: Client, maggie: Client) -> None:
    assert visitor.get(SAID).status_code == 302
    assert maggie.post(SAID).status_code == 405


def test_beside_one_persons_name_nothing_stands_that_others_said(
    cast: Cast, maggie: Client, visitor: Client, by_link: Any
) -> None:
    lunch = make_service(cast.provider)
    shared(cast, lunch, "Good soup", "Warm room")
    connection = make_connection(cast, service=lunch)
    for page in (visitor.get(by_link(connection)), maggie.get(portal(connection))):
        assert page.status_code == 200
        assert "Good soup" not in text_of(page)


def test_two_who_spoke_are_not_read_and_the_page_says_why(cast: Cast, maggie: Client) -> None:
    lunch = make_service(cast.provider)
    for text in ("Good soup", "Warm room"):
        make_feedback(cast, make_connection(cast, "ended", service=lunch), text=text, may_share=True)
    page = text_of(maggie.get(SAID))
    assert "Good soup" not in page
    assert "once three people have spoken" in page


def test_words_are_shown_as_they_are_and_never_run(cast: Cast, maggie: Client) -> None:
    shared(cast, make_service(cast.provider), "<img src=x onerror=alert(1)> kind")
    page = text_of(maggie.get(SAID))
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; kind" in page
