"""Somebody says that nothing fits: counted, about nobody, promising nothing; the stewards see how often."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linkworks.core import clock, vocabulary
from linkworks.core.actor import PUBLIC, job_actor
from linkworks.core.clock import now
from linkworks.core.errors import Invalid, NotAllowed
from linkworks.core.models import FormToken
from linkworks.directory import actions, jobs
from linkworks.directory.forms.reports import NothingFitsForm
from linkworks.directory.models import EmptySearch, NothingFitted
from linkworks.directory.rules.nothing_fits import FORGET_DAYS, WHY
from linkworks.directory.rules.searches import ENOUGH
from linkworks.frontdoor import rules
from tests.cast import Cast
from tests.factories import directory as make

PAGE, THANKS = "/find/nothing-fits", "/find/nothing-fits/thanks"
DESK = reverse("directory:steward-missing")
USUAL = {"reason": "too-far", "need": "loneliness", "postcode": "SE15 5DD", "words": "Men's choir"}


@pytest.fixture(autouse=True)
def _near(everything: None, db: Any) -> None:
    make.postcode()


def say(client: Client, token: str = "t1", **said: str) -> Any:
    return client.post(PAGE, {**USUAL, "form_token": token, **said})


def counted() -> list[tuple[str, str, str, int]]:
    return list(NothingFitted.objects.values_list("reason", "need", "borough_code", "times"))


def test_each_reason_is_one_of_the_houses_own() -> None:
    assert set(WHY) == set(vocabulary.UNMET_REASONS), "what people say can be put beside what link workers record"


def test_from_the_results_the_form_is_filled_in_already(client: Client) -> None:
    make.service()
    for asked in ("q=lunch&need=loneliness&postcode=SE15+5DD", "q=xylophone&need=loneliness&postcode=SE15+5DD"):
        found = client.get(f"/find?{asked}").content.decode()
        [address] = re.findall(r'href="(/find/nothing-fits[^"]*)"', found)
        assert 'class="app-nothing-fits"' in found, "it stands out where little is found"
        shown = client.get(address.replace("&amp;", "&")).content.decode()
        assert 'value="SE15 5DD"' in shown and 'value="loneliness" selected' in shown
        assert 'value="lunch"' in shown or 'value="xylophone"' in shown


def test_where_much_is_found_it_stands_below_the_list(client: Client) -> None:
    for number in range(4):
        make.service(name=f"Lunch {number}")
    found = client.get("/find?q=lunch").content.decode()
    assert "app-nothing-fits" not in found
    assert found.index("Lunch 3") < found.index("Tell us that nothing fits")
    assert "Tell us" not in client.get("/find").content.decode()


def test_it_is_counted_and_nothing_is_promised(client: Client) -> None:
    answer = say(client)
    assert answer["Location"] == THANKS
    shown = client.get(THANKS).content.decode()
    assert "We cannot promise" in shown and "/self-refer" in shown
    assert not re.search(r"\b(we will|will contact|get back|soon)\b", shown, re.IGNORECASE)
    assert counted() == [("too-far", "loneliness", "E09000028", 1)]


def test_nobody_is_asked_who_they_are_and_no_postcode_is_kept(client: Client) -> None:
    shown = client.get(PAGE).content.decode()
    for name in ("email", "phone", "name", "given_name"):
        assert f'name="{name}"' not in shown
    say(client)
    row = NothingFitted.objects.get()
    kept = " ".join(str(getattr(row, each.attname)) for each in row._meta.concrete_fields)
    assert "SE15" not in kept and "choir" not in kept


def test_pressed_twice_it_counts_once_and_somebody_else_counts_again(client: Client) -> None:
    say(client)
    say(client)
    assert counted() == [("too-far", "loneliness", "E09000028", 1)]
    say(client, "t2")
    say(client, "t3", reason="wrong-time")
    assert sorted(each[-1] for each in counted()) == [1, 2]
    answer = say(client, "t1", reason="too-expensive")
    assert answer.status_code == 400 and "already sent" in answer.content.decode()
    assert sum(each[-1] for each in counted()) == 3


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"reason": ""}, "Choose why nothing fits"),
        ({"reason": "made-up"}, "nothing fits"),
        ({"postcode": "nonsense"}, "Enter a full UK postcode"),
        ({"need": "made-up"}, "There is a problem"),
        ({"words": "x" * 81}, "There is a problem"),
    ],
)
def test_bad_answers_are_explained_and_nothing_typed_is_lost(client: Client, said: dict[str, str], words: str) -> None:
    answer = say(client, **said)
    shown = answer.content.decode()
    assert answer.status_code == 400 and words in shown and not counted()
    if "words" not in said:
        assert 'value="Men&#39;s choir"' in shown
    if "postcode" not in said:
        assert 'value="SE15 5DD"' in shown


@pytest.mark.parametrize(("postcode", "borough"), [("", ""), ("SE1 1ZZ", ""), ("se155dd", "E09000028")])
def test_a_place_we_do_not_know_is_no_place(client: Client, postcode: str, borough: str) -> None:
    say(client, postcode=postcode, need="")
    assert counted() == [("too-far", "", borough, 1)]


def test_rare_words_are_a_code_and_those_of_many_can_be_read(client: Client, cast: Cast) -> None:
    desk = cast.client(cast.steward)
    for number in range(ENOUGH):
        with clock.at(now() + timedelta(hours=number * 2)):
            say(client, f"a{number}")
            if number < ENOUGH - 1:
                assert set(EmptySearch.objects.values_list("words", flat=True)) == {""}
    say(client, "b", words="Amina Khan 07700 900123")
    shown = desk.get(DESK).content.decode()
    assert "men&#39;s choir" in shown
    assert "Amina" not in shown and "amina" not in shown and "900123" not in shown
    assert not EmptySearch.objects.filter(words__icontains="amina").exists()
    assert "Amina" not in str(list(FormToken.objects.values()))


def test_the_steward_sees_how_often_for_what_and_where(client: Client, cast: Cast) -> None:
    desk = cast.client(cast.steward)
    assert "Nobody has said so" in desk.get(DESK).content.decode()
    say(client)
    say(client, "t2")
    say(client, "t3", need="", postcode="", reason="nothing-exists")
    shown = desk.get(DESK).content.decode()
    for words in ("Southwark", WHY["too-far"], "Something else", "Not said", WHY["nothing-exists"]):
        assert words in shown
    assert shown.index("Southwark") < shown.index("Not said"), "the most often first"
    assert cast.client(cast.link_worker).get(DESK).status_code == 403


def test_staff_say_so_too_without_being_counted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_IN_AN_HOUR", 0)
    assert say(cast.client(cast.link_worker)).status_code == 302
    refused = say(Client(), "t2")
    assert refused.status_code == 400 and "try again in an hour" in refused.content.decode()
    assert counted() == [("too-far", "loneliness", "E09000028", 1)]


def test_an_action_takes_only_reasons_that_exist() -> None:
    told = {"need": "", "borough_code": "", "words": "", "token": "t", "by": PUBLIC}
    with pytest.raises(Invalid):
        actions.say_nothing_fits(reason="made-up", **told)
    assert not counted() and not FormToken.objects.exists()


def test_what_nobody_said_for_a_year_is_forgotten(client: Client, cast: Cast) -> None:
    say(client)
    with pytest.raises(NotAllowed):
        actions.forget_what_fitted_long_ago(by=cast.actor(cast.link_worker))
    for days, left in ((FORGET_DAYS - 1, 1), (FORGET_DAYS + 1, 0)):
        with clock.at(now() + timedelta(days=days)):
            actions.forget_what_fitted_long_ago(by=job_actor("tests"))
        assert len(counted()) == left
    say(client, "t9")
    with clock.at(now() + timedelta(days=FORGET_DAYS + 1)):
        jobs.weigh()
    assert not counted(), "each night"


def test_a_long_search_is_cut_to_what_the_form_takes(client: Client) -> None:
    shown = client.get(PAGE, {"q": "x" * 300}).content.decode()
    assert f'value="{"x" * 80}"' in shown
    assert NothingFitsForm({**USUAL, "words": "x" * 80}).is_valid()


def test_queries_do_not_grow_with_what_was_said(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk = cast.client(cast.steward)

    def asked() -> int:
        with django_assert_max_num_queries(20) as seen:
            desk.get(DESK)
        return len(seen)

    asked()  # what is kept after the first time is not counted
    few = asked()
    for number in range(30):
        NothingFitted.objects.create(reason="too-far", borough_code=f"E0900{number:04}", last_at=now())
    assert asked() == few


@pytest.mark.parametrize(("address", "method"), [(PAGE, "put"), (THANKS, "post"), (THANKS, "delete")])
def test_wrong_methods_are_refused(client: Client, address: str, method: str) -> None:
    assert getattr(client, method)(address).status_code == 405
