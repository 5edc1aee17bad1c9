"""Pages anybody can open, on a telephone and on a desk, with and without a script."""

from .steps import Window, given_i_am_a_resident

def test_front_page(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody)
    me.open("/demo/sign-in")
    me.open("/messages/outbox")

def test_front_page_noscript(somebody: Window) -> None:
    me = given_i_am_a_resident(somebody, javascript=False)
    me.open("/demo/sign-in")
