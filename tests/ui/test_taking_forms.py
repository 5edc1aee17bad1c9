"""What every page does with a form: taken once, done or refused, and every refusal said where it can be mended."""

from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory

from linkworks.core.errors import Conflict, Invalid, LinkworksError, NotAllowed, Unavailable
from linkworks.ui import fields
from linkworks.ui.views import carried_out, form_page, found, pressed, sent, token_of, typed


class NameForm(fields.Form):
    name = fields.CharField(label="Name", missing="Enter the name")


def asked(method: str = "post", **said: str) -> Any:
    return getattr(RequestFactory(), method)("/somewhere", said)


def refusing(error: Exception) -> Any:
    def act() -> None:
        raise error

    return act


def test_what_is_not_there_is_not_found() -> None:
    assert found("it") == "it"
    assert found("") == ""
    with pytest.raises(Http404):
        found(None)


def test_an_empty_form_that_was_sent_is_not_taken_for_a_page_that_was_opened() -> None:
    assert typed(asked("get", name="x")) is None
    form = NameForm(typed(asked()))
    assert not form.is_valid()
    assert "Enter the name" in str(form.errors)


@pytest.mark.parametrize("gives", [None, [], 0, "made"])
def test_it_was_done_whatever_the_action_gives(gives: Any) -> None:
    request = asked(name="Jean")
    form, called = NameForm(typed(request)), []
    assert carried_out(request, form, lambda: called.append(gives)) is True
    assert sent(request, form, lambda: gives) == gives
    assert called == [gives]


@pytest.mark.parametrize("request_", [asked("get", name="Jean"), asked()])
def test_nothing_is_done_on_opening_a_page_or_with_mistakes(request_: Any) -> None:
    form, called = NameForm(typed(request_)), []
    assert carried_out(request_, form, lambda: called.append(1)) is False
    assert sent(request_, form, lambda: called.append(1)) is None
    assert called == []


@pytest.mark.parametrize(
    ("error", "at"),
    [
        (Invalid("No such name.", field="name"), "name"),
        (Invalid("No such day.", field="a-field-the-page-has-not"), "__all__"),
        (Invalid("Nothing fits."), "__all__"),
        (Conflict("Somebody was first."), "__all__"),
        (NotAllowed("It is closed."), "__all__"),
        (Unavailable("The postcodes do not answer. Try again later."), "__all__"),
        (LinkworksError("Too many were sent from here. Try again in an hour."), "__all__"),
    ],
)
def test_every_refusal_is_said_on_the_form(error: Any, at: str) -> None:
    request = asked(name="Jean")
    form = NameForm(typed(request))
    assert sent(request, form, refusing(error)) is None
    assert dict(form.errors) == {at: [error.message]}


def test_what_nobody_foresaw_is_not_hidden_in_a_form() -> None:
    request = asked(name="Jean")
    with pytest.raises(ZeroDivisionError):
        carried_out(request, NameForm(typed(request)), refusing(ZeroDivisionError()))


def test_a_forms_token_stays_while_its_mistakes_are_mended() -> None:
    assert token_of(asked(form_token="once")) == "once"
    assert token_of(asked("get")) != token_of(asked("get"))


@pytest.mark.parametrize(
    "refused", [Conflict("Somebody was first."), Invalid("Nothing fits."), NotAllowed("Not yours.")]
)
def test_a_button_says_that_it_was_done_or_why_not_and_goes_on_either_way(
    refused: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, str]] = []
    for kind in ("success", "warning"):
        monkeypatch.setattr(
            f"linkworks.ui.views.messages.{kind}", lambda _, words, kind=kind: said.append((kind, words))
        )
    did: list[int] = []
    for act in (lambda: did.append(1), refusing(refused)):
        answer = pressed(asked(), act, "It is done.", "/next")
        assert (answer.status_code, answer["Location"]) == (302, "/next")
    assert did == [1]
    assert said == [("success", "It is done."), ("warning", refused.message)]


def test_what_no_rule_refused_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        pressed(asked(), lambda: 1 / 0, "It is done.", "/next")


@pytest.mark.parametrize(
    ("request_", "status"), [(asked("get"), 200), (asked(), 400), (asked(name=""), 400), (asked(name="Jean"), 200)]
)
def test_a_forms_page_says_400_only_when_what_was_sent_is_wrong(
    request_: Any, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr("linkworks.ui.views.render", lambda *_, **more: given.update(more) or given)
    form = NameForm(typed(request_))
    form_page(request_, "some.jinja", {"form": form})
    assert given == {"status": status}
