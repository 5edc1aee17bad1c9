"""How it was for the person, and whether the group was told enough."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linkworks.connections import actions
from linkworks.connections.models import GroupFeedback, PersonFeedback, ProviderLink, SharedWords
from linkworks.connections.rules import Feedback
from linkworks.connections.states import State
from linkworks.core.actor import Actor
from linkworks.core.clock import today
from linkworks.core.errors import Invalid, NotAllowed
from tests.cast import Cast
from tests.context import acting
from tests.factories.connections import make_connection, make_feedback, make_link

SAID = Feedback(as_expected="partly", recommends="yes", text="Bring your own mug.", may_share=True)


def test_what_they_said_is_kept_with_who_wrote_it_down(cast: Cast) -> None:
    connection = make_connection(cast, "ended")
    kept = actions.record_feedback(connection, feedback=SAID, by=cast.actor(cast.link_worker))
    assert (kept.as_expected, kept.recommends, kept.text) == ("partly", "yes", "Bring your own mug.")
    assert (kept.recorded_by_name, kept.scheme_id) == ("Amara Boateng", cast.scheme.id)
    assert kept.service_id == connection.service_id


@pytest.mark.parametrize("state", State)
def test_there_is_something_to_say_once_they_have_been(cast: Cast, state: State) -> None:
    connection = make_connection(cast, state)
    if state in {State.ATTENDING, State.ENDED}:
        assert actions.record_feedback(connection, feedback=SAID, by=cast.everything).pk
    else:
        with pytest.raises(NotAllowed, match="once they have been"):
            actions.record_feedback(connection, feedback=SAID, by=cast.everything)
        assert not PersonFeedback.objects.exists()


@pytest.mark.parametrize("who", ["outsider", "provider_coordinator", "session_leader", "referrer", "commissioner"])
def test_only_the_scheme_records_what_its_people_said(cast: Cast, who: str) -> None:
    connection = make_connection(cast, "ended")
    with pytest.raises(NotAllowed):
        actions.record_feedback(connection, feedback=SAID, by=cast.actor(getattr(cast, who)))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "text"),
        ({"text": "   "}, "text"),
        ({"recommends": "yes", "may_share": True}, "text"),
        ({"text": "x" * 601}, "text"),
        ({"as_expected": "rather"}, "as_expected"),
        ({"recommends": "rather"}, "recommends"),
    ],
)
def test_what_does_not_hold_together_is_refused_and_nothing_is_kept(
    cast: Cast, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.record_feedback(make_connection(cast, "ended"), feedback=Feedback(**said), by=cast.everything)
    assert refused.value.field == field
    assert not PersonFeedback.objects.exists()


def test_words_are_shared_only_when_they_agree(cast: Cast) -> None:
    make_feedback(cast, text="Not for the group", may_share=False)
    assert not SharedWords.objects.exists()
    shared = make_feedback(cast, text="For the group", may_share=True).shared
    assert shared is not None
    assert [each.text for each in SharedWords.objects.all()] == ["For the group"]


def test_nothing_leads_from_the_shared_words_to_who_said_them(cast: Cast) -> None:
    connection = make_connection(cast, "ended")
    shared = make_feedback(cast, connection, text="Lovely people", may_share=True).shared
    assert shared is not None
    names = {field.name for field in SharedWords._meta.concrete_fields}
    assert names == {"id", "created_at", "scheme", "provider", "service", "text", "said_in", "counts"}
    assert shared.said_in == today().replace(day=1)
    known = {str(connection.pk), str(connection.person_id), connection.reference, "Sam", str(connection.worker_id)}
    assert not known & {str(getattr(shared, field.attname)) for field in SharedWords._meta.concrete_fields}


def test_saying_it_again_puts_it_right(cast: Cast) -> None:
    connection = make_connection(cast, "ended")
    first = make_feedback(cast, connection, text="Too loud", may_share=True)
    again = make_feedback(cast, connection, text="Loud, but kind", recommends="not-sure", may_share=True)
    assert (again.pk, again.shared_id) == (first.pk, first.shared_id)
    assert [each.text for each in SharedWords.objects.all()] == ["Loud, but kind"]
    assert PersonFeedback.objects.get().recommends == "not-sure"


def test_words_that_are_shared_no_longer_are_gone_for_the_group_at_once(cast: Cast) -> None:
    connection = make_connection(cast, "ended")
    make_feedback(cast, connection, may_share=True)
    make_feedback(cast, connection, may_share=False)
    assert not SharedWords.objects.exists()
    assert PersonFeedback.objects.get().text == "They laugh a lot."


def test_every_version_is_in_the_audit_with_who_wrote_it(cast: Cast) -> None:
    connection = make_connection(cast, "ended")
    for words in ("First", "Second"):
        make_feedback(cast, connection, text=words)
    events = PersonFeedback.pgh_event_model.objects.order_by("pgh_id")
    assert [each.text for each in events] == ["First", "Second"]
    assert {each.pgh_context["actor"] for each in events} == {"test"}


def test_the_database_refuses_feedback_that_says_nothing(cast: Cast) -> None:
    kept = make_feedback(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFeedback.objects.filter(pk=kept.pk).update(as_expected="", recommends="", text="")


def test_the_database_alone_keeps_what_was_said_from_the_group(cast: Cast) -> None:
    """Not even with every check in Python gone: the wall of the table knows no provider."""
    make_feedback(cast, may_share=True)
    with acting(cast.actor(cast.provider_coordinator)):
        assert PersonFeedback.objects.count() == 0
        assert PersonFeedback.pgh_event_model.objects.count() == 0
        assert SharedWords.objects.count() == 1
    with acting(cast.actor(cast.other_provider_coordinator)):
        assert SharedWords.objects.count() == 0
    with acting(cast.actor(cast.outsider)):
        assert PersonFeedback.objects.count() + SharedWords.objects.count() == 0


# ─── The group's side ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("state", State)
def test_a_group_says_whether_it_was_told_enough_once_it_was_asked(cast: Cast, state: State) -> None:
    connection, by = make_connection(cast, state), cast.everything
    if state in {State.PROPOSED, State.WITHDRAWN}:
        with pytest.raises(NotAllowed):
            actions.say_whether_enough(connection, enough="no", by=by)
        assert not GroupFeedback.objects.exists()
    else:
        said = actions.say_whether_enough(connection, enough="partly", text=" Which days? ", by=by)
        assert (said.enough, said.text, said.given_by_name) == ("partly", "Which days?", "A test")


def test_a_group_puts_it_right_and_says_it_once(cast: Cast) -> None:
    connection, maggie = make_connection(cast), cast.actor(cast.provider_coordinator)
    for enough in ("no", "yes"):
        actions.say_whether_enough(connection, enough=enough, by=maggie)
    assert [each.enough for each in GroupFeedback.objects.all()] == ["yes"]


@pytest.mark.parametrize("who", ["outsider", "other_provider_coordinator", "session_leader", "referrer"])
def test_nobody_else_speaks_for_the_group(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.say_whether_enough(make_connection(cast), enough="yes", by=cast.actor(getattr(cast, who)))


@pytest.mark.parametrize(
    ("enough", "text", "field"), [("maybe", "", "enough"), ("", "", "enough"), ("no", "x" * 601, "text")]
)
def test_an_opinion_that_can_not_be_is_refused(cast: Cast, enough: str, text: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.say_whether_enough(make_connection(cast), enough=enough, text=text, by=cast.everything)
    assert refused.value.field == field


def test_saying_so_keeps_the_link_alive(cast: Cast) -> None:
    connection = make_connection(cast)
    _, link = make_link(connection)
    ProviderLink.objects.update(expires_at=link.created_at)
    make_link(connection)
    before = ProviderLink.objects.order_by("-created_at")[0].expires_at
    actions.say_whether_enough(connection, enough="yes", by=cast.actor(cast.provider_coordinator))
    assert ProviderLink.objects.order_by("-created_at")[0].expires_at >= before


def test_another_groups_link_says_nothing_here(cast: Cast) -> None:
    mine, other = make_connection(cast), make_connection(cast)
    _, link = make_link(other)
    by = Actor(
        id=f"link:{link.id}",
        name="Kettle",
        organisations=frozenset([cast.provider.id]),
        link_id=link.id,
        purpose="provider",
        permissions=cast.actor(cast.provider_coordinator).permissions,
    )
    with pytest.raises(NotAllowed):
        actions.say_whether_enough(mine, enough="no", by=by)
    assert actions.say_whether_enough(other, enough="no", by=by).connection_id == other.pk
