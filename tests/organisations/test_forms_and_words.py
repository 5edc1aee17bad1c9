"""The settings form and the document say the same; cards and rows never show an id; access is by scheme and role together."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkworks.accounts.roles import Role, permissions_of
from linkworks.core import vocabulary
from linkworks.core.actor import Actor
from linkworks.core.errors import NotAllowed
from linkworks.organisations import forms, presenters
from linkworks.organisations.access import (
    can_change_settings,
    require_settings,
    visible_schemes,
)
from linkworks.organisations.models import Scheme
from linkworks.organisations.queries import borough_coverage, find_postcode, settings_of
from linkworks.organisations.rules.places import boroughs, metres_between
from linkworks.organisations.rules.settings import EXPECTS, SchemeSettings, as_document, problems_in, settings_from
from linkworks.organisations.states import Coverage
from tests.cast import Cast
from tests.factories.organisations import make_postcode, make_scheme
from tests.ui.pages import sent

NUMBERS = st.fixed_dictionaries({name: st.integers(1, 9) for name in forms.SAME_NAME})


def typed(**changes: Any) -> dict[str, Any]:
    """What a browser sends when a manager opens the form, changes something and says why."""
    shown = forms.as_typed(SchemeSettings(), 1)
    answers = {name: "" if value is None else value for name, value in shown.items()}
    return {
        name: [str(each) for each in value] if isinstance(value, list | tuple) else str(value)
        for name, value in {**answers, "reason": "Because.", **changes}.items()
    }


# The form and the document


def test_opened_and_sent_unchanged_the_settings_stay_as_they_were() -> None:
    form = forms.SettingsForm(sent(**typed()))

    assert form.is_valid(), form.errors
    before = as_document(SchemeSettings())
    assert settings_from(form.document(before)) == SchemeSettings()


@given(NUMBERS)
def test_every_number_typed_reaches_the_document(numbers: dict[str, int]) -> None:
    form = forms.SettingsForm(sent(**typed(**numbers)))

    assert form.is_valid(), form.errors
    document = form.document({})
    assert {name: document[name] for name in numbers} == numbers


def test_every_setting_a_manager_can_write_is_on_the_form() -> None:
    form = forms.SettingsForm(sent(**typed()))
    assert form.is_valid()

    assert set(EXPECTS) - set(form.document({})) <= {"measures"}


def test_every_question_is_in_a_section_once() -> None:
    asked = [name for _, names in forms.SettingsForm.sections for name in names]

    assert sorted(asked) == sorted(forms.SettingsForm().fields)


@pytest.mark.parametrize("name", [*forms.SAME_NAME, "age_from", "who_words", "reason", "could_not_contact"])
def test_what_is_left_empty_is_asked_for_at_its_question(name: str) -> None:
    form = forms.SettingsForm(sent(**typed(**{name: ""})))

    assert not form.is_valid()
    assert list(form.errors) == [name]


@pytest.mark.parametrize("name", ["front_doors", "measure_stages", "referrer_types", "categories", "languages"])
def test_a_list_without_anything_chosen_is_refused(name: str) -> None:
    form = forms.SettingsForm(sent(**typed(**{name: []})))

    assert not form.is_valid()
    assert name in form.errors


@given(st.sampled_from(sorted(EXPECTS)), st.none() | st.integers(-5, 5) | st.text(max_size=5))
def test_a_problem_in_the_form_is_said_without_the_documents_names(name: str, value: Any) -> None:
    form = forms.SettingsForm(sent(**typed()))

    for problem in problems_in({name: value}):
        said = form.say(str(problem))
        if problem.path in form.fields or problem.path in forms.FORM_NAMES:
            assert "“" in said
            assert f"{problem.path}: " not in said and (problem.path not in said or "_" not in problem.path)


# How it reads


def test_the_settings_read_as_sentences_without_ids() -> None:
    rows = presenters.settings_rows(SchemeSettings())
    ids = {word for words in vocabulary.LISTS.values() for word in words if "-" in word}

    assert len({label for label, _ in rows}) == len(rows) >= 10
    assert all(label[0].isupper() and value for label, value in rows)
    assert not [value for _, value in rows if ids & set(value.split(", "))]
    assert not any("_" in value or "None" in value or "[" in value for _, value in rows)


@given(st.integers(0, 100), st.none() | st.integers(100, 120))
def test_ages_are_said_in_words(low: int, high: int | None) -> None:
    settings = settings_from({"who_can_be_referred": {"age_from": low, "age_to": high}})

    said = dict(presenters.settings_rows(settings))["Who it is for"]
    assert (f"aged {low} and over" if high is None else f"aged {low} to {high}") in said


@pytest.mark.parametrize("coverage", list(Coverage))
def test_every_coverage_has_a_tag_in_words(coverage: Coverage) -> None:
    shown = presenters.tag(coverage.value)

    assert shown["text"] and shown["text"] != coverage.value and "-" not in shown["text"]
    assert shown["colour"] in {"green", "aqua-green", "blue", "yellow", "grey"}


@pytest.mark.django_db
@pytest.mark.parametrize("search", ["", "southwark", "SOUTHWARK links", "links southwark", "nowhere", "  "])
def test_cards_are_found_by_every_word_in_any_order(search: str) -> None:
    make_scheme("Rye Lane Links", boroughs=("E09000028",))

    shown = [card["heading"] for card in presenters.borough_cards(borough_coverage(), search)]

    expected = {"": 33, "  ": 33, "nowhere": 0}.get(search, 1)
    assert len(shown) == expected
    assert expected != 1 or shown == ["Southwark"]


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["phone", "email", "opening_hours"])
def test_a_scheme_is_reached_by_what_is_known_of_it(client: Client, missing: str) -> None:
    facts = {"phone": "020 7946 0100", "email": "hello@example.org", "opening_hours": "Weekdays, 9am to 5pm"}
    make_scheme("Rye Lane Links", boroughs=("E09000028",), **{**facts, missing: ""})

    page = client.get(reverse("organisations:boroughs"), {"q": "southwark"}).content.decode()

    for name, value in facts.items():
        assert (value in page) is (name != missing)
    assert ", ," not in page


# Who may


@pytest.mark.parametrize("role", list(Role))
def test_only_a_team_manager_changes_how_a_scheme_works(role: Role) -> None:
    scheme = uuid4()
    actor = Actor(id="staff:1", name="A", schemes=frozenset([scheme]), permissions=permissions_of(role))

    assert can_change_settings(actor) is (role is Role.TEAM_MANAGER)
    if role is Role.TEAM_MANAGER:
        require_settings(actor, scheme)
    else:
        with pytest.raises(NotAllowed, match="Only a manager of this scheme"):
            require_settings(actor, scheme)


@given(st.frozensets(st.uuids(), max_size=3), st.uuids())
def test_a_manager_of_others_is_no_manager_here(schemes: Any, scheme: Any) -> None:
    actor = Actor(id="staff:1", name="A", schemes=schemes - {scheme}, permissions=permissions_of(Role.TEAM_MANAGER))

    with pytest.raises(NotAllowed):
        require_settings(actor, scheme)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["link_worker", "manager", "outsider", "outside_manager", "referrer", "administrator"])
def test_the_schemes_one_sees_are_those_one_works_in(cast: Cast, who: str) -> None:
    actor = cast.actor(getattr(cast, who))
    expected = {
        "link_worker": {cast.scheme}, "manager": {cast.scheme}, "outsider": {cast.other_scheme},
        "outside_manager": {cast.other_scheme},
    }.get(who, set())  # fmt: skip

    assert set(visible_schemes(actor)) == expected


@pytest.mark.django_db
def test_settings_of_two_schemes_are_never_mixed_up(cast: Cast) -> None:
    """They are kept in memory by version; two schemes may well be at the same one."""
    Scheme.objects.filter(pk=cast.scheme.pk).update(settings={"contact_tries": 5}, settings_version=7)
    Scheme.objects.filter(pk=cast.other_scheme.pk).update(settings={"contact_tries": 6}, settings_version=7)

    assert (settings_of(cast.scheme.id).contact_tries, settings_of(cast.other_scheme.id).contact_tries) == (5, 6)
    Scheme.objects.filter(pk=cast.scheme.pk).update(settings={"contact_tries": 9})
    assert settings_of(cast.scheme.id).contact_tries == 9, "a version put right in place is read anew"


# Places


POINTS = st.tuples(st.floats(51.2, 51.8), st.floats(-0.6, 0.4))


@given(POINTS, POINTS, POINTS)
def test_distances_are_distances(one: Any, two: Any, three: Any) -> None:
    assert metres_between(one, one) == pytest.approx(0, abs=0.001)
    assert metres_between(one, two) == pytest.approx(metres_between(two, one))
    assert metres_between(one, three) <= metres_between(one, two) + metres_between(two, three) + 0.01


def test_every_boroughs_middle_is_nearest_to_itself() -> None:
    middles = {code: (each.latitude, each.longitude) for code, each in boroughs().items()}
    for code, at in middles.items():
        assert min(middles, key=lambda other: metres_between(at, middles[other])) == code


@pytest.mark.django_db
@pytest.mark.parametrize("typed_as", ["se155dd", "SE15 5DD", " se15-5dd ", "SEl5 5DD"])
def test_a_postcode_is_found_however_it_is_typed(typed_as: str) -> None:
    made = make_postcode()

    assert find_postcode(typed_as) == made
    assert find_postcode("SE15 5DE") is None
