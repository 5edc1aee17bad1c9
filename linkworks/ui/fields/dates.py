"""Questions about when."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linkworks.ui import formats, typed

from .question import Asked, Question
from .text import Typed

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LIVED_IN = re.compile(r"(19|20|21)[0-9]{2}")  # 0026 is a slip of the finger, not a year
Limit = date | Callable[[], date] | None


class Parts(forms.Widget):
    """Three boxes: what was typed in each stays as typed."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}_{part}", "")).strip() for part in PARTS}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in PARTS)


class DateField(Question, forms.Field):
    """A date in three boxes; the error names the part that is missing or wrong."""

    template = "ui/fields/date.jinja"
    widget = Parts

    def __init__(
        self,
        *,
        not_before: Limit = None,
        not_after: Limit = None,
        autocomplete: str = "",
        **options: Any,
    ) -> None:
        self.not_before = not_before
        self.not_after = not_after
        self.birthday = autocomplete == "bday"
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value is None:
            return value
        empty = [part for part in PARTS if not value[part]]
        if len(empty) == len(PARTS):
            return None
        if empty:
            raise ValidationError(f"{self._subject} must include a {formats.listed(empty)}", code=empty[0])
        return self._real_date(value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        earliest, latest = _limit(self.not_before), _limit(self.not_after)
        if earliest and value < earliest:
            raise ValidationError(f"{self._subject} must be {formats.long_date(earliest)} or later", code="early")
        if latest and value > latest:
            raise ValidationError(f"{self._subject} must be {formats.long_date(latest)} or earlier", code="late")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True

    @property
    def _subject(self) -> str:
        label = str(self.label)
        return "The date" if label.endswith("?") else label

    def _real_date(self, value: dict[str, str]) -> date:
        if not LIVED_IN.fullmatch(value["year"]):
            raise ValidationError(f"{self._subject} must have a year with 4 numbers, like 1984", code="year")
        try:
            return date(int(value["year"]), _month(value["month"]), int(value["day"]))
        except (ValueError, OverflowError) as problem:
            message = f"{self._subject} must be a real date, like 27 3 1984"
            raise ValidationError(message, code="invalid") from problem

    def target(self, asked: Asked, base: str) -> str:
        return f"{base}_{self._wrong_parts(asked)[0]}"

    def shown(self, asked: Asked) -> dict[str, Any]:
        typed_parts = _parts_of(asked.value())
        wrong = self._wrong_parts(asked) if asked.errors else ()
        names = {"day": "bday-day", "month": "bday-month", "year": "bday-year"}
        items = [
            {
                "name": f"{asked.html_name}_{part}",
                "id": f"{asked.auto_id}_{part}",
                "label": part.capitalize(),
                "value": typed_parts[part],
                "width": 4 if part == "year" else 2,
                "error": part in wrong,
                "autocomplete": names[part] if self.birthday else None,
            }
            for part in PARTS
        ]
        return {"items": items}

    def _wrong_parts(self, asked: Asked) -> tuple[str, ...]:
        """The boxes to mark: those left empty when others were filled, the year when only it is wrong, else all."""
        value = _parts_of(asked.value())
        empty = tuple(part for part in PARTS if not value[part])
        if 0 < len(empty) < len(PARTS):
            return empty
        codes = {error.code for error in asked.errors.as_data()}
        return ("year",) if "year" in codes else PARTS


class TimeField(Typed, forms.CharField):
    """A time of day, typed as people do: 2.30pm, 14:30, 9am."""

    usual = {"width": 10, "spellcheck": False}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, time):
            return value
        text = super().to_python(value)
        if not text:
            return None
        found = typed.clock_time(text)
        if found is None:
            raise ValidationError("Enter a time, like 2:30pm or 14:30", code="invalid")
        return found

    def run_validators(self, value: Any) -> None:
        """The value is a time by now: rules about text no longer fit."""

    def prepare_value(self, value: Any) -> Any:
        return formats.clock(value) if isinstance(value, time) else value


def _limit(limit: Limit) -> date | None:
    return limit() if callable(limit) else limit


def _month(text: str) -> int:
    named = text.lower()[:3]
    return MONTHS.index(named) + 1 if named in MONTHS else int(text)


def _parts_of(value: Any) -> dict[str, str]:
    if isinstance(value, date):
        return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
    return value if isinstance(value, dict) else dict.fromkeys(PARTS, "")
