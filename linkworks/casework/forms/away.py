"""When somebody is away, and who covers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from linkworks.core import clock
from linkworks.ui import fields


class AwayForm(fields.Form):
    """From when to when, who covers, and what they need to know."""

    worker = fields.SelectField(label="Who is away?", choices=[], missing="Choose who is away")
    starts_on = fields.DateField(label="First day away", not_before=clock.today, missing="Enter the first day")
    ends_on = fields.DateField(label="Last day away", not_before=clock.today, missing="Enter the last day")
    cover = fields.SelectField(label="Who covers?", choices=[], missing="Choose who covers")
    note = fields.TextAreaField(
        label="What they need to know",
        hint="For example: who will ring, and what was promised",
        required=False,
        max_length=1000,
        rows=4,
    )

    def __init__(
        self, *args: Any, team: Sequence[tuple[str, str]] = (), only: UUID | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.only = only
        colleagues = [(value, name) for value, name in team if value != str(only)]
        self.fields["cover"].choices = [("", ""), *colleagues]  # type: ignore[attr-defined]
        self.fields["worker"].choices = [("", ""), *team]  # type: ignore[attr-defined]
        if only:
            del self.fields["worker"]

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        days = {name: said[name] for name in ("starts_on", "ends_on", "note")}
        return {"worker_id": self.only or UUID(said["worker"]), "cover_id": UUID(said["cover"]), **days}
