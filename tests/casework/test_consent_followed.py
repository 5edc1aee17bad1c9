"""A no is followed: the emergency contact stays here without a yes, and what groups were told is taken back."""

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework import actions
from linkworks.casework.models import Task
from linkworks.connections.models import Connection
from linkworks.core.actor import Actor
from linkworks.core.errors import Invalid
from linkworks.people.models import SharingChoice
from linkworks.people.queries import sharing_of
from linkworks.people.states import SharingTopic
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do

PROVIDERS, EMERGENCY = SharingTopic.PROVIDERS, SharingTopic.EMERGENCY_CONTACT
WITH_CONTACT = replace(make.SHARED, emergency_contact="Her son Leroy, 07700 900123")


def choose(cast: Cast, case: Any, topic: SharingTopic, agreed: bool) -> None:
    if topic == EMERGENCY and agreed:
        told = {"emergency_contact": "Her son Leroy, 07700 900123"}
        do(cast.actor(cast.link_worker), actions.change_details, case, changes=told)
    do(cast.actor(cast.link_worker), actions.choose_sharing, case, choices={topic.value: agreed}, how="In person")


def connect(cast: Cast, goal: Any, sharing: Any) -> Connection:
    place = make.service(cast)
    return do(cast.actor(cast.link_worker), actions.connect, goal, service_id=place.id, sharing=sharing)


class TestEmergencyContact:
    @pytest.mark.parametrize("before", [None, False])
    def test_it_does_not_leave_without_a_yes(self, cast: Cast, before: bool | None) -> None:
        case, goal, _ = make.planned(cast)
        if before is False:
            choose(cast, case, EMERGENCY, False)
        with pytest.raises(Invalid, match="not agreed"):
            connect(cast, goal, WITH_CONTACT)
        assert not Connection.objects.exists()

    def test_it_leaves_with_one(self, cast: Cast) -> None:
        case, goal, _ = make.planned(cast)
        choose(cast, case, EMERGENCY, True)
        assert connect(cast, goal, WITH_CONTACT).emergency_contact

    def test_a_yes_for_this_group_is_a_yes_for_this_group(self, cast: Cast) -> None:
        case, goal, _ = make.planned(cast)
        choose(cast, case, EMERGENCY, False)
        assert connect(cast, goal, replace(WITH_CONTACT, emergency_agreed=True)).emergency_contact
        assert sharing_of(case.person_id)[EMERGENCY] is False

    def test_the_page_asks_when_nobody_has(self, cast: Cast) -> None:
        case, goal, _ = make.planned(cast)
        place = make.service(cast)
        address = reverse("casework:connect", args=[goal.pk, place.id])
        browser = cast.client(cast.link_worker)
        assert 'name="emergency_agreed"' in browser.get(address).content.decode()
        said = {
            "name_shared": "Jean", "contact_shared": "Through the link worker", "support_need": "Company",
            "agreed": "on", "agreed_how": "In person", "emergency_contact": "Her son Leroy",
        }  # fmt: skip
        page = browser.post(address, said)
        assert (page.status_code, "Her son Leroy" in page.content.decode()) == (400, True)
        assert browser.post(address, {**said, "emergency_agreed": "on"}).status_code == 302
        choose(cast, case, EMERGENCY, True)
        assert 'name="emergency_agreed"' not in browser.get(address).content.decode()

    @pytest.mark.parametrize("contact", ["", "   "])
    def test_what_is_not_written_cannot_be_agreed_to(self, cast: Cast, contact: str) -> None:
        """A tick beside an empty line would say that a group has what it was never given."""
        _, goal, _ = make.planned(cast)
        with pytest.raises(Invalid, match="Write the emergency contact") as refused:
            connect(cast, goal, replace(make.SHARED, emergency_contact=contact, emergency_agreed=True))
        assert refused.value.field == "emergency_contact"

    def test_where_none_is_recorded_nobody_says_that_groups_may_have_it(self, cast: Cast) -> None:
        case, _, _ = make.planned(cast)
        address = reverse("casework:sharing", args=[case.pk])
        browser, said = cast.client(cast.link_worker), {"emergency-contact": "yes", "how": "In person"}
        refused = browser.post(address, {**said, "research": "yes"})
        assert refused.status_code == 400
        assert "No emergency contact is recorded. Write it with their details first" in refused.content.decode()
        assert sharing_of(case.person_id) == dict.fromkeys(SharingTopic), "nothing of it is kept"
        assert browser.post(address, {**said, "emergency-contact": "no"}).status_code == 302, "a no is always heard"
        choose(cast, case, EMERGENCY, True)
        assert sharing_of(case.person_id)[EMERGENCY] is True


