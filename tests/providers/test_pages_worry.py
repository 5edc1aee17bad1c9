"""Somebody at a group is worried about a person: the safeguarding lead hears it, and the conversation does not show it."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from linkworks.accounts.models import Membership
from linkworks.casework import actions
from linkworks.casework.models import Concern
from linkworks.connections.models import Question
from linkworks.core import clock
from linkworks.core.actor import job_actor
from linkworks.messaging.models import Message
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do
from tests.factories.connections import make_connection, make_service

from .conftest import portal, text_of

WORRY = "CANARY she said that her nephew takes her money"


@pytest.mark.parametrize("who", ["provider_coordinator", "session_leader"])
def test_it_becomes_a_concern_of_the_lead_once_and_nobody_else_reads_it(cast: Cast, who: str) -> None:
    case, _, connection = make.connected(cast)
    do(cast.actor(cast.link_worker), actions.record_answer, connection, answer="accept")
    client = cast.client(getattr(cast, who))
    shown = client.post(portal(connection, "worry"), {"text": WORRY}, follow=True)
    assert "The safeguarding lead is being told now" in text_of(shown)
    worry = Question.objects.get(is_worry=True)
    for _ in range(2):
        do(job_actor("casework.worry_said", cast.scheme.id), actions.follow_worry, worry.pk)
    concern = Concern.objects.get()
    assert (concern.case_id, concern.owner, concern.what_happened) == (case.pk, cast.safeguarding_lead, WORRY)
    assert concern.raised_by_name == f"{getattr(cast, who).name}, at {connection.service_name}"
    do(job_actor("casework.tell_concern", cast.scheme.id), actions.tell_concern, concern.pk)
    assert "CANARY" not in "".join(each.body + each.subject for each in Message.objects.all())
    read = [
        cast.client(cast.link_worker).get(reverse("casework:connection", args=[connection.pk])),
        cast.client(cast.link_worker).get(reverse("casework:case", args=[case.pk])),
        cast.client(cast.provider_coordinator).get(portal(connection)),
    ]
    assert [each.status_code for each in read] == [200, 200, 200]
    assert not [each for each in read if "CANARY" in text_of(each)]
    answering = cast.client(cast.safeguarding_lead).get(reverse("casework:concern-answer", args=[concern.pk]))
    assert "CANARY" in text_of(answering)
    assert "Nobody has said whether the person knows" in text_of(answering)  # a group is not asked
    assert "The person does not know" not in text_of(answering)


def test_where_nobody_leads_the_persons_worker_has_it_and_answers_it(cast: Cast) -> None:
    case, _, connection = make.connected(cast)
    do(cast.actor(cast.link_worker), actions.record_answer, connection, answer="accept")
    Membership.objects.filter(user__in=[cast.safeguarding_lead, cast.manager]).update(ends_on=clock.today())
    cast.client(cast.provider_coordinator).post(portal(connection, "worry"), {"text": WORRY})
    do(job_actor("casework.worry_said", cast.scheme.id), actions.follow_worry, Question.objects.get(is_worry=True).pk)
    concern = Concern.objects.get()
    assert (concern.case_id, concern.owner) == (case.pk, cast.link_worker)
    do(job_actor("casework.tell_concern", cast.scheme.id), actions.tell_concern, concern.pk)
    address = Message.objects.get(template="concern-raised", way="account").link
    owner, colleague = cast.client(cast.link_worker), cast.client(cast.colleague)
    assert "CANARY" in text_of(owner.get(address))
    assert colleague.get(address).status_code == 404
    owner.post(address)
    done = owner.post(address, {"what_was_done": "Rang the council's team"}, follow=True)
    assert done.redirect_chain == [(reverse("casework:today"), 302)]
    assert Concern.objects.get().state == "closed"


def test_by_link_too(cast: Cast, visitor: Client, by_link: Any) -> None:
    connection = make_connection(cast, "accepted")
    assert f"I am worried about {connection.name_shared}" in text_of(visitor.get(by_link(connection)))
    shown = visitor.post(by_link(connection, "worry"), {"text": WORRY}, follow=True)
    assert "Thank you for saying so" in text_of(shown)
    assert "CANARY" not in text_of(visitor.get(by_link(connection)))
    assert Question.objects.get().is_worry


def test_the_register_leads_there_and_back(cast: Cast) -> None:
    lunch = make_service(cast.provider)
    connection = make_connection(cast, "accepted", service=lunch)
    desmond = cast.client(cast.session_leader)
    assert portal(connection, "worry") in text_of(desmond.get(reverse("providers:register", args=[lunch.pk])))
    page = text_of(desmond.get(portal(connection, "worry")))
    assert "999" in page
    assert reverse("providers:registers") in page
    assert connection.reference not in page
    assert connection.support_need not in page


def test_pressed_twice_it_is_said_once(cast: Cast, maggie: Client) -> None:
    connection = make_connection(cast, "accepted")
    for _ in range(2):
        maggie.post(portal(connection, "worry"), {"text": WORRY, "form_token": "t" * 20})
    assert Question.objects.count() == 1


def test_nothing_written_is_said_and_the_words_stay_when_too_long(cast: Cast, maggie: Client) -> None:
    connection = make_connection(cast, "accepted")
    assert "Write what worries you" in text_of(maggie.post(portal(connection, "worry"), {"text": " "}))
    long = maggie.post(portal(connection, "worry"), {"text": "w" * 1001})
    assert long.status_code == 400
    assert "w" * 1001 in text_of(long)
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("other_provider_coordinator", 404), ("link_worker", 403), ("referrer", 403), ("signposter", 403),
        ("steward", 403), ("commissioner", 403), ("safeguarding_lead", 403),
    ],
)  # fmt: skip
def test_it_is_for_those_who_meet_the_person(cast: Cast, who: str, status: int) -> None:
    connection = make_connection(cast, "accepted")
    client = cast.client(getattr(cast, who))
    assert client.get(portal(connection, "worry")).status_code == status
    assert client.post(portal(connection, "worry"), {"text": WORRY}).status_code == status
    assert not Question.objects.exists()


def test_whoever_runs_sessions_knows_only_of_those_who_come(cast: Cast) -> None:
    desmond = cast.client(cast.session_leader)
    assert desmond.get(portal(make_connection(cast, "sent"), "worry")).status_code == 404
    assert desmond.get(reverse("providers:worry", args=[uuid4()])).status_code == 404


def test_signed_out_and_by_another_method(cast: Cast, visitor: Client, maggie: Client) -> None:
    page = portal(make_connection(cast, "accepted"), "worry")
    assert visitor.get(page).status_code == 302
    assert maggie.put(page).status_code == 405
