"""Groups keep their listings true: by a link without an account, by claiming what is theirs, by a correction."""

from tests.factories import pictures

from .somebody import DESKTOP, PHONE
from .steps import Window, given_i_am, given_i_am_a_resident
from .steps import referring as mail

LISTING = "/directory?q=Lunch"


def test_a_group_says_by_link_that_its_listing_is_right_and_takes_it_back(somebody: Window) -> None:
    ines = given_i_am(somebody, "Ines Duarte")
    ines.open("/directory?view=check")
    name = ines.page.locator("table a").first.inner_text()
    maggie = given_i_am_a_resident(somebody, width=PHONE, javascript=False)
    before = mail.e_mails(maggie, "referrals", "Is your listing still right?").count()
    ines.follow(name).press("Ask the group now").sees("The group is being asked")

    mail.when_i_open_the_e_mail(maggie, "referrals", "Is your listing still right?", after=before)
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


def test_a_group_corrects_its_listing_and_a_steward_looks_at_its_new_number(somebody: Window) -> None:
    maggie = given_i_am(somebody, "Maggie Flynn", width=PHONE)
    maggie.open("/provider/services")
    link = maggie.page.get_by_role("link", name="Change it").first
    name = link.inner_text().partition(": ")[2]
    link.click()
    maggie.sees_heading(name).type("What happens?", "We cook together, then we eat.")
    maggie.type("Telephone", "020 7946 0987").press("Save").sees("looks first at: telephone", "Waiting for a look")
    maggie.follow("See it as others see it").sees("We cook together, then we eat.").does_not_see("020 7946 0987")

    ines = given_i_am(somebody, "Ines Duarte", also_at=(PHONE,))
    ines.open("/directory/queue?kind=edit").follow(name).sees("020 7946 0987", "Maggie Flynn")
    ines.press("Make this change").sees("shown now").follow("See the listing").sees("020 7946 0987")

    maggie.open("/messages/").waits_to_see("Your change to the directory is shown now")

    ines.page.go_back()
    ines.follow("See what it said before, and bring it back").sees("We cook together")


def test_anybody_says_what_is_wrong_and_a_steward_puts_it_right(somebody: Window) -> None:
    neighbour = given_i_am_a_resident(somebody, width=PHONE, javascript=False)
    neighbour.open("/find?q=walk&distance=25")
    neighbour.page.locator("li.app-card a").first.click()
    name = neighbour.page.locator("h1").inner_text().splitlines()[-1].strip()
    neighbour.follow("Report what is wrong with this listing").choose("The time, the place or the cost is wrong")
    neighbour.type("What should it say?", "It begins at eleven").press("Send").sees("Thank you")

    ines = given_i_am(somebody, "Ines Duarte")
    ines.open("/directory/queue?kind=wrong").sees("It begins at eleven").follow(name)
    ines.type("What did you do?", "Rang them and changed it").press("It is dealt with").sees("dealt with")
    ines.open("/directory/queue?kind=wrong").does_not_see("It begins at eleven")


def test_somebody_claims_an_organisation_and_is_invited(somebody: Window) -> None:
    jo = given_i_am_a_resident(somebody, width=PHONE, javascript=False)
    jo.open("/find?q=choir&distance=25")
    jo.page.locator("li.app-card a").first.click()
    jo.follow("Do you look after this? Keep it right yourself")
    jo.type("Your name", "Jo Okafor").type("What do you do there?", "Secretary")
    jo.type("Your work email address", "jo@claims.example.org").press("Send me the link").sees_heading(
        "Check your email"
    )
    mail.when_i_open_the_e_mail(jo, "jo@claims", "Your link to look after your listing")
    jo.press("Yes, this is my address").sees("now asks your organisation")

    ines = given_i_am(somebody, "Ines Duarte", also_at=(PHONE,))
    ines.open("/directory/queue?kind=claim").sees("Jo Okafor, Secretary, asks to look after it")
    ines.page.locator("table a").first.click()
    ines.sees("jo@claims.example.org", "Addresses we knew before").press("Yes, invite them").sees(
        "Jo Okafor is invited"
    )

    jo.open("/messages/outbox?q=jo@claims").waits_to_see("join")


def test_a_group_shows_a_photo_of_its_door_and_takes_it_away(somebody: Window) -> None:
    maggie = given_i_am(somebody, "Maggie Flynn", width=PHONE, also_at=(DESKTOP,))
    maggie.open("/provider/services").page.get_by_role("link", name="Change it").first.click()
    maggie.sees("people ask before they come").follow("Show photos of where you meet")
    maggie.press("Show this photo").sees("Choose a photo", "Enter what the photo shows", "has agreed").look()
    maggie.page.get_by_label("Photo").set_input_files({"name": "me.txt", "mimeType": "image/jpeg", "buffer": b"no"})
    maggie.type("What does it show?", "The yellow door by the bus stop").choose("Nobody can be recognised")
    maggie.press("Show this photo").sees("must be a JPEG, PNG or WebP").look()
    assert maggie.page.get_by_label("What does it show?").input_value() == "The yellow door by the bus stop"
    maggie.page.get_by_label("Photo").set_input_files(
        {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": pictures.photo((2000, 1500), "yellow")}
    )
    maggie.press("Show this photo").sees("The photo is shown with the listing.")

    maggie.follow("See it as others see it").sees("What it looks like", "The yellow door by the bus stop").look()
    shown = maggie.page.get_by_role("figure").filter(has_text="yellow door").locator("img")
    shown.scroll_into_view_if_needed()
    maggie.page.wait_for_function("image => image.complete && image.naturalWidth === 1200", arg=shown.element_handle())

    maggie.page.go_back()
    maggie.follow("Take it away", exact=False).look().press("Yes, take it away")
    maggie.sees("The photo is taken away.").follow("See it as others see it").does_not_see("yellow door")
