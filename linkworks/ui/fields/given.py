"""Questions that must be answered only when another was answered in a certain way."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Given:
    """When `name` is answered with one of `values`, the questions in `needed` must be answered too."""

    name: str
    values: tuple[Any, ...]
    needed: tuple[str, ...] = field(default=())
    message: str = ""

    def require(self, *needed: str, message: str = "") -> "Given":
        return Given(self.name, self.values, needed, message)

    def holds(self, answers: dict[str, Any]) -> bool:
        answer = answers.get(self.name)
        several = answer if isinstance(answer, list | tuple | set) else [answer]
        return any(each in self.values for each in several)


def given_field_value(name: str, *values: Any) -> Given:
    return Given(name, values)
