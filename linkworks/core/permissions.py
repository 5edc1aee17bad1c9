"""What can be permitted. Roles (accounts/roles.py) are named lists of these."""

from enum import StrEnum, auto


class Permission(StrEnum):
    REFERRAL_SEND = auto()  # refer people, and see what became of one's own organisation's referrals
    REFERRAL_TRIAGE = auto()  # read the scheme's inbox; accept, decline or redirect
    REFERRAL_KEY_IN = auto()  # key in a telephone or paper referral for the scheme
    CASE_VIEW_OWN = auto()  # open the cases one is the worker of
    CASE_VIEW_TEAM = auto()  # open any case of the scheme
    CASE_WORK = auto()  # record contacts, conversations, plans and outcomes
    CASE_ALLOCATE = auto()  # give cases to workers and see the team's balance
    CONNECTION_SEND = auto()  # connect a person to a service
    CONNECTION_ANSWER = auto()  # answer connections to one's own organisation's services
    ATTENDANCE_MARK = auto()  # mark who came
    SAFEGUARDING_RAISE = auto()  # raise a concern
    SAFEGUARDING_LEAD = auto()  # own, acknowledge and close concerns; see protected details
    DIRECTORY_EDIT = auto()  # edit listings and confirm that they are right
    SCHEME_SETTINGS = auto()  # change how the scheme works
    ACCOUNTS_MANAGE = auto()  # invite people and give roles in one's own organisation
    REPORTS_VIEW = auto()  # see counts, never people
    AUDIT_VIEW = auto()  # see who changed and who looked
