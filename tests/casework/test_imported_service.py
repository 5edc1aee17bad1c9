"""A group known from a council's feed: its steward says where referrals go, and then it is written to."""

import json
import re
from pathlib import Path

from django.urls import reverse

from linkworks.casework import actions
from linkworks.connections import jobs
from linkworks.connections.models import Connection
from linkworks.core.actor import Actor
from linkworks.directory import actions as directory
from linkworks.directory import queries
from linkworks.directory.models import Service
from linkworks.messaging.models import Message
from tests.cast import Cast
from tests.directory import asking
from tests.factories import casework as make
from tests.factories.casework import do
from tests.factories.directory import KEEPER

CHOIR = {
    "id": "c1",
    "name": "Fable Choir",
    "description": "We sing together. For people who are lonely.",
    "organisation": {"id": "o1", "name": "Fable Street Trust"},
}


def imported(folder: Path) -> Service:
    file = folder / "feed.json"
    file.write_text(json.dumps({"content": [CHOIR]}))
    directory.import_feed(str(file), name="Bramblewick", is_agreed=True, by=KEEPER)
    return Service.objects.select_related("organisation").get(name="Fable Choir")


def said_by_the_steward(cast: Cast, service: Service, **said: str) -> None:
    facts = queries.facts_of(service)
    shown = {name: value for name, value in facts.items() if value not in (None, "")} | {"is_referable": "yes"}
    page = reverse("directory:steward-facts", args=[service.id])
    assert cast.client(cast.steward).post(page, {**shown, **said}).status_code == 302


def connected(cast: Cast, service: Service) -> Connection:
    _, goal, _ = make.planned(cast)
    return do(cast.actor(cast.link_worker), actions.connect, goal, service_id=service.id, sharing=make.SHARED)


def test_an_imported_group_is_written_to_with_a_link_once_its_steward_says_where(
    cast: Cast, worker: Actor, job: Actor, tmp_path: Path
) -> None:
    service = imported(tmp_path)
    said_by_the_steward(cast, service, referral_email="join@fable.example.org")
    connection = connected(cast, service)
    do(job, jobs.invite_provider, str(connection.id))

    letter = Message.objects.get(template="provider-connection")
    link = re.search(r"(/provider/c/\S+)", letter.body)
    assert letter.address == "join@fable.example.org"
    assert link is not None
    page = cast.client().get(link[1], follow=True)
    assert page.status_code == 200
    assert connection.reference in page.content.decode()


def test_until_then_the_link_worker_telephones(cast: Cast, job: Actor, tmp_path: Path, queued) -> None:
    connection = connected(cast, imported(tmp_path))
    do(job, jobs.invite_provider, str(connection.id))
    assert not Message.objects.filter(template="provider-connection").exists()
    assert queued("casework.provider_without_address") == [[str(connection.id)]]


def test_where_referrals_go_is_never_shown_to_the_public(cast: Cast, tmp_path: Path) -> None:
    service = imported(tmp_path)
    said_by_the_steward(cast, service, referral_email="join@fable.example.org")
    public = cast.client().get(reverse("directory:service", args=[service.id])).content.decode()
    service.refresh_from_db()
    assert "join@fable" not in public
    assert "join@fable" not in service.document


def test_a_group_that_takes_nobody_from_link_workers_is_not_connected_to(cast: Cast, tmp_path: Path) -> None:
    service = imported(tmp_path)
    said_by_the_steward(cast, service, is_referable="no", referral_note="Drop in only.")
    _, goal, _ = make.planned(cast)
    page = cast.client(cast.link_worker).get(reverse("casework:connect", args=[goal.id, service.id]))
    assert "Drop in only." in page.content.decode()
    found = asking.match(needs=list(Service.objects.get(id=service.id).needs), words="choir")
    assert [(each.name, each.why) for each in found.not_shown] == [
        ("Fable Choir", "Does not take people from link workers")
    ]
