"""A manager says how to reach their scheme without the internet, and a resident reads it, with its day."""

from .somebody import DESKTOP, PHONE
from .steps import Window, given_i_am, given_i_am_a_resident

SAID = "Come to the hall on Elm Road, Mondays 10am to noon."


def test_what_a_manager_says_is_on_the_public_page_with_its_day(somebody: Window) -> None:
    ruth = given_i_am(somebody, "Ruth Adeyemi", also_at=(PHONE,))
    ruth.open("/organisations/scheme").follow("Change what people see")
    ruth.type("How can somebody reach you without the internet", SAID).press("Save").sees(SAID)

    me = given_i_am_a_resident(somebody, width=PHONE, also_at=(DESKTOP,), javascript=False)
    me.open("/organisations/schemes/elm-tree").sees(SAID, "How somebody is referred", "by telephone")
    me.unfold("Since when each of these is so").sees("Without the internet", "Kinds of support")
