"""What we know of a case's contacts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from linkworks.organisations.queries import settings_of
from linkworks.people.rules import version

from ..models import Case, CaseMove, Contact, ContactCorrection, Conversation
from ..rules.following import may_close_unreached, tries_since_reached
from ..states import CaseMove as Move

SAID = ("held_on", "what_matters", "strengths", "interests", "people_around", "needs", "how_support_should_be")


@dataclass(frozen=True)
class Tries:
    """How often the person could not be reached, against what the scheme asks for."""

    made: int
    asked: int

    @property
    def may_close(self) -> bool:
        return may_close_unreached(self.made, self.asked)


def reopened_at(case: Case) -> datetime | None:
    """When the case was last opened again, if it ever was."""
    last: datetime | None = CaseMove.objects.filter(case=case, move=Move.REOPEN).aggregate(last=Max("made_at"))["last"]
    return last


def corrections_of(contact: Contact) -> list[ContactCorrection]:
    """How a contact was put right, newest first. The caller has checked who is asking."""
    return list(ContactCorrection.objects.filter(contact=contact).order_by("-made_at"))


def conversation_said(case: Case) -> dict[str, Any]:
    """What the first conversation says now; nothing before it is held."""
    return Conversation.objects.filter(case=case).values(*SAID).first() or {}


def conversation_version(case: Case) -> str:
    """A short text that differs whenever a word of the conversation does: two people may have it open."""
    return version(conversation_said(case))


def tries_of(case: Case) -> Tries:
    """Unsuccessful tries since the person was last reached, or since the case was last opened."""
    contacts = Contact.objects.filter(case=case).order_by("-happened_at", "-created_at")
    return tries_among(contacts, reopened_at(case), settings_of(case.scheme_id).contact_tries)


def tries_among(contacts: Iterable[Contact], reopened: datetime | None, asked: int) -> Tries:
    """The same of contacts that were read already, the newest first."""
    since = [each for each in contacts if reopened is None or each.happened_at > reopened]
    return Tries(tries_since_reached((each.result, each.counts_as_try) for each in since), asked)
