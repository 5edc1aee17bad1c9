"""People refer themselves, and professionals without an account refer them."""

from .somebody import PHONE
from .steps import Window, asking, given_i_am, given_i_am_a_resident
from .steps import referring as gp

DELROY = gp.SomebodyReferred("Delroy", "Hartnell", words="I lost my job and I do not go out.", phone="07700 900 456")
IFRAH = gp.SomebodyReferred("Ifrah", "Osmani", words="She asked me for people to garden with.")


def test_by_oneself_on_a_telephone_without_a_script_and_without_an_e_mail_address(somebody: Window) -> None:
    delroy = given_i_am_a_resident(somebody, width=PHONE, javascript=False)
    reference = asking.when_i_ask_for_support(delroy, DELROY)
    delroy.page.go_back()
    delroy.look().does_not_see(DELROY.words)

    ruth = given_i_am(somebody, "Ruth Adeyemi", width=PHONE, javascript=False)
    ruth.open(f"/cases/inbox?q={reference}").follow(DELROY.name)
    ruth.sees(DELROY.words, "07700 900456", "Feeling alone or isolated")


def test_what_was_typed_is_kept_when_an_answer_is_missing(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody)
    me.open("/self-refer").press("Start").press("Continue").sees("There is a problem")
    me.has_focus(me.page.locator(".nhsuk-error-summary"))
    me.choose("Problems with my home or rent").press("Continue").press("Continue")
    me.type("Last name", "Osei").press("Continue").sees("Enter your first name")
    assert me.page.get_by_label("Last name").input_value() == "Osei"
    me.follow("Enter your first name").has_focus(me.page.get_by_label("First name"))


def test_somebody_outside_every_scheme_is_not_left_at_a_dead_end(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody)
    me.open("/who-serves-me?postcode=EC2V+7HH").sees("nobody has yet set up a scheme here", "Ask for support")
    me.open("/who-serves-me?postcode=se155dd").sees("SE15 5DD", "Elm Tree Social Prescribing")


def test_a_professional_without_an_account_refers_by_a_link_to_their_e_mail(somebody: Window) -> None:
    nurse = somebody("A school nurse")
    nurse.open("/refer").type("Your name", "Bea Lindqvist").type("Your job", "School nurse")
    nurse.type("Where you work", "Copperfield Green School").pick("What describes you best?", "School or college")
    nurse.type("Your work email address", "bea@copperfield.example.org").press("Send me the link")
    nurse.sees_heading("Check your email").sees("bea@copperfield.example.org")
    gp.when_i_open_the_e_mail(nurse, "bea", "Your link to make a referral")
    gp.when_i_fill_in_the_referral(nurse, IFRAH)
    reference = gp.when_i_check_and_send(nurse, IFRAH)
    gp.when_i_look_in_the_outbox(nurse, reference, f"Referral {reference} was received")

    ruth = given_i_am(somebody, "Ruth Adeyemi")
    ruth.open(f"/cases/inbox?q={reference}").follow(IFRAH.name).sees("Bea Lindqvist", "Copperfield Green School")


def test_a_professionals_link_opens_nothing_when_a_letter_of_it_is_wrong(somebody: Window) -> None:
    stranger = given_i_am_a_resident(somebody)
    stranger.open_refused("/refer/0123456789abcdef0123456789abcdef:wrong", 410).sees_heading("link")


def test_whoever_is_watched_leaves_at_once_and_nothing_they_typed_stays(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody, width=PHONE)
    me.open("/self-refer/words").type("Tell us in your own words", "He reads my messages.").press("Continue")
    me.open("/self-refer/name")
    keys = me.page.keyboard
    me.page.get_by_label("First name").focus()
    for key in ("Shift", "Shift+A", "n", "n", "Shift", "Shift"):  # a capital is Shift too, and leaves nobody's page
        keys.press(key)
    assert me.page.get_by_label("First name").input_value() == "Ann"
    with me.page.expect_request("**/leave") as asked:
        keys.press("Shift")
    elsewhere = asked.value.redirected_to or me.page.wait_for_event("request")
    assert elsewhere.url.startswith("https://")
    me.page.wait_for_timeout(500)  # the browser finds no internet here, and says so on a page of its own
    me.open("/self-refer").does_not_see("Carry on").open("/self-refer/words").does_not_see("He reads my messages.")
