"""A form of questions: shows them in order, its errors on top, and asks only what applies."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django import forms
from django.template.loader import get_template
from markupsafe import Markup

from .choices import Chosen
from .given import Given
from .question import Asked


class Form(forms.Form):
    """Base of every form. `conditions` and `sections` are declared on the class.

    A section that is `folded` applies to few: it is closed until something in it is said, or wrong.
    """

    conditions: Sequence[Given] = ()
    sections: Sequence[tuple[str, Sequence[str]]] = ()
    folded: Collection[str] = ()
    use_required_attribute = False

    def field(self, name: str, *, heading: bool = False) -> Markup:
        return self._asked(name).show(heading=heading)

    def render_fields(self, *, heading: bool = False) -> Markup:
        """Every question that is not opened by another, in order; `heading` makes a lone label the page's h1."""
        if self.sections:
            return Markup("\n").join(self._section(title, names) for title, names in self.sections)
        names = [name for name in self.fields if name not in self._opened_names()]
        return Markup("\n").join(self.field(name, heading=heading and name == names[0]) for name in names)

    @property
    def error_summary(self) -> Markup:
        if not self.errors:
            return Markup("")
        return Markup(get_template("ui/fields/errors.jinja").render({"problems": self.problems()}))  # noqa: S704

    def problems(self) -> list[dict[str, str]]:
        """What is wrong, in the order of the page, each with the place to mend it."""
        whole = [{"text": str(message)} for message in self.non_field_errors()]
        each = [
            {"text": asked.error, "href": f"#{asked.target}"}
            for asked in (self._asked(name) for name in self._in_page_order())
            if asked.errors
        ]
        return whole + each

    def _asked(self, name: str) -> Asked:
        bound = self[name]
        if not isinstance(bound, Asked):
            raise TypeError(f"{name} must be a field from linkworks.ui.fields")
        return bound

    def _section(self, title: str, names: Sequence[str]) -> Markup:
        opened = self._opened_names()
        shown = Markup("\n").join(self.field(name) for name in names if name not in opened)
        if title in self.folded:
            is_open = any(self.errors.get(name) or is_said(self[name].value()) for name in names)
            parts = {"title": title, "open": is_open, "questions": shown}
            return Markup(get_template("ui/fields/folded.jinja").render(parts))  # noqa: S704  escaped by the template
        return Markup('<h2 class="nhsuk-heading-m">{}</h2>\n{}').format(title, shown)

    def _openings(self) -> Iterator[tuple[str, str, str]]:
        """(question, answer, the question that answer opens)."""
        for name, question in self.fields.items():
            if isinstance(question, Chosen):
                for value, opened in question.reveal.items():
                    yield from ((name, value, each) for each in opened)

    def _opened_names(self) -> set[str]:
        return {opened for _, _, opened in self._openings()}

    def _in_page_order(self) -> list[str]:
        order: list[str] = []
        opened = self._opened_names()
        for name in self.fields:
            if name not in opened:
                order += [name, *(inner for asker, _, inner in self._openings() if asker == name)]
        return list(dict.fromkeys(order))

    def _clean_fields(self) -> None:
        # Here and not in clean(), so that a form's own clean() sees answers that apply and nothing else.
        super()._clean_fields()  # type: ignore[misc]
        self._forget_what_was_not_asked()
        for condition in self.conditions:
            if condition.holds(self.cleaned_data):
                self._need(condition)

    def _forget_what_was_not_asked(self) -> None:
        """A box hidden under an answer that was not chosen was never asked: no error, no value."""
        wanted: dict[str, bool] = {}
        for asker, value, opened in self._openings():
            question: Any = self.fields[asker]
            raw = self[asker].value()
            picked = {"on"} if raw is True else question.picked(raw)
            wanted[opened] = wanted.get(opened, False) or (value in picked and wanted.get(asker, True))
        for name, asked in wanted.items():
            if not asked:
                self.errors.pop(name, None)
                self.cleaned_data[name] = self._nothing(name)

    def _nothing(self, name: str) -> Any:
        """What an unanswered question of this kind answers: empty text, an empty list or None."""
        question = self.fields[name]
        if isinstance(question, forms.MultipleChoiceField):
            return []
        if isinstance(question, forms.BooleanField):
            return False
        empty = getattr(question, "empty_value", None)
        is_text = isinstance(question, forms.CharField | forms.ChoiceField)
        return "" if is_text and empty is None and not hasattr(question, "coerce") else empty

    def _need(self, condition: Given) -> None:
        for name in condition.needed:
            answered = self.cleaned_data.get(name) not in (None, "", [])
            if not answered and name not in self.errors:
                question: Any = self.fields[name]
                self.add_error(name, condition.message or question.missing)


def is_said(value: Any) -> bool:
    """Whether there is an answer: a date in three empty boxes is none."""
    return any(value.values()) if isinstance(value, dict) else bool(value)
