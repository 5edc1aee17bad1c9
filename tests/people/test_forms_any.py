"""The forms about a person, whatever is typed: what they take can be kept, and nothing that was not said safe is safe."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkworks.people.forms import SHARING, WAYS, ChannelForm, PersonDetailsForm, ReachForm, SharingForm
from linkworks.people.states import ChannelKind, SharingTopic

KINDS = [kind for kind, _ in WAYS]
GOOD = {
    "phone": "020 7946 0001", "text": "07700 900982", "email": "jean@example.org", "letter": "1 High Street",
    "through": "Her sister Ann", "phone_message": "yes", "phone_say_who": "no", "phone_times": "Mornings",
}  # fmt: skip
BOX = {kind: "through" if kind == "through-someone" else kind for kind in KINDS}
ways = st.lists(st.sampled_from(KINDS), unique=True)
yes_no = st.sampled_from(["yes", "no", "", "maybe"])
words = st.text(max_size=40)


class TestReach:
    @given(chosen=ways)
    def test_exactly_the_chosen_ways_are_kept_each_with_its_value(self, chosen: list[str]) -> None:
        form = ReachForm({**GOOD, "ways": chosen})
        assert form.is_valid() is bool(chosen)
        if chosen:
            answers = form.reach_answers()
            assert {each.kind for each in answers} == set(chosen)
            assert all(each.value == GOOD[BOX[each.kind]] for each in answers)

    @given(chosen=ways, missing=st.sampled_from(KINDS))
    def test_a_chosen_way_without_its_value_is_asked_for_and_an_unchosen_one_is_not(
        self, chosen: list[str], missing: str
    ) -> None:
        form = ReachForm({**GOOD, "ways": chosen, BOX[missing]: ""})
        assert (BOX[missing] in form.errors) is (missing in chosen)

    @given(message=yes_no, say_who=yes_no)
    def test_permission_is_given_by_yes_alone(self, message: str, say_who: str) -> None:
        form = ReachForm({**GOOD, "ways": ["phone"], "phone_message": message, "phone_say_who": say_who})
        assert form.is_valid() is ({message, say_who} <= {"yes", "no"})
        if form.is_valid():
            (answer,) = form.reach_answers()
            assert (answer.may_leave_message, answer.may_say_who_is_calling) == (message == "yes", say_who == "yes")

    @given(typed=words)
    def test_a_way_nobody_offers_is_refused(self, typed: str) -> None:
        if typed not in KINDS:
            assert "ways" in ReachForm({**GOOD, "ways": [typed]}).errors or not typed.strip()


class TestChannel:
    @given(kind=st.sampled_from(KINDS), safe=yes_no, message=yes_no, value=words)
    def test_what_it_takes_the_action_can_keep(self, kind: str, safe: str, message: str, value: str) -> None:
        form = ChannelForm({"kind": kind, "value": value, "is_safe": safe, "may_leave_message": message})
        if form.is_valid():
            said = form.answers()
            assert said["value"].strip()
            assert len(said["value"]) <= 300
            assert isinstance(said["is_safe"], bool)
            assert isinstance(said["may_leave_message"], bool)
            assert said["is_safe"] is (safe == "yes")

    @pytest.mark.parametrize("kind", [ChannelKind.PHONE, ChannelKind.TEXT])
    @given(value=st.text("abc -+()", max_size=20))
    def test_a_number_has_digits(self, kind: str, value: str) -> None:
        assert not ChannelForm({"kind": kind, "value": value, "is_safe": "yes"}).is_valid()


class TestSharing:
    @given(said=st.lists(yes_no, min_size=len(SHARING), max_size=len(SHARING)))
    def test_every_topic_is_answered_by_the_person_or_it_is_not_kept(self, said: list[str]) -> None:
        typed = {topic.value: answer for topic, answer in zip(SHARING, said, strict=True)}
        form = SharingForm(typed)
        assert form.is_valid() is (set(said) <= {"yes", "no"})
        if form.is_valid():
            assert form.choices() == {SharingTopic(topic): answer == "yes" for topic, answer in typed.items()}


@given(typed=st.fixed_dictionaries({"given_name": words, "family_name": words, "nhs_number": words, "postcode": words}))
def test_details_are_taken_or_every_problem_is_said(typed: dict[str, str]) -> None:
    form = PersonDetailsForm({**typed, "language": "en"})
    if form.is_valid():
        changed: dict[str, Any] = form.changes()
        assert changed["given_name"].strip()
        assert len(changed["nhs_number"]) in (0, 10)
        assert len(changed["postcode"]) <= 8
    else:
        assert all(str(error).strip() for errors in form.errors.values() for error in errors)
