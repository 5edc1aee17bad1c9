"""What every question has besides Django's own field: how it looks and what it says when left empty."""

from typing import Any

from django.forms import BoundField
from django.template.loader import get_template
from markupsafe import Markup


class Question:
    """Joined to a Django field: the NHS.UK component that shows it."""

    template = "ui/fields/input.jinja"
    missing_verb = "Enter"

    def __init__(
        self,
        *,
        label: str,
        hint: str = "",
        missing: str = "",
        label_size: str = "",
        classes: str = "",
        mark_optional: bool = True,
        **options: Any,
    ) -> None:
        self.hint = hint
        self.label_size = label_size
        self.classes = classes
        self.mark_optional = mark_optional
        self.missing = missing or self._missing_from(label)
        messages = {"required": self.missing, **options.pop("error_messages", {})}
        super().__init__(label=label, error_messages=messages, **options)  # type: ignore[call-arg]

    def _missing_from(self, label: str) -> str:
        if label.endswith("?"):
            return f"Answer the question: {label}"
        kept = label[:2].isupper() or label.startswith("NHS")
        return f"{self.missing_verb} {label if kept else label[:1].lower() + label[1:]}"

    def get_bound_field(self, form: Any, field_name: str) -> "Asked":
        return Asked(form, self, field_name)  # type: ignore[arg-type]  # a Question is always joined to a Field

    def shown(self, asked: "Asked") -> dict[str, Any]:
        """What this kind of question adds to its template's context."""
        return {}


class Asked(BoundField):
    """A question on a form: it knows what was typed, what was wrong with it and how to show itself."""

    def show(self, *, heading: bool = False, within: bool = False) -> Markup:
        question: Any = self.field
        context = {
            "asked": self,
            "id": self.auto_id or self.html_name,
            "name": self.html_name,
            "label": self.label_text(within=within),
            "size": question.label_size or ("l" if heading else "" if within else "s"),
            "heading": heading,
            "hint": question.hint,
            "error": self.error,
            "classes": question.classes,
            **question.shown(self),
        }
        return Markup(get_template(question.template).render(context))  # noqa: S704  escaped by the template

    def label_text(self, *, within: bool = False) -> str:
        question: Any = self.field
        optional = not question.required and question.mark_optional and not self._sometimes_needed()
        return f"{self.label} (optional)" if optional else str(self.label)

    @property
    def error(self) -> str:
        return " ".join(str(message) for message in self.errors)

    @property
    def target(self) -> str:
        """Where the error summary's link goes: the box to type in."""
        question: Any = self.field
        base = self.auto_id or self.html_name
        return question.target(self, base) if hasattr(question, "target") else base

    def _sometimes_needed(self) -> bool:
        conditions = getattr(self.form, "conditions", ())
        return any(self.name in condition.needed for condition in conditions)
