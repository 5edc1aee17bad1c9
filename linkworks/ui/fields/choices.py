"""Questions answered by choosing."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from django import forms
from markupsafe import Markup

from .question import Asked, Question


class Chosen(Question):
    """A set of choices, some with a hint, some opening further questions."""

    template = "ui/fields/radios.jinja"
    missing_verb = "Choose"

    def __init__(
        self,
        *,
        hints: Mapping[Any, str] | None = None,
        reveal: Mapping[Any, str | Sequence[str]] | None = None,
        inline: bool = False,
        small: bool = False,
        divider: str = "",
        **options: Any,
    ) -> None:
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}
        self.reveal = {
            str(value): (names,) if isinstance(names, str) else tuple(names) for value, names in (reveal or {}).items()
        }
        self.look = {"inline": inline, "small": small}
        self.divider = divider
        said = {"invalid_choice": "Choose one of the answers shown"}
        super().__init__(**{"error_messages": said, **options})

    def __deepcopy__(self, memo: Any) -> Any:
        # Each form has its own fields, but shares the choices: a form puts others in their place and never changes them.
        widget = memo[id(self.widget)] = copy(self.widget)  # type: ignore[attr-defined]
        widget.attrs = dict(widget.attrs)
        return forms.Field.__deepcopy__(self, memo)  # type: ignore[type-var]

    def picked(self, value: Any) -> set[str]:
        """What is chosen, as the text the page sends."""
        several = value if isinstance(value, list | tuple | set | frozenset) else [value]
        return {str(each) for each in several if each not in (None, "")}

    def shown(self, asked: Asked) -> dict[str, Any]:
        picked = self.picked(asked.value())
        items = [self._item(asked, value, text, picked) for value, text in self._pairs()]
        if self.divider and len(items) > 1:
            items.insert(-1, {"divider": self.divider})
        return {**self.look, "items": items}

    def _pairs(self) -> list[tuple[str, str]]:
        return [(str(value), str(text)) for value, text in self.choices if str(value)]  # type: ignore[attr-defined]

    def _item(self, asked: Asked, value: str, text: str, picked: set[str]) -> dict[str, Any]:
        item: dict[str, Any] = {"value": value, "text": text, "checked": value in picked}
        if value in self.hints:
            item["hint"] = {"text": self.hints[value]}
        inner: list[Any] = [asked.form[name] for name in self.reveal.get(value, ())]
        opened = Markup("\n").join(each.show(within=True) for each in inner)
        if opened:
            item["conditional"] = {"html": opened}
        return item


class ChoiceField(Chosen, forms.ChoiceField):
    """One of several, as radios."""


class MultipleChoiceField(Chosen, forms.MultipleChoiceField):
    """Any of several, as checkboxes; the one named by `none_value` stands alone."""

    template = "ui/fields/checkboxes.jinja"

    def __init__(self, *, none_value: str = "", **options: Any) -> None:
        self.none_value = none_value
        super().__init__(**options)

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if self.none_value and self.none_value in value and len(value) > 1:
            alone = dict(self._pairs())[self.none_value]
            raise forms.ValidationError(f"Choose either “{alone}” or the others, not both", code="exclusive")

    def _item(self, asked: Asked, value: str, text: str, picked: set[str]) -> dict[str, Any]:
        item = super()._item(asked, value, text, picked)
        if self.none_value and value == self.none_value:
            item["behaviour"] = "exclusive"
        return item


class SelectField(Chosen, forms.ChoiceField):
    """One of many, in a drop-down list. With no words for `empty` there is always one chosen."""

    template = "ui/fields/select.jinja"

    def __init__(self, *, empty: str = "Choose from the list", **options: Any) -> None:
        self.empty = empty
        super().__init__(**options)

    def shown(self, asked: Asked) -> dict[str, Any]:
        picked = self.picked(asked.value())
        items = [{"value": value, "text": text, "selected": value in picked} for value, text in self._pairs()]
        nothing = [{"value": "", "text": self.empty, "selected": not picked}] if self.empty else []
        return {"items": [*nothing, *items]}


class BooleanField(Chosen, forms.BooleanField):
    """A single box to tick; the label stands beside it."""

    template = "ui/fields/tick.jinja"

    def __init__(self, **options: Any) -> None:
        options.setdefault("missing", f"Tick the box to say: {options['label']}")
        super().__init__(mark_optional=False, **options)

    def shown(self, asked: Asked) -> dict[str, Any]:
        item = self._item(asked, "on", str(asked.label), {"on"} if asked.value() else set())
        return {**self.look, "items": [item]}


class YesNoField(Chosen, forms.TypedChoiceField):
    """Yes or no, answered as True or False, and None when optional and left."""

    def __init__(self, *, yes: str = "Yes", no: str = "No", **options: Any) -> None:
        options.setdefault("inline", not options.get("reveal") and not options.get("hints"))
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda value: value == "yes",
            empty_value=None,
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class ScaleField(Chosen, forms.TypedChoiceField):
    """A number from 0 to 10 on one line, with words at both ends, as in the ONS wellbeing questions.

    With `rather_not`, a last choice below the numbers lets the person pass over the question: it answers None.
    """

    template = "ui/fields/scale.jinja"

    def __init__(
        self, *, low: str = "Not at all", high: str = "Completely", top: int = 10, rather_not: str = "", **options: Any
    ) -> None:
        self.ends = {"low": low, "high": high}
        numbers = [(str(number), str(number)) for number in range(top + 1)]
        super().__init__(
            choices=[*numbers, ("rather-not", rather_not)] if rather_not else numbers,
            coerce=lambda value: None if value == "rather-not" else int(value),
            empty_value=None,
            **options,
        )

    def shown(self, asked: Asked) -> dict[str, Any]:
        shown = super().shown(asked)
        numbers = [item for item in shown["items"] if item["value"] != "rather-not"]
        return {**shown, **self.ends, "items": numbers, "rather_not": shown["items"][len(numbers) :]}
