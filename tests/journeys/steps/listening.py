"""The link worker: contact, conversation, answers, plan, match, review, close."""

from datetime import date, timedelta

from linkworks.core import clock

from ..somebody import Somebody
from .referring import SomebodyReferred, reference_on

QUESTIONS = (
    "how satisfied are you",
    "things you do in your life are worthwhile",
    "how happy did you feel",
    "how anxious did you feel",
)
SHARING = (
    "May whoever referred you read the goals of your plan, how each went, and why and how our work ended?",
    "May we share what is needed with groups you choose",
)


def when_i_open_the_case(me: Somebody, person: SomebodyReferred) -> None:
    me.open(f"/cases/?q={person.family_name}").follow(person.name).sees_heading(person.name)


def when_i_call(me: Somebody, note: str) -> None:
    me.press("Record a contact").choose("We spoke").type("Note", note)
    me.type("What happens next", "Meet for the first conversation").choose("In a week")
    me.press("Save the contact").sees("The contact was recorded", note)


def when_we_talk(me: Somebody, *, matters: str, strengths: str, needs: tuple[str, ...]) -> None:
    me.press("Have the first conversation").sees_heading("First conversation")
    me.type("What matters to me", matters).type("What I am good at or proud of", strengths)
    me.choose(*needs, of="What they would like help with").choose("Usual")
    me.press("Save and go on to the wellbeing questions").sees_heading("Wellbeing questions")


def when_i_ask_how_things_are(me: Somebody, *answers: int) -> None:
    for question, answer in zip(QUESTIONS, answers, strict=True):
        me.choose(str(answer), of=question, exact=True)
    me.choose("By telephone").press("Save the answers").sees("The answers were kept")


def when_they_choose_what_to_share(me: Somebody) -> None:
    me.follow("Go on: what they agree to share")
    for topic in SHARING:
        me.choose("Yes", of=topic, exact=True)
    me.choose("On the telephone", of="How did they say so?").press("Save their choices")


def when_we_make_a_plan(me: Somebody, *, goal: str, about: tuple[str, ...], step: str) -> None:
    me.follow("Open the plan").press("Add a goal")
    me.type("What I want", goal).choose(*about, of="What this is about").press("Save the goal")
    me.follow("Add a step", exact=False).type("What will be done", step).type("Who will do it", "My link worker")
    me.press("Add the step").sees(step)


def when_they_agree_the_plan(me: Somebody) -> None:
    me.press("Agree the plan").choose("On the telephone").press("The person agrees").sees("The plan is agreed")


def then_it_prints(me: Somebody, *words: str) -> None:
    """On ordinary paper and in large print, each with a way back."""
    me.follow("Print").sees_heading("My plan").sees(*words)
    me.follow("Large print (18 point)").sees(*words).follow("Ordinary print").follow("Back")


def when_i_look_for_support(me: Somebody, goal: str) -> None:
    me.follow(f"Find support for {goal}").sees_heading("Find support").sees(goal)


def first_that_fits(me: Somebody) -> str:
    """The name of the group that is offered first."""
    return me.page.locator(".app-card__heading a").first.inner_text()


def when_i_say_what_it_must_be(me: Somebody, row: str, question: str, answer: str) -> None:
    """One question on a page of its own, and back to what fits."""
    if not me.page.get_by_role("link", name=f"Change {row}").is_visible():
        me.unfold("What it must be")
    me.follow(f"Change {row}").sees_heading(question)
    me.choose(answer).press("Save").sees_heading("Find support").sees("Kept. It counts for all their goals.")


def when_it_is_not_for_them(me: Somebody, name: str, why: str, note: str) -> None:
    """A group that fits on paper is set aside for the goal."""
    me.page.get_by_role("link", name="Not for them").filter(has_text=name).first.click()
    me.look().sees_heading(f"Not for them: {name}").choose(why).type("In a few words", note).press("Set it aside")
    me.sees(f"{name} is set aside for this goal", "Set aside for this goal (1)")


def when_i_put_it_back(me: Somebody, name: str) -> None:
    me.unfold("Set aside for this goal").press(f"Put back {name}").sees("among the results again")


def when_i_choose(me: Somebody) -> str:
    """Choose the service that stands first, and see what its group will see."""
    me.page.get_by_role("link", name="Choose this").first.click()
    return me.look().sees_heading("Connect to").page.get_by_role("heading", level=1).inner_text()


def when_they_agree_to_what_is_shared(me: Somebody, need: str) -> str:
    """Send the seven fields; gives the connection's reference."""
    me.choose("Through the link worker").type("What would help", need)
    me.choose("I went through this with the person").choose("On the telephone", of="How did they agree?")
    me.press("Send to", exact=False).sees("Sent to", need, "Sent")
    return reference_on(me.page)


def when_i_answer_the_group(me: Somebody, question: str, answer: str) -> None:
    me.sees(question).type("Message", answer).press("Send").sees(answer)


def when_i_note_how_it_ended(me: Somebody, ending: str) -> None:
    me.follow("Record how it ended").choose(ending).press("Save").sees("How it ended was recorded")


def when_we_review(me: Somebody, *, how: str, words: str) -> None:
    me.follow("Review the plan").sees_heading("Review the plan").choose(how).type("How they say it went", words)
    me.type_day("When will you look at it together again?", in_days(42))
    me.press("Save the review").sees("The review was kept", words)


def when_i_close(me: Somebody, *, why: str, summary: str) -> None:
    me.sees_heading("Close this case")
    me.choose(why).type("Summary", summary).press("Close the case").sees("case is closed", summary)


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)
