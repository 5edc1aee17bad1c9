"""GOV.UK Notify in memory. It may take a message and time out, or fail, in the proportions it is given."""

import random
from typing import Any
from uuid import uuid4

import requests
from notifications_python_client.errors import HTTPError


def answer(status: int) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    return response


class FakeNotify:
    """`taken` holds every message Notify accepted, by our reference."""

    def __init__(self, *, times_out: float = 0, breaks: float = 0, refuses: bool = False, seed: int = 1) -> None:
        self.taken: list[dict[str, Any]] = []
        self.timeouts = 0
        self.becomes: dict[str, str] = {}
        self.asked: list[str] = []
        self.hangs = False
        self.times_out, self.breaks, self.refuses = times_out, breaks, refuses
        self.chance = random.Random(seed)

    def send_email_notification(
        self, address: str, template: str, *, personalisation: dict[str, str], reference: str
    ) -> dict[str, str]:
        return self.take(address, personalisation, reference)

    def send_sms_notification(
        self, number: str, template: str, *, personalisation: dict[str, str], reference: str
    ) -> dict[str, str]:
        return self.take(number, personalisation, reference)

    def take(self, to: str, words: dict[str, str], reference: str) -> dict[str, str]:
        if self.refuses:
            raise HTTPError(answer(400))
        drawn = self.chance.random()
        if drawn < self.breaks:
            raise HTTPError(answer(500))
        kept = {"id": str(uuid4()), "to": to, "reference": reference, **words}
        self.taken.append(kept)
        if drawn < self.breaks + self.times_out:
            self.timeouts += 1
            raise HTTPError(None)
        return {"id": kept["id"]}

    def get_notification_by_id(self, given: str) -> dict[str, str]:
        """What became of a message; on its way until `becomes` says something else."""
        self.asked.append(given)
        if self.hangs:
            raise requests.ReadTimeout
        if given not in {each["id"] for each in self.taken}:
            raise HTTPError(answer(404))
        return {"id": given, "status": self.becomes.get(given, "sending")}

    def get_all_notifications(self, *, reference: str) -> dict[str, list[dict[str, Any]]]:
        return {"notifications": [each for each in self.taken if each["reference"] == reference]}
