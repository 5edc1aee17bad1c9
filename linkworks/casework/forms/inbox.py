"""Deciding about referrals, and giving cases to workers."""

from collections.abc import Sequence
from typing import Any

from linkworks.organisations.rules.settings import DECLINE_REASONS
from linkworks.ui import fields

from ..rules.caseload import COMPLEXITY_WORDS

NEW = "new"


class AcceptForm(fields.Form):
    """Whether this is somebody we know. A person decides; nothing is merged by machine."""

    person = fields.ChoiceField(
        label="Is this somebody we know?", missing="Choose somebody, or a new record", choices=[]
    )
    complexity = fields.ChoiceField(
        label="How much support will this need, as far as you can tell?",
        choices=[(str(number), words) for number, words in COMPLEXITY_WORDS.items()],
        initial="2",
        inline=True,
        missing="Choose light, usual or complex",
    )

    def __init__(self, *args: Any, known: Sequence[tuple[str, str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        question = self.fields["person"]
        question.choices = [*((value, text) for value, text, _ in known), (NEW, "Somebody new: open a record")]  # type: ignore[attr-defined]
        question.hints = {value: hint for value, _, hint in known}  # type: ignore[attr-defined]
        if not known:
            self.initial["person"] = NEW

    def person_id(self) -> Any:
        chosen = self.cleaned_data["person"]
        return None if chosen == NEW else chosen


class DeclineForm(fields.Form):
    """Why not, and words for whoever asked."""

    reason = fields.ChoiceField(label="Why", choices=[], missing="Choose why")
    words = fields.TextAreaField(
        label="What to tell the referrer",
        missing="Write what they should know, and what they could do instead",
        max_length=2000,
        rows=4,
    )

    def __init__(
        self,
        *args: Any,
        reasons: Sequence[str] = tuple(DECLINE_REASONS),
        label: str = "",
        hint: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        ask_for_words(self, label, hint)
        self.fields["reason"].choices = [(each, DECLINE_REASONS[each]) for each in DECLINE_REASONS if each in reasons]  # type: ignore[attr-defined]


def ask_for_words(form: fields.Form, label: str, hint: str) -> None:
    """Say who reads the words, or who says them."""
    question: Any = form.fields["words"]
    question.label, question.hint = label or question.label, hint


class ToldForm(fields.Form):
    """That somebody was told what was decided, by a person."""

    words = fields.TextAreaField(
        label="How did you tell them?",
        hint="For example: by telephone on Monday. If you could not reach them, write what you tried.",
        missing="Write how you told them, or why you could not",
        max_length=500,
        rows=3,
    )


class RedirectForm(fields.Form):
    """Where the person should go instead."""

    where = fields.ChoiceField(
        label="Where should this go?",
        choices=[("scheme", "Another scheme in Linkworks"), ("words", "Somewhere else")],
        reveal={"scheme": ["scheme", "agreed"], "words": "to_words"},
        missing="Choose where this should go",
    )
    scheme = fields.SelectField(label="Which scheme", choices=[], missing="Choose the scheme")
    agreed = fields.BooleanField(
        label="The person agrees that this scheme gets what they told us",
        missing="Ask the person first whether that scheme may have what they told us",
    )
    to_words = fields.CharField(label="Where, in words", missing="Say where the person should go", max_length=200)
    words = fields.TextAreaField(
        label="What to tell the referrer", missing="Write what they should know", max_length=2000, rows=4
    )

    def __init__(
        self, *args: Any, schemes: Sequence[tuple[str, str]] = (), label: str = "", hint: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        ask_for_words(self, label, hint)
        self.fields["scheme"].choices = [("", ""), *schemes]  # type: ignore[attr-defined]


class AllocateForm(fields.Form):
    """Who takes this case."""

    worker = fields.ChoiceField(label="Who takes this case?", choices=[], missing="Choose a worker")
    reason = fields.CharField(label="A word to them", required=False, max_length=300)

    def __init__(
        self,
        *args: Any,
        workers: Sequence[tuple[str, str]] = (),
        hints: dict[str, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["worker"].choices = list(workers)  # type: ignore[attr-defined]
        self.fields["worker"].hints = hints or {}  # type: ignore[attr-defined]


class HandOverForm(AllocateForm):
    """A colleague takes over, with a note."""

    reason = None  # type: ignore[assignment]
    note = fields.TextAreaField(
        label="Hand-over note",
        hint="What your colleague needs to know: where things stand, what was promised, how to be with this person",
        missing="Write what your colleague needs to know",
        max_length=4000,
        rows=6,
    )
