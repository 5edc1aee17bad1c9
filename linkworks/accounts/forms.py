"""What staff type about their own accounts and their teams."""

from collections.abc import MutableMapping, Sequence
from decimal import Decimal
from typing import Any, Self

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base import forms as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse

from linkworks.ui import fields

from .roles import CARRY_CASES, ROLES, Role

Roles = Sequence[Role]
Choices = Sequence[tuple[str, str]]
CODE = "Enter the 6-digit code"


class PasswordField(fields.CharField):
    """A password: never shown again, never tidied."""

    type = "password"

    def __init__(self, *, autocomplete: str = "current-password", **options: Any) -> None:
        super().__init__(autocomplete=autocomplete, strip=False, width=20, **options)

    def shown(self, asked: Any) -> dict[str, Any]:
        return {**super().shown(asked), "value": ""}


def code_field(label: str = "Code", missing: str = CODE, hint: str = "") -> fields.CharField:
    return fields.CharField(
        label=label,
        missing=missing,
        hint=hint,
        autocomplete="one-time-code",
        inputmode="numeric",
        width=10,
        max_length=20,
    )


class SignInForm(LoginForm, fields.Form):
    """E-mail and password. The answer to a wrong one never says which part was wrong."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"] = fields.EmailField(
            label="Email address", autocomplete="username", missing="Enter your email address"
        )
        self.fields["password"] = PasswordField(label="Password", missing="Enter your password", max_length=1000)


class ConfirmForm(ReauthenticateForm, fields.Form):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password"] = PasswordField(label="Password", missing="Enter your password", max_length=1000)


class CodeForm(second_factor.AuthenticateForm, fields.Form):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = code_field("Code from your app", hint="6 digits, or one of your recovery codes")


class ConfirmCodeForm(second_factor.ReauthenticateForm, fields.Form):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = code_field("Code from your app", hint="6 digits, or one of your recovery codes")


class AppForm(ActivateTOTPForm, fields.Form):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = code_field("Code from your app", hint="6 digits")


# What allauth does not expect in what a browser says of a passkey: a list, a word, or half of it.
MALFORMED = (AttributeError, KeyError, TypeError, ValueError)
NO_PASSKEY = "That passkey did not work. Try again, or use another way."


class AddPasskeyForm(AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        """What no passkey says is a slip to be told, not a fault of ours."""
        try:
            return dict(super().clean())
        except MALFORMED as problem:
            raise ValidationError(NO_PASSKEY) from problem


class PasskeyForm(AuthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except MALFORMED as problem:
            raise ValidationError(NO_PASSKEY) from problem


class ConfirmPasskeyForm(PasskeyForm, ReauthenticateWebAuthnForm):
    """The same, by somebody who is signed in already."""


def hours_field() -> fields.DecimalField:
    return fields.DecimalField(
        label="Hours a week",
        hint="For somebody who carries cases: shares the work fairly. Full time is 37.5",
        suffix="hours",
        required=False,
        mark_optional=False,
        min_value=0,
        max_value=60,
        example="22.5",
    )


HOURS_ASKED = fields.given_field_value("role", *(each.value for each in CARRY_CASES)).require(
    "weekly_hours", message="Enter how many hours a week they work"
)


class InviteForm(fields.Form):
    """Who to invite, and as what."""

    name = fields.CharField(label="Full name", missing="Enter their name", max_length=200, autocomplete="off")
    email = fields.EmailField(label="Work email address", missing="Enter their work email address", autocomplete="off")
    role = fields.ChoiceField(
        label="What will they do?", missing="Choose what they will do", choices=[], label_size="m"
    )
    scheme = fields.SelectField(
        label="Which scheme will they work in?",
        missing="Choose which scheme they will work in",
        choices=[],
        required=False,
    )
    weekly_hours = hours_field()
    conditions = [HOURS_ASKED]

    def __init__(self, *args: Any, roles: Roles, schemes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, roles, schemes)


class RoleForm(fields.Form):
    """Another role for a colleague."""

    role = fields.ChoiceField(label="What do they do?", missing="Choose what they do", choices=[], label_size="m")
    scheme = fields.SelectField(
        label="Which scheme do they work in?", missing="Choose which scheme they work in", choices=[], required=False
    )
    weekly_hours = hours_field()
    conditions = [HOURS_ASKED]

    def __init__(self, *args: Any, roles: Roles, schemes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, roles, schemes)


def offer(form: fields.Form, roles: Roles, schemes: Choices) -> None:
    """Fill in the roles, and the schemes when there is a choice. Roles in a scheme need one to be in."""
    kept = [each for each in roles if schemes or not ROLES[each].needs_scheme]
    question: Any = form.fields["role"]
    question.choices = [(each.value, ROLES[each].title) for each in kept]
    question.hints = {each.value: ROLES[each].sentence for each in kept}
    if not any(ROLES[each].carries_cases for each in kept):
        del form.fields["weekly_hours"]
    if len(schemes) < 2:
        del form.fields["scheme"]
        return
    select: Any = form.fields["scheme"]
    select.choices = [("", "Choose a scheme, if the role works in one"), *schemes]


def chosen(form: fields.Form, schemes: Choices) -> dict[str, Any]:
    """The role and scheme a form answers; with one scheme there was nothing to ask."""
    role = Role(form.cleaned_data["role"])
    only = schemes[0][0] if len(schemes) == 1 else None
    picked = form.cleaned_data.get("scheme") or only
    return {"role": role, "scheme_id": picked if ROLES[role].needs_scheme else None}


def hours(form: fields.Form) -> Decimal | None:
    """The hours somebody works, where their role carries cases; otherwise they do not matter."""
    carries = form.cleaned_data["role"] in CARRY_CASES
    return form.cleaned_data["weekly_hours"] if carries else None


class JoinForm(fields.Form):
    """An account begins with a name and a password."""

    name = fields.CharField(label="Full name", missing="Enter your name", max_length=200, autocomplete="name")
    password = PasswordField(
        label="Choose a password",
        hint="12 characters or more. Three unusual words are easy to remember and hard to guess.",
        missing="Choose a password",
        autocomplete="new-password",
        max_length=1000,
    )


class ForgottenForm(fields.Form):
    email = fields.EmailField(label="Email address", missing="Enter your email address", autocomplete="username")


class NewPasswordForm(fields.Form):
    password = PasswordField(
        label="New password",
        hint="12 characters or more. Three unusual words are easy to remember and hard to guess.",
        missing="Choose a password",
        autocomplete="new-password",
        max_length=1000,
    )


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField(label="Current password", missing="Enter your current password", max_length=1000)
    field_order = ("current", "password")


class NameForm(fields.Form):
    name = fields.CharField(label="Full name", missing="Enter your name", max_length=200, autocomplete="name")


class Unsent:
    """A form that came after its session was over: kept for whoever filled it in, until they sign in again.

    Never a form about accounts: passwords and codes are not kept.
    """

    KEY, LONGEST, WITHOUT = "unsent-form", 200_000, {"csrfmiddlewaretoken"}

    def __init__(self, kept: dict[str, Any]) -> None:
        self.path: str = kept["path"]
        self.user: str = kept["user"]
        self.answers: list[tuple[str, list[str]]] = [(name, list(values)) for name, values in kept["answers"]]

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        """What this request sends, if it is worth keeping and came from a page of ours."""
        is_ours = not request.path.startswith(reverse("account_login").removesuffix("sign-in"))
        if request.method != "POST" or not is_ours or refused_as_forged(request):
            return None
        answers = [(name, values) for name, values in request.POST.lists() if name not in cls.WITHOUT]
        if not answers or sum(len(value) for _, values in answers for value in values) > cls.LONGEST:
            return None
        return cls({"path": request.get_full_path(), "user": str(request.user.pk), "answers": answers})

    def keep(self, session: MutableMapping[str, Any]) -> None:
        session[self.KEY] = {"path": self.path, "user": self.user, "answers": self.answers}

    @classmethod
    def kept(cls, request: HttpRequest) -> Self | None:
        """What was kept for the person signed in now; what is somebody else's is thrown away unseen."""
        found = request.session.get(cls.KEY)
        if found and found["user"] != str(request.user.pk):
            cls.forget(request)
            return None
        return cls(found) if found else None

    @classmethod
    def forget(cls, request: HttpRequest) -> None:
        request.session.pop(cls.KEY, None)

    @classmethod
    def arrived(cls, request: HttpRequest) -> None:
        """A form came to the page that the kept one was meant for: there is nothing unsent any more."""
        found = request.session.get(cls.KEY)
        if found and found["path"] == request.get_full_path():
            cls.forget(request)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What a person wrote, under a plain name for each box; ticks and codes are left out."""
        written = [(name, value) for name, values in self.answers for value in values if " " in value.strip()]
        return [(name.replace("_", " ").replace("-", " ").capitalize(), value) for name, value in written]


def refused_as_forged(request: HttpRequest) -> bool:
    """Whether the form's token is wrong: then somebody else's page sent it, and nothing of it is kept."""

    def answer(_: HttpRequest) -> HttpResponse:
        return HttpResponse()

    return CsrfViewMiddleware(answer).process_view(request, answer, (), {}) is not None
