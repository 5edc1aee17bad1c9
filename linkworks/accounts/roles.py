"""Roles: named lists of permissions, each with a sentence that says what the role is for."""

from dataclasses import dataclass
from enum import StrEnum

from linkworks.core.permissions import Permission as P


class Role(StrEnum):
    LINK_WORKER = "link-worker"
    COMMUNITY_CONNECTOR = "community-connector"
    HEALTH_AND_WELLBEING_COACH = "health-and-wellbeing-coach"
    LOCAL_AREA_COORDINATOR = "local-area-co-ordinator"
    HEALTH_CHAMPION = "health-champion"
    HEALTH_BUDDY = "health-buddy"
    SIGNPOSTER = "signposter"
    TEAM_MANAGER = "team-manager"
    SAFEGUARDING_LEAD = "safeguarding-lead"
    REFERRER = "referrer"
    PRACTICE_ADMINISTRATOR = "practice-administrator"
    PROVIDER_COORDINATOR = "provider-co-ordinator"
    SESSION_LEADER = "session-leader"
    VOLUNTEER = "volunteer"
    DIRECTORY_STEWARD = "directory-steward"
    COMMISSIONER = "commissioner"
    PAN_LONDON_ANALYST = "pan-london-analyst"
    ORGANISATION_ADMINISTRATOR = "organisation-administrator"
    SUPPORT = "support"


@dataclass(frozen=True)
class RoleFacts:
    title: str
    sentence: str
    permissions: frozenset[P]
    needs_scheme: bool = False
    carries_cases: bool = False
    is_given_by_administrators: bool = True
    is_of_the_host: bool = False  # sees a whole scheme or the whole directory: given by hosts of schemes only


CASE_WORKER = frozenset(
    {P.CASE_VIEW_OWN, P.CASE_WORK, P.CONNECTION_SEND, P.REFERRAL_TRIAGE, P.REFERRAL_KEY_IN, P.SAFEGUARDING_RAISE}
)

ROLES: dict[Role, RoleFacts] = {
    Role.LINK_WORKER: RoleFacts(
        "Link worker",
        "Listens to people, makes plans with them and connects them to local support.",
        CASE_WORKER,
        True,
        True,
    ),
    Role.COMMUNITY_CONNECTOR: RoleFacts(
        "Community connector",
        "Has one or two conversations with a person and points them to what is near.",
        CASE_WORKER,
        True,
        True,
    ),
    Role.HEALTH_AND_WELLBEING_COACH: RoleFacts(
        "Health and wellbeing coach",
        "Helps people build the confidence to look after their own health.",
        CASE_WORKER,
        True,
        True,
    ),
    Role.LOCAL_AREA_COORDINATOR: RoleFacts(
        "Local area co-ordinator",
        "Walks alongside people in one place, before things go wrong.",
        CASE_WORKER,
        True,
        True,
    ),
    Role.HEALTH_CHAMPION: RoleFacts(
        "Health champion",
        "Tells neighbours about support and refers those who would like it.",
        frozenset({P.REFERRAL_SEND}),
    ),
    Role.HEALTH_BUDDY: RoleFacts(
        "Health buddy",
        "Goes with people to their first visit; sees a name and what helps, nothing more.",
        frozenset(),
        True,
        is_given_by_administrators=False,  # its page is yet to come
    ),
    Role.SIGNPOSTER: RoleFacts(
        "Signposter",
        "Answers the door or the telephone, keys in referrals and points to activities.",
        frozenset({P.REFERRAL_KEY_IN, P.REFERRAL_SEND}),
        True,
    ),
    Role.TEAM_MANAGER: RoleFacts(
        "Team manager",
        "Shares out the work fairly and sees the whole team's cases.",
        CASE_WORKER | {P.CASE_VIEW_TEAM, P.CASE_ALLOCATE, P.SCHEME_SETTINGS, P.REPORTS_VIEW, P.AUDIT_VIEW},
        True,
        True,
        is_of_the_host=True,
    ),
    Role.SAFEGUARDING_LEAD: RoleFacts(
        "Safeguarding lead",
        "Owns safeguarding concerns and can see what others may not.",
        frozenset({P.CASE_VIEW_TEAM, P.SAFEGUARDING_RAISE, P.SAFEGUARDING_LEAD, P.AUDIT_VIEW}),
        True,
        is_of_the_host=True,
    ),
    Role.REFERRER: RoleFacts("Referrer", "Refers people and hears what became of it.", frozenset({P.REFERRAL_SEND})),
    Role.PRACTICE_ADMINISTRATOR: RoleFacts(
        "Practice administrator",
        "Sends referrals for clinicians and follows where they have got to.",
        frozenset({P.REFERRAL_SEND}),
    ),
    Role.PROVIDER_COORDINATOR: RoleFacts(
        "Provider co-ordinator",
        "Answers connections for a group and keeps its listing right.",
        frozenset({P.CONNECTION_ANSWER, P.ATTENDANCE_MARK, P.SAFEGUARDING_RAISE}),
    ),
    Role.SESSION_LEADER: RoleFacts(
        "Session leader",
        "Runs a session, marks who came and says so when somebody worries them.",
        frozenset({P.ATTENDANCE_MARK, P.SAFEGUARDING_RAISE}),
    ),
    Role.VOLUNTEER: RoleFacts(
        "Volunteer", "Helps at sessions, and tells whoever runs them when something worries them.", frozenset()
    ),
    Role.DIRECTORY_STEWARD: RoleFacts(
        "Directory steward", "Keeps the directory true.", frozenset({P.DIRECTORY_EDIT}), is_of_the_host=True
    ),
    Role.COMMISSIONER: RoleFacts(
        "Commissioner",
        "Sees counts for their area, never people.",
        frozenset({P.REPORTS_VIEW}),
        is_given_by_administrators=False,  # its page is yet to come
    ),
    Role.PAN_LONDON_ANALYST: RoleFacts(
        "Pan-London analyst",
        "Sees counts for all of London, never people.",
        frozenset({P.REPORTS_VIEW}),
        is_given_by_administrators=False,
    ),
    Role.ORGANISATION_ADMINISTRATOR: RoleFacts(
        "Organisation administrator",
        "Invites colleagues and gives them roles; sees no client data.",
        frozenset({P.ACCOUNTS_MANAGE}),
    ),
    Role.SUPPORT: RoleFacts(
        "Support",
        "Helps with technical problems; sees no client data.",
        frozenset(),
        is_given_by_administrators=False,
    ),
}


CARRY_CASES = tuple(role for role, facts in ROLES.items() if facts.carries_cases)


def permissions_of(role: str) -> frozenset[P]:
    return ROLES[Role(role)].permissions


def title_of(role: str) -> str:
    return ROLES[Role(role)].title


def in_a_sentence(role: str) -> str:
    """The role as it reads after "as": a link worker, an organisation administrator."""
    title = title_of(role)[0].lower() + title_of(role)[1:]
    return f"an {title}" if title[0] in "aeio" else f"a {title}"
