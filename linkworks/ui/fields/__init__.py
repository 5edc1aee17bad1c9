"""Form fields that show themselves as NHS.UK components and answer with plain Python values."""

from .choices import (
    BooleanField,
    ChoiceField,
    MultipleChoiceField,
    ScaleField,
    SelectField,
    YesNoField,
)
from .dates import DateField, TimeField
from .files import FileField
from .form import Form
from .given import given_field_value
from .text import (
    CharField,
    DecimalField,
    EmailField,
    HiddenField,
    IntegerField,
    PhoneField,
    PostcodeField,
    TextAreaField,
    Words,
)

__all__ = [
    "BooleanField",
    "CharField",
    "ChoiceField",
    "DateField",
    "DecimalField",
    "EmailField",
    "FileField",
    "Form",
    "HiddenField",
    "IntegerField",
    "MultipleChoiceField",
    "PhoneField",
    "PostcodeField",
    "ScaleField",
    "SelectField",
    "TextAreaField",
    "TimeField",
    "Words",
    "YesNoField",
    "given_field_value",
]
