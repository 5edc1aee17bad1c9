"""Questions answered by typing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from markupsafe import Markup, escape

from linkworks.core.postcodes import tidy_postcode
from linkworks.ui import typed

from .question import Asked, Question

NUMBERS = {1: "one number", 2: "two numbers"}


class Typed(Question):
    """A one-line box."""

    type = "text"
    usual: dict[str, Any] = {}

    def __init__(
        self,
        *,
        autocomplete: str = "",
        inputmode: str = "",
        width: int | None = None,
        prefix: str = "",
        suffix: str = "",
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.look = {
            "type": self.type,
            "autocomplete": autocomplete or self.usual.get("autocomplete"),
            "inputmode": inputmode or self.usual.get("inputmode"),
            "spellcheck": self.usual.get("spellcheck"),
            "width": width or self.usual.get("width"),
            "prefix": prefix,
            "suffix": suffix,
        }

    def shown(self, asked: Asked) -> dict[str, Any]:
        value = asked.value()
        return {**self.look, "value": "" if value is None else value}


class CharField(Typed, forms.CharField):
    def __init__(self, *, max_length: int = 255, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        self.validators = _in_plain_words(self)


class EmailField(Typed, forms.EmailField):
    type = "email"
    usual = {"autocomplete": "email", "spellcheck": False}

    def __init__(self, **options: Any) -> None:
        said = {"invalid": "Enter an email address in the correct format, like name@example.com"}
        super().__init__(**{"error_messages": said, **options})
        self.validators = _in_plain_words(self)


class PhoneField(Typed, forms.CharField):
    type = "tel"
    usual = {"autocomplete": "tel", "width": 20}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        number = typed.phone(text)
        if number is None:
            raise ValidationError("Enter a phone number, like 01632 960001 or 07700 900982", code="invalid")
        return number


class PostcodeField(Typed, forms.CharField):
    usual = {"autocomplete": "postal-code", "width": 10, "spellcheck": False}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        found = tidy_postcode(text)
        if found is None:
            raise ValidationError("Enter a full UK postcode, like SE15 5DD", code="invalid")
        return found


class IntegerField(Typed, forms.IntegerField):
    usual = {"inputmode": "numeric", "width": 5, "spellcheck": False}

    def __init__(self, *, min_value: int | None = None, max_value: int | None = None, **options: Any) -> None:
        label = options["label"]
        said = {
            "invalid": f"{label} must be a whole number, like 5",
            "min_value": f"{label} must be {min_value} or more",
            "max_value": f"{label} must be {max_value} or fewer",
        }
        options["error_messages"] = {**said, **options.get("error_messages", {})}
        super().__init__(min_value=min_value, max_value=max_value, **options)


class DecimalField(Typed, forms.DecimalField):
    """A number with one place behind the point, like 22.5 hours, or two, like £3.50; a comma will do."""

    usual = {"inputmode": "decimal", "width": 5, "spellcheck": False}

    def __init__(
        self, *, min_value: float, max_value: float, example: str = "2.5", places: int = 1, **options: Any
    ) -> None:
        label, wrong = options["label"], f"{options['label']} must be a number, like {example}"
        said = {
            "invalid": wrong,
            "min_value": f"{label} must be {min_value:g} or more",
            "max_value": f"{label} must be {max_value:g} or fewer",
            "max_decimal_places": f"{label} can have {NUMBERS[places]} behind the point, like {example}",
        }
        options["error_messages"] = {**said, **options.get("error_messages", {})}
        super().__init__(min_value=min_value, max_value=max_value, decimal_places=places, **options)

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value).replace(",", ".") if value not in self.empty_values else value)


class TextAreaField(Question, forms.CharField):
    template = "ui/fields/textarea.jinja"

    def __init__(self, *, rows: int = 5, max_length: int | None = None, **options: Any) -> None:
        self.rows = rows
        super().__init__(max_length=max_length, **options)
        self.validators = _in_plain_words(self)

    def to_python(self, value: Any) -> str:
        # Browsers send CR LF for each line end: counted as one character on the page, so also here.
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def shown(self, asked: Asked) -> dict[str, Any]:
        return {"value": _kept_lines(asked.value()), "rows": self.rows, "max_length": self.max_length}


class Words(TextAreaField):
    """A few words that may be left out."""

    def __init__(self, *, rows: int = 3, max_length: int = 1000, **options: Any) -> None:
        super().__init__(rows=rows, max_length=max_length, required=False, **options)


class HiddenField(Question, forms.CharField):
    """Carried along, not asked."""

    template = "ui/fields/hidden.jinja"
    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(label=options.pop("label", ""), **options)

    def shown(self, asked: Asked) -> dict[str, Any]:
        value = asked.value()
        return {"value": "" if value is None else value}


class _Shorter:
    """Too long is said with the limit and by how much, as the counter on the page does."""

    def __init__(self, limit: int, label: str) -> None:
        self.limit = limit
        self.label = label

    def __call__(self, value: str) -> None:
        over = len(value) - self.limit
        if over > 0:
            subject = "Your answer" if self.label.endswith("?") else self.label
            raise ValidationError(
                f"{subject} must be {self.limit:,} characters or fewer. You have {over:,} too many.",
                code="max_length",
            )


def _in_plain_words(field: forms.CharField) -> list[Any]:
    """The field's own checks, with Django's wording of its length limit replaced by ours."""
    limit = [_Shorter(field.max_length, str(field.label))] if field.max_length else []
    return [*limit, *(check for check in field.validators if not isinstance(check, MaxLengthValidator))]


def _kept_lines(value: Any) -> Markup:
    """NHS.UK's macros indent what they hold, which would creep into typed text; an escaped line end is safe."""
    text = str(escape("" if value is None else value)).replace("\r\n", "\n")
    return Markup(text.replace("\n", "&#10;"))  # noqa: S704  escaped on the line above
