"""How a person can be reached, and how closely their record is kept."""

from enum import StrEnum


class ChannelKind(StrEnum):
    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    THROUGH_SOMEONE = "through-someone"


class Restriction(StrEnum):
    NORMAL = "normal"
    PROTECTED = (
        "protected"  # their worker and the safeguarding lead; anybody else of the team for an hour, in an emergency
    )
    SEALED = "sealed"  # those the safeguarding lead named, and nobody else


class SharingTopic(StrEnum):
    """Who may be told what; each is the person's own choice."""

    REFERRER_FEEDBACK = "referrer-feedback"  # tell the referrer how it went
    PROVIDERS = "providers"  # share what is needed with groups I choose to go to
    EMERGENCY_CONTACT = "emergency-contact"  # groups may have my emergency contact
    RESEARCH = "research"  # use my answers, without my name, to learn what helps
