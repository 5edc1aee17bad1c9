"""A steward asks a group now."""

import pytest
from django.urls import reverse

from linkworks.core.later import holding_jobs
from linkworks.directory import actions
from linkworks.directory.models import ListingChange, RefreshRequest
from linkworks.directory.rules.refreshing import Reached
from linkworks.messaging.models import Message
from linkworks.providers import jobs
from tests.cast import Cast
from tests.factories import directory as make

pytestmark = pytest.mark.usefixtures("everything")
ASKED = {"referral_email": "referrals@kettle.example.org"}


def test_the_group_is_asked_and_the_history_says_so(cast: Cast) -> None:
    service, client = make.service(**ASKED), cast.client(cast.steward)
    assert "Ask the group now" in client.get(reverse("directory:steward-edit", args=[service.id])).content.decode()
    with holding_jobs() as held:
        shown = client.post(reverse("directory:steward-ask", args=[service.id]), follow=True).content.decode()
        assert "The group is being asked" in shown
        assert ListingChange.objects.get().field == "asked"
    for each in held:
        each.run()
    assert Message.objects.get().template == "listing-check"
    again = client.post(reverse("directory:steward-ask", args=[service.id]), follow=True).content.decode()
    assert "has been asked already" in again
    assert Message.objects.count() == 1


def test_a_job_that_runs_twice_asks_once(cast: Cast) -> None:
    service = make.service(**ASKED)
    for _ in range(2):
        jobs.ask_group(str(service.id), by=make.KEEPER)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "state", "said"),
    [({}, "", "no address of the group"), (ASKED, "stopped", "would rather not"), (ASKED, "asked", "already")],
)
def test_what_stands_in_the_way_is_said(cast: Cast, facts: dict[str, str], state: str, said: str) -> None:
    service = make.service(**facts)
    if state:
        actions.ask_group(service, reached=Reached("email", "a@b.example.org"), by=make.KEEPER)
        RefreshRequest.objects.update(state=state)
    page = cast.client(cast.steward).get(reverse("directory:steward-edit", args=[service.id])).content.decode()
    assert said in page and "Ask the group now" not in page
    jobs.ask_group(str(service.id), by=make.KEEPER)
    assert not Message.objects.exists()


def test_only_stewards_ask_and_only_by_pressing(cast: Cast) -> None:
    address = reverse("directory:steward-ask", args=[make.service(**ASKED).id])
    assert cast.client(cast.link_worker).post(address).status_code == 403
    assert cast.client().post(address).status_code == 302
    assert cast.client(cast.steward).get(address).status_code == 405
