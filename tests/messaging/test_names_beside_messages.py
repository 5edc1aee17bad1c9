"""Who a message is about stands beside it for those who may see them, and is kept nowhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from linkworks.casework.actions import tell_allocated
from linkworks.casework.models import Case
from linkworks.connections import actions as connections
from linkworks.connections.models import Connection
from linkworks.core.clock import now
from linkworks.messaging import queries
from linkworks.messaging.models import Message
from linkworks.people.models import Person
from tests.cast import Cast
from tests.factories import casework
from tests.factories.connections import make_connection, make_service
from tests.factories.messaging import make_account_message

INBOX = "/messages/"


def text_of(response: Any) -> str:
    return str(response.content.decode())


def inbox_of(cast: Cast, who: Any) -> str:
    return text_of(cast.client(who).get(INBOX))


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case of the link worker's, about somebody whose chosen name is Amina."""
    made = casework.active(cast)
    Person.objects.filter(pk=made.person_id).update(
        chosen_name="Amina", given_name="Aminata", family_name="Kamara", restriction="normal"
    )
    return made


def about(who: Any, thing: Any, **facts: Any) -> Message:
    return make_account_message(who, about_id=thing.pk, subject="C-TEST is yours now", **facts)


def test_the_worker_reads_who_it_is_about(cast: Cast, case: Case) -> None:
    about(cast.link_worker, case)
    page = inbox_of(cast, cast.link_worker)
    assert "About Amina K." in page
    assert "Kamara" not in page
    assert "Aminata" not in page


def test_a_message_that_is_shown_by_itself_says_so_too(cast: Cast, case: Case) -> None:
    message = about(cast.link_worker, case, link="")
    page = text_of(cast.client(cast.link_worker).get(reverse("messaging:message", args=[message.pk])))
    assert "About Amina K." in page


def test_the_name_is_in_no_message(cast: Cast, case: Case) -> None:
    about(cast.link_worker, case)
    inbox_of(cast, cast.link_worker)
    assert not [row for row in Message.objects.values() if "Amina" in str(row)]


@pytest.mark.parametrize(
    "who", ["colleague", "outsider", "outside_manager", "referrer", "provider_coordinator", "steward"]
)
def test_those_who_may_not_open_the_case_read_no_name(cast: Cast, case: Case, who: str) -> None:
    """Even where a message about it reached their account."""
    reader = getattr(cast, who)
    about(reader, case, scheme=cast.scheme)
    page = inbox_of(cast, reader)
    assert "C-TEST is yours now" in page
    assert "Amina" not in page
    assert "About" not in page


def test_whoever_lost_the_case_loses_the_name(cast: Cast, case: Case) -> None:
    about(cast.link_worker, case)
    assert "Amina" in inbox_of(cast, cast.link_worker)
    Case.objects.filter(pk=case.pk).update(worker=cast.colleague)
    assert "Amina" not in inbox_of(cast, cast.link_worker)
    about(cast.colleague, case)
    assert "About Amina K." in inbox_of(cast, cast.colleague)


@pytest.mark.parametrize(("restriction", "reads"), [("normal", True), ("protected", False)])
def test_somebody_kept_close_is_named_to_their_worker_only(
    cast: Cast, case: Case, restriction: str, reads: bool
) -> None:
    Person.objects.filter(pk=case.person_id).update(restriction=restriction)
    about(cast.manager, case)
    about(cast.link_worker, case)
    assert ("Amina" in inbox_of(cast, cast.manager)) is reads
    assert "Amina" in inbox_of(cast, cast.link_worker)


def test_a_connection_and_a_referral_are_named_too(cast: Cast) -> None:
    case, _, connection = casework.connected(cast)
    about(cast.link_worker, connection)
    about(cast.referrer, case.referral)
    called = Person.objects.get(pk=case.person_id).called
    assert f"About {called}" in inbox_of(cast, cast.link_worker)
    assert f"About {case.referral.chosen_name or case.referral.given_name}" in inbox_of(cast, cast.referrer)
    about(cast.other_referrer, case.referral)
    assert "About" not in inbox_of(cast, cast.other_referrer)


def test_a_group_reads_the_name_it_was_given_while_it_may(cast: Cast) -> None:
    connection = make_connection(cast, name_shared="Sammy")
    about(cast.provider_coordinator, connection)
    assert "About Sammy" in inbox_of(cast, cast.provider_coordinator)
    assert "Canary" not in inbox_of(cast, cast.provider_coordinator)
    connections.withdraw(connection, reason="Moved", by=cast.everything)
    assert "Sammy" not in inbox_of(cast, cast.provider_coordinator)


def test_a_group_reads_no_name_thirty_days_after_it_was_over(cast: Cast) -> None:
    connection = make_connection(cast, "ended", name_shared="Sammy")
    about(cast.provider_coordinator, connection)
    Connection.objects.filter(pk=connection.pk).update(ended_at=now() - timedelta(days=31))
    assert "Sammy" not in inbox_of(cast, cast.provider_coordinator)


def test_another_group_reads_no_name(cast: Cast) -> None:
    about(
        cast.provider_coordinator, make_connection(cast, service=make_service(cast.other_provider), name_shared="Sammy")
    )
    assert "Sammy" not in inbox_of(cast, cast.provider_coordinator)


def test_a_colleague_in_the_scheme_does_not_read_a_name_from_the_connection_either(cast: Cast) -> None:
    """The scheme's side is casework's to answer: it knows whose case it is."""
    _, _, connection = casework.connected(cast)
    about(cast.colleague, connection)
    assert "About" not in inbox_of(cast, cast.colleague)


def test_messages_about_nothing_ask_nobody(cast: Cast, django_assert_num_queries: Any) -> None:
    messages, actor = [make_account_message(cast.link_worker)], cast.actor(cast.link_worker)
    with django_assert_num_queries(0):
        assert queries.who_they_are_about(messages, actor) == {}


def test_a_full_inbox_asks_as_much_as_one_message(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        about(cast.link_worker, casework.active(cast))
    actor = cast.actor(cast.link_worker)
    messages = list(queries.inbox(actor))
    with django_assert_max_num_queries(6):
        assert len(queries.who_they_are_about(messages, actor)) == 4


def test_a_name_with_odd_signs_is_shown_and_never_run(cast: Cast, case: Case) -> None:
    Person.objects.filter(pk=case.person_id).update(chosen_name="<b>Zoë</b>", family_name="")
    about(cast.link_worker, case)
    page = inbox_of(cast, cast.link_worker)
    assert "<b>Zoë" not in page
    assert "About &lt;b&gt;Zoë&lt;/b&gt;" in page


def test_the_nudge_by_email_never_has_the_name(cast: Cast, case: Case) -> None:
    tell_allocated(case.pk, by=cast.everything)
    inbox_of(cast, cast.link_worker)
    letters = Message.objects.filter(way="email")
    assert letters.exists()
    assert not [each for each in letters if "Amina" in f"{each.subject}{each.body}{each.link}"]
