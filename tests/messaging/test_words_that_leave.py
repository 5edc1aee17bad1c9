"""Every template with every kind of canary: what leaves names nobody's need, and cannot be bent into anything else."""

import re
from itertools import combinations
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some
from jinja2 import UndefinedError, meta

from linkworks.core.errors import Invalid
from linkworks.messaging import actions
from linkworks.messaging.actions.writing import one_address
from linkworks.messaging.models import Message
from linkworks.messaging.rules import NEUTRAL_VALUES, templates, worded
from linkworks.messaging.rules.wording import ENVIRONMENT, FOLDER, one_line
from linkworks.messaging.states import Way
from tests.cast import Cast
from tests.factories.messaging import make_channel

SECRETS = [
    "need",
    "condition",
    "service",
    "provider",
    "group",
    "person",
    "diagnosis",
    "goal",
    "address",
    "born_on",
    "nhs_number",
]
MAILS = [name.removeprefix("mails/").removesuffix(".jinja") for name in templates() if name.startswith("mails/")]
LETTERS = [name.removeprefix("letters/").removesuffix(".jinja") for name in templates() if name.startswith("letters/")]
EVERY = [(name, Way.EMAIL) for name in MAILS] + [(name, Way.LETTER) for name in LETTERS]


def asked_by(name: str, way: Way) -> set[str]:
    folder = "letters" if way == Way.LETTER else "mails"
    return meta.find_undeclared_variables(ENVIRONMENT.parse((FOLDER / folder / f"{name}.jinja").read_text()))


def values_for(name: str, way: Way) -> dict[str, str]:
    return {value: f"<{value}>" for value in asked_by(name, way)}


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(("name", "way"), EVERY)
def test_no_template_takes_a_secret_whatever_it_is_called(name: str, way: Way, secret: str) -> None:
    with pytest.raises(ValueError, match=secret):
        worded(name, {**values_for(name, way), secret: "Canary"}, way=way)


@pytest.mark.parametrize(("name", "way"), EVERY)
def test_what_comes_out_is_the_template_and_its_values_and_nothing_else(name: str, way: Way) -> None:
    """No braces left over, no tag, no gap where a value should have been."""
    said = worded(name, values_for(name, way), way=way)
    text = f"{said.subject}\n{said.body}"
    assert not re.search(r"[{}%]", text)
    assert "None" not in text
    assert set(re.findall(r"<(\w+)>", text)) <= asked_by(name, way)
    assert "  " not in said.subject
    assert not said.subject.endswith(".")


@pytest.mark.parametrize(("name", "way"), EVERY)
def test_optional_lines_leave_no_hole(name: str, way: Way) -> None:
    """Whatever is left out of those that may be left out, the rest reads well."""
    everything = values_for(name, way)
    optional = [each for each in ("phone", "link", "why", "hours", "language") if each in everything]
    for size in range(len(optional) + 1):
        for left_out in combinations(optional, size):
            given_values = {key: text for key, text in everything.items() if key not in left_out}
            try:
                said = worded(name, given_values, way=way)
            except UndefinedError as error:  # it is needed here, and says so
                named = str(error)
            else:
                named = ""
                assert "\n\n\n" not in said.body
                assert "()" not in said.body
                assert not re.search(r" [.,]", said.body)
            assert not named or any(each in named for each in left_out)


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_is_plain_text(name: str) -> None:
    said = worded(name, values_for(name, Way.EMAIL))
    assert set(re.findall(r"<([^>]*)>", said.body)) <= asked_by(name, Way.EMAIL)
    assert max(len(line) for line in said.body.splitlines()) < 400


@given(words=some.text(max_size=60))
def test_no_value_adds_a_line_to_a_subject(words: str) -> None:
    said = worded("connection-accepted", {"reference": words or "x"})
    assert len(said.subject.splitlines()) <= 1
    assert "\r" not in said.subject
    assert "\n" not in said.subject


@given(parts=some.lists(some.text(max_size=10), max_size=4))
def test_one_line_is_one_line(parts: list[str]) -> None:
    assert len(one_line(parts).splitlines()) <= 1


