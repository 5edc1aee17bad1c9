"""What is made once is the same as what is made each time, and what is put in is escaped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from linkworks.ui import fields, jinja
from linkworks.ui.once import HERE, put_in
from tests.ui.pages import sent, show

LOOKED_AT = [
    "{{ ui.button(words) }}",
    "{{ ui.button(words, 'secondary', small=true) }}",
    "{{ ui.brand('/', words) }}",
    "{{ ui.quick_exit(words) }}",
]


class Colours(fields.Form):
    colour = fields.SelectField(label="Colour", choices=[("r", "Red"), ("g", "Green")])


@given(before=st.text(), words=st.text(), after=st.text())
def test_words_are_put_in_escaped_and_nothing_else_changes(before: str, words: str, after: str) -> None:
    made = escape(before.replace("\ue000", "")) + Markup(HERE) + escape(after.replace("\ue000", ""))
    assert put_in(made, words) == escape(before.replace("\ue000", "")) + escape(words) + escape(
        after.replace("\ue000", "")
    )


def test_markup_is_put_in_as_it_is() -> None:
    assert put_in(Markup(f"<p>{HERE}</p>"), Markup("<b>x</b>")) == "<p><b>x</b></p>"


@pytest.mark.parametrize("source", LOOKED_AT)
def test_a_component_made_once_never_takes_text_for_markup_of_the_same_letters(source: str) -> None:
    letters = "<i>Save</i>"
    as_markup, as_text = show(source, words=Markup(letters)).html, show(source, words=letters).html
    again = show(source, words=Markup(letters)).html
    assert "<i>" not in as_text
    assert again == as_markup


@pytest.mark.parametrize("source", LOOKED_AT)
@given(one=st.text("abc<&", max_size=4), other=st.text("abc<&", max_size=4))
def test_a_component_made_once_shows_each_its_own_words(source: str, one: str, other: str) -> None:
    shown = [show(source, words=each).html for each in (one, other, one)]
    assert shown[0] == shown[2]
    assert (shown[0] == shown[1]) == (one == other)


def test_every_component_that_is_made_once_is_tried_here() -> None:
    assert {name for name in jinja.MADE_ONCE if any(f"ui.{name}(" in each for each in LOOKED_AT)} == jinja.MADE_ONCE - {
        "help_now"  # which says the same to everybody
    }


def test_forms_share_their_choices_until_one_has_others() -> None:
    one, other = Colours(sent(colour="b")), Colours(sent(colour="b"))
    one.fields["colour"].choices = [("b", "Blue")]
    one.fields["colour"].widget.attrs["class"] = "wide"
    assert one.is_valid()
    assert not other.is_valid()
    assert "class" not in other.fields["colour"].widget.attrs
    assert not Colours(sent(colour="b")).is_valid()
