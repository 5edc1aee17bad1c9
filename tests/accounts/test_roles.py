"""Roles: each has its facts, and account administrators see no client."""

import pytest

from linkworks.accounts.roles import ROLES, Role, in_a_sentence, permissions_of, title_of
from linkworks.core.permissions import Permission as P

ABOUT_CLIENTS = {
    P.REFERRAL_SEND, P.REFERRAL_TRIAGE, P.REFERRAL_KEY_IN, P.CASE_VIEW_OWN, P.CASE_VIEW_TEAM, P.CASE_WORK, P.CASE_ALLOCATE,
    P.CONNECTION_SEND, P.CONNECTION_ANSWER, P.ATTENDANCE_MARK, P.SAFEGUARDING_LEAD, P.AUDIT_VIEW,
}  # fmt: skip


def test_every_role_of_the_design_has_its_facts() -> None:
    assert set(ROLES) == set(Role)
    assert len(Role) == 19


@pytest.mark.parametrize("role", list(Role))
def test_each_role_says_what_it_is_for(role: Role) -> None:
    assert title_of(role)[0].isupper()
    assert ROLES[role].sentence.endswith(".")
    assert len(ROLES[role].sentence.split()) >= 4
    assert permissions_of(role.value) == ROLES[role].permissions


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.LINK_WORKER, "a link worker"),
        (Role.PAN_LONDON_ANALYST, "a pan-London analyst"),
        (Role.ORGANISATION_ADMINISTRATOR, "an organisation administrator"),
    ],
)
def test_a_role_reads_well_in_a_sentence(role: Role, said: str) -> None:
    assert in_a_sentence(role) == said


def test_every_permission_is_somebodys() -> None:
    assert set().union(*(facts.permissions for facts in ROLES.values())) == set(P)


@pytest.mark.parametrize(
    "role",
    [Role.ORGANISATION_ADMINISTRATOR, Role.SUPPORT, Role.COMMISSIONER, Role.PAN_LONDON_ANALYST, Role.DIRECTORY_STEWARD],
)
def test_these_see_no_client(role: Role) -> None:
    assert not permissions_of(role) & ABOUT_CLIENTS


def test_only_administrators_manage_accounts() -> None:
    assert [role for role in Role if P.ACCOUNTS_MANAGE in permissions_of(role)] == [Role.ORGANISATION_ADMINISTRATOR]


def test_whoever_carries_cases_works_in_a_scheme() -> None:
    assert all(facts.needs_scheme for facts in ROLES.values() if facts.carries_cases)
    assert all(P.CASE_WORK in facts.permissions for facts in ROLES.values() if facts.carries_cases)


def test_roles_of_all_london_and_those_whose_page_is_to_come_are_not_an_organisations_to_give() -> None:
    kept = [role for role, facts in ROLES.items() if not facts.is_given_by_administrators]

    assert kept == [Role.HEALTH_BUDDY, Role.COMMISSIONER, Role.PAN_LONDON_ANALYST, Role.SUPPORT]


def test_an_unknown_role_has_no_permissions_at_all() -> None:
    with pytest.raises(ValueError, match="cleaner"):
        permissions_of("cleaner")
