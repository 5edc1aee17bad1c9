"""What a password must be."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from linkworks.core.errors import Invalid

from ..models import User

SAID = {
    "password_too_short": "Password must be 12 characters or more",
    "password_too_common": "This password is too easy to guess. Three unusual words make a good one",
    "password_too_similar": "Password must not be like your name or email address",
}


def refuse_weak(password: str, user: User) -> None:
    """Refuse a password that is short, common or like the person's own name or address."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        found = [SAID.get(each.code or "", str(each.message)) for each in error.error_list]
        raise Invalid(found[0], field="password") from error
