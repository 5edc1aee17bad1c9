"""Invited, joined, signed in with a password and a code; and what guessing gets."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from .steps import Window, given_i_am
from .steps import referring as mail

EMAIL, PASSWORD = "nella.marchetti@example.org", "kettle-harbour-violet-9"
CODE_SECONDS = 30
NEUTRAL = "The email address or the password is not right"


def code(secret: str, *, later: int = 0) -> str:
    """What the app on the phone shows now, or a little later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // CODE_SECONDS + later)))


def test_somebody_invited_joins_and_signs_in_with_a_password_and_a_code(somebody: Window) -> None:
    paul = given_i_am(somebody, "Paul Watts")
    paul.press("Invite somebody").type("Full name", "Nella Marchetti").type("Work email address", EMAIL)
    paul.choose("Link worker").type("Hours a week", "37.5")
    paul.press("Send the invitation")

    nella = somebody("Nella Marchetti")
    mail.when_i_open_the_e_mail(nella, EMAIL, "Join")
    nella.sees_heading("Join Elm Tree Trust").type("Choose a password", PASSWORD).press("Join")
    nella.follow("Authenticator app").unfold("I cannot scan the picture")
    secret = nella.page.locator("strong.app-key").inner_text()
    nella.type("Code from your app", code(secret)).press("Turn it on").sees_heading("Your recovery codes")
    nella.follow("Continue").sees_heading("Today").press("Sign out")

    nella.open("/cases/today").sees_heading("Sign in")
    nella.type("Email address", EMAIL).type("Password", PASSWORD).press("Sign in")
    nella.sees_heading("Show that it is you").open("/cases/today").sees_heading("Show that it is you")
    nella.type("Code from your app", code(secret, later=1)).press("Sign in").sees_heading("Today")


def test_a_wrong_password_and_an_unknown_address_are_answered_alike_until_tries_run_out(somebody: Window) -> None:
    answers = []
    for address in ("amara.boateng@example.org", "nobody.at.all@example.org"):
        me = somebody("A guesser")
        me.open("/accounts/sign-in").type("Email address", address).type("Password", "guess-guess-guess").press(
            "Sign in"
        )
        answers.append(me.page.locator("main").inner_text().replace(address, ""))
    assert answers[0] == answers[1]
    for _ in range(9):
        me.type("Password", "guess-guess-guess").press("Sign in")
    me.sees_heading("Too many tries").sees("15 minutes")
