"""Answers kept between the pages of a form, so that nothing typed is lost. They live in the session and end with it."""

from collections.abc import Mapping, MutableMapping
from datetime import date
from typing import Any

from linkworks.core.idempotency import new_token

DATE = "date:"


class Draft:
    """One person's unfinished form, in a session. Its token makes sure that it is sent once."""

    def __init__(self, session: MutableMapping[str, Any], key: str) -> None:
        self.session = session
        self.key = f"draft:{key}"

    @property
    def kept(self) -> dict[str, Any]:
        return dict(self.session.get(self.key) or {})

    @property
    def is_started(self) -> bool:
        return bool(self.answers)

    @property
    def answers(self) -> dict[str, Any]:
        return {name: _loaded(value) for name, value in self.kept.get("answers", {}).items()}

    @property
    def token(self) -> str:
        """The form token; made when first asked for."""
        if "token" not in self.kept:
            self.session[self.key] = {**self.kept, "token": new_token()}
        return str(self.kept["token"])

    def keep(self, answers: Mapping[str, Any]) -> None:
        """Add answers to those kept. Changed answers are a new form to send, so they get a new token."""
        merged = {**self.kept.get("answers", {}), **{name: _kept(value) for name, value in answers.items()}}
        same = merged == self.kept.get("answers")
        self.session[self.key] = {"answers": merged, "token": self.token if same else new_token()}

    def finish(self, receipt: Mapping[str, Any]) -> None:
        """The form was sent: forget the answers, and remember the receipt for the last page."""
        self.session.pop(self.key, None)
        self.remember(receipt)

    def remember(self, receipt: Mapping[str, Any]) -> None:
        self.session[f"{self.key}:sent"] = dict(receipt)

    @property
    def receipt(self) -> dict[str, Any]:
        return dict(self.session.get(f"{self.key}:sent") or {})

    def was_sent(self, token: str) -> bool:
        """A second press of the same button finds the answers gone and the receipt there."""
        return bool(token) and self.receipt.get("token") == token

    def forget_receipt(self) -> None:
        self.session.pop(f"{self.key}:sent", None)

    def discard(self) -> None:
        self.session.pop(self.key, None)


def _kept(value: Any) -> Any:
    return (
        f"{DATE}{value.isoformat()}" if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
    )


def _loaded(value: Any) -> Any:
    is_date = isinstance(value, str) and value.startswith(DATE)
    return date.fromisoformat(value.removeprefix(DATE)) if is_date else value
