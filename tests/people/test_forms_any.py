"""The forms about a person, whatever is typed: what they take can be kept, and nothing that was not said safe is safe."""

from hypothesis import given
from hypothesis import strategies as st

from linkworks.people.forms import ReachForm
from linkworks.people.rules import WAYS

KINDS = list(WAYS)
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
