"""What administrators and staff type."""

from typing import Any

import pytest

from linkworks.accounts.forms import ForgottenForm, InviteForm, JoinForm, NameForm, RoleForm, chosen
from linkworks.accounts.roles import ROLES, Role

ONE = [("11111111-1111-1111-1111-111111111111", "Peckham Connects")]
TWO = [*ONE, ("22222222-2222-2222-2222-222222222222", "Lambeth Links")]
ROLES_GIVEN = [role for role in Role if ROLES[role].is_given_by_administrators]


def invite(schemes: list[tuple[str, str]], **typed: str) -> InviteForm:
    facts = {"name": "Kit Moss", "email": "kit@example.org", "role": "referrer", **typed}
    return InviteForm(facts, roles=ROLES_GIVEN, schemes=schemes)


def test_without_a_scheme_only_roles_outside_schemes_are_offered() -> None:
    form: Any = InviteForm(roles=ROLES_GIVEN, schemes=[])

    assert "scheme" not in form.fields
    assert "link-worker" not in dict(form.fields["role"].choices)
    assert "referrer" in dict(form.fields["role"].choices)


def test_each_role_is_explained() -> None:
    form: Any = RoleForm(roles=ROLES_GIVEN, schemes=ONE)

    assert set(form.fields["role"].hints) == {role.value for role in ROLES_GIVEN}


@pytest.mark.parametrize(
    ("schemes", "typed", "scheme"), [(ONE, "", ONE[0][0]), (TWO, TWO[1][0], TWO[1][0]), (TWO, "", None)]
)
def test_the_scheme_is_the_only_one_or_the_chosen_one(
    schemes: list[tuple[str, str]], typed: str, scheme: str | None
) -> None:
    form = invite(schemes, role="link-worker", scheme=typed, weekly_hours="30")

    assert form.is_valid(), form.errors
    assert (chosen(form, schemes)["scheme_id"] or None) == scheme


def test_a_role_outside_schemes_has_none_whatever_was_typed() -> None:
    form = invite(TWO, scheme=TWO[0][0])

    assert form.is_valid()
    assert chosen(form, TWO) == {"role": Role.REFERRER, "scheme_id": None}


@pytest.mark.parametrize(("name", "typed", "said"), [
    ("name", "", "Enter their name"),
    ("email", "", "Enter their work email address"),
    ("email", "kit", "Enter an email address in the correct format"),
    ("role", "", "Choose what they will do"),
    ("role", "support", "Choose one of the answers shown"),
    ("name", "x" * 201, "must be 200 characters or fewer"),
])  # fmt: skip
def test_what_is_wrong_is_said(name: str, typed: str, said: str) -> None:
    form = invite(ONE, **{name: typed})

    assert not form.is_valid()
    assert said in str(form.errors[name])


def test_passwords_are_taken_as_typed_and_never_shown() -> None:
    form = JoinForm({"name": "Kit", "password": "  spaces  count  "})

    assert form.is_valid()
    assert form.cleaned_data["password"] == "  spaces  count  "
    assert "spaces" not in form.render_fields()
    assert 'type="password"' in form.render_fields()
    assert 'autocomplete="new-password"' in form.render_fields()


def test_small_forms_ask_for_what_they_need() -> None:
    assert "Enter your email address" in str(ForgottenForm({"email": ""}).errors)
    assert "Enter your name" in str(NameForm({"name": " "}).errors)
