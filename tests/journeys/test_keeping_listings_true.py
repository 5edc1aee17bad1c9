"""Groups keep their listings true: by a link without an account, by claiming what is theirs, by a correction."""

from .somebody import PHONE
from .steps import Window, given_i_am, given_i_am_a_resident
from .steps import referring as mail

LISTING = "/directory?q=Lunch"


def test_a_group_says_by_link_that_its_listing_is_right_and_takes_it_back(somebody: Window) -> None:
    ines = given_i_am(somebody, "Ines Duarte")
    ines.open("/directory?view=check")
    name = ines.page.locator("table a").first.inner_text()
    ines.follow(name).press("Ask the group now").sees("The group is being asked")

    maggie = given_i_am_a_resident(somebody, width=PHONE, javascript=False)
    mail.when_i_open_the_e_mail(maggie, "referrals", "Is your listing still right?")
    maggie.sees_heading(name).sees("Is this still right?")
    maggie.choose("Yes, it is all right").type("How many places are left for new people?", "4").press("Send")
    maggie.sees_heading("Thank you").follow("See your listing as others see it").sees(
        "Checked by the group", "4 places free"
    )
    maggie.page.go_back()
    maggie.press("Undo").sees("Is this still right?")
    maggie.choose("No, something is wrong").type("What should it say?", "We meet on Fridays now").press("Send")
    maggie.sees_heading("Thank you")

    ines.open("/directory?view=reported").follow(name).sees("We meet on Fridays now")
