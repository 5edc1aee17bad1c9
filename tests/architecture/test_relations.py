"""Relations point down the drawing, walled tables stay walled, and states are columns the database holds to."""

import ast

import pytest
from django.apps import apps
from django.db import models

from . import source

STOREYS = source.storeys()


def ours() -> list[type[models.Model]]:
    return [each for each in apps.get_models() if each.__module__.startswith("linkworks.")]


def written_by_us() -> list[type[models.Model]]:
    return [each for each in ours() if not hasattr(each, "pgh_tracked_model")]


def relations() -> list[models.ForeignKey]:
    return [
        field
        for model in written_by_us()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.is_relation and field.related_model in ours()
    ]


def described(field) -> str:
    return f"{field.model._meta.label}.{field.name} → {field.related_model._meta.label}"


def points_down(field) -> bool:
    here, there = field.model._meta.app_label, field.related_model._meta.app_label
    return here == there or STOREYS[there] < STOREYS[here]


def hides_its_way_back(field) -> bool:
    same_room = field.model._meta.app_label == field.related_model._meta.app_label
    return same_room or field.remote_field.hidden


def test_every_room_of_the_models_is_in_the_drawing():
    assert {each._meta.app_label for each in ours()} <= set(STOREYS)


def test_relations_point_down():
    assert [described(each) for each in relations() if not points_down(each)] == []


def test_lower_rooms_cannot_walk_back_up():
    assert [described(each) for each in relations() if not hides_its_way_back(each)] == []


def test_a_relation_upwards_would_be_named():
    """The check itself: people to casework goes up, and referrals to outcomes sideways."""
    field = relations()[0]
    casework, people = apps.get_model("casework.Case"), apps.get_model("people.Person")
    up = models.ForeignKey(casework, on_delete=models.CASCADE)
    up.model = people
    assert not points_down(up)
    assert points_down(field)


def test_the_audit_has_no_foreign_keys():
    audited = [each for each in written_by_us() if each._meta.app_label == "audit"]
    assert [described(each) for each in relations() if each.model in audited] == []


def with_state() -> list[type[models.Model]]:
    return [each for each in written_by_us() if any(field.name == "state" for field in each._meta.local_fields)]


@pytest.mark.parametrize("model", with_state(), ids=lambda each: each._meta.label)
def test_every_state_is_held_to_its_words_by_the_database(model):
    checks = [each for each in model._meta.constraints if isinstance(each, models.CheckConstraint)]
    assert any("state__in" in str(each.condition) for each in checks), "add a CheckConstraint on state"


def test_states_change_only_by_the_table_of_moves():
    found = []
    for path in source.python_files():
        if source.room_of(path) in {"management", "demo"} or "demo" in path.parts:
            continue
        found += [f"{source.name_of(path)}:{line}" for line in assignments(path)]
    assert found == []


def assignments(path) -> list[int]:
    """Lines that put something into `.state` other than what `after(…)` answered."""
    return [
        node.lineno
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.Assign) and any(sets_state(each) for each in node.targets) and not is_after(node.value)
    ]


def sets_state(target) -> bool:
    return isinstance(target, ast.Attribute) and target.attr == "state"


def is_after(value) -> bool:
    call = value.value if isinstance(value, ast.Attribute) and value.attr == "value" else value
    return isinstance(call, ast.Call) and source.called_name(call) == "after"


def test_no_query_changes_states_behind_the_table():
    found = [
        f"{source.name_of(path)}:{call.lineno}"
        for path in source.python_files()
        for call in source.calls(path, "update")
        if any(each.arg == "state" and not is_after(each.value) for each in call.keywords)
    ]
    assert found == []
