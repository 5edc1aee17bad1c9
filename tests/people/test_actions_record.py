"""Records are made, put right and kept close; channels, choices and the ledger."""

from uuid import uuid4

import pytest

from linkworks.core.errors import Conflict, Invalid, NotAllowed
from linkworks.people import actions, queries
from linkworks.people.models import Channel, Disclosure, Person, SharingChoice
from linkworks.people.rules import PersonFacts
from linkworks.people.states import Restriction, SharingTopic
from tests.cast import Cast
from tests.context import acting
from tests.factories.people import NHS_NUMBERS, channel, person


class TestAddPerson:
    def test_a_worker_starts_a_record_in_their_scheme(self, cast: Cast) -> None:
        facts = PersonFacts("Jean", "Marlow", nhs_number="943 476 5919", access_needs=("step-free",))
        by = cast.actor(cast.link_worker)
        with acting(by):
            made = actions.add_person(scheme_id=cast.scheme.id, facts=facts, by=by)
        kept = Person.objects.get(id=made.id)
        assert (kept.full_name, kept.nhs_number, kept.access_needs) == ("Jean Marlow", "9434765919", ["step-free"])

    @pytest.mark.parametrize("who", ["outsider", "referrer", "steward", "administrator", "provider_coordinator"])
    def test_nobody_else_may(self, cast: Cast, who: str) -> None:
        by = cast.actor(getattr(cast, who))
        with pytest.raises(NotAllowed):
            actions.add_person(scheme_id=cast.scheme.id, facts=PersonFacts("Jean", "Marlow"), by=by)

    def test_a_number_that_is_not_real_is_refused(self, cast: Cast) -> None:
        with pytest.raises(Invalid) as refused:
            actions.add_person(
                scheme_id=cast.scheme.id, facts=PersonFacts("J", "M", nhs_number="123"), by=cast.everything
            )
        assert refused.value.field == "nhs_number"

    def test_a_number_somebody_has_is_refused_without_saying_who(self, cast: Cast) -> None:
        person(cast.scheme.id, nhs_number=NHS_NUMBERS[0], restriction=Restriction.SEALED)
        with pytest.raises(Conflict) as refused:
            actions.add_person(
                scheme_id=cast.scheme.id, facts=PersonFacts("J", "M", nhs_number=NHS_NUMBERS[0]), by=cast.everything
            )
        assert "already" not in refused.value.message
        assert Person.objects.count() == 1

    def test_the_same_number_in_another_scheme_is_not_noticed(self, cast: Cast) -> None:
        person(cast.other_scheme.id, nhs_number=NHS_NUMBERS[0])
        by = cast.actor(cast.link_worker)
        with acting(by):
            assert actions.add_person(
                scheme_id=cast.scheme.id, facts=PersonFacts("J", "M", nhs_number=NHS_NUMBERS[0]), by=by
            )


