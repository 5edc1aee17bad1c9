"""A question answered with a file."""

from typing import Any

from django import forms

from .question import Question


class FileField(Question, forms.FileField):
    """One file. The form that asks for it says `form_enctype = "multipart/form-data"` in its template."""

    template = "ui/fields/file.jinja"
    missing_verb = "Choose"

    def __init__(self, *, accept: str = "", most_bytes: int, **options: Any) -> None:
        self.accept, self.most_bytes = accept, most_bytes
        super().__init__(**{"error_messages": {"empty": "The file is empty"}, **options})

    def shown(self, asked: Any) -> dict[str, Any]:
        return {"accept": self.accept}

    def clean(self, data: Any, initial: Any = None) -> Any:
        if data and data.size > self.most_bytes:
            raise forms.ValidationError(f"The file must be smaller than {self.most_bytes // 1024 // 1024} MB")
        return super().clean(data, initial)
