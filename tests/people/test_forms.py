"""Details, ways to reach somebody, and sharing: what was meant by what was typed."""

from typing import Any
from uuid import uuid4

import pytest

from linkworks.people import forms
from linkworks.people.models import Channel
from linkworks.people.states import SharingTopic

DETAILS = {"given_name": "Jean", "family_name": "Marlow", "language": "en"}


class TestDetails:
    def test_what_was_typed_becomes_what_is_kept(self) -> None:
        form = forms.PersonDetailsForm(
            {
                **DETAILS,
                "nhs_number": "943 476 5919",
                "postcode": "se155dd",
                "needs_interpreter": "yes",
                "access_needs": ["bsl"],
            }
        )
        assert form.is_valid(), form.errors
        changes = form.changes()
        assert (changes["nhs_number"], changes["postcode"], changes["needs_interpreter"], changes["access_needs"]) == (
            "9434765919",
            "SE15 5DD",
            True,
            ["bsl"],
        )

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"given_name": ""}, "given_name"),
            ({"family_name": ""}, "family_name"),
            ({"nhs_number": "123"}, "nhs_number"),
            ({"postcode": "nowhere"}, "postcode"),
            ({"born_on_day": "1", "born_on_month": "1", "born_on_year": "2999"}, "born_on"),
            ({"language": "xx"}, "language"),
        ],
    )
    def test_each_mistake_is_named(self, change: dict[str, str], field: str) -> None:
        assert list(forms.PersonDetailsForm({**DETAILS, **change}).errors) == [field]

    def test_every_question_stands_in_a_section(self) -> None:
        shown = [name for _, names in forms.PersonDetailsForm.sections for name in names]
        assert sorted(shown) == sorted(forms.PersonDetailsForm.base_fields)


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


class TestChannel:
    SAFE = {"kind": "phone", "value": "02079460001", "is_safe": "yes", "may_leave_message": "yes"}

    def test_answers_fit_the_action(self) -> None:
        form = forms.ChannelForm(self.SAFE)
        assert form.is_valid(), form.errors
        assert form.answers() == {
            "kind": "phone",
            "value": "020 7946 0001",
            "is_safe": True,
            "may_leave_message": True,
            "may_say_who_is_calling": False,
            "best_times": "",
            "is_preferred": False,
        }

    def test_a_way_that_is_not_safe_asks_no_more(self) -> None:
        form = forms.ChannelForm({**self.SAFE, "is_safe": "no"})
        assert form.is_valid(), form.errors
        assert form.answers()["may_leave_message"] is False

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"kind": ""}, "kind"), ({"value": ""}, "value"), ({"value": "12"}, "value"), ({"is_safe": ""}, "is_safe")],
    )
    def test_each_mistake_is_named(self, change: dict[str, str], field: str) -> None:
        assert list(forms.ChannelForm({**self.SAFE, **change}).errors) == [field]

    def test_an_address_is_kept_as_it_is(self) -> None:
        form = forms.ChannelForm({"kind": "letter", "value": "1 Rye Lane", "is_safe": "yes"})
        assert form.is_valid(), form.errors
        assert form.answers()["value"] == "1 Rye Lane"


class TestChannels:
    def test_each_channel_is_asked_about_and_answered_by_its_id(self) -> None:
        phone = Channel(id=uuid4(), kind="phone", value="020 7946 0001", is_safe=True, may_leave_message=True)
        email = Channel(id=uuid4(), kind="email", value="j@example.org")
        posted = {
            f"is_safe_{phone.id.hex}": "yes",
            f"may_leave_message_{phone.id.hex}": "no",
            f"best_times_{phone.id.hex}": "Evenings",
            f"is_safe_{email.id.hex}": "no",
        }
        form = forms.ChannelsForm(posted, channels=[phone, email])
        assert form.is_valid(), form.errors
        assert form.answers()[phone.id] == {
            "is_safe": True,
            "may_leave_message": False,
            "may_say_who_is_calling": False,
            "best_times": "Evenings",
        }
        assert form.answers()[email.id]["is_safe"] is False

    def test_it_starts_with_what_we_know_and_names_each(self) -> None:
        phone = Channel(id=uuid4(), kind="phone", value="020 7946 0001", is_safe=True, best_times="Mornings")
        page = str(forms.ChannelsForm(channels=[phone]).render_fields())
        assert "Phone call: 020 7946 0001" in page
        assert 'value="Mornings"' in page

    def test_none_may_be_left_out(self) -> None:
        email = Channel(id=uuid4(), kind="email", value="j@example.org")
        form = forms.ChannelsForm({}, channels=[email])
        assert form.errors[f"is_safe_{email.id.hex}"] == ["Choose whether j@example.org is safe"]


class TestSharing:
    def test_each_topic_is_a_choice_of_its_own(self) -> None:
        form = forms.SharingForm(
            {topic.value: "no" for topic in SharingTopic} | {"providers": "yes", "how": "On the telephone"}
        )
        assert form.is_valid(), form.errors
        assert form.choices() == {**dict.fromkeys(SharingTopic, False), SharingTopic.PROVIDERS: True}

    def test_none_may_be_left_out(self) -> None:
        assert set(forms.SharingForm({}).errors) == {topic.value for topic in SharingTopic}

    def test_it_starts_with_what_was_chosen(self) -> None:
        current: dict[SharingTopic, bool | None] = {SharingTopic.RESEARCH: False, SharingTopic.PROVIDERS: None}
        form = forms.SharingForm(current=current)
        assert form["research"].value() == "no" or form["research"].value() is False
        assert form["providers"].value() is None
