"""A case on its first morning: why this person was sent, and how it is safe to reach them."""

from typing import Any

from django.urls import reverse

from linkworks.casework import actions
from linkworks.core.actor import Actor
from linkworks.referrals.rules import Reach
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import referrals
from tests.factories.casework import do

WORDS = "The evenings are long since Alf died."


def page(cast: Cast, case: Any, who: Any = None) -> str:
    return cast.client(who or cast.link_worker).get(reverse("casework:case", args=[case.pk])).content.decode()


def test_the_reasons_and_the_words_of_the_referral_are_there(cast: Cast) -> None:
    said = page(cast, make.allocated(cast, anything_to_know="Hard of hearing: speak slowly."))
    assert WORDS in said and "Hard of hearing: speak slowly." in said
    assert "Feeling alone or isolated" in said and "Someone has died, grief" in said
    assert "From Dr Priya Nair" in said
    assert said.index("Why they were referred") < said.index("What matters")


def test_how_it_is_safe_to_reach_them_stands_above_why_they_came(cast: Cast) -> None:
    phone = Reach("phone", "020 7946 0001", is_safe=True, may_leave_message=False, best_times="Mornings")
    said = page(cast, make.allocated(cast, contact_channels=(phone,)))
    assert said.index("020 7946 0001") < said.index("Why they were referred")
    assert "Mornings" in said and "Do not leave a message" in said


def test_somebody_who_did_not_agree_is_not_called_unknowing(cast: Cast) -> None:
    """Whoever opens the case sees it before the first call."""
    case = make.allocated(cast)
    case.referral.told_and_agrees = False
    case.referral.save(update_fields=["told_and_agrees"])
    assert "has not said that they agree" in page(cast, case)


def test_after_the_conversation_their_own_words_come_first_and_the_referral_is_folded_away(cast: Cast) -> None:
    said = page(cast, make.active(cast))
    assert said.index("I want to get out of the house again.") < said.index(WORDS)
    assert said.count("Why they were referred") == 1


def test_a_referral_that_joined_the_case_is_read_there_too(cast: Cast, manager: Actor) -> None:
    case = make.allocated(cast)
    sender = cast.actor(cast.referrer)
    second = do(sender, lambda *, by: referrals.sent(by, cast.scheme.id, in_their_words="She fell last week."))
    do(manager, actions.open_from_referral, second, person_id=case.person_id)
    said = page(cast, case)
    assert said.index("She fell last week.") < said.index(WORDS)


def test_a_second_case_shows_its_own_referral_and_not_the_first(cast: Cast) -> None:
    earlier = make.closed(cast)
    again = make.allocated(cast, person_id=earlier.person_id, in_their_words="The stairs are too much now.")
    said = page(cast, again)
    section = said[said.index("Why they were referred") : said.index("What matters")]
    assert "The stairs are too much now." in section and WORDS not in section


def test_what_the_referrer_wrote_is_shown_as_text(cast: Cast) -> None:
    said = page(cast, make.allocated(cast, in_their_words="<script>alert(1)</script>"))
    assert "<script>alert(1)" not in said and "&lt;script&gt;alert(1)" in said


class TestThePlanPage:
    def plan(self, cast: Cast, case: Any) -> str:
        return cast.client(cast.link_worker).get(reverse("casework:plan", args=[case.pk])).content.decode()

    def test_before_the_conversation_there_is_one_empty_state_and_nothing_to_print(self, cast: Cast) -> None:
        case = make.allocated(cast)
        said = self.plan(cast, case)
        assert said.count('<div class="app-empty">') == 1 and "Have the first conversation" in said
        assert ">Print<" not in said and "Add a goal" not in said and "No goals yet" not in said

    def test_before_any_goal_there_is_one_too(self, cast: Cast) -> None:
        said = self.plan(cast, make.active(cast))
        assert said.count("No goals yet") == 1 and "No plan yet" not in said
        assert ">Print<" not in said and said.count("Add a goal") == 1

    def test_with_a_goal_it_can_be_printed(self, cast: Cast) -> None:
        case, _ = make.with_goal(cast)
        said = self.plan(cast, case)
        assert ">Print<" in said and '<div class="app-empty">' not in said


def test_each_distance_is_offered_once_and_three_miles_is_chosen(cast: Cast) -> None:
    _, goal, _ = make.planned(cast)
    said = cast.client(cast.link_worker).get(reverse("casework:goal-match", args=[goal.pk])).content.decode()
    box = said[said.index('name="within"') : said.index("</select>")]
    choices = ("1 mile<", "2 miles<", "3 miles<", "5 miles<", "10 miles<", "Any distance<")
    assert [box.count(words) for words in choices] == [1] * 6
    assert box.count("<option") == 6 and "selected" in box[box.index('value="5"') : box.index("3 miles")]
