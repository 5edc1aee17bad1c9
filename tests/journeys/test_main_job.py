"""The main job, told once: from a GP to the outcome, through four people's browsers."""

from linkworks.core import clock

from .somebody import PHONE
from .steps import Window, given_i_am
from .steps import answering as group
from .steps import deciding as manager
from .steps import listening as worker
from .steps import referring as gp

FLORENCE = gp.SomebodyReferred(
    "Florence", "Aldridge", needs=("Feeling alone or isolated", "Someone has died, grief"),
    words="Since Harold died I talk to the wireless.",
)  # fmt: skip
MATTERS = "I want to laugh with people again, and to speak of Harold without them looking away."
GOAL = "Have company once a week"
NEED = "Florence would like company on a weekday morning."
QUESTION = "Does Florence take sugar, and can she manage six steps?"
ANSWER = "Two sugars, and yes with a handrail."


def test_from_a_gp_to_an_outcome(somebody: Window) -> None:
    doctor = given_i_am(somebody, "Dr Priya Nair")
    gp.when_i_refer(doctor, FLORENCE)
    gp.then_i_hear(doctor, FLORENCE, "has the referral and answers within")
    gp.then_a_message_waits(doctor, "was received")

    ruth = given_i_am(somebody, "Ruth Adeyemi")
    manager.when_i_accept(ruth, FLORENCE)
    manager.when_i_give_the_case_to(ruth, "Amara Boateng")

    amara = given_i_am(somebody, "Amara Boateng")
    amara.open("/cases/today").sees(FLORENCE.name)
    worker.when_i_open_the_case(amara, FLORENCE)
    worker.when_i_call(amara, "She would like to meet at home on Thursday.")
    worker.when_we_talk(
        amara, matters=MATTERS, strengths="Ran a school kitchen for 30 years.", needs=("Someone has died, grief",)
    )
    worker.when_i_ask_how_things_are(amara, 4, 5, 3, 7)
    worker.when_they_choose_what_to_share(amara)
    worker.when_i_open_the_case(amara, FLORENCE)
    worker.when_we_make_a_plan(
        amara, goal=GOAL, about=("Feeling alone or isolated",), step="Look together at what is near"
    )
    worker.when_they_agree_the_plan(amara)
    worker.then_it_prints(amara, GOAL, "Amara Boateng", MATTERS)
    worker.when_i_look_for_support(amara, GOAL)
    worker.when_i_choose(amara)
    reference = worker.when_they_agree_to_what_is_shared(amara, NEED)
    connection = amara.page.url

    kettle = somebody("A community group", also_at=(PHONE,))
    group.when_the_group_opens_its_e_mail(kettle, reference)
    hidden = (FLORENCE.family_name, FLORENCE.phone, "Harold", "grief", FLORENCE.postcode)
    group.then_they_see_only_what_was_agreed(kettle, name="Florence", need=NEED, hidden=hidden)
    group.when_they_ask(kettle, QUESTION)
    group.when_they_say_yes(kettle, clock.today())

    amara.open(connection)
    worker.when_i_answer_the_group(amara, QUESTION, ANSWER)
    kettle.page.reload()
    kettle.sees(ANSWER)
    group.when_they_mark_who_came(kettle, clock.today())

    amara.open(connection).sees("Came", "Who came when")
    worker.when_i_note_how_it_ended(amara, "Carries on by themselves")
    worker.when_i_open_the_case(amara, FLORENCE)
    worker.when_we_review(amara, how="Achieved", words="I have laughed every Thursday.")
    amara.follow("Close", within=amara.page.locator("main")).follow("Ask the wellbeing questions")
    worker.when_i_ask_how_things_are(amara, 7, 8, 6, 3)
    worker.when_i_close(amara, why="Goals met", summary="Florence goes by herself now.")

    gp.then_i_hear(doctor, FLORENCE, "A plan was agreed", "The scheme’s work with the person finished")
    doctor.does_not_see(MATTERS, NEED)