class TestChangeDetails:
    def test_what_we_know_is_put_right(self, cast: Cast) -> None:
        jean = person(cast.scheme.id)
        actions.change_details(
            jean, changes={"chosen_name": "Jeannie", "access_needs": ("bsl",)}, by=cast.actor(cast.link_worker)
        )
        jean.refresh_from_db()
        assert (jean.called, jean.access_needs) == ("Jeannie", ["bsl"])

    def test_how_close_a_record_is_kept_is_not_a_detail(self, cast: Cast) -> None:
        with pytest.raises(Invalid):
            actions.change_details(
                person(cast.scheme.id), changes={"restriction": "normal"}, by=cast.actor(cast.link_worker)
            )

    def test_another_scheme_cannot(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.change_details(person(cast.scheme.id), changes={"chosen_name": "X"}, by=cast.actor(cast.outsider))

    def test_the_audit_keeps_what_was_there_before(self, cast: Cast) -> None:
        jean = person(cast.scheme.id)
        actions.change_details(jean, changes={"family_name": "Marlowe"}, by=cast.actor(cast.link_worker))
        events = Person.pgh_event_models  # type: ignore[attr-defined]
        kept = next(iter(events.values())).objects.filter(pgh_obj_id=jean.id).values_list("family_name", flat=True)
        assert "Marlow" in kept


class TestChannels:
    def test_a_channel_keeps_what_was_said_about_it_and_who_asked(self, cast: Cast) -> None:
        by = cast.actor(cast.link_worker)
        made = actions.set_channel(
            person(cast.scheme.id),
            kind="phone",
            value=" 020 7946 0001 ",
            is_safe=True,
            may_leave_message=True,
            best_times="Mornings",
            by=by,
        )
        assert (made.value, made.is_safe, made.may_leave_message, made.asked_by) == (
            "020 7946 0001",
            True,
            True,
            by.name,
        )
        assert made.asked_at is not None

    def test_the_same_channel_is_changed_and_not_doubled(self, cast: Cast) -> None:
        jean = person(cast.scheme.id)
        for is_safe in (True, False):
            actions.set_channel(jean, kind="phone", value="020 7946 0001", is_safe=is_safe, by=cast.everything)
        assert Channel.objects.get().is_safe is False

    def test_a_channel_that_is_not_safe_carries_no_permissions(self, cast: Cast) -> None:
        made = actions.set_channel(
            person(cast.scheme.id),
            kind="phone",
            value="1",
            is_safe=False,
            may_leave_message=True,
            may_say_who_is_calling=True,
            by=cast.everything,
        )
        assert not made.may_leave_message
        assert not made.may_say_who_is_calling

    def test_not_asked_is_not_safe(self, cast: Cast) -> None:
        jean = person(cast.scheme.id)
        made = actions.set_channel(jean, kind="email", value="j@example.org", is_safe=None, by=cast.everything)
        assert (made.is_safe, made.asked_at) == (None, None)
        assert queries.safe_channels(jean.id) == []

    def test_only_one_is_preferred(self, cast: Cast) -> None:
        jean = person(cast.scheme.id)
        for value in ("1", "2"):
            actions.set_channel(jean, kind="phone", value=value, is_safe=True, is_preferred=True, by=cast.everything)
        assert list(Channel.objects.filter(is_preferred=True).values_list("value", flat=True)) == ["2"]

    def test_an_empty_value_is_refused(self, cast: Cast) -> None:
        with pytest.raises(Invalid):
            actions.set_channel(person(cast.scheme.id), kind="phone", value=" ", is_safe=True, by=cast.everything)

    def test_an_ended_channel_is_no_longer_used(self, cast: Cast) -> None:
        jean = person(cast.scheme.id)
        ended = actions.end_channel(channel(jean), by=cast.actor(cast.link_worker))
        assert ended.ended_at
        assert queries.safe_channels(jean.id) == []
        assert actions.end_channel(ended, by=cast.everything).ended_at == ended.ended_at

    def test_another_scheme_cannot_touch_them(self, cast: Cast) -> None:
        phone = channel(person(cast.scheme.id))
        with pytest.raises(NotAllowed):
            actions.end_channel(phone, by=cast.actor(cast.outsider))


class TestSharing:
    def test_the_newest_choice_counts_and_earlier_ones_stay(self, cast: Cast) -> None:
        jean = person(cast.scheme.id)
        for agreed in (True, False):
            actions.choose_sharing(
                jean, topic="providers", agreed=agreed, how="On the telephone", by=cast.actor(cast.link_worker)
            )
        assert queries.sharing_of(jean.id)[SharingTopic.PROVIDERS] is False
        assert SharingChoice.objects.count() == 2

    def test_what_was_not_asked_is_none(self, cast: Cast) -> None:
        assert queries.sharing_of(person(cast.scheme.id).id) == dict.fromkeys(SharingTopic, None)

    def test_a_topic_that_does_not_exist_is_refused(self, cast: Cast) -> None:
        with pytest.raises(ValueError, match="everything"):
            actions.choose_sharing(person(cast.scheme.id), topic="everything", agreed=True, how="", by=cast.everything)


def test_what_leaves_the_scheme_is_written_in_the_ledger(cast: Cast) -> None:
    jean, by, about = person(cast.scheme.id), cast.actor(cast.link_worker), uuid4()
    actions.log_disclosure(
        person_id=jean.id,
        scheme_id=cast.scheme.id,
        recipient="Kettle and Company",
        fields=["chosen name", "phone"],
        basis="They agreed",
        purpose="To join the lunch club",
        about_id=about,
        by=by,
    )
    line = Disclosure.objects.get()
    assert (line.recipient, line.fields, line.made_by_name, line.about_id) == (
        "Kettle and Company",
        ["chosen name", "phone"],
        by.name,
        about,
    )
