"""One time, one place or one price on a page."""

from typing import Any

from linkworks.ui import fields

from ...queries import One


class OneForm(fields.Form):
    """One time, place or price as it is told now, or a new one."""

    seen = fields.HiddenField(required=False)

    def __init__(self, data: Any, one: One) -> None:
        self.one = one
        super().__init__(data, initial={**(self.asked(one.fact) if one.fact else {}), "seen": one.seen})

    def asked(self, fact: Any) -> dict[str, Any]:
        """What the form shows of it as it is told now."""
        raise NotImplementedError

    @property
    def change(self) -> dict[str, Any]:
        """What is changed, for the action."""
        return {"part": self.one.part, "number": self.one.number, "fact": self.fact, "seen": self.cleaned_data["seen"]}

    @property
    def fact(self) -> Any:
        raise NotImplementedError


class RemoveForm(OneForm):
    """That one of them is taken away."""

    def asked(self, fact: Any) -> dict[str, Any]:
        return {}

    @property
    def fact(self) -> None:
        return None