@given(value=some.text(max_size=60))
def test_a_value_is_never_run_as_a_template(value: str) -> None:
    tricky = "{{ 7 * 7 }}{% for x in y %}" + value
    said = worded("connection-accepted", {"reference": tricky})
    assert "49" not in said.body.replace(value, "") or "49" in value
    assert "{{ 7 * 7 }}" in said.body


@given(
    local=some.text("abcdefg.-+_", min_size=1, max_size=12),
    junk=some.sampled_from(
        [",b@example.org", ";b@example.org", " b@example.org", "\nBcc: b@example.org", "<b@x.org>", "\t", "@x"]
    ),
)
def test_one_message_has_one_recipient(local: str, junk: str) -> None:
    fine = f"{local}@example.org"
    assert one_address(f"  {fine} ") == fine
    if junk.strip():
        with pytest.raises(Invalid):
            one_address(fine + junk)


def tell(cast: Cast, audience: str, template: str, dedupe: str) -> Message | None:
    values = {
        "reference": "R-1",
        "scheme": "Elm Tree",
        "name": "Sam",
        "date": "Monday",
        "days": "5 working days",
        "phone": "1",
    }
    needed = {key: text for key, text in values.items() if key in asked_by(template, Way.EMAIL)}
    return actions.tell_address(
        audience=audience, address="hello@kettle.example.org", template=template, values=needed, link="/x",
        about_id=uuid4(), dedupe=dedupe, scheme_id=cast.scheme.id, by=cast.everything,
    )  # fmt: skip


@pytest.mark.parametrize("template", MAILS)
def test_each_template_is_kept_with_who_wrote_it_and_once(cast: Cast, template: str) -> None:
    if {"text", "why"} & asked_by(template, Way.EMAIL):
        return
    first, again = (tell(cast, "provider", template, "one-event") for _ in range(2))
    assert first is not None
    assert again is None
    assert (first.written_by, first.template, first.state) == ("test", template, "created")
    assert Message.objects.count() == 1


@pytest.mark.parametrize("template", ["unknown", "../letters/could-not-reach", "mails/new-message", ""])
def test_a_template_that_is_not_there_is_an_error_and_not_an_empty_message(cast: Cast, template: str) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011
        actions.tell_address(
            audience="provider", address="a@example.org", template=template, values={}, link="", about_id=None,
            dedupe="x", scheme_id=cast.scheme.id, by=cast.everything,
        )  # fmt: skip
    assert not Message.objects.exists()


@pytest.mark.parametrize("kind", ["phone", "in-person", "other"])
def test_a_way_that_is_only_for_talking_is_held_back_and_says_so(cast: Cast, kind: str) -> None:
    channel = make_channel(cast.scheme, kind=kind, value="020 7946 0100")
    told = actions.tell_person(
        channel_id=channel.pk, template="could-not-reach", about_id=uuid4(), dedupe="x", scheme_id=cast.scheme.id,
        values={"name": "Sam", "phone": "020 7946 0100", "reference": "C-1"}, by=cast.everything,
    )  # fmt: skip
    assert told is not None
    assert told.state == "suppressed"
    assert "speaking to somebody" in told.why


def test_two_people_are_two_messages_and_neither_has_the_others_address(cast: Cast) -> None:
    for number in (1, 2):
        channel = make_channel(cast.scheme, value=f"sam{number}@home.example.org")
        actions.tell_person(
            channel_id=channel.pk, template="could-not-reach", about_id=uuid4(), dedupe=f"{number}",
            scheme_id=cast.scheme.id, values={"name": "Sam", "phone": "1", "reference": "C-1"}, by=cast.everything,
        )  # fmt: skip
    kept: list[Any] = list(Message.objects.order_by("created_at"))
    assert [each.address for each in kept] == ["sam1@home.example.org", "sam2@home.example.org"]
    assert "sam2" not in kept[0].body + kept[0].subject


def test_every_neutral_value_is_used_somewhere() -> None:
    """A value nobody asks for would only be a way in."""
    used = set().union(*(asked_by(name, way) for name, way in EVERY))
    assert NEUTRAL_VALUES - used <= {"site"}
