"""Ways to reach somebody: what was meant by what was typed."""

from typing import Any

import pytest

from linkworks.people import forms


class TestReach:
    def test_each_way_that_was_chosen_in_the_order_of_the_page(self) -> None:
        form = forms.ReachForm(
            {
                "ways": ["through-someone", "phone"],
                "phone": "02079460001",
                "phone_message": "yes",
                "phone_say_who": "no",
                "phone_times": "Mornings",
                "through": "Her son Leo",
                "email": "not asked",
            }
        )
        assert form.is_valid(), form.errors
        assert form.reach_answers() == [
            forms.ReachAnswer("phone", "020 7946 0001", True, True, False, "Mornings"),
            forms.ReachAnswer("through-someone", "Her son Leo"),
        ]

    def test_what_was_not_chosen_is_not_asked(self) -> None:
        form = forms.ReachForm({"ways": ["letter"], "letter": "1 Rye Lane", "phone": "12"})
        assert form.is_valid(), form.errors
        assert [each.kind for each in form.reach_answers()] == ["letter"]

    @pytest.mark.parametrize(
        ("typed", "fields"),
        [
            ({}, ["ways"]),
            ({"ways": ["phone"]}, ["phone", "phone_message", "phone_say_who"]),
            ({"ways": ["text"]}, ["text"]),
            ({"ways": ["email"], "email": "nope"}, ["email"]),
            ({"ways": ["letter"]}, ["letter"]),
            ({"ways": ["through-someone"]}, ["through"]),
        ],
    )
    def test_a_chosen_way_must_be_complete(self, typed: dict[str, Any], fields: list[str]) -> None:
        assert list(forms.ReachForm(typed).errors) == fields
