"""The longest answer that a form takes is kept whole: nothing somebody typed is cut off without a word."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from linkworks.casework import actions
from linkworks.connections import actions as connections
from linkworks.core import clock
from linkworks.ui import fields
from tests.casework.everything import World, world
from tests.cast import Cast
from tests.factories import casework as make
from tests.factories.casework import do


def on(name: str, days: int) -> dict[str, str]:
    day = clock.today() + timedelta(days=days)
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def accepted(cast: Cast, it: World) -> None:
    do(cast.actor(cast.provider_coordinator), connections.accept, it.connection)


def reviewed(cast: Cast, it: World) -> None:
    review = make.GoalReview(it.goal.pk, "achieve")
    do(cast.actor(cast.link_worker), actions.review_goals, it.case, reviews=[review])


def acknowledged(cast: Cast, it: World) -> None:
    concern = it.case.concerns.get()
    do(cast.actor(cast.safeguarding_lead), actions.acknowledge_concern, concern)


def closed(cast: Cast, it: World) -> None:
    do(
        cast.actor(cast.link_worker),
        actions.close,
        it.case,
        reason="moved-away",
        withdraw_unanswered=True,
        lead_knows=True,
    )


# page: (the answers that are not typed, what happened before)
PAGES: dict[str, tuple[dict[str, str], Any]] = {
    "contact": ({"how": "phone", "result": "spoke", "next_action_pick": "week", "minutes": "5"}, None),
    "conversation": ({"complexity": "2", **on("held_on", 0)}, None),
    "goal-new": ({}, None),
    "goal": ({}, None),
    "step-new": ({}, None),
    "step-new with a day": ({**on("due_on", 3)}, None),
    "unmet": ({"need": "loneliness", "reason": "too-far"}, None),
    "unmet-resolve": ({}, None),
    "task-new": ({"due_pick": "week"}, None),
    "details": ({"language": "en", "nhs_number": "", "postcode": "SE15 5DD"}, None),
    "channels as a letter": ({"kind": "letter", "is_safe": "no"}, None),
    "channels through somebody": ({"kind": "through-someone", "is_safe": "yes"}, None),
    "concern": ({"immediate_danger": "no", "person_knows": "yes"}, None),
    "concern-answer": ({}, acknowledged),
    "pause": ({**on("until", 5)}, None),
    "reopen": ({}, closed),
    "hand-over": ({}, None),
    "connect": (
        {
            "contact_shared": "Through the link worker",
            "emergency_agreed": "on",
            "agreed": "on",
            "agreed_how": "In person",
        },
        None,
    ),
    "connection-answer": ({"answer": "decline", "reason": "full"}, None),
    "connection-withdraw": ({}, None),
    "connection-write": ({}, None),
    "connection-end": ({"ending": "completed"}, accepted),
    "connection-attendance": ({"attended": "no", "absence": "acceptable", **on("session_on", 0)}, accepted),
    "decline": ({"reason": "outside-area"}, None),
    "redirect": ({"where": "words"}, None),
    "close": ({"reason": "goals-met", "withdraw_unanswered": "on", "lead_knows": "on"}, reviewed),
}
NOT_ASKED = {"phone", "mobile", "email", "nhs_number", "postcode"}


def filled(form: Any) -> dict[str, str]:
    """Every box that is typed in, with as much as it takes; each text is its own."""
    typed = {}
    for number, (name, field) in enumerate(form.fields.items()):
        if isinstance(field, fields.CharField | fields.TextAreaField) and name not in NOT_ASKED:
            mark = f"{chr(97 + number)}"
            typed[name] = (f"{mark}{mark.upper()} " * field.max_length)[: field.max_length - 1] + "z"
    return typed


def kept_somewhere(text: str) -> bool:
    """Whether a column of any table holds this text to its end."""
    labels = {"casework", "people", "connections", "referrals"}
    tables = [each for each in apps.get_models() if each._meta.app_label in labels and "Event" not in each.__name__]
    return any(
        model._default_manager.filter(**{f"{column.attname}__contains": text}).exists()
        for model in tables
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField) and not column.choices
    )


@pytest.mark.parametrize("page", PAGES)
def test_the_longest_answers_are_kept_whole(cast: Cast, shown: list[dict[str, Any]], page: str) -> None:
    chosen, before = PAGES[page]
    it, name = world(cast), page.split(" ")[0]
    if before:
        before(cast, it)
    client = cast.client(cast.safeguarding_lead if name == "concern-answer" else cast.link_worker)
    address = it.address(name)
    assert client.get(address).status_code == 200
    typed = filled(shown[-1]["form"])
    if name == "hand-over":
        chosen = {"worker": str(cast.colleague.pk)}
    if page == "channels as a letter":
        typed.pop("someone")
    if page == "channels through somebody":
        typed.pop("address")
    if name == "redirect":
        typed.pop("scheme", None)
    response = client.post(address, {**chosen, **typed})
    assert response.status_code == 302, shown[-1]["form"].errors
    lost = [box for box, text in typed.items() if not kept_somewhere(text)]
    assert lost == []
