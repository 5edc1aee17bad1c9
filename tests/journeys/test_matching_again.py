"""When a group says no, and when nothing fits."""

from .somebody import Somebody
from .steps import Window, given_i_am
from .steps import answering as group
from .steps import deciding as manager
from .steps import listening as worker
from .steps import referring as gp

PEARL = gp.SomebodyReferred("Pearl", "Winstanley", words="I miss being useful.")
EDNA = gp.SomebodyReferred("Edna", "Larkham", words="The evenings are long.")
OSMAN = gp.SomebodyReferred("Osman", "Brightwell", words="I would like to sail.")
SORRY = "We have no chairs left until the spring, sorry."
COMPANY = "Be with other people again"


def given_a_plan(somebody: Window, person: gp.SomebodyReferred, goal: str) -> Somebody:
    """A referral that was accepted, given to Amara, talked about and planned."""
    gp.when_i_refer(given_i_am(somebody, "Dr Priya Nair"), person)
    ruth = given_i_am(somebody, "Ruth Adeyemi")
    manager.when_i_accept(ruth, person)
    manager.when_i_give_the_case_to(ruth, "Amara Boateng")
    amara = given_i_am(somebody, "Amara Boateng")
    worker.when_i_open_the_case(amara, person)
    worker.when_we_talk(amara, matters="I want a reason to get up.", strengths="Never late.", needs=person.needs)
    worker.when_i_open_the_case(amara, person)
    worker.when_we_make_a_plan(amara, goal=goal, about=person.needs, step="Look together at what is near")
    return amara


def test_a_group_says_no_and_the_worker_finds_another(somebody: Window) -> None:
    amara = given_a_plan(somebody, PEARL, COMPANY)
    worker.when_they_agree_the_plan(amara)
    worker.when_i_look_for_support(amara, COMPANY)
    first = worker.when_i_choose(amara)
    reference = worker.when_they_agree_to_what_is_shared(amara, "Pearl would like company.")

    full = somebody("A full group")
    group.when_the_group_opens_its_e_mail(full, reference)
    group.when_they_say_no(full, "The activity is full", SORRY)

    amara.open("/cases/today").waits_to_see("Pearl")
    worker.when_i_open_the_case(amara, PEARL)
    amara.sees("The activity is full", SORRY)
    worker.when_i_look_for_support(amara, COMPANY)
    amara.sees("They were sent there before")
    second = worker.when_i_choose(amara)
    assert second != first, "another stands first now"
    again = worker.when_they_agree_to_what_is_shared(amara, "Pearl would like company.")
    assert again != reference


def test_what_it_must_be_is_asked_once_and_a_named_group_says_why_it_is_not_shown(somebody: Window) -> None:
    amara = given_a_plan(somebody, EDNA, COMPANY)
    worker.when_they_agree_the_plan(amara)
    worker.when_i_look_for_support(amara, COMPANY)
    first = worker.first_that_fits(amara)

    worker.when_it_is_not_for_them(amara, first, "They have been, and it was not for them", "Too loud for her")
    assert worker.first_that_fits(amara) != first
    worker.when_i_put_it_back(amara, first)
    assert worker.first_that_fits(amara) == first

    worker.when_i_say_what_it_must_be(amara, "when they can go", "When can they go?", "Sunday evening")
    worker.when_i_say_what_it_must_be(amara, "how far", "How far can they go?", "Up to 1 mile")
    amara.sees("Sunday evenings", "Up to 1 mile", "Nearly fits", "Nothing else was set aside")
    amara.follow("Why is a group not shown?").type("Name of the group or service", first).press("Say why")
    amara.sees(first, "Not when they can go").follow("How results are put in order", exact=True)
    amara.sees("Nobody is refused anything", "Days and times")

    worker.when_i_open_the_case(amara, EDNA)
    amara.follow("Open the plan")
    worker.when_i_look_for_support(amara, COMPANY)
    amara.sees("Sunday evenings")
    worker.when_i_choose(amara)
    worker.when_they_agree_to_what_is_shared(amara, "Edna would like company.")


def test_nothing_fits_and_it_is_recorded(somebody: Window) -> None:
    amara = given_a_plan(somebody, OSMAN, "Sail on the river")
    worker.when_i_look_for_support(amara, "Sail on the river")
    amara.type("Words", "sailing with guide dogs").press("Look again").sees("Why not others")
    amara.press("Nothing fits").sees("Sail on the river")
    amara.choose("Nothing like this exists here").press("Record it").sees("Recorded. It counts")
    amara.sees("Nothing fitted", "Nothing like this exists here")
    amara.follow("Resolve").type("What was found", "A rowing club offered a seat.")
    amara.press("Save")
    amara.sees("The need is resolved", "A rowing club offered a seat.")
