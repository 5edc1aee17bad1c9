"""Whatever is typed into whichever form: it is refused in words that say what to do, and stays on the page."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django import forms as django_forms
from hypothesis import given
from hypothesis import strategies as st

from linkworks.casework import forms
from linkworks.casework.rules.closing import ClosingFacts
from linkworks.core import clock
from linkworks.people.states import ChannelKind
from linkworks.ui import fields
from tests.casework.spoken import not_words

GOAL = UUID(int=7)
SCHEME = str(UUID(int=8))
WORKER = str(UUID(int=9))
COVER = str(UUID(int=10))


def on(name: str, days: int) -> dict[str, str]:
    day = clock.today() + timedelta(days=days)
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


# Answers that hold, and what the form is made with.
GOOD: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "AcceptForm": ({"person": "new", "complexity": "2"}, {"known": []}),
    "AgreeForm": ({"agreed_how": "In person", **on("review_on", 30)}, {}),
    "AllocateForm": ({"worker": WORKER, "reason": "Near you"}, {"workers": [(WORKER, "Amara")]}),
    "AnswerForm": ({"answer": "decline", "reason": "full", "words": "Try spring"}, {}),
    "AsideForm": ({"reason": "been", "note": "Too loud"}, {}),
    "AttendanceForm": (
        {"attended": "no", "absence": "acceptable", "note": "Ill", **on("session_on", -1)},
        {},
    ),
    "AwayForm": (
        {"worker": WORKER, "cover": COVER, "note": "Jean will ring", **on("starts_on", 1), **on("ends_on", 8)},
        {"team": [(WORKER, "Amara"), (COVER, "Sam")]}),
    "ChannelForm": ({"kind": "phone", "phone": "020 7946 0001", "is_safe": "yes", "best_times": "Mornings"}, {}),
    "ComplexityForm": ({"complexity": "3"}, {}),
    "CloseForm": (
        {"reason": "goals-met", "summary": "She sings", "missing_because": "Chose not to"},
        {"facts": ClosingFacts(0, (), has_closing_answers=False, had_conversation=True, unanswered=("Choir",))}),
    "ConcernCloseForm": ({"what_was_done": "Rang the council"}, {}),
    "ConcernForm": ({"what_happened": "A bruise", "immediate_danger": "no", "person_knows": "yes"}, {}),
    "ContactForm": (
        {"how": "phone", "result": "spoke", "note": "Well", "next_action": "Ring", "next_action_pick": "week",
         "minutes": "5"}, {}),
    "ConversationForm": (
        {"what_matters": "My garden", "strengths": "Patience", "interests": "Jam", "people_around": "Alf",
         "how_support_should_be": "Mornings", "complexity": "2", **on("held_on", 0)}, {}),
    "CorrectionForm": ({"how": "phone", "result": "spoke", "note": "Well", "why": "A slip", **on("happened_on", 0)}, {}),
    "CostForm": ({"can_pay": "2"}, {}),
    "DeclineForm": ({"reason": "outside-area", "words": "Try Camden"}, {}),
    "DetailsForm": (
        {"given_name": "Jean", "family_name": "Marlow", "chosen_name": "Jeannie", "pronouns": "she/her",
         "address": "1 Rye Lane", "emergency_contact": "Her son", "language": "en", "nhs_number": "9434765919",
         "postcode": "SE15 5DD"}, {}),
    "DistanceForm": ({"within_km": "3.2"}, {}),
    "EmergencyForm": (
        {"given_name": "Jean", "family_name": "Marlow", "reason": "She rang in tears", **on("born_on", -20_000)}, {}),
    "EndForm": ({"ending": "completed", "words": "She sings"}, {}),
    "FeedbackForm": ({"text": "They laugh a lot"}, {}),
    "GoalForm": ({"words": "I want to sing", "benefit": "social-contact"}, {}),
    "HandOverForm": ({"worker": WORKER, "note": "Mornings"}, {"workers": [(WORKER, "Amara")]}),
    "LookForm": ({"words": "choir", "within": "8"}, {}),
    "MessageForm": ({"text": "She walks with a stick"}, {}),
    "NoteForm": ({"note": "She rang to say thank you"}, {}),
    "PauseForm": ({"reason": "Away", **on("until", 10)}, {}),
    "RedirectForm": ({"where": "words", "to_words": "The council", "words": "They can help"}, {"schemes": [(SCHEME, "Canal")]}),
    "ReopenForm": ({"reason": "She rang"}, {}),
    "UnreachedForm": ({"lead_knows": "on"}, {}),
    "ResolveForm": ({"resolution": "A new group"}, {}),
    "RestrictionForm": (
        {"level": "protected", "reason": "A threat"},
        {"levels": [("normal", "The team"), ("protected", "Her worker")], "team": {UUID(int=9): "Amara"}}),
    "ReviewForm": (
        {f"move-{GOAL}": "achieve", f"words-{GOAL}": "I sang", **on("review_on", 30)}, {"goals": [(GOAL, "I want to sing")]}),
    "SharingChoicesForm": ({"how": "In person", "research": "yes"}, {}),
    "SharingForm": (
        {"name_shared": "Jean", "contact_shared": "Through the link worker", "support_need": "Company",
         "access_and_language": "Step-free", "emergency_contact": "Her son", "agreed": "on", "agreed_how": "In person",
         "although_full": "place-soon"},
        {"ways": (("Through the link worker", "Through the link worker"),), "is_full": True}),
    "StepForm": ({"what": "Ring", "who": "Me", **on("due_on", 3)}, {}),
    "TaskForm": ({"title": "Ring", "due_pick": "week"}, {}),
    "TimesForm": ({"times": ["TU-morning"]}, {}),
    "ToldForm": ({"words": "By telephone"}, {}),
    "UndoLinkForm": ({"reason": "Another birthday"}, {}),
    "UnmetForm": ({"need": "loneliness", "reason": "too-far", "note": "Sundays"}, {"needs": ["loneliness"]}),
    "WhomForm": ({"only_for": ["women-only"]}, {}),
    "WhyForm": ({"name": "Lunch"}, {}),
    "WithdrawForm": ({"reason": "She moved"}, {}),
}  # fmt: skip
ALL = sorted(GOOD)
OPTIONAL = ("FeedbackForm", "LookForm", "TimesForm", "WhomForm")


# Not needed alone, but with what else was answered.
ASKED_TOGETHER = [("ContactForm", "next_action"), ("EmergencyForm", "given_name"), ("EmergencyForm", "family_name")]


def form_of(name: str, changes: dict[str, Any] | None = None) -> Any:
    answers, options = GOOD[name]
    return getattr(forms, name)({**answers, **(changes or {})}, **options)


def questions(*kinds: type) -> list[tuple[str, str]]:
    """Each (form, question) of these kinds whose answer is in the table."""
    return [
        (name, question)
        for name in ALL
        for question, field in form_of(name).fields.items()
        if isinstance(field, kinds) and question in GOOD[name][0]
    ]


TYPED = questions(fields.CharField, fields.TextAreaField)
CHOSEN = questions(fields.ChoiceField, fields.SelectField, fields.YesNoField)
DATES = [
    (name, question)
    for name in ALL
    for question, field in form_of(name).fields.items()
    if isinstance(field, fields.DateField) and f"{question}_day" in GOOD[name][0]
]


def test_no_form_is_left_out() -> None:
    theirs = {name: getattr(forms, name) for name in forms.__all__}
    kinds = {name for name, kind in theirs.items() if isinstance(kind, type) and issubclass(kind, django_forms.Form)}
    assert kinds == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_the_answers_that_hold(name: str) -> None:
    form = form_of(name)
    assert form.is_valid(), form.errors


@pytest.mark.parametrize("name", [name for name in ALL if name not in OPTIONAL])
def test_nothing_answered_says_what_to_do_for_each_question_that_needs_it(name: str) -> None:
    form = getattr(forms, name)({}, **GOOD[name][1])
    assert not form.is_valid()
    for message in [str(each) for errors in form.errors.values() for each in errors]:
        assert message[0].isupper()
        assert "This field" not in message and not not_words(message)


@pytest.mark.parametrize(("name", "question"), TYPED)
class TestTyped:
    def test_one_too_many_is_refused_with_how_many_and_kept(self, name: str, question: str) -> None:
        limit = form_of(name).fields[question].max_length
        assert limit, "Every box has a limit"
        long = "m" * (limit + 1)
        form = form_of(name, {question: long})
        assert not form.is_valid()
        assert f"must be {limit:,} characters or fewer. You have 1 too many." in str(form.errors[question])
        assert long in str(form.field(question))

    def test_exactly_as_many_as_fit_are_taken(self, name: str, question: str) -> None:
        if question == "nhs_number":
            return  # it has a check of its own, made by the action
        limit = form_of(name).fields[question].max_length
        form = form_of(name, {question: "m" * limit})
        assert form.is_valid(), form.errors
        assert form.cleaned_data[question] == "m" * limit

    def test_only_spaces_are_nothing(self, name: str, question: str) -> None:
        form = form_of(name, {question: " \t \n  "})
        needed = form.fields[question].required or (name, question) in ASKED_TOGETHER
        assert form.is_valid() is not needed
        assert form.errors if needed else form.cleaned_data[question] == ""

    def test_what_no_keyboard_types_is_refused_and_not_an_accident(self, name: str, question: str) -> None:
        form = form_of(name, {question: "Je\x00an"})
        assert question in form.errors

    def test_markup_is_kept_as_text_and_shown_as_text(self, name: str, question: str) -> None:
        limit = form_of(name).fields[question].max_length
        if limit < 20:
            return
        shown = str(form_of(name, {question: "<b>&amp;'\"</b>"}).field(question))
        assert "<b>" not in shown
        assert "&lt;b&gt;" in shown

    def test_edges_are_trimmed_and_the_middle_is_not(self, name: str, question: str) -> None:
        if question in ("nhs_number", "postcode"):
            return
        form = form_of(name, {question: "  Jean  O’Neill  "})
        assert form.is_valid(), form.errors
        assert form.cleaned_data[question] == "Jean  O’Neill"


@pytest.mark.parametrize(("name", "question"), CHOSEN)
class TestChosen:
    @pytest.mark.parametrize("answer", ["unheard-of", "<script>", "' OR 1=1", "0", str(UUID(int=1))])
    def test_an_answer_that_was_not_offered_is_refused_in_words(self, name: str, question: str, answer: str) -> None:
        form = form_of(name, {question: answer})
        if answer in {str(value) for value, _ in form.fields[question].choices}:
            return  # nothing is what somebody may be able to pay
        assert question in form.errors
        assert str(form.errors[question].as_data()[0].messages[0]) == "Choose one of the answers shown"

    def test_every_answer_that_is_offered_is_taken(self, name: str, question: str) -> None:
        for value, _ in form_of(name).fields[question].choices:
            form = form_of(name, {question: value})
            form.is_valid()
            said = [str(each) for each in form.errors.get(question, [])]
            assert "Choose one of the answers shown" not in said

    def test_what_was_chosen_stays_chosen_when_something_else_is_wrong(self, name: str, question: str) -> None:
        value = GOOD[name][0][question]
        form = form_of(name)
        form.add_error(None, "Something else")
        shown = str(form.render_fields())
        assert f'value="{value}" checked' in shown or f'value="{value}" selected' in shown or value in shown


@pytest.mark.parametrize(("name", "question"), DATES)
class TestDates:
    @pytest.mark.parametrize(
        ("day", "month", "year"),
        [("31", "2", "2027"), ("0", "1", "2027"), ("1", "13", "2027"), ("1", "1", "27"), ("one", "1", "2027"),
         ("1", "", "2027"), ("1", "1", "20271"), ("²", "1", "2027"), ("1", "1", "०१२३"),
         ("99999999999", "1", "2027"), ("1", "99999999999", "2027")],
    )  # fmt: skip
    def test_a_day_that_is_none_is_refused_and_stays(
        self, name: str, question: str, day: str, month: str, year: str
    ) -> None:
        typed = {f"{question}_day": day, f"{question}_month": month, f"{question}_year": year}
        form = form_of(name, typed)
        assert question in form.errors
        for text in filter(None, (day, month, year)):
            assert f'value="{text}"' in str(form.field(question))

    @pytest.mark.parametrize("month", ["March", "mar", "3", "03", "MARCH"])
    def test_a_month_may_be_written_out(self, name: str, question: str, month: str) -> None:
        form = form_of(name, {f"{question}_month": month})
        form.is_valid()
        assert "real date" not in str(form.errors.get(question, "")) or "31" in str(form[question].value())

    @pytest.mark.parametrize("days", [-40_000, 40_000])
    def test_a_day_far_away_is_refused_or_harmless(self, name: str, question: str, days: int) -> None:
        form = form_of(name, on(question, days))
        field = form.fields[question]
        form.is_valid()
        if (days < 0 and field.not_before) or (days > 0 and field.not_after):
            assert question in form.errors


@given(st.text(max_size=40))
def test_minutes_are_a_number_or_refused(text: str) -> None:
    form = form_of("ContactForm", {"minutes": text})
    if form.is_valid():
        minutes = form.cleaned_data["minutes"]
        assert minutes is None or 1 <= minutes <= 600
    else:
        assert set(form.errors) == {"minutes"}


@given(st.sampled_from(sorted(each.value for each in ChannelKind)), st.text(max_size=60))
def test_a_way_to_reach_somebody_is_never_kept_empty_or_from_another_box(kind: str, text: str) -> None:
    boxes = {"phone": "phone", "text": "mobile", "email": "email", "letter": "address", "through-someone": "someone"}
    others = {box: "other" for each, box in boxes.items() if each != kind}
    form = forms.ChannelForm({**others, "kind": kind, boxes[kind]: text, "is_safe": "no"})
    if form.is_valid():
        assert form.facts()["value"].strip()
        assert form.facts()["value"] != "other" or text.strip() == "other"
    else:
        assert set(form.errors) == {boxes[kind]}
