"""What somebody meant: each form's answers as facts, and nothing typed that is quietly lost."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkworks.casework import forms
from linkworks.casework.forms.contacts import moment_of
from linkworks.casework.models import Case, Concern
from linkworks.core import clock, vocabulary
from linkworks.core.actor import Actor
from linkworks.people.models import Person
from linkworks.people.states import SharingTopic
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories import referrals
from tests.factories.casework import a_moment

TODAY = date(2026, 11, 25)  # a Wednesday


def on(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def contact(**answers: str) -> forms.ContactForm:
    return forms.ContactForm({"how": "phone", **answers})


class TestContact:
    @pytest.mark.parametrize(
        ("answers", "wrong"),
        [
            ({"result": "no-answer"}, []),
            ({"result": "left-message", "note": "Rang at 9"}, []),
            ({"how": "note", "note": "She wrote"}, []),
            ({"result": "spoke", "next_action": "Ring", "next_action_pick": "week"}, []),
            ({}, ["result"]),
            ({"how": "note"}, ["note"]),
            ({"how": "carrier-pigeon", "result": "no-answer"}, ["how"]),
            ({"result": "spoke"}, ["next_action", "next_action_pick"]),
            ({"result": "spoke", "next_action": "Ring"}, ["next_action_pick"]),
            ({"result": "not-a-good-time", "next_action_pick": "week"}, ["next_action"]),
            ({"result": "no-answer", "next_action": "Ring"}, ["next_action_pick"]),
            ({"result": "no-answer", "next_action_pick": "week"}, ["next_action"]),
            ({"result": "spoke", "next_action": "Ring", "next_action_pick": "other"}, ["next_action_other"]),
            ({"result": "no-answer", "minutes": "0"}, ["minutes"]),
            ({"result": "no-answer", "minutes": "601"}, ["minutes"]),
        ],
    )
    def test_what_has_to_be_there(self, answers: dict[str, str], wrong: list[str]) -> None:
        assert sorted(contact(**answers).errors) == sorted(wrong)

    def test_a_note_is_no_contact_whatever_was_ticked_before(self) -> None:
        form = contact(how="note", result="spoke", note="She wrote", next_action="Ring", next_action_pick="week")
        assert form.is_valid(), form.errors
        assert form.facts().result == "note-only"

    def test_an_earlier_day_is_noon_of_it_and_today_is_now(self) -> None:
        with clock.at(a_moment(TODAY)):
            earlier = contact(result="no-answer", **on("happened_on", TODAY - timedelta(days=1)))
            today = contact(result="no-answer", **on("happened_on", TODAY))
            assert earlier.is_valid() and today.is_valid()
            assert earlier.facts().happened_at == datetime(2026, 11, 24, 12, tzinfo=clock.LONDON)
            assert today.facts().happened_at is None

    def test_tomorrow_has_not_happened(self) -> None:
        with clock.at(a_moment(TODAY)):
            assert list(contact(result="no-answer", **on("happened_on", TODAY + timedelta(days=1))).errors) == [
                "happened_on"
            ]

    @pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2024, 2, 29)])
    def test_noon_is_noon_in_summer_and_winter(self, day: date) -> None:
        moment = moment_of(day)
        assert moment is not None
        assert moment.astimezone(clock.LONDON).time() == time(12)


@given(st.lists(st.sampled_from(sorted(vocabulary.NEEDS)), max_size=4), st.text("abc ", max_size=20))
def test_an_unmet_need_offers_every_need_once_theirs_first(needs: list[str], note: str) -> None:
    form = forms.UnmetForm(needs=needs)
    offered = [value for value, _ in form.fields["need"].choices if value]  # type: ignore[attr-defined]
    theirs = vocabulary.known("needs", needs)
    assert offered[: len(theirs)] == theirs
    assert sorted(offered) == sorted(vocabulary.NEEDS)


def test_needs_that_left_the_list_are_not_offered() -> None:
    form = forms.UnmetForm({"need": "gone", "reason": "too-far"}, needs=["gone"])
    assert list(form.errors) == ["need"]


class TestReview:
    GOALS = [(uuid4(), "I want to sing"), (uuid4(), "I want to cook")]

    def answers(self, **changes: str) -> dict[str, str]:
        (first, _), (second, _) = self.GOALS
        usual = {f"move-{first}": "achieve", f"words-{first}": "I sang.", f"move-{second}": "on"}
        return {**usual, **on("review_on", clock.today() + timedelta(days=60)), **changes}

    def test_each_goal_has_its_own_answer(self) -> None:
        form = forms.ReviewForm(self.answers(), goals=self.GOALS)
        assert form.is_valid(), form.errors
        assert [(each.move, each.words) for each in form.reviews()] == [("achieve", "I sang."), ("", "")]

    def test_a_goal_left_out_is_asked_for(self) -> None:
        form = forms.ReviewForm(self.answers(**{f"move-{self.GOALS[1][0]}": ""}), goals=self.GOALS)
        assert list(form.errors) == [f"move-{self.GOALS[1][0]}"]

    def test_a_goal_that_is_somebody_elses_is_not_read(self) -> None:
        form = forms.ReviewForm(self.answers(**{f"move-{uuid4()}": "drop"}), goals=self.GOALS)
        assert form.is_valid()
        assert {each.goal_id for each in form.reviews()} == {goal for goal, _ in self.GOALS}


class TestChannel:
    USUAL = {"is_safe": "yes"}

    @pytest.mark.parametrize(
        ("kind", "box", "value"),
        [
            ("phone", "phone", "020 7946 0001"),
            ("text", "mobile", "07700 900123"),
            ("email", "email", "jean@example.org"),
            ("letter", "address", "1 Rye Lane"),
            ("through-someone", "someone", "Her daughter, 020 7946 0002"),
        ],
    )
    def test_each_way_is_read_from_its_own_box(self, kind: str, box: str, value: str) -> None:
        others = {"phone": "020 7946 9999", "email": "other@example.org", "someone": "Another"}
        form = forms.ChannelForm({**self.USUAL, **others, "kind": kind, box: value})
        assert form.is_valid(), form.errors
        assert form.facts()["value"].replace(" ", "") == value.replace(" ", "")
        assert form.facts()["is_safe"] is True

    @pytest.mark.parametrize("kind", ["phone", "text", "email", "letter", "through-someone"])
    def test_an_empty_box_is_asked_for(self, kind: str) -> None:
        assert len(forms.ChannelForm({**self.USUAL, "kind": kind}).errors) == 1

    def test_whether_it_is_safe_is_always_asked(self) -> None:
        assert "is_safe" in forms.ChannelForm({"kind": "letter", "address": "1 Rye Lane"}).errors


@pytest.mark.parametrize(("said", "kept"), [("yes", True), ("no", False)])
def test_a_question_left_is_not_a_yes(said: str, kept: bool) -> None:
    form = forms.SharingChoicesForm({"how": "In person", SharingTopic.RESEARCH.value: said})
    assert form.is_valid(), form.errors
    assert form.choices() == {SharingTopic.RESEARCH.value: kept}


class TestAccept:
    KNOWN = [("1", "Jean Marlow", "Same name")]

    def test_somebody_new_is_chosen_only_when_nobody_is_known(self) -> None:
        assert forms.AcceptForm(known=[]).initial.get("person") == "new"
        assert "person" not in forms.AcceptForm(known=self.KNOWN).initial

    @pytest.mark.parametrize(("chosen", "person"), [("1", "1"), ("new", None)])
    def test_who_was_chosen(self, chosen: str, person: str | None) -> None:
        form = forms.AcceptForm({"person": chosen, "complexity": "2"}, known=self.KNOWN)
        assert form.is_valid()
        assert form.person_id() == person

    @pytest.mark.parametrize("answers", [{"person": "2", "complexity": "2"}, {"person": "1", "complexity": "4"}, {}])
    def test_nothing_else_can_be_chosen(self, answers: dict[str, str]) -> None:
        assert not forms.AcceptForm(answers, known=self.KNOWN).is_valid()


class TestListsGrow:
    """Every list asks the database the same number of questions, however long it is."""

    def more(self, cast: Cast, page: str, first: Case, number: int) -> None:
        if page == "inbox":
            referrals.stored(cast.scheme.id, given_name=f"Ada {number}", state="sent", sent_at=clock.now())
            return
        person = Person.objects.get(pk=first.person_id)
        person.id, person.nhs_number = uuid4(), ""
        person.save(force_insert=True)
        if page == "concerns":
            concern = Concern.objects.first()
            assert concern is not None
            concern.id, concern.person = uuid4(), person
            concern.save(force_insert=True)
            return
        copy = Case.objects.get(pk=first.pk)
        copy.id, copy.reference, copy.person = uuid4(), f"C-MORE-{number:04}", person
        copy.save(force_insert=True)

    @pytest.mark.parametrize("page", ["inbox", "allocation", "concerns", "today"])
    def test_queries_do_not_grow(self, cast: Cast, page: str, django_assert_max_num_queries: Any) -> None:
        who = cast.safeguarding_lead if page == "concerns" else cast.manager
        first = make.active(cast) if page == "concerns" else make.waiting(cast)
        if page == "concerns":
            make.concern(cast, first)
        client, address = cast.client(who), reverse(f"casework:{page}")
        self.more(cast, page, first, 0)

        def counted() -> int:
            with django_assert_max_num_queries(60) as seen:
                assert client.get(address).status_code == 200
            return len(seen)

        counted()
        few = counted()
        for number in range(1, 9):
            self.more(cast, page, first, number)
        assert counted() == few


def test_a_worker_sees_their_own_inbox_and_not_the_other_schemes(cast: Cast, worker: Actor) -> None:
    mine = referrals.stored(cast.scheme.id, given_name="Ada", state="sent", sent_at=clock.now())
    referrals.stored(cast.other_scheme.id, given_name="Bea", state="sent", sent_at=clock.now())
    client, address = cast.client(cast.link_worker), reverse("casework:inbox")
    for asked, found in (("", True), ("ada", True), ("marlow", True), (mine.reference.lower(), True), ("bea", False)):
        page = client.get(address, {"q": asked}).content.decode()
        assert (asked, str(mine.pk) in page) == (asked, found)
        assert "Bea" not in page.replace('value="bea"', "")


def test_a_note_asks_for_no_next_action_whatever_answer_was_left_standing() -> None:
    form = forms.ContactForm({"how": "note", "result": "spoke", "note": "She rang to say thank you"})
    assert form.is_valid(), form.errors
    assert (form.facts().result, form.facts().next_action) == ("note-only", "")


def test_an_nhs_number_is_tidied_and_a_wrong_one_refused_where_it_was_typed() -> None:
    details = {"given_name": "Jean", "language": "en"}
    form = forms.DetailsForm({**details, "nhs_number": "943 476 5919"})
    assert form.is_valid() and form.changes()["nhs_number"] == "9434765919"
    assert "nhs_number" in forms.DetailsForm({**details, "nhs_number": "943 476 5910"}).errors
