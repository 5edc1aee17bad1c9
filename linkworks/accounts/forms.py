"""What staff type about their own accounts and their teams."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp.forms import ActivateTOTPForm

from linkworks.ui import fields

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