@pytest.mark.parametrize(("before", "tasks"), [(None, 1), (False, 0)])
def test_a_no_after_a_yes_to_one_group_is_followed(cast: Cast, before: bool | None, tasks: int) -> None:
    """Somebody nobody had asked before; whoever said no to all but this group says nothing new."""
    case, goal, _ = make.planned(cast)
    if before is False:
        choose(cast, case, EMERGENCY, False)
    connection = connect(cast, goal, replace(WITH_CONTACT, emergency_agreed=True))
    choose(cast, case, EMERGENCY, False)
    assert Task.objects.filter(about_connection_id=connection.pk, kind="call", done_at=None).count() == tasks


def test_a_general_no_stays_when_one_group_is_agreed_to(cast: Cast) -> None:
    case, goal, _ = make.planned(cast)
    choose(cast, case, PROVIDERS, False)
    connect(cast, goal, make.SHARED)
    assert sharing_of(case.person_id)[PROVIDERS] is False


class TestWithdrawal:
    def tasks(self, case: Any) -> list[Task]:
        return list(Task.objects.filter(case=case, title__contains="no longer agrees", done_at__isnull=True))

    def test_each_group_that_knows_becomes_a_task(self, cast: Cast) -> None:
        case, _, connection = make.connected(cast)
        choose(cast, case, PROVIDERS, False)
        (task,) = self.tasks(case)
        assert task.about_connection_id == connection.pk
        choose(cast, case, PROVIDERS, False)
        assert len(self.tasks(case)) == 1

    def test_taking_it_back_does_the_task(self, cast: Cast, worker: Actor) -> None:
        case, _, connection = make.connected(cast)
        choose(cast, case, PROVIDERS, False)
        do(worker, actions.withdraw_connection, connection, reason="She changed her mind")
        assert self.tasks(case) == []

    @pytest.mark.parametrize(
        ("topic", "count"), [(EMERGENCY, 0), (SharingTopic.REFERRER_FEEDBACK, 0), (SharingTopic.RESEARCH, 0)]
    )
    def test_another_no_leaves_groups_alone(self, cast: Cast, topic: SharingTopic, count: int) -> None:
        case, _, _ = make.connected(cast)
        for agreed in (True, False):
            choose(cast, case, topic, agreed)
        assert len(self.tasks(case)) == count

    def test_who_has_the_emergency_contact_gives_it_back(self, cast: Cast) -> None:
        case, goal, _ = make.planned(cast)
        choose(cast, case, EMERGENCY, True)
        connect(cast, goal, WITH_CONTACT)
        choose(cast, case, EMERGENCY, False)
        assert len(self.tasks(case)) == 1


def test_a_new_answer_leaves_the_earlier_ones_as_they_were_given(cast: Cast) -> None:
    case = make.active(cast)
    client, address = cast.client(cast.link_worker), reverse("casework:sharing", args=[case.pk])
    client.post(address, {"referrer-feedback": "yes", "how": "Signed on paper"})
    earlier = SharingChoice.objects.get(topic="referrer-feedback")
    client.post(address, {"referrer-feedback": "yes", "research": "no", "how": "On the telephone"})
    assert SharingChoice.objects.filter(topic="referrer-feedback").get() == earlier  # agreed on paper, once
    assert SharingChoice.objects.get(topic="research").how == "On the telephone"
    again = client.post(address, {"research": "no", "how": "In person"}, follow=True)
    assert "nothing was changed" in again.content.decode()
    assert SharingChoice.objects.filter(topic="research").count() == 1
