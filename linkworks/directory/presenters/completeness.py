"""What a listing still leaves open, for those who can say it."""

from dataclasses import dataclass

from ..models import Service
from ..rules.completeness import WORDS

FIRST = 6  # the weightiest; more at once than anybody sits down to write


@dataclass(frozen=True)
class Open:
    """How much it answers, in words, and what people ask first of the rest."""

    said: str
    questions: list[str]


def open_questions(service: Service) -> Open:
    """What to say next of a listing."""
    if service.completeness is None:
        return Open("", [])
    if not service.unsaid:
        return Open("It answers all that people ask before they come.", [])
    questions = [WORDS[each] for each in service.unsaid if each in WORDS]
    said = f"It answers {service.completeness}% of what people ask before they come. They would also like to know:"
    return Open(said, questions[:FIRST])


def brief_note(service: Service) -> str:
    return f"Answers {service.completeness}% of what people ask" if service.unsaid else ""
