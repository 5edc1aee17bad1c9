"""Which contact details may be published: an organisation's, and never a private person's own."""

import re

from .facts import ContactFacts
from .text import MOBILE

PERSONAL_MAIL = frozenset(
    {
        "aol.co.uk",
        "aol.com",
        "blueyonder.co.uk",
        "btinternet.com",
        "btopenworld.com",
        "gmail.com",
        "gmx.co.uk",
        "gmx.com",
        "googlemail.com",
        "hotmail.co.uk",
        "hotmail.com",
        "icloud.com",
        "live.co.uk",
        "live.com",
        "mac.com",
        "mail.com",
        "me.com",
        "msn.com",
        "ntlworld.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "sky.com",
        "talktalk.net",
        "tiscali.co.uk",
        "virginmedia.com",
        "yahoo.co.uk",
        "yahoo.com",
        "ymail.com",
    }
)
ROLE_MAILBOX = re.compile(
    r"^(info|contact|hello|hi|office|admin|administrator|enquir\w*|inquir\w*|reception|bookings?|team|help|helpline|support|referrals?|"
    r"secretary|membership|general|mail|advice|volunteer\w*|events|customer\w*|library|parish|church|communit(y|ies))"
    r"(us|desk|line|team|office|hub|services?)?(\d+|[._+-]\w+)?$",  # and no more: hilary@ and paddy@ are people
    re.IGNORECASE,
)
ORGANISATION_WORDS = re.compile(
    r"\b(team|office|reception|service|services|centre|center|helpline|council|trust|charity|group|club|society|association|desk|"
    r"enquiries|admin|department|library|hub|project|foundation|limited|ltd|cic)\b"
    r"|\b(the|st|saint|parish|baptist|methodist|catholic|community|christ|\w+['’]s)\b.*\bchurch\b|\bchurch (of|hall|office)\b",
    re.IGNORECASE,
)
ROLES = re.compile(
    r"\b(manager|leader|co-?ordinator|officer|secretary|chair|chairman|chairwoman|chairperson|treasurer|organiser|administrator|"
    r"worker|director|mr|mrs|ms|miss|dr|rev|revd|father|sister)\b",
    re.IGNORECASE,
)
BETWEEN_NAMES = re.compile(r"[,;:/()|–—]|\s-\s")


def is_personal_email(address: str) -> bool:
    """An address at a provider of private mail boxes."""
    return address.rpartition("@")[2].lower() in PERSONAL_MAIL


def is_role_mailbox(address: str) -> bool:
    """info@, office@ and their like: a desk, not a person."""
    return bool(ROLE_MAILBOX.match(address.partition("@")[0]))


def is_mobile(number: str) -> bool:
    return bool(MOBILE.search(number))


def names_an_organisation(name: str) -> bool:
    """A desk, a group, a place: each part of the name, and nobody's post. "Jo Bloggs, Library" is about Jo."""
    parts = [part for part in BETWEEN_NAMES.split(name) if part.strip()]
    return bool(parts) and all(ORGANISATION_WORDS.search(part) and not ROLES.search(part) for part in parts)


def may_publish(contact: ContactFacts) -> bool:
    """Whether a contact is the organisation's own rather than a private person's.

    A desk (no name, or a name that is an organisation's) with its own address or landline may be shown. A named person
    may not: nobody asked them. A feed cannot be trusted to have.
    """
    if contact.name and not names_an_organisation(contact.name):
        return False
    if contact.email and is_personal_email(contact.email) and not names_an_organisation(contact.name):
        return False
    if contact.phone and is_mobile(contact.phone) and not names_an_organisation(contact.name):
        return False
    return bool(contact.email or contact.phone)


def public_email(contacts: tuple[ContactFacts, ...]) -> str:
    """The address a listing may show: a desk's own, even when the contact row also names a person."""
    for contact in contacts:
        if contact.email and (
            may_publish(contact) or (is_role_mailbox(contact.email) and not is_personal_email(contact.email))
        ):
            return contact.email
    return ""


def public_phone(contacts: tuple[ContactFacts, ...]) -> str:
    """The number a listing may show: never a mobile, unless an organisation's name stands beside it."""
    for contact in contacts:
        if contact.phone and may_publish(contact):
            return contact.phone
    return ""
